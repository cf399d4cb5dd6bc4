# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware over the iDRAC: sent once, followed to its end, proven, and Windows comes up without asking for a key."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.firmware_bench import MODULE, NEW, OLD, drive, node, sent, served, state, wanted, wanted_idrac, well
from tests.scenario.idrac_bench import account, bench, with_idrac
from tests.support.packages import BIOS, CHIPSET, IDRAC, INTEGRATION, R730, package

__all__ = ("bench", "node", "wanted", "wanted_idrac", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated


def test_a_bios_is_staged_written_at_the_restart_and_proven(node: Bench, wanted: dict[str, Any]) -> None:
    given, keys = {**wanted, "restart": True}, Path(wanted["escrow_file"])
    checked = node.attempt(MODULE, check_mode=True, **given)
    assert well(checked, True)["version"] == OLD
    assert (sent(node), keys.exists(), drive(node)) == ([], False, (True, 0))
    before = state(node)["boot_time"]
    done = node.attempt(MODULE, **given)
    after = well(done, True)
    assert done["diff"] == checked["diff"]
    assert sent(node) == ["MultipartUpload", "ComputerSystem.Reset"]
    assert (after["state"], after["version"], after["restarted"]) == ("installed", NEW, True)
    assert after["bitlocker"] == {"C:": "on", "D:": "on"}
    assert after["job"]["name"] == "Firmware Update: BIOS"
    assert (after["job"]["phase"], after["job"]["state"], after["job"]["percent"]) == ("done", "Completed", 100)
    assert (done["proof"], done["proof_detail"]["version"]) == ("verified", NEW)
    now = state(node)
    assert (now["bios_version"], drive(node)) == (NEW, (True, 0))
    assert now["boot_time"] > before
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    kept = {one["key_protector_id"]: one["recovery_password"] for one in json.loads(keys.read_text("utf-8"))}
    assert kept == {one["key_protector_id"]: one["recovery_password"] for one in now["volumes"]}
    node.control.reset_counts()
    again = node.attempt(MODULE, **given)
    assert (well(again, False)["state"], sent(node)) == ("installed", []), again
    node.silent([checked, done, again])


def test_without_a_restart_it_is_scheduled_and_not_installed(node: Bench, wanted: dict[str, Any]) -> None:
    done = node.attempt(MODULE, **wanted)
    found = well(done, True)
    assert (found["state"], found["version"], found["job"]["state"]) == ("scheduled", OLD, "Scheduled")
    assert any("staged and not installed" in text for text in done["warnings"]), done
    assert "proof" not in done
    assert (sent(node), drive(node)) == (["MultipartUpload"], (False, 2))
    again = node.attempt(MODULE, **wanted)
    assert (well(again, False)["state"], sent(node)) == ("scheduled", ["MultipartUpload"]), again
    finished = well(node.attempt(MODULE, **wanted, restart=True), True)
    assert (finished["state"], finished["restarted"]) == ("installed", True)
    assert sent(node) == ["MultipartUpload", "ComputerSystem.Reset"]
    assert (state(node)["bios_version"], drive(node)) == (NEW, (True, 0))


def test_an_idrac_is_written_at_once_and_its_silence_is_lived_through(
    node: Bench, wanted_idrac: dict[str, Any]
) -> None:
    before = state(node)["boot_time"]
    done = node.attempt(MODULE, **wanted_idrac)
    found = well(done, True)
    assert (found["state"], found["version"], found["restarted"]) == ("installed", "7.00.00.171", False)
    assert found["bitlocker"] == {"C:": "on", "D:": "on"}
    assert (sent(node), state(node)["boot_time"]) == (["MultipartUpload"], before)
    assert node.control.count("login", A, "idrac") == 2, "its restart ended the session"
    assert well(node.attempt(MODULE, **wanted_idrac), False)["state"] == "installed"


def test_the_idrac_fetches_it_by_itself(node: Bench, wanted: dict[str, Any]) -> None:
    path = Path(wanted["package"])
    with served(path.parent) as address:
        found = well(node.attempt(MODULE, **wanted, image_uri=f"{address}/{path.name}", restart=True), True)
    assert (found["state"], sent(node)) == ("installed", ["UpdateService.SimpleUpdate", "ComputerSystem.Reset"])


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.EXE", None, "There is no file"),
        ("a.EXE", {"version": "", "description": b"<x/>"}, "not understood"),
        ("a.BIN", {"version": NEW}, "is not named like"),
        ("a.EXE", {"version": NEW, "what": INTEGRATION}, "which is not for the BIOS"),
        ("a.EXE", {"version": NEW, "what": IDRAC}, "for the iDRAC with Lifecycle Controller and not for the BIOS"),
        ("a.EXE", {"version": NEW, "what": CHIPSET}, "for chipset drivers and not for the BIOS"),
    ],
)
def test_a_file_that_is_not_the_package(
    node: Bench, wanted: dict[str, Any], tmp_path: Path, name: str, make: dict[str, Any] | None, words: str
) -> None:
    path = tmp_path / name
    if make is not None:
        package(path, **make)
    for check_mode in (False, True):
        node.refused(MODULE, words, kind="invalid", check_mode=check_mode, **{**wanted, "package": str(path)})
    assert node.control.count("all") == 0, "nobody was asked"


