# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Dell Update Package on an appliance: fetched, checked, run silently.

Sources: Dell Update Packages User's Guide, "Command Line Interface Reference" (options ``/s``, ``/c``, ``/f``, ``/l=``,
exit codes 0 to 6); Get-FileHash, Get-AuthenticodeSignature and Invoke-WebRequest. A package is called by its full
path. Its log is text in its own words, which nobody reads here. Checked against cmdlet metadata and a model of Windows,
not yet on Windows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

FOLDER = "C:\\Windows\\Temp"
FETCH_SECONDS, RUN_SECONDS, CHECK_SECONDS = 3600.0, 3600.0, 900.0
VALID = {0, "Valid"}
Verdict = Literal["done", "restart", "restarting", "same", "refused", "failed"]


@dataclass(frozen=True)
class Exit:
    """What an exit code says: Dell's name, what it comes to, in words, and the next step."""

    name: str
    verdict: Verdict
    words: str
    remedy: str = ""


EXITS: Mapping[int, Exit] = {
    0: Exit("SUCCESSFUL", "done", "it was installed"),
    1: Exit("UNSUCCESSFUL", "failed", "an error occurred while it was installed", "Read its log on the appliance."),
    2: Exit("REBOOT_REQUIRED", "restart", "it takes effect at the next restart"),
    3: Exit(
        "DEP_SOFT_ERROR",
        "same",
        "the same version, or a newer one, is installed",
        "Nothing has to be done; for an older version repeat with downgrade: true.",
    ),
    4: Exit(
        "DEP_HARD_ERROR",
        "refused",
        "another version of BIOS, driver or firmware has to be there first, or its device is not in this server",
        "Install what Dell's notes of the package name first; its log on the appliance names it too.",
    ),
    5: Exit(
        "QUAL_HARD_ERROR",
        "refused",
        "it is not for this server, or not for this version of Windows",
        "Download the package from Dell's support site under the service tag, for this version of Windows.",
    ),
    6: Exit("REBOOTING_SYSTEM", "restarting", "it restarts the server by itself"),
}


def exit_of(code: int) -> Exit:
    """What an exit code says; an unknown one is a failure."""
    unknown = Exit(f"exit code {code}", "failed", "an exit code that Dell does not list for Windows", EXITS[1].remedy)
    return EXITS.get(code, unknown)


def place_of(name: str) -> str:
    """Where a package of that name lies on the appliance; programs are called with a small suffix."""
    return f"{FOLDER}\\{name[:-4]}.exe"


def log_of(path: str) -> str:
    """The log beside a package."""
    return f"{path[:-4]}.log"


def sha256_of(session: Session, path: str) -> str | None:
    """The digest of a file on the appliance, small hexadecimal digits; None when it is not there.

    :raises UseriesError: as :class:`Session`.
    """
    if session.run(Command("Test-Path", LiteralPath=[path], PathType="Leaf")) != [True]:
        return None
    found = session.run(
        Command("Get-FileHash", LiteralPath=[path], Algorithm="SHA256") | Command("Select-Object", Property=["Hash"]),
        timeout=CHECK_SECONDS,
    )
    digest = found[0].get("Hash") if found and isinstance(found[0], dict) else None
    return str(digest).lower() if digest else None


def fetch(session: Session, uri: str, path: str) -> None:
    """Let Windows fetch a file over HTTP or HTTPS.

    :raises UseriesError: as :class:`Session`, with the words of Windows.
    """
    session.run(
        Command("Invoke-WebRequest", Uri=uri, OutFile=path, UseBasicParsing=True, literal=("Uri",)),
        timeout=FETCH_SECONDS,
    )


def remove(session: Session, path: str) -> None:
    """Remove a file."""
    session.run(Command("Remove-Item", LiteralPath=[path], Force=True))


def signer(session: Session, path: str) -> str | None:
    """The subject of the certificate that a file is signed with; None when its signature is not valid.

    :raises UseriesError: as :class:`Session`.
    """
    signature = Command("Get-AuthenticodeSignature", LiteralPath=[path])
    status = session.run(signature | Command("Select-Object", Property=["Status"]), timeout=CHECK_SECONDS)
    if not (status and isinstance(status[0], dict) and status[0].get("Status") in VALID):
        return None
    found = session.run(
        signature
        | Command("Select-Object", ExpandProperty="SignerCertificate")
        | Command("Select-Object", Property=["Subject"]),
        timeout=CHECK_SECONDS,
    )
    subject = found[0].get("Subject") if found and isinstance(found[0], dict) else None
    return str(subject) if subject else None


def check(session: Session, path: str) -> Exit:
    """Ask a package whether it can be applied here; nothing is installed."""
    program = Program(path, ["/s", "/c", f"/l={log_of(path)}"])
    return exit_of(session.run_program(program, timeout=CHECK_SECONDS).exit_code)


def install(session: Session, path: str, *, older: bool) -> Exit:
    """Run a package silently, without a restart of its own.

    :param older: an older version than the installed one may be installed.
    """
    program = Program(path, ["/s", *(["/f"] if older else []), f"/l={log_of(path)}"])
    return exit_of(session.run_program(program, timeout=RUN_SECONDS).exit_code)
