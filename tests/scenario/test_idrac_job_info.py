# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of an iDRAC: what each comes to, at every address, and an id that is not there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.idrac_bench import account, bench, with_idrac

__all__ = ("bench", "with_idrac")
pytestmark = pytest.mark.one_way  # no page of the console is operated

MODULE = "idrac_job_info"
BIOS = ("BIOSConfiguration", "Configure: BIOS.Setup.1-1")
FIRMWARE = ("FirmwareUpdate", "Firmware Update: BIOS")


def add(bench: Bench, kind: str, name: str, state: str, **more: Any) -> str:
    """A job of the model; its id."""
    identifier: str = bench.control.do(A, "lifecycle.add_job", kind, name, state, more)
    return identifier


def jobs(bench: Bench, **given: Any) -> dict[str, dict[str, Any]]:
    """What the module tells, by id."""
    found = bench.attempt(MODULE, **given)
    assert (found.get("failed"), found.get("unreachable"), found["changed"]) == (None, None, False), found
    assert bench.writes() == 0
    bench.silent(found)
    return {job["id"]: job for job in found["jobs"]}


@pytest.mark.parametrize("older", [False, True])
def test_a_job_that_waits_for_a_restart_is_done_after_it(bench: Bench, older: bool) -> None:
    bench.control.do(A, "lifecycle.set_up", "older", older)
    waiting = add(bench, *BIOS, "Scheduled")
    now = jobs(bench)[waiting]
    assert now == {
        "id": waiting,
        "type": "BIOSConfiguration",
        "name": "Configure: BIOS.Setup.1-1",
        "state": "Scheduled",
        "phase": "open",
        "waits_for_restart": True,
        "percent": 0,
        "message": "Task successfully scheduled.",
        "start_time": None,
        "end_time": None,
    }
    bench.control.power(A, "restart")
    bench.control.advance(200)
    then = jobs(bench)[waiting]
    assert (then["state"], then["phase"], then["waits_for_restart"]) == ("Completed", "done", False)
    assert (then["percent"], then["message"]) == (100, "Job completed successfully.")
    booted = bench.control.state(A)["boot_time"][:19]
    assert (then["start_time"], then["end_time"]) == (booted, booted)


@pytest.mark.parametrize(
    ("older", "queue", "other"),
    [(False, "Oem/Dell/Jobs", "iDRAC.Embedded.1/Jobs"), (True, "iDRAC.Embedded.1/Jobs", "Oem/Dell/Jobs")],
)
def test_the_address_is_the_one_of_the_firmware(bench: Bench, older: bool, queue: str, other: str) -> None:
    bench.control.do(A, "lifecycle.set_up", "older", older)
    assert jobs(bench) == {}
    asked = [entry["path"] for entry in bench.control.log(A, "idrac")]
    assert any(path.endswith("Oem/Dell/DellSoftwareInventory") for path in asked)
    assert any(path.endswith(queue) for path in asked), asked
    assert not any(path.endswith(other) for path in asked), asked


def test_an_inventory_without_the_newer_jobs_leads_to_the_older(bench: Bench) -> None:
    there = add(bench, *BIOS, "Running", percent=30)
    bench.control.fault("status", A, surface="idrac", code=404, path="Oem/Dell/Jobs", count=-1)
    assert jobs(bench)[there]["percent"] == 30
    bench.control.fault("status", A, surface="idrac", code=404, path="iDRAC.Embedded.1/Jobs", count=-1)
    last = jobs(bench)[there]
    assert (last["state"], last["type"], last["phase"]) == ("Running", "BIOSConfiguration", "open")
    assert bench.control.log(A, "idrac")[-1]["path"] == "/redfish/v1/JobService/Jobs"
    bench.control.fault("status", A, surface="idrac", code=404, path="JobService/Jobs", count=-1)
    bench.helps(bench.attempt(MODULE), "has no job queue", kind="unexpected")


@pytest.mark.parametrize(
    ("state", "more", "phase", "waits"),
    [
        ("New", {}, "open", False),
        ("Scheduled", {}, "open", True),
        ("Scheduled", {"start_in": -60}, "open", True),
        ("Scheduled", {"start_in": 3600}, "open", False),
        ("RebootPending", {}, "open", True),
        ("PendingActivation", {}, "open", True),
        ("Running", {"percent": 42}, "open", False),
        ("Paused", {}, "open", False),
        ("SomethingNew", {}, "open", False),
        ("Downloaded", {}, "done", False),
        ("Completed", {}, "done", False),
        ("CompletedWithErrors", {"status": "Warning"}, "done", False),
        ("RebootCompleted", {}, "done", False),
        ("Failed", {"message": "Unable to verify Update Package signature."}, "failed", False),
        ("RebootFailed", {}, "failed", False),
        ("Unknown", {}, "failed", False),
    ],
)
def test_what_a_state_comes_to(bench: Bench, state: str, more: dict[str, Any], phase: str, waits: bool) -> None:
    there = add(bench, *FIRMWARE, state, **more)
    found = jobs(bench)[there]
    assert (found["state"], found["phase"], found["waits_for_restart"]) == (state, phase, waits)
    assert found["message"] == more.get("message", "Task successfully scheduled.")
    assert jobs(bench, state=phase) == {there: found}
    for other in {"open", "done", "failed"} - {phase}:
        assert jobs(bench, state=other) == {}


