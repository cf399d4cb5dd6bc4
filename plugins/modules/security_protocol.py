#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: security_protocol
short_description: Set the minimum security protocols
version_added: 0.1.0
description:
  - Sets which TLS versions the appliance accepts, and proves it by handshakes that offer the versions below.
  - Clients that cannot speak the minimum are cut off. The guide does not say whether a restart is needed.
  - Refuses a minimum that the connection of this controller cannot keep. Where WinRM is configured, it also refuses
    V(TLS 1.2) on Windows Server 2008 R2 with SQL Server 2014 while KB2979597 or KB3144517 is missing.
  - It is a setting of one node, and the nodes of a pair talk to each other with it; set it on both.
author:
  - The useries.appliance authors (@useries)
options:
  minimum_protocols:
    description:
      - The choice as the console words it.
    type: str
    required: true
    choices:
      - SSL 3.0 + TLS 1.0/1.1/1.2
      - TLS 1.0/1.1/1.2
      - TLS 1.1/1.2
      - TLS 1.2
  accept_lockout:
    description:
      - Accepts that this controller may be cut off, or that SQL Server may, because an update is missing (a later
        update may hold what the missing one brought).
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.windows
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Nothing below TLS 1.2
  useries.appliance.security_protocol:
    minimum_protocols: TLS 1.2
"""

RETURN = r"""
settings:
  description: The choice read back.
  returned: success
  type: dict
proof:
  description: V(verified) when handshakes below the minimum were refused, V(unavailable) when none could be tried.
  returned: success
  type: str
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.handshakes import protocol_proof, survives
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.security_facts import missing_patches
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


class SecurityProtocol(Settings):
    """Guide 306-331."""

    section = SECURITY_SETTINGS.section("security_protocols")
    fields: ClassVar = ("minimum_protocols",)
    required: ClassVar = ("minimum_protocols",)
    button = "update_protocols"
    impact = "service"
    groups: ClassVar = ("console", "proof", "partner", "pair", "windows")
    options: ClassVar = {"accept_lockout": {"type": "bool", "default": False}}

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        choice, surfaces = self.given["minimum_protocols"], self.task.surfaces
        if not survives(surfaces.target, choice):
            self._lockout(
                f"This controller cannot speak what {choice} leaves: its own connection would be cut off.",
                "Allow TLS 1.2 in the OpenSSL configuration of this controller",
            )
        if choice != "TLS 1.2":
            self.warn("Protocols below TLS 1.2 are unsafe.")
        elif surfaces.configured("windows"):
            self._patches()
        else:
            self.warn(
                "TLS 1.2 on Windows Server 2008 R2 with SQL Server 2014 needs KB2979597 and KB3144517; this is not "
                "checked here."
            )

    def _patches(self) -> None:
        try:
            missing = missing_patches(self.task.surfaces)
        except UseriesError as error:
            if not self.given["accept_lockout"]:
                raise
            missing = []
            self.warn(f"Whether updates for TLS 1.2 are missing is not known: {error.message}")
        if missing:
            self._lockout(
                f"Windows Server 2008 R2 with SQL Server 2014 lacks {' and '.join(missing)}, needed for TLS 1.2.",
                "Install what is missing",
            )

    def _lockout(self, why: str, first: str) -> None:
        if not self.given["accept_lockout"]:
            raise self.refuse(why, remedy=f"{first}, or repeat with accept_lockout: true.")
        self.warn(f"{why} It was accepted.")

    def prove(self, state: Any) -> Any:
        return protocol_proof(self.task.surfaces.target, state["minimum_protocols"])


DECLARATION = SecurityProtocol


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
