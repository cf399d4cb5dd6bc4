# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanging active and passive: of a healthy pair only, from either node, once."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.switch_roles import ExchangeRoles
from tests.scenario.bad_input_bench import A, B, Bench


def roles(bench: Bench) -> tuple[str, str]:
    return tuple(str(bench.control.state(host)["ha"]["role"]) for host in (A, B))  # type: ignore[return-value]


@pytest.mark.parametrize("on", [A, B])
def test_the_named_node_becomes_active_whichever_runs_the_task(bench: Bench, on: str) -> None:
    bench.stage("synchronized")
    checked = bench.attempt("switch_roles", on, check_mode=True, active=B)
    assert (checked.get("failed"), checked["changed"], bench.writes()) == (None, True, 0), checked
    assert roles(bench) == ("Active", "Passive")
    done = bench.attempt("switch_roles", on, active=B)
    assert (done.get("failed"), done["changed"], bench.writes(), roles(bench)) == (None, True, 1, ("Passive", "Active"))
    assert done["diff"] == checked["diff"]
    assert {label: node["role"] for label, node in done["nodes"].items()} == {A: "Passive", B: "Active"}
    assert {node["mirror_state"] for node in done["nodes"].values()} == {"SYNCHRONIZED"}
    again = bench.attempt("switch_roles", on, active=B)
    assert (again.get("failed"), again["changed"], bench.writes()) == (None, False, 1), again
    for result in (checked, done, again):
        bench.silent(result)
    back = bench.attempt("switch_roles", on, active="UVM-1A")
    assert (back.get("failed"), roles(bench)) == (None, ("Active", "Passive")), back


@pytest.mark.parametrize("state", ["SUSPENDED", "EXPOSED", "SYNCHRONIZING", "RECONCILING"])
def test_only_while_synchronized(bench: Bench, state: str) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.show", state)
    words = ("SYNCHRONIZED", f"{state} on {A}", "diagnose_failover.yml")
    for check_mode in (False, True):
        bench.refused("switch_roles", *words, kind="precondition", active=B, check_mode=check_mode)
    done = bench.attempt("switch_roles", active=A)
    assert (done.get("failed"), done["changed"]) == (None, False), "it is active already"


def test_not_while_the_partner_is_down(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.power(B, "off")
    bench.refused("switch_roles", f"{B} does not answer", "diagnose_failover.yml", kind="precondition", active=B)


def test_not_while_the_heartbeat_is_old(bench: Bench) -> None:
    """The page still shows SYNCHRONIZED; the clock has gone on."""
    bench.stage("synchronized")
    bench.control.align()
    bench.control.advance_real(3600)
    bench.refused("switch_roles", "minutes old", "do not hear each other", kind="precondition", active=B)


def test_two_active_nodes_are_an_alarm(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "set_link", False, True)
    bench.control.advance(900)
    bench.refused("switch_roles", "Both nodes are Active", "at once", kind="precondition", active=B)


def test_roles_that_do_not_change_end_the_wait(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "fail_next", "switch_roles", "The database is in use.")
    result = bench.attempt("switch_roles", active=B)
    bench.helps(result, "the roles were not switched", "notifications", kind="failed")
    assert roles(bench) == ("Active", "Passive")


def test_a_lost_answer_is_decided_by_the_roles(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.fault("reset", node=A, method="POST", when="after", path="maintenance")
    done = bench.attempt("switch_roles", active=B)
    assert (done.get("failed"), done["changed"], bench.writes(), roles(bench)) == (None, True, 1, ("Passive", "Active"))
    assert any("was lost" in one for one in done["warnings"])


def test_partners_that_are_off_have_nothing_to_switch(bench: Bench) -> None:
    bench.stage("partners")
    bench.refused("switch_roles", "no mirror state", kind="precondition", active=B)


def test_services_only_have_no_roles_to_switch(bench: Bench) -> None:
    bench.stage("partners")
    for host in (A, B):
        bench.control.do(host, "roles.change", "high_availability", {"mirroring": "HA mirroring for services only"})
        bench.control.do(host, "roles.apply")
    bench.control.advance(60)
    bench.control.do(A, "ha.set_state", True, 5022)
    bench.refused("switch_roles", "no roles to switch", "services only", kind="precondition", active=B)


@pytest.mark.parametrize("active", ["useries-9z", "", "uvm", "useries-1a,useries-1b"])
def test_a_name_that_is_neither(bench: Bench, active: str) -> None:
    bench.stage("synchronized")
    bench.refused("switch_roles", A, B, kind="invalid", active=active)


def test_without_a_partner(bench: Bench) -> None:
    bench.stage("roles")
    bench.refused("switch_roles", "no partner yet", "ha_partner", kind="precondition", active=B)


@pytest.mark.one_way
def test_an_order_that_arrives_twice_is_one(bench: Bench) -> None:
    """As a browser sends it again when it loses the connection: the console refuses the second one, for it is busy."""
    bench.stage("synchronized")
    opened, order = ConsoleSurface.open, ExchangeRoles.order

    def ordered_before(self: Any, before: Any) -> None:
        def first(console: Any, page: Any) -> None:
            opened(console, page)
            bench.control.do(A, "ha.switch_roles")
            patched.setattr(ConsoleSurface, "open", opened)

        patched.setattr(ConsoleSurface, "open", first)
        order(self, before)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ExchangeRoles, "order", ordered_before)
        done = bench.attempt("switch_roles", active=B)
    assert (done.get("failed"), done["changed"], roles(bench)) == (None, True, ("Passive", "Active")), done
    assert any("answered with a refusal" in one for one in done["warnings"])
