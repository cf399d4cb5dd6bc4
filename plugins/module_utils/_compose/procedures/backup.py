# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a backup, and opening it (guide 1356-1362, 1372-1379)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    HOUR,
    NOW,
    UNDER_WAY,
    Backup,
    fetch,
    listed,
    location_requirement,
    locations,
    must_be_writable,
    told,
    within_location,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen

FAILURE = re.compile(r"\b(fail(ed|ure|s)?|errors?|interrupted)\b", re.IGNORECASE)
ADVICE = "Remove the cause (space and permissions of the location, the database of this node) and run the task again."


class TakeBackup(Action):
    """Options ``location``, ``backup_password``, ``include_session_files``, ``max_age``, ``verify``, ``dest``.

    Option group ``wait``. A state is the list of backups in the location, newest first; the result shows the newest.
    """

    ranges: ClassVar = {"max_age": Range(0, unit="hours")}
    rows: list[dict[str, str]]
    said: str
    moved = awaited = False

    def run(self) -> dict[str, Any]:
        """The loop of the family, then the verification."""
        result = super().run()
        ready = result["backup"] is not None and (self.given["wait"] or not result["changed"])
        checked = self.given["verify"] and ready and not (self.task.gate.check_mode and result["changed"])
        return {**result, "verified": self._verify(result["backup"]["name"]) if checked else None}

    def check(self) -> None:
        if not self.given["location"].strip():
            raise self.refuse("location must not be empty.", kind="invalid")
        dest = self.given.get("dest")
        if dest and not self.given["verify"]:
            raise self.refuse("dest is given, but a backup is downloaded with verify: true only.", kind="invalid")
        if dest:
            must_be_writable(Path(os.path.expanduser(dest)))

    def what(self) -> str:
        return f"take a backup to {self.given['location']}"

    def find_out(self) -> str:
        return "Look at the list of backups on Maintenance > Backup and Restore, then run the task again with max_age."

    def requirements(self) -> Sequence[Requirement]:
        self.rows = locations(self.task.surfaces.console)
        return (location_requirement(self.given["location"], self.rows),)

    def read(self) -> list[Backup]:
        self._await_another()
        found = listed(self.task.surfaces.console)
        return [one for one, _row in within_location(found, self.given["location"], self.rows)]

    def _await_another(self) -> None:
        """Wait once for a backup that is under way: it may be the very one that an earlier run ordered."""
        console = self.task.surfaces.console
        if self.awaited or self.task.gate.check_mode:
            return
        self.awaited = True

        def look() -> Seen:
            console.open(NOW.page)
            said = told(console)
            return Seen(said.rstrip("."), None if UNDER_WAY.search(said) else True)

        wait = self.within(HOUR, interval=5, longest=30, silence=120)
        self.task.waiter.until(look, wait, what="wait for a backup that is under way", target=self.task.label)

    def due(self, before: list[Backup] | None) -> Plan:
        newest = before[0] if before else None
        if newest is not None and self._young(newest) and newest.size != 0:
            return Plan(header=self.what())
        return Plan([Change("backup", newest.name if newest else None, "a new backup")], header=self.what())

    def _young(self, newest: Backup) -> bool:
        limit: int | None = self.given.get("max_age")
        if limit is None or newest.date is None:
            return False
        age = appliance_now(self.task.surfaces.console, self.warn) - datetime.fromisoformat(newest.date)
        return age.total_seconds() <= limit * HOUR

    def order(self, before: list[Backup]) -> None:
        self.task.surfaces.console.open(NOW.page)
        self.said = told(self.task.surfaces.console)
        values = {"location": self.given["location"], "password": self.given["backup_password"]}
        if self.given.get("include_session_files") is not None:
            values["include_session_files"] = self.given["include_session_files"]
        self.task.surfaces.console.write(NOW, values, "create_backup")

    def happened(self, before: list[Backup]) -> bool | None:
        return True if self._new(before) else None

    def _new(self, before: list[Backup]) -> Backup | None:
        known = {one.name for one in before}
        since = max((one.date or "" for one in before), default="")
        return next((one for one in self.read() if one.name not in known and (one.date or "") >= since), None)

    def effect(self, before: list[Backup]) -> list[Backup]:
        if not self.given["wait"]:
            return []

        def look() -> Seen:
            new = self._new(before)
            if new is not None:
                return Seen("listed, but empty" if new.size == 0 else "listed", new.size != 0, advice=ADVICE)
            said = told(self.task.surfaces.console)
            self.moved = self.moved or said != self.said  # else it may be about an earlier backup
            bad = self.moved and bool(FAILURE.search(said))
            return Seen(said.rstrip(".") or "not listed yet", False if bad else None, advice=ADVICE if bad else "")

        wait = self.within(HOUR, interval=5, longest=30, silence=120)
        self.task.waiter.until(look, wait, what=self.what(), target=self.task.label)
        new = self._new(before)
        return [new] if new is not None else []

    def shown(self, state: list[Backup]) -> Any:
        return state[0].as_dict() if state else None

    def _verify(self, name: str) -> dict[str, Any]:
        console = self.task.surfaces.console
        one, row = next(pair for pair in listed(console) if pair[0].name == name)
        dest = self.given.get("dest") if not self.task.gate.check_mode else None
        keep = Path(os.path.expanduser(dest)) if dest else None
        password, timeout = self.given["backup_password"], self.within(HOUR).timeout
        size, entries = fetch(console, one, row, password=password, keep=keep, timeout=timeout)
        return {"size": size, "entries": len(entries), "contents": entries}
