# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Protection of BitLocker that is suspended for some restarts.

Sources: Suspend-BitLocker and Resume-BitLocker (module BitLocker); GetSuspendCount of the CIM class
Win32_EncryptableVolume; manage-bde -protectors, which says that restarts are counted for the drive of Windows only.
Checked against cmdlet metadata and a model of Windows, not yet on Windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

NAMESPACE = "root/cimv2/Security/MicrosoftVolumeEncryption"
Protection = Literal["on", "off", "unknown"]

_PROTECTION: dict[Any, Protection] = {0: "off", 1: "on", "Off": "off", "On": "on"}
_OF_WINDOWS = {0, "OperatingSystem"}


@dataclass(frozen=True)
class Volume:
    """One volume.

    :param drive: like ``C:``; :param system: whether it is the drive of Windows; :param encrypted: percent of it.
    :param protection: ``unknown`` when it is locked.
    :param restarts_left: of a volume that is suspended: after so many restarts its protection comes back by itself, 0
        never; None of a volume that is not suspended.
    """

    drive: str
    system: bool
    encrypted: int
    protection: Protection
    restarts_left: int | None = None

    @property
    def suspended(self) -> bool:
        """Encrypted, and its key lies open."""
        return self.restarts_left is not None


def volumes(session: Session) -> list[Volume] | None:
    """All volumes that BitLocker knows; None on a Windows that cannot count restarts (Server 2008 R2).

    :raises UseriesError: as :class:`Session`.
    """
    columns = ["MountPoint", "VolumeType", "EncryptionPercentage", "ProtectionStatus"]
    try:
        found = session.run(Command("Get-BitLockerVolume") | Command("Select-Object", Property=columns))
    except CommandFailed as error:
        if error.missing:
            return None
        raise
    return [_volume(session, one) for one in found]


def _volume(session: Session, one: Any) -> Volume:
    try:
        drive, encrypted = str(one["MountPoint"]).rstrip("\\").upper(), int(one["EncryptionPercentage"] or 0)
        protection: Protection = _PROTECTION.get(one["ProtectionStatus"], "unknown")
        system = one["VolumeType"] in _OF_WINDOWS
    except (KeyError, TypeError, ValueError):
        raise _strange(session, "Get-BitLockerVolume") from None
    suspended = encrypted == 100 and protection == "off"
    return Volume(drive, system, encrypted, protection, _restarts_left(session, drive) if suspended else None)


def _restarts_left(session: Session, drive: str) -> int:
    answers = session.run(
        Command("Get-CimInstance", Namespace=NAMESPACE, ClassName="Win32_EncryptableVolume")
        | Command("Where-Object", Property="DriveLetter", EQ=True, Value=drive)
        | Command("Invoke-CimMethod", MethodName="GetSuspendCount")
        | Command("Select-Object", Property=["ReturnValue", "SuspendCount"])
    )
    answer = answers[0] if len(answers) == 1 and isinstance(answers[0], dict) else {}
    code, count = answer.get("ReturnValue"), answer.get("SuspendCount")
    if code != 0 or not isinstance(count, int):
        raise _strange(session, "GetSuspendCount")
    return count


def suspend(session: Session, drive: str, restarts: int) -> None:
    """Suspend the protection of a volume until it was restarted so often; also of one that is suspended already.

    :raises UseriesError: as :class:`Session`.
    """
    session.run(
        Command("Suspend-BitLocker", MountPoint=drive, RebootCount=restarts, Confirm=False)
        | Command("Select-Object", Property=["MountPoint"])
    )


def resume(session: Session, drive: str) -> None:
    """Protect a volume again.

    :raises UseriesError: as :class:`Session`.
    """
    session.run(
        Command("Resume-BitLocker", MountPoint=drive, Confirm=False) | Command("Select-Object", Property=["MountPoint"])
    )


def _strange(session: Session, what: str) -> UseriesError:
    return UseriesError(
        f"{what} on {session.target.host} answered with objects that are not understood.",
        surface="windows",
        operation="read the protection of BitLocker",
        target=session.target.url,
        kind="unexpected",
    )
