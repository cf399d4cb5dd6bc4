# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SQL Server of the simulator whose databases a test sets itself, and the ODBC drivers that are installed."""

from __future__ import annotations

import importlib.util
import platform
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyodbc
import pytest

from simulator.model.certificates import Authority
from simulator.wires import RequestLog
from simulator.wires.tds import Server, tls_context
from simulator.wires.tds.catalogue import SYSTEM_DATABASES, Database, Instance, Mirroring, SqlLogin
from simulator.wires.tds.session import Service

USER, PASSWORD = "useries_monitor", "Aa1-;=p w{x"
READER = "reader"
NAME = "uvm-1a"
MEGABYTE = 1024 * 1024
PRODUCT = Database(
    5,
    "BeyondInsight",
    data_bytes=1536 * MEGABYTE,
    log_bytes=128 * MEGABYTE,
    log_used_bytes=96 * MEGABYTE,
    log_limit_bytes=20480 * MEGABYTE,
)


def mirroring(state: str = "SYNCHRONIZED", role: str = "PRINCIPAL") -> Mirroring:
    """A mirroring session with UVM-1B."""
    return Mirroring(state, role, "TCP://UVM-1B:5022", "UVM-1B", send_queue=3)


class Stand:
    """A listening SQL Server.

    :ivar instance: what it knows; a test replaces it with :meth:`product`. :ivar up: False stops it.
    """

    def __init__(self, encrypted: bool = True, force: bool = False) -> None:
        self.authority = Authority()
        certificate = self.authority.issue(NAME, "127.0.0.1")
        context = tls_context(certificate.certificate_pem + certificate.key_pem) if encrypted else None
        self.log = RequestLog()
        self.up = True
        logins = (SqlLogin(USER, PASSWORD), SqlLogin(READER, PASSWORD, frozenset()))
        self.instance = Instance("UVM-1A", logins, (*SYSTEM_DATABASES, PRODUCT))
        service = Service("UVM-1A", lambda: self.instance, self._create, lambda: context, self.log, force)
        self.server = Server("127.0.0.1", 0, service, lambda: self.up)
        self.port = self.server.port

    def product(self, **changes: object) -> None:
        """Change the product's database."""
        database = replace(PRODUCT, **changes)  # type: ignore[arg-type]
        self.instance = replace(self.instance, databases=(*SYSTEM_DATABASES, database))

    def idle(self) -> bool:
        """Whether nobody is connected."""
        return not self.server.connections

    def statements(self) -> list[str]:
        """The statements that clients sent (without what drivers ask by themselves)."""
        return [e.path for e in self.log.entries() if e.method != "login" and not e.path.startswith("sp_")]

    def _create(self, name: str) -> None:
        self.instance = replace(self.instance, databases=(*self.instance.databases, Database(9, name)))


def freetds() -> str | None:
    """The installed FreeTDS driver."""
    return "FreeTDS" if "FreeTDS" in pyodbc.drivers() else None


def microsoft() -> str | None:
    """The path of Microsoft's driver out of the PyPI package mssql-python-odbc."""
    package = importlib.util.find_spec("mssql_python_odbc")
    if package is None or not package.origin:
        return None
    folder = Path(package.origin).parent / "libs/linux/debian_ubuntu" / platform.machine() / "lib"
    return next((str(file) for file in folder.glob("libmsodbcsql-18*.so*")), None)


DRIVERS = {"freetds": freetds, "microsoft": microsoft}


def driver(name: str) -> str:
    """A driver, or the test is skipped (which STRICT=1 turns into a failure)."""
    found = DRIVERS[name]()
    if found is None:
        pytest.skip(f"the ODBC driver {name} is not installed")
    return found


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def babbling_port() -> Iterator[int]:
    """A port that answers whatever comes with something that is not TDS, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_babble, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]


def _babble(listener: socket.socket) -> None:
    while True:
        try:
            accepted, _address = listener.accept()
        except OSError:
            return
        with accepted:
            accepted.recv(4096)
            accepted.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def eventually(check: object, seconds: float = 5.0) -> bool:
    """Whether ``check()`` becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False
