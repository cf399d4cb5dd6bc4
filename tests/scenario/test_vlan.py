# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VLANs of a team: added by Windows, or recognised where a program of a vendor has added them at the screen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.network_bench import connected, dies_after_the_start, interfaces, node, ran, stand, switch, tasks
from tests.scenario.recovery_bench import windows_pair

__all__ = ("node", "windows_pair")
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "vlan"
VLANS: dict[str, Any] = {"team": "Production", "vlans": [{"id": 10}, {"id": 20, "name": "Scanners"}]}


@pytest.fixture
def teamed(node: Bench) -> Bench:
    """Two cards are a team of Windows."""
    cards = ["Ethernet 1", "Ethernet 2"]
    node.control.do(A, "adapters.create_team", "Production", cards, "SwitchIndependent", "Dynamic", "Production")
    return node


def tags(bench: Bench) -> dict[str, int]:
    """Adapter -> VLAN ID."""
    return {name: one[4] for name, one in interfaces(bench).items() if one[4] is not None}


def test_adapters_of_a_team(teamed: Bench) -> None:
    switch(teamed, "leases", {"10": "192.0.2.110"})
    checked = teamed.attempt(MODULE, check_mode=True, **VLANS)
    assert (checked["changed"], tags(teamed), ran(teamed)) == (True, {}, []), checked
    done = teamed.attempt(MODULE, **VLANS)
    assert (done.get("failed"), done["changed"], done["diff"]) == (None, True, checked["diff"]), done.get("msg", done)
    assert tags(teamed) == {"Production - VLAN 10": 10, "Scanners": 20}
    assert done["vlan"]["vlans"][0] == {
        "id": 10, "adapter": "Production - VLAN 10", "made_by": "windows", "addresses": ["192.0.2.110/24"],
    }  # fmt: skip
    again = teamed.attempt(MODULE, **VLANS)
    assert (again["changed"], again["vlan"], tasks(teamed)) == (False, done["vlan"], [])
    teamed.control.advance(3600)
    assert (len(tags(teamed)), connected(teamed)) == (2, True)


@pytest.mark.long
def test_one_that_is_there_is_renamed_and_others_stay(teamed: Bench) -> None:
    teamed.attempt(MODULE, **VLANS)
    named = {"team": "production", "vlans": [{"id": 10, "name": "Backup"}]}
    done = teamed.attempt(MODULE, **named)
    assert (done.get("failed"), done["changed"]) == (None, True), done.get("msg", done)
    assert tags(teamed) == {"Backup": 10, "Scanners": 20}
    assert teamed.attempt(MODULE, **named)["changed"] is False


def test_what_windows_does_not_do_is_undone(teamed: Bench) -> None:
    teamed.control.do(A, "fail_next", "Add-NetLbfoTeamNic", "The parameter is incorrect.")
    result = teamed.attempt(MODULE, **VLANS)
    teamed.helps(result, "ended without its effect", "has undone it", "event log", kind="failed")
    assert (tags(teamed), tasks(teamed), connected(teamed)) == ({}, [], True), "the other VLAN too"


def test_a_run_that_dies_leaves_nothing_behind(teamed: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_after_the_start(teamed, monkeypatch, MODULE, **VLANS)
    assert len(tags(teamed)) == 2
    teamed.control.advance(700)
    assert tags(teamed) == {}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"vlans": []}, ["vlans is empty"]),
        ({"vlans": [{"id": 0}]}, ["VLAN id 0 is not 1 to 4094"]),
        ({"vlans": [{"id": 4095}]}, ["VLAN id 4095 is not 1 to 4094"]),
        ({"vlans": [{"id": 10}, {"id": 20}, {"id": 10, "name": "x"}]}, ["VLAN id 10 is used twice"]),
        ({"vlans": [{"id": 10, "name": "a"}, {"id": 20, "name": "A"}]}, ["the name a is used twice"]),
        ({"vlans": [{"id": 10, "name": "VLAN*"}]}, ["'VLAN*' is no name"]),
        ({"vlans": [{"id": 10, "name": ""}]}, ["'' is no name"]),
        ({"team": "a|b"}, ["'a|b' is no name"]),
        ({"return_after": 61}, ["return_after is 61"]),
        ({"windows_host": None}, ["useries_windows_host"]),
    ],
)
def test_bad_input(teamed: Bench, given: dict[str, Any], words: list[str]) -> None:
    teamed.refused(MODULE, *words, kind="invalid", **{**VLANS, **given})
    assert teamed.control.count("all") == 0


