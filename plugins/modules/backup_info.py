#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_info
short_description: List backup locations, backups and the schedule
version_added: 0.1.0
description:
  - Reads the page Backup and Restore.
  - With O(covers) it also tells what a backup of this appliance covers. A database on another server is not part of it.
author:
  - The useries.appliance authors (@useries)
options:
  covers:
    description:
      - Whether it is told what a backup covers; the role BeyondInsight Database Access is read for it.
    type: bool
    default: false
  next_run:
    description:
      - Whether it is told when the next scheduled backup is; the appliance's clock is read for it.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.backup
"""

EXAMPLES = r"""
- name: The newest backup
  useries.appliance.backup_info:
    query: "backups[0]"
  register: newest

- name: Is the database part of the backups of this appliance
  useries.appliance.backup_info:
    covers: true
    query: "covers.database"

- name: No maintenance beside a backup
  useries.appliance.backup_info:
    next_run: true
    query: "next_run.in_minutes"
  register: minutes
"""

RETURN = r"""
backup:
  description: What the page shows.
  returned: success
  type: dict
  contains:
    locations:
      description: Name and path of every location.
      type: list
      elements: dict
    backups:
      description: Every backup, newest first, with name, location, date (in the appliance's zone) and size in bytes.
      type: list
      elements: dict
    schedule:
      description: The schedule without its password.
      type: dict
    next_run:
      description: When the next scheduled backup is.
      returned: with O(next_run)
      type: dict
      contains:
        planned:
          description: Whether the schedule is on. Null where schedule or clock are not shown or not understood.
          type: bool
        at:
          description: Date and time in the appliance's zone, ISO 8601. Null unless C(planned).
          type: str
        in_minutes:
          description: Minutes until then, by the appliance's clock. Null unless C(planned).
          type: int
    covers:
      description: What a backup covers.
      returned: with O(covers)
      type: dict
      contains:
        components:
          description: Every C(component) of the guide's list, and what a backup C(keeps) of it where its role is on.
          type: list
          elements: dict
        database:
          description: V(included), V(not_included) (it is on another server) or V(unknown).
          type: str
        reason:
          description: What told it.
          type: str
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.backup_schedules import next_run
from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import LOCATIONS, SCHEDULE, listed
from ansible_collections.useries.appliance.plugins.module_utils._compose.covers import components, database
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info

SHOWN = ("enabled", "location", "day", "time", "include_session_files")


class BackupInfo(Info):
    """Guide 1288, 1294-1328, 1364-1461."""

    returns = "backup"
    options: ClassVar = {
        "covers": {"type": "bool", "default": False},
        "next_run": {"type": "bool", "default": False},
    }

    def read(self) -> dict[str, Any]:
        """Clock and roles last: they are on other pages."""
        console = self.task.surfaces.console
        backups = [one.as_dict() for one, _row in listed(console)]
        rows = console.table(LOCATIONS, ("Name", "Path"), fresh=False)
        shown = {
            "locations": [{"name": row["Name"], "path": row["Path"]} for row in rows],
            "backups": backups,
            "schedule": console.read(SCHEDULE, SHOWN, fresh=False),
        }
        if self.given["next_run"]:
            shown["next_run"] = next_run(console, shown["schedule"])
        return {**shown, "covers": self._covers()} if self.given["covers"] else shown

    def _covers(self) -> dict[str, Any]:
        word, reason = database(self.task.surfaces.console)
        if word != "included":
            self.warn(f"The BeyondInsight database may not be part of the backups of this appliance. {reason}")
        return {"components": components(), "database": word, "reason": reason}


DECLARATION = BackupInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
