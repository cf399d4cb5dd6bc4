# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of the campaign: each with its commit, and none taken over for what failed meanwhile."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.support.project import tool

KILLS = "tests/scenario/test_k.py::test_killed[core-own-drill: task Gates: "
GONE = "tests/scenario/test_g.py::test_gone[A]"


@pytest.fixture
def campaign() -> ModuleType:
    """tools/campaign.py as a module."""
    return tool("campaign")


def test_a_part_of_the_campaign_leaves_the_other_figures(campaign: ModuleType) -> None:
    every = [f"{KILLS}parent]", f"{KILLS}all]", f"{KILLS}none]", GONE]
    first = campaign.figures("one", {GONE: {"passed": True, "seconds": 1.0}}, every, {})
    assert first == {"test_gone": {"passed": "1 of 1", "commit": "one", "failed": [], "not_run": 0}}
    ran = {every[0]: {"passed": True, "seconds": 1.0}, every[1]: {"passed": False, "seconds": 1.0}}
    assert campaign.figures("two", ran, every, first) == {
        **first,
        "test_killed, drill": {"passed": "1 of 3", "commit": "two", "failed": [every[1]], "not_run": 1},
    }
