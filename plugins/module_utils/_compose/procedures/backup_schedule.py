# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduling the weekly backup (guide 1315-1354); the time is written in the form that the console shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    SCHEDULE,
    location_requirement,
    locations,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    TODAY,
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings


class ScheduleBackups(Settings):
    """Options are the fields of the section; group ``stored_secrets``. Turned off, nothing else is compared."""

    section = SCHEDULE
    fields = ("enabled", "location", "day", "time", "backup_password", "include_session_files")
    option_names: ClassVar = {"backup_password": "password"}
    button = "schedule_backup"
    shown_time: str

    def check(self) -> None:
        if self.given.get("time") is not None:
            parse_moment(TODAY, self.given["time"])

    def requirements(self) -> Sequence[Requirement]:
        name = self.given.get("location")
        if not name or not self.given["enabled"]:
            return ()
        return (location_requirement(name, locations(self.task.surfaces.console)),)

    def read(self) -> dict[str, Any]:
        values = super().read()
        self.shown_time = values["time"] or ""
        time = Moment.shown(TODAY, self.shown_time).time if self.shown_time else None
        return {**values, "time": time, "backup_password": None}

    def wanted(self) -> dict[str, Any]:
        wanted = super().wanted()
        return wanted if wanted["enabled"] else {"enabled": False}

    def plan(self, present: Mapping[str, Any]) -> Plan:
        plan = super().plan(present)
        if plan.wanted.get("enabled") and not self.given.get("backup_password"):
            raise self.refuse("backup_password is needed to turn the schedule on.", kind="invalid")
        return plan

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(self.given["enabled"])

    def write(self, plan: Plan) -> None:
        values = plan.wanted
        if "time" in values:
            moment = Moment(TODAY, values["time"])
            values["time"] = clock_format(moment, TODAY, self.shown_time or "00:00")["time"]
        self.save(values)
