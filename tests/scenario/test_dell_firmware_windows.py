# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware through Windows: a package that is Dell's, run silently once, its exit code in words, proven afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.firmware_bench import MODULE, NEW, OLD, drive, node, served, state, wanted, wanted_idrac, well
from tests.scenario.idrac_bench import bench, with_idrac
from tests.support.packages import BIOS, CHIPSET, R730, package

__all__ = ("bench", "node", "wanted", "wanted_idrac", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated

THROUGH = {"through": "windows"}
DEVICES = ["PCI Device", "SM Bus Controller"]


def place(package_: str) -> str:
    return f"C:\\Windows\\Temp\\{Path(package_).stem}.exe"


@pytest.fixture
def copied(node: Bench, wanted: dict[str, Any]) -> dict[str, Any]:
    """Options for a newer BIOS whose package a person has copied."""
    node.control.do(A, "disk.copy", place(wanted["package"]), wanted["package"])
    return {**wanted, **THROUGH}


@pytest.fixture
def chipset(node: Bench, tmp_path: Path) -> dict[str, Any]:
    """Options for chipset drivers that are there, and devices that lack them."""
    made = package(tmp_path / "Chipset_Driver_0X1Y3_WN64_10.1.18_A00.EXE", "10.1.18", CHIPSET)
    node.control.do(A, "disk.copy", place(str(made)), str(made))
    for number, name in enumerate(DEVICES):
        node.control.do(A, "devices.add", name, f"PCI\\VEN_8086&DEV_A12{number}\\3", [f"PCI\\VEN_8086&DEV_A12{number}"])
    keys = str(tmp_path / "keys.json")
    return {"component": "chipset", "package": str(made), "escrow_file": keys, **THROUGH}


def ran(bench: Bench) -> list[str]:
    """The options with which packages were run, without their log."""
    paths = [entry["path"] for entry in bench.control.log(A, "windows") if entry["what"] == "Command"]
    found = [path.removeprefix("package ") for path in paths if path.startswith("package ")]
    return [" ".join(word for word in line.split() if not word.startswith("/l=")) for line in found]


def test_a_bios_is_run_once_and_proven_after_the_restart(node: Bench, copied: dict[str, Any]) -> None:
    given = {**copied, "restart": True}
    checked = node.attempt(MODULE, check_mode=True, **given)
    assert well(checked, True)["version"] == OLD
    assert (ran(node), drive(node), Path(copied["escrow_file"]).exists()) == ([], (True, 0), False)
    before = state(node)["boot_time"]
    done = node.attempt(MODULE, **given)
    found = well(done, True)
    assert done["diff"] == checked["diff"]
    assert ran(node) == ["/s /c", "/s"]
    assert (found["state"], found["version"], found["restarted"], found["job"]) == ("installed", NEW, True, None)
    assert found["bitlocker"] == {"C:": "on", "D:": "on"}
    assert done["proof_detail"] == {"road": "Windows", "version": NEW}
    assert state(node)["boot_time"] > before
    assert drive(node) == (True, 0)
    again = node.attempt(MODULE, **given)
    assert (well(again, False)["state"], ran(node)) == ("installed", ["/s /c", "/s"]), again
    node.silent([checked, done, again])
    assert not node.control.log(A, "idrac"), "the iDRAC was asked"


def test_without_a_restart_it_is_scheduled(node: Bench, copied: dict[str, Any]) -> None:
    done = node.attempt(MODULE, **copied)
    found = well(done, True)
    assert (found["state"], found["version"], found["restarted"]) == ("scheduled", OLD, False)
    assert any("staged and not in effect" in text for text in done["warnings"]), done
    assert drive(node) == (False, 2)


def test_it_works_without_an_idrac(node: Bench, copied: dict[str, Any]) -> None:
    found = well(node.attempt(MODULE, **copied, restart=True, idrac_host=None), True)
    assert found["state"] == "installed"


def test_the_appliance_fetches_it(node: Bench, wanted: dict[str, Any]) -> None:
    path = Path(wanted["package"])
    with served(path.parent) as address:
        given = {**wanted, **THROUGH, "image_uri": f"{address}/{path.name}?token=1", "restart": True}
        assert well(node.attempt(MODULE, **given), True)["state"] == "installed"


def test_what_was_fetched_has_to_be_the_same_file(node: Bench, wanted: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    name = Path(wanted["package"]).name
    package(folder / name, "2.15.0")
    with served(folder) as address:
        result = node.attempt(MODULE, **wanted, **THROUGH, image_uri=f"{address}/{name}")
    node.helps(result, "is not BIOS_0X1Y2_WN64_2.14.2.EXE of the controller", "SHA-256", kind="failed")
    assert (ran(node), drive(node)) == ([], (True, 0))


def test_an_address_that_windows_cannot_reach(node: Bench, wanted: dict[str, Any]) -> None:
    uri = f"http://127.0.0.1:9/{Path(wanted['package']).name}"
    result = node.attempt(MODULE, **wanted, **THROUGH, image_uri=uri)
    assert (result["failed"], drive(node), ran(node)) == (True, (True, 0), []), result
    assert "Unable to connect" in result["msg"]


def test_a_package_is_copied_to_the_appliance_and_removed_afterwards(
    node: Bench, wanted: dict[str, Any], tmp_path: Path
) -> None:
    other = package(tmp_path / "other.exe", "1.0")
    path = place(wanted["package"])
    node.control.do(A, "disk.copy", path, str(other))  # half of an earlier copy
    assert well(node.attempt(MODULE, check_mode=True, **wanted, **THROUGH), True)["version"] == OLD
    assert state(node)["disk"]["files"] == {path: f"<{other.stat().st_size} bytes>"}
    done = node.attempt(MODULE, **wanted, **THROUGH, restart=True)
    assert (well(done, True)["state"], ran(node)) == ("installed", ["/s /c", "/s"])
    assert state(node)["disk"]["files"] == {}
    node.silent([done])


def test_a_copy_that_breaks_off_runs_nothing(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("reset", A, "windows", path="standard input", when="after")
    result = node.attempt(MODULE, **wanted, **THROUGH)
    node.helps(result, "was not brought to the appliance completely", "Nothing was run", kind="failed")
    assert (ran(node), drive(node)) == ([], (True, 0))
    assert well(node.attempt(MODULE, **wanted, **THROUGH, restart=True), True)["state"] == "installed"


@pytest.mark.parametrize(
    ("fault", "words"),
    [("copied_badly", "did not arrive as it was sent"), ("drive_full", "not enough space on the disk")],
)
def test_a_copy_that_does_not_arrive_is_not_run(node: Bench, wanted: dict[str, Any], fault: str, words: str) -> None:
    node.control.do(A, "fail_next", fault, "x")
    result = node.attempt(MODULE, **wanted, **THROUGH)
    node.helps(result, words, kind="failed")
    assert (ran(node), drive(node)) == ([], (True, 0))


@pytest.mark.parametrize(("signer", "words"), [("", "is not valid"), ("CN=Somebody", "that of CN=Somebody")])
def test_a_package_that_dell_did_not_sign(node: Bench, copied: dict[str, Any], signer: str, words: str) -> None:
    node.control.do(A, "lifecycle.set_up", "signer", signer)
    result = node.attempt(MODULE, **copied)
    node.helps(result, words, "Dell's support site", kind="failed")
    assert (ran(node), drive(node)) == ([], (True, 0))


@pytest.mark.parametrize(
    ("code", "words", "remedy"),
    [
        (1, "UNSUCCESSFUL: an error occurred", "Read its log"),
        (3, "DEP_SOFT_ERROR: the same version", "downgrade: true"),
        (4, "DEP_HARD_ERROR: another version", "Install what Dell's notes"),
        (5, "QUAL_HARD_ERROR: it is not for this server", "under the service tag"),
        (9, "exit code 9", "Read its log"),
    ],
)
def test_an_exit_code_that_is_no_success(
    node: Bench, copied: dict[str, Any], code: int, words: str, remedy: str
) -> None:
    node.control.do(A, "fail_next", "dup_exit", str(code))
    result = node.attempt(MODULE, **copied, restart=True)
    node.helps(result, words, remedy, kind="failed")
    assert (ran(node), drive(node), state(node)["bios_version"]) == (["/s /c", "/s"], (True, 0), OLD)


def test_a_package_whose_own_check_refuses(node: Bench, copied: dict[str, Any]) -> None:
    """By name it is for this server, and the package knows better."""
    package(Path(copied["package"]), NEW, BIOS, (("0717", "R740"),))
    node.control.do(A, "disk.copy", place(copied["package"]), copied["package"])
    result = node.attempt(MODULE, **copied)
    node.helps(result, "QUAL_HARD_ERROR", kind="rejected")
    assert (ran(node), drive(node)) == (["/s /c"], (True, 0))


def test_a_package_for_another_model(node: Bench, copied: dict[str, Any]) -> None:
    package(Path(copied["package"]), NEW, BIOS, (R730,))
    node.refused(MODULE, "not for this server", "R730", "PowerEdge R740", kind="precondition", **copied)


def test_a_downgrade_is_forced_in_the_package_too(node: Bench, wanted: dict[str, Any]) -> None:
    package(Path(wanted["package"]), "2.9.1")
    node.control.do(A, "disk.copy", place(wanted["package"]), wanted["package"])
    node.refused(MODULE, "downgrade: true", kind="precondition", **wanted, **THROUGH)
    found = well(node.attempt(MODULE, **wanted, **THROUGH, downgrade=True, restart=True), True)
    assert (found["version"], ran(node)) == ("2.9.1", ["/s /c", "/s /f"])


def test_a_success_without_an_effect_is_none(node: Bench, copied: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "dup_exit", "0")
    result = node.attempt(MODULE, **copied)
    node.helps(result, "ended well, and read again the BIOS is still 2.12.2", kind="not_seen")


def test_a_lost_answer_is_not_repeated(node: Bench, copied: dict[str, Any]) -> None:
    node.control.fault("reset", A, "windows", path=f"{Path(copied['package']).stem}.exe", when="after")
    result = node.attempt(MODULE, **copied)
    node.helps(result, "nobody can say", "C:\\Windows\\Temp", kind="outcome_unknown")
    assert drive(node) == (False, 2)


def test_an_idrac_through_windows_is_proven_by_its_inventory(node: Bench, wanted_idrac: dict[str, Any]) -> None:
    node.control.do(A, "disk.copy", place(wanted_idrac["package"]), wanted_idrac["package"])
    done = node.attempt(MODULE, **wanted_idrac, **THROUGH)
    found = well(done, True)
    assert (found["state"], found["version"], found["restarted"]) == ("installed", "7.00.00.171", False)
    assert well(node.attempt(MODULE, **wanted_idrac, **THROUGH), False)["state"] == "installed"
    words = ("useries_idrac_host", "off until")
    node.refused(MODULE, *words, kind="invalid", **wanted_idrac, **THROUGH, idrac_host=None)


# -- chipset drivers ---------------------------------------------------------------------------------------------------
def test_chipset_drivers_are_due_while_a_device_has_none(node: Bench, chipset: dict[str, Any]) -> None:
    checked = node.attempt(MODULE, check_mode=True, **chipset)
    assert well(checked, True)["devices_without_driver"] == DEVICES
    done = node.attempt(MODULE, **chipset)
    found = well(done, True)
    assert done["diff"] == checked["diff"]
    assert (found["state"], found["devices_without_driver"], ran(node)) == ("installed", [], ["/s /c", "/s"])
    assert drive(node) == (True, 0)
    again = node.attempt(MODULE, **chipset)
    assert (well(again, False)["state"], ran(node)) == ("installed", ["/s /c", "/s"]), again


def test_drivers_that_help_no_device_are_no_success(node: Bench, chipset: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "dup_exit", "0")
    result = node.attempt(MODULE, **chipset)
    node.helps(result, "still has no driver for PCI Device, SM Bus Controller", kind="not_seen")


def test_drivers_are_for_the_versions_of_windows_that_the_guide_names(node: Bench, chipset: dict[str, Any]) -> None:
    node.control.set("windows", {"caption": "Microsoft Windows Server 2019", "version": "10.0.17763"}, node=A)
    node.refused(MODULE, "Windows Server 2019", "2012 R2 and 2016", kind="precondition", **chipset)
    node.refused(MODULE, "An iDRAC takes no drivers", kind="invalid", **{**chipset, "through": "idrac"})


def test_a_virtual_appliance_has_no_firmware_of_dell(node: Bench, copied: dict[str, Any]) -> None:
    node.control.set("model", "U-Series v20", node=A)
    node.refused(MODULE, "virtual appliance", kind="precondition", **copied)


def test_windows_that_is_not_configured(node: Bench, copied: dict[str, Any]) -> None:
    node.refused(MODULE, "useries_windows_host", "off until", kind="invalid", **copied, windows_host=None)
