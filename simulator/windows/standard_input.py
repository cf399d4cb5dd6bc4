# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one script that reads its standard input: lines of base64 to a file (about_Functions, "begin, process, end").

The file is there from the first moment and grows with each line, so that an end in the middle leaves half a file.
"""

from __future__ import annotations

import base64
import binascii
import ntpath
import re
from typing import Any

from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint

SCRIPT = re.compile(
    r"begin\{\$ErrorActionPreference='Stop';\$file=\[IO\.File\]::Create\('((?:[^']|'')+)'\)\}"
    r"process\{\$bytes=\[Convert\]::FromBase64String\(\$input\);\$file\.Write\(\$bytes,0,\$bytes\.Length\)\}"
    r"end\{\$file\.Close\(\)\}"
)
FULL, BADLY = "drive_full", "copied_badly"


class Writer:
    """The script while it runs.

    :raises Complaint: the folder does not exist.
    """

    def __init__(self, machine: Machine, path: str) -> None:
        self.machine, self.path, self._rest = machine, path, b""
        if not machine.appliance.disk.is_folder(ntpath.dirname(path)):
            raise _exception(f"Could not find a part of the path '{path}'.", "DirectoryNotFoundException")
        self._files: dict[str, bytes] = machine.appliance.disk.files
        self._files[path] = b""

    def take(self, data: bytes) -> None:
        """More input.

        :raises Complaint: it is no base64, or the drive is full.
        """
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        for line in lines:
            if self.machine.appliance.take_fault(FULL):
                raise _exception("There is not enough space on the disk.", "IOException")
            try:
                self._files[self.path] += base64.b64decode(line, validate=True)
            except binascii.Error:
                raise _exception("The input is not a valid Base-64 string.", "FormatException") from None

    def end(self) -> None:
        """There is no more input.

        :raises Complaint: as :meth:`take`.
        """
        self.take(b"\r\n" if self._rest else b"")
        if self.machine.appliance.take_fault(BADLY):
            self._files[self.path] += b"\0"


def _exception(message: str, kind: str) -> Complaint:
    return Complaint("", message, f"NotSpecified: (:) [], {kind}", kind)


def writer_of(machine: Machine, text: str) -> Any:
    """A :class:`Writer` when the text is that script, else None.

    :raises Complaint: as :class:`Writer`.
    """
    found = SCRIPT.fullmatch(text)
    return Writer(machine, found[1].replace("''", "'")) if found else None
