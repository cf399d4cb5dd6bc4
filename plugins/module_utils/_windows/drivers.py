# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices without a driver, driver packages, and pnputil.exe (Microsoft, PnPUtil command syntax and return values).

Devices come from the CIM class Win32_PnPEntity (code 28 of the Device Manager: no driver; 14: it works after a
restart), the driver store from ``Get-WindowsDriver -Online``. pnputil.exe has two languages of options:
``/add-driver x.inf /install`` from Windows 10 version 1607 and Windows Server 2016 on, ``-i -a x.inf`` before; which
one it understands its own help says. Of its localised text only the published name (``oem7.inf``) is read; the exit
code says the rest: 0 done, 259 no device matches or it has a better driver, 3010 done and a restart is needed,
otherwise an error of SetupAPI (setupapi.h). Not yet compared with a real Windows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Pipeline, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

Outcome = Literal["installed", "not_matching"]

PROGRAM = "pnputil.exe"
NO_DRIVER, NEEDS_RESTART = 28, 14
DONE, NOTHING_MATCHED, RESTART = 0, 259, 3010
INSTALL_SECONDS = 900.0
INF = ".inf"
VERSION, CATALOGUE = "DriverVer", "CatalogFile"
TRUST = (
    "Import the certificate of the publisher into Trusted Publishers of the local computer (certutil.exe -addstore "
    "TrustedPublisher), when you trust it."
)
#: What Windows says when it does not install a package: words and the next step, by exit code.
REFUSALS = {
    0x5: ("the account may not install drivers", "Sign in with an account that is an administrator of the appliance."),
    0xE000022F: (
        "the package has no signature (no catalogue)",
        "Get the package from Dell again, and extract all of it.",
    ),
    0xE000023F: ("the catalogue of the package has no signature", "Get the package from Dell again."),
    0xE0000240: ("the signature of the package is not allowed", TRUST),
    0xE0000242: ("the publisher of the package is not trusted", TRUST),
    0xE0000243: ("the publisher of the package is not trusted", TRUST),
    0xE0000244: (
        "the package is signed for another version of Windows",
        "Choose the package for this Windows at Dell.",
    ),
    0xE0000247: ("the package could not be added to the driver store", "Look into C:\\Windows\\inf\\setupapi.dev.log."),
    0xE0000248: ("a policy forbids to install this device", "Ask who set the policy for device installation."),
    0xE0000249: ("a policy forbids to install this driver", "Ask who set the policy for device installation."),
    0xE000024B: ("a file of the package was changed after it was signed", "Get the package from Dell again."),
}
_PUBLISHED = re.compile(r"\boem\d+\.inf\b", re.IGNORECASE | re.ASCII)
_VERSION = re.compile(r"DriverVer\s*=[^,]*,\s*(\d+(?:\.\d+)*)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Device:
    """A device with a problem: ``ids`` are those by which a driver is found, the most special first; ``code`` is that
    of the Device Manager."""

    name: str
    device_id: str
    ids: tuple[str, ...]
    code: int


@dataclass(frozen=True)
class Mention:
    """An .inf file of the appliance that names a pattern: its full path, the pattern, and the line."""

    path: str
    pattern: str
    line: str


@dataclass(frozen=True)
class Installed:
    """What pnputil did with a package. ``published``: its name in the driver store, empty when it was not told."""

    outcome: Outcome
    published: str
    restart: bool


def problem_devices(session: Session) -> list[Device] | None:
    """Every device with a problem; None where this version of Windows has no CIM commands.

    :raises UseriesError: as :class:`Session`; kind ``unexpected`` for an answer that is no list of devices.
    """
    columns = ["Name", "DeviceID", "HardwareID", "CompatibleID", "ConfigManagerErrorCode"]
    try:
        found = session.run(
            Command("Get-CimInstance", ClassName="Win32_PnPEntity")
            | Command("Where-Object", Property="ConfigManagerErrorCode", NE=True, Value=0)
            | Command("Select-Object", Property=columns)
        )
    except CommandFailed as error:
        if error.missing:
            return None
        raise
    try:
        return [
            Device(
                str(one["Name"] or one["DeviceID"]),
                str(one["DeviceID"]),
                (*_texts(one["HardwareID"]), *_texts(one["CompatibleID"])),
                int(one["ConfigManagerErrorCode"]),
            )
            for one in found
        ]
    except (KeyError, TypeError, ValueError):
        raise _strange(session, "Get-CimInstance") from None


def inf_files(session: Session, folder: str) -> list[str] | None:
    """Full paths of the .inf files in a folder, also below it (or the one file); None when the folder is not there."""
    try:
        found = session.run(_infs(folder) | Command("Select-Object", Property=["FullName"]))
    except CommandFailed as error:
        if error.error_id.startswith("PathNotFound"):
            return None
        raise
    return [str(one["FullName"]) for one in found]


def mentions(session: Session, folder: str, patterns: Sequence[str]) -> list[Mention]:
    """Where the .inf files below a folder name these texts, without regard to case."""
    found = session.run(
        _infs(folder)
        | Command("Select-String", literal=("Pattern",), Pattern=list(patterns), SimpleMatch=True, AllMatches=True)
        | Command("Select-Object", Property=["Path", "Pattern", "Line"])
    )
    return [Mention(str(one["Path"]), str(one["Pattern"]), str(one["Line"])) for one in found]


def _infs(folder: str) -> Pipeline:
    listed = Command("Get-ChildItem", LiteralPath=folder, Recurse=True)
    return listed | Command("Where-Object", Property="Extension", EQ=True, Value=INF)


def unsigned(session: Session, folder: str) -> list[str] | None:
    """Sentences about the catalogues of a folder whose signature is not valid; None when there is no catalogue."""
    found = session.run(
        Command("Get-ChildItem", LiteralPath=folder)
        | Command("Where-Object", Property="Extension", EQ=True, Value=".cat")
        | Command("Get-AuthenticodeSignature")
        | Command("Select-Object", Property=["Path", "Status", "StatusMessage"])
    )
    if not found:
        return None
    return [f"{one['Path']}: {one['StatusMessage']}" for one in found if one["Status"] not in (0, "Valid")]


def store(session: Session) -> dict[str, set[str]]:
    """The packages of the driver store that did not come with Windows: their versions by the name of the .inf file."""
    found = session.run(
        Command("Get-WindowsDriver", Online=True) | Command("Select-Object", Property=["OriginalFileName", "Version"])
    )
    packages: dict[str, set[str]] = {}
    for one in found:
        packages.setdefault(base_name(str(one["OriginalFileName"])), set()).add(str(one["Version"]))
    return packages


def base_name(path: str) -> str:
    """The name of a file in lower case."""
    return path.replace("/", "\\").rpartition("\\")[2].lower()


def version_of(text: str) -> str:
    """The version that an .inf file states, empty without one."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def install(session: Session, inf: str) -> Installed:
    """Add a package to the driver store and install it on the devices that it matches.

    :raises UseriesError: kind ``failed`` with words and the next step when Windows does not take it.
    """
    told = session.run_program(Program(PROGRAM, ["/?"]))
    modern = "/add-driver" in (told.stdout + told.stderr).lower()
    arguments = ["/add-driver", inf, "/install"] if modern else ["-i", "-a", inf]
    output = session.run_program(Program(PROGRAM, arguments), timeout=INSTALL_SECONDS)
    published = _PUBLISHED.search(output.stdout)
    if output.exit_code not in (DONE, NOTHING_MATCHED, RESTART):
        raise _refused(session, inf, output.exit_code)
    return Installed(
        "not_matching" if output.exit_code == NOTHING_MATCHED else "installed",
        published[0].lower() if published else "",
        output.exit_code == RESTART,
    )


def _refused(session: Session, inf: str, exit_code: int) -> CommandFailed:
    code = exit_code & 0xFFFFFFFF
    log = "Look into C:\\Windows\\inf\\setupapi.dev.log on the appliance."
    words, remedy = REFUSALS.get(code, ("it does not say why", log))
    return CommandFailed(
        f"Windows on {session.target.host} did not take {inf}: {words} (exit code 0x{code:X} of {PROGRAM}).",
        operation=f"run {PROGRAM}",
        target=session.target.url,
        remedy=remedy,
    )


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _strange(session: Session, command: str) -> UseriesError:
    return UseriesError(
        f"{command} on {session.target.host} answered with devices that are not understood.",
        surface="windows",
        operation=f"run {command}",
        target=session.target.url,
        kind="unexpected",
        remedy="Look at the Device Manager of the appliance.",
    )
