# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting backups, for good (guide 1381-1390)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    AVAILABLE,
    Backup,
    listed,
    location_requirement,
    locations,
    within_location,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


@dataclass(frozen=True)
class Found:
    """What the list shows: every backup, and those that the options mean."""

    every: tuple[Backup, ...]
    doomed: tuple[Backup, ...]


class DeleteBackups(Action):
    """Options ``state``, ``names``, ``keep``, ``older_than`` (days), ``location``, ``confirm``, ``delete_last``."""

    ranges: ClassVar = {"keep": Range(0), "older_than": Range(0, unit="days")}
    rows: Sequence[dict[str, str]] = ()
    deleted: tuple[Backup, ...] = ()

    def what(self) -> str:
        return "delete backups"

    def find_out(self) -> str:
        return (
            "Look at the list on Maintenance > Backup and Restore; the task can be repeated, it reads the list first."
        )

    def check(self) -> None:
        if self.given.get("names") is not None and not all(name.strip() for name in self.given["names"]):
            raise self.refuse("names holds an empty name.", kind="invalid")

    def requirements(self) -> Sequence[Requirement]:
        if self.given.get("location") is None:
            return ()
        self.rows = locations(self.task.surfaces.console)
        return (location_requirement(self.given["location"], self.rows),)

    def read(self) -> Found:
        found = listed(self.task.surfaces.console)
        there = [one for one, _row in within_location(found, self.given.get("location"), self.rows)]
        every = tuple(one for one, _row in found)
        if self.given.get("names") is not None:
            return Found(every, tuple(one for one in there if one.name in self.given["names"]))
        keep, days = self.given.get("keep"), self.given.get("older_than")
        beyond = there[keep:] if keep is not None else there
        if days is not None:
            beyond = self._older(beyond, days)
        return Found(every, tuple(beyond))

    def _older(self, some: Sequence[Backup], days: int) -> list[Backup]:
        """Those of a known date that is older; one whose date cannot be read stays."""
        if not some:
            return []
        limit = appliance_now(self.task.surfaces.console, self.warn) - timedelta(days=days)
        return [one for one in some if one.date is not None and datetime.fromisoformat(one.date) < limit]

    def due(self, before: Found | None) -> Plan:
        doomed = before.doomed if before is not None else ()
        gone = [Change(f"{one.name} ({one.location})", "present", "absent") for one in doomed]
        return Plan(gone, header=self.what())

    def before_order(self, before: Found) -> None:
        names = ", ".join(one.name for one in before.doomed)
        if len(before.doomed) == len(before.every) and not self.given["delete_last"]:
            raise self.refuse(
                f"This would delete every backup that is listed ({names}): none would be left.",
                remedy="Keep one, or repeat with delete_last: true.",
            )
        same = [one.name for one in before.every]
        twice = sorted({one.name for one in before.doomed if same.count(one.name) > 1})
        if twice and self.given.get("names") is not None and self.given.get("location") is None:
            raise self.refuse(f"More than one location holds {', '.join(twice)}.", remedy="Give the location.")
        shown = shown_name(self.task.surfaces)
        self.confirmed(
            [shown.name],
            f"Deleting {names} cannot be undone. The appliance is {shown.name or 'unknown'} (told by: {shown.by}).",
            first="Check that a newer backup was verified (useries.appliance.backup_check_info)",
        )

    def order(self, before: Found) -> None:
        for one in before.doomed:
            row = self._row(one)
            if row is None:
                continue  # the appliance's own retention was faster
            self.task.surfaces.console.press(AVAILABLE, "delete", fresh=False, answer=True, row=row)

    def _row(self, one: Backup) -> dict[str, str] | None:
        return next((row for other, row in listed(self.task.surfaces.console) if other == one), None)

    def happened(self, before: Found) -> bool | None:
        """The list says which are gone; the rest can be deleted by the next run."""
        return not self._left(before)

    def _left(self, before: Found) -> list[Backup]:
        now = [one for one, _row in listed(self.task.surfaces.console)]
        return [one for one in before.doomed if one in now]

    def effect(self, before: Found) -> Found:
        left = self._left(before)
        if left:
            raise UseriesError(
                f"Deleted, but still listed when read again: {', '.join(one.name for one in left)}.",
                surface="console",
                operation=self.what(),
                target=self.task.label,
                kind="not_seen",
                remedy=self.find_out(),
            )
        self.deleted = before.doomed
        return Found(tuple(one for one in before.every if one not in before.doomed), ())

    def shown(self, state: Found) -> dict[str, Any]:
        gone = self.deleted or state.doomed
        return {
            "deleted": [one.as_dict() for one in gone],
            "left": [one.as_dict() for one in state.every if one not in gone],
        }
