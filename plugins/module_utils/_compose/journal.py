# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks of a checked run would have created, kept in the run's private directory.

In check mode a requirement that an earlier task of the same run promised counts as met later on.
Without a run directory (an ordinary module) nothing is promised.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


class RunJournal:
    """Promises for one appliance in one run: one line each, in a file of its own.

    :param directory: the run's private directory, or None; :param appliance: its address, e.g. ``https://10.0.0.5:443``.
    """

    def __init__(self, directory: Path | None, appliance: str) -> None:
        self._directory = directory
        self._appliance = appliance

    def promised(self, name: str, appliance: str = "") -> bool:
        """Whether an earlier task of this run promised ``name`` for this (or another) appliance."""
        path = self._path(appliance or self._appliance)
        return path is not None and path.exists() and name in path.read_text(encoding="utf-8").splitlines()

    def promise(self, names: Iterable[str]) -> None:
        """Remember what this task would create; ``name@appliance`` is a promise for another appliance."""
        for name in names:
            word, _at, appliance = name.partition("@")
            path = self._path(appliance or self._appliance)
            if path is not None and not self.promised(word, appliance):
                _append(path, word)

    def _path(self, appliance: str) -> Path | None:
        if self._directory is None:
            return None
        return self._directory / f"promises-{hashlib.sha256(appliance.encode()).hexdigest()[:24]}"


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(f"{line}\n")
