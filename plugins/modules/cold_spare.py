#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cold_spare
short_description: Make an appliance the cold spare of another one
version_added: 0.1.0
description:
  - Turns the role Cold Spare on, with the location of the source's backups, the day and time of the retrieval, the
    password of the backups and the temporary machine name, and applies the pending changes.
  - The appliance is renamed by a restart and its services stop. So turning the role on, or giving it another temporary
    name, needs O(confirm), and the restart that the console asks for is done with O(restart=true) only.
  - The location is the one that the source backs up to. The guide's words are about saving files there, but the
    spare reads them.
  - It does not check the requirements; M(useries.appliance.cold_spare_info) does.
  - The spare is activated with M(useries.appliance.cold_spare_activation), which is a module of its own because another
    danger stands before it.
author:
  - The useries.appliance authors (@useries)
options:
  restore_location:
    description:
      - Path of the shared location with the backups of the source. Either this or O(existing_location).
    type: str
  existing_location:
    description:
      - A backup location that the appliance offers, as its page shows it.
    type: str
  share_username:
    description:
      - Account at the share.
    type: str
  share_password:
    description:
      - Its password. It cannot be read back.
    type: str
  day:
    description:
      - Day of the week on which the backup is retrieved.
    type: str
    choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
    required: true
  time:
    description:
      - Time of the retrieval, C(HH:MM), in the time zone of the appliance.
    type: str
    required: true
  restore_password:
    description:
      - Password of the backups of the source. Needed to turn the role on. It cannot be read back.
    type: str
  temporary_name:
    description:
      - Machine name while it is a spare, at most 15 bytes in UTF-8.
      - It must not have spaces, emoji or one of the characters that the guide lists, and must be neither the name of
        the appliance itself nor that of its source.
    type: str
    required: true
  test_share:
    description:
      - Presses Test the Remote Share Credentials first; when the test fails nothing is applied.
      - It is pressed also when nothing is to be changed, but not in check mode.
    type: bool
    default: false
  restart:
    description:
      - Whether the console's question about a restart is agreed to, and the restart waited for.
      - Otherwise RV(restart_required) says that it is still to come.
      - Where the role is on already and Windows has another name yet, a restart that an earlier task may have agreed to
        is waited for, some minutes. None is ordered then.
    type: bool
    default: false
  confirm:
    description:
      - The network name of this appliance now, as Windows, its partner or its certificate tells it.
    type: str
  wait_timeout:
    description:
      - Seconds that a restart may take, 1800 unless it is given.
    type: int
  adopt_pending:
    description:
      - Whether changes that someone else left pending in the Roles Editor are applied along.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.stored_secrets
  - useries.appliance.proof
  - useries.appliance.source
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.cold_spare_info
  - module: useries.appliance.cold_spare_activation
"""

EXAMPLES = r"""
- name: The spare retrieves the source's backup every Monday, and is restarted now
  useries.appliance.cold_spare:
    restore_location: '\\nas\useries'
    share_username: 'NAS\backup'
    share_password: "{{ vault_share_password }}"
    day: Monday
    time: "04:00"
    restore_password: "{{ vault_backup_password }}"
    temporary_name: UVM-SPARE
    test_share: true
    restart: true
    confirm: UVM-1B
"""

RETURN = r"""
settings:
  description: The role's settings as its page shows them afterwards, without passwords.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the role is on.
      type: bool
    applied:
      description: Whether no change of this role is pending.
      type: bool
tested:
  description: Whether the test of the share was passed.
  returned: when it was asked for
  type: bool
restarted:
  description: Whether the appliance was restarted by this task.
  returned: success
  type: bool
restart_required:
  description: Whether a restart is still to come before it is a cold spare, as far as can be seen.
  returned: success
  type: bool
machine_name:
  description: What Windows is called afterwards; null where it cannot be asked.
  returned: success
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.cold_spare import SetUpColdSpare
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import WEEKDAYS


class ColdSpare(SetUpColdSpare):
    """Guide 879-881, 1463-1525."""

    impact = "restart"
    expects: ClassVar = ("unpaired",)
    groups: ClassVar = ("console", "windows", "stored_secrets", "proof", "source", "partner", "pair")
    options: ClassVar = {
        **{name: {"type": "str"} for name in ("restore_location", "existing_location", "share_username", "confirm")},
        "share_password": {"type": "str", "no_log": True},
        "day": {"type": "str", "choices": list(WEEKDAYS), "required": True},
        "time": {"type": "str", "required": True},
        "restore_password": {"type": "str", "no_log": True},
        "temporary_name": {"type": "str", "required": True},
        "test_share": {"type": "bool", "default": False},
        "restart": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int"},
        "adopt_pending": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {
        "mutually_exclusive": [("restore_location", "existing_location")],
        "required_one_of": [("restore_location", "existing_location")],
    }


DECLARATION = ColdSpare


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
