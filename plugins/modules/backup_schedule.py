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
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
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

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_schedule import (
    ScheduleBackups,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupSchedule(ScheduleBackups):
    """Guide 1315-1354."""

    groups: ClassVar = ("console", "stored_secrets")
    options: ClassVar = {"enabled": {"type": "bool", "default": True}}


DECLARATION = BackupSchedule


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
