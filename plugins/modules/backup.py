#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup
short_description: Take a backup of an appliance and verify it
version_added: 0.1.0
description:
  - Orders a backup, waits until it is listed, and checks that it is newer than the order and not empty.
  - With O(verify) it is downloaded, opened with its password, read to its end and its contents are listed.
  - With O(max_age) nothing is ordered while a backup that young is there; that one is verified instead.
  - The order is never repeated blindly. When its answer is lost, the list decides.
author:
  - The useries.appliance authors (@useries)
options:
  location:
    description:
      - Name of the backup location.
    type: str
    required: true
  backup_password:
    description:
      - Password of the backup file.
    type: str
    required: true
  include_session_files:
    description:
      - Whether session recordings are part of the backup. They can make it large.
    type: bool
  max_age:
    description:
      - Age in hours up to which an existing backup in the location is good enough.
    type: int
  verify:
    description:
      - Whether the backup is downloaded and opened. Backups above 4 GB cannot be downloaded through the console.
    type: bool
    default: false
  dest:
    description:
      - File on the controller where the verified backup is kept (mode 0600). By default it is removed after the check.
    type: path
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.wait
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup_info
"""

EXAMPLES = r"""
- name: A verified backup that is at most a day old
  useries.appliance.backup:
    location: LocalBackups
    backup_password: "{{ vault_backup_password }}"
    max_age: 24
    verify: true
"""

RETURN = r"""
backup:
  description: The backup.
  returned: success, except for a first run in check mode
  type: dict
  contains:
    name:
      description: Name in the list.
      type: str
    date:
      description: Date and time as listed, in the appliance's zone.
      type: str
    size:
      description: Size in bytes as listed.
      type: int
verified:
  description: What opening it showed; null without O(verify).
  returned: success
  type: dict
  contains:
    size:
      description: Size of the file in bytes.
      type: int
    entries:
      description: Number of entries.
      type: int
    contents:
      description: Name and size of every entry.
      type: list
      elements: dict
"""

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import (
    LOCATIONS,
    NOW,
    contents,
    download,
    listed,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import Backup as Listed
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait


class Backup(Action):
    """Guide 1356-1362, 1372-1379."""

    impact = "none"
    returns = "backup"
    groups: ClassVar = ("console", "wait")
    options: ClassVar = {
        "location": {"type": "str", "required": True},
        "backup_password": {"type": "str", "required": True, "no_log": True},
        "include_session_files": {"type": "bool"},
        "max_age": {"type": "int"},
        "verify": {"type": "bool", "default": False},
        "dest": {"type": "path"},
    }

    def run(self) -> dict[str, Any]:
        result = super().run()
        ready = result["backup"] is not None and (self.given["wait"] or not result["changed"])
        checked = self.given["verify"] and ready and not (self.task.gate.check_mode and result["changed"])
        return {**result, "verified": self._verify(result["backup"]["name"]) if checked else None}

    def check(self) -> None:
        if not self.given["location"].strip():
            raise self.refuse("location must not be empty.", kind="invalid")
        if (self.given.get("max_age") or 0) < 0:
            raise self.refuse(f"max_age is {self.given['max_age']}; it must be 0 or more hours.", kind="invalid")

    def what(self) -> str:
        return f"take a backup to {self.given['location']}"

    def find_out(self) -> str:
        return "Look at the list of backups on Maintenance > Backup and Restore, then run the task again with max_age."

    def requirements(self) -> Sequence[Requirement]:
        name = self.given["location"]
        self.rows = self.task.surfaces.console.table(LOCATIONS, ("Name", "Path"))
        names = [row.get("Name", "") for row in self.rows]
        return (
            Requirement(
                f"backup_location:{name}",
                name in names,
                f"There is no backup location {name}; there are: {', '.join(names)}.",
                "Create it first with useries.appliance.backup_location.",
            ),
        )

    def read(self) -> list[Listed]:
        paths = {
            self.given["location"],
            *(row.get("Path", "") for row in self.rows if row.get("Name") == self.given["location"]),
        }
        return [one for one, _row in listed(self.task.surfaces.console) if not one.location or one.location in paths]

    def due(self, before: list[Listed] | None) -> Plan:
        newest = before[0] if before else None
        if newest is not None and self._young(newest) and newest.size != 0:
            return Plan(header=self.what())
        return Plan([Change("backup", newest.name if newest else None, "a new backup")], header=self.what())

    def _young(self, newest: Listed) -> bool:
        limit = self.given.get("max_age")
        if limit is None or newest.date is None:
            return False
        age = appliance_now(self.task.surfaces.console, self.warn) - datetime.fromisoformat(newest.date)
        return age.total_seconds() <= limit * 3600

    def order(self, before: list[Listed]) -> None:
        values = {"location": self.given["location"], "password": self.given["backup_password"]}
        if self.given.get("include_session_files") is not None:
            values["include_session_files"] = self.given["include_session_files"]
        self.task.surfaces.console.write(NOW, values, "create_backup")

    def happened(self, before: list[Listed]) -> bool | None:
        return True if self._new(before) else None

    def _new(self, before: list[Listed]) -> Listed | None:
        known = {one.name for one in before}
        since = max((one.date or "" for one in before), default="")
        return next((one for one in self.read() if one.name not in known and (one.date or "") >= since), None)

    def effect(self, before: list[Listed]) -> list[Listed]:
        if not self.given["wait"]:
            return []

        def look() -> Seen:
            new, said = self._new(before), self.task.surfaces.console.outcome()
            if new is not None:
                return Seen("listed, but empty" if new.size == 0 else "listed", new.size != 0)
            bad = said.kind == "failed"
            return Seen(said.message or "not listed yet", False if bad else None, advice=said.details if bad else "")

        wait = Wait(timeout=self.given.get("wait_timeout") or 3600, interval=5, longest=30, silence=120)
        self.task.waiter.until(look, wait, what=self.what(), target=self.task.label)
        new = self._new(before)
        return [new] if new is not None else []

    def shown(self, state: list[Listed]) -> Any:
        return state[0].as_dict() if state else None

    def _verify(self, name: str) -> dict[str, Any]:
        console = self.task.surfaces.console
        one, row = next(pair for pair in listed(console) if pair[0].name == name)
        with tempfile.TemporaryDirectory(prefix="useries-") as folder:
            dest = self.given.get("dest") if not self.task.gate.check_mode else None
            path = Path(os.path.expanduser(dest)) if dest else Path(folder) / "backup.zip"
            size = download(console, one, row, path, timeout=self.given.get("wait_timeout") or 3600)
            entries = contents(path, self.given["backup_password"])
        return {"size": size, "entries": len(entries), "contents": entries}


DECLARATION = Backup


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
