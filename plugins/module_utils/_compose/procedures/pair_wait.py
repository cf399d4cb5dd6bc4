# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting until a node has a role and its pair a mirror state, whatever falls silent meanwhile (guide 1083-1111)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import GIVEN_UP
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

TIMEOUT = 3600.0
SILENT = "does not answer"
DIAGNOSE = "Run the playbook diagnose_failover.yml: it names the state and the guide's decision."
ASKED = ("role", "partner_role", "mirror_states", "silent_minutes")


class AwaitPair(Capability):
    """Options ``role``, ``mirror_states``, ``partner_role``, ``silent_minutes``; group ``wait``."""

    read_only: ClassVar[bool] = True
    heard: tuple[str, float] | None = None  # the last heartbeat, and when it was first seen

    def check(self) -> None:
        if not any(self.given.get(name) for name in ASKED):
            raise self.refuse(f"Nothing to wait for is given: {', '.join(ASKED)}.", kind="invalid")
        if (self.given.get("silent_minutes") or 1) < 1:
            raise self.refuse(f"silent_minutes is {self.given['silent_minutes']}; it is 1 or more.", kind="invalid")

    def run(self) -> dict[str, Any]:
        """Look again and again until everything that was asked for is seen in one look."""
        self.inspect()
        began = Clock().wall()
        wait = self.within(TIMEOUT, interval=2, longest=10)
        wait = Wait(wait.timeout, wait.interval, wait.growth, wait.longest, silence=wait.timeout)
        waiter = self.task.waiter
        seen = self._look() if self.task.gate.check_mode else None
        if seen is None:
            seen = waiter.until(self._look, wait, what=self.what(), target=self.task.label)
        reached = Clock().wall()
        facts = {
            **seen.detail,
            "waited_seconds": round((reached - began) * self.task.clock.scale, 1),
            "seen_at": datetime.fromtimestamp(reached, timezone.utc).isoformat(timespec="milliseconds"),
        }
        return {"changed": False, self.returns: facts}

    def what(self) -> str:
        """What is waited for, in words."""
        parts = [
            f"{self.task.label} {self.given['role']}" if self.given.get("role") else "",
            f"its partner {self.given['partner_role']}" if self.given.get("partner_role") else "",
            f"the mirror {' or '.join(self.given['mirror_states'])}" if self.given.get("mirror_states") else "",
            f"{self.given['silent_minutes']} minutes without a heartbeat" if self.given.get("silent_minutes") else "",
        ]
        return "wait for " + ", ".join(part for part in parts if part)

    def _look(self) -> Seen:
        surfaces, wanted = self.task.surfaces, self.given
        found: dict[str, Any] = {"role": surfaces.role()}
        good = wanted.get("role") in (None, found["role"])
        if wanted.get("partner_role") and good:
            found["partner_role"] = self._partner_role()
            good = found["partner_role"] == wanted["partner_role"]
        if wanted.get("mirror_states") and good:
            found["mirror_state"] = read_node(surfaces.console).mirror_state
            if found["mirror_state"] == GIVEN_UP and GIVEN_UP not in wanted["mirror_states"]:
                return Seen(GIVEN_UP, False, found, DIAGNOSE)
            good = found["mirror_state"] in wanted["mirror_states"]
        if wanted.get("silent_minutes") and good:
            read_node(surfaces.console)  # opens the page
            found["last_heartbeat"] = read_metrics(surfaces.console)["last_heartbeat_shown"]
            good = self._silent_for(found["last_heartbeat"]) >= wanted["silent_minutes"] * 60
        advice = DIAGNOSE if "mirror_state" in found else ""
        return Seen(", ".join(str(value) for value in found.values()), True if good else None, found, advice)

    def _silent_for(self, heartbeat: str) -> float:
        """Seconds in which it is the last one; by the waiting itself, as the clocks of both sides may differ."""
        now = self.task.clock.now()
        if self.heard is None or self.heard[0] != heartbeat:
            self.heard = (heartbeat, now)
        return now - self.heard[1]

    def _partner_role(self) -> str:
        try:
            return str(self.task.surfaces.partner.role())
        except UseriesError:
            return SILENT
