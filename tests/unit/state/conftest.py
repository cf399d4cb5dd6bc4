# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the room _state: a state directory, and processes that are really started and really killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory

ROOT = Path(__file__).resolve().parents[3]
RUN = "import subprocess, sys; sys.exit(subprocess.Popen(sys.argv[1:]).wait())"


class Process:
    """An actor below a parent of its own, which stands for ansible-playbook."""

    def __init__(self, path: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'collections'}:{ROOT}"}
        actor = [sys.executable, str(Path(__file__).with_name("actor.py")), path]
        self.parent = subprocess.Popen(
            [sys.executable, "-c", RUN, *actor],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.pid: int = self("pid")["pid"]

    def tell(self, order: str, **options: Any) -> None:
        assert self.parent.stdin
        self.parent.stdin.write(json.dumps({"order": order, **options}) + "\n")
        self.parent.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.parent.stdout
        found: dict[str, Any] = json.loads(self.parent.stdout.readline())
        return found

    def __call__(self, order: str, **options: Any) -> dict[str, Any]:
        self.tell(order, **options)
        return self.answer()

    def kill_parent(self) -> None:
        """The worker goes on: it is an orphan now."""
        self.parent.kill()
        self.parent.wait()

    def kill_both(self) -> None:
        os.kill(self.pid, 9)
        self.parent.wait()

    def end(self) -> None:
        """The end of its orders ends the worker, and that ends the parent."""
        for pipe in (self.parent.stdin, self.parent.stdout):
            assert pipe
            if pipe is self.parent.stdout:
                pipe.read()  # until the worker is gone
            pipe.close()
        self.parent.wait()


@pytest.fixture
def directory(tmp_path: Path) -> StateDirectory:
    return StateDirectory(str(tmp_path / "state"))


@pytest.fixture
def start(directory: StateDirectory) -> Iterator[Callable[[], Process]]:
    """Start an actor on the state directory."""
    started: list[Process] = []

    def begin() -> Process:
        started.append(Process(directory.path))
        return started[-1]

    yield begin
    for process in started:
        if process.parent.stdin and not process.parent.stdin.closed:
            process.end()


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The most careless umask."""
    old = os.umask(0)
    yield
    os.umask(old)
