# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the modules of a pair, and pairs in a state that no step expects: neither node is changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench

DIAGNOSE = "diagnose_failover.yml"


def suspended(bench: Bench) -> str:
    bench.control.do(A, "ha.suspend")
    return "SUSPENDED"


def disconnected(bench: Bench) -> str:
    for host in (A, B):  # simulated time goes on while a browser starts
        bench.control.do(host, "ha.update_settings", {"partner_failover_timeout": 600})
    bench.control.do(B, "set_link", False, True)
    return "DISCONNECTED"


def exposed(bench: Bench) -> str:
    bench.control.power(A, "off")
    bench.control.advance(3600)
    bench.control.advance(3600)
    bench.control.power(A, "on")
    bench.control.advance(600)
    return "EXPOSED"


def given_up(bench: Bench) -> str:
    bench.stage("partners")
    bench.control.set("mirror_port_blocked", True, node=B)
    bench.control.do(A, "ha.set_state", True, 5022)
    for _attempt in range(10):
        bench.control.advance(600)
    return "EXPOSED: MAX SYNC ATTEMPTS REACHED"


BROKEN = [suspended, disconnected, exposed, given_up]


# -- partner -----------------------------------------------------------------------------------------------------------


@pytest.mark.one_way
def test_a_node_is_not_its_own_partner(bench: Bench) -> None:
    bench.stage("roles")
    own = bench.inventory[A]
    same = {"host": own["useries_host"], "port": own["useries_port"]}
    for given in ({"partner": same}, {"partner_host_name": A}, {"partner_host_name": own["useries_host"]}):
        bench.refused("ha_partner", "is this node itself", "useries_partner", kind="invalid", **given)


def test_the_own_network_name_is_no_partner(bench: Bench) -> None:
    """The certificate tells it before the keys are exchanged."""
    bench.stage("roles")
    bench.refused("ha_partner", "name of this node itself", kind="invalid", partner_host_name="UVM-1A")


@pytest.mark.one_way
def test_without_a_partner_the_variable_is_named(bench: Bench) -> None:
    bench.stage("roles")
    bench.inventory[A].pop("useries_partner")
    for module, given in (("ha_partner", {}), ("high_availability", {"primary": A})):
        bench.refused(module, "No partner is known", "useries_partner", kind="invalid", **given)


@pytest.mark.one_way
def test_the_partners_credentials_are_named_as_the_partners(bench: Bench) -> None:
    bench.stage("roles")
    bench.inventory[B].pop("useries_password")
    result = bench.refused("ha_partner", "No password is known", "partner", "useries_password", kind="invalid")
    assert bench.inventory[B]["useries_host"] in result["msg"]


@pytest.mark.parametrize(("missing", "whose"), [(A, "this node"), (B, "the partner")])
def test_the_role_is_needed_on_both_nodes(bench: Bench, missing: str, whose: str) -> None:
    bench.stage("roles")
    bench.control.do(missing, "roles.change", "high_availability", {"enabled": False})
    bench.control.do(missing, "roles.apply")
    bench.control.advance(60)
    bench.refused("ha_partner", whose, "has no High Availability", "appliance_role", kind="precondition")


def test_a_partner_of_somebody_else_is_left_alone(bench: Bench) -> None:
    bench.stage("partners")
    words = "already has the partner UVM-1B", "Neither node was changed", "Abandon Configuration"
    bench.refused("ha_partner", *words, kind="precondition", partner_host_name="UVM-9Z")


def test_a_partner_named_by_its_address_is_recognised(bench: Bench) -> None:
    """The console shows UVM-1B where the inventory may know only where it is."""
    bench.stage("partners")
    result = bench.attempt("ha_partner", partner_host_name=bench.options("ha_info", B)["host"])
    assert result.get("changed") is False, result
    assert "failed" not in result


def test_a_failed_exchange_shows_the_results_of_the_console(bench: Bench) -> None:
    bench.stage("roles")
    bench.control.do(A, "fail_next", "exchange", "Error 0x80090325: the clocks differ by 40 minutes.")
    result = bench.attempt("ha_partner", partner_host_name="UVM-1B")
    words = "exchange of certificates failed", "Error 0x80090325: the clocks differ by 40 minutes"
    bench.helps(result, *words, kind="failed")


def test_a_partner_that_nobody_can_resolve(bench: Bench) -> None:
    bench.stage("roles")
    result = bench.attempt("ha_partner", partner_host_name="UVM-9Z")
    bench.helps(result, "UVM-9Z could not be resolved", kind="failed")


# -- turning high availability on --------------------------------------------------------------------------------------


@pytest.mark.one_way
@pytest.mark.parametrize("primary", ["useries-1b", "UVM-1B", "somebody"])
def test_the_primary_is_the_node_that_the_task_runs_for(bench: Bench, primary: str) -> None:
    bench.stage("partners")
    words = f"primary is {primary}", "this task runs for useries-1a", "overwritten"
    bench.refused("high_availability", *words, kind="invalid", primary=primary)


def test_without_partners_there_is_nothing_to_turn_on(bench: Bench) -> None:
    for stage in ("fresh", "roles"):
        bench.stage(stage)
        bench.refused("high_availability", "no partner yet", "ha_partner", kind="precondition", primary=A)
        bench.refused("ha_settings", "no partner yet", "ha_partner", kind="precondition", partner_contact_timeout=4)


