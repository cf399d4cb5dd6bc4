# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the scenarios: ansible-playbook of every core asked for, and a simulated pair."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.bad_input_bench import bench
from tests.support.playbook import Core, Playbooks, cores
from tests.support.simulator import Simulated, simulated, simulated_pair

__all__ = ("bench", "core", "playbooks", "simulated", "simulated_pair")


@pytest.fixture(params=cores(), ids=lambda one: f"core-{one.name}")
def core(request: pytest.FixtureRequest) -> Core:
    """Each ansible-core asked for with CORES."""
    found: Core = request.param
    return found


@pytest.fixture
def playbooks(core: Core, simulated: Simulated, tmp_path: Path) -> Playbooks:
    """Runs playbooks against the simulated pair, with an empty home."""
    return Playbooks(core, simulated.inventory, tmp_path)
