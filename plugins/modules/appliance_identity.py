#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_identity
short_description: Say how an appliance is called, and refuse to rename it
version_added: 0.1.0
description:
  - An appliance that was named once cannot be renamed. With O(network_name) the task is the check that it is the one it
    is taken for, and refuses another name.
  - The only exception is the role Cold Spare, under which an appliance has a temporary name; then another name is a
    warning.
  - The name is read from Windows where WinRM is configured, else from the certificate that is served.
author:
  - The useries.appliance authors (@useries)
options:
  network_name:
    description:
      - The name that the appliance must have.
    type: str
  domain:
    description:
      - Refused, always. Joining an appliance to a domain is not recommended; a BeyondTrust representative helps where a
        deployment needs it.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.cold_spare
"""

EXAMPLES = r"""
- name: Is it the appliance that I mean?
  useries.appliance.appliance_identity:
    network_name: UVM-1A
"""

RETURN = r"""
identity:
  description: How the appliance is called.
  returned: success
  type: dict
  contains:
    network_name:
      description: Its network name.
      type: str
    shown_by:
      description: V(windows) or V(certificate).
      type: str
    cold_spare:
      description: Whether the role Cold Spare is on; null when the name is right, for then it is not looked at.
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

from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import cold_spare_is_on, shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info

RENAME = "An appliance cannot be renamed; re-image (physical) or re-deploy (virtual) it to give it another name."


class ApplianceIdentity(Info):
    """Guide 87-89, 232-234, 881."""

    returns = "identity"
    groups: ClassVar = ("console", "windows")
    options: ClassVar = {"network_name": {"type": "str"}, "domain": {"type": "str"}}

    def check(self) -> None:
        if self.given.get("domain") is not None:
            raise self.refuse(
                "Joining an appliance to a domain is not recommended, and this collection does not do it.",
                kind="invalid",
                remedy="If your deployment requires it, contact a BeyondTrust representative; else leave domain out.",
            )
        if self.given.get("network_name") is not None and not self.given["network_name"].strip():
            raise self.refuse("network_name must not be empty.", kind="invalid")

    def read(self) -> dict[str, Any]:
        seen, wanted = shown_name(self.task.surfaces), self.given.get("network_name")
        found = {"network_name": seen.name, "shown_by": seen.by, "cold_spare": None}
        if wanted is None or wanted.strip().casefold() == seen.name.casefold():
            return found
        if not seen.name or not cold_spare_is_on(self.task.surfaces.console):
            raise self.refuse(
                f"This appliance is called {seen.name or 'nothing readable'} ({seen.by}), not {wanted}. {RENAME}",
                remedy="Correct network_name, or the address of this host if it is the wrong appliance. Only the role "
                "Cold Spare changes a name, with useries.appliance.cold_spare.",
            )
        self.warn(f"This cold spare is called {seen.name} for now, not {wanted}.")
        return {**found, "cold_spare": True}


DECLARATION = ApplianceIdentity


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
