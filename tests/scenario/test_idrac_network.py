# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of the iDRAC: by racadm for the first contact, by Redfish afterwards, with the same options."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.idrac_bench import account, bench, with_idrac
from tests.support.playbook import Core, Playbooks, play, task
from tests.support.simulator import Simulated

__all__ = ("bench", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated

MODULE, INFO = "idrac_network", "idrac_network_info"
WINDOWS, REDFISH = {"via": "windows"}, {"via": "redfish"}
FACTORY = "192.168.0.120"
TOOLS = ["newest", "modern", "legacy"]


def network(bench: Bench) -> dict[str, Any]:
    """The model, with what is due done."""
    bench.control.advance(5)
    found: dict[str, Any] = bench.control.state(A)["idrac_network"]
    return found


def old(bench: Bench) -> str:
    """Where the iDRAC is by the inventory."""
    return str(bench.inventory[A]["useries_idrac_host"])


def beside(bench: Bench, last: int) -> str:
    """Another address of the loopback network of the pair."""
    return f"{old(bench).rsplit('.', 1)[0]}.{last}"


def static(bench: Bench, last: int = 210) -> dict[str, Any]:
    """A static address."""
    mask = "255.255.255.0"
    return {"dhcp": False, "ip_address": beside(bench, last), "subnet_mask": mask, "gateway": beside(bench, 1)}


def racadm(bench: Bench, tool: str, **more: Any) -> None:
    """Which tool is on the appliance."""
    bench.control.set("windows", {"racadm": tool, **more}, node=A)


def orders(bench: Bench) -> list[str]:
    """What racadm was told, without questions and values."""
    ran = [entry["path"] for entry in bench.control.log(A, "windows") if entry["what"] == "Command"]
    told = [path.removeprefix("racadm ") for path in ran if path.startswith("racadm ")]
    return [one for one in told if not one.startswith("get")]


def good(result: dict[str, Any], changed: bool) -> dict[str, Any]:
    """A result without a failure."""
    assert (result.get("failed"), result["changed"]) == (None, changed), result
    return result


# -- first contact -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_first_contact_by_racadm(bench: Bench, tool: str) -> None:
    racadm(bench, tool)
    bench.control.do(A, "idrac_network.unconfigure")
    given = {"enabled": True, "nic_selection": "dedicated", **static(bench), **WINDOWS}
    checked = good(bench.attempt(MODULE, check_mode=True, **given), True)
    assert (orders(bench), checked["idrac_network"]["ip_address"]) == ([], FACTORY)
    assert json.loads(checked["diff"]["before"]) == {
        "enabled": False,
        "ip_address": FACTORY,
        "gateway": "192.168.0.1",
    }
    done = good(bench.attempt(MODULE, **given), True)
    assert (done["diff"], done["via"], done["moved"]) == (checked["diff"], "windows", False)
    assert done["idrac_network"] == {"enabled": True, "nic_selection": "dedicated", **static(bench)}
    assert network(bench)["address"] == beside(bench, 210)
    modern = [f"set iDRAC.IPv4.{name}" for name in ("Address", "Netmask", "Gateway", "DHCPEnable")]
    legacy = ["setniccfg", "config -g cfgLanNetworking -o cfgNicEnable"]
    assert orders(bench) == (legacy if tool == "legacy" else [*modern, "set iDRAC.NIC.Enable"])
    bench.control.reset_counts()
    again = good(bench.attempt(MODULE, **given), False)
    assert (again["answers"], orders(bench)) == (True, [])
    bench.silent([checked, done, again])


def test_an_idrac_that_does_not_answer_yet_is_reached_by_racadm(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.unconfigure")
    done = good(bench.attempt(MODULE, enabled=True, **static(bench)), True)
    assert done["via"] == "windows"
    assert any("reached by racadm on the appliance" in text for text in done["warnings"]), done
    found = bench.attempt(INFO, idrac_host=None)
    assert (found["idrac_network"]["ip_address"], found["idrac_network"]["via"]) == (beside(bench, 210), "windows")


def test_without_windows_an_idrac_that_does_not_answer_is_unreachable(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.unconfigure")
    gone = bench.attempt(MODULE, enabled=True, windows_host=None)
    assert (gone.get("unreachable"), gone["error"]["surface"]) == (True, "idrac"), gone


@pytest.mark.parametrize("wrong", [{"idrac_password": "Canary-wrong-1"}, {"idrac_ca_path": None}])
def test_an_idrac_that_answers_is_not_gone_round(bench: Bench, wrong: dict[str, Any]) -> None:
    bench.secrets.add("Canary-wrong-1")
    refused = bench.attempt(MODULE, enabled=True, **wrong)
    bench.helps(refused, kind="login_refused" if "idrac_password" in wrong else "untrusted")
    assert orders(bench) == []


@pytest.mark.parametrize("tool", TOOLS)
def test_dhcp_and_a_shared_port_by_racadm(bench: Bench, tool: str) -> None:
    racadm(bench, tool)
    bench.control.do(A, "idrac_network.set_up", "lease", beside(bench, 211))
    done = good(bench.attempt(MODULE, dhcp=True, nic_selection="lom1", **WINDOWS), True)
    assert done["idrac_network"]["nic_selection"] == "lom1"
    found = network(bench)
    assert (found["dhcp"], found["selection"], found["address"]) == (True, "LOM1", beside(bench, 211))
    again = good(bench.attempt(MODULE, dhcp=True, nic_selection="lom1", **WINDOWS), False)
    assert again["idrac_network"]["ip_address"] == beside(bench, 211)
    assert any(f"useries_idrac_host: {beside(bench, 211)}" in text for text in again.get("warnings", done["warnings"]))


def test_the_nic_is_turned_off_and_on_by_racadm_only(bench: Bench) -> None:
    words = ("enabled: false over Redfish", "via: windows")
    bench.refused(MODULE, *words, kind="precondition", enabled=False, **REDFISH)
    done = good(bench.attempt(MODULE, enabled=False, **WINDOWS), True)
    assert (done["idrac_network"]["enabled"], network(bench)["enabled"], done["answers"]) == (False, False, False)
    good(bench.attempt(MODULE, enabled=True, **WINDOWS), True)
    assert network(bench)["enabled"] is True


def test_an_older_idrac_has_fewer_ports(bench: Bench) -> None:
    racadm(bench, "legacy")
    words = ("cannot be given the port lom2", "dedicated or lom1")
    bench.refused(MODULE, *words, kind="precondition", nic_selection="lom2", **WINDOWS)


def test_a_shared_port_with_failover_is_told_and_can_be_left(bench: Bench) -> None:
    racadm(bench, "legacy")
    bench.control.do(A, "idrac_network.set_up", "selection", "LOM2")
    assert bench.attempt(INFO, **WINDOWS)["idrac_network"]["nic_selection"] == "lom1_failover_lom2"
    good(bench.attempt(MODULE, nic_selection="dedicated", **WINDOWS), True)
    assert network(bench)["selection"] == "Dedicated"


@pytest.mark.parametrize("module", [MODULE, INFO])
def test_a_missing_racadm(bench: Bench, module: str) -> None:
    racadm(bench, "none")
    given = {"enabled": True} if module == MODULE else {}
    words = ("There is no racadm on", "C:\\Program Files\\Dell\\SysMgt\\idrac\\racadm.exe", "iDRAC Tools", "F2 setup")
    bench.refused(module, *words, kind="precondition", **given, **WINDOWS)


@pytest.mark.parametrize("tool", TOOLS)
def test_another_language_is_refused_before_anything_is_told(bench: Bench, tool: str) -> None:
    racadm(bench, tool, language="de")
    failed = bench.attempt(MODULE, enabled=False, **WINDOWS)
    bench.helps(failed, "a language other than English", "via: redfish", kind="unexpected")
    assert orders(bench) == []


def test_what_racadm_complains_about_is_told_in_its_words(bench: Bench) -> None:
    complaint = "ERROR: Unable to perform requested operation."
    for _command in range(4):
        bench.control.do(A, "fail_next", "racadm", complaint)
    failed = bench.attempt(MODULE, enabled=False, **WINDOWS)
    bench.helps(failed, complaint, "tells nothing of the iDRAC", kind="precondition")
    assert orders(bench) == []
    for text in ("", "", complaint):  # two questions, then the first order
        bench.control.do(A, "fail_next", "racadm", text)
    failed = bench.attempt(MODULE, enabled=False, nic_selection="lom1", **WINDOWS)
    bench.helps(failed, complaint, "refuses (set iDRAC.NIC.Selection)", "administrator", kind="rejected")
    assert orders(bench) == ["set iDRAC.NIC.Selection"], "it stops at the first"


def test_a_lost_answer_of_racadm_is_decided_by_looking(bench: Bench) -> None:
    bench.control.fault("reset", A, "windows", path="racadm set iDRAC.NIC.Selection", when="after")
    done = good(bench.attempt(MODULE, nic_selection="lom1", **WINDOWS), True)
    assert any("its effect is seen" in text for text in done["warnings"]), done
    bench.control.fault("reset", A, "windows", path="racadm set iDRAC.NIC.Selection", when="before")
    lost = bench.attempt(MODULE, nic_selection="dedicated", **WINDOWS)
    bench.helps(lost, "it was not carried out", "It can be repeated", kind="failed")
    bench.control.fault("reset", A, "windows", path="racadm set iDRAC.NIC.Enable", when="before")
    half = bench.attempt(MODULE, nic_selection="dedicated", enabled=False, **WINDOWS)
    bench.helps(half, "nobody can say", "Run the task again", kind="outcome_unknown")
    good(bench.attempt(MODULE, nic_selection="dedicated", enabled=False, **WINDOWS), True)


def test_an_order_by_racadm_without_an_effect_is_no_success(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.set_up", "trouble", "ignored")
    failed = bench.attempt(MODULE, nic_selection="lom3", wait_timeout=10, **WINDOWS)
    words = ("took the change, but it is not there", "nic_selection: wanted 'lom3', found 'dedicated'")
    bench.helps(failed, *words, kind="not_seen")


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_the_address_is_changed_over_redfish_and_met_again(bench: Bench) -> None:
    given, new = static(bench), beside(bench, 210)
    checked = good(bench.attempt(MODULE, check_mode=True, **given), True)
    assert (bench.writes(), checked["moved"], checked["via"]) == (0, False, "redfish")
    done = good(bench.attempt(MODULE, **given), True)
    assert (bench.writes(), done["moved"], done["answers"]) == (1, True, True)
    assert done["diff"] == checked["diff"]
    assert done["idrac_network"] == {"enabled": True, "nic_selection": "dedicated", **given}
    assert any(
        f"useries_idrac_host: {new}" in text and "useries_idrac_fingerprints" in text for text in done["warnings"]
    )
    # the rest of the run: the new address, and the certificate that was made for the old one
    assert bench.attempt(INFO, idrac_host=new, **REDFISH)["error"]["kind"] == "untrusted"
    there = {"idrac_host": new, "idrac_fingerprints": done["fingerprints"]}
    assert bench.attempt(INFO, **there)["idrac_network"] == {**done["idrac_network"], "via": "redfish"}
    again = good(bench.attempt(MODULE, **given, **there), False)
    assert (again["moved"], again["fingerprints"]) == (False, [])
    assert [bench.control.count(kind, A, "idrac") for kind in ("login", "logout")] == [2, 1], "one session is left"
    bench.silent([checked, done, again])


def test_a_lost_answer_of_redfish_is_decided_at_the_new_address(bench: Bench) -> None:
    bench.control.fault("reset", A, "idrac", path="DellAttributes", method="PATCH", when="after")
    done = good(bench.attempt(MODULE, **static(bench)), True)
    assert (done["moved"], bench.writes()) == (True, 1), done
    assert any("did not answer to the change any more" in text for text in done["warnings"])


def test_an_order_that_never_arrived_leaves_it_at_its_old_address(bench: Bench) -> None:
    bench.control.fault("reset", A, "idrac", path="DellAttributes", method="PATCH", when="before")
    lost = bench.attempt(MODULE, wait_timeout=5, **static(bench))
    bench.helps(lost, f"still answers at its old address {old(bench)}", kind="outcome_unknown")


def test_nobody_answers_any_more(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.set_up", "trouble", "lost")
    lost = bench.attempt(MODULE, wait_timeout=90, **static(bench))
    bench.helps(lost, f"nobody answers at {beside(bench, 210)}", "via: windows", kind="outcome_unknown")
    assert lost["changed"] is True


def test_a_change_that_cuts_nothing(bench: Bench) -> None:
    done = good(bench.attempt(MODULE, nic_selection="lom2", **REDFISH), True)
    assert (done["moved"], network(bench)["selection"]) == (False, "LOM2")
    good(bench.attempt(MODULE, nic_selection="lom2", **REDFISH), False)
    bench.control.fault("reset", A, "idrac", path="DellAttributes", method="PATCH", when="before")
    lost = bench.attempt(MODULE, nic_selection="lom1", wait_timeout=5, **REDFISH)
    bench.helps(lost, "nic_selection did not change", "can be repeated", kind="failed")
    bench.control.do(A, "idrac_network.set_up", "trouble", "ignored")
    ignored = bench.attempt(MODULE, nic_selection="lom1", wait_timeout=5, **REDFISH)
    bench.helps(ignored, "it is not there when read again", kind="not_seen")


def test_dhcp_over_redfish_at_an_expected_address(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.set_up", "lease", beside(bench, 212))
    done = good(bench.attempt(MODULE, dhcp=True, expected_address=beside(bench, 212)), True)
    assert (done["moved"], done["idrac_network"]["ip_address"]) == (True, beside(bench, 212)), done


def test_dhcp_over_redfish_that_gives_another_address_is_found_out(bench: Bench) -> None:
    bench.control.do(A, "idrac_network.set_up", "lease", beside(bench, 213))
    lost = bench.attempt(MODULE, dhcp=True, wait_timeout=60)
    bench.helps(lost, f"nobody answers at {old(bench)}", "via: windows", "DHCP", kind="outcome_unknown")
    told = bench.attempt(INFO, **WINDOWS)
    assert told["idrac_network"]["ip_address"] == beside(bench, 213)


def test_dhcp_that_leaves_the_address_as_it_is(bench: Bench) -> None:
    done = good(bench.attempt(MODULE, dhcp=True), True)
    assert (done["moved"], done["idrac_network"]["dhcp"]) == (False, True), done


def test_an_address_at_which_somebody_answers_is_refused(bench: Bench) -> None:
    given, words = static(bench, 214), ("Somebody answers at", "already", "free address")
    with socket.create_server((given["ip_address"], bench.inventory[A]["useries_idrac_port"])):
        for way in (WINDOWS, REDFISH):
            bench.refused(MODULE, *words, kind="precondition", **given, **way)
    assert orders(bench) == []


def test_an_idrac_8_has_no_attributes(bench: Bench) -> None:
    bench.control.do(A, "lifecycle.set_up", "older", True)
    bench.refused(MODULE, "does not offer its network settings", "via: windows", kind="precondition", enabled=True)


def test_an_idrac_without_room_for_a_session(bench: Bench) -> None:
    own = bench.inventory[A]
    user = {"UserName": own["useries_idrac_username"], "Password": own["useries_idrac_password"]}
    sessions = f"https://{old(bench)}:{own['useries_idrac_port']}/redfish/v1/SessionService/Sessions"
    opened = []
    while True:  # until it is full
        answer = requests.post(sessions, json=user, verify=own["useries_idrac_ca_path"], timeout=10)
        if answer.status_code != 201:
            break
        opened.append(answer)
    failed = bench.attempt(MODULE, enabled=False, **WINDOWS)  # racadm needs none
    good(failed, True)
    good(bench.attempt(MODULE, enabled=True, **WINDOWS), True)
    bench.refused(MODULE, "has no session left", "closessn", kind="busy", nic_selection="lom1")
    for answer in opened:
        token = {"X-Auth-Token": answer.headers["X-Auth-Token"]}
        place = sessions.removesuffix("/redfish/v1/SessionService/Sessions") + answer.headers["Location"]
        requests.delete(place, headers=token, verify=own["useries_idrac_ca_path"], timeout=10)


def test_an_account_that_may_only_read(bench: Bench) -> None:
    reader = account(bench, "ReadOnly")
    assert bench.attempt(INFO, **reader)["idrac_network"]["enabled"] is True
    failed = bench.attempt(MODULE, nic_selection="lom1", **reader)
    bench.helps(failed, "insufficient privileges", "role", kind="precondition")
    assert network(bench)["selection"] == "Dedicated"


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nothing is to be set"),
        ({"ip_address": "192.0.2.30"}, "would not be used without dhcp: false"),
        ({"dhcp": True, "gateway": "192.0.2.1"}, "would not be used without dhcp: false"),
        ({"enabled": True, "expected_address": "192.0.2.30"}, "expected_address is for dhcp: true"),
        ({"dhcp": True, "expected_address": "nowhere"}, "is no IPv4 address"),
        ({"ip_address": "192.0.2.300"}, "is no IPv4 address"),
        ({"ip_address": "2001:db8::1"}, "takes IPv4 addresses only"),
        ({"ip_address": "192.0.2.255"}, "stands for the whole subnet"),
        ({"subnet_mask": "255.0.255.0"}, "no mask like"),
        ({"gateway": "192.0.3.1"}, "not in the subnet 192.0.2.0/24"),
        ({"gateway": "192.0.2.30"}, "are the same address"),
        ({"idrac_host": None, "windows_host": None, "enabled": True}, "Neither iDRAC nor Windows is configured"),
        ({"idrac_host": None, "enabled": True, "via": "redfish"}, "The iDRAC is not configured"),
        ({"windows_host": None, "enabled": True, "via": "windows"}, "Windows (WinRM) is not configured"),
    ],
)
def test_bad_input(bench: Bench, given: dict[str, Any], words: str) -> None:
    if set(given) & {"ip_address", "subnet_mask", "gateway"} and len(given) == 1 and "without dhcp" not in words:
        whole = {"ip_address": "192.0.2.30", "subnet_mask": "255.255.255.0", "gateway": "192.0.2.1"}
        given = {"dhcp": False, **whole, **given}
    bench.refused(MODULE, words, kind="invalid", **given)
    assert bench.control.count("all") == 0


def test_a_static_address_needs_all_of_it(bench: Bench) -> None:
    bench.refused(MODULE, "ip_address, subnet_mask, gateway", dhcp=False)
    bench.refused(MODULE, "gateway", dhcp=False, ip_address="192.0.2.30", subnet_mask="255.255.255.0")


def test_the_address_of_the_appliance_is_not_the_idracs(bench: Bench) -> None:
    taken = {**static(bench), "ip_address": bench.inventory[A]["useries_windows_host"], "idrac_host": None}
    bench.refused(MODULE, "of the appliance itself", kind="invalid", **taken)


# -- in a playbook -----------------------------------------------------------------------------------------------------


def test_first_contact_then_redfish_in_one_playbook(core: Core, with_idrac: Simulated, tmp_path: Path) -> None:
    control = with_idrac.control
    control.reset()
    control.do(A, "idrac_network.unconfigure")
    address = str(with_idrac.nodes[A].address)
    static = {"dhcp": False, "ip_address": address, "subnet_mask": "255.255.255.0"}
    given = {"enabled": True, **static, "gateway": f"{address.rsplit('.', 1)[0]}.1"}
    tasks = [task("first", MODULE, given), task("again", MODULE, given), task("info", INFO)]
    ran = Playbooks(core, with_idrac.inventory, tmp_path).run(play(*tasks, hosts=A), "-vvvv").good()
    assert (ran.result("first", A)["via"], ran.result("first", A)["changed"]) == ("windows", True)
    assert (ran.result("again", A)["via"], ran.result("again", A)["changed"]) == ("redfish", False)
    assert ran.result("info", A)["idrac_network"]["ip_address"] == address
    for account_of in ("idrac", "windows"):
        assert with_idrac.nodes[A].accounts[account_of]["password"] not in ran.output
