# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops, signed-in users and the task scheduler (Microsoft.PowerShell.Management, ScheduledTasks, MS-TSCH).

A task is registered by its XML; one with an interactive token runs only while its user is signed in.
"""

from __future__ import annotations

import ntpath
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from simulator.model.errors import Refused
from simulator.windows.machine import Machine
from simulator.windows.pnp import listed
from simulator.windows.racadm import place as racadm_place
from simulator.windows.scheduled import is_of_the_system, register
from simulator.windows.terms import Complaint, Enumerated

CERTIFICATES = "Cert:\\LocalMachine"
USERS = "C:\\Users"
FOLDERS = ("Administrator", "btadmin", "Public", "Default")
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
STATES = {"Ready": 3, "Running": 4}


def get_child_item(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """The folders of the users, and what is on the disk of the model; -Force shows nothing more."""
    path = str(given.get("literalpath", "")).rstrip("\\")
    if path.upper() == CERTIFICATES.upper():
        return _certificates(machine, given.get("recurse") is True)
    found = listed(machine, path, given.get("recurse") is True)
    if found is not None:
        return found
    if path.upper() != USERS.upper():
        raise Complaint(
            "Get-ChildItem",
            f"Cannot find path '{path}' because it does not exist.",
            f"ObjectNotFound: ({path}:String) [Get-ChildItem], ItemNotFoundException",
            "PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand",
        )
    return [{"Name": name, "FullName": f"{USERS}\\{name}"} for name in FOLDERS]


def _certificates(machine: Machine, recurse: bool) -> list[Any]:
    """The stores of the computer; the console puts everything into My here."""
    store: dict[str, Any] = {"Name": "My", "Thumbprint": None}
    if not recurse or machine.appliance.take_fault("certificate_stores"):
        return [store]
    stored = machine.appliance.certificates.stored.values()
    return [store, *({"Thumbprint": one.thumbprint, "Subject": one.subject} for one in stored)]


def test_path(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Whether files are there."""
    asked = given.get("literalpath", [])
    there = (*machine.appliance.recovery.files, *machine.appliance.disk.files, racadm_place(machine))
    known = {file.upper() for file in there}
    return [str(path).upper() in known for path in (asked if isinstance(asked, list) else [asked])]


def get_process(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """The explorer of every user with a desktop."""
    name = str(given.get("name", ""))
    users = machine.appliance.recovery.signed_in if name.lower() == "explorer" else []
    if not users:
        raise Complaint(
            "Get-Process",
            f'Cannot find a process with the name "{name}". Verify the process name and call the cmdlet again.',
            f"ObjectNotFound: ({name}:String) [Get-Process], ProcessCommandException",
            "NoProcessFoundForGivenName,Microsoft.PowerShell.Commands.GetProcessCommand",
        )
    return [{"Name": "explorer", "UserName": user} for user in users]


def register_scheduled_task(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """By XML: user, program and that the token is interactive are read; or a task of the system."""
    try:
        root = ET.fromstring(str(given.get("xml", "")))
    except ET.ParseError:
        raise _complaint("Register-ScheduledTask", "The task XML is malformed.", "HRESULT 0x8004131a") from None
    if is_of_the_system(root):
        return _register_for_the_system(machine, str(given["taskname"]), root, given)
    read = {one.tag.removeprefix(SPACE): one.text or "" for one in root.iter()}
    if read.get("LogonType") != "InteractiveToken":
        raise _complaint("Register-ScheduledTask", "Only interactive tokens are modelled.", "HRESULT 0x80070057")
    name = str(given["taskname"])
    if name in machine.appliance.recovery.jobs and given.get("force") is not True:
        text = "Cannot create a file when that file already exists."
        raise _complaint("Register-ScheduledTask", text, "HRESULT 0x800700b7")
    machine.appliance.recovery.register(name, read["UserId"], ntpath.normpath(read["Command"]))
    return [{"TaskName": name, "TaskPath": "\\", "State": Enumerated("Ready", 3)}]


def _register_for_the_system(machine: Machine, name: str, root: ET.Element, given: Mapping[str, Any]) -> list[Any]:
    scheduler = machine.appliance.scheduler
    if not machine.windows.administrator:
        raise _complaint("Register-ScheduledTask", "Access is denied.", "HRESULT 0x80070005")
    if name in scheduler.jobs and given.get("force") is not True:
        text = "Cannot create a file when that file already exists."
        raise _complaint("Register-ScheduledTask", text, "HRESULT 0x800700b7")
    try:
        register(machine, name, root)
    except Refused as error:
        raise _complaint("Register-ScheduledTask", error.message, "HRESULT 0x80070057") from None
    return [{"TaskName": name, "TaskPath": "\\", "State": Enumerated("Ready", 3)}]


def _system_job(machine: Machine, given: Mapping[str, Any]) -> Any:
    """A task of the system; None when there is none of that name."""
    return machine.appliance.scheduler.jobs.get(str(given.get("taskname", "")))


def start_scheduled_task(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Start-ScheduledTask -TaskName."""
    if _system_job(machine, given):
        machine.appliance.scheduler.start(str(given["taskname"]))
        return []
    _job(machine, given, "Start-ScheduledTask")
    machine.appliance.recovery.start(str(given["taskname"]))
    return []


def get_scheduled_task(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-ScheduledTask -TaskName."""
    system = _system_job(machine, given)
    state = system.state if system else str(_job(machine, given, "Get-ScheduledTask")["state"])
    return [{"TaskName": given["taskname"], "TaskPath": "\\", "State": Enumerated(state, STATES[state])}]


def get_scheduled_task_info(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-ScheduledTaskInfo -TaskName."""
    system = _system_job(machine, given)
    if system:
        clock = machine.appliance.clock
        due = None if system.due is None else clock.datetime(system.due)
        last = None if system.last_run is None else clock.datetime(system.last_run)
        return [
            {"TaskName": system.name, "LastTaskResult": system.code, "LastRunTime": last, "NextRunTime": due,
             "NumberOfMissedRuns": 0}
        ]  # fmt: skip
    job = _job(machine, given, "Get-ScheduledTaskInfo")
    return [{"TaskName": given["taskname"], "LastTaskResult": job["code"], "NumberOfMissedRuns": 0}]


def unregister_scheduled_task(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Unregister-ScheduledTask; without -Confirm:$false it would ask, and nobody answers."""
    system = _system_job(machine, given)
    if not system:
        _job(machine, given, "Unregister-ScheduledTask")
    if given.get("confirm") is not False:
        raise _complaint("Unregister-ScheduledTask", "PowerShell is in NonInteractive mode.", "InvalidOperation")
    if system:
        machine.appliance.scheduler.forget(system.name)
    else:
        del machine.appliance.recovery.jobs[str(given["taskname"])]
    return []


def _job(machine: Machine, given: Mapping[str, Any], command: str) -> dict[str, Any]:
    name = str(given.get("taskname", ""))
    found: dict[str, Any] | None = machine.appliance.recovery.jobs.get(name)
    if found is None:
        text = f"No MSFT_ScheduledTask objects found with property 'TaskName' equal to '{name}'."
        raise Complaint(
            command,
            f"{text} Verify the value of the property and retry.",
            f"ObjectNotFound: ({name}:String) [{command}], CimJobException",
            f"CmdletizationQuery_NotFound_TaskName,{command}",
        )
    return found


def _complaint(command: str, message: str, identifier: str) -> Complaint:
    return Complaint(command, message, f"NotSpecified: (:) [{command}], CimException", f"{identifier},{command}")
