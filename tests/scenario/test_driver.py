# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices without a driver get theirs, in the language of the pnputil that is there, and only signed ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.support.simulator import Simulated
from tests.support.way import SPEED

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "driver"
SMBUS = "PCI\\VEN_8086&DEV_A1A3"
THERMAL = "PCI\\VEN_8086&DEV_A1B1"
W2012R2 = {"version": "6.3.9600", "caption": "Microsoft Windows Server 2012 R2 Standard"}
DRIVES = "D:\\drivers"


def inf(*ids: str, version: str = "10.1.1.44") -> str:
    """The text of an .inf file that is for these devices."""
    lines = [
        "[Version]",
        "Class=System",
        "CatalogFile=chipset.cat",
        f"DriverVer=07/18/1968,{version}",
        "[Intel.NTamd64]",
    ]
    return "\r\n".join([*lines, *(f"%name{number}%=NO_DRV,{id}" for number, id in enumerate(ids))]) + "\r\n"


@pytest.fixture
def node(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A with an unidentified SMBus controller."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(SPEED)
        made.control.set("windows", {}, node=A)
        made.control.do(A, "devices.add", "SM Bus Controller", f"{SMBUS}\\3&11", [f"{SMBUS}&SUBSYS_07321028", SMBUS])
        made.control.reset_counts()
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.inventory[A].pop("useries_partner", None)
        yield made


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An extracted package: one folder for the SMBus, one for something that this server does not have."""
    folder = tmp_path / "chipset"
    for name, text in (("SMBus", inf(SMBUS)), ("Other", inf("PCI\\VEN_8086&DEV_9999"))):
        (folder / name).mkdir(parents=True)
        (folder / name / f"{name}.inf").write_text(text, encoding="utf-8")
        (folder / name / "chipset.cat").write_bytes(b"signed by the publisher of Windows" + bytes(range(256)) * 10)
    return folder


def devices(bench: Bench) -> dict[str, int]:
    """Code of every device of the model."""
    return {one["name"]: one["code"] for one in bench.control.state(A)["devices"]["known"]}


def installed(bench: Bench) -> list[str]:
    """The packages that were given to the model, in their order."""
    found: list[str] = bench.control.state(A)["devices"]["installed"]
    return found


BARE = {"files": {}, "folders": ["C:\\Windows\\Temp"]}


def files(bench: Bench) -> dict[str, Any]:
    """What is left on the disk of the model."""
    found: dict[str, Any] = bench.control.state(A)["disk"]
    return found


def on_the_appliance(bench: Bench, catalogue: str = "signed", ids: tuple[str, ...] = (SMBUS,)) -> None:
    """An extracted package on the appliance."""
    bench.control.do(A, "disk.put", f"{DRIVES}\\smbus\\SMBus.inf", inf(*ids))
    bench.control.do(A, "disk.put", f"{DRIVES}\\smbus\\chipset.cat", catalogue)


@pytest.mark.parametrize("windows", [{}, {"language": "de"}, W2012R2, {**W2012R2, "language": "de"}])
def test_an_unidentified_device_gets_its_driver(node: Bench, package: Path, windows: dict[str, Any]) -> None:
    node.control.set("windows", windows, node=A)
    checked = node.attempt(MODULE, check_mode=True, src=str(package))
    assert (checked["changed"], installed(node), files(node)) == (
        True,
        [],
        BARE,
    ), checked
    done = node.attempt(MODULE, src=str(package))
    assert (done["changed"], done["diff"]) == (True, checked["diff"]), done
    found = done["driver"]
    assert [one["name"] for one in found["unidentified_before"]] == ["SM Bus Controller"]
    assert (found["unidentified"], found["other_problems"], found["restart_needed"]) == ([], [], False)
    assert found["packages"] == [{"inf": "SMBus\\SMBus.inf", "outcome": "installed", "published": "oem0.inf"}]
    assert not done.get("warnings"), done
    assert (installed(node), devices(node)["SM Bus Controller"]) == (["SMBus.inf"], 0)
    assert files(node) == BARE, "nothing is left behind"
    again = node.attempt(MODULE, src=str(package))
    assert (again["changed"], again["driver"]["unidentified_before"], installed(node)) == (False, [], ["SMBus.inf"])


def test_a_package_on_the_appliance(node: Bench) -> None:
    on_the_appliance(node)
    before = files(node)
    checked = node.attempt(MODULE, check_mode=True, path=DRIVES)
    assert (checked["changed"], installed(node)) == (True, []), checked
    done = node.attempt(MODULE, path=DRIVES)
    assert done["driver"]["packages"][0]["inf"] == f"{DRIVES}\\smbus\\SMBus.inf"
    assert (devices(node)["SM Bus Controller"], files(node)) == (0, before)
    assert node.attempt(MODULE, path=f"{DRIVES}\\smbus\\SMBus.inf")["changed"] is False


def test_a_restart_that_is_needed_is_told_until_it_was_done(node: Bench, package: Path) -> None:
    node.control.do(A, "devices.set_up", "restarts", True)
    done = node.attempt(MODULE, src=str(package))
    assert (done["changed"], done["driver"]["restart_needed"]) == (True, True), done
    assert any("useries.appliance.reboot" in text for text in done["warnings"]), done
    again = node.attempt(MODULE, src=str(package))
    assert (again["changed"], again["driver"]["restart_needed"]) == (False, True), again
    node.control.power(A, "restart")
    node.control.advance(200)
    assert node.attempt(MODULE, src=str(package))["driver"]["restart_needed"] is False


def test_what_fits_nothing_is_told_and_not_given_again(node: Bench, package: Path) -> None:
    node.control.do(A, "devices.add", "Thermal", f"{THERMAL}\\1", [THERMAL])
    node.control.do(A, "devices.add", "Card reader", "USB\\VID_1\\1", ["USB\\VID_1"], 10)
    (package / "SMBus" / "SMBus.inf").write_text(inf(f"{SMBUS}&SUBSYS_99991028"), encoding="utf-8")
    done = node.attempt(MODULE, src=str(package))
    assert done["driver"]["packages"][0]["outcome"] == "not_matching", done
    assert any("fits no device" in text for text in done["warnings"]), done
    assert [one["name"] for one in done["driver"]["unidentified"]] == ["SM Bus Controller", "Thermal"]
    assert [one["name"] for one in done["driver"]["other_problems"]] == ["Card reader"]
    again = node.attempt(MODULE, src=str(package))
    assert (again["changed"], len(installed(node))) == (False, 1), again
    assert any("in the driver store already" in text for text in again["warnings"]), again
    (package / "SMBus" / "SMBus.inf").write_text(inf(SMBUS, version="10.1.2.0"), encoding="utf-8")
    newer = node.attempt(MODULE, src=str(package))
    assert (newer["changed"], [one["name"] for one in newer["driver"]["unidentified"]]) == (True, ["Thermal"]), newer


@pytest.mark.parametrize(
    ("catalogue", "word"), [("none", "not digitally signed"), ("changed", "might have been changed")]
)
def test_a_signature_that_is_not_valid_stops_it(node: Bench, package: Path, catalogue: str, word: str) -> None:
    (package / "SMBus" / "chipset.cat").write_text(catalogue, encoding="utf-8")
    result = node.attempt(MODULE, src=str(package))
    node.helps(result, "no valid signature", word, kind="precondition")
    assert (installed(node), files(node)["files"]) == ([], {})
    on_the_appliance(node, catalogue)
    for check_mode in (True, False):
        result = node.attempt(MODULE, check_mode=check_mode, path=DRIVES)
        node.helps(result, "no valid signature", word, kind="precondition")


def test_a_publisher_that_windows_does_not_trust(node: Bench, package: Path) -> None:
    (package / "SMBus" / "chipset.cat").write_text("untrusted", encoding="utf-8")
    result = node.attempt(MODULE, src=str(package))
    node.helps(result, "publisher of the package is not trusted", "0xE0000242", "-addstore", kind="failed")
    assert (devices(node)["SM Bus Controller"], files(node)["files"]) == (28, {})


def test_an_unknown_refusal_names_the_log(node: Bench, package: Path) -> None:
    node.control.do(A, "devices.set_up", "refuses", 0xE0000203)
    result = node.attempt(MODULE, src=str(package))
    node.helps(result, "0xE0000203", "setupapi.dev.log", kind="failed")


def test_a_driver_without_an_effect_is_no_success(node: Bench, package: Path) -> None:
    node.control.do(A, "devices.set_up", "unheard", True)
    result = node.attempt(MODULE, src=str(package))
    node.helps(result, "SM Bus Controller", "still has none", kind="not_seen")


def test_a_file_that_arrives_otherwise_is_not_installed(node: Bench, package: Path) -> None:
    node.control.do(A, "fail_next", "copied_badly", "one byte more")
    result = node.attempt(MODULE, src=str(package))
    node.helps(result, "did not arrive as it was sent", kind="failed")
    assert (installed(node), files(node)["files"]) == ([], {})


def test_a_lost_answer_is_decided_by_looking(node: Bench, package: Path) -> None:
    node.control.fault("reset", A, "windows", path="standard input", when="after")
    lost = node.attempt(MODULE, src=str(package))
    node.helps(lost, "while files were copied", "No driver was installed", kind="failed")
    assert installed(node) == []
    on_the_appliance(node)
    node.control.fault("reset", A, "windows", path="pnputil.exe /add-driver", when="after")
    done = node.attempt(MODULE, path=DRIVES)
    assert (done.get("failed", False), installed(node)) == (False, ["SMBus.inf"]), done
    assert any("its effect is seen" in text for text in done["warnings"]), done
    node.control.do(A, "devices.add", "Thermal", f"{THERMAL}\\1", [THERMAL])
    node.control.do(A, "disk.put", f"{DRIVES}\\smbus\\Thermal.inf", inf(THERMAL))
    node.control.fault("reset", A, "windows", path="pnputil.exe /add-driver", when="before")
    unknown = node.attempt(MODULE, path=DRIVES)
    node.helps(unknown, "nobody can say", "Device Manager", kind="outcome_unknown")


def test_a_package_that_was_only_staged_is_given_once_more(node: Bench) -> None:
    on_the_appliance(node)
    node.control.do(A, "devices.set_up", "unheard", True)
    assert node.attempt(MODULE, path=DRIVES)["failed"] is True
    node.control.do(A, "devices.set_up", "unheard", False)
    assert any("force: true" in text for text in node.attempt(MODULE, path=DRIVES)["warnings"])
    done = node.attempt(MODULE, path=DRIVES, force=True)
    assert (done["changed"], devices(node)["SM Bus Controller"]) == (True, 0), done


def test_folders_that_are_no_package(node: Bench, package: Path, tmp_path: Path) -> None:
    node.refused(MODULE, "is no folder", kind="invalid", src=str(tmp_path / "no"))
    empty = tmp_path / "empty"
    empty.mkdir()
    node.refused(MODULE, "No .inf file", "Extract", kind="invalid", src=str(empty))
    assert node.control.count("all") == 0
    (package / "SMBus" / "chipset.cat").unlink()
    node.refused(MODULE, "no catalogue", kind="invalid", src=str(package))
    with (package / "SMBus" / "chipset.cat").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    node.refused(MODULE, "66560 KB", "path instead of src", kind="invalid", src=str(package))
    node.refused(MODULE, "is not on the appliance", kind="invalid", path="D:\\nowhere")
    node.control.do(A, "disk.put", "D:\\nothing\\readme.txt", "x")
    node.refused(MODULE, "No .inf file", kind="invalid", path="D:\\nothing")


@pytest.mark.parametrize("path", ["drivers", "\\\\server\\share", "D:\\a*", "D:\\a&calc.exe", "/tmp"])
def test_a_path_that_is_none(node: Bench, path: str) -> None:
    node.refused(MODULE, "is no full path", kind="invalid", path=path)
    assert node.control.count("all") == 0


def test_windows_2008_r2_is_refused_and_another_one_is_told(node: Bench, package: Path) -> None:
    missing = {"version": "6.1.7601", "missing": ["get-ciminstance"]}
    node.control.set("windows", missing, node=A)
    node.refused(MODULE, "no CIM commands", "Device Manager", kind="precondition", src=str(package))
    node.control.set("windows", {"version": "10.0.17763"}, node=A)
    done = node.attempt(MODULE, src=str(package))
    assert any("neither Windows Server 2012 R2 nor 2016" in text for text in done["warnings"]), done


def test_without_windows_it_is_told_what_to_set(node: Bench, package: Path) -> None:
    node.refused(MODULE, "useries_windows_host", kind="invalid", src=str(package), windows_host=None)
