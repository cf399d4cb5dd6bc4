# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server of an appliance: from its iDRAC, from Windows, from both, and when they contradict one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.idrac_bench import account, bench, with_idrac
from tests.support.playbook import Core, Playbooks, play, task
from tests.support.simulator import Simulated

__all__ = ("bench", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated

MODULE = "dell_info"
NO_IDRAC, NO_WINDOWS = {"idrac_host": None}, {"windows_host": None}
IDRAC_ALONE = ("idrac_version", "idrac_generation", "server_generation", "lifecycle_controller_version", "health")
LABEL = "EST label"


def dell(bench: Bench, **given: Any) -> dict[str, Any]:
    """What the module tells, without a complaint."""
    found = told(bench, **given)
    assert "warnings" not in found, found
    server: dict[str, Any] = found["dell"]
    return server


def told(bench: Bench, **given: Any) -> dict[str, Any]:
    """The whole answer."""
    found = bench.attempt(MODULE, **given)
    assert (found.get("failed"), found.get("unreachable"), found["changed"]) == (None, None, False), found
    assert bench.writes() == 0
    bench.silent(found)
    return found


def tag(bench: Bench, node: str = A) -> str:
    """The service tag as the model has it."""
    found: str = bench.control.state(node)["service_tag"]
    return found


def hardware(bench: Bench, **values: str) -> None:
    """What SMBIOS tells Windows instead."""
    bench.control.set("windows", {"hardware": values}, A)


def test_both_tell_one_server(bench: Bench) -> None:
    bench.control.set("bios_version", "2.19.1", A)
    bench.control.set("idrac_version", "7.00.00.171", A)
    found = dell(bench)
    firmware, sources = found.pop("firmware"), found.pop("sources")
    assert found == {
        "virtual": False,
        "note": None,
        "service_tag": tag(bench),
        "manufacturer": "Dell Inc.",
        "model": "PowerEdge R740",
        "bios_version": "2.19.1",
        "idrac_version": "7.00.00.171",
        "idrac_generation": 9,
        "server_generation": 14,
        "lifecycle_controller_version": "7.00.00.171",
        "health": "OK",
    }
    both = dict.fromkeys(("service_tag", "manufacturer", "model", "bios_version"), ["idrac", "windows"])
    assert sources == {**both, **dict.fromkeys((*IDRAC_ALONE, "firmware"), ["idrac"])}
    assert [(one["name"], one["version"], one["updateable"], one["state"]) for one in firmware] == [
        ("BIOS", "2.19.1", True, "installed"),
        ("BIOS", "2.10.0", True, "previous"),
        ("Integrated Dell Remote Access Controller", "7.00.00.171", True, "installed"),
        ("Lifecycle Controller", "7.00.00.171", True, "installed"),
        ("System CPLD", "1.1.4", False, "installed"),
    ]
    assert {one["component"] for one in firmware} == {"159", "25227", "28897", "27763"}


def test_the_idrac_alone(bench: Bench) -> None:
    found = dell(bench, **NO_WINDOWS)
    assert (found["virtual"], found["service_tag"], found["model"]) == (False, tag(bench), "PowerEdge R740")
    assert {str(surfaces) for surfaces in found["sources"].values()} == {"['idrac']"}
    assert {entry["wire"] for entry in bench.control.log(A)} == {"idrac"}


def test_windows_alone_tells_what_it_knows(bench: Bench) -> None:
    found = dell(bench, **NO_IDRAC)
    assert (found["virtual"], found["service_tag"]) == (False, tag(bench))
    assert (found["manufacturer"], found["model"], found["bios_version"]) == ("Dell Inc.", "PowerEdge R740", "2.12.2")
    assert found["sources"]["service_tag"] == ["windows"]
    for name in (*IDRAC_ALONE, "firmware"):
        assert (found[name], found["sources"][name]) == (None, [])
    assert {entry["wire"] for entry in bench.control.log(A)} == {"windows"}


def test_an_older_server(bench: Bench) -> None:
    bench.control.do(A, "lifecycle.set_up", "older", True)
    found = dell(bench)
    assert (found["idrac_generation"], found["server_generation"], found["model"]) == (8, 13, "PowerEdge R730")


def test_the_health_is_that_of_all_parts(bench: Bench) -> None:
    bench.control.do(A, "lifecycle.set_up", "health", "Critical")
    assert dell(bench)["health"] == "Critical"


def test_where_the_two_differ_the_idrac_counts(bench: Bench) -> None:
    hardware(bench, SMBIOSBIOSVersion="2.10.0", SerialNumber=tag(bench).lower())
    found = dell(bench)
    assert (found["bios_version"], found["sources"]["bios_version"]) == ("2.12.2", ["idrac"])
    assert (found["service_tag"], found["sources"]["service_tag"]) == (tag(bench), ["idrac", "windows"])


@pytest.mark.parametrize("check_mode", [False, True])
def test_another_machine_behind_the_address_of_the_idrac(bench: Bench, check_mode: bool) -> None:
    others = {name: bench.inventory[B][f"useries_{name}"] for name in ("idrac_host", "idrac_port", "idrac_password")}
    words = (f"is that of the server {tag(bench, B)}", f"the server {tag(bench)}", "another machine", "change nothing")
    failed = bench.refused(MODULE, *words, kind="precondition", check_mode=check_mode, **others)
    assert failed["error"]["surface"] == "idrac"


def test_a_virtual_appliance_is_told_as_one(bench: Bench) -> None:
    bench.control.set("model", "U-Series v20", A)
    found = dell(bench, **NO_IDRAC)
    assert (found["virtual"], found["service_tag"], found["model"]) == (True, None, "VMware7,1")
    assert found["note"] == "This is a virtual appliance (VMware, Inc. VMware7,1): it has no service tag and no iDRAC."


def test_a_virtual_appliance_has_no_idrac(bench: Bench) -> None:
    bench.control.set("model", "U-Series v20", A)
    words = ("a virtual machine (VMware, Inc. VMware7,1)", "another machine is behind the address of the iDRAC")
    bench.refused(MODULE, *words, kind="precondition")


@pytest.mark.parametrize(
    ("manufacturer", "model", "virtual"),
    [
        ("Microsoft Corporation", "Virtual Machine", True),
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)", True),
        ("Xen", "HVM domU", True),
        ("Microsoft Corporation", "Surface Pro", None),
        ("Contoso", "VMware look-alike", None),
    ],
)
def test_what_is_virtual(bench: Bench, manufacturer: str, model: str, virtual: bool | None) -> None:
    hardware(bench, Manufacturer=manufacturer, Model=model)
    found = told(bench, **NO_IDRAC)
    assert (found["dell"]["virtual"], found["dell"]["service_tag"]) == (virtual, None)
    assert bool(found["dell"]["note"]) is bool(virtual)
    if virtual is None:
        assert f"{manufacturer} {model}, which is no server of Dell" in found["warnings"][0]


