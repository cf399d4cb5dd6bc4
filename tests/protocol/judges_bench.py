# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the judges from outside: programs in an environment of their own, made by tests/judges/environment.sh
(JUDGES_VENV, or .venvs/judges).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.redfish_bench import HOST, PASSWORD, Bench, idrac
from tests.support.environments import programs

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 300
"""Seconds that one judge may take."""
SHORT_SLEEPS = """\
import time

asleep = time.sleep
time.sleep = lambda seconds: asleep(min(seconds, 0.05))
"""
"""Dell's modules wait for hardware with fixed pauses of up to a minute; the simulator needs none of them."""

DELL = {
    "idrac_ip": HOST,
    "idrac_port": "{{ port }}",
    "idrac_user": "root",
    "idrac_password": "{{ password }}",
    "ca_path": "{{ ca_path }}",
}
"""How the modules ``dellemc.openmanage.idrac_*`` are connected."""
REDFISH = {
    "baseuri": HOST + ":{{ port }}",
    "username": "root",
    "password": "{{ password }}",
    "ca_path": "{{ ca_path }}",
}
"""The same for the modules ``redfish_*`` of Dell; those of the community verify nothing unless told to."""
COMMUNITY = {**REDFISH, "validate_certs": True}

Task = Mapping[str, Mapping[str, Any]]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A simulated iDRAC."""
    with idrac(tmp_path) as started:
        yield started


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder of the judges' programs."""
    return programs("judges", "rf_protocol_validator")


def restart(bench: Bench) -> None:
    """Start the server anew, and let it come up."""
    bench.world.advance(5)
    bench.appliance.restart(graceful=False)
    bench.world.advance(900)


def run(command: list[str], directory: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a judge; its output is kept for the message."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment |= {"HOME": str(directory), "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )


class Plays:
    """Modules of others before the simulated iDRAC, each a task of one playbook."""

    def __init__(self, bench: Bench, judges: Path, directory: Path) -> None:
        self._bench = bench
        self._judges = judges
        self._directory = directory
        self._sleeps = directory / "sleeps"
        self._sleeps.mkdir()
        (self._sleeps / "sitecustomize.py").write_text(SHORT_SLEEPS)

    def __call__(self, **tasks: Task) -> dict[str, dict[str, Any]]:
        """Run tasks in this order, those after a failed one as well; what each of them answered, by its name."""
        seen, play, values = (self._directory / name for name in ("seen.json", "play.yml", "values.json"))
        steps: list[dict[str, Any]] = [
            {**task, "register": name, "ignore_errors": True} for name, task in tasks.items()
        ]
        answers = ", ".join(f"'{name}': {name}" for name in tasks)
        copied = {"dest": str(seen), "mode": "0600", "content": f"{{{{ {{{answers}}} | to_json }}}}"}
        steps.append({"ansible.builtin.copy": copied})
        play.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": steps}]))
        given = {"password": PASSWORD, "port": self._bench.server.port, "ca_path": str(self._bench.ca_path)}
        values.write_text(json.dumps({**given, "ansible_python_interpreter": str(self._judges / "python")}))
        command = [str(self._judges / "ansible-playbook"), "-i", "localhost,", "-c", "local", "-e", f"@{values}"]
        variables = {"ANSIBLE_HOME": str(self._directory / "ansible"), "PYTHONPATH": str(self._sleeps)}
        done = run([*command, str(play)], self._directory, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, dict[str, Any]] = json.loads(seen.read_text())
        return found


@pytest.fixture
def plays(bench: Bench, judges: Path, tmp_path: Path) -> Plays:
    """Runs modules of others."""
    return Plays(bench, judges, tmp_path)


def good(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer of a task that did not fail."""
    assert not answer.get("failed") and not answer.get("unreachable"), answer
    return answer
