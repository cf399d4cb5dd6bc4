# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pyodbc's exceptions mean.

Two drivers word the same event differently, and of several messages one shows the first and the other the last, so the
server's numbers are looked for in all of them; the SQLSTATE decides only where the driver itself speaks. Numbers:
Microsoft's "Database Engine events and errors".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

_SPEAKERS = re.compile(r"(^|; )\[\w{5}\](?: ?\[[\w .-]+\])*")
_FUNCTION = re.compile(r" ?\(SQL[A-Z]\w+\)")
_LOGIN = {18452, 18456, 18470, 18486, 18487, 18488}
_RIGHTS = {229, 230, 262, 297, 300, 916, 5011}
_UNREACHABLE = {20009, 20002, 20003}
_TIME_OUT = ("HYT00", "HYT01")
_NO_DRIVER = ("Can't open lib", "Data source name not found")
_TRUST = ("certificate", "SSL Provider", "SSL routines", "TLS")
_LOST = ("08S01", "08001", "08003", "08007")
_FREETDS_LOST = {20017, 20004, 20006, 20047}
_FREETDS_NO_TLS = "Unable to connect to data source (0)"


@dataclass(frozen=True)
class Spoken:
    """What the driver said: SQLSTATE, the numbers of all messages, and their words without the drivers' names."""

    state: str
    numbers: frozenset[int]
    words: str

    @classmethod
    def of(cls, error: Exception, secrets: tuple[str, ...] = ()) -> Spoken:
        """Read an exception of pyodbc; ``secrets`` never come through."""
        text = " ".join(str(part) for part in error.args[1:]) or str(error)
        for secret in filter(None, secrets):
            text = text.replace(secret, "********")
        numbers = frozenset(int(number) for number in re.findall(r"\((-?\d{1,6})\)", text))
        words = _FUNCTION.sub("", _SPEAKERS.sub(r"\1", text))
        return cls(str(error.args[0]) if error.args else "", numbers, " ".join(words.split()))


def while_connecting(spoken: Spoken, where: str, verified: bool) -> UseriesError:
    """No connection came about.

    :param verified: whether the server's certificate was to be verified.
    """
    kind, message, remedy = _connecting(spoken, where, verified)
    return UseriesError(
        message, surface="sql", operation="connect to SQL Server", target=where, kind=kind, remedy=remedy
    )


def _connecting(spoken: Spoken, where: str, verified: bool) -> tuple[Kind, str, str]:
    if spoken.numbers & _LOGIN:
        return (
            "login_refused",
            f"SQL Server at {where} refused the login: {spoken.words}",
            "Check useries_sql_username and useries_sql_password; do not try often, logins can be locked.",
        )
    if any(part in spoken.words for part in _NO_DRIVER):
        return (
            "missing_library",
            f"The ODBC driver cannot be loaded: {spoken.words}",
            "Install the driver with the libraries it needs, or set useries_sql_driver to another one.",
        )
    if any(part in spoken.words for part in _TRUST) or (verified and _FREETDS_NO_TLS in spoken.words):
        return (
            "untrusted",
            f"No trusted TLS connection to SQL Server at {where}: {spoken.words}",
            "Check that useries_sql_ca_path is the CA of SQL Server's own certificate (not of the web site), and that "
            "the host is a name in that certificate.",
        )
    if spoken.state in _TIME_OUT or spoken.state.startswith("08") or spoken.numbers & (_UNREACHABLE | _FREETDS_LOST):
        return (
            "unreachable",
            f"SQL Server at {where} does not answer: {spoken.words}",
            "Check the address, that the appliance is up, and that remote access to its SQL Server is open.",
        )
    if "Protocol error" in spoken.words:
        return (
            "unexpected",
            f"What answers at {where} does not speak like SQL Server: {spoken.words}",
            "Check useries_sql_host and useries_sql_port.",
        )
    return "failed", f"SQL Server at {where} ended the connection: {spoken.words}", ""


def while_executing(spoken: Spoken, where: str, operation: str, writes: bool) -> UseriesError:
    """A statement failed, or its answer did not come."""
    kind, message, remedy = _executing(spoken, operation, writes)
    return UseriesError(message, surface="sql", operation=operation, target=where, kind=kind, remedy=remedy)


def _executing(spoken: Spoken, operation: str, writes: bool) -> tuple[Kind, str, str]:
    lost = spoken.state in _LOST or spoken.numbers & _FREETDS_LOST or spoken.numbers == {0}
    late = spoken.state in _TIME_OUT
    if (late or lost) and writes:
        return (
            "outcome_unknown",
            f"The order to {operation} was sent and its answer never came: {spoken.words}",
            "Look whether it was carried out before it is given again.",
        )
    if late:
        return (
            "timeout",
            f"SQL Server took too long to {operation}: {spoken.words}",
            "Try again, or raise useries_sql_timeout.",
        )
    if lost:
        return "silent", f"The connection was lost on the way to {operation}: {spoken.words}", "Try again."
    remedy = "Grant the SQL login the right that the message names." if spoken.numbers & _RIGHTS else ""
    return "failed", f"SQL Server could not {operation}: {spoken.words}", remedy
