# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv4 of a VLAN's adapter, static or by DHCP, and of the adapter over which the run came."""

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
)
from tests.scenario.recovery_bench import windows_pair

__all__ = ("node", "windows_pair")
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "vlan_address"
STATIC: dict[str, Any] = {
    "adapter": "Team - VLAN 10",
    "dhcp": False,
    "ip_address": "192.0.2.110",
    "subnet_mask": "255.255.255.0",
    "gateway": "192.0.2.1",
    "dns": ["192.0.2.53", "192.0.2.54"],
}
DHCP: dict[str, Any] = {"adapter": "Team - VLAN 10", "dhcp": True}


@pytest.fixture
def tagged(node: Bench) -> Bench:
    """A team with one VLAN, whose gateway answers; no DHCP server gives its adapter an address."""
    cards = ["Ethernet 1", "Ethernet 2"]
    node.control.do(A, "adapters.create_team", "Team", cards, "SwitchIndependent", "Dynamic", "Team")
    node.control.do(A, "adapters.add_nic", "Team", 10, "Team - VLAN 10")
    switch(node, "gateways", ["192.0.2.1"])
    return node


def vlan(bench: Bench) -> Any:
    """DHCP, addresses, gateway, DNS servers and VLAN of the adapter."""
    return interfaces(bench)["Team - VLAN 10"]


def test_static_and_back_to_dhcp(tagged: Bench) -> None:
    checked = tagged.attempt(MODULE, check_mode=True, **STATIC)
    assert (checked["changed"], vlan(tagged)[0], ran(tagged)) == (True, True, []), checked
    done = tagged.attempt(MODULE, **STATIC)
    assert (done.get("failed"), done["changed"], done["diff"]) == (None, True, checked["diff"]), done.get("msg", done)
    assert vlan(tagged) == (False, [["192.0.2.110", 24]], "192.0.2.1", ["192.0.2.53", "192.0.2.54"], 10)
    assert done["vlan_address"] == STATIC
    again = tagged.attempt(MODULE, **STATIC)
    assert (again["changed"], again["vlan_address"], tasks(tagged)) == (False, STATIC, [])
    switch(tagged, "leases", {"10": "192.0.2.140"})
    back = tagged.attempt(MODULE, **DHCP)
    assert (back.get("failed"), back["changed"], vlan(tagged)[0]) == (None, True, True), back.get("msg", back)
    assert (back["vlan_address"]["ip_address"], back["vlan_address"]["dns"]) == ("192.0.2.140", [])
    assert tagged.attempt(MODULE, **DHCP)["changed"] is False
    assert tasks(tagged) == []


def test_a_checked_run_is_told_what_earlier_tasks_would_make(node: Bench) -> None:
    tasks_of_the_run: list[tuple[str, dict[str, Any]]] = [
        ("nic_team", {"name": "Team", "members": ["Ethernet 1", "Ethernet 2"]}),
        ("vlan", {"team": "team", "vlans": [{"id": 10}]}),
        (MODULE, STATIC),
    ]
    node.helps(node.attempt(MODULE, check_mode=True, **STATIC), "is no adapter of Windows", kind="invalid")
    node.helps(node.attempt("vlan", check_mode=True, **tasks_of_the_run[1][1]), "no team team", kind="precondition")
    checked = [node.attempt(module, check_mode=True, **given) for module, given in tasks_of_the_run]
    assert [one["changed"] for one in checked] == [True] * 3, checked
    assert "192.0.2.110" in checked[2]["diff"]["after"]
    assert (ran(node), list(interfaces(node))) == ([], [f"Ethernet {number}" for number in range(1, 5)])


@pytest.mark.long
def test_what_is_not_given_stays(tagged: Bench) -> None:
    tagged.attempt(MODULE, **STATIC)
    other = {"adapter": "team - vlan 10", "dhcp": False, "ip_address": "192.0.2.111", "subnet_mask": "255.255.255.0"}
    done = tagged.attempt(MODULE, **other)
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert vlan(tagged)[1:4] == ([["192.0.2.111", 24]], "192.0.2.1", ["192.0.2.53", "192.0.2.54"])


def test_a_gateway_that_does_not_answer_undoes_it(tagged: Bench) -> None:
    """The switch does not carry the VLAN."""
    switch(tagged, "trunk", [20])
    before = interfaces(tagged)
    result = tagged.attempt(MODULE, **STATIC)
    tagged.helps(result, "its gateway 192.0.2.1 does not answer", "has undone it", "carries this VLAN", kind="failed")
    assert (interfaces(tagged), tasks(tagged)) == (before, [])


@pytest.mark.long
def test_dhcp_without_an_answer_is_undone(tagged: Bench) -> None:
    tagged.attempt(MODULE, **STATIC)
    before = interfaces(tagged)
    result = tagged.attempt(MODULE, **DHCP)
    tagged.helps(result, "no DHCP server has given it an address", "has undone it", kind="failed")
    assert (interfaces(tagged), tasks(tagged)) == (before, [])


