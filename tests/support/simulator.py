# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process of its own, for protocol and scenario tests.

In a conftest::

    from tests.support.simulator import simulated, simulated_pair

    __all__ = ("simulated", "simulated_pair")

gives the fixture ``simulated``: one pair for the session, set back to its start before each test

or, with other settings::

    with Simulated(pairs=2, seed=7, speed=100, surfaces=("console", "endpoint")) as pairs:
        pairs.control.power("useries-1a", "off")
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from simulator.control_client import ControlClient
from tests.support.way import RENDERING, SPEED

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SURFACES = ("console", "endpoint")


@dataclass(frozen=True)
class SimulatedNode:
    """One simulated appliance.

    :param host: inventory name; :param name: network name; :param accounts: account -> {username, password}.
    """

    host: str
    name: str
    address: str
    ports: dict[str, int]
    accounts: dict[str, dict[str, str]]

    @property
    def url(self) -> str:
        """https://address:port of console and endpoint."""
        return f"https://{self.address}:{self.ports['console']}"

    @property
    def username(self) -> str:
        """Of the console."""
        return self.accounts["admin"]["username"]

    @property
    def password(self) -> str:
        """Of the console."""
        return self.accounts["admin"]["password"]


class Simulated:
    """A running simulator.

    :param seed: of the rendering; the environment variable USERIES_SIMULATOR_SEED stands in when it is None.
    :param speed: simulated seconds per real second; :param surfaces: wires to start.
    :param labels: dotted id -> other words on the console (``--labels``).
    :param rendering: html or script; None: of the environment variable USERIES_SIMULATOR_RENDERING, else of WAY.
    :param navigation: menus of the console: ``3.3``, ``later`` or ``other``.
    """

    def __init__(
        self,
        pairs: int = 1,
        seed: int | None = None,
        speed: float = SPEED,
        surfaces: Sequence[str] = DEFAULT_SURFACES,
        labels: Mapping[str, str] | None = None,
        rendering: str | None = None,
        navigation: str = "3.3",
    ) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="useries-simulator-"))
        self.seed = int(os.environ.get("USERIES_SIMULATOR_SEED", "1")) if seed is None else seed
        self.rendering = rendering or os.environ.get("USERIES_SIMULATOR_RENDERING") or RENDERING
        words = ["--pairs", str(pairs), "--seed", str(self.seed), "--speed", str(speed)]
        words += ["--rendering", self.rendering]
        if labels:
            file = self.directory / "labels.yml"
            file.write_text(json.dumps(dict(labels)), encoding="utf-8")  # JSON is YAML
            words += ["--labels", str(file)]
        words += ["--navigation", navigation]
        self._run("--background", *words, "--surfaces", ",".join(surfaces))
        self.told: dict[str, Any] = json.loads((self.directory / "simulator.json").read_text(encoding="utf-8"))
        self.control = ControlClient(**self.told["control"])
        self.inventory = self.directory / "inventory.yml"
        self.ca = self.directory / "ca.pem"
        self.nodes = {host: SimulatedNode(host, **node) for host, node in self.told["nodes"].items()}

    @classmethod
    def start(
        cls, pairs: int = 1, seed: int | None = None, speed: float = SPEED, surfaces: Sequence[str] = DEFAULT_SURFACES,
        rendering: str | None = None,
    ) -> Simulated:  # fmt: skip
        """The same as the constructor, in words."""
        return cls(pairs, seed, speed, surfaces, rendering=rendering)

    def _run(self, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", "simulator", "--directory", str(self.directory), *words],
            cwd=ROOT, env=environment, text=True, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"the simulator (seed {self.seed}): {done.stderr.strip()}")

    @property
    def output(self) -> str:
        """What the process has printed; a traceback in it is a fault of the simulator."""
        return (self.directory / "simulator.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        """End the process and remove its files."""
        if self.directory.exists():
            self._run("--stop")
            shutil.rmtree(self.directory)

    def __enter__(self) -> Simulated:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@pytest.fixture(scope="session")
def simulated_pair() -> Iterator[Simulated]:
    """One pair for the whole test session (console and endpoint)."""
    with Simulated() as running:
        yield running


@pytest.fixture
def simulated(simulated_pair: Simulated) -> Simulated:
    """The session's pair, set back to its start."""
    simulated_pair.control.reset()
    simulated_pair.control.labels(hide=[], duplicate=[])
    return simulated_pair
