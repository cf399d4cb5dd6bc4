# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shells and commands of WinRS (MS-WSMV 3.1.4): what a request does, without HTTP."""

from __future__ import annotations

import base64
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.windows.machine import Machine
from simulator.windows.programs import NoSuchProgram, Reading, Result, named, reading, run_program
from simulator.wires.winrm import soap
from simulator.wires.winrm.soap import Request, WsmanFault

LONGEST_LINE = 8191


@dataclass
class _Command:
    """``result`` is None while it waits for its input."""

    result: Result | None
    done_at: float
    reading: Reading | None = None


@dataclass
class _Shell:
    boot_time: datetime
    encoding: str
    commands: dict[str, _Command] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """Body of an answer. :param kind: for the request log; :param what: commands that ran, without values."""

    action: str
    body: str
    kind: Any = "read"
    what: str = ""


class Shells:
    """The shells of one Windows; a restart ends them all."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._shells: dict[str, _Shell] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """End them all."""
        with self._lock:
            self._shells.clear()

    def handle(self, request: Request) -> Reply:
        """Carry a request out.

        :raises WsmanFault: with what the client did wrong.
        """
        handlers: dict[str, Callable[[Request], Reply]] = {
            "Create": self._create,
            "Command": self._command,
            "Send": self._send,
            "Receive": self._receive,
            "Signal": self._signal,
            "Delete": self._delete,
        }
        if request.action not in handlers or request.resource != soap.SHELL_URI:
            raise WsmanFault(
                soap.NOT_SUPPORTED,
                "w:UnsupportedFeature",
                f"The simulator does not model {request.action} of {request.resource}.",
            )
        return handlers[request.action](request)

    def meant(self, request: Request) -> str:
        """What a request is about to run, for faults: names, no values."""
        if request.action != "Command":
            return ""
        arguments = (item.text or "" for item in request.body.findall("rsp:CommandLine/rsp:Arguments", soap.NAMESPACES))
        return named(request.text("rsp:CommandLine/rsp:Command"), " ".join(arguments))

    def _create(self, request: Request) -> Reply:
        codepage = request.options.get("WINRS_CODEPAGE", "437")
        encoding = {"65001": "utf-8", "437": "cp437", "1252": "cp1252"}.get(codepage)
        if encoding is None:
            raise WsmanFault(soap.BAD_PARAMETER, "w:InvalidOptions", f"Code page {codepage} is not modelled.")
        shell_id = str(uuid.uuid4()).upper()
        with self._lock:
            self._shells[shell_id] = _Shell(self.machine.appliance.boot_time, encoding)
        owner = self.machine.user.username
        return Reply(
            f"{soap.NAMESPACES['x']}/CreateResponse", soap.created(shell_id, {"owner": owner}), "login", "shell"
        )

    def _shell(self, request: Request) -> _Shell:
        with self._lock:
            shell = self._shells.get(request.shell_id)
        if shell is None or shell.boot_time != self.machine.appliance.boot_time:
            raise WsmanFault(
                soap.SHELL_NOT_FOUND,
                "w:InvalidSelectors",
                f"The request for the Windows Remote Shell with ShellId {request.shell_id} failed because the shell "
                "was not found on the server. Possible causes are: the specified ShellId is incorrect or the shell no "
                "longer exists on the server. Provide the correct ShellId or create a new shell and retry the "
                "operation.",
            )
        return shell

    def _command(self, request: Request) -> Reply:
        shell = self._shell(request)
        program = request.text("rsp:CommandLine/rsp:Command")
        arguments = " ".join(
            item.text or "" for item in request.body.findall("rsp:CommandLine/rsp:Arguments", soap.NAMESPACES)
        )
        direct = request.options.get("WINRS_SKIP_CMD_SHELL", "FALSE").upper() == "TRUE"
        started = reading(self.machine, program, arguments) if direct else None
        if started is None:
            started = self._direct(program, arguments) if direct else self._by_cmd(f"{program} {arguments}".strip())
        done_at = time.monotonic() + self.machine.windows.program_seconds
        command = _Command(None, done_at, started) if isinstance(started, Reading) else _Command(started, done_at)
        command_id = str(uuid.uuid4()).upper()
        shell.commands[command_id] = command
        body = f"<rsp:CommandResponse><rsp:CommandId>{command_id}</rsp:CommandId></rsp:CommandResponse>"
        what = Reading.WHAT if command.result is None else command.result.what
        return Reply(f"{soap.NAMESPACES['rsp']}/CommandResponse", body, what=what)

    def _direct(self, program: str, arguments: str) -> Result:
        """Without cmd.exe a program is only found by its full path."""
        try:
            if "\\" not in program:
                raise NoSuchProgram(program)
            return run_program(self.machine, program, arguments)
        except NoSuchProgram:
            raise WsmanFault(
                soap.FILE_NOT_FOUND, "w:InternalError", "The system cannot find the file specified. ", provider=True
            ) from None

    def _by_cmd(self, line: str) -> Result:
        """By cmd.exe, of which only "program arguments" without special characters is modelled."""
        if len(line) > LONGEST_LINE:
            return Result(1, stderr="The command line is too long.\r\n")
        name, _separator, arguments = line.partition(" ")
        try:
            if re.search(r'["%&<>^|!]', line):
                raise NoSuchProgram(name)
            return run_program(self.machine, name, arguments)
        except NoSuchProgram:
            text = (
                f"'{name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n"
            )
            return Result(1, stderr=text, what=f"cmd {name}")

    def _find(self, request: Request, path: str) -> tuple[_Shell, str, _Command]:
        shell = self._shell(request)
        command_id = request.attribute(path, "CommandId")
        command = shell.commands.get(command_id)
        if command is None:
            reason = "The parameter is incorrect. "
            raise WsmanFault(soap.BAD_PARAMETER, "w:InternalError", reason, provider=True)
        return shell, command_id, command

    def _send(self, request: Request) -> Reply:
        """Input for a program; one that has ended, or reads none, has closed its pipe."""
        path = "rsp:Send/rsp:Stream"
        _shell, _command_id, command = self._find(request, path)
        if command.reading is None or command.result is not None:
            raise WsmanFault(soap.BROKEN_PIPE, "w:InternalError", "The pipe has been ended. ", provider=True)
        data = base64.b64decode(request.text(path))
        command.result = command.reading.take(data, end=request.attribute(path, "End") == "true")
        return Reply(f"{soap.NAMESPACES['rsp']}/SendResponse", "<rsp:SendResponse/>", what=Reading.WHAT)

    def _receive(self, request: Request) -> Reply:
        shell, command_id, command = self._find(request, "rsp:Receive/rsp:DesiredStream")
        left = float("inf") if command.result is None else command.done_at - time.monotonic()
        time.sleep(max(0.0, min(left, request.timeout)))
        if command.result is None or left > request.timeout:
            reason = (
                "The WS-Management service cannot complete the operation within the time specified in OperationTimeout."
            )
            raise WsmanFault(soap.OPERATION_TIMEOUT, "w:TimedOut", f"{reason}  ")
        result = command.result
        streams = [
            ("stdout", result.stdout.encode(shell.encoding, "replace")),
            ("stderr", result.stderr.encode(shell.encoding, "replace")),
        ]
        exit_code = result.exit_code - 2**32 if result.exit_code >= 2**31 else result.exit_code
        body = soap.received(command_id, streams, exit_code)
        return Reply(f"{soap.NAMESPACES['rsp']}/ReceiveResponse", body, what=result.what)

    def _signal(self, request: Request) -> Reply:
        shell, command_id, _command = self._find(request, "rsp:Signal")
        del shell.commands[command_id]
        return Reply(f"{soap.NAMESPACES['rsp']}/SignalResponse", "<rsp:SignalResponse/>")

    def _delete(self, request: Request) -> Reply:
        self._shell(request)
        with self._lock:
            self._shells.pop(request.shell_id, None)
        return Reply(f"{soap.NAMESPACES['x']}/DeleteResponse", "", "logout", "shell")
