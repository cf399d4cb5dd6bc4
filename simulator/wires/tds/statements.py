# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements of a batch: SELECT (see queries.py), session settings, transactions, and the few orders modelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot.dialects.tsql import TSQL
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType

from simulator.wires.tds.queries import Context, Parameters, Result, SqlError, not_modelled, select

_NAME = r"(\[(?:[^\]]|\]\])+\]|[A-Za-z_][A-Za-z0-9_]*)"
_SETTINGS = (
    r"(?:(?:QUOTED_IDENTIFIER|ANSI_NULLS|ANSI_PADDING|ANSI_WARNINGS|ANSI_NULL_DFLT_ON|ANSI_DEFAULTS|ARITHABORT|NOCOUNT"
    r"|CONCAT_NULL_YIELDS_NULL|CURSOR_CLOSE_ON_COMMIT|XACT_ABORT)\s+(?:ON|OFF)"
    r"|(?:TEXTSIZE|ROWCOUNT|LOCK_TIMEOUT)\s+-?\d+|(?:LANGUAGE|DATEFORMAT)\s+\w+"
    r"|TRANSACTION\s+ISOLATION\s+LEVEL\s+(?:READ\s+(?:UN)?COMMITTED|REPEATABLE\s+READ|SNAPSHOT|SERIALIZABLE))"
)


@dataclass(frozen=True)
class Wait:
    """The statement takes this many seconds and can be cancelled meanwhile."""

    seconds: float


@dataclass(frozen=True)
class Database:
    """The session goes on in another database."""

    name: str


@dataclass(frozen=True)
class Transaction:
    """A transaction begins or ends."""

    order: str


@dataclass(frozen=True)
class Implicit:
    """Implicit transactions are switched."""

    on: bool


@dataclass(frozen=True)
class Create:
    """A database is to be created."""

    name: str


@dataclass(frozen=True)
class Done:
    """Nothing to show."""


Outcome = Result | Wait | Database | Transaction | Implicit | Create | Done
Handler = Callable[[re.Match[str], Context], Outcome]


def split(text: str) -> Iterator[str]:
    """The statements of a batch, as separated by semicolons (outside strings, names and comments)."""
    try:
        tokens = TSQL().tokenize(text)
    except SqlglotError as error:
        raise SqlError(102, 15, f"Incorrect syntax near '{text[:40]}'.") from error
    start = 0
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            yield text[start : token.start].strip()
            start = token.end + 1
    yield text[start:].strip()


def execute(statement: str, parameters: Parameters, context: Context, implicit: bool) -> Outcome:
    """Carry out one statement; raises SqlError."""
    if re.match(r"SELECT\b", statement, re.IGNORECASE):
        return select(statement, parameters, context)
    for pattern, handler in _STATEMENTS:
        match = pattern.fullmatch(statement)
        if match:
            if handler in (_alter_database, _create_database) and (context.transactions or implicit):
                words = " ".join(statement.split()[:2]).upper()
                raise SqlError(226, 16, f"{words} statement not allowed within multi-statement transaction.")
            return handler(match, context)
    raise not_modelled(statement)


def is_write(statement: str) -> bool:
    """Whether the statement would change something."""
    return bool(re.match(r"(ALTER|CREATE|DROP|INSERT|UPDATE|DELETE|RESTORE|BACKUP|EXEC)\b", statement, re.IGNORECASE))


def unquoted(name: str) -> str:
    """An identifier without its brackets."""
    return name[1:-1].replace("]]", "]") if name.startswith("[") else name


def _setting(_match: re.Match[str], _context: Context) -> Outcome:
    return Done()


def _implicit(match: re.Match[str], _context: Context) -> Outcome:
    return Implicit(match[1].upper() == "ON")


def _use(match: re.Match[str], context: Context) -> Outcome:
    name = unquoted(match[1])
    context.openable(name)
    found = context.instance.database(name)
    return Database(found.name if found else name)


def _transaction(match: re.Match[str], _context: Context) -> Outcome:
    return Transaction(match[1].upper())


def _conditional(match: re.Match[str], context: Context) -> Outcome:
    return Transaction(match[1].upper()) if context.transactions else Done()


def _wait(match: re.Match[str], _context: Context) -> Outcome:
    hours, minutes, seconds = (float(part) for part in match[1].split(":"))
    return Wait(hours * 3600 + minutes * 60 + seconds)


def _alter_database(match: re.Match[str], context: Context) -> Outcome:
    name = unquoted(match[1])
    if context.instance.database(name) is None:
        raise SqlError(
            5011,
            14,
            f"User does not have permission to alter database '{name}', the database does not exist, "
            "or the database is not in a state that allows access checks.",
        )
    raise not_modelled(match[0])


def _create_database(match: re.Match[str], context: Context) -> Outcome:
    name = unquoted(match[1])
    if "sysadmin" not in context.login.rights:
        raise SqlError(262, 14, "CREATE DATABASE permission denied in database 'master'.")
    if context.instance.database(name) is not None:
        raise SqlError(1801, 16, f"Database '{name}' already exists. Choose a different database name.")
    return Create(name)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)


_STATEMENTS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (_pattern(rf"(?:SET\s+{_SETTINGS}\s*)+"), _setting),
    (_pattern(r"SET\s+IMPLICIT_TRANSACTIONS\s+(ON|OFF)"), _implicit),
    (_pattern(rf"USE\s+{_NAME}"), _use),
    (_pattern(r"(BEGIN|COMMIT|ROLLBACK)\s+TRAN(?:SACTION)?"), _transaction),
    (_pattern(r"(COMMIT|ROLLBACK)"), _transaction),
    (_pattern(r"IF\s+@@TRANCOUNT\s*>\s*0\s+(COMMIT|ROLLBACK)(?:\s+TRAN(?:SACTION)?)?"), _conditional),
    (_pattern(r"WAITFOR\s+DELAY\s+N?'(\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)'"), _wait),
    (_pattern(rf"ALTER\s+DATABASE\s+{_NAME}\s+SET\s+.+"), _alter_database),
    (_pattern(rf"CREATE\s+DATABASE\s+{_NAME}"), _create_database),
)
