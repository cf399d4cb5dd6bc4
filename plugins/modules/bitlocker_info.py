#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bitlocker_info
short_description: Read the BitLocker recovery passwords of an appliance
version_added: 0.1.0
description:
  - Reads every volume with all its key protectors and their recovery passwords over WinRM
    (C(Get-BitLockerVolume), or C(manage-bde.exe) where Windows does not have it).
  - The passwords go to a private file, or into the result when O(reveal) is set, which then is never shown or logged.
    By default only the identifiers are returned.
  - The drive with the label C(U-Series Appliance-BITLOCK), where the appliance itself keeps text files with its keys,
    is not needed and not read.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  dest:
    description:
      - File on the controller for identifiers and passwords, as JSON (mode 0600). It is read back after it was written.
      - Give every appliance a file of its own. Keys that it holds already stay in it when they are no longer present.
      - A file that others can read, a symbolic link, or a file with anything else in it is refused.
    type: path
  incomplete_ok:
    description:
      - With O(dest), a drive that is encrypted and whose recovery password cannot be read (it is locked or has none)
        fails the task before anything is written. With V(true), and without O(dest), it is a warning.
    type: bool
    default: false
  reveal:
    description:
      - Whether the result holds the recovery passwords.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
"""

EXAMPLES = r"""
- name: Escrow the keys before the firmware is touched
  useries.appliance.bitlocker_info:
    dest: "{{ escrow_directory }}/{{ inventory_hostname }}.json"

- name: Which drives have a recovery password
  useries.appliance.bitlocker_info:
  register: keys

- name: Show the types of their key protectors
  ansible.builtin.debug:
    msg: "{{ item.mount_point }} {{ item.key_protectors | map(attribute='type') | join(', ') }}"
  loop: "{{ keys.drives }}"
  loop_control:
    label: "{{ item.mount_point }}"
"""

RETURN = r"""
volumes:
  description: The recovery passwords, one element for each of them; a volume may have several.
  returned: success
  type: list
  elements: dict
  contains:
    mount_point:
      description: Drive.
      type: str
    key_protector_id:
      description: Identifier of the key.
      type: str
    protection:
      description: Whether the protection is on.
      type: str
    encryption:
      description: Percent of the volume that is encrypted; none when it cannot be read.
      type: int
    recovery_password:
      description: The recovery password; only with O(reveal).
      type: str
drives:
  description: Every volume that BitLocker knows, also without a recovery password. O(query) does not filter it.
  returned: success
  type: list
  elements: dict
  contains:
    mount_point:
      description: Drive.
      type: str
    protection:
      description: V(on), V(off) (also while it is suspended) or V(unknown) (locked).
      type: str
    encryption:
      description: Percent that is encrypted; none when it cannot be read.
      type: int
    locked:
      description: Whether it is locked; none where Windows is asked with C(manage-bde.exe).
      type: bool
    key_protectors:
      description:
        - Its key protectors, each with C(id) and C(type). The types are V(tpm), V(external_key), V(recovery_password),
          V(tpm_and_pin), V(tpm_and_startup_key), V(tpm_and_pin_and_startup_key), V(public_key), V(passphrase),
          V(tpm_certificate), V(cng) and V(unknown); C(manage-bde.exe) tells recovery passwords alone apart.
      type: list
      elements: dict
reachable:
  description: Whether Windows answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.bitlocker_info import ReadBitLocker
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BitlockerInfo(ReadBitLocker):
    """Guide 1535-1549 (REC-01)."""

    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "dest": {"type": "path"},
        "reveal": {"type": "bool", "default": False},
        "incomplete_ok": {"type": "bool", "default": False},
    }


DECLARATION = BitlockerInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
