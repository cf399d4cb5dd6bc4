# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection from the pre-login to its end."""

from __future__ import annotations

import re
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from simulator.wires import RequestLog
from simulator.wires.tds import login as logins
from simulator.wires.tds import packets, tokens
from simulator.wires.tds.catalogue import Instance, SqlLogin
from simulator.wires.tds.packets import Channel, Closed, ProtocolError
from simulator.wires.tds.queries import Context, Parameters, Result, SqlError, not_modelled
from simulator.wires.tds.rpc import Call, bind, datatype_info, describe_parameters, parse_call
from simulator.wires.tds.statements import (
    Create,
    Database,
    Done,
    Implicit,
    Outcome,
    Transaction,
    Wait,
    execute,
    is_write,
    split,
)
from simulator.wires.tds.types import Column, Reader

PROGRAM = "Microsoft SQL Server"
_BEGIN, _COMMIT, _ROLLBACK = 5, 7, 8
_ORDERS = {_BEGIN: "BEGIN", _COMMIT: "COMMIT", _ROLLBACK: "ROLLBACK"}


@dataclass(frozen=True)
class Service:
    """What a connection needs of its server.

    :param instance: the SQL Server as it is now; :param create: carries out CREATE DATABASE.
    :param context: TLS, or None where no encryption is offered; :param force: clients must encrypt.
    """

    node: str
    instance: Callable[[], Instance]
    create: Callable[[str], None]
    context: Callable[[], ssl.SSLContext | None]
    log: RequestLog
    force: bool = False


class Cancelled(Exception):
    """The client sent an attention."""


