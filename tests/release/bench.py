# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/release/environment.sh has made, and programs that run there without anything of this checkout."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.project import ROOT

VENVS = ROOT / ".venvs"
TREE = ROOT / ".cache/release/tree"
DIST = TREE / "dist"
TOOLS, RUN, SIMULATOR = (VENVS / name / "bin" for name in ("ee", "ee-run", "ee-simulator"))
COLLECTIONS = RUN.parent / "share/ansible/collections"
LIMIT = 240


def environment(home: Path, **more: str) -> dict[str, str]:
    """The whole environment of a program: the tools of the run, the system's, and nothing of the caller."""
    return {
        "PATH": f"{RUN}:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_NOCOLOR": "1",
        **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
        **more,
    }


def run(command: Sequence[object], home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program in ``home``, with standard output and errors in one."""
    return subprocess.run(
        [str(word) for word in command], cwd=home, env=environment(home, **more), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT, check=False,
    )  # fmt: skip


def good(command: Sequence[object], home: Path, **more: str) -> str:
    """What a program printed that ended well."""
    done = run(command, home, **more)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Without the environments there is nothing to test."""
    if not (COLLECTIONS.is_dir() and SIMULATOR.is_dir()):
        pytest.skip("no environments of the release: run tests/release/environment.sh")
