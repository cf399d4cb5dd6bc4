# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to SQL Server per task, through pyodbc.

Autocommit is on: ALTER DATABASE and CREATE DATABASE are refused inside a transaction (error 226).
"""

from __future__ import annotations

import math
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._sql import driver as drivers
from ansible_collections.useries.appliance.plugins.module_utils._sql import faults
from ansible_collections.useries.appliance.plugins.module_utils._sql.render import Statement

if TYPE_CHECKING:
    import pyodbc
else:
    pyodbc = optional("pyodbc")

Row = dict[str, Any]


class Connection:
    """A context manager; connects on entry, closes on exit.

    :param target: host, port, timeout (seconds, for the login and for each statement), CA file; fingerprints are not
        used, as the drivers cannot pin. :param credentials: a SQL Server login; the previous password is tried once
        when the server refuses the present one.
    :param driver: name or path of the ODBC driver; None: Microsoft's newest, else FreeTDS.
    :param clock: whose time readings carry.
    :param encrypt: False protects the login only; :param certificate_name: see ``driver.Options``.
    :ivar used_previous_password: whether the login needed the previous password.
    """

    def __init__(
        self,
        target: Target,
        credentials: Credentials,
        driver: str | None = None,
        clock: Clock | None = None,
        *,
        encrypt: bool = True,
        certificate_name: str | None = None,
    ) -> None:
        self.target = target
        self.clock = clock or Clock()
        self.used_previous_password = False
        self._credentials = credentials
        self._options = drivers.Options(driver, encrypt, certificate_name)
        self._open: Any = None

    def __repr__(self) -> str:
        return f"Connection({self.where!r})"

    @property
    def where(self) -> str:
        """``host:port``."""
        host = self.target.host
        return f"[{host}]:{self.target.port}" if ":" in host else f"{host}:{self.target.port}"

    def __enter__(self) -> Connection:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; nothing happens when there is none."""
        opened, self._open = self._open, None
        if opened is not None:
            try:
                opened.close()
            except pyodbc.Error:
                return

    def rows(self, statement: Statement) -> list[Row]:
        """The rows of a statement as dicts by column name.

        :raises UseriesError: failed (with the server's message), timeout, silent (connection lost).
        """
        cursor = self._run(statement)
        try:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except pyodbc.Error as error:
            raise self._failed(error, statement) from None
        finally:
            cursor.close()

    def execute(self, statement: Statement) -> None:
        """Carry out a statement that returns no rows.

        :raises UseriesError: failed; timeout and silent, or outcome_unknown for a statement that writes.
        """
        cursor = self._run(statement)
        try:
            while cursor.nextset():
                pass
        except pyodbc.Error as error:
            raise self._failed(error, statement) from None
        finally:
            cursor.close()

    def _run(self, statement: Statement) -> Any:
        if self._open is None:
            raise RuntimeError("the connection is not open: use it as a context manager")
        try:
            cursor = self._open.cursor()
            return cursor.execute(statement.text, *statement.values)
        except pyodbc.Error as error:
            raise self._failed(error, statement) from None

    def _connect(self) -> None:
        pyodbc.pooling = False
        name = drivers.choose(self._options.driver, pyodbc.drivers())
        made = drivers.recipe(name, self.target, self._options)
        try:
            self._sign_in(made, self._credentials.password)
        except UseriesError as error:
            previous = self._credentials.previous_password
            if error.kind != "login_refused" or not previous:
                raise
            self._sign_in(made, previous)
            self.used_previous_password = True

    def _sign_in(self, made: drivers.Recipe, password: str) -> None:
        text = drivers.signed(made, self._credentials.username, password)
        seconds = max(1, math.ceil(self.target.timeout))
        try:
            with drivers.surroundings(made):
                self._open = pyodbc.connect(text, autocommit=True, timeout=seconds)
            self._open.timeout = seconds
        except pyodbc.Error as error:
            verified = self._options.encrypt and self.target.validate_certs
            raise faults.while_connecting(self._spoken(error), self.where, verified) from None

    def _failed(self, error: Exception, statement: Statement) -> UseriesError:
        return faults.while_executing(self._spoken(error), self.where, statement.operation, statement.writes)

    def _spoken(self, error: Exception) -> faults.Spoken:
        secrets = (self._credentials.password, self._credentials.previous_password or "")
        return faults.Spoken.of(error, secrets)
