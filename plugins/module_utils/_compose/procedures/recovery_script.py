# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two batch files on the desktop of an appliance that was imaged afresh (guide 1578-1582, 1586-1592).

They open windows in which a person presses Next, and WinRM shows nobody a window. By default a task therefore names the
step of the person and verifies it afterwards; it starts a file only in the session of somebody who is signed in.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.recovery import (
    Encryption,
    encryption,
    updates_left,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

UPDATE, PREPARE = "update_appliance", "prepare_for_shipping"
FILES = {UPDATE: "Update Appliance.bat", PREPARE: "Prepare For Shipping.bat"}
HOURS = 8 * 3600.0  # the guide gives no time (judgement)
AWAY = 1800.0
#: A console that is not set up yet tells nothing about updates.
NO_CONSOLE = {"unreachable", "silent", "untrusted", "login_refused", "label_missing", "unexpected"}


@dataclass
class State:
    """What is there.

    :param paths: where the file lies; :param looked: where it was looked for; :param left: updates that are left, None
        when the console does not tell; :param running: the task that this module made runs.
    """

    paths: list[str]
    looked: list[str]
    encryption: Encryption
    left: list[str] | None
    running: bool = False
    exit_code: int | None = None
    reason: str = field(default="", repr=False)


class RunRecoveryScript(Action):
    """Options ``script``, ``interactive``, ``user``, ``versions``, ``updates_complete`` and ``confirm``."""

    surface = "windows"
    ranges: ClassVar = {"wait_timeout": Range(1, unit="seconds")}
    user = ""

    # -- what it is about ----------------------------------------------------------------------------------------------
    @property
    def file(self) -> str:
        """Name of the batch file."""
        return FILES[self.given["script"]]

    @property
    def job(self) -> str:
        """Name of the scheduled task."""
        return f"useries.appliance {self.file.removesuffix('.bat')}"

    @property
    def updates(self) -> bool:
        """Whether it is the file that updates."""
        return bool(self.given["script"] == UPDATE)

    def what(self) -> str:
        return f"run {self.file}"

    def severity(self) -> Impact:
        return "restart" if self.updates else "data"

    def find_out(self) -> str:
        return f"Look at the screen of the appliance whether a window of {self.file} is open, then run the task again."

    def check(self) -> None:
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "The desktop is looked at over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )
        if self.updates and self.given["updates_complete"]:
            raise self.refuse(f"updates_complete belongs to script: {PREPARE}.", kind="invalid")
        if self.given.get("user") and not self.given["interactive"]:
            raise self.refuse("user is given, but nothing is started without interactive: true.", kind="invalid")

    # -- reading -------------------------------------------------------------------------------------------------------
    def read(self) -> State:
        return self._look(self.task.surfaces)

    def _look(self, surfaces: Surfaces) -> State:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import desktop

        paths, looked = desktop.find_on_desktops(surfaces.windows, self.file)
        running = desktop.is_running(surfaces.windows, self.job)
        state = State(paths, looked, encryption(surfaces), None, running is True)
        if running is False:
            state.exit_code = desktop.ended_with(surfaces.windows, self.job)
        if self.updates or (paths and not self.given["updates_complete"]):
            self._read_updates(surfaces, state)
        return state

    def _read_updates(self, surfaces: Surfaces, state: State) -> None:
        try:
            state.left = updates_left(surfaces.console, self.given["versions"])
        except UseriesError as error:
            if error.kind not in NO_CONSOLE:
                raise
            state.reason = f"the console does not tell which updates are left ({error.kind})"

    def _done(self, state: State) -> bool:
        return state.left == [] if self.updates else not state.paths

    # -- the plan ------------------------------------------------------------------------------------------------------
    def due(self, before: State) -> Plan:
        if self._done(before) or before.running:
            return Plan(header=self.what())
        after = "all updates applied" if self.updates else "run, and gone"
        return Plan([Change(self.file, "not run", after)], header=self.what())

    def settled(self, before: State) -> State:
        if not before.running or not self.given["wait"]:
            return before
        self.warn(f"{self.file} was running already; it was not started again.")
        return self.effect(before)

    def before_order(self, before: State) -> None:
        if not before.paths:
            raise self.refuse(
                f"{self.file} is not on the desktop; it was looked for at {', '.join(before.looked)}.",
                remedy="Was the appliance imaged afresh, and have its set-up scripts run? Elsewhere updates are "
                "requested with useries.appliance.product_update.",
                candidates=before.looked,
            )
        if not before.encryption.complete:
            raise self.refuse(
                f"BitLocker has not encrypted everything yet: {', '.join(before.encryption.left) or 'no drive'}.",
                remedy="Wait for it with useries.appliance.bitlocker_status_info and wait_encrypted: true.",
            )
        if not self.updates:
            self._refuse_without_updates(before)
        if not self.given["interactive"]:
            raise self.refuse(
                f"Waiting for a person: {self.file} has not been run. {self.untouched}",
                kind="waiting",
                remedy=self._by_hand(before),
            )
        self.user = self._user()
        if not self.updates:
            name = shown_name(self.task.surfaces).name
            self.confirmed([name], f"{self.file} removes all set-up files of {name or 'the appliance'}, once.")

    def _refuse_without_updates(self, before: State) -> None:
        if self.given["updates_complete"]:
            return
        if before.left is None:
            raise self.refuse(
                f"Nobody can say whether all updates are applied: {before.reason}.",
                remedy="When you have seen at the screen that auto-update has finished, repeat with updates_complete: "
                "true.",
            )
        if before.left:
            raise self.refuse(
                f"Not all updates are applied: {'; '.join(before.left)}.",
                remedy=f"Run {FILES[UPDATE]} first, or name the versions that are enough in versions.",
            )

    def _by_hand(self, before: State) -> str:
        then = "press Next in the auto-update window, and Next again when it has finished; " if self.updates else ""
        return (
            f"Sign in at the screen of the appliance, run {before.paths[0]} there, {then}then run the task again: it "
            "looks whether it is done. With interactive: true it is started in the session of somebody who is signed "
            "in."
        )

    def _user(self) -> str:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import desktop

        there = desktop.signed_in(self.task.surfaces.windows)
        wanted = (self.given.get("user") or "").strip().casefold()
        fitting = [one for one in there if not wanted or wanted in (one.casefold(), one.casefold().rpartition("\\")[2])]
        if len(fitting) == 1:
            return fitting[0]
        raise self.refuse(
            f"{'Nobody' if not fitting else 'More than one user'} is signed in to the desktop"
            + (f" as {self.given['user']}" if wanted else "")
            + f" ({', '.join(there) or 'no session'}), so nobody in particular would see the windows of {self.file}.",
            remedy="Sign in at the screen or by Remote Desktop" + (", or name one of them in user." if there else "."),
            candidates=there,
        )

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: State) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import desktop

        desktop.start_for(self.task.surfaces.windows, self.user, before.paths[0], self.job)

    def happened(self, before: State) -> bool | None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import desktop

        met = self.task.surfaces.again()
        try:
            running = desktop.is_running(met.windows, self.job)
        finally:
            met.close()
        return {True: True, None: False}.get(running)  # a task that is there and rests may have ended

    def effect(self, before: State) -> State:
        if not self.given["wait"]:
            return before
        if self.updates:
            self.warn(f"{self.file} opens windows at the screen: somebody has to press Next in them.")
        seen = [before]

        def look() -> Seen:
            met = self.task.surfaces.again()  # it may restart in between
            try:
                seen.append(self._look(met))
            finally:
                met.close()
            return self._judged(seen[-1])

        wait = self.within(HOURS, interval=10.0, longest=60.0, silence=AWAY)
        self.task.waiter.until(look, wait, what=self.what(), surface="windows", target=self.task.label)
        self._forget()
        return seen[-1]

    def _judged(self, now: State) -> Seen:
        if now.running:
            return Seen("running", None, {"updates left": None if now.left is None else len(now.left)})
        if self._done(now) or (self.updates and now.left is None and now.exit_code == 0):
            return Seen("done", True)
        left = "; ".join(now.left or ()) or ("the file is still there" if now.paths else "unknown")
        if now.exit_code not in (0, None):
            advice = "Look at the screen of the appliance what the script complained about."
            return Seen(f"ended with exit code {now.exit_code}, left: {left}", False, advice=advice)
        return Seen(f"left: {left}", None)

    def _forget(self) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import desktop

        met = self.task.surfaces.again()
        with contextlib.suppress(UseriesError):  # a task that rests does nothing; the work is done
            desktop.forget(met.windows, self.job)
        met.close()

    # -- afterwards ----------------------------------------------------------------------------------------------------
    def prove(self, state: State) -> tuple[Proof, dict[str, Any]]:
        if self._done(state):
            return "verified", {"by": "the console's list of updates" if self.updates else "the file is gone"}
        return "unavailable", {"reason": state.reason or "the effect was not waited for"}

    def shown(self, state: State) -> dict[str, Any]:
        return {
            "file": state.paths[0] if state.paths else None,
            "done": True if self._done(state) else (None if self.updates and state.left is None else False),
            "updates_left": state.left,
            "encrypted": state.encryption.percent,
            "running": state.running,
        }
