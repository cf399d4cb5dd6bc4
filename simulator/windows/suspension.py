# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suspend-BitLocker, Resume-BitLocker, and the class Win32_EncryptableVolume (Microsoft's documentation of them).

Restarts are counted for the drive of Windows only; another one stays suspended until it is resumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.windows.machine import Machine, Volume
from simulator.windows.terms import Complaint

NAMESPACE = "root/cimv2/security/microsoftvolumeencryption"
SYSTEM = "C:"


def encryptable_volumes(machine: Machine, given: Mapping[str, Any]) -> list[Any] | None:
    """Instances of the class; None for another class or namespace."""
    wanted = (str(given.get("classname", "")).lower(), str(given.get("namespace", "")).lower().replace("\\", "/"))
    if wanted != ("win32_encryptablevolume", NAMESPACE):
        return None
    return [
        {"CimClass": "Win32_EncryptableVolume", "DriveLetter": volume.mount_point}
        for volume in machine.appliance.volumes
    ]


def suspend_count(machine: Machine, drive: str) -> dict[str, Any]:
    """The method GetSuspendCount."""
    return {"ReturnValue": 0, "SuspendCount": _named(machine, drive, "Invoke-CimMethod").suspended_restarts}


def suspend_bitlocker(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """-RebootCount is 1 when it is not given, 0 means until it is resumed."""
    volume = _asked(machine, given, "Suspend-BitLocker")
    count = int(given.get("rebootcount", 1))
    if not 0 <= count <= 15:
        raise _complaint("Suspend-BitLocker", "The parameter is incorrect. (Exception from HRESULT: 0x80070057)")
    if not machine.appliance.take_fault("bitlocker_unheard"):
        volume.suspend(count if volume.mount_point == SYSTEM else 0)
    return [{"MountPoint": volume.mount_point}]


def resume_bitlocker(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Protection comes back."""
    volume = _asked(machine, given, "Resume-BitLocker")
    volume.resume()
    return [{"MountPoint": volume.mount_point}]


def _asked(machine: Machine, given: Mapping[str, Any], command: str) -> Volume:
    """Without -Confirm:$false it would ask, and nobody answers."""
    if given.get("confirm") is not False:
        raise _complaint(command, "PowerShell is in NonInteractive mode.")
    volume = _named(machine, str(given.get("mountpoint", "")), command)
    if machine.encryption == 0:
        text = "BitLocker Drive Encryption is not enabled on this drive. Turn on BitLocker."
        raise _complaint(command, f"{text} (Exception from HRESULT: 0x80310008)")
    complaint = machine.appliance.take_fault("bitlocker")
    if complaint:
        raise _complaint(command, complaint)
    return volume


def _named(machine: Machine, drive: str, command: str) -> Volume:
    for volume in machine.appliance.volumes:
        if volume.mount_point.upper() == drive.upper().rstrip("\\"):
            found: Volume = volume
            return found
    raise _complaint(command, f"{drive} does not have an associated BitLocker volume.")


def _complaint(command: str, text: str) -> Complaint:
    kind = "System.Runtime.InteropServices.COMException"
    return Complaint(command, text, "NotSpecified: (:) [Write-Error], COMException", f"{kind},{command}")