class Session:
    """Serves one client.

    :param channel: the accepted connection; closed at the end of :meth:`run`.
    """

    def __init__(self, channel: Channel, service: Service, process: int) -> None:
        self._channel = channel
        self._service = service
        self._process = process
        self._login: SqlLogin | None = None
        self._database = "master"
        self._transaction = b""
        self._implicit = False
        self._prepared: dict[int, tuple[str | None, str]] = {}

    def run(self) -> None:
        """Speak until the client leaves; what is not TDS ends the connection and nothing else."""
        try:
            if self._sign_in():
                while True:
                    self._request(*self._channel.read_message())
        except (Closed, ProtocolError, struct.error):
            pass
        finally:
            self._channel.close()

    # --- signing in

    def _sign_in(self) -> bool:
        kind, body = self._channel.read_message()
        if kind != packets.PRELOGIN:
            raise ProtocolError("no pre-login")
        wish = logins.client_encryption(body)
        context = self._service.context()
        answer = self._negotiate(wish, context is not None)
        version = self._service.instance().version
        self._channel.write_message(logins.prelogin_answer(answer, version))
        if context is not None and logins.ENCRYPT_NOT_SUPPORTED not in (wish, answer):
            self._channel.start_tls(context)
        elif self._service.force:
            raise ProtocolError("the client does not encrypt")
        kind, body = self._channel.read_message()
        if kind != packets.LOGIN7:
            raise ProtocolError("no login")
        if answer == logins.ENCRYPT_OFF:
            self._channel.stop_tls()
        return self._accept(logins.parse_login(body))

    def _negotiate(self, wish: int, able: bool) -> int:
        if not able or (wish == logins.ENCRYPT_NOT_SUPPORTED and not self._service.force):
            return logins.ENCRYPT_NOT_SUPPORTED
        if self._service.force:
            return logins.ENCRYPT_REQUIRED if wish != logins.ENCRYPT_ON else logins.ENCRYPT_ON
        return wish if wish in (logins.ENCRYPT_OFF, logins.ENCRYPT_ON) else logins.ENCRYPT_ON

    def _accept(self, given: logins.Login) -> bool:
        instance = self._service.instance()
        known = None if given.integrated else instance.login(given.user)
        wrong = known is None or not known.accepts(given.password)
        self._record("login", f"login {given.user}", "login", 18456 if wrong else 200)
        database = instance.database(given.database or "master")
        closed = not wrong and (database is None or database.state != "ONLINE")
        if wrong or closed or known is None:
            refusal = b""
            if closed:
                words = f'Cannot open database "{given.database}" requested by the login. The login failed.'
                refusal = self._message(4060, 11, words)
            refusal += self._message(18456, 14, f"Login failed for user '{given.user}'.")
            self._channel.write_message(refusal + tokens.done(tokens.ERROR))
            return False
        self._login = known
        self._database = database.name if database else "master"
        self._channel.write_message(self._welcome(given, instance))
        self._channel.packet_size = given.packet_size
        return True

    def _welcome(self, given: logins.Login, instance: Instance) -> bytes:
        name = self._database
        return (
            tokens.environment(tokens.ENV_DATABASE, name, "master")
            + self._message(5701, 10, f"Changed database context to '{name}'.")
            + tokens.collation()
            + tokens.environment(tokens.ENV_LANGUAGE, "us_english", "")
            + self._message(5703, 10, "Changed language setting to us_english.")
            + tokens.login_accepted(PROGRAM, instance.version)
            + tokens.environment(tokens.ENV_PACKET_SIZE, str(given.packet_size), "4096")
            + tokens.done()
        )

    # --- requests

    def _request(self, kind: int, body: bytes) -> None:
        if self._channel.reset_requested:
            self._database, self._transaction, self._implicit = "master", b"", False
        if kind == packets.ATTENTION:
            self._channel.write_message(tokens.done(tokens.ATTENTION))
            return
        try:
            if kind == packets.SQL_BATCH:
                reader = Reader(body)
                reader.all_headers()
                answer = self._batch(reader.take(reader.left).decode("utf-16-le", errors="replace"))
            elif kind == packets.RPC:
                answer = self._call(body)
            elif kind == packets.TRANSACTION:
                answer = self._manage(body)
            else:
                raise ProtocolError(f"message of kind {kind:#x} out of turn")
        except SqlError as error:
            answer = self._failure(error) + self._done(tokens.ERROR)
        except Cancelled:
            answer = tokens.done(tokens.ATTENTION)
        self._channel.write_message(answer)

    def _batch(self, text: str) -> bytes:
        procedure = _datatype_batch(text)
        if procedure is not None:
            self._record("batch", "sp_datatype_info", "read")
            return self._result(datatype_info(procedure), tokens.DONE_IN_PROC, tokens.MORE) + self._end_of_call()
        answer = b""
        statements = [each for each in split(text) if each]
        for number, statement in enumerate(statements, start=1):
            more = tokens.MORE if number < len(statements) else 0
            try:
                answer += self._statement("batch", statement, {}, tokens.DONE, more)
            except SqlError as error:
                return answer + self._failure(error) + self._done(tokens.ERROR)
        return answer or self._done()

    def _statement(self, method: str, statement: str, parameters: Parameters, token: int, more: int = 0) -> bytes:
        kind = "write" if is_write(statement) else "read"
        fault = self._service.log.faults.take(self._service.node, "sql", method, statement)
        if fault is not None and fault.when == "before":
            self._misbehave(fault.kind, fault.seconds)
        try:
            outcome = execute(statement, parameters, self._context(), self._implicit)
        except SqlError as error:
            self._record(method, statement, kind, error.number)
            raise
        answer = self._carry_out(outcome)
        self._record(method, statement, kind, 200)
        if fault is not None and fault.when == "after":
            self._misbehave(fault.kind, fault.seconds)
        if isinstance(outcome, Result):
            return answer + self._result(outcome, token, more)
        return answer + self._done(more, token=token)

    def _misbehave(self, kind: str, seconds: float) -> None:
        if kind == "delay":
            self._wait(seconds)
        elif kind == "status":
            raise SqlError(50000, 17, "The simulator was ordered to fail here.")
        elif kind == "truncate":
            self._channel.write_message(tokens.columns([Column("cut", _INT)])[:7])
            raise Closed("fault")
        else:
            self._channel.abort()
            raise Closed("fault")

    def _carry_out(self, outcome: Outcome) -> bytes:
        if isinstance(outcome, Wait):
            self._wait(outcome.seconds)
        elif isinstance(outcome, Create):
            self._service.create(outcome.name)
        elif isinstance(outcome, Transaction):
            return self._transact(outcome.order)
        elif isinstance(outcome, Implicit):
            self._implicit = outcome.on
        elif isinstance(outcome, Database):
            before, self._database = self._database, outcome.name
            change = tokens.environment(tokens.ENV_DATABASE, outcome.name, before)
            return change + self._message(5701, 10, f"Changed database context to '{outcome.name}'.")
        elif isinstance(outcome, Result) and self._implicit and not self._transaction:
            return self._transact("BEGIN")
        elif not isinstance(outcome, Result | Done):
            raise not_modelled(type(outcome).__name__)
        return b""

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._channel.waiting(left):
                kind, _body = self._channel.read_message()
                if kind != packets.ATTENTION:
                    raise ProtocolError("a second request while one runs")
                raise Cancelled

    # --- remote procedure calls

    def _call(self, body: bytes) -> bytes:
        try:
            call = parse_call(body)
        except (KeyError, ValueError, ArithmeticError) as error:
            raise ProtocolError("the call cannot be read") from error
        answers: dict[str, Callable[[Call], bytes]] = {
            "sp_executesql": self._executesql,
            "sp_prepare": self._prepare,
            "sp_prepexec": self._prepexec,
            "sp_execute": self._execute,
            "sp_unprepare": self._unprepare,
            "sp_datatype_info": lambda c: self._listed(c, datatype_info(c.value(0))),
            "sp_datatype_info_100": lambda c: self._listed(c, datatype_info(c.value(0))),
            "sp_describe_undeclared_parameters": lambda c: self._listed(c, describe_parameters(str(c.value(0)))),
        }
        if call.procedure not in answers:
            self._record("rpc", call.procedure, "write", 2812)
            raise SqlError(2812, 16, f"Could not find stored procedure '{call.procedure}'.")
        return answers[call.procedure](call)

    def _listed(self, call: Call, result: Result) -> bytes:
        self._record("rpc", call.procedure, "read")
        return self._result(result, tokens.DONE_IN_PROC, tokens.MORE) + self._end_of_call()

    def _executesql(self, call: Call) -> bytes:
        return self._run(str(call.value(0)), bind(call.value(1), call.arguments[2:])) + self._end_of_call()

    def _prepare(self, call: Call) -> bytes:
        handle = self._remember(call.value(1), str(call.value(2)))
        return self._end_of_call(call.arguments[0].name, handle)

    def _prepexec(self, call: Call) -> bytes:
        declarations, text = call.value(1), str(call.value(2))
        answer = self._run(text, bind(declarations, call.arguments[3:]))
        return answer + self._end_of_call(call.arguments[0].name, self._remember(declarations, text))

    def _execute(self, call: Call) -> bytes:
        if call.value(0) not in self._prepared:
            raise SqlError(8179, 16, f"Could not find prepared statement with handle {call.value(0)}.")
        declarations, text = self._prepared[call.value(0)]
        return self._run(text, bind(declarations, call.arguments[1:])) + self._end_of_call()

    def _unprepare(self, call: Call) -> bytes:
        self._prepared.pop(call.value(0), None)
        return self._end_of_call()

    def _remember(self, declarations: str | None, text: str) -> int:
        handle = len(self._prepared) + 1
        self._prepared[handle] = (declarations, text)
        return handle

    def _run(self, text: str, parameters: Parameters) -> bytes:
        statements: Iterator[str] = (each for each in split(text) if each)
        return b"".join(
            self._statement("rpc", each, parameters, tokens.DONE_IN_PROC, tokens.MORE) for each in statements
        )

    def _end_of_call(self, name: str | None = None, handle: int = 0) -> bytes:
        answer = tokens.return_status()
        if name is not None:
            answer += tokens.return_value(name, handle)
        return answer + self._done(token=tokens.DONE_PROC)

    # --- transactions

    def _manage(self, body: bytes) -> bytes:
        reader = Reader(body)
        reader.all_headers()
        order = reader.number(2)
        if order not in _ORDERS:
            raise not_modelled(f"transaction manager request {order}")
        answer = self._transact(_ORDERS[order])
        if order == _BEGIN:
            return answer + self._done()
        reader.text(1)
        again = bool(reader.left and reader.number(1) & 1)
        return answer + (self._transact("BEGIN") if again else b"") + self._done()

    def _transact(self, order: str) -> bytes:
        before = self._transaction
        if order == "BEGIN":
            self._transaction = before or struct.pack("<Q", self._process << 16 | 1)
            return b"" if before else tokens.environment_bytes(tokens.ENV_BEGIN, self._transaction)
        if not before:
            request = f"{order} TRANSACTION"
            number = 3902 if order == "COMMIT" else 3903
            raise SqlError(number, 16, f"The {request} request has no corresponding BEGIN TRANSACTION.")
        self._transaction = b""
        kind = tokens.ENV_COMMIT if order == "COMMIT" else tokens.ENV_ROLLBACK
        return tokens.environment_bytes(kind, b"", before)

    # --- answers

    def _context(self) -> Context:
        assert self._login is not None
        open_transactions = 1 if self._transaction else 0
        return Context(self._service.instance(), self._login, self._database, open_transactions, self._process)

    def _result(self, result: Result, token: int, more: int = 0) -> bytes:
        body = tokens.columns(result.columns)
        body += b"".join(tokens.row(result.columns, row) for row in result.rows)
        return body + self._done(more, len(result.rows), token)

    def _done(self, status: int = 0, rows: int | None = None, token: int = tokens.DONE) -> bytes:
        return tokens.done(status | (tokens.IN_TRANSACTION if self._transaction else 0), rows, token)

    def _message(self, number: int, severity: int, words: str) -> bytes:
        return tokens.message(number, severity, words, self._service.instance().server)

    def _failure(self, error: SqlError) -> bytes:
        return self._message(error.number, error.severity, error.words)

    def _record(self, method: str, path: str, kind: Any, status: int = 200) -> None:
        self._service.log.record(self._service.node, "sql", method, path, kind, status)


_INT = datatype_info(0).columns[2].type


def _datatype_batch(text: str) -> int | None:
    """The ODBC type that FreeTDS asks for: it sends the procedure as a batch."""
    match = re.fullmatch(r"(?:EXEC\s+)?sp_datatype_info(?:_100)?\s+(-?\d+)\s*(?:,\s*\d+)?", text.strip(), re.IGNORECASE)
    return int(match[1]) if match else None
