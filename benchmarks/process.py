# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A command as a whole: its wall time, and the processor time of it and of every process that it started and collected.

Source: wait4(2): the resource usage of a child includes that of its own children that it waited for.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a command took; all three in seconds, ``cpu`` is user plus system."""

    wall: float
    cpu: float
    system: float


class CommandFailed(Exception):
    """The command ended with an error; the text holds the end of its output."""


def measured(command: Sequence[str], environment: Mapping[str, str], directory: Path) -> Cost:
    """Run a command to its end, its output in ``directory``.

    :raises CommandFailed: when it ends with anything but 0: a failed run costs something else.
    """
    output = directory / "output.txt"
    with output.open("wb") as stream:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=directory, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        end = output.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{end}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_stime)
