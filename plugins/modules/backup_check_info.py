#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_check_info
short_description: Verify a backup of an appliance without taking one
version_added: 0.1.0
description:
  - Downloads a backup to a private place, opens it with its password, reads it to its end, and removes it again.
  - Fails with every reason why it is not good enough, not only the first one.
author:
  - The useries.appliance authors (@useries)
options:
  location:
    description:
      - Name of the backup location; without it backups of all locations count.
    type: str
  name:
    description:
      - Name of the backup. By default the newest.
    type: str
  backup_password:
    description:
      - Password that the backup was taken with.
    type: str
    required: true
  max_age:
    description:
      - Age in hours that it may have.
    type: int
  min_size:
    description:
      - Size in bytes that the file must have at least.
    type: int
  components:
    description:
      - Components that must be in it, as RV(verified.components) names them. The guide does not state how the entries
        of a file are named, so that nothing is demanded by default.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.backup
"""

EXAMPLES = r"""
- name: The newest backup is young, opens, and is not suspiciously small
  useries.appliance.backup_check_info:
    location: LocalBackups
    backup_password: "{{ vault_backup_password }}"
    max_age: 24
    min_size: 1000
"""

RETURN = r"""
verified:
  description: What opening it showed.
  returned: success
  type: dict
  contains:
    name:
      description: Name in the list.
      type: str
    location:
      description: Its location as listed.
      type: str
    date:
      description: When it was taken, in the appliance's zone.
      type: str
    age:
      description: Its age in hours; null where its date is not known.
      type: float
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
    components:
      description:
        - Components of the guide's list of contents C(found) in it by the names of its folders, and those C(missing).
          A role that is off has none, and session files are in it only when asked for.
        - Null where no name tells.
      type: dict
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

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_check import CheckBackup
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupCheckInfo(CheckBackup):
    """Guide 1364-1379, 1392-1461."""

    returns = "verified"
    groups: ClassVar = ("console",)
    options: ClassVar = {
        "location": {"type": "str"},
        "name": {"type": "str"},
        "backup_password": {"type": "str", "required": True, "no_log": True},
        "max_age": {"type": "int"},
        "min_size": {"type": "int"},
        "components": {"type": "list", "elements": "str", "default": []},
    }


DECLARATION = BackupCheckInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
