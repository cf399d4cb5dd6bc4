# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The automatic return: a change of the network that undoes itself unless it is confirmed over the new path.

A command that changes the network of the machine can cut the connection over which it was given. So both the change
and its way back are tasks of the task scheduler (MS-TSCH), which run as the system and need no connection: the way back
has a time and is registered, and seen waiting, before the change is started. To confirm is to remove it. Both tasks are
rendered from typed pipelines. Checked against cmdlet metadata and a model of Windows, not yet on Windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import (
    Command,
    Pipeline,
    quote_argument,
    script,
)
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import OPTIONS, POWERSHELL, Session

Steps = Sequence[Command | Pipeline]

RETURN, CHANGE = "useries-network-return", "useries-network-change"
NO_TASK = "CmdletizationQuery_NotFound"
RUNNING = {4, "4", "Running"}
NOT_RUN = 267011  # SCHED_S_TASK_HAS_NOT_RUN
#: What the task scheduler, or the rules of a command line, would read as something of their own.
READ_OTHERWISE = ("%", "$(", '"')
TOLERANCE = timedelta(minutes=2)
#: ``%s``: triggers, program, arguments.
TASK = (
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers>%s</Triggers>'
    '<Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal>'
    "</Principals><Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
    "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable>"
    '</Settings><Actions Context="Author"><Exec><Command>%s</Command><Arguments>%s</Arguments></Exec></Actions></Task>'
)
AT = "<TimeTrigger><StartBoundary>%s</StartBoundary></TimeTrigger>"


@dataclass(frozen=True)
class State:
    """One of the two tasks.

    :param running: whether it runs now; :param next_run: when its time comes, None when that is over.
    :param result: exit code of its last run, None before the first one.
    """

    running: bool
    next_run: datetime | None
    result: int | None


def state(session: Session, task: str) -> State | None:
    """Of RETURN or CHANGE; None when it is not there.

    :raises UseriesError: as :class:`Session`.
    """
    try:
        found = session.run(Command("Get-ScheduledTask", TaskName=task) | Command("Select-Object", Property=["State"]))
        info = session.run(
            Command("Get-ScheduledTaskInfo", TaskName=task)
            | Command("Select-Object", Property=["NextRunTime", "LastTaskResult"])
        )
    except CommandFailed as error:
        if error.error_id.startswith(NO_TASK):
            return None
        raise
    try:
        code, due = info[0]["LastTaskResult"], info[0]["NextRunTime"]
        result = None if code in (None, NOT_RUN) else int(code)
        return State(found[0]["State"] in RUNNING, moment(due) if due else None, result)
    except (IndexError, KeyError, TypeError, ValueError):
        raise _error(session, "unexpected", f"The scheduled task {task} is not understood") from None


def moment(text: str) -> datetime:
    """A date of an answer, aware."""
    return datetime.fromisoformat(str(text).replace("Z", "+00:00"))


def arm(session: Session, back: Steps, at: datetime) -> None:
    """Register the way back for that time (of the appliance's clock), and see it waiting.

    :raises UseriesError: kind ``not_seen`` when it does not wait; nothing else was changed then.
    """
    _register(session, RETURN, back, AT % at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    armed = state(session, RETURN)
    if armed is None or armed.next_run is None or abs(armed.next_run - at) > TOLERANCE:
        raise _error(session, "not_seen", "The task that would undo the change does not wait for its time")


def carry_out(session: Session, forward: Steps) -> None:
    """Start the change. The answer to that may be the last one over this connection.

    :raises UseriesError: as :class:`Session`.
    """
    _register(session, CHANGE, forward, "")
    start(session, CHANGE)


def start(session: Session, task: str) -> None:
    """Run one of the two now."""
    session.run(Command("Start-ScheduledTask", TaskName=task))


def forget(session: Session, task: str) -> None:
    """Remove one of the two; that it is not there is fine."""
    try:
        session.run(Command("Unregister-ScheduledTask", TaskName=task, Confirm=False))
    except CommandFailed as error:
        if not error.error_id.startswith(NO_TASK):
            raise


def _register(session: Session, task: str, steps: Steps, triggers: str) -> None:
    text = script(steps)
    if any(part in text for part in READ_OTHERWISE):
        raise _error(session, "invalid", f"A name in the change holds one of {' '.join(READ_OTHERWISE)}")
    arguments = " ".join([*OPTIONS[:-1], "-Command", quote_argument(text)])
    xml = TASK % (triggers, escape(f"{session.system_root}\\{POWERSHELL}"), escape(arguments))
    session.run(
        Command("Register-ScheduledTask", TaskName=task, Xml=xml, Force=True)
        | Command("Select-Object", Property=["TaskName"])
    )


def _error(session: Session, kind: str, message: str) -> UseriesError:
    return UseriesError(
        f"{message} ({session.target.host}). Nothing was changed.",
        surface="windows",
        operation="arm the automatic return",
        target=session.target.url,
        kind=kind,  # type: ignore[arg-type]
        remedy="Look at the task scheduler of the appliance.",
    )
