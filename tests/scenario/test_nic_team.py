# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team of network adapters is made over the wire that it interrupts, and undoes itself unless it is confirmed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.network_bench import (
    connected,
    dies_after_the_start,
    fixed,
    interfaces,
    node,
    ran,
    stand,
    switch,
    tasks,
    teams,
)
from tests.scenario.recovery_bench import windows_pair

__all__ = ("node", "windows_pair")
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "nic_team"
TEAM: dict[str, Any] = {"name": "Production", "members": ["Ethernet 1", "Ethernet 2"]}


def test_a_team_takes_over_the_address_and_is_confirmed(node: Bench) -> None:
    checked = node.attempt(MODULE, check_mode=True, **TEAM)
    assert (checked["changed"], teams(node), ran(node)) == (True, {}, []), checked
    done = node.attempt(MODULE, **TEAM)
    assert (done.get("failed"), done["changed"], done["diff"]) == (None, True, checked["diff"]), done
    assert teams(node) == {"Production": (["Ethernet 1", "Ethernet 2"], "SwitchIndependent", "Dynamic")}
    assert done["nic_team"]["made_by"] == "windows"
    assert (done["nic_team"]["mode"], done["nic_team"]["load_balancing"]) == ("switch_independent", "dynamic")
    assert tasks(node) == [], "the way back is removed"
    again = node.attempt(MODULE, **TEAM)
    assert (again["changed"], again["nic_team"]) == (False, done["nic_team"]), again
    node.control.advance(3600)
    assert (connected(node), list(teams(node))) == (True, ["Production"]), "and nothing returns later"


def test_a_fixed_address_moves_to_the_team(node: Bench) -> None:
    fixed(node)
    held = interfaces(node)["Ethernet 1"]
    done = node.attempt(MODULE, **TEAM, mode="static", load_balancing="transport_ports")
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert interfaces(node)["Production"] == held, "address, gateway and DNS servers"
    assert done["nic_team"]["addresses"] == [f"{held[1][0][0]}/24"]
    assert teams(node)["Production"][1:] == ("Static", "TransportPorts")
    assert node.attempt(MODULE, **TEAM, mode="static")["changed"] is False, "what is not given stays"


@pytest.mark.long
def test_members_mode_and_balancing_of_a_team_change(node: Bench) -> None:
    node.attempt(MODULE, **TEAM)
    wanted = {"name": "production", "members": ["ethernet 1", "Ethernet 3"], "load_balancing": "mac_addresses"}
    done = node.attempt(MODULE, **wanted)
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert teams(node) == {"Production": (["Ethernet 1", "Ethernet 3"], "SwitchIndependent", "MacAddresses")}
    assert node.attempt(MODULE, **wanted)["changed"] is False
    assert tasks(node) == []


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("static", [False, True])
def test_a_team_that_cuts_the_appliance_off_undoes_itself(node: Bench, static: bool, keep: bool) -> None:
    """The switch speaks no LACP: nobody can connect any more until the time is over."""
    if static:
        fixed(node)
    switch(node, "lacp", False)
    switch(node, "members_keep", keep)
    before = interfaces(node)
    result = node.attempt(MODULE, **TEAM, mode="lacp", return_after=3)
    node.helps(result, "has undone it", "link aggregation on the switch", kind="failed")
    assert (connected(node), teams(node), interfaces(node), tasks(node)) == (True, {}, before, [])
    assert "New-NetLbfoTeam" in ran(node) and "Remove-NetLbfoTeam" in ran(node), "it was really cut"


@pytest.mark.long
def test_a_change_of_mode_that_cuts_it_off_undoes_itself(node: Bench) -> None:
    node.attempt(MODULE, **TEAM)
    switch(node, "lacp", False)
    result = node.attempt(MODULE, **TEAM, mode="lacp", return_after=3)
    node.helps(result, "has undone it", kind="failed")
    assert (connected(node), teams(node)["Production"][1], tasks(node)) == (True, "SwitchIndependent", [])


