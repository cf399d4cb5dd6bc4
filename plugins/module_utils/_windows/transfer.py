# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the controller onto an appliance, over WinRM alone, and away again.

What was written is compared by its SHA-256 (``certutil.exe -hashfile``, which FIPS allows). Not yet compared with a
real Windows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import LARGEST_PIECE, Session

PROGRAM = "certutil.exe"


def copy(session: Session, folder: str, files: Mapping[str, bytes], show: Callable[[str], None]) -> None:
    """Put small files below a new folder of the appliance; :func:`remove` takes it away.

    :param files: content by path below ``folder``, with backslashes; :param show: told how far it is.
    :raises UseriesError: as :class:`Session`; kind ``failed`` when a file did not arrive as it is.
    """
    total = sum(map(len, files.values())) or 1
    sent = 0
    for name, data in files.items():
        if not data:
            raise _failed(session, f"{name} is empty and is not copied to {folder}", "Remove it from the folder.")
        path = f"{folder}\\{name}"
        _make_folder(session, path.rpartition("\\")[0])
        pieces = (data[at : at + LARGEST_PIECE] for at in range(0, len(data), LARGEST_PIECE))
        _write(session, path, pieces, hashlib.sha256(data).hexdigest())
        sent += len(data)
        show(f"copy to the appliance: {sent * 100 // total} %")


def copy_file(session: Session, source: Path, path: str, digest: str, show: Callable[[str], None]) -> None:
    """Put one file, of any size, at a path whose folder exists.

    :param digest: its SHA-256; :param show: told how far it is.
    :raises UseriesError: as :func:`copy`; OSError when it cannot be read here.
    """
    _write(session, path, _pieces(source, show), digest)


def _pieces(source: Path, show: Callable[[str], None]) -> Iterator[bytes]:
    total, sent, told = source.stat().st_size, 0, -1
    with source.open("rb") as file:
        while piece := file.read(LARGEST_PIECE):
            yield piece
            sent += len(piece)
            if sent * 10 // total > told:
                told = sent * 10 // total
                show(f"copy {source.name} to the appliance: {told * 10} % of {total / 1e6:.1f} MB")


def remove(session: Session, folder: str) -> None:
    """Take a folder away with everything in it.

    :raises UseriesError: as :class:`Session`.
    """
    session.run(Command("Remove-Item", LiteralPath=folder, Recurse=True, Force=True, Confirm=False))


def _make_folder(session: Session, folder: str) -> None:
    made = Command("New-Item", literal=("Path",), ItemType="Directory", Path=folder, Force=True)
    session.run(made | Command("Select-Object", Property=["FullName"]))


def _write(session: Session, path: str, pieces: Iterator[bytes], digest: str) -> None:
    try:
        session.write_file(path, pieces)
    except CommandFailed as error:
        raise _failed(
            session,
            f"{path} was not written ({error.message})",
            "Is there room on the drive, and may this account write there? Run the task again.",
        ) from error
    if sha256(session, path) != digest:
        raise _failed(
            session, f"{path} did not arrive as it was sent", "Is there room on the drive? Run the task again."
        )


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
