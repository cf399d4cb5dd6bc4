#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: health_info
short_description: Report the health dashboard of an appliance
version_added: 0.1.0
description:
  - Reads the health dashboard as numbers. What the console does not show is null, never an error.
  - With a SQL Server of your own the metrics of SQL Server are not shown. A passive node may show no dashboard.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.health_check_info
  - module: useries.appliance.appliance_service_info
"""

EXAMPLES = r"""
- name: How full is the disk?
  useries.appliance.health_info:
    query: dashboard.used_disk_space_c
  register: disk
"""

RETURN = r"""
health:
  description: The dashboard, and whether the node is passive.
  returned: success
  type: dict
  contains:
    passive:
      description: Whether the node is passive.
      type: bool
    dashboard:
      description: Percentages and counts; null where the node shows no dashboard.
      type: dict
      contains:
        cpu_usage:
          description: Percent.
          type: float
        sql_cpu_usage:
          description: Percent; null when SQL Server is not on the appliance.
          type: float
        sql_memory:
          description: Percent; null when SQL Server is not on the appliance.
          type: float
        used_disk_space_c:
          description: Percent of the drive C.
          type: float
        services:
          description: Services as the dashboard words them.
          type: str
        services_running:
          description: How many run.
          type: int
        services_stopped:
          description: How many are stopped.
          type: int
        analyzer_reporting:
          description: As shown.
          type: str
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import dashboard
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class HealthInfo(Info):
    """Guide 494-511, 1214."""

    returns = "health"

    def read(self) -> dict[str, Any]:
        surfaces = self.task.surfaces
        return {"passive": surfaces.role() == "Passive", "dashboard": dashboard(surfaces.console)}


DECLARATION = HealthInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