def test_an_empty_file(node: Bench, wanted: dict[str, Any]) -> None:
    Path(wanted["package"]).write_bytes(b"")
    node.refused(MODULE, "is empty", "Dell's support site", kind="invalid", **wanted)


def test_the_integration_package_is_named(node: Bench, wanted_idrac: dict[str, Any]) -> None:
    package(Path(wanted_idrac["package"]), "4.0", INTEGRATION)
    node.refused(MODULE, "not the iDRAC Controller Integration", kind="invalid", **wanted_idrac)


def test_a_package_for_another_model(node: Bench, wanted: dict[str, Any]) -> None:
    package(Path(wanted["package"]), NEW, BIOS, (R730,))
    tag = state(node)["service_tag"]
    node.refused(MODULE, "not for this server", "R730", "PowerEdge R740", tag, kind="precondition", **wanted)
    package(Path(wanted["package"]), OLD, BIOS, (R730,))
    node.refused(MODULE, "not for this server", kind="precondition", **wanted)
    assert sent(node) == []


def test_a_package_of_a_component_that_is_not_there(node: Bench, wanted: dict[str, Any]) -> None:
    package(Path(wanted["package"]), NEW, {**BIOS, "device": "160"})
    node.refused(MODULE, "has nothing that", "BIOS (159)", kind="precondition", **wanted)


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("ftp://h/BIOS_0X1Y2_WN64_2.14.2.EXE", "image_uri"),
        ("http://h/other.EXE", "ends in the name"),
        ("http://u:p@h/BIOS_0X1Y2_WN64_2.14.2.EXE", "without a password"),
        ("http://[h/BIOS_0X1Y2_WN64_2.14.2.EXE", "image_uri"),
    ],
)
def test_an_address_that_is_none(node: Bench, wanted: dict[str, Any], uri: str, words: str) -> None:
    node.refused(MODULE, words, kind="invalid", **wanted, image_uri=uri)


def test_an_older_version_only_when_it_is_asked_for(node: Bench, wanted: dict[str, Any]) -> None:
    package(Path(wanted["package"]), "2.9.1")
    node.refused(MODULE, "2.12.2 is newer", "downgrade: true", kind="precondition", **wanted)
    found = well(node.attempt(MODULE, **wanted, downgrade=True, restart=True), True)
    assert (found["version"], found["state"]) == ("2.9.1", "installed")


