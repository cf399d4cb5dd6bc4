#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: restore
short_description: Restore an appliance from a backup
version_added: 0.1.0
description:
  - Presses Restore beside the backup, once, and waits until the page says that the restore is complete.
  - What is on the appliance is replaced. It needs the network name of the appliance and a second word, and refuses
    before anything is pressed.
  - The console says that a restore is complete only to a session that stays open, and the appliance may restart or fall
    silent meanwhile. When nobody can say how it ended, the task fails with C(outcome_unknown) and says how to find out.
    It is never repeated by itself.
  - A restore is refused while high availability is on, unless O(acknowledge_high_availability) says otherwise. The
    guide does not describe what it does to mirroring.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Name of the backup as M(useries.appliance.backup_info) lists it.
    type: str
    required: true
  location:
    description:
      - Its location, where two locations hold a backup of that name.
    type: str
  backup_password:
    description:
      - Password of the backup. The console asks for it when the backup was taken on another appliance.
    type: str
  confirm:
    description:
      - The network name of the appliance; of a cold spare that waits its temporary name.
    type: str
  accept_data_loss:
    description:
      - Accepts that the present data is replaced.
    type: bool
    default: false
  acknowledge_high_availability:
    description:
      - Restores although high availability is on.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup
  - module: useries.appliance.backup_check_info
"""

EXAMPLES = r"""
- name: Which backup is the newest
  useries.appliance.backup_info:
    query: "backups[0]"
  register: newest

- name: Back to that state (high availability is on in this pair)
  useries.appliance.restore:
    name: "{{ newest.backup.name }}"
    confirm: UVM-1A
    accept_data_loss: true
    acknowledge_high_availability: true
"""

RETURN = r"""
restored:
  description: The backup that was restored.
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
    size:
      description: Size in bytes as listed.
      type: int
    message:
      description: What the console said last; empty in check mode.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.restore import RestoreBackup
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Restore(RestoreBackup):
    """Guide 1364-1370."""

    impact = "data"
    expects: ClassVar = ("unpaired", "off")
    returns = "restored"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {
        "name": {"type": "str", "required": True},
        "location": {"type": "str"},
        "backup_password": {"type": "str", "no_log": True},
        "confirm": {"type": "str"},
        "accept_data_loss": {"type": "bool", "default": False},
        "acknowledge_high_availability": {"type": "bool", "default": False},
    }


DECLARATION = Restore


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
