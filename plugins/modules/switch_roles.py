#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: switch_roles
short_description: Exchange active and passive of a healthy pair
version_added: 0.1.0
description:
  - Makes a named node the active one, and waits until the other one is passive and the databases are SYNCHRONIZED.
  - The service is interrupted meanwhile. Both nodes must answer and show SYNCHRONIZED.
  - Runs on either node of the pair, once. The button of the active node is pressed.
author:
  - The useries.appliance authors (@useries)
options:
  active:
    description:
      - Inventory name of the node that is to be active.
    type: str
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.failover
"""

EXAMPLES = r"""
- name: The service runs on its usual node again
  useries.appliance.switch_roles:
    active: useries-1a
"""

RETURN = r"""
nodes:
  description: What both nodes show afterwards, by inventory name.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.switch_roles import ExchangeRoles
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class SwitchRoles(ExchangeRoles):
    """Guide 1174, 1221, 1243-1245."""

    impact = "service"
    expects: ClassVar = ("SYNCHRONIZED",)
    returns = "nodes"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {"active": {"type": "str", "required": True}}


DECLARATION = SwitchRoles


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
