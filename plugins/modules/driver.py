#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: driver
short_description: Install drivers on devices of the server that have none
version_added: 0.1.0
description:
  - Gives the unidentified devices of the server (code 28 of the Device Manager) their drivers from an extracted
    package of Dell, over WinRM. This is what the guide does for the chipset in the Windows Device Manager.
  - A package is installed when its C(.inf) file names an identifier of an unidentified device and it is not in the
    driver store already. So there is nothing to do the second time, and a device that has a driver keeps it.
  - Installed with C(pnputil.exe), in the way that the one of this Windows understands (C(/add-driver) or C(-i -a)), one
    package at a time. Read back afterwards; a device that its driver names and that still has none fails the task.
  - The signature of a package is looked at first. With O(src) that is done once more on the appliance.
  - It never restarts Windows. C(restart_needed) says whether a device works only after a restart.
  - Dell's installer has to be run, or extracted, elsewhere. This module takes the folder with the C(.inf) files.
  - The account must be an administrator. Windows Server 2008 R2 has no CIM commands and is refused.
  - What is sent to Windows has been checked against cmdlet metadata, Microsoft's documentation of pnputil and a model,
    not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  src:
    description:
      - Folder on the controller with the extracted package. The folders of the C(.inf) files that are needed are copied
        to the appliance, compared there, and removed afterwards.
      - For packages of at most 64 MB a folder; a larger one needs O(path).
    type: path
  path:
    description:
      - Folder on the appliance with the extracted package, or one C(.inf) file, as a full path.
    type: str
  force:
    description:
      - Gives a package to Windows once more although it is in the driver store already, for a device that still has no
        driver, as when an earlier run was cut off. Such a task is always changed.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.dell_info
  - module: useries.appliance.reboot
"""

EXAMPLES = r"""
- name: Chipset drivers from the controller
  useries.appliance.driver:
    src: "{{ chipset_directory }}"
  register: chipset

- name: From a folder of the appliance
  useries.appliance.driver:
    path: D:\drivers\chipset
"""

RETURN = r"""
driver:
  description: The devices and what was done; in check mode as they are before.
  returned: success
  type: dict
  contains:
    unidentified_before:
      description: Devices without a driver, each with C(name), C(device_id), C(ids) and C(code).
      type: list
      elements: dict
    unidentified:
      description: Those that still have none.
      type: list
      elements: dict
    other_problems:
      description: Devices with another problem, which no driver of this task cures.
      type: list
      elements: dict
    packages:
      description:
        - What was given to Windows, each with C(inf), C(outcome) (V(installed), or V(not_matching) when Windows took it
          for no device) and C(published), its name in the driver store.
      type: list
      elements: dict
    restart_needed:
      description: Whether a device works only after a restart.
      type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.driver import InstallDriver
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Driver(InstallDriver):
    """Guide 1626-1642 (DELL-03)."""

    returns = "driver"
    groups: ClassVar = ("windows",)
    options: ClassVar = {
        "src": {"type": "path"},
        "path": {"type": "str"},
        "force": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {"mutually_exclusive": [("src", "path")], "required_one_of": [("src", "path")]}


DECLARATION = Driver


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
