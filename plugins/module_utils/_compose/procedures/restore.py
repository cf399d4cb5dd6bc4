# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restoring an appliance from a backup (guide 1364-1370): once, by name, and never repeated by itself.

The console says "complete" to a session that stays open only (guide 1370), so that its end may stay unknown (A-82).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    AVAILABLE,
    NOW,
    UNDER_WAY,
    Backup,
    listed,
    named,
    told,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.cold_spares import read_spare
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import read_node
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import ShownName, shown_name
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

WAIT = 4 * 3600.0  # seconds that a restore may take (judgement: the guide states none)
ABOUT_IT = re.compile(r"\brestor|\boperation\b", re.IGNORECASE)
COMPLETE = re.compile(r"\bcompleted?\b|\bsuccess", re.IGNORECASE)
FAILURE = re.compile(r"\b(fail(ed|ure|s)?|errors?|interrupted|incomplete|not complete)\b", re.IGNORECASE)
LOSS = "Restoring replaces the data and the configuration of this appliance by those of the backup"


class RestoreBackup(Action):
    """Options ``name``, ``location``, ``backup_password``, ``confirm``, ``accept_data_loss``,
    ``acknowledge_high_availability``; group ``wait``. The state is the backup and its row.
    """

    unseen = True
    said = words = ""
    moved = False

    def what(self) -> str:
        return f"restore the backup {self.given['name']}"

    def expected(self) -> Sequence[str]:
        return QUIET if self.given["acknowledge_high_availability"] else ("unpaired", "off")

    def check(self) -> None:
        if not self.given["name"].strip():
            raise self.refuse("name must not be empty.", kind="invalid")
        if not self.given["accept_data_loss"] or not (self.given.get("confirm") or "").strip():
            raise self.refuse(
                f"{LOSS}; confirm and accept_data_loss: true are needed.",
                kind="invalid",
                remedy="Take a backup of the present state and verify it (useries.appliance.backup), then give both. "
                "confirm is the network name of the appliance.",
            )

    def find_out(self) -> str:
        return (
            "Do not repeat it blindly. Look at Maintenance > Backup and Restore and at the notifications, which tell "
            "of a restore that is under way, complete or failed; then sign in to BeyondInsight and look whether its "
            "data is that of the backup."
        )

    def read(self) -> tuple[Backup, dict[str, str]]:
        one, row = named(listed(self.task.surfaces.console), self.given["name"], self.given.get("location"), self)
        self.said = told(self.task.surfaces.console)
        return one, row

    def due(self, before: Any) -> Plan:
        return Plan([Change("data of the appliance", "of now", f"of {self.given['name']}")], header=self.what())

    def before_order(self, before: tuple[Backup, dict[str, str]]) -> None:
        if UNDER_WAY.search(self.said):
            raise self.refuse(
                f"The appliance is at something else: {self.said}", remedy="Wait for its end, then run the task again."
            )
        node = read_node(self.task.surfaces.console)
        if node.enabled and not self.given["acknowledge_high_availability"]:
            raise self.refuse(
                f"High availability is on (mirror state {node.mirror_state or 'not shown'}): what is restored here "
                "would be mirrored, or mirroring would break. The guide does not describe it.",
                remedy="Turn it off first (useries.appliance.high_availability), or repeat with "
                "acknowledge_high_availability: true.",
            )
        name = self._name()
        self.confirmed(
            [name.name],
            f"{LOSS} {before[0].name} of {before[0].date or 'unknown date'}, and the appliance is "
            f"{name.name or 'unknown'} (told by: {name.by}).",
            first="Check that this is the one, and that a verified backup of its present state exists",
            flag="accept_data_loss",
        )

    def _name(self) -> ShownName:
        """A spare that waits is meant by its temporary name: its certificate has the name of its source."""
        name = shown_name(self.task.surfaces)
        if name.by != "certificate":
            return name
        try:
            spare = read_spare(self.task.surfaces.console) or {}
        except UseriesError as error:
            self.warn(f"Whether it is a cold spare could not be read: {error.message}")
            return name
        temporary = str(spare.get("temporary_name") or "") if spare.get("enabled") else ""
        return ShownName(temporary, "its role Cold Spare") if temporary else name

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: tuple[Backup, dict[str, str]]) -> None:
        console = self.task.surfaces.console
        console.open(AVAILABLE.page)
        password = self.given.get("backup_password")
        if password and console.there(AVAILABLE, ["restore_password"]):
            console.fill(AVAILABLE, {"restore_password": password})
        try:
            outcome = console.press(AVAILABLE, "restore", fresh=False, answer=True, row=before[1])
        except UseriesError as error:
            if error.kind == "rejected" and not password and "password" in error.message.casefold():
                raise self.refuse(
                    f"{error.message} Nothing was restored.",
                    kind="rejected",
                    remedy="The backup was taken on another appliance: give backup_password, the password that it was "
                    "taken with.",
                ) from error
            raise
        self._note(outcome.message)

    def happened(self, before: Any) -> bool | None:
        """Only words that were not there before tell; their absence does not."""
        console = self.task.surfaces.console
        console.open(NOW.page)
        self._note(told(console))
        return True if self.moved and ABOUT_IT.search(self.words) else None

    def effect(self, before: tuple[Backup, dict[str, str]]) -> tuple[Backup, dict[str, str]]:
        if not self.given["wait"]:
            return before
        bad = False

        def look() -> Seen:
            nonlocal bad
            console = self.task.surfaces.console
            console.open(NOW.page)
            self._note(told(console))
            about = self.moved and ABOUT_IT.search(self.words)
            if about and not UNDER_WAY.search(self.words):
                bad = bool(FAILURE.search(self.words))
                if bad or COMPLETE.search(self.words):
                    return Seen(self.words.rstrip("."), not bad, advice=self.find_out())
            return Seen(self.words.rstrip(".") or "nothing said", None)

        wait = self.within(WAIT, interval=5, longest=30, silence=1800)
        try:
            self.task.waiter.until(look, wait, what=self.what(), target=self.task.surfaces.console.target)
        except UseriesError as error:
            if bad:
                raise
            raise self.refuse(
                f"The restore was ordered, and nobody can say how it ended: {error.message}",
                kind="outcome_unknown",
                remedy=self.find_out(),
            ) from error
        return before

    def _note(self, said: str) -> None:
        self.moved = self.moved or bool(said and said != self.said)  # else it may be about an earlier restore
        self.words = said

    def shown(self, state: tuple[Backup, dict[str, str]]) -> dict[str, Any]:
        return {**state[0].as_dict(), "message": self.words if self.moved else ""}
