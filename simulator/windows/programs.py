# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of the simulated Windows: powershell.exe with an encoded command, manage-bde.exe, reg.exe.

Error records leave PowerShell as CLIXML (MS-PSRP 2.2.5), wrapped at 80 columns as on a console without a window.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import ntpath
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from simulator.windows.cmdlets import CMDLETS, COMMON, Objects, listed
from simulator.windows.dell_update import is_package
from simulator.windows.dell_update import run as dell_update
from simulator.windows.machine import Machine
from simulator.windows.manage_bde import manage_bde
from simulator.windows.pnp import certutil, pnputil
from simulator.windows.racadm import named as racadm_command
from simulator.windows.racadm import place as racadm_place
from simulator.windows.racadm import racadm
from simulator.windows.reg import reg
from simulator.windows.standard_input import SCRIPT, Writer, writer_of
from simulator.windows.terms import Complaint
from simulator.windows.tokenizer import ParseError, Stage, parse, split_command_line

WIDTH = 79
SQL_SETUP = "C:\\SQL Server\\setup.exe"
INSTANCE = "MSSQLSERVER"


@dataclass(frozen=True)
class Result:
    """What a program left behind. ``what`` names the commands for the request log, without any value."""

    exit_code: int
    stdout: str = ""
    stderr: str = ""
    what: str = ""


class NoSuchProgram(Exception):
    """The file does not exist."""


def run_program(machine: Machine, path: str, arguments: str) -> Result:
    """Run a program by its full path or bare name, with the text of its arguments.

    :raises NoSuchProgram: for everything but the modelled programs.
    """
    path = path.strip('"')
    name = ntpath.basename(path.strip('"')).lower()
    name = name if name.endswith(".exe") else f"{name}.exe"
    if path.lower() == SQL_SETUP.lower():
        return _sql_setup(machine, split_command_line(arguments))
    if path.lower() == racadm_place(machine).lower():
        words = split_command_line(arguments)
        return Result(*racadm(machine, words), what=racadm_command(words))
    if is_package(machine, path):
        return Result(dell_update(machine, path, split_command_line(arguments)), what=f"package {arguments.lower()}")
    if "\\" in path and not path.lower().startswith("c:\\windows\\system32\\"):
        raise NoSuchProgram(path)
    programs: dict[str, Callable[[Machine, Sequence[str]], Result]] = {
        "powershell.exe": _powershell,
        "manage-bde.exe": _manage_bde,
        "reg.exe": _reg,
        "shutdown.exe": _shutdown,
        "certutil.exe": _certutil,
        "pnputil.exe": _pnputil,
    }
    if name not in programs or name.removesuffix(".exe") in machine.windows.missing:
        raise NoSuchProgram(path)
    return programs[name](machine, split_command_line(arguments))


def _manage_bde(machine: Machine, arguments: Sequence[str]) -> Result:
    exit_code, text = manage_bde(machine, arguments)
    return Result(exit_code, text, what=f"manage-bde {' '.join(a for a in arguments if a.startswith('-'))}")


def _reg(machine: Machine, arguments: Sequence[str]) -> Result:
    exit_code, text = reg(machine, arguments)
    return Result(exit_code, text, what=f"reg {' '.join(arguments[:1])}")


def _certutil(machine: Machine, arguments: Sequence[str]) -> Result:
    exit_code, text = certutil(machine, arguments)
    return Result(exit_code, text, what=f"certutil {' '.join(arguments[:1])}")


def _pnputil(machine: Machine, arguments: Sequence[str]) -> Result:
    exit_code, text = pnputil(machine, arguments)
    return Result(exit_code, text, what=f"pnputil {' '.join(arguments[:1])}")


def named(path: str, arguments: str) -> str:
    """A program with its action or, of an encoded pipeline, the names of its commands."""
    words = split_command_line(arguments)
    if ntpath.basename(path.strip('"')).lower() == "racadm.exe":
        return racadm_command(words)
    text = encoded_command(words)
    if text is not None:
        with contextlib.suppress(ParseError):
            return " | ".join(stage.name for stage in parse(text))
        if SCRIPT.fullmatch(text):
            return Reading.WHAT
    actions = [word for word in words if word.upper().startswith(("/ACTION=", "/ADD-DRIVER"))]
    return " ".join([ntpath.basename(path.strip('"')), *actions])


def _sql_setup(machine: Machine, arguments: Sequence[str]) -> Result:
    """Setup of SQL Server, for an edition upgrade without questions; its reasons go to a log file."""
    given = {name.upper(): value for name, _equals, value in (word.partition("=") for word in arguments)}
    needed = {"/Q", "/IACCEPTSQLSERVERLICENSETERMS", "/PID"} <= set(given)
    if not needed or given.get("/ACTION", "").upper() != "EDITIONUPGRADE" or given.get("/INSTANCENAME") != INSTANCE:
        return Result(0x84BE0007, what="setup")
    return Result(machine.appliance.recovery.upgrade_sql(given["/PID"]) & 0xFFFFFFFF, what="setup EditionUpgrade")


def _shutdown(machine: Machine, arguments: Sequence[str]) -> Result:
    """shutdown.exe /r or /s with /t: it answers first, and Windows goes down afterwards."""
    options = [argument.lower() for argument in arguments]
    if ("/r" in options) == ("/s" in options) or "/t" not in options[:-1]:
        return Result(1, "Only shutdown.exe with /r or /s, and /t is modelled.\r\n", what="shutdown")
    seconds = options[options.index("/t") + 1]
    if not seconds.isdigit():
        return Result(1, "Invalid value for /t.\r\n", what="shutdown")
    complaint = machine.appliance.take_fault("shutdown")
    if complaint:
        return Result(1190, stderr=f"{complaint}\r\n", what="shutdown")
    machine.appliance.windows_shutdown("/r" in options, float(seconds))
    return Result(0, what=f"shutdown {'/r' if '/r' in options else '/s'}")


