# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a section of the console makes and a password protects: kept only when the password opens them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from abc import abstractmethod
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import must_be_writable
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Outcome
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan


class ExportFile(Action):
    """Options ``dest`` and ``force``. A state describes the file at ``dest``; None while there is none.

    The console changes nothing by it, so a lost answer is told as a failure that may be repeated.
    """

    file: str
    secret: str

    def what(self) -> str:
        return f"download {self.file}"

    @property
    def path(self) -> Path:
        """Where the file goes to."""
        return Path(os.path.expanduser(self.given["dest"]))

    def check(self) -> None:
        must_be_given(self, self.secret)
        if self.path.is_dir() or self._wanted():
            must_be_writable(self.path)

    def _wanted(self) -> bool:
        return bool(self.given["force"]) or not self.path.exists()

    def read(self) -> dict[str, Any] | None:
        return {"path": str(self.path), "checksum": checksum(self.path)} if self.path.exists() else None

    def due(self, before: Any) -> Plan:
        if not self._wanted():
            return Plan(header=self.what())
        return Plan([Change("dest", before and before["checksum"], "a new file")], header=self.what())

    def order(self, before: Any) -> None:
        with tempfile.TemporaryDirectory(prefix=".useries-", dir=self.path.parent) as folder:
            where = Path(folder) / self.path.name
            outcome = self.press(where)
            if outcome.download is None or not where.exists():
                raise self.refuse(
                    f"The console sent no file for {self.file}: {outcome.message or 'it says nothing'}.",
                    kind="unexpected",
                    remedy="Try it in a browser.",
                )
            self.facts = {"path": str(self.path), "checksum": checksum(where), **self.opened(where)}
            os.replace(where, self.path)  # under its own name only when it is good; 0600 by the download

    def happened(self, before: Any) -> bool | None:
        return False

    def effect(self, before: Any) -> dict[str, Any]:
        return self.facts

    @abstractmethod
    def press(self, where: Path) -> Outcome:
        """Have the console send the file to ``where``."""

    @abstractmethod
    def opened(self, where: Path) -> dict[str, Any]:
        """Facts about what is in the file, which its password opened.

        :raises UseriesError: kind ``failed``, when it cannot be opened; nothing is left behind then.
        """


def must_be_given(action: Action, option: str) -> None:
    """Refuse a password that is empty or of several lines (a form would change it) before any request."""
    given = str(action.given[option])
    if not given.strip():
        raise action.refuse(f"{option} must not be empty.", kind="invalid")
    if "\n" in given or "\r" in given:
        raise action.refuse(f"{option} has several lines; the field takes one line.", kind="invalid")


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
