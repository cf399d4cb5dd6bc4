# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notifications of the site Diagnostics."""

from __future__ import annotations

import pytest

from tests.scenario.bad_input_bench import A, Bench


@pytest.fixture
def told(bench: Bench) -> Bench:
    """An appliance that has told four things in this order."""
    for severity in ("Info", "Low", "Medium", "High"):
        bench.control.do(A, "notify", severity, f"This is {severity.lower()}.")
    bench.control.reset_counts()
    return bench


def test_what_the_appliance_has_told(told: Bench) -> None:
    done = told.attempt("notification_info")
    assert done["changed"] is False, done
    mine = [one for one in done["notifications"] if one["text"].startswith("This is")]
    assert [(one["severity"], one["text"]) for one in mine] == [
        ("High", "This is high."),
        ("Medium", "This is medium."),
        ("Low", "This is low."),
        ("Info", "This is info."),
    ]
    assert all(len(one["at"]) == len("2026-01-01T00:00:00") for one in mine)
    assert told.writes() == 0


def test_only_some_severities(told: Bench) -> None:
    found = told.attempt("notification_info", severity=["High", "Low"])["notifications"]
    assert {one["severity"] for one in found} == {"High", "Low"}


def test_only_since_a_moment(told: Bench) -> None:
    assert told.attempt("notification_info", since="1999-12-31 23:00")["notifications"]
    assert told.attempt("notification_info", since="2999-01-01")["notifications"] == []


def test_an_unknown_severity_lists_the_four(told: Bench) -> None:
    told.refused("notification_info", "Info", "Low", "Medium", "High", severity=["Urgent"])


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "28.11.2026"])
def test_a_moment_that_is_none(told: Bench, since: str) -> None:
    told.refused("notification_info", "since", "YYYY-MM-DD", kind="invalid", since=since)
