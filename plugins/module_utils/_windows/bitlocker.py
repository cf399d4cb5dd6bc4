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
from typing import Any, Literal, TypedDict

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

Protection = Literal["on", "off", "unknown"]

FIXED = 3  # DriveType of a local disk
PROGRAM = "manage-bde.exe"
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


def recovery_passwords(session: Session) -> list[RecoveryPassword]:
    """Every recovery password of every volume; empty when BitLocker protects none.

    :raises UseriesError: as :class:`Session`; no message holds a recovery password.
    """
    try:
        volumes = session.run(
            Command("Get-BitLockerVolume")
            | Command(
                "Select-Object", Property=["MountPoint", "ProtectionStatus", "EncryptionPercentage", "KeyProtector"]
            )
            | Command("ConvertTo-Json", Depth=4, Compress=True)
        )
    except CommandFailed as error:
        if error.missing:
            return _by_program(session)
        raise
    return [found for volume in volumes for found in _of_volume(session, volume)]


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


def _of_volume(session: Session, volume: Any) -> list[RecoveryPassword]:
    try:
        protectors = volume["KeyProtector"] or []
        return [
            RecoveryPassword(
                mount_point=str(volume["MountPoint"]),
                key_protector_id=str(protector["KeyProtectorId"]),
                recovery_password=str(protector["RecoveryPassword"]),
                protection=_PROTECTION.get(volume["ProtectionStatus"], "unknown"),
                encryption=_percent(volume.get("EncryptionPercentage")),
            )
            for protector in (protectors if isinstance(protectors, list) else [protectors])
            if protector.get("RecoveryPassword")
        ]
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


def _by_program(session: Session) -> list[RecoveryPassword]:
    status = session.run_program(Program(PROGRAM, ["-status"]))
    if status.exit_code != 0:
        raise _failed(session, "-status", status.exit_code)
    drives = list(dict.fromkeys(_DRIVE.findall(status.stdout)))
    return [found for drive in drives for found in _of_drive(session, f"{drive}:")]


def _of_drive(session: Session, drive: str) -> list[RecoveryPassword]:
    state = session.run_program(Program(PROGRAM, ["-status", drive, "-protectionaserrorlevel"]))
    percent = _PERCENT.search(state.stdout)
    protection: Protection = {0: "on", 1: "off"}.get(state.exit_code, "unknown")  # type: ignore[assignment]
    listed = session.run_program(Program(PROGRAM, ["-protectors", "-get", drive]))
    pairs = _pairs(listed.stdout)
    if listed.exit_code != 0 and protection != "off":
        raise _failed(session, f"-protectors -get {drive}", listed.exit_code)
    return [
        RecoveryPassword(
            mount_point=drive,
            key_protector_id=identifier,
            recovery_password=password,
            protection=protection,
            encryption=int(percent[1]) if percent else None,
        )
        for identifier, password in pairs
    ]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Every password with the identifier that stands nearest before it."""
    pairs: list[tuple[str, str]] = []
    identifier = ""
    for token in _PROTECTOR.findall(text):
        if token.startswith("{"):
            identifier = token
        elif identifier:
            pairs.append((identifier, token))
            identifier = ""
    return pairs


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
