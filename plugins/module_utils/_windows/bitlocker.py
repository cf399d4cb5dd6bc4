# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker recovery passwords (guide lines 1535-1549).

``Get-BitLockerVolume`` where it exists; on Windows Server 2008 R2 ``manage-bde.exe``, of whose localised text only
drive letters, identifiers, 48-digit passwords, percentages and exit codes are read. What comes back is secret: it
belongs into a private file, never into a message. Not yet compared with a real Windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, TypedDict

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

Protection = Literal["on", "off", "unknown"]

FIXED = 3  # DriveType of a local disk
PROGRAM = "manage-bde.exe"
#: KeyProtectorType by number (Win32_EncryptableVolume.GetKeyProtectorType) and by the names of PowerShell.
PROTECTORS: dict[Any, str] = {
    **dict(
        enumerate(
            (
                "unknown", "tpm", "external_key", "recovery_password", "tpm_and_pin", "tpm_and_startup_key",
                "tpm_and_pin_and_startup_key", "public_key", "passphrase", "tpm_certificate", "cng",
            )
        )
    ),
    "Tpm": "tpm",
    "ExternalKey": "external_key",
    "RecoveryPassword": "recovery_password",
}  # fmt: skip
_LOCKED: dict[Any, bool] = {0: False, 1: True, "Unlocked": False, "Locked": True}
_PROTECTION: dict[Any, Protection] = {0: "off", 1: "on", "Off": "off", "On": "on"}
_DRIVE = re.compile(r"^\S.*?(?<![A-Za-z])([A-Z]):(?![\\/A-Za-z0-9])", re.MULTILINE)
_PROTECTOR = re.compile(
    r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}|(?<![\d-])\d{6}(?:-\d{6}){7}(?![\d-])"
)
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*%")


class RecoveryPassword(TypedDict):
    """One recovery password of one volume.

    ``mount_point`` like ``C:``; ``key_protector_id`` a GUID in braces; ``recovery_password`` eight groups of six digits
    (secret); ``encryption`` percent of the volume that is encrypted, None when it cannot be read.
    """

    mount_point: str
    key_protector_id: str
    recovery_password: str
    protection: Protection
    encryption: int | None


class Protector(TypedDict):
    """One key protector: ``id`` a GUID in braces, ``type`` as in PROTECTORS, ``recovery_password`` (secret) where it is
    one that can be read."""

    id: str
    type: str
    recovery_password: str | None


class Volume(TypedDict):
    """A volume with its key protectors; ``locked`` and ``encryption`` are None when they cannot be read."""

    mount_point: str
    protection: Protection
    encryption: int | None
    locked: bool | None
    key_protectors: list[Protector]


def recovery_passwords(session: Session) -> list[RecoveryPassword]:
    """Every recovery password of every volume; empty when BitLocker protects none.

    :raises UseriesError: as :class:`Session`; no message holds a recovery password.
    """
    return readable(protected_volumes(session))


def readable(volumes: Iterable[Volume]) -> list[RecoveryPassword]:
    """The recovery passwords that these volumes tell; a locked one tells none."""
    return [
        RecoveryPassword(
            mount_point=volume["mount_point"],
            key_protector_id=protector["id"],
            recovery_password=protector["recovery_password"],
            protection=volume["protection"],
            encryption=volume["encryption"],
        )
        for volume in volumes
        for protector in volume["key_protectors"]
        if protector["recovery_password"]
    ]


def protected_volumes(session: Session) -> list[Volume]:
    """Every volume that BitLocker knows, with every key protector.

    :raises UseriesError: as :class:`Session`; no message holds a recovery password.
    """
    try:
        volumes = session.run(
            Command("Get-BitLockerVolume")
            | Command(
                "Select-Object",
                Property=["MountPoint", "ProtectionStatus", "EncryptionPercentage", "LockStatus", "KeyProtector"],
            )
            | Command("ConvertTo-Json", Depth=4, Compress=True)
        )
    except CommandFailed as error:
        if error.missing:
            return _by_program(session)
        raise
    return [_of_volume(session, volume) for volume in volumes]


class Encryption(TypedDict):
    """One volume: ``mount_point``, ``protection``, and percent of it that is ``encrypted`` (None: cannot be read)."""

    mount_point: str
    protection: Protection
    encrypted: int | None


def encryption(session: Session) -> list[Encryption]:
    """How far the volumes are encrypted; no recovery password is read.

    :raises UseriesError: as :class:`Session`.
    """
    columns = ["MountPoint", "ProtectionStatus", "EncryptionPercentage"]
    try:
        volumes = session.run(Command("Get-BitLockerVolume") | Command("Select-Object", Property=columns))
    except CommandFailed as error:
        if error.missing:
            return _encryption_by_program(session)
        raise
    try:
        return [
            Encryption(
                mount_point=str(volume["MountPoint"]),
                protection=_PROTECTION.get(volume["ProtectionStatus"], "unknown"),
                encrypted=_percent(volume["EncryptionPercentage"]),
            )
            for volume in volumes
        ]
    except (KeyError, TypeError):
        raise _strange(session, "Get-BitLockerVolume") from None


