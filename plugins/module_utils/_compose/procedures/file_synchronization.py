# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queueing a synchronization of configuration files, certificates and registry files (guide 1120-1122)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import Side, notifications, read_sides
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    MAINTENANCE,
    partner_requirement,
    role_requirement,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof, Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

BUTTON = "queue_file_synchronization"
TOLD = re.compile(r"\bfiles?\b.{0,40}\bsynchroni", re.IGNORECASE)
FAILED = re.compile(r"\bfail(?:ed|s|ure)?\b|\berror\b", re.IGNORECASE)


class QueueFiles(Action):
    """Group ``wait``. The state of the result: ``queued``, and ``notification`` by which its end is known (None)."""

    sides: tuple[Side, Side]
    old: Counter[tuple[Any, ...]] | None = None
    seen = ""

    def what(self) -> str:
        return "queue a file synchronization"

    def requirements(self) -> Sequence[Requirement]:
        self.sides = read_sides(self.task)
        own = self.sides[0].node
        if own is None:
            raise self.refuse(f"This node cannot be read: {self.sides[0].reason}", remedy="Look at its console.")
        return role_requirement(own.page, "this node"), partner_requirement(own.page)

    def read(self) -> dict[str, Any]:
        return {"queued": False, "notification": None}

    def due(self, before: Any) -> Plan:
        return Plan([Change("file synchronization", None, "queued")], header=self.what())

    def before_order(self, before: Any) -> None:
        own, other = self.sides
        if own.node is None or not own.node.enabled:
            raise self.refuse(
                "High availability is off: there is no passive node to copy files to.",
                remedy="Turn it on with useries.appliance.high_availability first.",
            )
        if other.role is None:
            raise self.refuse(
                f"The partner {other.label} does not answer: {other.reason}",
                remedy="Run the playbook diagnose_failover.yml.",
            )
        if own.role == "Passive":
            raise self.refuse(
                "This node is passive: files are copied from the active one.", remedy=f"Run the task for {other.label}."
            )
        told = self._told()
        self.old = None if told is None else Counter(told)

    def _told(self) -> list[tuple[Any, ...]] | None:
        found = notifications(self.sides[0])
        return None if found is None else [_key(one) for one in found if TOLD.search(one["text"])]

    def order(self, before: Any) -> None:
        self.task.surfaces.console.press(MAINTENANCE, BUTTON, answer=True)

    def effect(self, before: Any) -> dict[str, Any]:
        if self.given["wait"] and self.old is not None:
            self._wait()
        if not self.seen:
            self.warn("The synchronization was queued; whether it has taken place is not known.")
        return {"queued": True, "notification": self.seen or None}

    def _wait(self) -> None:
        def look() -> Seen:
            told = self._told()
            new = [] if told is None else list((Counter(told) - (self.old or Counter())).elements())
            if not new:
                return Seen("queued", None)
            text = str(new[0][1])
            bad = FAILED.search(text) is not None
            return Seen(text, not bad, {"text": text}, advice="Look at both nodes with useries.appliance.pair_info.")

        wait = self.within(600, interval=5, longest=20, silence=120)
        try:
            seen = self.task.waiter.until(look, wait, what=self.what(), target=self.task.surfaces.console.target)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            return  # it goes on by itself, and its words are the console's own
        self.seen = str(seen.detail["text"])

    def find_out(self) -> str:
        return "To queue it once more does no harm: the same files are copied."

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]] | None:
        if self.seen:
            return "verified", {"notification": self.seen}
        return "unavailable", {"reason": "no notification about it was met"}


def _key(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return (one["at"], one["text"])
