# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts on the desktop of an appliance that was imaged afresh, and BitLocker before them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.recovery_bench import (
    DESKTOP,
    PREPARE,
    UPDATE,
    encrypted,
    imaged,
    model,
    recovery,
    windows_pair,
)

__all__ = ("encrypted", "imaged", "windows_pair")
pytestmark = pytest.mark.one_way  # about Windows; the console's list of updates has tests of its own in every way

MODULE, STATUS = "recovery_script", "bitlocker_status_info"
BY_HAND = {"script": "update_appliance"}
STARTED = {**BY_HAND, "interactive": True}
PREPARED = {"script": "prepare_for_shipping", "interactive": True, "confirm": "UVM-1A"}


def updated(bench: Bench) -> None:
    """A person has run the update at the screen."""
    bench.control.do(A, "recovery.run", UPDATE)


def started(bench: Bench) -> bool:
    """Whether a task was made or started on Windows."""
    ran = [entry["path"] for entry in bench.control.log(wire="windows")]
    assert any("Get-ScheduledTask" in path for path in ran), "nothing was looked at either"
    return any(f"{verb}-ScheduledTask" in path for path in ran for verb in ("Register", "Start"))


# -- BitLocker ---------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_encryption_is_told_and_waited_for(imaged: Bench) -> None:
    imaged.control.advance(3000)
    now = imaged.attempt(STATUS)["encryption"]
    assert (now["complete"], now["key_drive"]) == (False, "F:")
    assert 41 <= now["percent"] <= 60
    assert [one["mount_point"] for one in now["volumes"]] == ["C:", "D:"]
    imaged.control.set_speed(600)  # it waits in real time: 7 s of it, so that one look is not enough
    done = imaged.attempt(STATUS, wait_encrypted=True)
    assert done["changed"] is False, done
    assert (done["encryption"]["complete"], done["encryption"]["percent"]) == (True, 100)


def test_an_encryption_that_takes_too_long_fails_with_the_percentage(imaged: Bench) -> None:
    late = imaged.attempt(STATUS, wait_encrypted=True, wait_timeout=1)
    imaged.helps(late, kind="timeout")
    assert re.search(r"last state seen was C: \d %, D: \d %", late["msg"]), late
    assert "go on waiting" in late["error"]["remedy"]


def test_a_missing_usb_drive_is_said(imaged: Bench) -> None:
    model(imaged, "key_drive", False)
    found = imaged.attempt(STATUS)
    assert found["encryption"]["key_drive"] == ""
    assert "not plugged in" in found["warnings"][0]


def test_windows_2008_r2_is_asked_by_its_program(imaged: Bench) -> None:
    imaged.control.set(
        "windows", {"version": "6.1.7601", "missing": ["get-bitlockervolume", "get-ciminstance"], "language": "de"},
        node=A,
    )  # fmt: skip
    imaged.control.set_speed(1)  # both drives are asked after one another
    imaged.control.advance(3600)
    found = imaged.attempt(STATUS)["encryption"]
    assert found["key_drive"] is None
    assert {one["mount_point"]: one["encrypted"] for one in found["volumes"]} == dict.fromkeys(
        ("C:", "D:"), found["percent"]
    )
    assert 50 <= found["percent"] < 70


# -- a person runs it --------------------------------------------------------------------------------------------------


def test_by_default_it_is_the_step_of_a_person_and_verified_afterwards(encrypted: Bench) -> None:
    bench = encrypted
    waiting = bench.refused(MODULE, "Waiting for a person", UPDATE, "press Next", kind="waiting", **BY_HAND)
    assert "interactive: true" in waiting["error"]["remedy"]
    assert not started(bench)
    updated(bench)
    done = bench.attempt(MODULE, **BY_HAND)
    assert (done["changed"], done["proof"], done["script"]["done"]) == (False, "verified", True), done
    assert done["script"]["updates_left"] == []
    bench.refused(MODULE, "Waiting for a person", PREPARE, kind="waiting", script="prepare_for_shipping")
    bench.control.do(A, "recovery.run", PREPARE)
    gone = bench.attempt(MODULE, script="prepare_for_shipping")
    assert (gone["changed"], gone["proof"], gone["script"]["done"]) == (False, "verified", True)
    assert not started(bench)


