#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bitlocker_status_info
short_description: Say how far BitLocker has encrypted an appliance
version_added: 0.1.0
description:
  - Reads over WinRM how much of every drive is encrypted, and whether the USB drive with the keys is plugged in. No key
    is read.
  - Can wait for the encryption that begins by itself after an appliance was imaged afresh.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  wait_encrypted:
    description:
      - Whether the task waits until every drive is encrypted. One that does not get there fails with the percentage.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait at most.
    type: int
    default: 86400
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.bitlocker_info
"""

EXAMPLES = r"""
- name: The drives are encrypted before the updates begin
  useries.appliance.bitlocker_status_info:
    wait_encrypted: true
    wait_timeout: 43200
"""

RETURN = r"""
encryption:
  description: How far BitLocker is, filtered by O(query).
  returned: success
  type: dict
  contains:
    complete:
      description: Whether every drive is encrypted.
      type: bool
    percent:
      description: How much of the drive is encrypted that is least so.
      type: int
    key_drive:
      description: Drive with the keys; empty when it is not plugged in, null when Windows cannot be asked.
      type: str
    volumes:
      description:
        - Each drive with C(mount_point), C(protection) (V(on), V(off) or V(unknown)) and C(encrypted) in percent.
      type: list
      elements: dict
reachable:
  description: Whether Windows answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.bitlocker_status_info import (
    WatchEncryption,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BitlockerStatusInfo(WatchEncryption):
    """Guide 1574-1577 (REC-03)."""

    returns = "encryption"
    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "wait_encrypted": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int", "default": 86400},
    }


DECLARATION = BitlockerStatusInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