@pytest.mark.parametrize("given", [{}, NO_IDRAC, NO_WINDOWS])
def test_a_server_without_a_tag_has_a_label(bench: Bench, given: dict[str, Any]) -> None:
    """As after its board was replaced."""
    bench.control.set("service_tag", "", A)
    found = told(bench, **given)
    assert (found["dell"]["service_tag"], found["dell"]["sources"]["service_tag"]) == (None, [])
    (warning,) = found["warnings"]
    assert LABEL in warning and "racadm getsysinfo" in warning


@pytest.mark.parametrize("serial", ["System Serial Number", "ABC12345", "ABC12 4", "ÄBC1234"])
def test_a_serial_number_that_is_no_tag_is_none(bench: Bench, serial: str) -> None:
    hardware(bench, SerialNumber=serial)
    found = dell(bench)
    assert (found["service_tag"], found["sources"]["service_tag"]) == (tag(bench), ["idrac"])
    assert LABEL in told(bench, **NO_IDRAC)["warnings"][0]


def test_windows_that_does_not_answer_is_warned_about(bench: Bench) -> None:
    bench.control.do(A, "set_link", False)
    found = told(bench)
    assert (found["dell"]["service_tag"], found["dell"]["virtual"]) == (tag(bench), False)
    assert found["dell"]["sources"]["service_tag"] == ["idrac"]
    assert "was not compared with that of Windows" in found["warnings"][0]


def test_windows_alone_that_does_not_answer_is_a_failure_or_an_answer(bench: Bench) -> None:
    bench.control.do(A, "set_link", False)
    failed = bench.attempt(MODULE, **NO_IDRAC)
    assert (failed["error"]["surface"], failed["error"]["kind"]) == ("windows", "unreachable"), failed
    found = told(bench, unreachable_ok=True, **NO_IDRAC)
    assert (found["reachable"], found["dell"]) == (False, None)