def test_a_run_that_dies_leaves_nothing_behind(tagged: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = interfaces(tagged)
    dies_after_the_start(tagged, monkeypatch, MODULE, **STATIC)
    assert vlan(tagged)[0] is False
    tagged.control.advance(700)
    assert interfaces(tagged) == before


# --- the adapter over which the run came


def elsewhere(bench: Bench, last: int) -> dict[str, Any]:
    """Another address of the simulated network for the first card."""
    own = bench.inventory[A]["useries_windows_host"]
    address = f"{own.rsplit('.', 1)[0]}.{last}"
    return {"adapter": "Ethernet 1", "dhcp": False, "ip_address": address, "subnet_mask": "255.255.255.0"}


def test_the_run_follows_to_the_new_address(node: Bench) -> None:
    fixed(node)
    wanted = elsewhere(node, 77)
    done = node.attempt(MODULE, **wanted)
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert any(f"Windows answers at {wanted['ip_address']}" in text for text in done["warnings"]), done
    assert (interfaces(node)["Ethernet 1"][1], tasks(node)) == ([[wanted["ip_address"], 24]], [])
    node.control.advance(3600)
    assert interfaces(node)["Ethernet 1"][1] == [[wanted["ip_address"], 24]]


@pytest.mark.long
def test_an_address_at_which_nobody_is_met_is_given_back(node: Bench) -> None:
    fixed(node)
    before, own = interfaces(node), node.inventory[A]["useries_windows_host"]
    wanted = {**elsewhere(node, 78), "ip_address": "192.0.2.78"}
    result = node.attempt(MODULE, **wanted, return_after=3)
    node.helps(result, "has undone it", kind="failed")
    assert (interfaces(node), connected(node), tasks(node)) == (before, True, [])
    assert node.control.state(A)["address"] == own


# --- refused before anything is touched


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ip_address": "192.0.2.300"}, ["ip_address is '192.0.2.300'"]),
        ({"ip_address": "192.0.2.255"}, ["stands for the whole subnet"]),
        ({"ip_address": "fe80::1"}, ["IPv4 addresses only"]),
        ({"subnet_mask": "255.0.255.0"}, ["subnet_mask is '255.0.255.0'"]),
        ({"gateway": "198.51.100.1"}, ["gateway is '198.51.100.1', which is not in the subnet"]),
        ({"gateway": "192.0.2.110"}, ["are the same address"]),
        ({"dns": ["ns1"]}, ["dns is 'ns1'"]),
        ({"ip_address": None}, ["ip_address missing"]),
        ({"dhcp": True}, ["dhcp is true, and ip_address, subnet_mask, gateway, dns would not be used"]),
        ({"expected_address": "192.0.2.9"}, ["expected_address is for dhcp: true"]),
        ({"adapter": "Team*"}, ["adapter 'Team*' is no name"]),
        ({"windows_host": None}, ["useries_windows_host"]),
    ],
)
def test_bad_input(tagged: Bench, given: dict[str, Any], words: list[str]) -> None:
    tagged.refused(MODULE, *words, kind="invalid", **{**STATIC, **given})
    assert tagged.control.count("all") == 0


def test_an_unknown_adapter_is_told_with_those_that_are_there(tagged: Bench) -> None:
    words = ("VLAN 30 is no adapter of Windows", "Team, Team - VLAN 10", "useries.appliance.vlan")
    tagged.refused(MODULE, *words, kind="invalid", **{**STATIC, "adapter": "VLAN 30"})


def test_a_member_of_a_team_has_no_address(tagged: Bench) -> None:
    wanted = {**STATIC, "adapter": "Ethernet 2"}
    tagged.refused(MODULE, "Ethernet 2 is a member of the team Team", kind="precondition", **wanted)


def test_an_address_that_is_taken_is_refused(tagged: Bench) -> None:
    tagged.control.do(A, "adapters.static", "Ethernet 3", "192.0.2.110", 24, "", [])
    tagged.refused(MODULE, "Ethernet 3 has the address 192.0.2.110 already", kind="precondition", **STATIC)
    tagged.control.do(A, "adapters.static", "Ethernet 3", "192.0.2.50", 24, "", [])
    switch(tagged, "gateways", ["192.0.2.1", "192.0.2.110"])
    tagged.refused(MODULE, "Somebody answers at 192.0.2.110 already", kind="precondition", **STATIC)


def test_a_gateway_that_can_be_asked_before_is_asked_before(tagged: Bench) -> None:
    tagged.attempt(MODULE, **STATIC)
    done = ran(tagged)
    wanted = {**STATIC, "gateway": "192.0.2.2"}
    tagged.refused(MODULE, "The gateway 192.0.2.2 does not answer", kind="precondition", **wanted)
    assert ran(tagged) == done


def test_a_second_gateway_is_warned_of(tagged: Bench) -> None:
    tagged.control.do(A, "adapters.static", "Ethernet 3", "198.51.100.5", 24, "198.51.100.1", [])
    done = tagged.attempt(MODULE, **STATIC)
    assert any("Ethernet 3 has a default gateway too" in text for text in done["warnings"]), done


def test_without_the_right_it_is_refused(tagged: Bench) -> None:
    stand(tagged, administrator=False)
    tagged.refused(MODULE, "is no administrator", kind="precondition", **STATIC)


def test_an_adapter_of_broadcom_on_2012_r2(node: Bench) -> None:
    """Guide 1735: both kinds are configured as a normal adapter is."""
    stand(node, version="6.3.9600")
    switch(node, "vendor", {"VLAN_VLAN10": "BASP Virtual Adapter"})
    switch(node, "gateways", ["192.0.2.1"])
    done = node.attempt(MODULE, **{**STATIC, "adapter": "VLAN_VLAN10"})
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert interfaces(node)["VLAN_VLAN10"][1] == [["192.0.2.110", 24]]
