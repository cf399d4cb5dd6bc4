#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ha_info
short_description: Report the high availability of a node
version_added: 0.1.0
description:
  - Reads the role over the load balancer endpoint, and partner, switch, mirror state, database metrics and last
    heartbeat from the console. Where SQL Server is configured its own view stands beside.
author:
  - The useries.appliance authors (@useries)
options:
  database:
    description:
      - Name of the mirrored database in SQL Server; by default every mirrored database is reported.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.sql
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.high_availability
"""

EXAMPLES = r"""
- name: How is the pair?
  useries.appliance.ha_info:
  register: ha

- name: A node that is down is an answer
  useries.appliance.ha_info:
    unreachable_ok: true
    query: "{role: role, mirror_state: mirror_state}"
"""

RETURN = r"""
high_availability:
  description: What the node shows.
  returned: success
  type: dict
  contains:
    role:
      description: V(Off), V(Active) or V(Passive), as the endpoint answers.
      type: str
    page:
      description: V(none) when the role is off, V(initial_setup) without a partner, else V(configuration).
      type: str
    partner:
      description: Name of the partner.
      type: str
    enabled:
      description: Whether high availability is on.
      type: bool
    port:
      description: Mirroring port.
      type: int
    mirror_state:
      description: Mirror state in the console's words.
      type: str
    metrics:
      description:
        - Rate, size, estimated duration, last heartbeat and session files; empty without a partner.
        - Without an estimate C(no_estimate_because) says why.
      type: dict
    settings:
      description: The high availability settings; empty without a partner.
      type: dict
    sql:
      description:
        - Mirror state of each database as SQL Server sees it, with its C(sizes) and with C(log), how full its log is
          (null where the login may not see it). Null when SQL is not configured.
      type: list
      elements: dict
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

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    SETTABLE,
    SETTINGS,
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.mirror import sql_view
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class HaInfo(Info):
    """Guide 1131-1161, 1225-1266."""

    returns = "high_availability"
    groups: ClassVar = ("console", "sql")
    options: ClassVar = {"database": {"type": "str"}}

    def read(self) -> dict[str, Any]:
        surfaces = self.task.surfaces
        node = read_node(surfaces.console)
        paired = node.page == "configuration"
        return {
            "role": surfaces.role(),
            **node.as_dict(),
            "metrics": read_metrics(surfaces.console) if paired else {},
            "settings": surfaces.console.read(SETTINGS, SETTABLE, fresh=False) if paired else {},
            "sql": sql_view(surfaces, self.given.get("database"), self.warn),
        }


DECLARATION = HaInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