def test_rights_that_are_missing(node: Bench, wanted: dict[str, Any]) -> None:
    reader = account(node, "ReadOnly")
    node.refused(MODULE, "may not change firmware", "ConfigureComponents", kind="precondition", **wanted, **reader)
    assert not Path(wanted["escrow_file"]).exists()


def test_an_idrac_without_room_for_a_session(node: Bench, wanted: dict[str, Any]) -> None:
    own = node.inventory[A]
    url = f"https://{own['useries_idrac_host']}:{own['useries_idrac_port']}/redfish/v1/SessionService/Sessions"
    order = {"UserName": own["useries_idrac_username"], "Password": own["useries_idrac_password"]}
    opened = [requests.post(url, json=order, verify=own["useries_idrac_ca_path"], timeout=10) for _one in range(8)]
    try:
        result = node.attempt(MODULE, **wanted)
        node.helps(result, "no session left", kind="busy")
        assert (result["changed"], drive(node), Path(wanted["escrow_file"]).exists()) == (False, (True, 0), False)
    finally:
        for one in opened:
            place = f"{url}/{one.json()['Id']}"
            requests.delete(
                place,
                headers={"X-Auth-Token": one.headers["X-Auth-Token"]},
                verify=own["useries_idrac_ca_path"],
                timeout=10,
            )


def test_an_older_idrac_takes_no_upload(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "lifecycle.set_up", "older", True)
    package(Path(wanted["package"]), NEW, BIOS, (R730,))
    node.refused(MODULE, "takes no upload", "image_uri", kind="precondition", **wanted)
    https = f"https://h/{Path(wanted['package']).name}"
    checked = node.attempt(MODULE, check_mode=True, **wanted, image_uri=https)
    assert well(checked, True)["version"] == OLD


# -- BitLocker ---------------------------------------------------------------------------------------------------------
def test_without_a_place_for_the_keys_nothing_is_sent(node: Bench, wanted: dict[str, Any]) -> None:
    wanted.pop("escrow_file")
    node.refused(MODULE, "have to be kept", "escrow_file", kind="invalid", **wanted)


@pytest.mark.parametrize("how", ["not configured", "silent"])
def test_windows_that_cannot_be_reached_refuses(node: Bench, wanted: dict[str, Any], how: str) -> None:
    if how == "silent":
        node.control.fault("refuse", A, surface="windows", count=-1)
    else:
        wanted["windows_host"] = None
    words = ("nobody can say whether BitLocker", "bitlocker_acknowledged: true")
    node.refused(MODULE, *words, kind="precondition", **wanted)
    done = node.attempt(MODULE, **wanted, bitlocker_acknowledged=True)
    assert well(done, True)["bitlocker"] is None
    assert any("acknowledged" in text for text in done["warnings"]), done
    assert (sent(node), drive(node)) == (["MultipartUpload"], (True, 0))


def test_acknowledged_by_mistake_windows_asks_for_its_key(node: Bench, wanted: dict[str, Any]) -> None:
    """The model shows what all of this is about."""
    wanted["windows_host"] = None
    found = well(node.attempt(MODULE, **wanted, bitlocker_acknowledged=True, restart=True), True)
    assert (found["state"], found["bitlocker"]) == ("installed", None)
    node.control.advance(3600)
    assert state(node)["booted"] is False
    assert "recovery key" in state(node)["notifications"][-1]["text"]


def test_unencrypted_drives_have_no_keys_to_keep(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "recovery.turn_bitlocker_off")
    wanted.pop("escrow_file")
    done = node.attempt(MODULE, **wanted, restart=True)
    assert well(done, True)["state"] == "installed"
    assert any("protects no drive" in text for text in done["warnings"]), done


def test_a_locked_drive_refuses(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "recovery.lock", "D:")
    node.refused(MODULE, "D:", "locked", kind="precondition", **wanted)


def test_a_suspension_that_is_not_seen_sends_nothing(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "bitlocker_unheard", "accepted, and not done")
    result = node.attempt(MODULE, **wanted)
    node.helps(result, "was to be suspended for 2 restarts", kind="not_seen")
    assert sent(node) == []