def test_a_job_without_a_restart_waits_for_none(bench: Bench) -> None:
    there = add(bench, "RealTimeNoRebootConfiguration", "Configure: RAID.Integrated.1-1", "Scheduled")
    assert jobs(bench)[there]["waits_for_restart"] is False


def test_a_critical_end_is_a_failure(bench: Bench) -> None:
    """The status stands in DMTF's job only."""
    there = add(bench, *FIRMWARE, "Completed", status="Critical")
    for path in ("Oem/Dell/Jobs", "iDRAC.Embedded.1/Jobs"):
        bench.control.fault("status", A, surface="idrac", code=404, path=path, count=-1)
    assert jobs(bench)[there]["phase"] == "failed"


def test_one_job_by_its_id(bench: Bench) -> None:
    first, second = add(bench, *BIOS, "Scheduled"), add(bench, *FIRMWARE, "Failed")
    assert list(jobs(bench)) == [first, second]
    assert list(jobs(bench, job_id=second)) == [second]
    names = bench.attempt(MODULE, query="[?waits_for_restart].name")
    assert names["jobs"] == ["Configure: BIOS.Setup.1-1"]


def test_an_unknown_id_lists_those_that_are_there(bench: Bench) -> None:
    bench.refused(MODULE, "no job JID_1, and no other", kind="precondition", job_id="JID_1")
    first, second = add(bench, *BIOS, "Scheduled"), add(bench, *FIRMWARE, "Failed")
    failed = bench.refused(MODULE, f"there are {first}, {second}.", kind="precondition", job_id="JID_1")
    assert failed["error"]["candidates"] == [first, second]
    assert failed["error"]["surface"] == "idrac"


@pytest.mark.parametrize("wrong", ["", "1", "JID_", "jid_1", "JID_1/../x", "JID_1 ", "JID_CLEARALL"])
def test_an_id_that_is_none_is_refused_before_anything_is_asked(bench: Bench, wrong: str) -> None:
    bench.refused(MODULE, "JID_123456789012", kind="invalid", job_id=wrong)
    assert bench.control.log(A, "idrac") == []


def test_an_id_and_a_state_exclude_one_another(bench: Bench) -> None:
    bench.refused(MODULE, "mutually exclusive", job_id="JID_1", state="open")
    bench.refused(MODULE, "state", state="scheduled")
    assert bench.control.log(A, "idrac") == []


def test_check_mode_reads_alike(bench: Bench) -> None:
    add(bench, *BIOS, "Scheduled")
    assert bench.attempt(MODULE, check_mode=True) == bench.attempt(MODULE)
    assert bench.writes() == 0


def test_one_sign_in_for_all_tasks_of_a_run(bench: Bench) -> None:
    for _turn in range(3):
        jobs(bench)
    assert bench.control.count("login", A, "idrac") == 1
    assert {entry["wire"] for entry in bench.control.log(A)} == {"idrac"}, "the console was asked"


def test_a_silent_idrac_is_unreachable_or_an_answer(bench: Bench) -> None:
    bench.control.fault("refuse", A, surface="idrac", count=-1)
    gone = bench.attempt(MODULE)
    assert (gone.get("unreachable"), gone["error"]["surface"]) == (True, "idrac"), gone
    told = bench.attempt(MODULE, unreachable_ok=True)
    assert (told.get("failed"), told["reachable"], told["jobs"]) == (None, False, None)


def test_the_right_to_log_in_is_enough_and_needed(bench: Bench) -> None:
    add(bench, *BIOS, "Scheduled")
    assert len(jobs(bench, **account(bench, "ReadOnly"))) == 1
    nobody = account(bench, "None")
    bench.helps(bench.attempt(MODULE, run_id="other", **nobody), "refuses", kind="login_refused")


def test_a_right_that_is_missing_is_named(bench: Bench) -> None:
    bench.control.fault("status", A, surface="idrac", code=403, path="Jobs", count=-1)
    bench.helps(bench.attempt(MODULE), "Give the account", kind="precondition")


@pytest.mark.parametrize("missing", ["idrac_host", "idrac_username", "idrac_password"])
def test_an_idrac_that_is_not_configured_is_told(bench: Bench, missing: str) -> None:
    bench.refused(MODULE, f"useries_{missing}", "off until", kind="invalid", **{missing: None})
