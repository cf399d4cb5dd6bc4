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

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup import TakeBackup
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Backup(TakeBackup):
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


DECLARATION = Backup


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
