# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real ansible-rulebook beside a simulated pair: in an environment of its own (tests/eda/environment.sh makes it in
.venvs/eda, or EDA_VENV), with nothing of this project importable, and with the collection found by its name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.project import ROOT, text
from tests.support.simulator import Simulated

LIMIT = 90.0
"""Seconds that anything awaited may take."""
A, B = "useries-1a", "useries-1b"
PAGE = text("docs/docsite/rst/events.rst")
#: The files that the page shows, by name.
SHOWN = dict(re.findall(r"code-block:: yaml\n +:caption: (\S+)\n\n((?:(?: {4}.*)?\n)+)", PAGE))


def command(rulebook: str) -> list[str]:
    """What the page about events says, in a folder with ``inventory`` and ``variables.yml``."""
    return ["ansible-rulebook", "--rulebook", rulebook, "--inventory", "inventory", "--vars", "variables.yml"]


@dataclass
class Rulebook:
    """One ansible-rulebook that is running, or has ended."""

    process: subprocess.Popen[bytes]
    printed: Path
    record: Path

    @property
    def output(self) -> str:
        """Everything printed so far, line ends as blanks."""
        return " ".join(self.printed.read_text(encoding="utf-8", errors="replace").split())

    def until(self, seen: Callable[[], Any], what: str) -> None:
        """Wait for something, no longer than ansible-rulebook lives."""
        end = time.monotonic() + LIMIT
        while not seen():
            assert self.process.poll() is None, f"it ended before {what}:\n{self.printed.read_text()}"
            assert time.monotonic() < end, f"not seen in time: {what}\n{self.printed.read_text()}"
            time.sleep(0.1)

    def tasks(self, name: str) -> list[tuple[str, str]]:
        """Host and status of every task of that name, in all playbooks that it has run."""
        lines = self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []
        events = [json.loads(line) for line in lines]
        return [(event["host"], event["status"]) for event in events if event["task"].split(" : ")[-1] == name]

    def ended(self) -> int:
        """Wait for its end by itself; the exit code."""
        return self.process.wait(LIMIT)

    def stopped(self, number: int) -> int:
        """End it with a signal; the exit code."""
        self.process.send_signal(number)
        return self.ended()


@dataclass
class Rules:
    """Starts ansible-rulebook against simulated appliances.

    :param programs: where it is; :param inventory: a folder with hosts and their variables.
    """

    simulated: Simulated
    programs: Path
    folder: Path

    def __post_init__(self) -> None:
        self.inventory = self.folder / "inventory"
        shutil.copytree(ROOT / "inventories/simulator/group_vars", self.inventory / "group_vars")
        shutil.copy(self.simulated.inventory, self.inventory / "hosts.yml")
        self.labels = yaml.safe_load(self.simulated.inventory.read_text())["useries"]["vars"]["useries_console_labels"]

    def node(self, host: str) -> dict[str, Any]:
        """A node as the sources take it, without a sign-in."""
        node = self.simulated.nodes[host]
        return {"name": host, "host": node.address, "port": node.ports["console"]}

    def console(self, host: str) -> dict[str, Any]:
        """The same with what the simulator's console needs."""
        return {**self.node(host), "console_labels": self.labels}

    def signed_in(self, host: str) -> dict[str, str]:
        """The sign-in, as an operator sets it in the environment."""
        node = self.simulated.nodes[host]
        return {"USERIES_USERNAME": node.username, "USERIES_PASSWORD": node.password}

    @contextmanager
    def run(self, rulebook: str, variables: Mapping[str, Any], *words: str, **environment: str) -> Iterator[Rulebook]:
        """Run a rulebook, by its name or its path; it is ended in every case."""
        home = self.folder / f"home-{len(list(self.folder.iterdir()))}"
        home.mkdir()
        (home / "inventory").symlink_to(self.inventory)
        for name, content in SHOWN.items():
            (home / name).write_text(textwrap.dedent(content), encoding="utf-8")
        (home / "variables.yml").write_text(json.dumps(dict(variables)), encoding="utf-8")  # JSON is YAML
        printed, record = home / "printed.txt", home / "record.jsonl"
        with printed.open("wb") as out:
            process = subprocess.Popen(
                [*command(rulebook), *words],
                cwd=home,
                env={
                    "PATH": f"{self.programs}:{os.environ['PATH']}",
                    "HOME": str(home),
                    "LC_ALL": "C.UTF-8",
                    "PYTHONUNBUFFERED": "1",
                    "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
                    "ANSIBLE_HOME": str(home / "ansible"),
                    "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tests/support/callbacks"),
                    "ANSIBLE_CALLBACKS_ENABLED": "recorded",
                    "RECORDED_RESULTS": str(record),
                    "USERIES_STATE_DIR": str(home / "state"),
                    "USERIES_CA_PATH": str(self.simulated.ca),
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
        running = Rulebook(process, printed, record)
        try:
            yield running
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
