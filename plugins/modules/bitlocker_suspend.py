#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bitlocker_suspend
short_description: Suspend BitLocker for some restarts, or resume it
version_added: 0.1.0
description:
  - A change of the firmware can make Windows ask for the recovery password at the next start. BitLocker is suspended
    before, over WinRM, for as many restarts as the change takes, and protects the drive again by itself after them.
  - While it is suspended the key lies open on the disk. So there is no suspension without an end, and one with another
    number of restarts left gets the number that is asked for.
  - Read back afterwards. One that is not seen then fails.
  - A drive that is not encrypted has nothing to suspend. The task is ok then, with a warning, and C(encrypted) is 0.
    With O(state=resumed) it fails, because nothing would protect the drive.
  - A drive that is still being encrypted, or is locked, is refused; so is the suspension of another drive than that of
    Windows, since Windows counts restarts for its own drive only.
  - The account must be an administrator.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  state:
    description:
      - Whether it is V(suspended) for O(restarts), or V(resumed).
    type: str
    choices: [suspended, resumed]
    required: true
  drive:
    description:
      - The drive.
    type: str
    default: 'C:'
  restarts:
    description:
      - For how many restarts from now, 1 to 15. The last of them brings the protection back.
    type: int
    default: 1
  escrow_files:
    description:
      - Private files on the controller that hold the recovery passwords, as M(useries.appliance.bitlocker_info) writes
        them. The task refuses to suspend unless every present recovery password of the drive is in one of them.
      - Without it the task warns that nobody has looked.
    type: list
    elements: path
    default: []
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.bitlocker_info
  - module: useries.appliance.bitlocker_status_info
"""

EXAMPLES = r"""
- name: The firmware may change at the next two restarts
  useries.appliance.bitlocker_suspend:
    state: suspended
    restarts: 2
    escrow_files:
      - "{{ escrow_directory }}/{{ inventory_hostname }}.json"

- name: The update did not run
  useries.appliance.bitlocker_suspend:
    state: resumed
"""

RETURN = r"""
bitlocker:
  description: The drive, read back; in check mode as it is before.
  returned: success
  type: dict
  contains:
    drive:
      description: The drive.
      type: str
    encrypted:
      description: How much of it is encrypted, in percent.
      type: int
    protection:
      description: V(on), V(off), or V(unknown) when it is locked.
      type: str
    suspended:
      description: Whether it is encrypted and its protection is off.
      type: bool
    restarts_left:
      description: After so many restarts it is on again, 0 never; null when it is not suspended.
      type: int
    until:
      description: The same in words, like C(restart 2 from now) or C(it is resumed); null when it is not suspended.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.bitlocker_suspend import (
    SuspendBitLocker,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BitlockerSuspend(SuspendBitLocker):
    """Before firmware is changed; not in the guide."""

    returns = "bitlocker"
    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "state": {"type": "str", "required": True, "choices": ["suspended", "resumed"]},
        "drive": {"type": "str", "default": "C:"},
        "restarts": {"type": "int", "default": 1},
        "escrow_files": {"type": "list", "elements": "path", "default": []},
    }


DECLARATION = BitlockerSuspend


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
