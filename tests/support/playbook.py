# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-playbook as a person would, on one ansible-core or another, and tells what every task answered.

With CORES=2.16,2.18,2.19 in the environment (after ``tests/cores.sh 2.16 2.18``) tests run on each of these cores;
without it on the core beside pytest alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.support.project import ROOT
from tests.support.way import DRIVER, SLOWER, WAY

OWN = "own"


@dataclass(frozen=True)
class Core:
    """One installed ansible-core.

    :param name: its series, or ``own`` for the one beside pytest; :param bin: directory of its programs.
    """

    name: str
    bin: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.bin / "python"


def cores() -> list[Core]:
    """The cores that the environment asks for.

    :raises FileNotFoundError: when one of them is not there; tests/cores.sh makes it.
    """
    found = []
    for name in os.environ.get("CORES", OWN).split(","):
        place = Path(sys.executable).parent if name in (OWN, "2.19") else ROOT / ".venvs" / f"run-{name}" / "bin"
        if not (place / "ansible-playbook").exists():
            raise FileNotFoundError(f"{place}/ansible-playbook: make it with tests/cores.sh {name}")
        found.append(Core(name, place))
    return found


@dataclass
class Ran:
    """A run that has ended.

    :param events: status, host, task and result of every task, in the order of the callbacks.
    """

    code: int
    stdout: str
    stderr: str
    events: list[dict[str, Any]]

    @property
    def output(self) -> str:
        """Everything printed."""
        return self.stdout + self.stderr

    @property
    def words(self) -> str:
        """Everything printed with line ends as blanks: ansible wraps warnings."""
        return " ".join(self.output.split())

    def of(self, task: str, host: str | None = None) -> dict[str, Any]:
        """The one event of a task."""
        found = [
            event
            for event in self.events
            if event["task"] == task and host in (None, event["host"]) and not event["status"].startswith("item")
        ]
        assert len(found) == 1, f"{len(found)} events of {task!r}:\n{self.output}"
        return found[0]

    def result(self, task: str, host: str | None = None) -> dict[str, Any]:
        """The result of a task that went well."""
        event = self.of(task, host)
        assert event["status"] == "ok", f"{event}\n{self.output}"
        result: dict[str, Any] = event["result"]
        return result

    def failure(self, task: str, host: str | None = None) -> dict[str, Any]:
        """The result of a task that failed (not: that found its host unreachable)."""
        event = self.of(task, host)
        assert event["status"] == "failed", f"{event}\n{self.output}"
        result: dict[str, Any] = event["result"]
        return result

    def good(self) -> Ran:
        """Assert that nothing failed, not even in a block that rescued it."""
        assert self.code == 0, self.output
        assert "' is undefined" not in self.output, self.output
        return self


@dataclass
class Running:
    """A run under way; see :meth:`Playbooks.start`."""

    process: subprocess.Popen[str]
    record: Path
    printed: tuple[Path, Path]

    def ended(self, timeout: float = 60) -> Ran:
        """Wait for its end; with a browser everything takes longer."""
        self.process.wait(timeout * SLOWER)
        stdout, stderr = (path.read_text(encoding="utf-8", errors="replace") for path in self.printed)
        lines = self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []
        return Ran(self.process.returncode, stdout, stderr, [json.loads(line) for line in lines])


Playbook = str | Sequence[Mapping[str, Any]]


@dataclass
class Playbooks:
    """Runs playbooks below one directory, which is home, Ansible's home and its place for temporary files.

    :param environment: more variables; the caller's own variables are not passed on.
    """

    core: Core
    inventory: Path
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    runs: int = 0

    @cached_property
    def base_environment(self) -> dict[str, str]:
        """What every run gets."""
        config = self.directory / "ansible.cfg"
        config.write_text("[defaults]\n", encoding="utf-8")
        (self.directory / "tmp").mkdir(exist_ok=True)
        return {
            "PATH": f"{self.core.bin}:{os.environ['PATH']}",
            "HOME": str(self.directory),
            "TMPDIR": str(self.directory / "tmp"),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_CONFIG": str(config),
            "ANSIBLE_HOME": str(self.directory / "ansible-home"),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
            "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tests/support/callbacks"),
            "ANSIBLE_CALLBACKS_ENABLED": "recorded",
            "ANSIBLE_REMOTE_TMP": str(self.directory / "remote-tmp"),
            "ANSIBLE_ASYNC_DIR": str(self.directory / "async"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_LOCALHOST_WARNING": "0",
            **({} if WAY == "html" else {"USERIES_CONSOLE_DRIVER": DRIVER}),
        }

    def start(
        self,
        playbook: Playbook,
        *words: str,
        environment: Mapping[str, str] | None = None,
        inventory: Path | None = None,
    ) -> Running:
        """Begin a run in a process group of its own, so that a test may interrupt it as a terminal would."""
        self.runs += 1
        record, book = self.directory / f"results-{self.runs}.jsonl", self.directory / f"playbook-{self.runs}.yml"
        text = playbook if isinstance(playbook, str) else yaml.safe_dump(_plain(playbook), sort_keys=False)
        book.write_text(text, encoding="utf-8")
        stdout, stderr = (self.directory / f"{name}-{self.runs}.txt" for name in ("stdout", "stderr"))
        with stdout.open("w") as out, stderr.open("w") as err:  # a full pipe would stop a run that nobody reads yet
            process = subprocess.Popen(
                [str(self.core.bin / "ansible-playbook"), "-i", str(inventory or self.inventory), str(book), *words],
                cwd=self.directory,
                env={
                    **self.base_environment,
                    **self.environment,
                    **(environment or {}),
                    "RECORDED_RESULTS": str(record),
                },
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                text=True,
                start_new_session=True,
                preexec_fn=_interruptible,
            )
        return Running(process, record, (stdout, stderr))

    def run(self, playbook: Playbook, *words: str, **more: Any) -> Ran:
        """A whole run."""
        return self.start(playbook, *words, **more).ended()


def _interruptible() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _plain(value: Any) -> Any:
    """Lists and dictionaries only, so that nothing is written as an alias."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def play(*tasks: Mapping[str, Any], hosts: str = "useries-1a", **more: Any) -> list[dict[str, Any]]:
    """A playbook of one play."""
    return [{"name": "Play", "hosts": hosts, "gather_facts": False, "tasks": list(tasks), **more}]


def task(name: str, module: str, arguments: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A task with a module of the collection."""
    return {"name": name, f"useries.appliance.{module}": dict(arguments or {}), **more}
