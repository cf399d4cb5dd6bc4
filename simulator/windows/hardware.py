# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SMBIOS tells Windows of the machine: CIM classes Win32_ComputerSystem and Win32_BIOS.

A virtual machine is one of VMware here. ``Windows.hardware`` replaces single values by name.
"""

from __future__ import annotations

from typing import Any

from simulator.windows.machine import Machine


def computer_system(machine: Machine) -> dict[str, Any]:
    """Win32_ComputerSystem."""
    found = {"Name": machine.appliance.machine_name, "Manufacturer": "Dell Inc.", "Model": machine.hardware_model}
    if machine.is_virtual:
        found |= {"Manufacturer": "VMware, Inc.", "Model": "VMware7,1"}
    return _replaced(machine, found)


def bios(machine: Machine) -> dict[str, Any]:
    """Win32_BIOS; its serial number is the service tag on a server of Dell."""
    found = {
        "Manufacturer": "Dell Inc.",
        "SMBIOSBIOSVersion": machine.appliance.bios_version,
        "SerialNumber": machine.appliance.service_tag,
    }
    if machine.is_virtual:
        found |= {
            "Manufacturer": "VMware, Inc.",
            "SMBIOSBIOSVersion": "VMW71.00V.18227214.B64.2106252220",
            "SerialNumber": "VMware-42 1a 77 0c 5e 2b 40 9d-8f 21 63 b4 10 aa 5c 3e",
        }
    return _replaced(machine, found)


def _replaced(machine: Machine, found: dict[str, Any]) -> dict[str, Any]:
    return {name: machine.windows.hardware.get(name, value) for name, value in found.items()}
