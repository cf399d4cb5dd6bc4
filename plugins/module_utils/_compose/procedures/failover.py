# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A failover by hand in medium failover mode (guide 1118, 1176-1187): fenced, confirmed, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import Side, notifications, read_side
from ansible_collections.useries.appliance.plugins.module_utils._compose.fence import Fence, partner_view
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    MAINTENANCE,
    partner_requirement,
    read_node,
    role_requirement,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.maintenance import press_once
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait

BUTTON = "failover_to_this"
ONLY = "The console does not offer Failover to this U-Series Appliance: it does so only while the primary is down."
STATE = re.compile(r"\b(SYNCHRONIZED|SYNCHRONIZING|SUSPENDED|EXPOSED|SYNC PENDING)\b")
BEFORE = "synchronized"  # what failover_drill.yml records
ARRIVED = Wait(timeout=120, interval=3, longest=10, silence=60)


class FailOver(Action):
    """Options ``confirm`` and ``accept_data_loss``; groups ``fence`` and ``wait``.

    The state of the result: ``node`` (:class:`Side` as data); beside it ``fence``, what each view said.
    """

    side: Side
    fence: Fence

    def what(self) -> str:
        return "fail over to this appliance"

    def run(self) -> dict[str, Any]:
        self.fence = Fence(self.task, self.task.surfaces.partner, "", lambda: partner_view(self.task))
        return {**super().run(), "fence": self.fence.found()}

    def requirements(self) -> Sequence[Requirement]:
        self.side = read_side(self.task.surfaces, self.task.label)
        if self.side.node is None:
            raise self.refuse(f"This node cannot be read: {self.side.reason}", kind="unreachable")
        return role_requirement(self.side.node.page, "this node"), partner_requirement(self.side.node.page)

    def read(self) -> Side:
        return self.side

    def due(self, before: Side | None) -> Plan:
        header = f"High Availability > {MAINTENANCE.title} > {MAINTENANCE.button(BUTTON).label}"
        role = before.role if before is not None else None
        return Plan([] if role == "Active" else [Change("role", role, "Active")], header)

    def before_order(self, before: Side) -> None:
        node = before.node
        if node is None or not node.enabled:
            raise self.refuse("High availability is off on this node: there is nothing to fail over to.")
        console = self.task.surfaces.console
        console.open(MAINTENANCE.page)
        if not console.enabled(MAINTENANCE, BUTTON):
            raise self.refuse(
                f"{ONLY} Its role is {before.role} and the mirror state {node.mirror_state or 'not shown'}.",
                remedy="To exchange the roles of two healthy nodes use useries.appliance.switch_roles; else run the "
                "playbook diagnose_failover.yml.",
            )
        self.fence.name = node.partner
        self.fence.check()
        own = shown_name(self.task.surfaces, ask_partner=False).name or self.task.surfaces.target.host
        loss = "" if self._was_synchronized() else "accept_data_loss"
        why = f"This node would become the active one instead of {node.partner}."
        if loss:
            why += (
                " Nothing here tells that the databases were SYNCHRONIZED when the other node was lost: what was not "
                "mirrored then is lost."
            )
        first = "Check that the other node cannot be brought back soon"
        self.confirmed((own, node.partner), why, first=first, flag=loss)

    def _was_synchronized(self) -> bool:
        """Whether this node's notifications name SYNCHRONIZED as the last state before DISCONNECTED; a passive node may
        show none (guide 1214). Or the workflow read it immediately before it stopped the other node."""
        workflow = self.task.workflow
        if workflow.name and workflow.checkpoint().status(BEFORE) == "done":
            return True
        dated = [one for one in notifications(self.side) or () if one["at"]]
        told = [
            found.group(1) for one in sorted(dated, key=lambda one: one["at"]) if (found := STATE.search(one["text"]))
        ]
        return bool(told) and told[-1] == "SYNCHRONIZED"

    def order(self, before: Side) -> None:
        self.fence.check()  # again: the other node may have come up since
        press_once(self.task.surfaces.console, BUTTON, lambda: self.happened(before), self.warn)

    def happened(self, before: Side) -> bool | None:
        """The button is offered again only when nothing was ordered; a failover takes a while to be seen."""
        console = self.task.surfaces.console
        console.open(MAINTENANCE.page)
        if console.enabled(MAINTENANCE, BUTTON):  # only a passive node that has no failover under way offers it
            return False
        self._until_active(ARRIVED)
        return True

    def find_out(self) -> str:
        return "Run the playbook diagnose_failover.yml: the role of this node tells. Keep the other node off meanwhile."

    def effect(self, before: Side) -> Side:
        if self.given["wait"]:
            self._until_active(self.within(900, interval=3, longest=20, silence=300))
        return read_side(self.task.surfaces, self.task.label)

    def _until_active(self, wait: Wait) -> None:
        """Active over the endpoint, and the console does not offer a failover any more."""

        def look() -> Seen:
            role = self.task.surfaces.role()
            if role != "Active":
                return Seen(role, None)
            console = self.task.surfaces.console
            node = read_node(console)
            offered = node.page == "configuration" and console.enabled(MAINTENANCE, BUTTON)
            return Seen("Active, but the console still offers the failover" if offered else role, not offered or None)

        self.task.waiter.until(look, wait, what=self.what(), target=self.task.surfaces.console.target)

    def shown(self, state: Side) -> Any:
        return state.as_dict()
