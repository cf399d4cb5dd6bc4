# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activating a cold spare: its role is turned off, it takes its own name back and its services start (guide 881, 1486).

Its source has the same name, so nothing is done before the source is known to be off: any sign of life refuses.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.cold_spares import (
    SPARE,
    agree_to_restart,
    last_good,
    read_spare,
    retrievals,
    wait_for_restart,
    windows_name,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.fence import Fence
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import same_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import certified_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import dashboard
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import WAIT, RestartWatch, boot_time
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import SWITCH, fill_settings
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import (
    leave_question,
    pending_changes,
    press_apply_pending,
    wait_until_applied,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


class ActivateColdSpare(Action):
    """Options ``confirm``, ``accept_no_backup``, ``restart``, ``wait_timeout``; groups ``source`` and ``fence``.

    Its own name, which is that of the source, is read from the certificate: it was made before it became a spare.
    """

    question = own_name = ""
    restarted = False
    fence: Fence | None = None

    def what(self) -> str:
        return "activate the cold spare"

    def severity(self) -> Impact:
        return "restart" if self.given["restart"] else "service"

    def find_out(self) -> str:
        return (
            "Look at the role Cold Spare in the Roles Editor: whether it is on, and whether a change of it is pending."
        )

    # -- what is there -------------------------------------------------------------------------------------------------
    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        pending = pending_changes(console)
        page = read_spare(console)
        if page is None:
            raise self.refuse("The Roles Editor does not offer the role Cold Spare.", remedy="Look at the console.")
        found = last_good(retrievals(console))
        temporary = str(page.get("temporary_name") or "")
        certified = certified_name(self.task.surfaces)
        self.own_name = "" if same_name(certified, temporary) else certified
        return {
            "enabled": bool(page["enabled"]),
            "pending": pending,
            "temporary_name": temporary,
            "last_retrieved": found.as_dict() if found else None,
        }

    def due(self, before: Any) -> Plan:
        plan = Plan(header="Roles Editor > Cold Spare")
        if before is None or before["enabled"] or SPARE.name in before["pending"]:
            plan.changes.append(Change("cold_spare", "waiting", "activated"))
        return plan

    # -- the fence -----------------------------------------------------------------------------------------------------
    def before_order(self, before: Any) -> None:
        foreign = [name for name in before["pending"] if name != SPARE.name]
        if foreign:
            raise self.refuse(
                f"The Roles Editor holds pending changes that are not of this task: {', '.join(foreign)}.",
                remedy="Apply or discard them in the Roles Editor.",
            )
        self._source_is_off()
        if before["last_retrieved"] is None and not self.given["accept_no_backup"]:
            raise self.refuse(
                "No notification of this spare tells of a backup that it has retrieved: it would come up without the "
                "data of the source.",
                remedy="Look at the spare and at the restore location. If you know what its database holds, repeat "
                "with accept_no_backup: true.",
            )
        self.confirmed(
            [before["temporary_name"]],
            f"{before['temporary_name'] or 'This spare'} takes back the name of its source and starts its services.",
            first="Check that this is the spare and that the source stays off",
        )

    def _source_is_off(self) -> None:
        """Any sign of life of the source refuses, and so does its mere silence; see :class:`Fence`."""
        surfaces = self.task.surfaces
        if not surfaces.has_source:
            raise self.refuse(
                "It is not known whose cold spare this is, so nobody can tell whether its source is off.",
                remedy="Set useries_cold_spare_of of this host to the inventory name of its source.",
            )
        self.fence = Fence(self.task, surfaces.source, self.own_name)
        self.fence.check()

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Any) -> None:
        surfaces, label = self.task.surfaces, self.task.label
        console = surfaces.console
        started: datetime | None = None
        if self.given["restart"] and surfaces.configured("windows"):
            started = boot_time(surfaces)
        watch = RestartWatch(surfaces, started)
        try:
            if before["enabled"]:
                console.open(SPARE.page)
                fill_settings(console, SPARE, (SWITCH,), {"enabled": False}, "")
                console.press(SPARE.page.section("role"), "apply_changes", fresh=False)
            outcome = press_apply_pending(console, label, answer=None)
            if outcome is not None and outcome.kind == "question":
                self.question = outcome.message
                if not self.given["restart"]:
                    leave_question(console, self.question, label)
        except UseriesError as error:
            if error.kind not in {"silent", "unreachable"}:
                self._take_back(error)
            raise
        if self.question and self.given["restart"]:
            wait = self.within(WAIT, interval=5.0, longest=20.0, silence=self.given["wait_timeout"] or WAIT)
            agree_to_restart(console)
            wait_for_restart(self.task, watch, wait)
            self.restarted = True

    def _take_back(self, error: UseriesError) -> None:
        try:
            self.task.surfaces.console.press(SPARE.page.section("role"), "discard_changes")
            error.message = f"{error.message} What this task had made pending was discarded again."
        except UseriesError:
            error.message = f"{error.message} It may be pending in the Roles Editor, and not applied."

    def happened(self, before: Any) -> bool | None:
        now = self.read()
        if now["enabled"]:
            return False
        return None if SPARE.name in now["pending"] else True

    def effect(self, before: Any) -> Any:
        console = self.task.surfaces.console
        wait_until_applied(console, self.task.waiter, self.task.label)
        after = self.read()
        if after["enabled"]:
            raise self.refuse(
                "The role Cold Spare is on again after it was turned off.",
                kind="not_seen",
                remedy="Look at the Roles Editor and at the notifications of this appliance.",
            )
        if self.question and not self.restarted:
            self.warn("The console asks for a restart: do it with useries.appliance.reboot.")
        return after

    def shown(self, state: Any) -> Any:
        name = "" if self.task.gate.check_mode else windows_name(self.task.surfaces)
        health = None if self.task.gate.check_mode or state["enabled"] else dashboard(self.task.surfaces.console)
        return {
            **{key: value for key, value in state.items() if key != "pending"},
            "machine_name": name or None,
            "services_running": (health or {}).get("services_running"),
            "services_stopped": (health or {}).get("services_stopped"),
            "fence": self.fence.found() if self.fence else [],
            "restarted": self.restarted,
            "restart_required": bool(self.question) and not self.restarted,
        }

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]]:
        name = windows_name(self.task.surfaces)
        if not name or not self.own_name:
            return "unavailable", {"reason": "Windows cannot be asked for its name, or no certificate tells its own"}
        if not same_name(name, self.own_name):
            return "unavailable", {"reason": f"Windows is called {name}, and its own name is {self.own_name}"}
        return "verified", {"machine_name": name}
