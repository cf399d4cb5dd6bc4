#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: dell_firmware
short_description: Update BIOS, iDRAC or chipset drivers of an appliance's Dell server
version_added: 0.1.0
description:
  - Brings the firmware of one Dell Update Package (for Windows, C(.EXE)) to the server over its iDRAC (Redfish), and
    follows the job of the Lifecycle Controller to its end. Or the package is run silently in Windows
    (O(through=windows)).
  - What the package is for is read of the package itself, on the controller (C(package.xml) in it). A package for
    another component or another server, and that of the iDRAC Controller Integration, is refused before it is sent. The
    installed version is compared first; where it is equal nothing is done.
  - The recovery passwords of all drives are written to O(escrow_file) and read back, and BitLocker is suspended for
    O(suspend_restarts) starts of Windows, before anything is sent. When the update is done the protection is resumed
    and seen on again. When Windows cannot be reached the task refuses, unless O(bitlocker_acknowledged).
  - A new BIOS is written when the server starts. Without O(restart) the task ends with C(state=scheduled); with it the
    server is restarted gracefully, the job is followed to its end, the firmware inventory has to show the version, and
    Windows has to come up.
  - An update of the iDRAC is written at once, without a restart of the server. The iDRAC is silent for some minutes
    then.
  - In Windows the package is run from C(C:\Windows\Temp). It is copied there over WinRM,
    or fetched from O(image_uri), unless it lies there already, and what was brought and run is removed again. One that
    was refused stays there. Its SHA-256 has to be that of O(package), its signature valid and Dell's, and its own check
    (C(/s /c)) has to agree, before it is run (C(/s)). Exit codes 0 to 6 are told in words with the next step. A version
    of the BIOS is proven by Windows, that of the iDRAC by its firmware inventory.
  - Chipset drivers are due while Windows has a device without a driver, and proven by there being fewer of them.
  - An upload whose answer was lost is not repeated. The job queue decides.
  - A restart takes the lease of the pair, and expects the pair to be unpaired, off or synchronized. It fails over when
    the node is the active one. Update the passive node first.
  - What is sent to the iDRAC and to Windows has been checked against a model of both, and the reading of a package
    against packages made after Dell's catalogue; none has met a real one yet.
author:
  - The useries.appliance authors (@useries)
options:
  package:
    description:
      - The package on the controller, as Dell's support site offers it under the service tag.
    type: path
    required: true
  component:
    description:
      - What it is meant to update. The package has to say the same.
      - V(idrac) is iDRAC with Lifecycle Controller. V(chipset), the drivers, needs O(through=windows), and Windows
        Server 2012 R2 or 2016.
    type: str
    choices: [bios, idrac, chipset]
    required: true
  through:
    description:
      - Which road the package takes. V(windows) needs WinRM with an administrator, and for O(component=idrac) the iDRAC
        too, because Windows does not tell its version.
    type: str
    choices: [idrac, windows]
    default: idrac
  image_uri:
    description:
      - Where the iDRAC (C(SimpleUpdate)), or Windows, fetches the same package by itself, by http or https. It ends in
        the file name of O(package). Without it the controller uploads the package to the iDRAC or copies it to Windows.
    type: str
  restart:
    description:
      - Whether the server may be restarted, once, for a BIOS that waits for it.
    type: bool
    default: false
  downgrade:
    description:
      - Whether an older version than the installed one may be brought.
    type: bool
    default: false
  escrow_file:
    description:
      - Private file on the controller for the BitLocker recovery passwords of all drives, as JSON (mode 0600).
      - Needed when BitLocker protects a drive.
    type: path
  suspend_restarts:
    description:
      - For how many starts of Windows BitLocker is suspended, 1 to 15. What is left of it when the update is done
        is ended.
    type: int
    default: 2
  bitlocker_acknowledged:
    description:
      - Go on although Windows cannot be reached. Then nobody keeps its keys or suspends BitLocker but you.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait at most in each step; the default suits the step.
    type: int
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.dell_info
  - module: useries.appliance.idrac_job_info
  - module: useries.appliance.bitlocker_info
  - module: useries.appliance.bitlocker_suspend
"""

EXAMPLES = r"""
- name: The BIOS of this version is installed, with one restart where it is not
  useries.appliance.dell_firmware:
    component: bios
    package: "{{ firmware_directory }}/BIOS_0X1Y2_WN64_2.14.2.EXE"
    escrow_file: "{{ escrow_directory }}/{{ inventory_hostname }}.json"
    restart: true

- name: The chipset drivers, of a share that the appliance can read from
  useries.appliance.dell_firmware:
    component: chipset
    through: windows
    package: "{{ firmware_directory }}/Chipset_Driver_0X1Y3_WN64_10.1.18_A00.EXE"
    image_uri: "{{ firmware_address }}/Chipset_Driver_0X1Y3_WN64_10.1.18_A00.EXE"
    escrow_file: "{{ escrow_directory }}/{{ inventory_hostname }}.json"
"""

RETURN = r"""
firmware:
  description: The component afterwards; in check mode as it is before.
  returned: success
  type: dict
  contains:
    component:
      description: As in O(component).
      type: str
    name:
      description: What the iDRAC calls it.
      type: str
    package:
      description: File name of the package.
      type: str
    wanted:
      description: The version that it brings.
      type: str
    version:
      description: The version that is installed; null for drivers.
      type: str
    state:
      description:
        - V(installed), V(scheduled) when it waits for a restart or a job is open for it, or V(other).
      type: str
    job:
      description: The job, as M(useries.appliance.idrac_job_info) shows it; null when there is none.
      type: dict
    restarted:
      description: Whether this task restarted the server.
      type: bool
    bitlocker:
      description: Each drive with its protection after the update; null where nobody looked.
      type: dict
    devices_without_driver:
      description: Those of Windows, for O(component=chipset).
      type: list
      elements: str
proof:
  description: V(verified) when the version is seen.
  returned: when it is installed
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.dell_firmware import (
    UpdateFirmware,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class DellFirmware(UpdateFirmware):
    """Guide 1598-1670 (DELL-02, DELL-03, DELL-04)."""

    impact = "restart"
    returns = "firmware"
    groups: ClassVar = ("idrac", "windows", "console", "partner", "pair")
    options: ClassVar = {
        "package": {"type": "path", "required": True},
        "component": {"type": "str", "required": True, "choices": ["bios", "idrac", "chipset"]},
        "through": {"type": "str", "default": "idrac", "choices": ["idrac", "windows"]},
        "image_uri": {"type": "str"},
        "restart": {"type": "bool", "default": False},
        "downgrade": {"type": "bool", "default": False},
        "escrow_file": {"type": "path"},
        "suspend_restarts": {"type": "int", "default": 2},
        "bitlocker_acknowledged": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int"},
    }


DECLARATION = DellFirmware


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
