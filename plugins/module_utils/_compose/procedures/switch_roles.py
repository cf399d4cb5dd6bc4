# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanging active and passive of a healthy pair (guide 1174, 1221, 1243-1245)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import (
    Side,
    active_of,
    partner_label,
    read_heartbeat,
    read_side,
    read_sides,
    services_only,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    MAINTENANCE,
    partner_requirement,
    read_node,
    role_requirement,
    same_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.maintenance import press_once
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED

DIAGNOSE = "Run the playbook diagnose_failover.yml: it names the state and the guide's decision."
IDLE = (
    180.0  # seconds in which nothing changes although the button is offered again: it was not carried out (judgement)
)


class ExchangeRoles(Action):
    """Option ``active``; group ``wait``. The state of the result: label -> :class:`Side` as data."""

    sides: tuple[Side, Side]
    wanted: int

    def what(self) -> str:
        return f"make {self.given['active']} the active node"

    def requirements(self) -> Sequence[Requirement]:
        self.sides = read_sides(self.task)
        self.wanted = self._which()
        own = self.sides[0].node
        if own is None:
            raise self.refuse(f"This node cannot be read: {self.sides[0].reason}", remedy=DIAGNOSE)
        return role_requirement(own.page, "this node"), partner_requirement(own.page)

    def _which(self) -> int:
        """0 for the task's own node, 1 for the partner."""
        given = self.given["active"].strip()
        own, other = self.sides
        names: tuple[set[str], set[str]] = (
            {own.label, self.task.surfaces.target.host, other.node.partner if other.node else ""},
            {other.label, self.task.surfaces.partner.target.host, own.node.partner if own.node else ""},
        )
        fitting = [index for index in (0, 1) if any(name and same_name(name, given) for name in names[index])]
        if len(fitting) != 1:
            raise self.refuse(
                f"active is {given!r}; the nodes of this pair are {self.task.label} and {partner_label(self.task)}.",
                kind="invalid",
            )
        return fitting[0]

    def read(self) -> tuple[Side, Side]:
        return self.sides

    def due(self, before: Any) -> Plan:
        header = f"High Availability > {MAINTENANCE.title} > {MAINTENANCE.button('switch_roles').label}"
        if before is None:
            return Plan([Change("active", None, self.given["active"])], header)
        active = active_of(self.sides)
        if len(active) > 1 and services_only(self.sides[0]):
            raise self.refuse(
                "There are no roles to switch on this pair: it mirrors services only, and both nodes are Active.",
                remedy="Leave this task out for this pair.",
            )
        if len(active) > 1:
            raise self.refuse("Both nodes are Active.", remedy="Run the playbook diagnose_failover.yml at once.")
        wanted = self.sides[self.wanted]
        if active == [wanted]:
            return Plan([], header)
        return Plan([Change("active", active[0].label if active else None, wanted.label)], header)

    def before_order(self, before: Any) -> None:
        for side in self.sides:
            if side.role is None or side.node is None:
                raise self.refuse(
                    f"{side.label} does not answer, so roles are not switched: {side.reason}", remedy=DIAGNOSE
                )
        states = {side.label: side.state for side in self.sides}
        if set(states.values()) != {SYNCHRONIZED}:
            told = ", ".join(f"{state or 'no mirror state'} on {label}" for label, state in states.items())
            if services_only(self.sides[0]):
                told += " (there is no mirroring on this pair: it mirrors services only)"
            raise self.refuse(f"Roles are switched only while both nodes show SYNCHRONIZED: {told}.", remedy=DIAGNOSE)
        active = active_of(self.sides)
        if not active:
            raise self.refuse(f"No node is Active: {[side.role for side in self.sides]}.", remedy=DIAGNOSE)
        heartbeat = read_heartbeat(active[0], self.task)
        if heartbeat["fresh"] is False:
            raise self.refuse(
                f"The last heartbeat is {heartbeat['age_minutes']:.0f} minutes old ({heartbeat['shown']}): the nodes "
                "do not hear each other.",
                remedy=DIAGNOSE,
            )
        if heartbeat["fresh"] is None:
            self.warn(f"How old the last heartbeat is cannot be told: {heartbeat['shown'] or 'none'} is shown.")
        console = active[0].surfaces.console
        console.open(MAINTENANCE.page)
        if not console.enabled(MAINTENANCE, "switch_roles"):
            raise self.refuse(
                f"The console of the active node {active[0].label} does not offer Switch Roles now.",
                remedy="Look at its High Availability page: it may be at work.",
            )

    def order(self, before: Any) -> None:
        console = active_of(self.sides)[0].surfaces.console
        press_once(console, "switch_roles", lambda: self.happened(before), self.warn)

    def happened(self, before: Any) -> bool | None:
        """The roles decide; as long as they are the old ones, the button is offered only when nothing was ordered."""
        wanted = self.sides[self.wanted].surfaces
        if wanted.role() == "Active" or not self._offered():
            return True
        return wanted.role() == "Active"  # it may have ended while the page was looked at

    def _offered(self) -> bool:
        console = active_of(self.sides)[0].surfaces.console
        node = read_node(console)
        return node.page == "configuration" and console.enabled(MAINTENANCE, "switch_roles")

    def find_out(self) -> str:
        return "Run the playbook diagnose_failover.yml: the roles of both nodes tell."

    def effect(self, before: Any) -> tuple[Side, Side]:
        if self.given["wait"]:
            wait = self.within(1800, interval=3, longest=20, silence=300)
            self.task.waiter.until(self._look, wait, what=self.what(), target=self.task.surfaces.console.target)
        labels = (self.task.label, partner_label(self.task))
        roads = (self.task.surfaces, self.task.surfaces.partner)
        self.sides = (read_side(roads[0], labels[0]), read_side(roads[1], labels[1]))
        return self.sides

    started: float | None = None

    def _look(self) -> Seen:
        now = self.task.clock.now()
        self.started = now if self.started is None else self.started
        wanted, other = self.sides[self.wanted], self.sides[1 - self.wanted]
        roles = (wanted.surfaces.role(), other.surfaces.role())
        told = f"{wanted.label} {roles[0]}, {other.label} {roles[1]}"
        if roles == ("Active", "Passive"):
            state = read_node(wanted.surfaces.console).mirror_state
            return Seen(f"{told}, {state}", True if state == SYNCHRONIZED else None)
        idle = roles == ("Passive", "Active") and now - self.started > IDLE and self._offered()
        if idle and wanted.surfaces.role() != "Active":
            return Seen(
                f"{told}: the roles were not switched",
                False,
                advice="The notifications of the active node may tell why.",
            )
        return Seen(told, None)

    def shown(self, state: Any) -> Any:
        return {side.label: side.as_dict() for side in state}
