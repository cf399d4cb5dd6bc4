# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all workflows share: gates on both nodes, the checkpoint, steps of a person, waiting for a pair."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._state import volatile
from tests.scenario.bad_input_bench import A, B, Bench
from tests.support.way import SPEED

FLOW = "my_change"


def rows(result: dict[str, Any], verdict: str) -> dict[str, str]:
    """Names of the checks with that result, and their reasons."""
    return {one["name"]: one["reason"] for one in result["gates"] if one["result"] == verdict}


def gates(bench: Bench, **given: Any) -> dict[str, Any]:
    """The gates of a workflow, looked at from the first node."""
    bench.control.reset_counts()
    result = bench.attempt("workflow_gates", workflow=FLOW, **given)
    assert bench.writes() == 0
    bench.silent(result)
    return result


def checkpoint(bench: Bench, on: str = A, **given: Any) -> dict[str, Any]:
    """A task about the checkpoint that must succeed."""
    result = bench.attempt("checkpoint", on, workflow=FLOW, **given)
    assert not result.get("failed"), result
    return result


# -- gates -------------------------------------------------------------------------------------------------------------
def test_a_healthy_pair_passes(bench: Bench) -> None:
    bench.stage("synchronized")
    result = gates(bench)
    assert not result.get("failed"), result
    assert rows(result, "failed") == {}
    assert result["active"] == "node"
    assert result["nodes"]["partner"]["partner"] == "UVM-1A"
    names = {one["name"] for one in result["gates"]}
    assert {f"answers@{A}", "answers@UVM-1B", "roles", f"clock@{A}", "heartbeat@UVM-1B", "auto_resync@UVM-1B"} <= names


@pytest.mark.parametrize(
    ("trouble", "name", "says"),
    [
        (lambda control: control.power(B, "off"), "answers@UVM-1B", "does not answer"),
        (lambda control: control.do(A, "ha.suspend"), f"state@{A}", "SUSPENDED"),
        (
            lambda control: control.do(A, "ha.update_settings", {"attempt_auto_resync": True}),
            f"auto_resync@{A}",
            "Attempt Auto Resync is on",
        ),
        (lambda control: control.set("clock_offset", 600.0, B), "clock@UVM-1B", "differs by 10.0 minutes"),
        (lambda control: control.do(A, "updates.run_now"), f"updates@{A}", "being applied"),
    ],
    ids=["partner off", "suspended", "interrupted drill", "clock", "update"],
)
def test_a_gate_that_fails(bench: Bench, trouble: Any, name: str, says: str) -> None:
    bench.stage("synchronized")
    bench.control.set_speed(1)  # an update must not be over, with a restart, before a browser has looked
    trouble(bench.control)
    result = gates(bench)
    bench.control.set_speed(SPEED)
    assert (result["failed"], result["error"]["kind"]) == (True, "precondition")
    assert says in rows(result, "failed")[name], result["gates"]
    assert name in result["msg"] and "Nothing was changed" in result["msg"]
    assert next(one for one in result["gates"] if one["name"] == name)["remedy"]


