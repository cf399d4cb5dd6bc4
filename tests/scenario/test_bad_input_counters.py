# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input for the performance counters: refused, in words that help, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import nothing_asked

CPU = "CPU Overall Usage"

BEFORE_ANY_REQUEST: list[tuple[dict[str, int], tuple[str, ...]]] = [
    ({"low": 70, "medium": 65}, ("low (70) must be below medium (65)",)),
    ({"low": 65, "medium": 65}, ("low (65) must be below medium (65)",)),
    ({"medium": 80, "high": 70}, ("medium (80) must be below high (70)",)),
    ({"low": 80, "high": 70}, ("low (80) must be below high (70)",)),
    ({"low": 50, "reset_threshold": 50}, ("reset_threshold (50) must be below low (50)",)),
    ({"low": 50, "reset_threshold": 60}, ("reset_threshold (60) must be below low (50)",)),
    ({"high": 50, "reset_threshold": 60}, ("reset_threshold (60) must be below high (50)",)),
    ({"threshold_duration": -1}, ("threshold_duration is -1", "0 or more")),
    ({"reset_duration": -5}, ("reset_duration is -5", "0 or more")),
    ({"high": 101}, ("high is 101", "0 to 100")),
    ({"reset_threshold": 400}, ("reset_threshold is 400", "0 to 100")),
    ({"low": -1}, ("low is -1", "0 to 100")),
    ({"low": 90, "medium": 20, "reset_duration": -1}, ("low (90)", "reset_duration is -1")),
]


@pytest.mark.parametrize(("own", "words"), BEFORE_ANY_REQUEST)
def test_numbers_that_make_no_sense_are_refused_at_once(
    bench: Bench, own: dict[str, int], words: tuple[str, ...]
) -> None:
    counters = [{"name": CPU, **own}]
    bench.refused("performance_counters", CPU, *words, kind="invalid", counters=counters)
    bench.refused("performance_counters", CPU, *words, kind="invalid", counters=counters, check_mode=True)
    assert nothing_asked(bench)


@pytest.mark.parametrize(
    ("counters", "word"),
    [
        ([{"name": CPU}, {"name": "cpu  overall usage", "low": 5}], "twice"),
        ([{"name": " "}], "empty name"),
    ],
)
def test_names_that_cannot_be_are_refused_at_once(bench: Bench, counters: list[dict[str, Any]], word: str) -> None:
    bench.refused("performance_counters", word, kind="invalid", counters=counters)
    assert nothing_asked(bench)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ("one of the following is required", "alerts, daily_summaries, counters")),
        ({"alerts": "perhaps"}, ("alerts", "not a valid boolean")),
        ({"daily_summaries": "weekly"}, ("daily_summaries", "not a valid boolean")),
        ({"counters": [{"low": 5}]}, ("name",)),
        ({"counters": [{"name": CPU, "low": "much"}]}, ("low", "int")),
        ({"counters": [{"name": CPU, "state": "absent"}]}, ("state",)),
    ],
)
def test_options_of_the_wrong_kind(bench: Bench, options: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused("performance_counters", *words, **options)
    assert nothing_asked(bench)


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"low": 80}, ("low (80) must be below medium (75)",)),
        ({"high": 70}, ("medium (75) must be below high (70)",)),
        ({"reset_threshold": 60}, ("reset_threshold (60) must be below low (60)",)),
        ({"low": 40}, ("reset_threshold (50) must be below low (40)",)),
    ],
)
def test_numbers_are_judged_together_with_those_of_the_page(
    bench: Bench, own: dict[str, int], words: tuple[str, ...], check_mode: bool
) -> None:
    counters = [{"name": CPU, **own}]
    bench.refused(
        "performance_counters",
        CPU,
        "that the page has",
        *words,
        kind="invalid",
        check_mode=check_mode,
        alerts=True,
        counters=counters,
    )


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize("name", ["Coffee Level", "Performance Counters", "Low"])
def test_an_unknown_counter_is_refused_with_the_choices(bench: Bench, name: str, check_mode: bool) -> None:
    bench.refused(
        "performance_counters",
        f"The counter {name}",
        "Memory Usage, Disk Queue Length, Network Utilization",
        kind="invalid",
        check_mode=check_mode,
        counters=[{"name": CPU, "low": 55}, {"name": name}],
    )


def test_a_counter_that_was_added_with_unfitting_numbers_says_so(bench: Bench) -> None:
    failed = bench.attempt("performance_counters", alerts=True, counters=[{"name": "Memory Usage", "low": 80}])
    bench.helps(failed, "low (80) must be below medium (75)", "may be in the list now", kind="invalid")
    own = bench.control.state(A)["counters"]
    assert own["numbers"]["Memory Usage"]["low"] == 60
    assert own["generate_alerts"] is False


def test_a_counter_of_another_unit_may_be_above_a_hundred(bench: Bench) -> None:
    counters = [{"name": "Disk Queue Length", "low": 200, "medium": 300, "high": 400}]
    assert bench.attempt("performance_counters", check_mode=True, counters=counters)["changed"] is True


def test_a_query_that_is_none(bench: Bench) -> None:
    failed = bench.attempt("performance_counters_info", query="][")
    bench.helps(failed, "query", "JMESPath", kind="invalid")
