# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small files of the controller onto an appliance, over WinRM alone, and away again.

A file goes as base64 in many pieces (``Add-Content``), is decoded there (``certutil.exe -decode``) and compared by its
SHA-256 (``certutil.exe -hashfile``, which FIPS allows). One piece is one command line, so this is for files of some
hundred kilobytes. Not yet compared with a real Windows.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from collections.abc import Callable, Mapping

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

PROGRAM = "certutil.exe"
PIECE = 1500  # bytes: with a path of 260 characters the command line stays below 8000
TEXT = ".base64"


def copy(session: Session, folder: str, files: Mapping[str, bytes], show: Callable[[str], None]) -> None:
    """Put files below a new folder of the appliance; :func:`remove` takes it away.

    :param files: content by path below ``folder``, with backslashes; :param show: told how far it is.
    :raises UseriesError: as :class:`Session`; kind ``failed`` when a file did not arrive as it is.
    """
    total = sum(map(len, files.values())) or 1
    sent = 0
    for name, data in files.items():
        path = f"{folder}\\{name}"
        _make_folder(session, path.rpartition("\\")[0])
        for start in range(0, len(data), PIECE):
            _append(session, path + TEXT, data[start : start + PIECE])
            sent += len(data[start : start + PIECE])
            show(f"copy to the appliance: {sent * 100 // total} %")
        _decode(session, path, data)


def remove(session: Session, folder: str) -> None:
    """Take a folder away with everything in it.

    :raises UseriesError: as :class:`Session`.
    """
    session.run(Command("Remove-Item", LiteralPath=folder, Recurse=True, Force=True, Confirm=False))


def _make_folder(session: Session, folder: str) -> None:
    made = Command("New-Item", literal=("Path",), ItemType="Directory", Path=folder, Force=True)
    session.run(made | Command("Select-Object", Property=["FullName"]))


def _append(session: Session, path: str, piece: bytes) -> None:
    text = base64.b64encode(piece).decode("ascii")
    session.run(Command("Add-Content", LiteralPath=path, Value=text, Encoding="Ascii"))


def _decode(session: Session, path: str, data: bytes) -> None:
    if not data:  # certutil decodes no empty file
        raise _failed(session, f"{path} is empty and cannot be copied", "Remove it from the folder.")
    output = session.run_program(Program(PROGRAM, ["-decode", path + TEXT, path]))
    if output.exit_code != 0 or sha256(session, path) != hashlib.sha256(data).hexdigest():
        raise _failed(
            session, f"{path} did not arrive as it was sent", "Is there room on the drive? Run the task again."
        )
    with contextlib.suppress(CommandFailed):  # the whole folder is removed later
        remove(session, path + TEXT)


def sha256(session: Session, path: str) -> str:
    """The SHA-256 of a file of the appliance in lower case, empty when it cannot be read.

    The line with the digits is read, with or without a space between the bytes; the words around it are localised.
    """
    output = session.run_program(Program(PROGRAM, ["-hashfile", path, "SHA256"]))
    lines = (line.replace(" ", "").lower() for line in output.stdout.splitlines())
    return next((line for line in lines if re.fullmatch(r"[0-9a-f]{64}", line)), "")


def _failed(session: Session, what: str, remedy: str) -> UseriesError:
    return UseriesError(
        f"{what} on {session.target.host}.",
        surface="windows",
        operation="copy files to the appliance",
        target=session.target.url,
        kind="failed",
        remedy=remedy,
    )
