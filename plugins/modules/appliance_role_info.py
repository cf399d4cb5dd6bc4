#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_role_info
short_description: Report the roles of an appliance
version_added: 0.1.0
description:
  - Reads every role that the Roles Editor offers, with its settings and whether changes are pending.
  - Passwords are never read.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Only this role. By default all.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.appliance_role
"""

EXAMPLES = r"""
- name: Which roles are on?
  useries.appliance.appliance_role_info:
    query: "[?enabled].id"
  register: roles_on
"""

RETURN = r"""
roles:
  description: The roles.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Identifier, as M(useries.appliance.appliance_role) takes it.
      type: str
    name:
      description: Name in the Roles Editor.
      type: str
    enabled:
      description: Whether it is on, pending changes included.
      type: bool
    pending:
      description: Whether it has changes that are not applied.
      type: bool
    available_when:
      description: When the console offers it, as the manufacturer's guide states; empty for always.
      type: str
    hints:
      description: What the guide only implies about it; the console itself decides about dependencies and conflicts.
      type: str
    link:
      description: Address of the link that the role's page shows. Analysis Services has one to Analytics & Reporting.
      returned: when the page has such a link
      type: str
    session_archiving:
      description: As M(useries.appliance.session_archiving_info) returns it.
      returned: for V(password_safe_web_portal)
      type: dict
dependencies_and_conflicts:
  description: What the Roles Editor says about dependencies and conflicts of pending changes, in its words.
  returned: success
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

from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import all_roles
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES


class ApplianceRoleInfo(Info):
    """Guide 744-881."""

    returns = "roles"
    options: ClassVar = {"name": {"type": "str"}}
    said = ""

    def check(self) -> None:
        if self.given.get("name") and self.given["name"] not in {one.id for one in ROLES}:
            raise self.refuse(
                f"name is {self.given['name']!r}; it must be one of {', '.join(one.id for one in ROLES)}.",
                kind="invalid",
            )

    def read(self) -> Any:
        wanted = self.given.get("name")
        roles, self.said = all_roles(self.task.surfaces.console, [wanted] if wanted else ())
        return roles

    def run(self) -> dict[str, Any]:
        return {**super().run(), "dependencies_and_conflicts": self.said}


DECLARATION = ApplianceRoleInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
