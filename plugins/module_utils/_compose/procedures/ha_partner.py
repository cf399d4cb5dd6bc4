# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making two appliances partners: keys both ways, the partner's name here, certificates exchanged (guide 1067-1071)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import matches_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    Node,
    read_node,
    read_pair,
    role_requirement,
    same_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.pairing import (
    exchanged,
    own_key,
    register,
    start_exchange,
    under_way_with,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan


class MakePartners(Action):
    """Option ``partner_host_name``; group ``wait``. The state of the result: ``node`` and ``partner`` as data.

    Both nodes are read and checked before either is changed; the keys stay inside :meth:`order`.
    """

    untouched = "Neither node was changed."
    name: str
    nodes: dict[str, Node]

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

    def requirements(self) -> Sequence[Requirement]:
        self.nodes = read_pair(self.task.surfaces)
        other = self.task.surfaces.partner.identity
        return (
            role_requirement(self.nodes["node"].page, "this node"),
            role_requirement(self.nodes["partner"].page, f"the partner {other}", other),
        )

    def read(self) -> dict[str, Node]:
        return self.nodes

    def due(self, before: dict[str, Node] | None) -> Plan:
        shown = before["node"].partner if before and before["node"].page == "configuration" else ""
        done = bool(shown) and self.nodes["partner"].page == "configuration" and self._means_partner(shown)
        change = Change("partner", shown or None, self.name)
        return Plan([] if done else [change], header="High Availability > Initial Setup")

    def _means_partner(self, shown: str) -> bool:
        """The console shows a network name; for a partner named by its address the certificate knows it."""
        there = self.task.surfaces.partner
        by_address = self.name == there.target.host and matches_name(there.certificate(), shown)
        return same_name(shown, self.name) or by_address

    def before_order(self, before: dict[str, Node]) -> None:
        here, there = self.task.surfaces.certificate(), self.task.surfaces.partner.certificate()
        if matches_name(here, self.name) and not matches_name(there, self.name):
            raise self.refuse(
                f"{self.name} is the name of this node itself, as its certificate shows.",
                kind="invalid",
                remedy="Give the network name of the other node as partner_host_name.",
            )
        for whose, node in (("This node", before["node"]), (f"The partner {self.name}", before["partner"])):
            if node.page == "configuration":
                raise self.refuse(
                    f"{whose} already has the partner {node.partner}.",
                    remedy="If that pair is to be given up, press Abandon Configuration on the High Availability page "
                    "of its nodes first.",
                )

    def order(self, before: dict[str, Node]) -> None:
        here, there = self.task.surfaces.console, self.task.surfaces.partner.console
        other = under_way_with(here)
        if other and same_name(other, self.name):
            return  # pressed a moment ago: that exchange is waited for, none is started
        if other:
            raise self.refuse(f"An exchange of certificates with {other} is under way.", remedy="Wait for its end.")
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
            exchanged(self.task.surfaces, self.task.waiter, self.within(900, interval=5, longest=20))
        return read_pair(self.task.surfaces)

    def shown(self, state: dict[str, Node]) -> Any:
        return {which: node.as_dict() for which, node in state.items()}

    def provides(self, plan: Plan) -> Iterable[str]:
        return ["partner", f"partner@{self.task.surfaces.partner.identity}"]
