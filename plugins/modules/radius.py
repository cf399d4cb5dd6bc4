#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: radius
short_description: Turn RADIUS two-factor authentication of the console on or off
version_added: 0.1.0
description:
  - Sets whether signing in to the console goes over a RADIUS server, which one, and with which user.
  - RADIUS servers are configured in BeyondInsight. O(alias) is the name that one has there.
  - This collection answers no challenge of a RADIUS server, so turning it on may lock automation out and needs
    O(accept_lockout). Afterwards a new sign-in is tried, and the result says whether it worked.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether RADIUS authentication is on.
    type: bool
    required: true
  alias:
    description:
      - The RADIUS server, as BeyondInsight names it. Needed to turn it on.
    type: str
  radius_username:
    description:
      - User at the RADIUS server. Needed to turn it on. Its password must be the appliance administrator's.
    type: str
  accept_lockout:
    description:
      - Accepts that the console may ask this collection for a second factor, which it cannot give.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.proof
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.credentials
"""

EXAMPLES = r"""
- name: Signing in does not go over RADIUS
  useries.appliance.radius:
    enabled: false

- name: Signing in goes over a RADIUS server that lets in by password alone
  useries.appliance.radius:
    enabled: true
    alias: Corporate RADIUS
    radius_username: appliance
    accept_lockout: true
"""

RETURN = r"""
settings:
  description: The settings read back.
  returned: success
  type: dict
proof:
  description: After it was turned on, V(verified) when a new sign-in worked, else V(unavailable).
  returned: when RADIUS was turned on or changed
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.radius import TwoFactors
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)


class Radius(TwoFactors):
    """Guide 420-433."""

    section = ACCOUNTS_AND_LICENSING.section("radius")
    fields: ClassVar = ("enabled", "alias", "radius_username")
    option_names: ClassVar = {"radius_username": "username"}
    required: ClassVar = ("enabled",)
    button = "update_settings"
    impact = "session"
    groups: ClassVar = ("console", "proof")
    options: ClassVar = {"accept_lockout": {"type": "bool", "default": False}}


DECLARATION = Radius


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
