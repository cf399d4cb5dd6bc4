# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduled tasks of the system that run PowerShell: what their XML says, and carrying a statement out (MS-TSCH)."""

from __future__ import annotations

import ntpath
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any

from simulator.model.errors import Refused
from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint
from simulator.windows.tokenizer import ParseError, Stage, parse_script, split_command_line

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
SYSTEM = "S-1-5-18"


def is_of_the_system(root: ET.Element) -> bool:
    """Whether the task runs as the system."""
    return root.findtext(f".//{SPACE}UserId") == SYSTEM


def register(machine: Machine, name: str, root: ET.Element) -> None:
    """Take a task that runs PowerShell -Command, perhaps at a time.

    :raises Refused: for anything else.
    """
    program = ntpath.normpath(root.findtext(f".//{SPACE}Exec/{SPACE}Command") or "")
    words = split_command_line(root.findtext(f".//{SPACE}Exec/{SPACE}Arguments") or "")
    if ntpath.basename(program).lower() != "powershell.exe" or [word.lower() for word in words[-2:-1]] != ["-command"]:
        raise Refused("Only tasks that run powershell.exe -Command are modelled.")
    try:
        statements = parse_script(words[-1])
    except ParseError as error:
        raise Refused(error.message) from None
    boundary = root.findtext(f".//{SPACE}TimeTrigger/{SPACE}StartBoundary")
    machine.appliance.scheduler.register(name, statements, _second(machine, boundary) if boundary else None)


def _second(machine: Machine, boundary: str) -> float:
    """A moment as a simulated second; the clock of the appliance may be wrong."""
    if not boundary.endswith("Z"):
        raise Refused("Only times in UTC are modelled.")
    appliance = machine.appliance
    at = datetime.fromisoformat(boundary.removesuffix("Z") + "+00:00")
    seconds: float = (at - appliance.clock.datetime(0.0)).total_seconds() - appliance.clock_offset
    return seconds


def carry_out(appliance: Any, stages: list[Stage]) -> tuple[float, str]:
    """One statement, as the system: the seconds that it sleeps, and the names of its commands.

    :raises Refused: in the words of its error record.
    """
    from simulator.windows.programs import evaluate  # the commands register tasks: a circle

    what = " | ".join(stage.name for stage in stages)
    if what == "Start-Sleep":
        return float(stages[0].parameters["Seconds"]), what
    machine = Machine(appliance, as_system=True)
    try:
        evaluate(machine, stages)
    except Complaint as complaint:
        raise Refused(f"{what}: {complaint.message}") from None
    return 0.0, what
