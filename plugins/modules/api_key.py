#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: api_key
short_description: Manage the API key between the nodes of a pair
version_added: 0.1.0
description:
  - Sets the maximum age of messages between appliances, and makes a new API key when asked.
  - A new key voids the old one at once, and the partner must be given the new one. So it is never made by itself, and
    on a node that has a partner only with O(accept_partner_loss).
author:
  - The useries.appliance authors (@useries)
options:
  maximum_age:
    description:
      - Maximum age of incoming messages in minutes. The appliance's default is 600.
    type: int
  regenerate:
    description:
      - Whether a new key is made. This is done each time it is asked.
    type: bool
    default: false
  accept_partner_loss:
    description:
      - Accepts that the partner cannot talk to this node until it was given the new key.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.api_key_info
"""

EXAMPLES = r"""
- name: Messages are good for five hours
  useries.appliance.api_key:
    maximum_age: 300
"""

RETURN = r"""
settings:
  description: The maximum age read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import read_node
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS


class ApiKey(Settings):
    """Guide 258-271."""

    section = SECURITY_SETTINGS.section("api_key")
    fields: ClassVar = ("maximum_age",)
    button = "update_maximum_age"
    impact = "service"
    groups: ClassVar = ("console", "partner", "pair")
    options: ClassVar = {
        "regenerate": {"type": "bool", "default": False},
        "accept_partner_loss": {"type": "bool", "default": False},
    }

    def check(self) -> None:
        if self.given.get("maximum_age") is None and not self.given["regenerate"]:
            raise self.refuse("Neither maximum_age nor regenerate: true is given.", kind="invalid")

    def plan(self, present: Mapping[str, Any]) -> Plan:
        plan = super().plan(present)
        if self.given["regenerate"]:
            plan.changes.append(Change("api_key", None, "a new key", secret=True))
        return plan

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        if not self.given["regenerate"] or self.given["accept_partner_loss"]:
            return
        node = read_node(self.task.surfaces.console)
        if node.page == "configuration":
            raise self.refuse(
                f"This node has the partner {node.partner}, which could not talk to it with a new key.",
                remedy="Repeat with accept_partner_loss: true, then give the partner the new key on its High "
                "Availability page.",
            )

    def write(self, plan: Plan) -> None:
        if "maximum_age" in plan.wanted:
            self.save({"maximum_age": plan.wanted["maximum_age"]})
        if self.given["regenerate"]:
            self.task.surfaces.console.press(self.section, "generate_api_key", answer=True)


DECLARATION = ApiKey


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
