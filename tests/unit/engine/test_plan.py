# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs, and what a diff may show of it."""

from __future__ import annotations

import json

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan, compare

SECRET = "hunter2-canary"


def test_what_was_not_given_is_left_alone() -> None:
    assert not compare({"host": "a", "port": 25}, {"host": None, "port": 25})


@pytest.mark.parametrize(
    ("present", "wanted"),
    [("text", "text"), ("a\r\nb", "a\nb"), ("  a ", "a"), (False, False), (0, 0), (["a"], ["a"])],
)
def test_equal_is_equal(present: object, wanted: object) -> None:
    assert not compare({"x": present}, {"x": wanted})


@pytest.mark.parametrize(
    ("present", "wanted"),
    [("text", "Text"), ("a b", "ab"), (None, ""), (None, False), (True, False), ("", "x"), (1, 2)],
)
def test_different_is_different(present: object, wanted: object) -> None:
    (change,) = compare({"x": present}, {"x": wanted}).changes
    assert (change.name, change.before, change.after) == ("x", present, wanted)


def test_an_own_comparison_decides_unless_nothing_is_there() -> None:
    near = {"x": lambda present, wanted: abs(present - wanted) < 5}
    assert not compare({"x": 10}, {"x": 13}, equal=near)
    assert compare({"x": 10}, {"x": 16}, equal=near)
    assert compare({"x": None}, {"x": 16}, equal=near)


@pytest.mark.parametrize("before", [None, SECRET, "another-canary"])
def test_a_secret_is_in_no_diff(before: str | None) -> None:
    plan = Plan(
        [Change("password", before, "third-canary", secret=True), Change("port", 1, 2)], header="Page > Section"
    )
    shown = plan.diff()
    assert "canary" not in json.dumps(shown)
    assert json.loads(shown["after"])["port"] == 2
    assert shown["before"] != shown["after"]
    assert shown["before_header"] == "Page > Section"


def test_a_secret_that_cannot_be_read_back_always_differs() -> None:
    plan = compare({"password": None}, {"password": SECRET}, secrets=["password"])
    assert [change.name for change in plan.changes] == ["password"]
    assert plan.wanted == {"password": SECRET}


def test_notes_stand_on_both_sides() -> None:
    plan = Plan([Change("password", None, SECRET, secret=True)], notes={"password": "(sent along unchanged)"})
    shown = plan.diff()
    assert shown["before"] == shown["after"]
    assert "sent along" in shown["after"]
