# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of the campaign: each with its commit, and none taken over for what failed meanwhile."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.support.project import tool

KILLS = "tests/scenario/test_k.py::test_killed[core-own-drill: task Gates: "
GONE = "tests/scenario/test_g.py::test_gone[A]"


@pytest.fixture
def campaign() -> ModuleType:
    """tools/campaign.py as a module."""
    return tool("campaign")


def good(*tests: str) -> dict[str, dict[str, object]]:
    """These passed."""
    return {test: {"passed": True, "seconds": 1.0} for test in tests}


def bad(*tests: str) -> dict[str, dict[str, object]]:
    """These failed."""
    return {test: {"passed": False, "seconds": 1.0} for test in tests}


def figure(passed: str, commits: dict[str, int], failed: list[str], not_run: list[str]) -> dict[str, object]:
    """A figure of the evidence."""
    return {"passed": passed, "commits": commits, "failed": failed, "not_run": not_run}


EVERY = [f"{KILLS}{how}]" for how in ("all", "none", "parent")]


def test_a_part_of_the_campaign_leaves_the_other_figures(campaign: ModuleType) -> None:
    first = campaign.figures("one", good(GONE), [*EVERY, GONE], {})
    assert first == {"test_gone": figure("1 of 1", {"one": 1}, [], [])}
    ran = {**good(EVERY[0]), **bad(EVERY[1])}
    second = campaign.figures("two", ran, [*EVERY, GONE], first)
    assert second == {**first, "test_killed, drill": figure("1 of 3", {"two": 1}, [EVERY[1]], [EVERY[2]])}
    third = campaign.figures("three", good(EVERY[2]), [*EVERY, GONE], second)
    assert third["test_killed, drill"] == figure("1 of 3", {"three": 1}, [], EVERY[:2])


def test_the_rest_is_added_with_its_own_commit(campaign: ModuleType) -> None:
    before = {"test_killed, drill": figure("1 of 3", {"one": 1}, [EVERY[1]], [EVERY[2]])}
    assert campaign.owed([*EVERY, GONE], before) == {EVERY[1], EVERY[2], GONE}
    some = campaign.figures("two", good(EVERY[2]), EVERY, before, rest=True)
    assert some == {"test_killed, drill": figure("2 of 3", {"one": 1, "two": 1}, [EVERY[1]], [])}
    done = campaign.figures("two", good(*EVERY[1:]), EVERY, before, rest=True)
    assert done == {"test_killed, drill": figure("3 of 3", {"one": 1, "two": 2}, [], [])}
    assert campaign.owed(EVERY, done) == set()
    again = campaign.figures("two", {**bad(EVERY[1]), **good(EVERY[2])}, EVERY, before, rest=True)
    assert again == some


def test_a_group_with_other_tests_begins_afresh(campaign: ModuleType) -> None:
    before = {"test_killed, drill": figure("2 of 2", {"one": 2}, [], [])}
    assert campaign.owed(EVERY, before) == set(EVERY)


def test_its_own_figures_are_no_change_of_the_tree(
    campaign: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "ROOT", tmp_path)
    monkeypatch.setattr(campaign, "EVIDENCE", tmp_path / "figures.json")
    for file in ("figures.json", "code.py"):
        (tmp_path / file).write_text("1\n", encoding="utf-8")
    author = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    for words in (("init", "-q"), ("add", "."), (*author, "commit", "-qm", "first")):
        assert campaign.run("git", *words).returncode == 0
    name = campaign.commit()
    (tmp_path / "figures.json").write_text("2\n", encoding="utf-8")
    assert campaign.commit() == name
    (tmp_path / "code.py").write_text("2\n", encoding="utf-8")
    assert campaign.commit() == f"{name}-changed"
