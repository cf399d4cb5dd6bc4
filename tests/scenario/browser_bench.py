# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenarios with a browser share: which processes and folders belong to the browsers of one test."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.playbook import Playbooks

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
BROWSER = ("-e", "useries_console_driver=browser")

needs_chromium = pytest.mark.skipif(not any(map(shutil.which, NAMES)), reason="no Chromium on the path")


def arguments(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except OSError:
        return []


def children(pid: int) -> list[int]:
    """All processes below one."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def keepers(playbooks: Playbooks) -> list[int]:
    """The processes that keep a browser for a run of this test: they work in a directory of that run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            below = os.readlink(path).startswith(str(playbooks.directory))
            if below and any(word.endswith("keeper.py") for word in arguments(int(path.parent.name))):
                found.append(int(path.parent.name))
    return sorted(found)


def browsers(pids: Sequence[int]) -> list[int]:
    """Those of the processes that are a browser's first one."""
    return [pid for pid in pids if (told := arguments(pid)) and _is_first(told)]


def _is_first(told: Sequence[str]) -> bool:
    words = " ".join(told)
    return bool(re.search(r"chrom|edge", Path(told[0]).name)) and "--user-data-dir=" in words and "--type=" not in words


def alive(pids: Sequence[int]) -> list[int]:
    """Those that still run; one that only waits to be collected does not."""
    return [pid for pid in pids if arguments(pid)]


class Kept:
    """The browsers of a run as they are at this moment.

    ``keepers``, ``everything`` (process ids of keepers and all below), ``chromium`` (of the browsers), ``profiles`` and
    ``directories`` (in the run's private directory).
    """

    def __init__(self, playbooks: Playbooks) -> None:
        self.keepers = keepers(playbooks)
        self.everything = [one for pid in self.keepers for one in (pid, *children(pid))]
        self.chromium = browsers(self.everything)
        notes = [path for path in playbooks.directory.rglob("browser-*/profile") if path.is_file()]
        self.directories = [path.parent for path in notes]
        self.profiles = [Path(path.read_text(encoding="utf-8")) for path in notes]

    def left(self) -> list[str]:
        """What of it is still there."""
        places = [str(path) for path in (*self.profiles, *self.directories) if path.exists()]
        return [*places, *(" ".join(arguments(pid))[:200] for pid in alive(self.everything))]


def without_chromium(folder: Path, *names: str) -> str:
    """A path with what ansible-playbook needs and no browser, besides the fakes that are in ``folder``."""
    folder.mkdir(exist_ok=True)
    for name in ("sh", "env", "sleep", "id", "uname", "cat", "rm", "mkdir", "chmod", *names):
        found = shutil.which(name)
        if found is not None:
            (folder / name).symlink_to(found)
    return str(folder)
