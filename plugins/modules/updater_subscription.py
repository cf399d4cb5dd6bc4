#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: updater_subscription
short_description: Lock or unlock subscriptions in BeyondTrust Updater
version_added: 0.1.0
description:
  - Sets the lock status of subscriptions on the page Subscriptions of BeyondTrust Updater. Packages of a locked
    subscription are not downloaded.
  - RV(subscriptions_before) has the states that were there before, so that a later task can put them back.
  - The guide prints almost no label of BeyondTrust Updater, neither its address. The module therefore refuses until
    O(updater_path) and O(console_labels) name all that it needs. The refusal has the missing keys in
    C(error.candidates), and says what to do by hand.
  - The keys are C(updater_subscriptions.subscriptions), the title over the table, C(name) and C(lock_status) below it,
    the captions of two columns, and C(lock) and C(unlock), the buttons in a row.
author:
  - The useries.appliance authors (@useries)
options:
  subscriptions:
    description:
      - Their names. Two years with a slash, as the guide writes them, mean the one that the appliance has.
      - Others than those of the page are refused with the list of what there is.
    type: list
    elements: str
    required: true
  locked:
    description:
      - Whether they shall be locked.
    type: bool
    required: true
  absent_ok:
    description:
      - Those of O(subscriptions) that need not be there. Patches for SQL Server may not be subscribed where no SQL
        Server is installed.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.updater
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.updater_download
  - module: useries.appliance.updater_install
"""

EXAMPLES = r"""
- name: Security updates may be downloaded
  useries.appliance.updater_subscription:
    subscriptions:
      - Security Patches for Windows Server 2012/2016
      - Security Patches for SQL 2014/2016
      - U-Series 2012/2016 Environment
      - U-Series 2012/2016 Supporting Software
      - Security Update Package Installer
    absent_ok: [Security Patches for SQL 2014/2016]
    locked: false
  register: unlocked

- name: What was locked before is locked again
  useries.appliance.updater_subscription:
    subscriptions: "{{ unlocked.subscriptions_before | selectattr('locked') | map(attribute='name') }}"
    locked: true
  when: unlocked.subscriptions_before | selectattr('locked') | list | length > 0
"""

RETURN = r"""
updater_subscriptions:
  description:
    - The subscriptions that the task is about, read back, each with C(name) (as the page has it) and C(locked).
  returned: success
  type: list
  elements: dict
subscriptions_before:
  description: The same as they were before the task.
  returned: success
  type: list
  elements: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.updater_subscription import (
    LockSubscriptions,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class UpdaterSubscription(LockSubscriptions):
    """Guide 1804-1809, 1826, 1849-1854, 1871."""

    groups: ClassVar = ("console", "updater")
    options: ClassVar = {
        "subscriptions": {"type": "list", "elements": "str", "required": True},
        "locked": {"type": "bool", "required": True},
        "absent_ok": {"type": "list", "elements": "str", "default": []},
    }


DECLARATION = UpdaterSubscription


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
