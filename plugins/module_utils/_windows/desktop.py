# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files on the desktops of an appliance, and running one of them where a person sees its windows.

A program that WinRM starts has no desktop: its windows are seen by nobody and its buttons cannot be pressed. A task of
the task scheduler with an interactive token (MS-TSCH, LogonType InteractiveToken) runs in the session of somebody who
is signed in. Checked against cmdlet metadata and a model of Windows, not yet on Windows.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

USERS = "C:\\Users"
RUNNING = {4, "4", "Running"}
NO_PROCESS = "NoProcessFoundForGivenName"
NO_TASK = "CmdletizationQuery_NotFound"
#: ``%s``: user, program; run as the user sees it, with the rights of an administrator, for at most a day.
TASK = (
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
    '<Principals><Principal id="Author"><UserId>%s</UserId><LogonType>InteractiveToken</LogonType>'
    "<RunLevel>HighestAvailable</RunLevel></Principal></Principals>"
    "<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
    "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><ExecutionTimeLimit>P1D</ExecutionTimeLimit>"
    '</Settings><Actions Context="Author"><Exec><Command>%s</Command></Exec></Actions></Task>'
)


def find_on_desktops(session: Session, name: str) -> tuple[list[str], list[str]]:
    """Full paths of a file on the desktops of all users, and every path that was looked at.

    :raises UseriesError: as :class:`Session`.
    """
    folders = session.run(Command("Get-ChildItem", LiteralPath=USERS, Force=True) | _only("Name"))
    try:
        paths = [f"{USERS}\\{folder['Name']}\\Desktop\\{name}" for folder in folders]
    except (KeyError, TypeError):
        raise _strange(session, "Get-ChildItem") from None
    if not paths:
        return [], [f"{USERS}\\*\\Desktop\\{name}"]
    there = session.run(Command("Test-Path", LiteralPath=paths, PathType="Leaf"))
    if len(there) != len(paths):
        raise _strange(session, "Test-Path")
    return [path for path, found in zip(paths, there, strict=True) if found is True], paths


def signed_in(session: Session) -> list[str]:
    """Users whose desktop is open, at the screen or by Remote Desktop, like ``UVM-1A\\btadmin``."""
    try:
        found = session.run(Command("Get-Process", Name="explorer", IncludeUserName=True) | _only("UserName"))
    except CommandFailed as error:
        if error.error_id.startswith(NO_PROCESS):
            return []
        raise
    names = [str(one.get("UserName") or "") for one in found if isinstance(one, dict)]
    return list(dict.fromkeys(name for name in names if name))


def start_for(session: Session, user: str, path: str, task: str) -> None:
    """Run a file in the session of a user, by a task of that name, which stays until :func:`forget`."""
    session.run(
        Command(
            "Register-ScheduledTask",
            TaskName=task,
            Xml=TASK % (escape(user), escape(path)),
            Force=True,
        )
        | _only("TaskName")
    )
    session.run(Command("Start-ScheduledTask", TaskName=task))


def is_running(session: Session, task: str) -> bool | None:
    """Whether the task runs; None when there is none of that name."""
    try:
        found = session.run(Command("Get-ScheduledTask", TaskName=task) | _only("State"))
    except CommandFailed as error:
        if error.error_id.startswith(NO_TASK):
            return None
        raise
    return bool(found) and isinstance(found[0], dict) and found[0].get("State") in RUNNING


def ended_with(session: Session, task: str) -> int | None:
    """The exit code of the last run; None when it is no number."""
    found = session.run(Command("Get-ScheduledTaskInfo", TaskName=task) | _only("LastTaskResult"))
    code = found[0].get("LastTaskResult") if found and isinstance(found[0], dict) else None
    return code if isinstance(code, int) else None


def forget(session: Session, task: str) -> None:
    """Remove the task."""
    session.run(Command("Unregister-ScheduledTask", TaskName=task, Confirm=False))


def _only(name: str) -> Command:
    return Command("Select-Object", Property=[name])


def _strange(session: Session, command: str) -> UseriesError:
    return UseriesError(
        f"{command} on {session.target.host} answered with objects that are not understood.",
        surface="windows",
        operation=f"run {command}",
        target=session.target.url,
        kind="unexpected",
    )
