# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both nodes in one answer: what the pair is like, whether it failed over, and what the guide decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.support.way import SPEED


def look(bench: Bench, on: str = A, **given: Any) -> dict[str, Any]:
    """The answer; nothing is written for it."""
    bench.control.reset_counts()
    result = bench.attempt("pair_info", on, **given)
    assert not result.get("failed"), result
    assert (result["changed"], bench.writes()) == (False, 0)
    bench.silent(result)
    found: dict[str, Any] = result["pair"]
    return found


def patient(bench: Bench) -> None:
    """No failover by itself while the test looks."""
    for host in (A, B):
        bench.control.do(host, "ha.update_settings", {"partner_failover_timeout": 6000})


@pytest.fixture
def slowly(bench: Bench) -> Iterator[None]:
    """Simulated time is real time: a look in a browser takes its seconds, and events run ahead of the date page."""
    bench.control.set_speed(1.0)
    yield
    bench.control.set_speed(SPEED)


@pytest.mark.usefixtures("slowly")
def test_a_healthy_pair_from_either_node(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.align()
    for on in (A, B):
        found = look(bench, on, usual_active=A, fail_on_trouble=True)
        assert (found["active"], found["passive"], found["state"]) == (A, B, "SYNCHRONIZED")
        assert (found["healthy"], found["failover"]) == (True, False)
        assert found["nodes"][B]["partner"] == "UVM-1A"
        assert found["diagnosis"]["classification"] == "healthy"
        assert found["diagnosis"]["urgent"] is False
        assert found["heartbeat"]["fresh"] is True, found["heartbeat"]


@pytest.mark.parametrize(
    ("state", "classification", "decision"),
    [
        ("SUSPENDED", "suspended", "no failover while mirroring is suspended"),
        ("EXPOSED", "exposed", "not mirrored"),
        ("EXPOSED: MAX SYNC ATTEMPTS REACHED", "gave_up", "5022"),
        ("DISCONNECTED", "disconnected", "do not promote"),
        ("SYNC PENDING: INITIAL DB SYNC STARTED", "under_way", "wait"),
        ("SYNC PENDING: SET MIRROR CALLED", "under_way", "wait"),
        ("SYNCHRONIZING", "under_way", "wait"),
    ],
)
def test_each_state_of_the_guide_has_its_decision(bench: Bench, state: str, classification: str, decision: str) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.show", state)
    found = look(bench)
    assert (found["state"], found["healthy"]) == (state, False)
    assert found["diagnosis"]["classification"] == classification
    assert decision in found["diagnosis"]["decision"]
    assert found["diagnosis"]["urgent"] is (classification == "disconnected")
    result = bench.attempt("pair_info", fail_on_trouble=True)
    if classification == "under_way":
        assert not result.get("failed"), result
    else:
        bench.helps(result, state, classification, decision, kind="failed")


@pytest.mark.parametrize("state", ["RECONCILING", "{{ 7 * 7 }}", "<b>SYNCHRONIZED</b>", "SYNCHRONIZED (not)"])
def test_a_state_that_the_guide_does_not_know_is_returned_without_a_decision(bench: Bench, state: str) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.show", state)
    found = look(bench)
    assert (found["state"], found["healthy"]) == (state, False)
    assert found["diagnosis"] == {"classification": "unknown", "decision": None, "urgent": False}


def test_a_node_that_is_down_is_an_answer_from_either_side(bench: Bench) -> None:
    bench.stage("synchronized")
    patient(bench)
    bench.control.power(A, "off")
    for on in (A, B):
        found = look(bench, on)
        gone = found["nodes"][A]
        assert (gone["reachable"], gone["role"], gone["mirror_state"]) == (False, None, None)
        assert gone["reason"]
        assert found["nodes"][B]["role"] == "Passive"
        assert (found["active"], found["passive"]) == (None, B)
        assert found["diagnosis"]["classification"] == "none_active"
        assert found["diagnosis"]["urgent"] is True
    result = bench.attempt("pair_info", B, fail_on_trouble=True)
    bench.helps(result, "none_active", f"{A} does not answer", kind="failed")


def test_a_node_that_only_this_controller_cannot_reach(bench: Bench) -> None:
    """The mirror is connected, so nobody may take the silent node for dead."""
    bench.stage("synchronized")
    bench.control.fault("refuse", node=A, seconds=60.0)
    result = bench.attempt("pair_info", B, fail_on_trouble=True)
    bench.control.clear_faults()
    bench.helps(result, "node_silent", f"{A} does not answer", "network between the controller", kind="failed")


def test_nodes_that_contradict_each_other(bench: Bench) -> None:
    bench.stage("synchronized")
    patient(bench)
    bench.control.do(B, "set_link", False, True)
    bench.control.do(A, "ha.show", "SYNCHRONIZED")
    found = look(bench)
    assert found["healthy"] is False
    assert found["diagnosis"]["classification"] == "inconsistent"
    assert "different" in found["diagnosis"]["decision"]


def test_a_failover_is_recognised(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.power(A, "off")
    bench.control.advance(900)
    found = look(bench, B, usual_active=A)
    assert (found["active"], found["failover"]) == (B, True)
    assert found["diagnosis"]["classification"] == "disconnected"
    bench.control.power(A, "on")
    bench.control.advance(600)
    found = look(bench, A)
    assert (found["active"], found["passive"], found["failover"]) == (B, A, True)
    assert found["diagnosis"]["classification"] == "suspended"
    bench.control.do(B, "ha.resume")
    bench.control.advance(600)
    assert look(bench, A)["failover"] is False, "the mirror is healthy again"


def test_roles_that_a_person_switched_are_no_failover(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.switch_roles")
    bench.control.advance(120)
    found = look(bench, A, usual_active=A)
    assert (found["active"], found["healthy"], found["failover"]) == (B, True, False)


def test_neither_node_answers(bench: Bench) -> None:
    bench.stage("synchronized")
    for host in (A, B):
        bench.control.power(host, "off")
    result = bench.attempt("pair_info")
    assert result["unreachable"] is True, result
    assert "Neither node answers" in result["msg"]
    result = bench.attempt("pair_info", unreachable_ok=True)
    assert (result.get("failed"), result["reachable"], result["pair"]) == (None, False, None)


def test_without_high_availability(bench: Bench) -> None:
    for stage, classification in (("roles", "not_paired"), ("partners", "off")):
        bench.stage(stage)
        found = look(bench, fail_on_trouble=True)
        assert (found["diagnosis"]["classification"], found["active"], found["state"]) == (classification, None, "")


def test_services_only_with_two_active_nodes(bench: Bench) -> None:
    bench.stage("partners")
    for host in (A, B):
        bench.control.do(host, "roles.change", "high_availability", {"mirroring": "HA mirroring for services only"})
        bench.control.do(host, "roles.apply")
    bench.control.advance(60)
    bench.control.do(A, "ha.set_state", True, 5022)
    found = look(bench, fail_on_trouble=True)
    assert {node["role"] for node in found["nodes"].values()} == {"Active"}
    assert found["diagnosis"]["classification"] == "services_only"


def test_two_active_nodes_of_a_database_pair_are_an_alarm(bench: Bench) -> None:
    """The old active comes back while the two cannot hear each other."""
    bench.stage("synchronized")
    bench.control.do(A, "set_link", False, True)
    bench.control.advance(900)
    found = look(bench)
    assert [node["role"] for node in found["nodes"].values()] == ["Active", "Active"]
    assert (found["active"], found["failover"]) == (None, True)
    assert found["diagnosis"]["classification"] == "two_active"
    assert found["diagnosis"]["urgent"] is True
    result = bench.attempt("pair_info", fail_on_trouble=True)
    bench.helps(result, "two_active", "BOTH NODES ARE ACTIVE", kind="failed")


def test_an_old_heartbeat_is_an_error_with_its_age(bench: Bench) -> None:
    bench.stage("synchronized")
    patient(bench)
    bench.control.align()
    look(bench, heartbeat_limit=15)
    bench.control.do(B, "set_link", False, True)
    bench.control.advance(3600)
    bench.control.align()
    result = bench.attempt("pair_info", heartbeat_limit=15)
    bench.helps(result, "minutes old", "the limit is 15 minutes", kind="failed")
    age = look(bench)["heartbeat"]
    assert age["fresh"] is False
    assert 55 < age["age_minutes"] < 75


def test_a_heartbeat_that_is_still_to_come_tells_nothing(bench: Bench) -> None:
    """The clock of the appliance was set back."""
    bench.stage("synchronized")
    bench.control.set("clock_offset", -86400, node=A)
    bench.control.set("clock_offset", -86400, node=B)
    found = look(bench)
    assert found["heartbeat"]["fresh"] is None
    assert found["heartbeat"]["age_minutes"] < 0


def test_a_pair_without_a_heartbeat_shows_its_text_and_warns(bench: Bench) -> None:
    bench.stage("roles")
    result = bench.attempt("pair_info", heartbeat_limit=15)
    assert result["pair"]["heartbeat"] == {"shown": "", "age_minutes": None, "fresh": None}
    assert any("cannot be told" in one for one in result["warnings"])


def test_bad_input(bench: Bench) -> None:
    bench.refused("pair_info", "useries-9z", A, B, kind="invalid", usual_active="useries-9z")
    bench.refused("pair_info", "heartbeat_limit is 0", kind="invalid", heartbeat_limit=0)
