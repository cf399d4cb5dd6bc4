# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Discarding the high-availability configuration of both nodes (guide 1201-1206, A-74: on both, the active first)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import Side, read_side, read_sides
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    MAINTENANCE,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

BUTTON = "abandon_configuration"


class AbandonConfiguration(Action):
    """Option ``confirm``; group ``wait``. The state of the result: label -> :class:`Side` as data."""

    sides: tuple[Side, Side]

    def what(self) -> str:
        return "discard the high-availability configuration"

    def read(self) -> tuple[Side, Side]:
        self.sides = read_sides(self.task)
        own, other = self.sides
        if own.node is None:
            raise self.refuse(f"This node cannot be read: {own.reason}", remedy="Run the task for a node that answers.")
        if other.node is None:
            self.warn(
                f"{other.label} cannot be read ({other.reason}). Its configuration stays there, and it may go "
                "on as the active node: keep it off, or run this task again when it answers."
            )
        return self.sides

    def due(self, before: Any) -> Plan:
        changes = [
            Change(f"configuration of {side.label}", f"partner {side.node.partner}", "Initial Setup")
            for side in self._configured()
            if side.node is not None
        ]
        return Plan(changes, header=f"High Availability > {MAINTENANCE.title} > {MAINTENANCE.button(BUTTON).label}")

    def _configured(self) -> list[Side]:
        """Those that have a partner, the active one first."""
        having = [side for side in self.sides if side.node is not None and side.node.page == "configuration"]
        return sorted(having, key=lambda side: side.role != "Active")

    def before_order(self, before: Any) -> None:
        own, other = (side.node for side in self.sides)
        surfaces = self.task.surfaces
        first = other.partner if other is not None else ""
        second = own.partner if own is not None else ""
        first = first or shown_name(surfaces, ask_partner=False).name or surfaces.target.host
        second = second or shown_name(surfaces.partner, ask_partner=False).name or surfaces.partner.target.host
        self.confirmed(
            (first, second),
            f"The configuration that {first} and {second} share would be discarded: no failover then, and to pair "
            "them again overwrites the database of one of them.",
            first="Check that a verified backup exists",
        )

    def order(self, before: Any) -> None:
        """On each node that still has a configuration: the first may take the second one along."""
        for side in self._configured():
            if read_node(side.surfaces.console).page == "configuration":
                self._abandon(side)

    def _abandon(self, side: Side) -> None:
        try:
            side.surfaces.console.press(MAINTENANCE, BUTTON, answer=True)
        except UseriesError as error:
            if error.kind not in {"silent", "rejected"} or read_node(side.surfaces.console).page == "configuration":
                raise
            self.warn(f"The answer of {side.label} was lost ({error.message}), but its effect is seen.")

    def happened(self, before: Any) -> bool | None:
        """To discard twice harms nothing: a node without a configuration offers no button."""
        return all(read_node(side.surfaces.console).page != "configuration" for side in self._configured())

    def effect(self, before: Any) -> tuple[Side, Side]:
        roads = [(side.surfaces, side.label) for side in self._configured()]
        if self.given["wait"]:
            wait = self.within(600, interval=3, longest=15, silence=180)
            self.task.waiter.until(lambda: self._look(roads), wait, what=self.what(), target=self.task.label)
        own, other = self.sides
        second = other if other.node is None else read_side(other.surfaces, other.label)
        self.sides = (read_side(own.surfaces, own.label), second)
        return self.sides

    def _look(self, roads: Sequence[tuple[Any, str]]) -> Seen:
        seen = [read_side(surfaces, label) for surfaces, label in roads]
        told = ", ".join(f"{one.label} {one.node.page if one.node else one.reason} {one.role}" for one in seen)
        done = all(one.node is not None and one.node.page != "configuration" and one.role == "Off" for one in seen)
        return Seen(told, True if done else None)

    def shown(self, state: Any) -> Any:
        return {side.label: side.as_dict() for side in state}
