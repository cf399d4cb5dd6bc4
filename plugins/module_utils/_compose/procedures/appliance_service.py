# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting, stopping and restarting a service (guide 526-532); the icon is found by its words in the service's row."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.services import (
    SERVICES,
    in_windows,
    is_running,
    listed,
    name_of,
    state_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ICONS = {"started": "start", "stopped": "stop", "restarted": "restart"}
OURS = ("w3svc", "world wide web publishing service", "beyondtrust appliance service")
MINUTES = 300.0  # seconds


class ControlService(Action):
    """Options ``name``, ``state`` and ``accept_loss_of_console``; group ``wait``. A state is the row of the service."""

    def severity(self) -> Impact:
        """Starting interrupts nothing."""
        return "none" if self.given["state"] == "started" else self.impact

    def what(self) -> str:
        return f"{ICONS[self.given['state']]} the service {self.given['name']}"

    def find_out(self) -> str:
        return "Look at Diagnostics > Appliance Health before you repeat it."

    def check(self) -> None:
        if not self.given["name"].strip():
            raise self.refuse("name must not be empty.", kind="invalid")
        ours = self.given["name"].strip().casefold() in OURS
        if ours and self.given["state"] != "started" and not self.given["accept_loss_of_console"]:
            raise self.refuse(
                f"{self.given['name']} serves the console itself: this task would cut its own connection.",
                kind="invalid",
                remedy="If that is meant, repeat with accept_loss_of_console: true.",
            )

    def read(self) -> dict[str, str]:
        rows = listed(self.task.surfaces.console)
        wanted = self.given["name"].strip().casefold()
        found = next((row for row in rows if name_of(row).casefold() == wanted), None)
        if found is None:
            names = [name_of(row) for row in rows]
            raise self.refuse(
                f"There is no service {self.given['name']!r}; there are: {', '.join(names) or 'none'}.",
                kind="invalid",
                candidates=names,
            )
        return found

    def due(self, before: dict[str, str] | None) -> Plan:
        shown = state_of(before or {"": "", " ": ""})
        wanted = self.given["state"]
        done = is_running(shown) is (wanted == "started")
        if wanted != "restarted" and done:
            return Plan(header=self.what())
        return Plan([Change("state", shown, wanted)], header=self.what())

    def order(self, before: dict[str, str]) -> None:
        self.task.surfaces.console.press(
            SERVICES, ICONS[self.given["state"]], fresh=False, answer=True, row=before, timeout=MINUTES
        )

    def happened(self, before: dict[str, str]) -> bool | None:
        if self.given["state"] == "restarted":
            return None
        return is_running(state_of(self.read())) is (self.given["state"] == "started")

    def effect(self, before: dict[str, str]) -> dict[str, str]:
        if not self.given["wait"]:
            return self.read()
        seen = [before]

        def look() -> Seen:
            seen.append(self.read())
            state = state_of(seen[-1])
            reached = is_running(state) is (self.given["state"] != "stopped")
            return Seen(state or "no state", True if reached else None)

        try:
            wait = self.within(MINUTES, interval=2, longest=15)
            self.task.waiter.until(look, wait, what=self.what(), target=self.task.label)
        except UseriesError as error:
            if error.kind == "timeout":
                error.remedy = "Look at the event log of the appliance why the service does not get there."
            raise
        return seen[-1]

    def prove(self, state: dict[str, str]) -> tuple[Proof, dict[str, Any]]:
        told = in_windows(self.task.surfaces, name_of(state))
        if told.startswith("("):
            return "unavailable", {"reason": told.strip("()")}
        if is_running(told) is not is_running(state_of(state)):
            self.warn(f"The console shows {state_of(state)}, but Windows says that the service is {told}.")
            return "unavailable", {"reason": f"Windows says {told}"}
        return "verified", {"windows": told}

    def shown(self, state: dict[str, str]) -> Any:
        return {"name": name_of(state), "state": state_of(state)}
