#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_file
short_description: Delete backups of an appliance
version_added: 0.1.0
description:
  - Deletes backups from the list and from their folder. That cannot be undone, so the network name of the appliance
    confirms it.
  - A name that is not listed is as it should be.
  - It refuses to delete the last backup that is listed, unless O(delete_last) says otherwise.
  - Nothing is deleted while a pair is neither mirroring well nor switched off, unless O(accept_pair_state) says
    otherwise, for that is when backups are needed.
author:
  - The useries.appliance authors (@useries)
options:
  state:
    description:
      - Backups can only be deleted; they are taken with M(useries.appliance.backup).
    type: str
    choices: [absent]
    default: absent
  names:
    description:
      - Names of the backups to delete.
    type: list
    elements: str
  keep:
    description:
      - Number of backups that stay, the newest ones; with O(location) of that location.
    type: int
  older_than:
    description:
      - Age in days from which on backups are deleted. With O(keep), only those that are both older and beyond it. A
        backup whose date cannot be read stays.
    type: int
  location:
    description:
      - Name of the backup location; without it backups of all locations count.
    type: str
  confirm:
    description:
      - The network name of the appliance.
    type: str
  delete_last:
    description:
      - Deletes although no backup is left then.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup_location
  - module: useries.appliance.backup_check_info
"""

EXAMPLES = r"""
- name: Backups that are older than 90 days go, the newest ten stay in any case
  useries.appliance.backup_file:
    state: absent
    keep: 10
    older_than: 90
    confirm: UVM-1A
"""

RETURN = r"""
backups:
  description: What was deleted and what is left.
  returned: success
  type: dict
  contains:
    deleted:
      description: Backups that are gone (or would be, in check mode), with name, location, date and size.
      type: list
      elements: dict
    left:
      description: Backups that are left.
      type: list
      elements: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_file import DeleteBackups
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupFile(DeleteBackups):
    """Guide 1381-1390."""

    impact = "data"
    returns = "backups"
    groups: ClassVar = ("console", "partner", "pair")
    options: ClassVar = {
        "state": {"type": "str", "choices": ["absent"], "default": "absent"},
        "names": {"type": "list", "elements": "str"},
        "keep": {"type": "int"},
        "older_than": {"type": "int"},
        "location": {"type": "str"},
        "confirm": {"type": "str"},
        "delete_last": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {
        "required_one_of": [["names", "keep", "older_than"]],
        "mutually_exclusive": [["names", "keep"], ["names", "older_than"]],
    }


DECLARATION = BackupFile


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
