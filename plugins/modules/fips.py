#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: fips
short_description: Set the FIPS state of an appliance
version_added: 0.1.0
description:
  - Sets whether the appliance complies with FIPS. It takes effect after a reboot only; this module never reboots.
  - Where WinRM is configured, the policy of Windows is read as proof.
author:
  - The useries.appliance authors (@useries)
options:
  fips_state:
    description:
      - Whether FIPS compliance is on.
    type: bool
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.windows
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: FIPS is on after the next reboot
  useries.appliance.fips:
    fips_state: true
  register: fips
"""

RETURN = r"""
settings:
  description: The switch read back.
  returned: success
  type: dict
reboot_required:
  description:
    - V(true) when this task changed the setting, or Windows shows another one than the console.
    - V(false) when nothing was changed and Windows shows the same; null when Windows cannot say.
  returned: success
  type: bool
proof:
  description: V(verified) when the policy of Windows is as wanted, else V(unavailable).
  returned: success
  type: str
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.security_facts import fips_in_windows
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class Fips(Settings):
    """Guide 251-256."""

    section = SECURITY_SETTINGS.section("fips")
    fields: ClassVar = ("fips_state",)
    required: ClassVar = ("fips_state",)
    button = "update_fips"
    groups: ClassVar = ("console", "proof", "windows")
    in_windows: bool | str = "it was not asked"

    def run(self) -> dict[str, Any]:
        result = super().run()
        differs = self.in_windows != self.given["fips_state"] if isinstance(self.in_windows, bool) else None
        return {**result, "reboot_required": result["changed"] or differs}

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]]:
        self.in_windows = fips_in_windows(self.task.surfaces)
        if isinstance(self.in_windows, str):
            return "unavailable", {"reason": self.in_windows}
        if self.in_windows != state["fips_state"]:
            return "unavailable", {"reason": "Windows still has the policy from before; the appliance must reboot"}
        return "verified", {"windows": self.in_windows}


DECLARATION = Fips


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
