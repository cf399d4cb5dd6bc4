# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Discarding the configuration of a pair, whether the first node takes the second one along or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenario.bad_input_bench import A, B, Bench

GIVEN = {"confirm": "UVM-1A+UVM-1B"}


@pytest.fixture
def pair(bench: Bench) -> Iterator[Bench]:
    bench.stage("synchronized")
    yield bench
    bench.control.set("abandon_takes_both", True)


def phases(bench: Bench) -> tuple[str, ...]:
    return tuple(str(bench.control.state(host)["ha"]["phase"]) for host in (A, B))


@pytest.mark.parametrize(("takes_both", "writes"), [(True, 1), (False, 2)])
def test_both_nodes_show_initial_setup_afterwards(pair: Bench, takes_both: bool, writes: int) -> None:
    pair.control.set("abandon_takes_both", takes_both)
    checked = pair.attempt("ha_abandon", check_mode=True, **GIVEN)
    assert (checked.get("failed"), checked["changed"], pair.writes()) == (None, True, 0), checked
    assert phases(pair) == ("configured", "configured")
    done = pair.attempt("ha_abandon", **GIVEN)
    assert (done.get("failed"), done["changed"], pair.writes()) == (None, True, writes), done
    assert phases(pair) == ("initial_setup", "initial_setup")
    assert {(node["page"], node["role"]) for node in done["nodes"].values()} == {("initial_setup", "Off")}
    assert done["diff"] == checked["diff"]
    again = pair.attempt("ha_abandon", **GIVEN)
    assert (again.get("failed"), again["changed"], pair.writes()) == (None, False, writes), again
    for result in (checked, done, again):
        pair.silent(result)


def test_the_passive_node_runs_it_as_well(pair: Bench) -> None:
    """The names are in the order of the task's node; the active one is asked first."""
    pair.refused("ha_abandon", "UVM-1B+UVM-1A", on=B, kind="precondition", **GIVEN)
    pair.control.set("abandon_takes_both", False)
    pair.control.reset_counts()
    done = pair.attempt("ha_abandon", B, confirm="UVM-1B+UVM-1A")
    assert (done.get("failed"), phases(pair)) == (None, ("initial_setup", "initial_setup")), done
    order = [entry["node"] for entry in pair.control.log() if entry["kind"] == "write"]
    assert order == ["UVM-1A", "UVM-1B"]


@pytest.mark.parametrize("confirm", [None, "UVM-1A", "UVM-1B+UVM-1A", "uvm-1a+uvm-1b", "yes"])
def test_it_is_confirmed_by_both_names(pair: Bench, confirm: str | None) -> None:
    for check_mode in (False, True):
        words = ("would be discarded", "confirm: 'UVM-1A+UVM-1B'", "verified backup")
        pair.refused("ha_abandon", *words, kind="precondition", confirm=confirm, check_mode=check_mode)


def test_a_silent_partner_keeps_its_configuration_and_a_warning_says_so(pair: Bench) -> None:
    pair.control.power(B, "off")
    done = pair.attempt("ha_abandon", **GIVEN)
    assert (done.get("failed"), done["changed"], phases(pair)) == (None, True, ("initial_setup", "configured")), done
    assert any(f"{B} cannot be read" in one and "keep it off" in one for one in done["warnings"])
    pair.control.power(B, "on")
    pair.control.advance(600)
    again = pair.attempt("ha_abandon", **GIVEN)
    assert (again.get("failed"), again["changed"], phases(pair)) == (None, True, ("initial_setup", "initial_setup"))


@pytest.mark.parametrize("takes_both", [True, False])
def test_a_lost_answer_is_decided_by_the_page(pair: Bench, takes_both: bool) -> None:
    pair.control.set("abandon_takes_both", takes_both)
    pair.control.fault("reset", node=A, method="POST", when="after", path="maintenance")
    done = pair.attempt("ha_abandon", **GIVEN)
    assert (done.get("failed"), done["changed"], phases(pair)) == (None, True, ("initial_setup", "initial_setup")), done
    assert any("was lost" in one for one in done["warnings"])


def test_nodes_that_are_no_partners_are_left_alone(bench: Bench) -> None:
    bench.stage("roles")
    done = bench.attempt("ha_abandon")
    assert (done.get("failed"), done["changed"], bench.writes()) == (None, False, 0), done