class Drive(TypedDict):
    """A volume with a letter: ``letter`` like ``C:``, ``label``, whether it is a disk of the machine (``fixed``)."""

    letter: str
    label: str
    fixed: bool


def drives(session: Session) -> list[Drive] | None:
    """All volumes with a letter (CIM class Win32_Volume); None where this version of Windows cannot be asked.

    :raises UseriesError: as :class:`Session`.
    """
    columns = ["DriveLetter", "Label", "DriveType"]
    try:
        found = session.run(
            Command("Get-CimInstance", ClassName="Win32_Volume") | Command("Select-Object", Property=columns)
        )
    except CommandFailed as error:
        if error.missing:
            return None
        raise
    return [
        Drive(letter=str(one["DriveLetter"]), label=str(one.get("Label") or ""), fixed=one.get("DriveType") == FIXED)
        for one in found
        if isinstance(one, dict) and one.get("DriveLetter")
    ]


def _of_volume(session: Session, volume: Any) -> Volume:
    try:
        protectors = volume["KeyProtector"] or []
        return Volume(
            mount_point=str(volume["MountPoint"]),
            protection=_PROTECTION.get(volume["ProtectionStatus"], "unknown"),
            encryption=_percent(volume.get("EncryptionPercentage")),
            locked=_LOCKED.get(volume.get("LockStatus")),
            key_protectors=[
                Protector(
                    id=str(protector["KeyProtectorId"]),
                    type=PROTECTORS.get(protector.get("KeyProtectorType"), "unknown"),
                    recovery_password=str(protector["RecoveryPassword"]) if protector.get("RecoveryPassword") else None,
                )
                for protector in (protectors if isinstance(protectors, list) else [protectors])
            ],
        )
    except (KeyError, TypeError, AttributeError):
        raise _strange(session, "Get-BitLockerVolume") from None


def _percent(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _encryption_by_program(session: Session) -> list[Encryption]:
    status = session.run_program(Program(PROGRAM, ["-status"]))
    if status.exit_code != 0:
        raise _failed(session, "-status", status.exit_code)
    found = []
    for letter in dict.fromkeys(_DRIVE.findall(status.stdout)):
        state = session.run_program(Program(PROGRAM, ["-status", f"{letter}:", "-protectionaserrorlevel"]))
        percent = _PERCENT.search(state.stdout)
        protection: Protection = {0: "on", 1: "off"}.get(state.exit_code, "unknown")  # type: ignore[assignment]
        encrypted = int(percent[1]) if percent else None
        found.append(Encryption(mount_point=f"{letter}:", protection=protection, encrypted=encrypted))
    return found


def _by_program(session: Session) -> list[Volume]:
    status = session.run_program(Program(PROGRAM, ["-status"]))
    if status.exit_code != 0:
        raise _failed(session, "-status", status.exit_code)
    return [_of_drive(session, f"{drive}:") for drive in dict.fromkeys(_DRIVE.findall(status.stdout))]


def _of_drive(session: Session, drive: str) -> Volume:
    state = session.run_program(Program(PROGRAM, ["-status", drive, "-protectionaserrorlevel"]))
    percent = _PERCENT.search(state.stdout)
    protection: Protection = {0: "on", 1: "off"}.get(state.exit_code, "unknown")  # type: ignore[assignment]
    listed = session.run_program(Program(PROGRAM, ["-protectors", "-get", drive]))
    protectors = _told(listed.stdout)
    if listed.exit_code != 0 and protection != "off":
        raise _failed(session, f"-protectors -get {drive}", listed.exit_code)
    return Volume(
        mount_point=drive,
        protection=protection,
        encryption=int(percent[1]) if percent else None,
        locked=None,
        key_protectors=protectors,
    )


def _told(text: str) -> list[Protector]:
    """Every identifier; a password belongs to the identifier that stands nearest before it. Other types stand there in
    the words of the language, which are not read."""
    found: list[Protector] = []
    for token in _PROTECTOR.findall(text):
        if token.startswith("{"):
            found.append(Protector(id=token, type="unknown", recovery_password=None))
        elif found and found[-1]["recovery_password"] is None:
            found[-1] = Protector(id=found[-1]["id"], type="recovery_password", recovery_password=token)
    return found


def _failed(session: Session, what: str, exit_code: int) -> CommandFailed:
    return CommandFailed(
        f"{PROGRAM} {what} on {session.target.host} ended with exit code {exit_code}.",
        operation=f"run {PROGRAM}",
        target=session.target.url,
        remedy="Sign in with an account that is an administrator of the appliance.",
    )


def _strange(session: Session, command: str) -> UseriesError:
    return UseriesError(
        f"{command} on {session.target.host} answered with objects that are not understood.",
        surface="windows",
        operation=f"run {command}",
        target=session.target.url,
        kind="unexpected",
    )
