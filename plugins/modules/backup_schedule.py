#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_schedule
short_description: Schedule the backup of an appliance
version_added: 0.1.0
description:
  - Turns the weekly backup on or off and sets its location, day, time, password and contents.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether backups are taken on schedule.
    type: bool
    default: true
  location:
    description:
      - Name of the backup location.
    type: str
  day:
    description:
      - Day of the week.
    type: str
    choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
  time:
    description:
      - Time of the day in the form C(HH:MM), 24 hours, in the appliance's zone.
    type: str
  backup_password:
    description:
      - Password of the backup file. It cannot be read back.
    type: str
  include_session_files:
    description:
      - Whether session recordings are part of the backup. They can make it large.
    type: bool
  update_password:
    description:
      - Whether O(backup_password) is set each time or only when the schedule is turned on or something else changes.
    type: str
    choices: [always, on_create]
    default: on_create
  blank_keeps_secret:
    description:
      - Says that this appliance keeps the stored password when the form is saved with an empty one.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.backup_location
"""

EXAMPLES = r"""
- name: A backup every Sunday night
  useries.appliance.backup_schedule:
    location: LocalBackups
    day: Sunday
    time: "02:30"
    backup_password: "{{ vault_backup_password }}"
"""

RETURN = r"""
settings:
  description: The schedule read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import LOCATIONS, SCHEDULE
from ansible_collections.useries.appliance.plugins.module_utils._compose.fields import WEEKDAYS
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings

TODAY = "2000-01-01"


class BackupSchedule(Settings):
    """Guide 1315-1354."""

    section = SCHEDULE
    fields: ClassVar = ("enabled", "location", "day", "time", "password", "include_session_files")
    button = "schedule_backup"
    options: ClassVar = {
        "enabled": {"type": "bool", "default": True},
        "location": {"type": "str"},
        "day": {"type": "str", "choices": list(WEEKDAYS)},
        "time": {"type": "str"},
        "backup_password": {"type": "str", "no_log": True},
        "include_session_files": {"type": "bool"},
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "on_create", "no_log": False},
        "blank_keeps_secret": {"type": "bool", "default": False, "no_log": False},
    }

    def __init__(self, task: Any) -> None:
        super().__init__(task)
        self.given = {**task.options, "password": task.options.get("backup_password")}

    def check(self) -> None:
        if self.given.get("time") is not None:
            parse_moment(TODAY, self.given["time"])

    def requirements(self) -> Sequence[Requirement]:
        name = self.given.get("location")
        if not name or not self.given["enabled"]:
            return ()
        names = [row.get("Name", "") for row in self.task.surfaces.console.table(LOCATIONS, ("Name", "Path"))]
        return (
            Requirement(
                f"backup_location:{name}",
                name in names,
                f"There is no backup location {name}; there are: {', '.join(names)}.",
                "Create it first with useries.appliance.backup_location.",
            ),
        )

    def read(self) -> dict[str, Any]:
        self._raw = super().read()
        clock = self._raw["time"]
        return {**self._raw, "time": Moment.shown(TODAY, clock).time if clock else None, "password": None}

    def wanted(self) -> dict[str, Any]:
        wanted = super().wanted()
        return wanted if wanted["enabled"] else {"enabled": False}

    def plan(self, present: Mapping[str, Any]) -> Plan:
        plan = super().plan(present)
        if plan.wanted.get("enabled") and not self.given.get("password"):
            raise self.refuse("backup_password is needed to turn the schedule on. Nothing was changed.", kind="invalid")
        return plan

    def holds_secret(self, name: str, present: Mapping[str, Any]) -> bool:
        return bool(self.given["enabled"])

    def write(self, plan: Plan) -> None:
        values = plan.wanted
        if "time" in values:
            values["time"] = clock_format(Moment(TODAY, values["time"]), TODAY, self._raw["time"] or "00:00")["time"]
        self.task.surfaces.console.write(self.section, values, self.button)


DECLARATION = BackupSchedule


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
