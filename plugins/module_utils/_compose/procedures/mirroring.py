# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suspending and resuming the mirroring of a pair's database (guide 1189-1199, 1235, 1802, 1828)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import (
    Side,
    active_of,
    read_side,
    read_sides,
    services_only,
    told_of_failover,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    MAINTENANCE,
    Node,
    partner_requirement,
    read_node,
    role_requirement,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.maintenance import press_once
from ansible_collections.useries.appliance.plugins.module_utils._compose.mirroring import wait_synchronized
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED, UNDER_WAY
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SUSPENDED = "SUSPENDED"
NO_FAILOVER = "mirroring is SUSPENDED: there is no failover until it is resumed"
INVESTIGATE = (
    "Find the cause of the failover first and settle it: until then mirroring must not be resumed. When it "
    "is settled and the right node is active, repeat with failover_explained: true."
)


class MirrorState(Action):
    """Options ``state`` and ``failover_explained``; group ``wait``.

    The state of the result: ``node`` (:class:`Node` as data) and ``roles`` of both nodes over the endpoint.
    """

    node: Node
    sides: tuple[Side, Side]

    def what(self) -> str:
        return "suspend mirroring" if self.suspending else "resume mirroring"

    @property
    def suspending(self) -> bool:
        """Whether mirroring is to stop."""
        return bool(self.given["state"] == "suspended")

    def expected(self) -> Sequence[str]:
        return (SYNCHRONIZED,) if self.suspending else (SUSPENDED,)

    def requirements(self) -> Sequence[Requirement]:
        self.node = read_node(self.task.surfaces.console)
        return role_requirement(self.node.page, "this node"), partner_requirement(self.node.page)

    def read(self) -> dict[str, Any]:
        self.sides = read_sides(self.task)
        if self.sides[0].node is not None:
            self.node = self.sides[0].node
        return self._state()

    def due(self, before: Any) -> Plan:
        button = "suspend" if self.suspending else "resume"
        header = f"High Availability > {MAINTENANCE.title} > {MAINTENANCE.button(button).label}"
        wanted = SUSPENDED if self.suspending else SYNCHRONIZED
        if before is None:
            return Plan([Change("mirror_state", None, wanted)], header)
        self._refuse_without_mirroring()
        state = self.node.mirror_state
        done = state == SUSPENDED if self.suspending else state in (SYNCHRONIZED, *UNDER_WAY)
        return Plan([] if done else [Change("mirror_state", state, wanted)], header)

    def _refuse_without_mirroring(self) -> None:
        if not self.node.enabled:
            raise self.refuse(
                "High availability is off on this node: there is no mirroring on this pair.",
                remedy="Turn it on with useries.appliance.high_availability first.",
            )
        if self.node.mirror_state != SYNCHRONIZED and services_only(self.sides[0]):
            raise self.refuse(
                "There is no mirroring on this pair: its High Availability role mirrors services only.",
                remedy="Leave this task out for this pair.",
            )

    def settled(self, before: Any) -> Any:
        if self.suspending:
            self.warn(NO_FAILOVER)
            return before
        waiting = self.given["wait"] and self.node.mirror_state != SYNCHRONIZED
        return self.effect(before) if waiting else before

    # -- before the order ----------------------------------------------------------------------------------------------
    def before_order(self, before: Any) -> None:
        if list(before["roles"].values()) == ["Active", "Active"]:
            raise self.refuse("Both nodes are Active.", remedy="Run the playbook diagnose_failover.yml at once.")
        if not self.suspending and self.node.mirror_state == SUSPENDED and not self.given["failover_explained"]:
            self._refuse_unexplained()
        state = self.node.mirror_state
        if state not in self.expected() and state not in (self.given.get("accept_pair_state") or ()):
            return  # the gate refuses it
        button = "suspend" if self.suspending else "resume"
        self.task.surfaces.console.open(MAINTENANCE.page)
        if not self.task.surfaces.console.enabled(MAINTENANCE, button):
            other = self.sides[1]
            where = (
                f"Run the task on the active node, {other.label}." if other.role == "Active" else "Look at its page."
            )
            raise self.refuse(
                f"The console of this node does not offer {MAINTENANCE.button(button).label} now; its mirror state is "
                f"{state} and its role {before['roles'][self.task.label]}.",
                remedy=where,
            )

    def _refuse_unexplained(self) -> None:
        """SUSPENDED is also what a short interruption with a failover leaves behind (guide 1241)."""
        silent = [side.label for side in self.sides if not side.answers]
        if silent:
            raise self.refuse(
                f"{' and '.join(silent)} does not answer, so nobody can say why mirroring is SUSPENDED.",
                remedy=f"{INVESTIGATE} The playbook diagnose_failover.yml says what both nodes show.",
            )
        told = [told_of_failover(side) for side in active_of(self.sides)]
        if told == [False]:
            return
        why = (
            "A failover has taken place" if told == [True] else "A failover may have taken place (nobody can be asked)"
        )
        raise self.refuse(f"{why}, and nobody has said that its cause is known.", remedy=INVESTIGATE)

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Any) -> None:
        button = "suspend" if self.suspending else "resume"
        press_once(self.task.surfaces.console, button, lambda: self.happened(before), self.warn)

    def happened(self, before: Any) -> bool | None:
        state = read_node(self.task.surfaces.console).mirror_state
        return state == SUSPENDED if self.suspending else state in (SYNCHRONIZED, *UNDER_WAY)

    def effect(self, before: Any) -> dict[str, Any]:
        surfaces = self.task.surfaces
        if self.suspending:
            self._wait_suspended()
            self.warn(NO_FAILOVER)
        elif self.given["wait"]:
            wait = self.within(7200, interval=5, longest=60, silence=300)
            wait_synchronized(surfaces, self.task.waiter, wait, old=(SUSPENDED,))
        self.sides = (read_side(surfaces, self.task.label), self.sides[1])
        self.node = self.sides[0].node or self.node
        return self._state()

    def _wait_suspended(self) -> None:
        def look() -> Seen:
            state = read_node(self.task.surfaces.console).mirror_state
            return Seen(state or "no mirror state", True if state == SUSPENDED else None)

        wait = Wait(timeout=self.given.get("wait_timeout") or 300, interval=2, longest=15)
        try:
            self.task.waiter.until(look, wait, what="wait for SUSPENDED", target=self.task.surfaces.console.target)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            raise self.refuse(
                f"Suspend was pressed, but SUSPENDED is not shown: {error.message}",
                kind="not_seen",
                remedy="Look at the page in the console; the task can be repeated.",
            ) from error

    def _state(self) -> dict[str, Any]:
        return {"node": self.node.as_dict(), "roles": {side.label: side.role for side in self.sides}}

    def provides(self, plan: Plan) -> Iterable[str]:
        return []
