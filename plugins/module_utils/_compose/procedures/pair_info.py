# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both nodes of a pair in one answer, with what the guide decides for it (guide 1208-1266)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import (
    Side,
    active_of,
    partner_label,
    passive_of,
    read_heartbeat,
    read_sides,
    services_only,
    told_of_failover,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnosis import (
    diagnose,
    recognise_failover,
    shown_state,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.mirror import sql_view
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED


class LookAtPair(Info):
    """Options ``usual_active``, ``heartbeat_limit`` (minutes), ``fail_on_trouble``, ``database``."""

    ranges: ClassVar = {"heartbeat_limit": Range(1, unit="minutes")}

    def check(self) -> None:
        usual, labels = self.given.get("usual_active"), (self.task.label, partner_label(self.task))
        if usual is not None and usual not in labels:
            raise self.refuse(
                f"usual_active is {usual!r}; the nodes of this pair are {' and '.join(labels)}.", kind="invalid"
            )

    def read(self) -> dict[str, Any]:
        sides = read_sides(self.task)
        own, other = sides
        if not own.answers and not other.answers:
            raise self.refuse(
                f"Neither node answers: {own.reason} {other.reason}",
                kind="unreachable",
                remedy="Look at the network of this controller, then at the nodes or their iDRACs. Do not promote a "
                "node before the other one is known to be off.",
            )
        diagnosis = diagnose(sides, lambda: self._services_only(sides))
        active, passive = active_of(sides), passive_of(sides)
        heartbeat = self._heartbeat([*active, *sides])
        told = told_of_failover(active[0]) if len(active) == 1 else None
        found = {
            "nodes": {side.label: side.as_dict() for side in sides},
            "active": active[0].label if len(active) == 1 else None,
            "passive": passive[0].label if len(passive) == 1 else None,
            "state": shown_state(sides),
            "healthy": len(active) == len(passive) == 1 and {side.state for side in sides} == {SYNCHRONIZED},
            "failover": recognise_failover(sides, told, self.given.get("usual_active"), diagnosis.classification),
            "heartbeat": heartbeat,
            "sql": sql_view(self.task.surfaces, self.given.get("database"), self.warn) if own.answers else None,
            "diagnosis": diagnosis.as_dict(),
        }
        self._judge_heartbeat(heartbeat)
        if self.given["fail_on_trouble"] and diagnosis.trouble:
            said = "; ".join(
                f"{side.label} {side.role or 'does not answer'}, {side.state or 'no state'}" for side in sides
            )
            raise self.refuse(
                f"The pair is in trouble ({diagnosis.classification}): {said}.",
                kind="failed",
                remedy=diagnosis.decision or "Look at the High Availability page of both nodes.",
            )
        return found

    @staticmethod
    def _services_only(sides: Sequence[Side]) -> bool | None:
        told = [services_only(side) for side in sides if side.node is not None]
        return next((one for one in told if one is not None), None)

    def _heartbeat(self, sides: Sequence[Side]) -> dict[str, Any]:
        """Of the first node that shows one, the active one first."""
        found = {"shown": "", "age_minutes": None, "fresh": None}
        for side in dict.fromkeys(sides):
            found = read_heartbeat(side, self.task)
            if found["shown"]:
                break
        return found

    def _judge_heartbeat(self, heartbeat: dict[str, Any]) -> None:
        limit, age = self.given.get("heartbeat_limit"), heartbeat["age_minutes"]
        if limit is None:
            return
        if age is None:
            self.warn(f"How old the last heartbeat is cannot be told: {heartbeat['shown'] or 'none'} is shown.")
        elif age > limit:
            raise self.refuse(
                f"The last heartbeat is {age:.0f} minutes old ({heartbeat['shown']}); the limit is {limit} minutes.",
                kind="failed",
                remedy="The nodes do not hear each other: run the playbook diagnose_failover.yml.",
            )
