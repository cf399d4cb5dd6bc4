# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifying a backup that is there (guide 1364-1379, 1392-1461)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    Backup,
    fetch,
    location_requirement,
    locations,
    newest_or_named,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.covers import in_file
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.backup_and_restore import CONTENTS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

AHEAD = 0.1  # hours
ABOUT_THE_FILE = frozenset({"failed", "precondition", "unexpected", "rejected"})


class CheckBackup(Info):
    """Options ``location``, ``name``, ``backup_password``, ``max_age`` (hours), ``min_size`` (bytes) and more."""

    ranges: ClassVar = {"max_age": Range(0, unit="hours"), "min_size": Range(0, unit="bytes")}
    rows: Sequence[dict[str, str]] = ()

    def what(self) -> str:
        return "verify a backup"

    def check(self) -> None:
        unknown = [one for one in self.given["components"] if one not in CONTENTS]
        if unknown:
            raise self.refuse(
                f"components names {', '.join(unknown)}; there are: {', '.join(CONTENTS)}.", kind="invalid"
            )

    def requirements(self) -> Sequence[Requirement]:
        if self.given.get("location") is None:
            return ()
        self.rows = locations(self.task.surfaces.console)
        return (location_requirement(self.given["location"], self.rows),)

    def read(self) -> dict[str, Any]:
        one, row = newest_or_named(self.rows, self, "failed")
        age = self._age(one)
        reasons = [self._too_old(age)]
        facts: dict[str, Any] = {}
        try:
            facts = self._opened(one, row)
        except UseriesError as error:
            if error.kind not in ABOUT_THE_FILE:
                raise
            reasons.append(error.message)
        reasons += [self._too_small(facts.get("size", one.size)), self._lacks(facts.get("components"), bool(facts))]
        wrong = [one.rstrip(".") for one in reasons if one]
        if wrong:
            raise self.refuse(
                f"The backup {one.name} in {one.location or 'an unknown location'} is not good enough: "
                f"{'; '.join(wrong)}.",
                kind="failed",
                remedy="Do not rely on it: remove the cause, take a new backup (useries.appliance.backup) and verify "
                "that one.",
            )
        return {"name": one.name, "location": one.location, "date": one.date, "age": age, **facts}

    def _age(self, one: Backup) -> float | None:
        if one.date is None:
            return None
        age = appliance_now(self.task.surfaces.console, self.warn) - datetime.fromisoformat(one.date)
        hours = age.total_seconds() / 3600
        if hours < -AHEAD:
            self.warn(f"The backup {one.name} is dated {-hours:.1f} hours ahead of the appliance's clock.")
        return round(max(hours, 0.0), 2)  # the clock may be shown without seconds

    def _too_old(self, age: float | None) -> str:
        limit = self.given.get("max_age")
        if limit is None:
            return ""
        if age is None:
            return "its age is not known"
        return f"it is {age} hours old, more than {limit}" if age > limit else ""

    def _too_small(self, size: int | None) -> str:
        limit = self.given.get("min_size")
        if limit is None or (size is not None and size >= limit):
            return ""
        return f"it has {'an unknown number of' if size is None else size} bytes, less than {limit}"

    def _lacks(self, components: dict[str, list[str]] | None, opened: bool) -> str:
        wanted = self.given["components"]
        if not wanted or not opened:
            return ""
        if components is None:
            return "the names of its entries do not tell which components are in it"
        lost = [one for one in wanted if one in components["missing"]]
        return f"it lacks {', '.join(lost)}" if lost else ""

    def _opened(self, one: Backup, row: dict[str, str]) -> dict[str, Any]:
        size, entries = fetch(self.task.surfaces.console, one, row, password=self.given["backup_password"])
        return {"size": size, "entries": len(entries), "contents": entries, "components": in_file(entries)}
