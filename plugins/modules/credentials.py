#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: credentials
short_description: Change the passwords of the administrators, or the administrator's user name
version_added: 0.1.0
description:
  - Changes the passwords of the appliance administrator, of the BeyondInsight administrator and of BT Updater.
  - For the appliance administrator the wanted password is O(password) and the present one is O(previous_password), that
    is C(useries_password) and C(useries_previous_password). Each is tried once. The password is changed when the
    console lets in the previous one, and the sign-in afterwards with the new one is the proof. The rest of the run goes
    on with that sign-in.
  - Whether BT Updater has the wanted password is not seen. Whether BeyondInsight has it is seen when
    O(beyondinsight_administrator) is given. For what is not seen O(update_password) says what to do.
  - With RADIUS on, the password of the RADIUS account must be changed as well. A warning says so.
author:
  - The useries.appliance authors (@useries)
options:
  accounts:
    description:
      - Whose password is changed.
    type: list
    elements: str
    choices: [appliance, beyondinsight, bt_updater]
    default: []
  new_password:
    description:
      - The wanted password. Needed for V(beyondinsight) and V(bt_updater).
      - For V(appliance) it is O(password), and this option may only repeat that.
    type: str
  update_password:
    description:
      - Whether the passwords of V(beyondinsight) and V(bt_updater) are set each time, or left alone. They cannot be
        read back, so V(always) reports a change each time, unless O(beyondinsight_administrator) shows that there is
        nothing to do.
    type: str
    choices: [always, on_create]
    default: always
  beyondinsight_administrator:
    description:
      - User name of the BeyondInsight administrator, the one whose password V(beyondinsight) changes.
      - When it is given, BeyondInsight itself is asked. A sign-in with O(new_password) tells whether there is anything
        to do, and another one proves the change. So a password that differs costs one refused sign-in.
      - Leave it out where this user has to give a second factor.
    type: str
  new_username:
    description:
      - Another user name of the appliance administrator. Needs O(support_was_asked).
      - Set C(useries_username) to it after the run. Later tasks of the same run with the old name are refused.
    type: str
  support_was_asked:
    description:
      - Says that BeyondTrust Support was asked what another user name affects, as the guide recommends.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.beyondinsight
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.radius
"""

EXAMPLES = r"""
- name: The appliance administrator has the password of useries_password, whichever of the two is in use now
  useries.appliance.credentials:
    accounts: [appliance]

- name: BeyondInsight has its wanted password, proven by a sign-in there
  useries.appliance.credentials:
    accounts: [beyondinsight]
    new_password: "{{ vault_beyondinsight_password }}"
    beyondinsight_administrator: btadmin

- name: BT Updater gets a new password
  useries.appliance.credentials:
    accounts: [bt_updater]
    new_password: "{{ vault_bt_updater_password }}"
"""

RETURN = r"""
credentials:
  description: What can be said about the accounts.
  returned: success
  type: dict
  contains:
    username:
      description: User name of the appliance administrator.
      type: str
    accounts:
      description: The accounts of the task.
      type: list
      elements: str
    radius:
      description: Whether RADIUS authentication is on.
      type: bool
proof:
  description:
    - V(verified) when a sign-in showed it for every account of the task.
    - V(unavailable) with BT Updater, and with BeyondInsight unless O(beyondinsight_administrator) is given.
  returned: success
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.credentials import (
    ACCOUNTS,
    ChangeCredentials,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Credentials(ChangeCredentials):
    """Guide 405-418."""

    impact = "session"
    returns = "credentials"
    groups: ClassVar = ("console", "beyondinsight", "proof", "partner", "pair")
    options: ClassVar = {
        "accounts": {"type": "list", "elements": "str", "choices": list(ACCOUNTS), "default": []},
        "new_password": {"type": "str", "no_log": True},
        "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "always", "no_log": False},
        "beyondinsight_administrator": {"type": "str"},
        "new_username": {"type": "str"},
        "support_was_asked": {"type": "bool", "default": False},
    }


DECLARATION = Credentials


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