def test_the_advice_of_an_interrupted_drill_says_how_to_finish_it(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
    assert "failover_drill.yml" in gates(bench)["msg"]
    assert not gates(bench, auto_resync_off=False).get("failed")


def test_two_actives_stop_everything(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(B, "set_link", False, True)
    bench.control.advance(900)
    result = gates(bench, expected_states=["DISCONNECTED", "SYNCHRONIZED"])
    assert "Both nodes are Active" in rows(result, "failed")["roles"]
    assert result["active"] == "both"


def test_a_version_never_tried_is_a_warning_or_wants_a_word(bench: Bench) -> None:
    bench.stage("synchronized")
    versions = bench.control.state(A)["versions"]
    later = [[product, "4.1.0" if "Management Appliance" in product else version] for product, version in versions]
    bench.control.set("versions", later, A)
    mild = gates(bench)
    assert not mild.get("failed")
    assert "4.1.0" in rows(mild, "warning")[f"version@{A}"]
    stopped = gates(bench, impact="data")
    assert "-e useries_acknowledged_versions=4.1.0" in stopped["msg"]
    assert not gates(bench, impact="data", acknowledged_versions=["4.1.0"]).get("failed")


def test_in_a_container_without_a_volume_is_a_warning(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease holds back nobody outside, and the checkpoint does not outlive the job."""
    bench.stage("synchronized")
    assert "state_directory" not in {one["name"] for one in gates(bench)["gates"]}
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 0:20 / / rw - overlay overlay rw,lowerdir=/x\n")
    monkeypatch.setattr(volatile, "MARKERS", [str(mounts)])
    monkeypatch.setattr(volatile, "MOUNTS", str(mounts))
    result = gates(bench)
    assert "is not a mounted volume" in rows(result, "warning")["state_directory"]
    assert any("set useries_state_dir to it" in one for one in result["warnings"])
    assert not result.get("failed"), result


def test_in_awx_the_state_directory_has_to_be_a_volume(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pod of AWX has no marker of a container; the next job is in another one, so that the gate fails."""
    bench.stage("synchronized")
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 0:20 / / rw - overlay overlay rw,lowerdir=/x\n")
    monkeypatch.setattr(volatile, "MARKERS", [])
    monkeypatch.setattr(volatile, "MOUNTS", str(mounts))
    assert not gates(bench).get("failed")
    monkeypatch.setenv("AWX_HOST", "https://awx.example.com")
    monkeypatch.setenv("JOB_ID", "17")
    result = gates(bench)
    assert "is not a mounted volume" in rows(result, "failed")["state_directory"]
    assert "set useries_state_dir to it. The guide AWX shows how." in result["msg"]
    assert "useries_state_in_container" in result["msg"]
    for word in ({"state_in_container": True}, {"impact": "none"}):
        assert "state_directory" in rows(gates(bench, **word), "warning")
    volume = f"30 22 8:1 /x {tmp_path.parent} rw - ext4 /dev/sda1 rw\n"
    mounts.write_text(mounts.read_text() + volume)
    assert "state_directory" not in {one["name"] for one in gates(bench)["gates"]}


# -- the report --------------------------------------------------------------------------------------------------------
def test_a_field_that_nobody_listed_is_not_in_the_report(bench: Bench) -> None:
    """Neither of a task, nor of a gate, nor among the figures."""
    bench.stage("synchronized")
    gates(bench)
    recorded = next(bench.directory.glob("*record*"))
    lines = [json.loads(line) for line in recorded.read_text(encoding="utf-8").splitlines()]
    recorded.write_text("".join(json.dumps({**line, "surprise": "s3cret"}) + "\n" for line in lines), encoding="utf-8")
    for kept in bench.directory.glob("*gates*"):
        kept.write_text(kept.read_text(encoding="utf-8").replace('"remedy"', '"surprise": "s3cret", "remedy"'))
    given = {"workflow": FLOW, "title": "My change", "outcome": "succeeded"}
    report = bench.attempt("workflow_report", **given)["report"]["data"]
    assert (len(report["steps"]), report["gates"] != []) == (len(lines), True)
    assert "s3cret" not in json.dumps(report)
    refused = bench.attempt("workflow_report", **given, measured={"surprise": 1})
    assert "measured knows no surprise; it knows rto_seconds" in refused["msg"]


def test_checks_of_other_tasks_are_gates_too(bench: Bench) -> None:
    bench.stage("synchronized")
    own = {"name": "backup", "result": "failed", "reason": "There is none.", "remedy": "Take one."}
    assert rows(gates(bench, also=[own]), "failed") == {"backup": "There is none."}
    wrong = gates(bench, also=[{**own, "result": "perhaps"}])
    assert (wrong["failed"], wrong["error"]["kind"]) == (True, "invalid")


def test_a_partner_may_be_down_where_that_is_expected(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.power(B, "off")
    result = gates(bench, must_answer="node", expected_states=["DISCONNECTED"])
    assert not result.get("failed"), result


# -- a write needs the gates of its run --------------------------------------------------------------------------------
WRITE = {"workflow": FLOW, "reboot_blackout_window": 33}


def test_a_write_without_gates_is_refused(bench: Bench) -> None:
    bench.stage("synchronized")
    refused = bench.attempt("ha_settings", **WRITE)
    assert "gates of my_change were not checked in this run" in refused["msg"]
    assert bench.writes() == 0


def test_a_write_after_gates_that_failed_is_refused(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.power(B, "off")
    gates(bench, expected_states=["DISCONNECTED"])
    refused = bench.attempt("ha_settings", **WRITE, accept_pair_state=["DISCONNECTED"])
    assert "gates of my_change failed in this run" in refused["msg"]
    assert bench.writes() == 0


def test_gates_hold_for_both_nodes_and_for_their_workflow_only(bench: Bench) -> None:
    bench.stage("synchronized")
    gates(bench)
    other = bench.attempt("ha_settings", **{**WRITE, "workflow": "another"})
    assert "gates of another were not checked" in other["msg"]
    assert bench.writes() == 0
    done = bench.attempt("ha_settings", B, **WRITE)
    assert done["changed"] is True, done


def test_gates_grow_old(bench: Bench) -> None:
    bench.stage("synchronized")
    gates(bench)
    refused = bench.attempt("ha_settings", **WRITE, gates_max_age=0)
    assert "longer than 0" in refused["msg"]
    assert bench.writes() == 0


def test_a_name_that_cannot_be_is_refused(bench: Bench) -> None:
    bench.stage("synchronized")
    assert "small letters" in bench.attempt("ha_settings", **{**WRITE, "workflow": "../x"})["msg"]
    assert "without workflow" in bench.attempt("ha_settings", reboot_blackout_window=33, step="x")["msg"]
    assert bench.writes() == 0


# -- the checkpoint ----------------------------------------------------------------------------------------------------
def test_the_first_original_counts(bench: Bench) -> None:
    bench.stage("synchronized")
    first = checkpoint(bench, remember={"window": 14})
    assert (first["changed"], first["checkpoint"]["values"]) == (True, {"window": 14})
    again = checkpoint(bench, B, remember={"window": 99})
    assert (again["changed"], again["checkpoint"]["values"]) == (False, {"window": 14})
    assert again["checkpoint"]["resumed"] is True
    path = Path(again["checkpoint"]["path"])
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    refused = bench.attempt("checkpoint", workflow=FLOW, state="finished")
    assert "values to put back ['window']" in refused["msg"]
    checkpoint(bench, forget=["window"])
    assert checkpoint(bench, state="finished")["changed"] is True
    assert checkpoint(bench)["checkpoint"]["resumed"] is False


def test_check_mode_keeps_nothing(bench: Bench) -> None:
    bench.stage("synchronized")
    result = bench.attempt("checkpoint", workflow=FLOW, remember={"window": 14}, check_mode=True)
    assert result["changed"] is True
    assert not Path(result["checkpoint"]["path"]).exists()


def test_a_checkpoint_takes_no_secret(bench: Bench) -> None:
    bench.stage("synchronized")
    refused = bench.attempt("checkpoint", workflow=FLOW, remember={"backup_password": "canary-5150"})
    assert refused["failed"] and "canary-5150" not in json.dumps(refused)
    assert not list((bench.directory / "state").glob("*.checkpoint"))


def test_a_damaged_or_foreign_checkpoint_is_not_trusted(bench: Bench) -> None:
    bench.stage("synchronized")
    path = Path(checkpoint(bench, remember={"window": 14})["checkpoint"]["path"])
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("14", "15"), encoding="utf-8")
    assert "not trusted" in bench.attempt("checkpoint", workflow=FLOW)["msg"]
    path.write_text(whole, encoding="utf-8")
    bench.control.do(A, "generate_certificate")
    other = bench.attempt("checkpoint", workflow=FLOW)
    assert "another pair" in other["msg"], other


def test_a_step_is_recorded_around_its_write(bench: Bench) -> None:
    bench.stage("synchronized")
    gates(bench)
    done = bench.attempt("ha_settings", **WRITE, step="window")
    assert done["changed"] is True, done
    step = checkpoint(bench)["checkpoint"]["steps"]["window"]
    assert step["status"] == "done"
    found = json.loads(Path(checkpoint(bench)["checkpoint"]["path"]).read_text(encoding="utf-8"))
    history = [status for status, _at, _run in _step(found, "window")["history"]]
    assert history == ["intended", "done"]


def _step(document: Any, name: str) -> Any:
    """The step in whatever envelope the file has."""
    if isinstance(document, dict):
        if document.get("name") == name and "history" in document:
            return document
        document = list(document.values())
    if isinstance(document, list):
        return next((found for one in document if (found := _step(one, name))), None)
    return None


def test_a_write_that_fails_stays_intended(bench: Bench) -> None:
    bench.stage("synchronized")
    gates(bench)
    bench.control.do(A, "fail_next", "update_settings", "The disk is full.")
    assert bench.attempt("ha_settings", **WRITE, step="window")["failed"]
    assert checkpoint(bench)["checkpoint"]["steps"]["window"]["status"] == "intended"
    assert bench.attempt("ha_settings", **WRITE, step="window")["changed"] is True
    assert checkpoint(bench)["checkpoint"]["steps"]["window"]["status"] == "done"


# -- a person ----------------------------------------------------------------------------------------------------------
STEP = {"workflow": FLOW, "step": "unplug", "instructions": ["Unplug it.", "Wait."]}


def test_a_person_is_waited_for_by_ending_the_run(bench: Bench) -> None:
    bench.stage("synchronized")
    stopped = bench.attempt("person_step", **STEP)
    assert (stopped["failed"], stopped["error"]["kind"]) == (True, "waiting")
    assert "waiting for a person: unplug. (1) Unplug it. (2) Wait." in stopped["msg"]
    assert "-e person_done=unplug" in stopped["msg"]
    assert checkpoint(bench)["checkpoint"]["waiting"] == ["unplug"]
    gone_on = bench.attempt("person_step", **STEP, person_done="other, unplug")
    assert gone_on["person"] == {"step": "unplug", "by": "person"}
    assert checkpoint(bench)["checkpoint"]["steps"]["unplug"]["status"] == "done"
    later = bench.attempt("person_step", **STEP, person_done="another")
    assert later["person"] == {"step": "unplug", "by": "earlier"}
    again = bench.attempt("person_step", **STEP, repeat_step="unplug")
    assert (again["failed"], again["error"]["kind"]) == (True, "waiting")
    assert checkpoint(bench)["checkpoint"]["waiting"] == ["unplug"]


def test_what_is_seen_needs_no_word(bench: Bench) -> None:
    bench.stage("synchronized")
    assert bench.attempt("person_step", **STEP, seen=True)["person"]["by"] == "seen"
    assert checkpoint(bench)["checkpoint"]["steps"]["unplug"]["status"] == "done"
    assert bench.attempt("person_step", **STEP)["person"] == {"step": "unplug", "by": "earlier"}


def test_check_mode_does_not_wait_for_a_person(bench: Bench) -> None:
    bench.stage("synchronized")
    result = bench.attempt("person_step", **STEP, check_mode=True)
    assert result["changed"] is True
    assert any("waiting for a person: unplug" in one for one in result["warnings"])
    assert not list((bench.directory / "state").glob("*.checkpoint"))


# -- waiting for a pair ------------------------------------------------------------------------------------------------
def test_a_state_that_is_there_is_not_waited_for(bench: Bench) -> None:
    bench.stage("synchronized")
    result = bench.attempt("pair_wait", role="Active", partner_role="Passive", mirror_states=["SYNCHRONIZED"])
    assert result["changed"] is False
    assert (result["pair"]["role"], result["pair"]["partner_role"]) == ("Active", "Passive")


def test_a_failover_is_waited_for(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.power(A, "off")
    result = bench.attempt("pair_wait", B, role="Active", wait_timeout=3600)
    assert result["pair"]["role"] == "Active", result
    assert result["pair"]["waited_seconds"] > 60


@pytest.mark.long
def test_silence_is_waited_for_and_a_heartbeat_is_none(bench: Bench) -> None:
    """While the partner answers no minute is silent; after it is lost the last heartbeat stays the last one."""
    bench.stage("synchronized")
    given: dict[str, Any] = {"silent_minutes": 3, "wait_timeout": 600}
    assert bench.attempt("pair_wait", B, **given)["error"]["kind"] == "timeout"
    bench.control.power(A, "off")
    result = bench.attempt("pair_wait", B, mirror_states=["DISCONNECTED"], **given)
    assert result["pair"]["waited_seconds"] >= 180, result
    assert result["pair"]["last_heartbeat"]
    assert "1 or more" in bench.attempt("pair_wait", B, silent_minutes=-1)["msg"]


def test_a_state_that_does_not_come_is_a_timeout(bench: Bench) -> None:
    bench.stage("synchronized")
    late = bench.attempt("pair_wait", B, role="Active", wait_timeout=30)
    assert (late["failed"], late["error"]["kind"]) == (True, "timeout")
    assert "Passive" in late["msg"]
    assert "Nothing to wait for" in bench.attempt("pair_wait", B)["msg"]
    assert os.path.isdir(bench.directory)
