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
  - Reads every volume with its key identifiers and recovery passwords over WinRM.
  - The passwords go to a private file, or into the result when O(reveal) is set, which then is never shown or logged.
    By default only the identifiers are returned.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  dest:
    description:
      - File on the controller for identifiers and passwords, as JSON (mode 0600).
    type: path
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
"""

RETURN = r"""
volumes:
  description: The volumes.
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
    recovery_password:
      description: The recovery password; only with O(reveal).
      type: str
reachable:
  description: Whether Windows answered.
  returned: success
  type: bool
"""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.bitlocker import recovery_passwords
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class BitlockerInfo(Info):
    """Guide 1535-1549 (REC-01)."""

    returns = "volumes"
    groups: ClassVar = ("windows",)
    options: ClassVar = {"dest": {"type": "path"}, "reveal": {"type": "bool", "default": False}}

    @classmethod
    def returns_secrets(cls, options: Mapping[str, Any]) -> bool:
        return bool(options.get("reveal"))

    def read(self) -> list[dict[str, Any]]:
        found = recovery_passwords(self.task.surfaces)
        if not found:
            raise self.refuse(
                "BitLocker protects no volume of this appliance.", surface="windows", remedy="Is BitLocker turned off?"
            )
        return found

    def keep(self, answer: list[dict[str, Any]]) -> bool:
        dest = self.given.get("dest")
        text = json.dumps(answer, indent=2, sort_keys=True) + "\n"
        return bool(dest) and self.task.surfaces.keep_secret(dest, text, write=not self.task.gate.check_mode)

    def shown(self, answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.given["reveal"]:
            return answer
        return [{name: value for name, value in volume.items() if name != "recovery_password"} for volume in answer]


DECLARATION = BitlockerInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
