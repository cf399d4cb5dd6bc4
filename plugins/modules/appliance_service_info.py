#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_service_info
short_description: Report the services of an appliance
version_added: 0.1.0
description:
  - Reads the services that the console lists, with their states.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_service
"""

EXAMPLES = r"""
- name: What does not run?
  useries.appliance.appliance_service_info:
    query: "[?!running].name"
  register: stopped
"""

RETURN = r"""
services:
  description: Every service that is listed.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      type: str
    state:
      description: Its state as shown.
      type: str
    running:
      description: Whether it runs; null for a state that is on its way or not known.
      type: bool
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

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.services import (
    is_running,
    listed,
    name_of,
    state_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class ApplianceServiceInfo(Info):
    """Guide 526-528."""

    returns = "services"

    def read(self) -> list[dict[str, Any]]:
        rows = listed(self.task.surfaces.console)
        return [{"name": name_of(row), "state": state_of(row), "running": is_running(state_of(row))} for row in rows]


DECLARATION = ApplianceServiceInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