class Reading:
    """A program that goes on until its input ends."""

    WHAT = "standard input"

    def __init__(self, text: str, writer: Writer) -> None:
        self._text, self._writer = text, writer

    def take(self, data: bytes, *, end: bool) -> Result | None:
        """More input; what the program leaves behind, when it ends."""
        try:
            self._writer.take(data)
            if not end:
                return None
            self._writer.end()
        except Complaint as complaint:
            return _failed(self._text, complaint, self.WHAT)
        return Result(0, "", _clixml([]), self.WHAT)


def reading(machine: Machine, path: str, arguments: str) -> Reading | Result | None:
    """A program that reads its input, or how it ends at once; None for every other program."""
    text = encoded_command(split_command_line(arguments)) if ntpath.basename(path).lower() == "powershell.exe" else None
    if text is None:
        return None
    try:
        writer = writer_of(machine, text)
    except Complaint as complaint:
        return _failed(text, complaint, Reading.WHAT)
    return Reading(text, writer) if writer else None


def encoded_command(arguments: Sequence[str]) -> str | None:
    """What -EncodedCommand holds; None when it is missing or holds something else."""
    options = [argument.lower() for argument in arguments]
    if "-encodedcommand" not in options[:-1]:
        return None
    try:
        return base64.b64decode(arguments[options.index("-encodedcommand") + 1], validate=True).decode("utf-16-le")
    except (binascii.Error, UnicodeDecodeError):
        return None


def _powershell(machine: Machine, arguments: Sequence[str]) -> Result:
    text = encoded_command(arguments)
    if text is None:
        return Result(1, stderr="Only powershell.exe with a valid -EncodedCommand is modelled.\r\n")
    try:
        stages = parse(text)
    except ParseError as error:
        return _failed(text, Complaint("", error.message, "ParserError: (:) [], ParseException", "UnexpectedToken"), "")
    what = " | ".join(stage.name for stage in stages)
    try:
        return Result(0, listed(evaluate(machine, stages)), _clixml([]), what)
    except Complaint as complaint:
        return _failed(text, complaint, what)


def evaluate(machine: Machine, stages: list[Stage]) -> Objects:
    """The objects that a pipeline gives.

    :raises Complaint: its error record.
    """
    bound = []
    for stage in stages:
        cmdlet = CMDLETS.get(stage.name.lower())
        if cmdlet is None or stage.name.lower() in machine.windows.missing:
            raise Complaint(
                stage.name,
                f"The term '{stage.name}' is not recognized as the name of a cmdlet, function, script file, or "
                "operable program. Check the spelling of the name, or if a path was included, verify that the path is "
                "correct and try again.",
                f"ObjectNotFound: ({stage.name}:String) [], CommandNotFoundException",
                "CommandNotFoundException",
            )
        given = {name.lower(): value for name, value in stage.parameters.items()}
        for name in stage.parameters:
            if name.lower() not in cmdlet.parameters and name.lower() not in COMMON:
                raise Complaint(
                    cmdlet.name,
                    f"A parameter cannot be found that matches parameter name '{name}'.",
                    f"InvalidArgument: (:) [{cmdlet.name}], ParameterBindingException",
                    f"NamedParameterNotFound,{cmdlet.name}",
                )
        bound.append((cmdlet, given))
    objects: Objects = []
    for cmdlet, given in bound:
        objects = cmdlet.run(machine, objects, given)
    return objects


def _failed(script: str, complaint: Complaint, what: str) -> Result:
    """The record as the console shows it: message, position (which repeats the command), category, identifier."""
    command = f"{complaint.command} : " if complaint.command else ""
    first = script.split("\n", 1)[0]
    lines = [
        *textwrap.wrap(command + complaint.message, WIDTH, break_on_hyphens=False),
        "At line:1 char:1",
        *textwrap.wrap(f"+ {first}", WIDTH, break_on_hyphens=False),
        f"+ {'~' * min(len(first), WIDTH - 2)}",
        *_folded(f"    + CategoryInfo          : {complaint.category}"),
        *_folded(f"    + FullyQualifiedErrorId : {complaint.identifier}"),
        " ",
    ]
    return Result(1, "", _clixml(lines), what)


def _folded(line: str) -> list[str]:
    """Cut at the width of the window, in the middle of a word if need be; the rest is indented."""
    pieces = [line[:WIDTH]]
    rest = line[WIDTH:]
    while rest:
        pieces.append("   " + rest[: WIDTH - 3])
        rest = rest[WIDTH - 3 :]
    return pieces


def _clixml(lines: Sequence[str]) -> str:
    errors = "".join(f'<S S="Error">{_encoded(line)}_x000D__x000A_</S>' for line in lines)
    progress = (
        '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T>'
        '<T>System.Object</T></TN><MS><I64 N="SourceId">1</I64><PR N="Record"><AV>Preparing modules for first use.</AV>'
        "<AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR></MS></Obj>"
    )
    namespace = "http://schemas.microsoft.com/powershell/2004/04"
    return f'#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="{namespace}">{progress}{errors}</Objs>'


def _encoded(line: str) -> str:
    guarded = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", line)
    return escape(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", lambda found: f"_x{ord(found[0]):04X}_", guarded))
