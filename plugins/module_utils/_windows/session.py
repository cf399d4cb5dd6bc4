# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One WinRM session with one shell, for one task: typed pipelines and console programs, answers as data.

Sources: MS-WSMV (WinRS), pywinrm. Measured: a shell that stays open answers in a tenth of the time; code page 437 loses
characters. A command line of more than 8191 characters is cut off by cmd.exe without an error, so it is never sent; and
because some versions of Windows use cmd.exe even when asked not to, program paths are complete and arguments harmless.
Checked against a model of Windows and cmdlet metadata, not yet on Windows.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._net.adapter import Witness, secure
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import failure, translate
from ansible_collections.useries.appliance.plugins.module_utils._windows.output import parse_errors, parse_json
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import (
    Command,
    Pipeline,
    Program,
    quote_argument,
    render,
    writes_input,
)

if TYPE_CHECKING:
    import winrm.exceptions
    import winrm.protocol
else:
    winrm = optional("winrm")

Transport = Literal["ntlm", "basic"]

POWERSHELL = "System32\\WindowsPowerShell\\v1.0\\powershell.exe"
OPTIONS = ("-NoProfile", "-NonInteractive", "-ExecutionPolicy", "RemoteSigned", "-EncodedCommand")
LONGEST_LINE = 8000
LARGEST_PIECE = 192 * 1024
BUSY, BUSY_SECONDS, SEND_ATTEMPTS = 170, 5.0, 3
UTF8 = 65001


@dataclass(frozen=True)
class Output:
    """What a program left behind: its exit code and its text."""

    exit_code: int
    stdout: str = field(repr=False)
    stderr: str = field(repr=False)


