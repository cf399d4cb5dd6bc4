#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rdp
short_description: Turn Remote Desktop and its second factor on or off
version_added: 0.1.0
description:
  - Sets whether one may sign in to the appliance over Remote Desktop, and whether that needs two factors.
  - Remote Desktop is off by default and is not needed for daily use, whatever the licences and roles.
  - Uses of Remote Desktop and of the second factor are written to the Security event log of the appliance.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether Remote Desktop is on.
    type: bool
  two_factor_required:
    description:
      - Whether Remote Desktop needs two factors. While Remote Desktop is off this has no effect, and the task warns.
      - Turning it off needs O(support_password).
    type: bool
  support_password:
    description:
      - The time-limited password that BeyondTrust Technical Support generates for turning the second factor off.
      - It is used for that alone, and may be given when nothing is to be done.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: No Remote Desktop
  useries.appliance.rdp:
    enabled: false

- name: Remote Desktop for a support session, with two factors
  useries.appliance.rdp:
    enabled: true
    two_factor_required: true
"""

RETURN = r"""
settings:
  description: Both switches read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP

SWITCHES = ("enabled", "two_factor_required")


class Rdp(Settings):
    """Guide 437-449."""

    section = NETWORK_AND_RDP.section("rdp")
    fields: ClassVar = (*SWITCHES, "support_password")
    option_names: ClassVar = {"enabled": "enable_remote_desktop", "support_password": "time_limited_password"}
    button = "save_rdp"
    constraints: ClassVar = {"required_one_of": [SWITCHES]}

    def wanted(self) -> dict[str, Any]:
        return {name: self.given[name] for name in SWITCHES}

    def read(self) -> dict[str, Any]:
        values = self.task.surfaces.console.read(self.section, [self.field_of_option(name) for name in SWITCHES])
        present = {self.option_of_field(id): value for id, value in values.items()}
        on = present["enabled"] if self.given["enabled"] is None else self.given["enabled"]
        if self.given["two_factor_required"] is not None and not on:
            self.warn("Remote Desktop is off: whether it requires two factors has no effect until it is turned on.")
        return present

    def spare_stored_secrets(self, present: Mapping[str, Any], plan: Plan) -> None:
        """The password is not stored; it is asked for once, to turn the second factor off."""

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        if plan.wanted.get("two_factor_required") is False and not self.given["support_password"]:
            raise self.refuse(
                "Turning the second factor off needs a time-limited password.",
                remedy="Ask BeyondTrust Technical Support for a time-limited password and give it as support_password.",
            )

    def save(self, values: Mapping[str, Any]) -> None:
        turned_off = values.get("two_factor_required") is False
        super().save({**values, "support_password": self.given["support_password"]} if turned_off else values)


DECLARATION = Rdp


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