def test_versions_that_are_named_decide(encrypted: Bench) -> None:
    high = {**BY_HAND, "versions": {"Password Safe": "21.10"}}
    encrypted.refused(MODULE, "Waiting for a person", kind="waiting", **high)
    for enough in ("21.2.0.1240", "21.2", "9.9.9"):
        done = encrypted.attempt(MODULE, **BY_HAND, versions={"Password Safe": enough})
        assert (done["changed"], done["script"]["done"]) == (False, True), done
    unknown = {**PREPARED, "versions": {"Password Save": "1"}}
    encrypted.refused(MODULE, "Password Save is not there and not 1", kind="precondition", **unknown)


# -- it is started in a session ----------------------------------------------------------------------------------------


def test_the_update_is_started_once_where_somebody_sees_it(encrypted: Bench) -> None:
    bench = encrypted
    before = bench.look()
    checked = bench.attempt(MODULE, check_mode=True, **STARTED)
    assert (checked["changed"], started(bench), bench.look()) == (True, False, before), checked
    done = bench.attempt(MODULE, **STARTED)
    assert (done["changed"], done["proof"], started(bench)) == (True, "verified", True), done
    assert done["diff"] == checked["diff"]
    assert (recovery(bench)["ran"], recovery(bench)["jobs"]) == ([UPDATE], {})
    assert done["script"]["updates_left"] == []
    assert "press Next" in done["warnings"][0]
    again = bench.attempt(MODULE, **STARTED)
    assert (again["changed"], recovery(bench)["ran"]) == (False, [UPDATE])
    bench.silent([checked, done, again])


@pytest.mark.long
def test_one_that_is_running_is_waited_for_and_not_started_again(encrypted: Bench) -> None:
    bench = encrypted
    begun = bench.attempt(MODULE, wait=False, **STARTED)
    assert (begun["changed"], begun["proof"]) == (True, "unavailable"), begun
    done = bench.attempt(MODULE, **STARTED)
    assert (done["changed"], done["proof"], recovery(bench)["ran"]) == (False, "verified", [UPDATE]), done
    assert "not started again" in done["warnings"][0]


def test_the_preparation_needs_the_updates_and_the_name(encrypted: Bench) -> None:
    bench = encrypted
    bench.refused(MODULE, "Not all updates are applied", "SUPI-2021-03", kind="precondition", **PREPARED)
    updated(bench)
    for wrong in (None, "UVM-1B"):
        given = {**PREPARED, "confirm": wrong}
        bench.refused(MODULE, "removes all set-up files of UVM-1A", "confirm: 'UVM-1A'", kind="precondition", **given)
    before = bench.look()
    checked = bench.attempt(MODULE, check_mode=True, **PREPARED)
    assert (checked["changed"], started(bench), bench.look()) == (True, False, before)
    done = bench.attempt(MODULE, **PREPARED)
    assert (done["changed"], done["proof"]) == (True, "verified"), done
    assert recovery(bench)["files"] == []
    again = bench.attempt(MODULE, **PREPARED)
    assert (again["changed"], recovery(bench)["ran"]) == (False, [UPDATE, PREPARE])


def test_nothing_runs_before_everything_is_encrypted(imaged: Bench) -> None:
    for given in (BY_HAND, STARTED):
        imaged.refused(MODULE, "BitLocker has not encrypted everything yet", "C: ", kind="precondition", **given)
    updated(imaged)
    imaged.refused(MODULE, "BitLocker has not encrypted everything yet", "D: ", kind="precondition", **PREPARED)
    assert not started(imaged)


def test_a_file_that_is_not_there_is_named_with_its_paths(encrypted: Bench) -> None:
    model(encrypted, "files", [])
    encrypted.refused(MODULE, "is not on the desktop", UPDATE, "btadmin\\Desktop", kind="precondition", **STARTED)
    model(encrypted, "files", [f"{DESKTOP}\\Update Appliance.bat.txt"])
    encrypted.refused(MODULE, "is not on the desktop", kind="precondition", **STARTED)


