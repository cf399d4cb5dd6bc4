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
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
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

from ansible_collections.useries.appliance.plugins.module_utils._compose.handshakes import protocol_proof
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class SecurityProtocol(Settings):
    """Guide 306-331."""

    section = SECURITY_SETTINGS.section("security_protocols")
    fields: ClassVar = ("minimum_protocols",)
    required: ClassVar = ("minimum_protocols",)
    button = "update_protocols"
    impact = "service"
    groups: ClassVar = ("console", "proof", "partner", "pair")

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        if self.given["minimum_protocols"] != "TLS 1.2":
            self.warn("Protocols below TLS 1.2 are unsafe.")
        else:
            self.warn(
                "TLS 1.2 on Windows Server 2008 R2 with SQL Server 2014 needs KB2979597 and KB3144517; this is not "
                "checked here."
            )

    def prove(self, state: Any) -> Any:
        return protocol_proof(self.task.surfaces.target, state["minimum_protocols"])


DECLARATION = SecurityProtocol


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