def test_an_idrac_that_does_not_answer_is_not_replaced_by_windows(bench: Bench) -> None:
    bench.control.fault("refuse", A, surface="idrac", count=-1)
    gone = bench.attempt(MODULE)
    assert (gone.get("unreachable"), gone["error"]["surface"]) == (True, "idrac"), gone
    found = told(bench, unreachable_ok=True)
    assert (found["reachable"], found["dell"]) == (False, None)
    assert bench.control.log(A, "windows") == []


def test_windows_2008_r2_has_no_cim(bench: Bench) -> None:
    missing = ["get-bitlockervolume", "get-ciminstance", "convertto-json"]
    bench.control.set("windows", {"version": "6.1.7601", "missing": missing}, A)
    found = told(bench)
    assert found["dell"]["sources"]["service_tag"] == ["idrac"]
    assert "was not compared with that of Windows" in found["warnings"][0]
    bench.helps(bench.attempt(MODULE, **NO_IDRAC), "useries_idrac_host", LABEL, kind="failed")


def test_without_both_the_label_is_named(bench: Bench) -> None:
    words = ("useries_idrac_host", "useries_windows_host", LABEL, "virtual appliance")
    bench.refused(MODULE, *words, kind="invalid", **NO_IDRAC, **NO_WINDOWS)
    assert bench.control.log(A) == []


@pytest.mark.parametrize("missing", ["idrac_username", "windows_password"])
def test_half_a_configuration_is_told_before_anything_is_sent(bench: Bench, missing: str) -> None:
    other = NO_WINDOWS if missing.startswith("idrac") else NO_IDRAC
    bench.refused(MODULE, f"useries_{missing}", kind="invalid", **{missing: None}, **other)
    assert bench.control.log(A) == []


def test_check_mode_reads_alike_and_a_query_filters(bench: Bench) -> None:
    assert bench.attempt(MODULE, check_mode=True) == bench.attempt(MODULE)
    assert bench.writes() == 0
    assert bench.attempt(MODULE, query="firmware[?!updateable].name")["dell"] == ["System CPLD"]


def test_the_right_to_log_in_is_enough_and_needed(bench: Bench) -> None:
    assert dell(bench, **account(bench, "ReadOnly"))["service_tag"] == tag(bench)
    bench.helps(bench.attempt(MODULE, **account(bench, "None")), "refuses the sign-in", kind="login_refused")


def test_a_password_that_windows_refuses_is_a_failure(bench: Bench) -> None:
    bench.secrets.add("Canary-wrong-1")
    failed = bench.attempt(MODULE, windows_password="Canary-wrong-1")
    bench.helps(failed, kind="login_refused")
    assert failed["error"]["surface"] == "windows"


def test_nothing_is_read_twice_of_the_idrac(bench: Bench) -> None:
    bench.control.reset_counts()
    dell(bench)
    asked = [entry["path"] for entry in bench.control.log(A, "idrac") if entry["kind"] == "read"]
    assert asked
    assert sorted(set(asked)) == sorted(asked)


def test_an_idrac_without_an_inventory(bench: Bench) -> None:
    bench.control.fault("status", A, surface="idrac", code=404, path="FirmwareInventory", count=-1)
    found = dell(bench)
    assert (found["firmware"], found["lifecycle_controller_version"], found["health"]) == (None, None, "OK")


def test_one_sign_in_for_all_modules_of_a_run(core: Core, with_idrac: Simulated, tmp_path: Path) -> None:
    """And out again at its end."""
    with_idrac.control.reset()
    tasks = [task(name, name) for name in ("dell_info", "idrac_info", "idrac_job_info")]
    ran = Playbooks(core, with_idrac.inventory, tmp_path).run(play(*tasks, hosts="useries"), "-vvvv").good()
    for host in (A, B):
        assert [with_idrac.control.count(kind, host, "idrac") for kind in ("login", "logout", "write")] == [1, 1, 0]
        server, alone = ran.result("dell_info", host)["dell"], ran.result("idrac_info", host)["idrac"]
        assert server["service_tag"] == alone["service_tag"] == with_idrac.control.state(host)["service_tag"]
        assert ran.result("idrac_job_info", host)["jobs"] == []
        for account_of in ("idrac", "windows"):
            assert with_idrac.nodes[host].accounts[account_of]["password"] not in ran.output