class Session:
    """Windows on one appliance. Use it as a context manager: the shell opens at entry and is deleted at exit.

    :param target: address (port 5986 as a rule), trust, seconds for one answer; :param transport: ntlm or basic.
    :param system_root: the Windows folder of the appliance.
    :raises UseriesError: kinds ``unreachable``, ``untrusted``, ``login_refused``, ``silent``, ``timeout``, ``failed``,
        ``unexpected``, ``invalid``; see :class:`CommandFailed`.
    """

    def __init__(
        self,
        target: Target,
        credentials: Credentials,
        *,
        clock: Clock,
        transport: Transport = "ntlm",
        system_root: str = "C:\\Windows",
    ) -> None:
        self.target = target
        self.transport = transport
        self.system_root = system_root
        self._credentials = credentials
        self._clock = clock
        self._protocol: Any = None
        self._witness: Any = None
        self._shell: str | None = None

    def __enter__(self) -> Session:
        passwords = self._passwords()
        while passwords:
            try:
                self._open(passwords.pop(0))
                break
            except UseriesError as error:
                self._drop()
                if error.kind != "login_refused" or not passwords:
                    raise
        return self

    def __exit__(self, *_details: object) -> None:
        shell, self._shell = self._shell, None
        try:
            if shell is not None:
                with contextlib.suppress(UseriesError):  # the work is done; the shell of a dead session ends by itself
                    self._call("close the shell", self._protocol.close_shell, shell)
        finally:
            self._drop()

    def run(self, pipeline: Command | Pipeline, *, timeout: float = 120.0, secrets: Iterable[str] = ()) -> list[Any]:
        """Run a pipeline; its objects as data, dates as ISO 8601 in UTC. A missing ``ConvertTo-Json`` is added.

        :param timeout: seconds until the command is given up; :param secrets: texts masked in error messages.
        """
        stages = pipeline.commands if isinstance(pipeline, Pipeline) else (pipeline,)
        operation = f"run {stages[0].name}"
        if stages[-1].name != "ConvertTo-Json":
            pipeline = pipeline | Command("ConvertTo-Json", Depth=4, Compress=True)
        output = self._powershell(render(pipeline), operation, timeout, secrets=secrets)
        try:
            return parse_json(output.stdout)
        except ValueError as error:
            raise self._error(operation, "unexpected", f"PowerShell answered with {error}") from None

    def run_program(self, program: Program, *, timeout: float = 120.0) -> Output:
        """Run a console program; an exit code other than 0 is for the caller to judge."""
        arguments = tuple(quote_argument(argument) for argument in program.arguments)
        return self._execute(program.path(self.system_root), arguments, f"run {program.name}", timeout)

    def write_file(self, path: str, pieces: Iterable[bytes], *, timeout: float = 120.0) -> None:
        """Put a file there, whole and anew; its folder has to exist. Nothing is compared: see ``transfer``.

        :param pieces: its bytes, at most :data:`LARGEST_PIECE` each, so that a request stays below the 500 KB that
            WinRM takes (MaxEnvelopeSizekb); :param timeout: seconds for what is left to do after the last one.
        """
        lines = (base64.b64encode(piece) + b"\r\n" for piece in pieces)
        self._powershell(writes_input(path), f"write {path}", timeout, lines)

    def _powershell(
        self, text: str, operation: str, timeout: float, lines: Iterable[bytes] = (), *, secrets: Iterable[str] = ()
    ) -> Output:
        script = base64.b64encode(text.encode("utf-16-le")).decode("ascii")
        output = self._execute(f"{self.system_root}\\{POWERSHELL}", (*OPTIONS, script), operation, timeout, lines)
        record = parse_errors(output.stderr, (*secrets, *self._passwords()))
        if record is not None or output.exit_code != 0:
            raise failure(self.target, operation, output.exit_code, record)
        return output

    def _passwords(self) -> list[str]:
        previous = self._credentials.previous_password
        return [self._credentials.password, *([previous] if previous else [])]

    def _open(self, password: str) -> None:
        seconds = max(3, int(self.target.timeout))
        with translate(self.target, Witness(), "sign in to Windows"):
            self._protocol = winrm.protocol.Protocol(
                f"{self.target.url}/wsman",
                transport=self.transport,
                username=self._credentials.username,
                password=password,
                server_cert_validation="validate",
                ca_trust_path=None,
                proxy=None,
                read_timeout_sec=seconds,
                operation_timeout_sec=max(1, min(20, seconds - 2)),
            )
        session = self._protocol.transport.build_session()
        session.max_redirects = 0
        self._witness = secure(session, self.target, surface="windows")
        self._shell = self._call("sign in to Windows", self._protocol.open_shell, codepage=UTF8)

    def _drop(self) -> None:
        protocol, self._protocol = self._protocol, None
        if protocol is not None:
            protocol.transport.close_session()

    def _execute(
        self, program: str, arguments: tuple[str, ...], operation: str, timeout: float, lines: Iterable[bytes] = ()
    ) -> Output:
        if self._shell is None:
            raise RuntimeError("the session is not open")
        if len(program) + sum(len(argument) + 1 for argument in arguments) > LONGEST_LINE:
            raise self._error(operation, "invalid", f"The command line is longer than {LONGEST_LINE} characters")
        command = self._call(
            operation, self._protocol.run_command, self._shell, program, arguments, skip_cmd_shell=True
        )
        try:
            refused = self._feed(command, operation, lines)
            output = self._receive(command, operation, timeout)
            if refused is not None and output.exit_code == 0:
                raise refused
            return output
        finally:
            with contextlib.suppress(UseriesError):  # the answer, or the reason why there is none, is known already
                self._call(operation, self._protocol.cleanup_command, self._shell, command)

    def _feed(self, command: str, operation: str, lines: Iterable[bytes]) -> UseriesError | None:
        """Give a program its input. Why it took no more, when it did not: its own words are told when it is asked."""
        given = False
        try:
            for line in lines:
                given = True
                self._call(operation, self._send, command, line)
            if given:
                self._call(operation, self._send, command, b"", end=True)
        except UseriesError as error:
            if error.kind != "failed":
                raise
            return error
        return None

    def _send(self, command: str, line: bytes, *, end: bool = False) -> None:
        """A Windows that is busy is asked again; one that is too slow to say so has taken it (as Ansible has it)."""
        for attempt in range(1, SEND_ATTEMPTS + 1):
            try:
                self._protocol.send_command_input(self._shell, command, line, end=end)
            except winrm.exceptions.WinRMOperationTimeoutError:
                return
            except winrm.exceptions.WSManFaultError as fault:
                if fault.wsman_fault_code != BUSY or attempt == SEND_ATTEMPTS:
                    raise
                self._clock.sleep(BUSY_SECONDS)
            else:
                return

    def _receive(self, command: str, operation: str, timeout: float) -> Output:
        deadline = self._clock.deadline(timeout)
        texts: tuple[list[bytes], list[bytes]] = ([], [])
        while True:
            try:
                answer = self._call(operation, self._protocol.get_command_output_raw, self._shell, command)
            except winrm.exceptions.WinRMOperationTimeoutError:
                answer = (b"", b"", -1, False)
            texts[0].append(answer[0])
            texts[1].append(answer[1])
            if answer[3]:
                return Output(int(answer[2]), *(self._text(b"".join(parts), operation) for parts in texts))
            if deadline.over:
                raise self._error(operation, "timeout", f"The command was not finished after {timeout:.0f} seconds")

    def _text(self, data: bytes, operation: str) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise self._error(operation, "unexpected", "Windows answered with text that is not UTF-8") from None

    def _call(self, operation: str, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        self._witness.sent = False
        self._witness.refused = None
        with translate(self.target, self._witness, operation):
            return function(*arguments, **options)

    def _error(self, operation: str, kind: Kind, message: str) -> UseriesError:
        return UseriesError(
            f"{message} ({operation} on {self.target.url}).",
            surface="windows",
            operation=operation,
            target=self.target.url,
            kind=kind,
            remedy="Look at the appliance before you repeat this." if kind == "timeout" else "",
        )
