# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/lcd_reset.yml: it stops for the person at the panel, and the new password is proved by signing in."""

from __future__ import annotations

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.support.playbook import Playbooks

pytestmark = pytest.mark.one_way

RESET = [{"name": "Reset", "ansible.builtin.import_playbook": "useries.appliance.lcd_reset"}]
DONE = ("-e", "person_done=lcd_reset")


def test_the_password_is_reset_by_a_person_and_proved_by_signing_in(bench: Bench, playbooks: Playbooks) -> None:
    stopped = playbooks.run(RESET, "-l", A)
    assert stopped.code != 0
    assert "waiting for a person: lcd_reset" in stopped.failure("Wait for a person")["msg"]
    assert "The panel allows it." in stopped.words
    assert "Hold the arrows up and down" in stopped.words
    early = playbooks.run(RESET, "-l", A, "-e", "useries_password=not-yet-the-right-one", *DONE)
    assert early.failure("The new password signs in")["error"]["kind"] == "login_refused"
    new = bench.control.do(A, "reset_at_panel")
    bench.secrets.add(new)
    proved = playbooks.run(RESET, "-l", A, "-e", f"useries_password={new}", *DONE).good()
    assert "opens the console of useries-1a" in proved.words
    assert bench.writes() == 0
    for ran in (stopped, early, proved):
        bench.silent(ran.output)


def test_a_panel_that_does_not_allow_it_stops_before_the_runbook(bench: Bench, playbooks: Playbooks) -> None:
    for options, words in (
        ({"allow_password_reset": False}, ("does not allow it", "reset of the password is off")),
        ({"allow_password_reset": True, "buttons": False}, ("does not allow it", "its buttons are off")),
    ):
        bench.attempt("lcd_panel", **options)
        ran = playbooks.run(RESET, "-l", A)
        message = ran.failure("The panel must allow it")["msg"]
        assert all(word in message for word in words), message
        assert "Hold the arrows" not in ran.words
    bench.control.set("model", "U-Series v20", A)
    virtual = playbooks.run(RESET, "-l", A)
    assert "no LCD panel settings" in virtual.failure("The panel must allow it")["msg"]


def test_a_lost_password_cannot_be_checked_and_the_runbook_says_so(bench: Bench, playbooks: Playbooks) -> None:
    ran = playbooks.run(RESET, "-l", A, "-e", "useries_password=forgotten")
    assert "could not be read, for the password known here was refused" in ran.words
    assert "waiting for a person: lcd_reset" in ran.failure("Wait for a person")["msg"]


def test_two_appliances_at_once_are_refused(bench: Bench, playbooks: Playbooks) -> None:
    ran = playbooks.run(RESET)
    assert "useries-1a and useries-1b" in ran.failure("One appliance at a time", A)["msg"]
    assert bench.control.log() == []
