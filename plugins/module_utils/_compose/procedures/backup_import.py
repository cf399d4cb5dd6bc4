# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listing backup files that were put into a location since it was made (guide 1309-1313)."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    LOCATIONS,
    Backup,
    listed,
    locations,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


class ImportBackups(Action):
    """No options. A state is the list of backups, newest first."""

    first: tuple[Backup, ...] | None = None

    def what(self) -> str:
        return "import backups"

    def run(self) -> dict[str, Any]:
        """The loop of the family; changed only when the list is another one."""
        result = super().run()
        if self.task.gate.check_mode:
            self.warn("What an import of backups finds shows only when it is done.")
        lists = result[self.returns]
        differs = bool(lists["new"] or lists["gone"])
        plan = Plan([Change("backups", lists["gone"], [one["name"] for one in lists["new"]])] if differs else [])
        plan.header = self.what()
        return {**result, "changed": differs, "diff": plan.diff()}

    def read(self) -> tuple[Backup, ...]:
        found = tuple(one for one, _row in listed(self.task.surfaces.console))
        self.first = found if self.first is None else self.first
        return found

    def due(self, before: Any) -> Plan:
        return Plan([Change("backups", None, "imported")], header=self.what())

    def order(self, before: Any) -> None:
        console = self.task.surfaces.console
        try:
            console.press(LOCATIONS, "import_backups")
        except UseriesError as error:
            if error.kind not in {"rejected", "failed"}:
                raise
            rows = locations(console)
            if any(row["Name"] in error.message or row["Path"] in error.message for row in rows):
                raise
            places = ", ".join(f"{row['Name']} ({row['Path']})" for row in rows)
            raise self.refuse(
                f"{error.message} The locations are: {places}.",
                kind=error.kind,
                remedy="Look which of them the appliance cannot reach, then run the task again.",
            ) from error

    def happened(self, before: tuple[Backup, ...]) -> bool:
        """To ask again does no harm, so that only another list counts as done."""
        return self.read() != before

    def effect(self, before: Any) -> tuple[Backup, ...]:
        return self.read()

    def shown(self, state: tuple[Backup, ...]) -> dict[str, Any]:
        old = {(one.name, one.location) for one in self.first or ()}
        now = {(one.name, one.location) for one in state}
        return {
            "new": [one.as_dict() for one in state if (one.name, one.location) not in old],
            "gone": [one.name for one in self.first or () if (one.name, one.location) not in now],
            "backups": [one.as_dict() for one in state],
        }