@pytest.mark.long
def test_what_windows_does_not_do_is_undone_at_once(node: Bench) -> None:
    node.control.do(A, "fail_next", "New-NetLbfoTeam", "The parameter is incorrect.")
    begun = node.control.state()["now"]
    result = node.attempt(MODULE, **TEAM, return_after=60)
    node.helps(result, "ended without its effect", "has undone it", kind="failed")
    assert node.control.state()["now"] - begun < 1800, "not after the whole time"
    assert (connected(node), teams(node), tasks(node)) == (True, {}, [])


def test_the_way_back_that_does_not_wait_stops_everything(node: Bench) -> None:
    node.control.do(A, "scheduler.stop_triggers")
    result = node.attempt(MODULE, **TEAM)
    node.helps(result, "does not wait for its time", "Nothing was changed", kind="not_seen")
    assert (ran(node), teams(node), tasks(node)) == ([], {}, [])


def test_a_run_that_dies_leaves_nothing_behind(node: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the change was started nobody ever confirms it."""
    before = interfaces(node)
    dies_after_the_start(node, monkeypatch, MODULE, **TEAM)
    assert list(teams(node)) == ["Production"]
    busy = node.attempt(MODULE, **{**TEAM, "mode": "static"})
    node.helps(busy, "was not confirmed yet", "is undone at", "Wait until then", kind="precondition")
    node.control.advance(700)
    assert (connected(node), teams(node), interfaces(node)) == (True, {}, before)
    done = node.attempt(MODULE, **TEAM)
    assert (done.get("failed"), done["changed"], tasks(node)) == (None, True, []), done
    assert any("has undone it" in text for text in done["warnings"]), done


@pytest.mark.parametrize(
    ("command", "when"),
    [("Start-ScheduledTask", "after"), ("Unregister-ScheduledTask", "before"), ("Unregister-ScheduledTask", "after")],
)
def test_a_lost_answer_is_decided_by_looking(node: Bench, command: str, when: str) -> None:
    node.control.fault("reset", A, "windows", path=command, when=when)
    done = node.attempt(MODULE, **TEAM)
    assert (done.get("failed"), done["changed"], list(teams(node))) == (None, True, ["Production"]), done
    node.control.advance(3600)
    assert (list(teams(node)), ran(node).count("New-NetLbfoTeam")) == (["Production"], 1)
    assert "useries-network-return" not in tasks(node)


def test_an_order_that_never_arrived_leaves_everything_as_it_was(node: Bench) -> None:
    node.control.fault("reset", A, "windows", path="Register-ScheduledTask", when="after")
    result = node.attempt(MODULE, **TEAM)
    node.helps(result, "it was not carried out", "It can be repeated", kind="failed")
    assert (teams(node), tasks(node)) == ({}, []), "what was armed is taken back"


@pytest.mark.parametrize(
    ("given", "words", "kind"),
    [
        ({"members": ["Ethernet 1"]}, ["at least two members", "Ethernet 1"], "invalid"),
        ({"members": []}, ["at least two members", "empty"], "invalid"),
        ({"members": ["Ethernet 1", "ethernet 1"]}, ["named twice", "at least two"], "invalid"),
        ({"members": ["Ethernet 1", "Ethernet 9"]}, ["no network adapter Ethernet 9", "Ethernet 1, Eth"], "invalid"),
        ({"members": ["Ethernet 1", "Ethernet *"]}, ["'Ethernet *' is no name"], "invalid"),
        ({"name": "50%"}, ["'50%' is no name"], "invalid"),
        ({"name": "Ethernet 3"}, ["An adapter is called Ethernet 3 already"], "precondition"),
        ({"address_from": "Ethernet 3"}, ["address_from is 'Ethernet 3', which is no member"], "invalid"),
        ({"return_after": 2}, ["return_after is 2; it must be 3 to 60 minutes"], "invalid"),
        ({"windows_host": None}, ["useries_windows_host"], "invalid"),
    ],
)  # fmt: skip
def test_bad_input(node: Bench, given: dict[str, Any], words: list[str], kind: str) -> None:
    node.refused(MODULE, *words, kind=kind, **{**TEAM, **given})
    assert ran(node) == []


def test_a_mode_is_a_choice(node: Bench) -> None:
    node.refused(MODULE, "mode", "lacp", **TEAM, mode="802.3ad")


def test_two_addresses_ask_which_is_kept(node: Bench) -> None:
    node.control.do(A, "adapters.static", "Ethernet 2", "192.0.2.77", 24, "", [])
    node.refused(MODULE, "Ethernet 2 (192.0.2.77)", "address_from", kind="precondition", **TEAM)
    done = node.attempt(MODULE, **TEAM, address_from="Ethernet 1")
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)


def test_a_member_of_another_team_is_refused(node: Bench) -> None:
    node.control.do(A, "adapters.create_team", "Other", ["Ethernet 2", "Ethernet 3"], "Static", "Dynamic", "Other")
    node.refused(MODULE, "Ethernet 2 is a member of the team Other", kind="precondition", **TEAM)


def test_an_address_is_not_lost_by_joining(node: Bench) -> None:
    node.attempt(MODULE, **TEAM)
    node.control.do(A, "adapters.static", "Ethernet 3", "192.0.2.78", 24, "", [])
    wider = {**TEAM, "members": [*TEAM["members"], "Ethernet 3"]}
    node.refused(MODULE, "Ethernet 3 (192.0.2.78) has an address", kind="precondition", **wider)


def test_without_the_right_it_is_refused(node: Bench) -> None:
    stand(node, administrator=False)
    node.refused(MODULE, "is no administrator", "group Administrators", kind="precondition", **TEAM)


def test_windows_2012_r2_is_told_what_to_do(node: Bench) -> None:
    stand(node, version="6.3.9600")
    node.refused(MODULE, "Broadcom Advanced Control Suite 4", "Team View", "native: true", kind="precondition", **TEAM)
    node.control.do(A, "adapters.set_up", "vendor", {"Production": "BASP Virtual Adapter"})
    seen = node.attempt(MODULE, **TEAM)
    assert (seen["changed"], seen["nic_team"]["made_by"], seen["nic_team"]["present"]) == (False, "broadcom", True), (
        seen
    )
    assert any("does not show its members" in text for text in seen["warnings"]), seen


def test_windows_2012_r2_does_it_by_itself_when_told(node: Bench) -> None:
    stand(node, version="6.3.9600")
    done = node.attempt(MODULE, **TEAM, native=True)
    assert (done.get("failed"), done["changed"], list(teams(node))) == (None, True, ["Production"]), done


@pytest.mark.parametrize(
    ("name", "text", "vendor"),
    [
        ("VLAN_VLAN10", "BASP Virtual Adapter #2", "Broadcom"),
        ("VLAN10", "Intel(R) 82574L Gigabit Network Connection - VLAN : VLAN10", "Intel"),
        ("Old", "TEAM : Old - Intel(R) 82574L Gigabit Network Connection", "Intel"),
    ],
)
def test_it_is_never_mixed_with_a_program_of_a_vendor(node: Bench, name: str, text: str, vendor: str) -> None:
    node.control.do(A, "adapters.set_up", "vendor", {name: text})
    node.refused(MODULE, name, f"program of {vendor}", "remove it there first", kind="precondition", **TEAM)


def test_windows_2008_r2_has_no_such_commands(node: Bench) -> None:
    stand(node, version="6.1.7601", missing=["get-netadapter", "get-ciminstance", "convertto-json"])
    result = node.attempt(MODULE, **TEAM)
    assert result["failed"] is True and "Technical Support" in result["msg"], result
