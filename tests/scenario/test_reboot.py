# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarting and shutting down: of the page the guide prints the name alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.simulator import Simulated

ACTION, BUTTON = "schedule_a_reboot.reboot.action", "schedule_a_reboot.reboot.reboot"
BY_HAND = "Maintenance > Schedule a Reboot"


@pytest.fixture(scope="module")
def with_windows() -> Iterator[Simulated]:
    """A pair on which WinRM is open."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as running:
        yield running


@pytest.fixture
def windows(with_windows: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The same, at its start."""
    with benched(with_windows, tmp_path) as made:
        made.secrets |= {made.inventory[host]["useries_windows_password"] for host in (A, B)}
        yield made


def started(bench: Bench) -> str:
    """When the node was started, as the model has it."""
    return str(bench.control.state(A)["boot_time"])


# -- without labels ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [{}, {ACTION: "Action"}, {BUTTON: "Go"}])
@pytest.mark.parametrize("check_mode", [False, True])
def test_nothing_is_pressed_until_every_label_is_named(bench: Bench, named: dict[str, str], check_mode: bool) -> None:
    missing = [key for key in (ACTION, BUTTON) if key not in named]
    words = (BY_HAND, "useries_console_labels", *missing, "through_windows: true", "Blackout Window may not apply")
    bench.refused("reboot", *words, kind="precondition", console_labels=named, check_mode=check_mode)
    assert bench.control.log() == []


def test_the_simulated_inventory_names_them(bench: Bench) -> None:
    """As an administrator who has looked at the page."""
    assert {ACTION, BUTTON} <= set(bench.inventory[A]["useries_console_labels"])


# -- on the page -------------------------------------------------------------------------------------------------------


def test_a_restart_without_windows_is_waited_for_and_not_proven(bench: Bench) -> None:
    before = started(bench)
    checked = bench.attempt("reboot", check_mode=True)
    assert (checked["changed"], bench.writes()) == (True, 0), checked
    bench.control.reset_counts()
    done = bench.attempt("reboot")
    assert (done.get("failed"), done["changed"], done["proof"]) == (None, True, "unavailable"), done
    assert done["appliance"] == {"running": True, "started": None}
    assert "Windows cannot be asked" in done["proof_detail"]["reason"]
    assert bench.writes() == 1
    assert started(bench) > before
    assert bench.control.state(A)["reachable"] is True
    assert bench.attempt("appliance_info", gather=["role"])["changed"] is False


def test_a_restart_is_proven_by_a_later_start_of_windows(windows: Bench) -> None:
    before = started(windows)
    done = windows.attempt("reboot", require_proof=True)
    assert (done.get("failed"), done["changed"], done["proof"]) == (None, True, "verified"), done
    assert done["proof_detail"]["started"] > done["proof_detail"]["started_before"]
    assert done["appliance"]["running"] is True
    assert started(windows) > before
    windows.silent(done)


def test_a_question_of_the_console_is_answered(bench: Bench) -> None:
    bench.control.set("warn_before_danger", True)
    before = started(bench)
    assert bench.attempt("reboot")["changed"] is True
    assert started(bench) > before


def test_a_shutdown_ends_when_nobody_answers_and_is_not_proven(bench: Bench) -> None:
    done = bench.attempt("reboot", action="shut_down")
    assert (done.get("failed"), done["proof"], done["appliance"]["running"]) == (None, "unavailable", False), done
    assert "does not prove" in done["proof_detail"]["reason"]
    assert bench.control.state(A)["powered"] is False


def test_without_waiting_nothing_is_claimed(bench: Bench) -> None:
    done = bench.attempt("reboot", wait=False)
    assert (done["changed"], done["proof"], done["appliance"]["running"]) == (True, "unavailable", None)


def test_the_consoles_refusal_is_told(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "reboot", "A backup is running.")
    bench.helps(bench.attempt("reboot"), "A backup is running.", kind="rejected")


def test_an_appliance_that_does_not_come_up_again_is_told(windows: Bench) -> None:
    windows.control.do(A, "fail_next", "boot", "no boot device")
    gone = windows.attempt("reboot", wait_timeout=400, timeout=3)
    assert gone["error"]["kind"] in ("timeout", "unreachable"), gone
    assert gone["changed"] is True


# -- a lost answer -----------------------------------------------------------------------------------------------------


def test_a_lost_answer_is_decided_by_the_start_of_windows(windows: Bench) -> None:
    windows.control.fault("reset", A, when="after", path="schedule_a_reboot.reboot.reboot")
    done = windows.attempt("reboot")
    assert (done.get("failed"), done["proof"]) == (None, "verified"), done
    assert any("its effect is seen" in text for text in done["warnings"])
    assert windows.writes() == 1


def test_a_lost_answer_without_windows_is_never_repeated(bench: Bench) -> None:
    bench.control.fault("reset", A, when="after", path="schedule_a_reboot.reboot.reboot")
    lost = bench.attempt("reboot")
    bench.helps(lost, "nobody can say", "before you repeat it", kind="outcome_unknown")
    assert bench.writes() == 1


# -- through Windows ---------------------------------------------------------------------------------------------------


def test_windows_is_restarted_with_a_warning_about_the_blackout_window(windows: Bench) -> None:
    before = started(windows)
    given: dict[str, Any] = {"through_windows": True, "console_labels": {}}
    checked = windows.attempt("reboot", check_mode=True, **given)
    done = windows.attempt("reboot", **given)
    assert (done.get("failed"), done["proof"]) == (None, "verified"), done
    for result in (checked, done):
        assert any("Reboot Blackout Window" in text for text in result["warnings"])
    assert started(windows) > before


def test_windows_that_refuses_is_told(windows: Bench) -> None:
    windows.control.do(A, "fail_next", "shutdown", "A system shutdown has already been scheduled.(1190)")
    refused = windows.attempt("reboot", through_windows=True)
    windows.helps(refused, "a restart is scheduled already", kind="failed")


def test_windows_is_shut_down(windows: Bench) -> None:
    done = windows.attempt("reboot", action="shut_down", through_windows=True)
    assert (done.get("failed"), done["appliance"]["running"]) == (None, False), done
    assert windows.control.state(A)["powered"] is False


# -- the pair ----------------------------------------------------------------------------------------------------------


def test_a_pair_out_of_order_is_not_restarted(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.refused("reboot", "SUSPENDED", "accept_pair_state", kind="precondition")


def test_the_primary_of_a_synchronized_pair_stays_the_primary(bench: Bench) -> None:
    bench.stage("synchronized")
    assert bench.attempt("reboot")["changed"] is True
    assert bench.attempt("appliance_info", gather=["role"])["appliance"]["role"] == "Active"
