#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: recovery_script
short_description: Have the scripts on the desktop of a freshly imaged appliance run, and verify it
version_added: 0.1.0
description:
  - After an appliance was imaged afresh, C(Update Appliance.bat) updates all products, and C(Prepare For Shipping.bat)
    removes all set-up files.
  - Both open windows in which a person presses Next, and a program that is started over WinRM has no windows. So by
    default the task fails with what the person has to do at the screen, and succeeds when it has been done.
  - With O(interactive) the file is started, by a scheduled task, in the session of somebody who is signed in at the
    screen or by Remote Desktop, who presses Next. The task waits until the effect is seen.
  - Everything is looked at first. The file must be on a desktop, and BitLocker must have encrypted every drive. For
    C(Prepare For Shipping.bat) all updates must be applied.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  script:
    description:
      - V(update_appliance) is done when no update is left, V(prepare_for_shipping) when its file is gone.
    type: str
    required: true
    choices: [update_appliance, prepare_for_shipping]
  interactive:
    description:
      - Whether the file is started in the session of a user who is signed in.
    type: bool
    default: false
  user:
    description:
      - That user, where several are signed in.
    type: str
  versions:
    description:
      - Product, as the page BeyondTrust Updates names it, to the version that it must at least have. They alone then
        decide whether the updates are complete.
      - By default they are complete when the console lists no package that is pending, and no update that is running.
        This says nothing about versions that the update server has and the console has not heard of.
    type: dict
    default: {}
  updates_complete:
    description:
      - That a person has seen the auto-update finish, for V(prepare_for_shipping) of an appliance to whose console one
        cannot sign in yet. The console is not asked then.
    type: bool
    default: false
  confirm:
    description:
      - The network name of the appliance. Needed to start V(prepare_for_shipping), whose set-up files are gone then.
    type: str
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.wait
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
notes:
  - The state of the pair is read from the console. Where one cannot sign in to it yet, set O(accept_pair_state=any).
seealso:
  - module: useries.appliance.bitlocker_status_info
  - module: useries.appliance.license_keys
"""

EXAMPLES = r"""
- name: The products have been updated
  useries.appliance.recovery_script:
    script: update_appliance
    versions:
      Password Safe: 21.2.0

- name: The appliance has been prepared
  useries.appliance.recovery_script:
    script: prepare_for_shipping
"""

RETURN = r"""
script:
  description: What was found.
  returned: success
  type: dict
  contains:
    file:
      description: Where the file lies; null when it does not.
      type: str
    done:
      description: Whether its effect is seen; null when nobody can say.
      type: bool
    updates_left:
      description: What is not updated yet; null when the console was not asked or does not tell.
      type: list
      elements: str
    encrypted:
      description: Percent of the drive that is least encrypted.
      type: int
    running:
      description: Whether it runs.
      type: bool
proof:
  description: V(verified) when the effect is seen.
  returned: success, except in check mode
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.recovery_script import (
    RunRecoveryScript,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class RecoveryScript(RunRecoveryScript):
    """Guide 1578-1582, 1586-1592 (REC-04, REC-06)."""

    impact = "data"
    expects: ClassVar = ("unpaired", "off")
    returns = "script"
    groups: ClassVar = ("windows", "console", "wait", "proof", "partner", "pair")
    options: ClassVar = {
        "script": {"type": "str", "required": True, "choices": ["update_appliance", "prepare_for_shipping"]},
        "interactive": {"type": "bool", "default": False},
        "user": {"type": "str"},
        "versions": {"type": "dict", "default": {}},
        "updates_complete": {"type": "bool", "default": False},
        "confirm": {"type": "str"},
    }


DECLARATION = RecoveryScript


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
