# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests on consoles that nobody here wrote, and the table that a run of them leaves.

Every test file has a fixture ``stranger``: its program, started. ``driver`` is each driver on it in turn. A file whose
pages are drawn by scripts sets ``SCRIPTED``; it is left alone as long as no driver runs scripts.

``STRANGERS_EVIDENCE=docs/evidence pytest tests/protocol/strangers -m 'judges or not judges'`` writes
what worked and what did not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from tests.support.environments import programs
from tests.support.strangers import DRIVERS, Stranger
from tests.support.strangers_table import Table

SCRIPTS_RUN_IN = "browser"

FOR_SCRIPTS = ("test_awkward.py", "test_scripted_cockpit.py", "test_scripted_nicegui.py", "test_scripted_syncthing.py")
collect_ignore = [] if SCRIPTS_RUN_IN in DRIVERS else list(FOR_SCRIPTS)


def pytest_configure(config: pytest.Config) -> None:
    """Keep the table when it is asked for."""
    target = os.environ.get("STRANGERS_EVIDENCE")
    if target:
        config.pluginmanager.register(Table(Path(target)), "strangers-table")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test runs with every driver that can show its pages."""
    if "driver" in metafunc.fixturenames:
        scripted = getattr(metafunc.module, "SCRIPTED", False)
        names = [name for name in DRIVERS if name == SCRIPTS_RUN_IN or not scripted]
        metafunc.parametrize("driver", names, indirect=True)


@pytest.fixture
def driver(request: pytest.FixtureRequest, stranger: Stranger, record_property: Any) -> Iterator[ConsoleDriver]:
    """One driver on the program."""
    record_property("stranger", (stranger.name, stranger.version))  # plain: it travels between processes
    with DRIVERS[request.param](stranger) as made:
        yield made


@pytest.fixture(scope="session")
def judges() -> Path:
    """The interpreter of the environment of programs from outside."""
    return programs("judges", "python") / "python"


def needed(*programs: str) -> None:
    """Skip when a program of the system is not there."""
    missing = [program for program in programs if not Path(program).exists()]
    if missing:
        pytest.skip(f"not there: {', '.join(missing)}; run tools/system-packages.sh --with-strangers")
