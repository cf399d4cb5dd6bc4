#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ha_partner
short_description: Make two appliances partners for high availability
version_added: 0.1.0
description:
  - Registers the API key of each node with the other, enters the partner's host name on this node and waits until the
    certificates are exchanged. The keys stay inside this one task.
  - Runs once per pair, on the node that will be the primary; the other node is described by O(partner).
  - Both nodes are checked before either is changed.
author:
  - The useries.appliance authors (@useries)
options:
  partner_host_name:
    description:
      - Network name of the partner as this node resolves it. By default the host of O(partner).
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.high_availability
"""

EXAMPLES = r"""
- name: The two nodes become partners (once per pair, on its primary)
  useries.appliance.ha_partner:
    partner_host_name: UVM-1B
  when: inventory_hostname == 'useries-1a'
"""

RETURN = r"""
pair:
  description: What both nodes show.
  returned: success
  type: dict
  contains:
    node:
      description: This node.
      type: dict
    partner:
      description: The other node.
      type: dict
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import matches_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    Node,
    read_node,
    role_requirement,
    same_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.pairing import (
    exchanged,
    own_key,
    register,
    start_exchange,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Wait


class HaPartner(Action):
    """Guide 1067-1071."""

    impact = "service"
    returns = "pair"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {"partner_host_name": {"type": "str"}}

    def what(self) -> str:
        return f"make {self.name} the partner"

    def check(self) -> None:
        there, here = self.task.surfaces.partner, self.task.surfaces
        self.name = self.given.get("partner_host_name") or there.target.host
        own = (here.target.host, self.given.get("host", ""), self.task.label)
        if there.identity == here.identity or any(same_name(self.name, name) for name in own if name):
            raise self.refuse(
                f"{self.name} is this node itself; a node cannot be its own partner.",
                kind="invalid",
                remedy="Set useries_partner to the other node and partner_host_name to its network name.",
            )
        self.nodes = {"node": read_node(here.console), "partner": read_node(there.console)}

    def requirements(self) -> Sequence[Requirement]:
        other = self.task.surfaces.partner.identity
        return (
            role_requirement(self.nodes["node"].page, "this node"),
            role_requirement(self.nodes["partner"].page, f"the partner {other}", other),
        )

    def read(self) -> dict[str, Node]:
        return self.nodes

    def due(self, before: dict[str, Node] | None) -> Plan:
        shown = before["node"].partner if before and before["node"].page == "configuration" else ""
        done = bool(shown) and same_name(shown, self.name) and before["partner"].page == "configuration"
        return Plan(
            [] if done else [Change("partner", shown or None, self.name)], header="High Availability > Initial Setup"
        )

    def before_order(self, before: dict[str, Node]) -> None:
        here, there = self.task.surfaces, self.task.surfaces.partner
        if matches_name(here.certificate(), self.name) and not matches_name(there.certificate(), self.name):
            raise self.refuse(
                f"{self.name} is the name of this node itself, as its certificate shows. Neither node was changed.",
                kind="invalid",
                remedy="Give the network name of the other node as partner_host_name.",
            )
        for whose, node in (("This node", before["node"]), (f"The partner {self.name}", before["partner"])):
            if node.page == "configuration":
                raise self.refuse(
                    f"{whose} already has the partner {node.partner}. Neither node was changed.",
                    remedy="If that pair is to be given up, press Abandon Configuration on the High Availability page of its nodes first.",
                )

    def order(self, before: dict[str, Node]) -> None:
        here, there = self.task.surfaces.console, self.task.surfaces.partner.console
        mine, theirs = own_key(here), own_key(there)
        if mine == theirs:
            raise self.refuse("Both nodes show the same API key: are they the same appliance?", kind="invalid")
        register(there, mine)
        register(here, theirs)
        start_exchange(here, self.name)

    def happened(self, before: dict[str, Node]) -> bool | None:
        return True if read_node(self.task.surfaces.console).page == "configuration" else None

    def effect(self, before: dict[str, Node]) -> dict[str, Node]:
        if self.given["wait"]:
            wait = Wait(timeout=self.given.get("wait_timeout") or 900, interval=5, longest=20)
            exchanged(self.task.surfaces, self.task.waiter, wait)
        return {"node": read_node(self.task.surfaces.console), "partner": read_node(self.task.surfaces.partner.console)}

    def shown(self, state: dict[str, Node]) -> Any:
        return {which: node.as_dict() for which, node in state.items()}

    def provides(self, plan: Plan) -> Iterable[str]:
        return ["partner", f"partner@{self.task.surfaces.partner.identity}"]


DECLARATION = HaPartner


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
