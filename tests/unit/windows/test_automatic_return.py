# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of the automatic return: what is registered, in which order, and what is not understood."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timezone

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import (
    CHANGE,
    RETURN,
    arm,
    carry_out,
    forget,
    state,
)
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command

AT = datetime(2026, 11, 29, 14, 30, 0, 250000, timezone.utc)
READY = {
    "Get-ScheduledTask ": [{"State": 3}],
    "Get-ScheduledTaskInfo ": [{"NextRunTime": "2026-11-29T14:30:00.000Z", "LastTaskResult": 267011}],
}
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
BACK = (Command("Remove-NetLbfoTeam", Name="O'Neil & <Co>", Confirm=False), Command("Start-Sleep", Seconds=15))


class Windows:
    """A session that answers by the beginning of what it is asked."""

    target = Target("10.0.0.1", 5986)
    system_root = "D:\\Windows"

    def __init__(self, answers=None, error_id=""):
        self.answers, self.error_id, self.asked, self.given = READY if answers is None else answers, error_id, [], []

    def run(self, pipeline):
        self.asked.append(pipeline.render())
        first = getattr(pipeline, "commands", (pipeline,))[0]
        self.given.append((first.name, first.parameters))
        if self.error_id:
            raise CommandFailed("words", operation="x", target="x", error_id=self.error_id)
        return next((answer for words, answer in self.answers.items() if self.asked[-1].startswith(words)), [])


def test_the_way_back_is_registered_for_its_time_and_seen_waiting():
    session = Windows()
    arm(session, BACK, AT)
    assert [name for name, _given in session.given] == [
        "Register-ScheduledTask",
        "Get-ScheduledTask",
        "Get-ScheduledTaskInfo",
    ]
    given = session.given[0][1]
    assert (given["TaskName"], given["Force"]) == ("useries-network-return", True)
    root = ET.fromstring(given["Xml"])
    assert root.findtext(f"{SPACE}Triggers/{SPACE}TimeTrigger/{SPACE}StartBoundary") == "2026-11-29T14:30:00Z"
    assert root.findtext(f"{SPACE}Principals/{SPACE}Principal/{SPACE}UserId") == "S-1-5-18"
    assert root.findtext(f".//{SPACE}StartWhenAvailable") == "true", "a machine that was off catches up"
    assert root.findtext(f".//{SPACE}Command") == "D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"
    assert root.findtext(f".//{SPACE}Arguments") == (
        "-NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -Command "
        "\"Remove-NetLbfoTeam -Name 'O''Neil & <Co>' -Confirm:$false; Start-Sleep -Seconds 15\""
    )


def test_the_change_has_no_time_and_is_started():
    session = Windows()
    carry_out(session, (Command("Start-Sleep", Seconds=1),))
    assert [(name, given["TaskName"]) for name, given in session.given] == [
        ("Register-ScheduledTask", "useries-network-change"),
        ("Start-ScheduledTask", "useries-network-change"),
    ]
    assert "Trigger>" not in session.given[0][1]["Xml"].replace("<Triggers></Triggers>", "")


@pytest.mark.parametrize(
    "info",
    [
        {"NextRunTime": None, "LastTaskResult": 267011},
        {"NextRunTime": "2026-11-29T14:33:00.000Z", "LastTaskResult": 267011},
        {"NextRunTime": "2026-11-29T14:27:00.000Z", "LastTaskResult": 267011},
    ],
)
def test_one_that_does_not_wait_for_that_time_stops_it(info):
    session = Windows({**READY, "Get-ScheduledTaskInfo ": [info]})
    with pytest.raises(UseriesError, match="does not wait for its time") as caught:
        arm(session, BACK, AT)
    assert caught.value.kind == "not_seen"


@pytest.mark.parametrize("name", ["50%", "$(Arg0)", 'a "b"'])
def test_what_the_scheduler_would_read_otherwise_is_never_sent(name):
    session = Windows()
    with pytest.raises(UseriesError, match="holds one of") as caught:
        arm(session, (Command("Remove-NetLbfoTeam", Name=name, Confirm=False),), AT)
    assert (caught.value.kind, session.asked) == ("invalid", [])


def test_states():
    assert state(Windows(error_id="CmdletizationQuery_NotFound_TaskName,Get-ScheduledTask"), RETURN) is None
    with pytest.raises(CommandFailed, match="words"):
        state(Windows(error_id="AccessDenied"), RETURN)
    waiting = state(Windows(), RETURN)
    assert (waiting.running, waiting.result, waiting.next_run) == (False, None, AT.replace(microsecond=0))
    ended = {"NextRunTime": None, "LastTaskResult": 1}
    over = state(Windows({"Get-ScheduledTask ": [{"State": "Running"}], "Get-ScheduledTaskInfo ": [ended]}), CHANGE)
    assert (over.running, over.result, over.next_run) == (True, 1, None)


@pytest.mark.parametrize(
    "answers", [{}, {"Get-ScheduledTask ": [{"State": 3}]}, {**READY, "Get-ScheduledTaskInfo ": [{"NextRunTime": 1}]}]
)
def test_other_objects_are_an_error(answers):
    with pytest.raises(UseriesError, match="not understood") as caught:
        state(Windows(answers), RETURN)
    assert caught.value.kind == "unexpected"


def test_to_forget_what_is_gone_is_fine():
    forget(Windows(error_id="CmdletizationQuery_NotFound_TaskName,Unregister-ScheduledTask"), RETURN)
    with pytest.raises(CommandFailed, match="words"):
        forget(Windows(error_id="AccessDenied"), RETURN)