LOST = "UVM-1A holds a database of 1.44 GB", "overwritten and lost"


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_partner_that_holds_data_needs_two_words_of_the_administrator(bench: Bench, check_mode: bool) -> None:
    """The empty B is named primary: A's data would be gone."""
    bench.stage("partners")
    told = "confirm: 'UVM-1B+UVM-1A'"
    for given, word in (
        ({}, "accept_data_loss: true"),
        ({"confirm": "UVM-1B+UVM-1A"}, "accept_data_loss: true"),
        ({"accept_data_loss": True}, told),
        ({"accept_data_loss": True, "confirm": "UVM-1A+UVM-1B"}, told),
        ({"accept_data_loss": True, "confirm": "useries-1b+useries-1a"}, told),
        ({"accept_data_loss": True, "confirm": "true"}, told),
    ):
        words = (*LOST, "Nothing was changed", "backup", word)
        bench.refused("high_availability", *words, on=B, kind="precondition", primary=B, check_mode=check_mode, **given)


def test_nobody_waits_for_a_mirror_of_services_only(bench: Bench) -> None:
    bench.stage("partners")
    for node in (A, B):
        services = {"mirroring": "HA mirroring for services only"}
        bench.control.do(node, "roles.change", "high_availability", services)
        bench.control.do(node, "roles.apply")
    bench.control.advance(60)
    words = "mirrors services only", "never becomes SYNCHRONIZED", "wait: false"
    bench.refused("high_availability", *words, kind="precondition", primary=A)


def test_turning_off_is_confirmed_with_both_names(bench: Bench) -> None:
    bench.stage("synchronized")
    for confirm in (None, "UVM-1A", "useries-1a+useries-1b"):
        words = "without a failover", "Nothing was changed", "confirm: 'UVM-1A+UVM-1B'"
        bench.refused("high_availability", *words, kind="precondition", enabled=False, confirm=confirm)


def test_another_port_warns_and_a_used_one_is_told_in_the_consoles_words(bench: Bench) -> None:
    bench.stage("partners")
    before = bench.look()
    result = bench.attempt("high_availability", primary=A, mirroring_port=1433)
    bench.helps(result, "Port 1433 is in use on UVM-1A", kind="rejected")
    assert result["error"]["fields"]
    assert any("mirroring_port is 1433" in text and "5022" in text for text in result["warnings"])
    assert bench.look() == before


def test_the_port_is_not_changed_under_a_running_mirror(bench: Bench) -> None:
    bench.stage("synchronized")
    words = "mirroring port cannot be changed while high availability is on", "Nothing was changed"
    bench.refused("high_availability", *words, kind="precondition", primary=A, mirroring_port=5023)


# -- pairs that are not well -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
@pytest.mark.parametrize("check_mode", [False, True])
def test_a_broken_pair_is_never_taken_as_converged(bench: Bench, broken: Any, check_mode: bool) -> None:
    bench.stage("synchronized")
    state = broken(bench)
    assert bench.control.state(A)["ha"]["mirror_state"] == state
    for host in (A, B):
        words = state, "not converged", "Nothing was changed", DIAGNOSE
        bench.refused("high_availability", *words, on=host, kind="precondition", primary=host, check_mode=check_mode)
        for module, given in (
            ("ha_settings", {"partner_contact_timeout": 9}),
            ("appliance_role", {"name": "patch_management"}),
            ("api_key", {"maximum_age": 5}),
        ):
            words = f"while the pair is {state}", DIAGNOSE, f"accept_pair_state: ['{state}']"
            bench.refused(module, *words, on=host, kind="precondition", check_mode=check_mode, **given)


def test_the_override_that_the_message_names_is_taken(bench: Bench) -> None:
    bench.stage("synchronized")
    state = suspended(bench)
    result = bench.attempt("ha_settings", partner_contact_timeout=9, accept_pair_state=[state])
    assert result["changed"] is True
    assert bench.control.state(A)["ha"]["settings"]["partner_contact_timeout"] == 9


def test_two_actives_are_called_by_their_name(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(B, "set_link", False, True)
    bench.control.advance(900)
    assert [bench.control.state(host)["role"] for host in (A, B)] == ["Active", "Active"]
    words = "Both nodes are Active", "Nothing was changed", DIAGNOSE
    bench.refused("high_availability", *words, kind="precondition", primary=A)


# -- the endpoint ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [500, 503])
def test_an_endpoint_that_fails_stops_before_the_order(bench: Bench, code: int) -> None:
    bench.stage("partners")
    bench.control.fault("status", node=B, surface="endpoint", code=code, count=-1)
    words = "endpoint", bench.inventory[B]["useries_host"], str(code), "Off, Active or Passive"
    bench.refused("high_availability", *words, kind="unexpected", primary=A)


def test_an_endpoint_that_breaks_off_stops_before_the_order(bench: Bench) -> None:
    bench.stage("partners")
    bench.control.fault("truncate", node=B, surface="endpoint", count=-1)
    bench.refused(
        "high_availability", bench.inventory[B]["useries_host"], "broke the connection off", kind="silent", primary=A
    )
