# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Performance Counters: what is set is kept, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.scenario.settings_bench import CHANGE, NO_OP, asked, keeps, unchanged
from tests.support.simulator import Simulated
from tests.support.way import WAY

CPU = "CPU Overall Usage"
BASE = ["SQL Server Memory Percentage", CPU, "SQL Server CPU Usage", "Disk Usage"]
FIRST = {
    "low": 60,
    "medium": 75,
    "high": 90,
    "threshold_duration": 15,
    "reset_threshold": 50,
    "reset_duration": 5,
}
EXAMPLE = {
    "low": 50,
    "medium": 65,
    "high": 70,
    "threshold_duration": 10,
    "reset_threshold": 45,
    "reset_duration": 3,
}


def numbers(node: dict[str, Any]) -> Any:
    return node["counters"]["numbers"]


def switches(node: dict[str, Any]) -> Any:
    return node["counters"]["generate_alerts"], node["counters"]["daily_summaries"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"alerts": True}, (True, False)),
        ({"daily_summaries": True}, (False, True)),
        ({"alerts": True, "daily_summaries": True}, (True, True)),
    ],
)
def test_the_switches_are_set(bench: Bench, given: dict[str, Any], wanted: Any) -> None:
    keeps(bench, "performance_counters", given, switches, wanted)
    assert numbers(bench.control.state(A)) == dict.fromkeys(BASE, FIRST)


def test_the_numbers_of_a_counter_are_set_and_no_others(bench: Bench) -> None:
    given = {"counters": [{"name": CPU, **EXAMPLE}]}
    done = keeps(bench, "performance_counters", given, numbers, {**dict.fromkeys(BASE, FIRST), CPU: EXAMPLE})
    assert done["settings"]["counters"] == [{"name": CPU, **EXAMPLE}]
    before, after = (json.loads(done["diff"][side]) for side in ("before", "after"))
    assert (before[f"{CPU}.low"], after[f"{CPU}.low"]) == (60, 50)


def test_only_given_numbers_are_compared(bench: Bench) -> None:
    given = {"counters": [{"name": "Disk Usage", "high": 95}, {"name": CPU, "reset_duration": 30}]}
    wanted = {
        **dict.fromkeys(BASE, FIRST),
        "Disk Usage": {**FIRST, "high": 95},
        CPU: {**FIRST, "reset_duration": 30},
    }
    keeps(bench, "performance_counters", given, numbers, wanted)


def test_a_counter_of_the_list_alone_is_no_change(bench: Bench) -> None:
    bench.attempt("performance_counters_info")
    unchanged(bench, "performance_counters", {"counters": [{"name": name} for name in BASE]})


def test_a_counter_is_added_and_set(bench: Bench) -> None:
    given = {"daily_summaries": True, "counters": [{"name": "Memory Usage", **EXAMPLE}]}
    before = bench.look()
    checked = bench.attempt("performance_counters", check_mode=True, **given)
    assert (checked["changed"], bench.writes(), bench.look()) == (True, 0, before), checked
    bench.control.reset_counts()
    done = bench.attempt("performance_counters", **given)
    assert done["changed"] is True, done
    assert bench.writes() == 2, "Add to List and Apply Updated Settings"
    assert WAY != "html" or asked(bench) <= CHANGE
    node = bench.control.state(A)
    assert numbers(node) == {**dict.fromkeys(BASE, FIRST), "Memory Usage": EXAMPLE}
    assert switches(node) == (False, True)
    assert done["diff"] == checked["diff"]
    assert json.loads(done["diff"]["before"])["Memory Usage.listed"] is False
    unchanged(bench, "performance_counters", given)


def test_two_counters_are_added_without_numbers(bench: Bench) -> None:
    given = {"counters": [{"name": "Memory Usage"}, {"name": "Disk Queue Length", "high": 400}]}
    done = bench.attempt("performance_counters", **given)
    assert done["changed"] is True, done
    assert bench.writes() == 3
    own = numbers(bench.control.state(A))
    assert own["Memory Usage"] == FIRST
    assert own["Disk Queue Length"] == {**FIRST, "high": 400}
    unchanged(bench, "performance_counters", given)


def test_a_refusal_of_the_console_is_told(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "apply_updated_settings", "The disk is full.")
    failed = bench.attempt("performance_counters", alerts=True)
    assert failed["failed"] is True
    assert "The disk is full." in failed["msg"]
    assert switches(bench.control.state(A)) == (False, False)


def test_the_page_is_reported(bench: Bench) -> None:
    bench.attempt("performance_counters_info")
    bench.control.reset_counts()
    told = bench.attempt("performance_counters_info")["performance_counters"]
    assert told == {
        "alerts": False,
        "daily_summaries": False,
        "counters": [{"name": name, **FIRST} for name in BASE],
        "available": ["Memory Usage", "Disk Queue Length", "Network Utilization"],
    }
    assert WAY != "html" or asked(bench) <= NO_OP
    assert bench.writes() == 0
    bench.attempt("performance_counters", counters=[{"name": "Memory Usage"}])
    told = bench.attempt("performance_counters_info")["performance_counters"]
    assert [one["name"].casefold() for one in told["counters"]] == [*(name.casefold() for name in BASE), "memory usage"]
    assert told["available"] == ["Disk Queue Length", "Network Utilization"]
    assert bench.attempt("performance_counters_info", query="available[0]")["performance_counters"] == (
        "Disk Queue Length"
    )


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("module", "own"), [("performance_counters", {"alerts": True}), ("performance_counters_info", {})]
)
def test_a_passive_node_without_the_page_says_so(bench: Bench, module: str, own: dict[str, Any]) -> None:
    bench.stage("synchronized")
    bench.control.labels(hide=["performance_counters"])
    bench.refused(module, "This node is passive", "active node", kind="label_missing", on=B, **own)
    assert "This node is passive" not in bench.attempt(module, **own)["msg"]


@pytest.mark.parametrize(("seed", "rendering"), [(2, "html"), (5, "html"), (11, "html"), (2, "script")])
@pytest.mark.long
def test_other_consoles_do_it_as_well(tmp_path: Path, seed: int, rendering: str) -> None:
    with Simulated(seed=seed, rendering=rendering) as running, benched(running, tmp_path) as bench:
        given = {"alerts": True, "counters": [{"name": CPU, **EXAMPLE}, {"name": "Network Utilization", "low": 55}]}
        done = bench.attempt("performance_counters", **given)
        assert done["changed"] is True, done
        node = bench.control.state(A)
        assert numbers(node)[CPU] == EXAMPLE
        assert numbers(node)["Network Utilization"] == {**FIRST, "low": 55}
        assert switches(node) == (True, False)
        told = bench.attempt("performance_counters_info", names=["Network Utilization"])["performance_counters"]
        assert len(told["counters"]) == 5
        assert told["available"] == ["Memory Usage", "Disk Queue Length"]
        assert bench.attempt("performance_counters", **given)["changed"] is False