# -- trouble -----------------------------------------------------------------------------------------------------------
def test_a_package_that_the_idrac_refuses_gives_the_protection_back(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "firmware_signature", "it is another signature")
    result = node.attempt(MODULE, **wanted, restart=True)
    node.helps(result, "Unable to verify Update Package signature", "what was installed before", kind="failed")
    assert (sent(node), drive(node), state(node)["bios_version"]) == (["MultipartUpload"], (True, 0), OLD)


def test_an_upload_that_is_refused_gives_the_protection_back(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("status", A, surface="idrac", path="MultipartUpload", code=500)
    result = node.attempt(MODULE, **wanted)
    assert (result["failed"], result["error"]["kind"], drive(node)) == (True, "failed", (True, 0)), result


def test_a_bios_that_cannot_be_written(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "firmware", "flash broken")
    result = node.attempt(MODULE, **wanted, restart=True)
    node.helps(result, "The update was not successful", kind="failed")
    assert (drive(node), state(node)["bios_version"]) == ((True, 0), OLD)


@pytest.mark.long
def test_a_job_that_ends_well_without_an_effect_is_no_success(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "firmware_unheard", "done, and not done")
    result = node.attempt(MODULE, **wanted, restart=True, wait_timeout=900)
    node.helps(result, "ended well, and the firmware inventory does not show 2.14.2", kind="not_seen")


def test_a_lost_answer_to_the_upload_is_decided_by_the_queue(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("reset", A, surface="idrac", path="MultipartUpload", when="after")
    done = node.attempt(MODULE, **wanted)
    assert well(done, True)["state"] == "scheduled"
    assert any("its effect is seen" in text for text in done["warnings"]), done
    assert len(node.attempt("idrac_job_info", state="open")["jobs"]) == 1


def test_an_upload_that_never_came_is_not_repeated(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("reset", A, surface="idrac", path="MultipartUpload", when="before")
    result = node.attempt(MODULE, **wanted)
    node.helps(result, "nobody can say", "useries.appliance.idrac_job_info", kind="outcome_unknown")
    assert drive(node) == (False, 2), "it may have come, so the drive stays open for so many starts"


def test_a_lost_answer_to_the_restart_is_no_second_restart(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("reset", A, surface="idrac", path="ComputerSystem.Reset", when="after")
    found = well(node.attempt(MODULE, **wanted, restart=True), True)
    assert (found["state"], sent(node).count("ComputerSystem.Reset")) == ("installed", 1)


def test_a_restart_that_windows_does_not_do_is_told(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.do(A, "fail_next", "graceful_power", "Windows hangs")
    result = node.attempt(MODULE, **wanted, restart=True, wait_timeout=300)
    node.helps(result, "the firmware is written", "Scheduled", kind="timeout")
    assert state(node)["bios_version"] == OLD


def test_a_server_that_is_off_is_not_restarted(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.power(A, "off")
    given = {**wanted, "restart": True, "bitlocker_acknowledged": True}
    node.refused(MODULE, "The server is not on", "idrac_power", kind="precondition", **given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"suspend_restarts": 0}, "suspend_restarts is 0"),
        ({"suspend_restarts": 16}, "suspend_restarts is 16"),
    ],
)
def test_bad_input(node: Bench, wanted: dict[str, Any], given: dict[str, Any], words: str) -> None:
    node.refused(MODULE, words, kind="invalid", **wanted, **given)
    assert node.control.count("all") == 0


def test_a_silent_idrac_is_unreachable(node: Bench, wanted: dict[str, Any]) -> None:
    node.control.fault("refuse", A, surface="idrac", count=-1)
    done = node.attempt(MODULE, **wanted)
    assert (done.get("unreachable"), done["error"]["surface"]) == (True, "idrac"), done
