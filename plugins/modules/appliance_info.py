#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_info
short_description: Report versions, licences, roles and health of an appliance
version_added: 0.1.0
description:
  - Reads the software versions, which products are licensed, the roles, the health dashboard and the high availability
    role in one task.
  - A passive node shows only two tabs of Diagnostics, so its health may be null.
author:
  - The useries.appliance authors (@useries)
options:
  gather:
    description:
      - What to read. Each part costs some requests.
    type: list
    elements: str
    choices: [versions, licences, roles, health, role]
    default: [versions, licences, roles, health, role]
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: What is this appliance?
  useries.appliance.appliance_info:
  register: facts

- name: Only its versions
  useries.appliance.appliance_info:
    gather: [versions]
"""

RETURN = r"""
appliance:
  description: The parts that were asked for.
  returned: success
  type: dict
  contains:
    versions:
      description: Product to version.
      type: dict
    licences:
      description: Product to whether a serial number is entered. Serial numbers are never returned.
      type: dict
    roles:
      description: The roles as M(useries.appliance.appliance_role_info) returns them.
      type: list
      elements: dict
    health:
      description: The health dashboard; null where the node does not show it.
      type: dict
    role:
      description: V(Off), V(Active) or V(Passive).
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

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import health, licences, versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import all_roles
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info

PARTS = ("versions", "licences", "roles", "health", "role")


class ApplianceInfo(Info):
    """Guide 130-149, 343-360, 494-511, 744-750, 1131-1161."""

    returns = "appliance"
    options: ClassVar = {"gather": {"type": "list", "elements": "str", "choices": list(PARTS), "default": list(PARTS)}}

    def read(self) -> dict[str, Any]:
        surfaces = self.task.surfaces
        readers = {
            "versions": lambda: versions(surfaces.console),
            "licences": lambda: licences(surfaces.console),
            "roles": lambda: all_roles(surfaces.console)[0],
            "health": lambda: health(surfaces.console),
            "role": surfaces.role,
        }
        return {part: readers[part]() for part in self.given["gather"]}


DECLARATION = ApplianceInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
