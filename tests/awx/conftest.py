# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The environment of the judges, which has awx.awx, and a stand-in of AWX that the playbook has set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.awx.awx_bench import ORGANIZATION, Done, Setup
from tests.awx.stand_in import StandIn, running
from tests.support.environments import programs


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder of the judges' programs."""
    return programs("judges", "ansible-playbook")


class Made(NamedTuple):
    """Two whole runs: how they ended, and what they wrote."""

    awx: StandIn
    first: Done
    second: Done
    written: int


@pytest.fixture(scope="session")
def made(judges: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """AWX after the playbook ran twice, with everything that a user may choose."""
    with running(ORGANIZATION) as awx:
        kind = awx.add("credential_types", name="made before", kind="cloud")
        awx.add("credentials", name="consoles", organization=1, credential_type=kind)
        setup = Setup(judges, tmp_path_factory.mktemp("awx"), awx)
        given: dict[str, Any] = {
            "awx_surfaces": ["console", "windows", "sql", "idrac"],
            "awx_credentials": ["consoles"],
            "awx_state_claim": "useries-state",
            "awx_webhook": {"url": "https://chat.example.com/hook", "headers": {}, "http_method": "POST"},
        }
        first = setup.run(**given)
        written = len(awx.writes)
        second = setup.run(**given) if first.code == 0 else first
        yield Made(awx, first, second, written)


@pytest.fixture
def empty(judges: Path, tmp_path: Path) -> Iterator[Setup]:
    """An AWX with nothing but its organisation."""
    with running(ORGANIZATION) as awx:
        yield Setup(judges, tmp_path, awx)