@pytest.mark.parametrize(
    ("users", "given", "words"),
    [
        ([], {}, "Nobody is signed in"),
        (["UVM-1A\\btadmin", "UVM-1A\\guest"], {}, "More than one user is signed in"),
        (["UVM-1A\\btadmin"], {"user": "guest"}, "as guest (UVM-1A\\btadmin)"),
    ],
)
def test_without_somebody_in_front_of_it_nothing_is_started(
    encrypted: Bench, users: list[str], given: dict[str, Any], words: str
) -> None:
    model(encrypted, "signed_in", users)
    encrypted.refused(MODULE, words, kind="precondition", **STARTED, **given)


@pytest.mark.long
def test_one_of_several_users_can_be_named(encrypted: Bench) -> None:
    model(encrypted, "signed_in", ["UVM-1A\\guest", "UVM-1A\\bt & admin"])
    done = encrypted.attempt(MODULE, **STARTED, user="BT & ADMIN")
    assert (done["changed"], recovery(encrypted)["ran"]) == (True, [UPDATE]), done


@pytest.mark.long
def test_a_script_that_fails_says_so(encrypted: Bench) -> None:
    encrypted.control.do(A, "fail_next", "recovery_script", "no network")
    failed = encrypted.attempt(MODULE, **STARTED)
    encrypted.helps(failed, "exit code 1", "SUPI-2021-03", kind="failed")


def test_windows_in_which_nobody_presses_next_end_the_waiting(encrypted: Bench) -> None:
    model(encrypted, "person", False)
    late = encrypted.attempt(MODULE, **STARTED, wait_timeout=20)
    encrypted.helps(late, "running", kind="timeout")
    assert late["changed"] is True


@pytest.mark.long
def test_a_lost_answer_to_the_start_is_decided_by_looking(encrypted: Bench) -> None:
    bench = encrypted
    bench.control.fault("reset", A, "windows", path="Start-ScheduledTask", when="after")
    done = bench.attempt(MODULE, **STARTED)
    assert (done.get("failed", False), recovery(bench)["ran"]) == (False, [UPDATE]), done
    assert any("its effect is seen" in text for text in done["warnings"])


@pytest.mark.long
def test_an_order_that_never_arrived_can_be_repeated(encrypted: Bench) -> None:
    bench = encrypted
    bench.control.fault("reset", A, "windows", path="Register-ScheduledTask", when="before")
    lost = bench.attempt(MODULE, **STARTED)
    bench.helps(lost, "not carried out", kind="failed")
    assert (recovery(bench)["ran"], recovery(bench)["jobs"]) == ([], {})
    assert bench.attempt(MODULE, **STARTED)["changed"] is True


@pytest.mark.long
def test_a_console_that_tells_nothing_needs_the_word_of_a_person(encrypted: Bench) -> None:
    bench = encrypted
    blind = {"password": "not-yet-set-up", "accept_pair_state": ["any"]}
    bench.helps(bench.attempt(MODULE, **PREPARED, **blind), "Nobody can say whether", kind="precondition")
    started_blind = bench.attempt(MODULE, **STARTED, **blind)
    assert (started_blind["changed"], started_blind["proof"]) == (True, "unavailable"), started_blind
    done = bench.attempt(MODULE, **PREPARED, **blind, updates_complete=True)
    assert (done["changed"], done["proof"], recovery(bench)["files"]) == (True, "verified", []), done


def test_bad_input(encrypted: Bench) -> None:
    bench = encrypted
    bench.refused(MODULE, "script", script="format_c", interactive=True)
    bench.refused(MODULE, "belongs to script", kind="invalid", **BY_HAND, updates_complete=True)
    bench.refused(MODULE, "nothing is started without interactive", kind="invalid", **BY_HAND, user="btadmin")
    bench.refused(MODULE, "useries_windows_host", kind="invalid", **BY_HAND, windows_host=None)
    bench.refused(MODULE, "wait_timeout is 0", kind="invalid", **BY_HAND, wait_timeout=0)