def test_an_id_is_a_number(teamed: Bench) -> None:
    teamed.refused(MODULE, "id", team="Production", vlans=[{"id": "ten"}])


def test_an_unknown_team_is_told_with_those_that_are_there(teamed: Bench) -> None:
    teamed.refused(MODULE, "no team Office", "It has Production", kind="precondition", **{**VLANS, "team": "Office"})


def test_without_a_team_there_is_none(node: Bench) -> None:
    node.refused(MODULE, "no team Production", "useries.appliance.nic_team", kind="precondition", **VLANS)


def test_a_name_that_is_taken_is_refused(teamed: Bench) -> None:
    taken = {**VLANS, "vlans": [{"id": 10, "name": "ethernet 3"}]}
    teamed.refused(MODULE, "An adapter is called Ethernet 3 already", kind="precondition", **taken)


def test_without_the_right_it_is_refused(teamed: Bench) -> None:
    stand(teamed, administrator=False)
    teamed.refused(MODULE, "is no administrator", kind="precondition", **VLANS)


def test_it_is_never_mixed_with_a_program_of_a_vendor(teamed: Bench) -> None:
    switch(teamed, "vendor", {"VLAN_VLAN10": "BASP Virtual Adapter"})
    teamed.refused(MODULE, "VLAN_VLAN10", "program of Broadcom", kind="precondition", **VLANS)


def test_broadcom_on_2012_r2(node: Bench) -> None:
    """Guide 1745: the adapters are <team>_<VLAN name>."""
    stand(node, version="6.3.9600")
    wanted = {"team": "VLAN", "vlans": [{"id": 10}, {"id": 20}]}
    words = (
        "VLAN10 (VLAN ID 10), VLAN20 (VLAN ID 20)",
        "Broadcom Advanced Control Suite 4",
        "Add VLAN",
        "native: true",
    )
    node.refused(MODULE, *words, kind="precondition", **wanted)
    switch(node, "vendor", {"VLAN_VLAN10": "BASP Virtual Adapter"})
    partly = node.attempt(MODULE, **wanted)
    assert "VLAN20 (VLAN ID 20)" in partly["msg"] and "VLAN10 (" not in partly["msg"], partly
    switch(node, "vendor", {"VLAN_VLAN10": "BASP Virtual Adapter", "VLAN_VLAN20": "BASP Virtual Adapter #2"})
    seen = node.attempt(MODULE, **wanted)
    assert (seen["changed"], [one["adapter"] for one in seen["vlan"]["vlans"]]) == (
        False,
        ["VLAN_VLAN10", "VLAN_VLAN20"],
    ), seen
    assert {one["made_by"] for one in seen["vlan"]["vlans"]} == {"broadcom"}
    assert any("does not show the tag" in text for text in seen["warnings"]), seen
    assert ran(node) == []


def test_intel_on_a_virtual_2012_r2(node: Bench) -> None:
    stand(node, version="6.3.9600")
    node.control.set("model", "U-Series v20", node=A)
    wanted = {"team": "Ethernet 1", "vlans": [{"id": 10, "name": "VLAN10"}]}
    node.refused(MODULE, "VLAN10 (VLAN ID 10)", "ProWinx64", "tab VLANs", kind="precondition", **wanted)
    switch(node, "vendor", {"Ethernet 5": "Intel(R) 82574L Gigabit Network Connection - VLAN : VLAN10"})
    seen = node.attempt(MODULE, **wanted)
    assert (seen["changed"], seen["vlan"]["vlans"][0]["adapter"], seen["vlan"]["vlans"][0]["made_by"]) == (
        False,
        "Ethernet 5",
        "intel",
    ), seen


def test_windows_2012_r2_does_it_by_itself_when_told(teamed: Bench) -> None:
    stand(teamed, version="6.3.9600")
    done = teamed.attempt(MODULE, **VLANS, native=True)
    assert (done.get("failed"), done["changed"], len(tags(teamed))) == (None, True, 2), done.get("msg", done)
