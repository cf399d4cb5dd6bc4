#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sign_in_info
short_description: Prove that the administrator can sign in to the console
version_added: 0.1.0
description:
  - Signs in to the console anew beside the session of the run, and out again, and tells whether RADIUS is on.
  - Fails when the console refuses or asks for a second factor. A refused password is not tried twice. With
    O(previous_password) that one is tried as well, once.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.credentials
  - module: useries.appliance.radius
"""

EXAMPLES = r"""
- name: Does the console let the administrator in?
  useries.appliance.sign_in_info:
"""

RETURN = r"""
sign_in:
  description: What the sign-in showed.
  returned: success
  type: dict
  contains:
    username:
      description: Who signed in.
      type: str
    radius:
      description: Whether RADIUS authentication is on; null where the console does not tell.
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

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)


class SignInInfo(Info):
    """Guide 106-117, 420-433."""

    section = ACCOUNTS_AND_LICENSING.section("radius")
    returns = "sign_in"
    groups: ClassVar = ("console",)

    def read(self) -> dict[str, Any]:
        surfaces = self.task.surfaces
        surfaces.try_to_sign_in(self.section.page)
        console, radius = surfaces.console, None
        console.open(self.section.page)
        if console.has(self.section) and console.there(self.section, ["enabled"]):
            radius = bool(console.read(self.section, ["enabled"], fresh=False)["enabled"])
        return {"username": self.given["username"], "radius": radius}


DECLARATION = SignInInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
