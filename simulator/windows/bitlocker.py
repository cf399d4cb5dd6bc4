# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Get-BitLockerVolume of the simulated PowerShell, after the documentation of the module BitLocker.

A locked volume names its key protectors and tells no recovery password; the volume of Windows has a TPM besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.windows.machine import Machine, Volume
from simulator.windows.terms import Complaint, Enumerated

STATUS = {0: Enumerated("FullyDecrypted", 0), 100: Enumerated("FullyEncrypted", 1)}
TPM, EXTERNAL_KEY, PASSWORD = Enumerated("Tpm", 1), Enumerated("ExternalKey", 2), Enumerated("RecoveryPassword", 3)


def get_bitlocker_volume(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """All volumes, or those of -MountPoint."""
    asked = given.get("mountpoint", [])
    wanted = [str(one).upper().rstrip("\\") for one in (asked if isinstance(asked, list) else [asked])]
    known = {volume.mount_point.upper(): volume for volume in machine.appliance.volumes}
    for mount_point in wanted:
        if mount_point not in known:
            raise Complaint(
                "Get-BitLockerVolume",
                f"{mount_point} does not have an associated BitLocker volume.",
                "ObjectNotFound: (:) [Write-Error], COMException",
                "System.Runtime.InteropServices.COMException,Get-BitLockerVolumeInternal",
            )
    return [_volume(machine, volume) for name, volume in known.items() if not wanted or name in wanted]


def _protector(kind: Enumerated, identifier: str, password: str) -> dict[str, Any]:
    return {
        "KeyProtectorId": identifier,
        "AutoUnlockProtector": None,
        "KeyProtectorType": kind,
        "KeyFileName": "",
        "RecoveryPassword": password,
        "KeyCertificateType": None,
        "Thumbprint": "",
    }


def _protectors(volume: Volume) -> list[dict[str, Any]]:
    found = []
    if volume.mount_point == "C:":
        found.append(_protector(TPM, "{00000000-0000-4000-8000-" + f"{ord('C'):012X}" + "}", ""))
    if volume.recovery_password:
        found.append(_protector(PASSWORD, volume.key_protector_id, volume.recovery_password))
    for identifier, password in volume.more_protectors.items():
        found.append(_protector(PASSWORD if password else EXTERNAL_KEY, identifier, password))
    return [{**one, "RecoveryPassword": ""} for one in found] if volume.locked else found


def _volume(machine: Machine, volume: Volume) -> dict[str, Any]:
    percent = machine.encryption
    protection = Enumerated("On", 1) if volume.protection else Enumerated("Off", 0)
    return {
        "ComputerName": machine.appliance.machine_name,
        "MountPoint": volume.mount_point,
        "EncryptionMethod": Enumerated("XtsAes128", 6),
        "AutoUnlockEnabled": None,
        "VolumeStatus": STATUS.get(percent, Enumerated("EncryptionInProgress", 2)),
        "ProtectionStatus": Enumerated("Unknown", 2) if volume.locked else protection,
        "LockStatus": Enumerated("Locked", 1) if volume.locked else Enumerated("Unlocked", 0),
        "EncryptionPercentage": None if volume.locked else percent,
        "VolumeType": Enumerated("OperatingSystem", 0) if volume.mount_point == "C:" else Enumerated("Data", 1),
        "KeyProtector": _protectors(volume) if percent or volume.protection else [],
    }
