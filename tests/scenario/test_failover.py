# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A failover by hand in medium failover mode: fenced, confirmed, ordered once. What is known of the old node itself is
tested in test_fence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.simulator import Simulated

NAMES = {"confirm": "UVM-1B+UVM-1A", "accept_data_loss": True}


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulated]:
    with Simulated(surfaces=("console", "endpoint", "idrac")) as pair:
        yield pair
        assert "Traceback" not in pair.output


@pytest.fixture
def bench(simulated: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """A pair in medium failover mode whose active node UVM-1A lost its power half an hour ago."""
    with benched(simulated, tmp_path) as made:
        made.stage("synchronized")
        made.secrets |= {made.inventory[host]["useries_idrac_password"] for host in (A, B)}
        for host in (A, B):
            made.control.do(host, "ha.update_settings", {"medium_failover_mode": True})
        made.control.power(A, "off")
        made.control.advance(1800)
        made.control.align()
        made.control.reset_counts()
        assert role(made) == "Passive"
        yield made


def role(bench: Bench, on: str = B) -> str:
    return str(bench.control.state(on)["ha"]["role"])


def without_idrac(bench: Bench) -> str:
    """As on a virtual appliance; gives the word of a person."""
    bench.inventory[A].pop("useries_idrac_host")
    return f"UVM-1A@{bench.inventory[A]['useries_host']}"


def said(result: dict[str, Any]) -> dict[str, str]:
    return {view["view"]: view["says"] for view in result["fence"]}


def test_the_passive_takes_over_once(bench: Bench) -> None:
    checked = bench.attempt("failover", B, check_mode=True, **NAMES)
    assert (checked.get("failed"), checked["changed"], bench.writes(), role(bench)) == (None, True, 0, "Passive"), (
        checked
    )
    done = bench.attempt("failover", B, **NAMES)
    assert (done.get("failed"), done["changed"], bench.writes(), role(bench)) == (None, True, 1, "Active"), done
    assert done["failover"]["role"] == "Active"
    assert done["diff"] == checked["diff"]
    for result in (checked, done):
        seen = said(result)
        assert (seen["controller"], seen["passive"], seen["idrac"]) == ("silent", "silent", "off")
        bench.silent(result)
    again = bench.attempt("failover", B, **NAMES)
    assert (again.get("failed"), again["changed"], bench.writes(), again["fence"]) == (None, False, 1, []), again


def test_the_word_of_a_person_is_asked_for_and_taken(bench: Bench) -> None:
    word = without_idrac(bench)
    for check_mode in (False, True):
        words = ("no proof", f"-e primary_is_off={word}", "no iDRAC of that host")
        bench.refused("failover", *words, on=B, kind="precondition", check_mode=check_mode, **NAMES)
    bench.refused("failover", "not the node", on=B, kind="precondition", primary_is_off="UVM-1B@x", **NAMES)
    done = bench.attempt("failover", B, primary_is_off=word, **NAMES)
    assert (done.get("failed"), done["changed"], said(done)["person"]) == (None, True, "off"), done


def test_what_power_tasks_found_is_taken(bench: Bench) -> None:
    without_idrac(bench)
    bench.refused("failover", "power_state is on", on=B, kind="precondition", power_state="on", **NAMES)
    done = bench.attempt("failover", B, power_state="off", **NAMES)
    assert (done.get("failed"), done["changed"], role(bench)) == (None, True, "Active"), done


def test_it_is_confirmed_by_both_names_and_the_loss(bench: Bench) -> None:
    for given in (
        {},
        {"confirm": "UVM-1B+UVM-1A"},
        {"accept_data_loss": True},
        {"confirm": "UVM-1A+UVM-1B", "accept_data_loss": True},
        {"confirm": "UVM-1A", "accept_data_loss": True},
    ):
        words = ("confirm: 'UVM-1B+UVM-1A'", "accept_data_loss: true", "SYNCHRONIZED")
        bench.refused("failover", *words, on=B, kind="precondition", **given)


def test_only_while_the_primary_is_down(bench: Bench) -> None:
    bench.control.power(A, "on")
    bench.control.advance(600)
    bench.control.align()
    word = f"UVM-1A@{bench.inventory[A]['useries_host']}"
    for given in ({}, {"primary_is_off": word, "power_state": "off"}):
        words = ("only while the primary is down", "switch_roles")
        bench.refused("failover", *words, on=B, kind="precondition", **given, **NAMES)


def test_a_network_between_the_nodes_that_is_cut_is_no_reason(bench: Bench) -> None:
    """The button is offered, and the old node serves its users."""
    bench.stage("synchronized")
    for host in (A, B):
        bench.control.do(host, "ha.update_settings", {"medium_failover_mode": True})
    bench.control.do(B, "set_link", False, True)
    bench.control.advance(1800)
    bench.control.align()
    word = f"UVM-1A@{bench.inventory[A]['useries_host']}"
    words = ("shows a sign of life", "answers Active", "it says On")
    bench.refused("failover", *words, on=B, kind="precondition", primary_is_off=word, power_state="off", **NAMES)


def test_an_active_node_is_left_alone_whatever_its_partner_is_like(bench: Bench) -> None:
    bench.stage("synchronized")
    done = bench.attempt("failover", A)
    assert (done.get("failed"), done["changed"], done["fence"], bench.writes()) == (None, False, [], 0), done


def test_a_lost_answer_is_decided_by_the_role(bench: Bench) -> None:
    bench.control.fault("reset", node=B, method="POST", when="after", path="maintenance")
    done = bench.attempt("failover", B, **NAMES)
    assert (done.get("failed"), done["changed"], role(bench), bench.writes()) == (None, True, "Active", 1), done
    assert any("was lost" in one for one in done["warnings"])


def test_an_old_node_that_comes_up_at_the_last_moment_stops_it(bench: Bench) -> None:
    """The fence is asked again right before the order."""
    from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.failover import FailOver

    before = FailOver.order

    def late(self: Any, state: Any) -> None:
        bench.control.power(A, "on")
        bench.control.advance(600)
        before(self, state)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FailOver, "order", late)
        result = bench.attempt("failover", B, **NAMES)
    bench.helps(result, "shows a sign of life", kind="precondition")
    assert bench.writes() == 0


def test_without_high_availability_there_is_nothing_to_fail_over_to(bench: Bench) -> None:
    bench.stage("partners")
    bench.refused("failover", "High availability is off", on=B, **NAMES)
    bench.stage("roles")
    bench.refused("failover", "no partner yet", on=B, kind="precondition", **NAMES)


def test_a_node_that_does_not_answer_is_unreachable(bench: Bench) -> None:
    bench.control.power(B, "off")
    result = bench.attempt("failover", B, **NAMES)
    assert result["unreachable"] is True, result
