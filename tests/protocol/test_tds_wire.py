# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL Server's wire against real clients: pyodbc with FreeTDS and with Microsoft's ODBC Driver 18.

Error texts as in Microsoft's "Database Engine events and errors".
"""

from __future__ import annotations

import contextlib
import decimal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pyodbc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.wires import Fault
from tests.support.tds import PASSWORD, READER, USER, Stand, driver, eventually, mirroring

Connect = Callable[..., pyodbc.Connection]
pyodbc.pooling = False


@pytest.fixture
def stand() -> Iterator[Stand]:
    """A SQL Server."""
    made = Stand()
    yield made
    made.server.stop()


def text(name: str, port: int, encrypt: str = "yes", user: str = USER, password: str = PASSWORD, more: str = "") -> str:
    """A connection string; ``encrypt``: yes, login (only) or no (not even the login, FreeTDS only)."""
    path = driver(name)
    if name == "freetds":
        level = {"yes": "require", "login": "request", "no": "off"}[encrypt]
        head = f"SERVER=127.0.0.1;PORT={port};TDS_Version=7.4;Encryption={level};"
    else:
        level = {"yes": "yes;TrustServerCertificate=yes", "login": "no;TrustServerCertificate=yes", "no": "no"}[encrypt]
        head = f"SERVER=tcp:127.0.0.1,{port};Encrypt={level};ConnectRetryCount=0;"
    return f"DRIVER={path};{head}{more}UID={user};PWD={{{password}}};"


@pytest.fixture(params=["freetds", "microsoft"])
def connect(request: pytest.FixtureRequest, stand: Stand) -> Iterator[Connect]:
    """Connects to the stand with each driver."""
    opened: list[pyodbc.Connection] = []

    def _connect(autocommit: bool = True, port: int = stand.port, **options: str) -> pyodbc.Connection:
        string = text(request.param, port, **options)
        opened.append(pyodbc.connect(string, autocommit=autocommit, timeout=5))
        return opened[-1]

    yield _connect
    for each in opened:
        each.close()


def rows(cursor: pyodbc.Cursor) -> list[tuple[Any, ...]]:
    """What a statement answers, as plain tuples."""
    return [tuple(row) for row in cursor.fetchall()]


def refusal(connection: pyodbc.Connection, statement: str, *values: Any) -> str:
    """The words of the error that a statement gives."""
    with pytest.raises(pyodbc.Error) as caught:
        connection.execute(statement, *values)
    return str(caught.value)


@pytest.mark.parametrize("encrypt", ["yes", "login", "no"])
def test_every_degree_of_encryption(connect: Connect, encrypt: str) -> None:
    assert rows(connect(encrypt=encrypt).execute("SELECT DB_NAME() AS here")) == [("master",)]


@pytest.mark.parametrize("name", ["freetds", "microsoft"])
def test_a_server_without_a_certificate_serves_plain_text_only(name: str) -> None:
    stand = Stand(encrypted=False)
    try:
        assert pyodbc.connect(text(name, stand.port, "no"), timeout=5).execute("SELECT 1").fetchval() == 1
        with pytest.raises(pyodbc.Error):
            pyodbc.connect(text(name, stand.port, "yes"), timeout=5)
    finally:
        stand.server.stop()


@pytest.mark.parametrize("name", ["freetds", "microsoft"])
def test_a_server_that_demands_encryption_gets_it(name: str) -> None:
    stand = Stand(force=True)
    try:
        assert pyodbc.connect(text(name, stand.port, "login"), timeout=5).execute("SELECT 1").fetchval() == 1
    finally:
        stand.server.stop()


def test_a_wrong_password_is_18456(connect: Connect, stand: Stand) -> None:
    for wrong in ({"password": "wrong"}, {"user": "nobody"}):
        with pytest.raises(pyodbc.Error, match=r"Login failed for user '\w+'\. \(18456\)"):
            connect(**wrong)
    assert [entry.status for entry in stand.log.entries()] == [18456, 18456]


def test_a_database_that_cannot_be_opened_refuses_the_login(connect: Connect, stand: Stand) -> None:
    stand.product(mirroring=mirroring(role="MIRROR"))
    for name in ("nowhere", "BeyondInsight"):
        with pytest.raises(pyodbc.Error, match="4060|18456"):
            connect(more=f"DATABASE={name};")


def test_values_of_every_kind_and_null(connect: Connect) -> None:
    row = connect().execute(
        "SELECT d.name, d.database_id, d.is_read_only, d.create_date, m.mirroring_guid, m.mirroring_state, "
        "CAST(d.database_id AS bigint) * 8192 AS product FROM sys.databases AS d "
        "INNER JOIN sys.database_mirroring AS m ON m.database_id = d.database_id WHERE d.name = 'master'"
    )
    assert [column[0] for column in row.description][:3] == ["name", "database_id", "is_read_only"]
    name, number, read_only, created, guid, state, product = row.fetchone()
    assert (name, number, read_only, guid, state, product) == ("master", 1, False, None, None, 8192)
    assert created.isoformat() == "2023-02-11T09:30:00"


@pytest.mark.parametrize("value", ["BeyondInsight", "BEYONDINSIGHT  ", "x' OR 1=1 --", "名前", "", "a" * 1000])
def test_a_parameter_is_a_value_and_nothing_else(connect: Connect, value: str) -> None:
    found = rows(connect().execute("SELECT name FROM sys.databases WHERE name = ?", value))
    assert found == ([("BeyondInsight",)] if value.strip().lower() == "beyondinsight" else [])


@pytest.mark.parametrize("value", [5, True, None, 2**40, decimal.Decimal("5"), 5.0])
def test_parameters_of_every_type(connect: Connect, value: Any) -> None:
    found = rows(connect().execute("SELECT database_id FROM sys.databases WHERE database_id = ?", value))
    assert found == ([(int(value),)] if value in (5, True) else [])


def test_a_prepared_statement_runs_again(connect: Connect) -> None:
    cursor = connect().cursor()
    for number, name in ((1, "master"), (4, "msdb"), (5, "BeyondInsight")):
        assert cursor.execute("SELECT name FROM sys.databases WHERE database_id = ?", number).fetchval() == name


def test_two_result_sets(connect: Connect) -> None:
    cursor = connect().execute("SELECT 1 AS a; SELECT name FROM sys.databases WHERE database_id < 3 ORDER BY name")
    assert rows(cursor) == [(1,)]
    assert cursor.nextset()
    assert rows(cursor) == [("master",), ("tempdb",)]
    assert not cursor.nextset()


def test_an_answer_longer_than_one_packet(connect: Connect) -> None:
    cursor = connect().execute("; ".join(["SELECT name, collation_name FROM sys.databases"] * 60))
    sets = 1
    while cursor.nextset():
        sets += 1
        assert len(cursor.fetchall()) == 5
    assert sets == 60


def test_a_timeout_cancels_the_statement_and_the_connection_lives_on(connect: Connect) -> None:
    connection = connect()
    connection.timeout = 1
    assert "HYT00" in refusal(connection, "WAITFOR DELAY '00:00:30'")
    assert connection.execute("SELECT 7").fetchval() == 7


def test_a_cancel_from_another_thread(connect: Connect, stand: Stand) -> None:
    connection = connect()
    cursor = connection.cursor()
    timer = threading.Timer(0.3, cursor.cancel)
    timer.start()
    with contextlib.suppress(pyodbc.Error):
        cursor.execute("WAITFOR DELAY '00:00:30'")
    timer.join()
    assert connection.execute("SELECT 7").fetchval() == 7
    assert stand.statements() == ["SELECT 7"]


@pytest.mark.parametrize("statement", ["ALTER DATABASE [BeyondInsight] SET PARTNER SUSPEND", "CREATE DATABASE [x]"])
def test_databases_are_not_altered_inside_a_transaction(connect: Connect, statement: str) -> None:
    order = " ".join(statement.split()[:2])
    words = f"{order} statement not allowed within multi-statement transaction. (226)"
    connection = connect(autocommit=False)
    connection.execute("SELECT 1").fetchall()
    assert words in refusal(connection, statement)
    connection.rollback()
    connection.autocommit = True
    connection.execute("CREATE DATABASE [after]")


def test_transactions_are_counted(connect: Connect) -> None:
    connection = connect()
    connection.execute("BEGIN TRANSACTION")
    assert connection.execute("SELECT @@TRANCOUNT").fetchval() == 1
    connection.execute("COMMIT TRANSACTION")
    assert connection.execute("SELECT @@TRANCOUNT").fetchval() == 0
    assert "(3902)" in refusal(connection, "COMMIT TRANSACTION")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT nothing FROM sys.databases", "Invalid column name 'nothing'. (207)"),
        ("SELECT name FROM dbo.nothing", "Invalid object name 'dbo.nothing'. (208)"),
        ("USE [nothing]", "Database 'nothing' does not exist. Make sure that the name is entered correctly. (911)"),
        ("CREATE DATABASE [beyondinsight]", "Database 'beyondinsight' already exists. Choose a different"),
    ],
)
def test_errors_in_the_servers_words(connect: Connect, statement: str, words: str) -> None:
    connection = connect()
    assert words in refusal(connection, statement)
    assert connection.execute("SELECT 1").fetchval() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT N'a' + N'b'",
        "SELECT name FROM sys.databases FOR JSON PATH",
        "SELECT CONVERT(varchar(30), create_date, 112) FROM sys.databases",
        "SELECT * FROM sys.databases",
        "DROP DATABASE [BeyondInsight]",
        "EXEC xp_cmdshell 'dir'",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "SELECT name FROM sys.databases WHERE name LIKE 'a%'",
        "SELECT (SELECT 1)",
        "SELECT TOP 1 name INTO #t FROM sys.databases",
        "ALTER DATABASE [BeyondInsight] SET OFFLINE",
    ],
)
def test_what_is_not_modelled_is_refused_loudly(connect: Connect, statement: str) -> None:
    assert "(50000)" in refusal(connect(), statement)


def test_a_passive_nodes_database_cannot_be_opened(connect: Connect, stand: Stand) -> None:
    stand.product(mirroring=mirroring(role="MIRROR"))
    connection = connect()
    words = 'The database "BeyondInsight" cannot be opened. It is acting as a mirror database. (954)'
    assert words in refusal(connection, "USE [BeyondInsight]")
    assert words in refusal(connection, "SELECT name FROM [BeyondInsight].sys.databases")
    state = connection.execute("SELECT state_desc FROM sys.databases WHERE name = 'BeyondInsight'").fetchval()
    assert state == "RESTORING"


def test_a_database_in_the_middle_of_a_restore(connect: Connect, stand: Stand) -> None:
    stand.product(restoring=True)
    words = "Database 'BeyondInsight' cannot be opened. It is in the middle of a restore. (927)"
    assert words in refusal(connect(), "USE BeyondInsight")


def test_a_login_without_rights_sees_less(connect: Connect, stand: Stand) -> None:
    stand.product(mirroring=mirroring(role="MIRROR"))
    connection = connect(user=READER)
    assert connection.execute("SELECT COUNT(*) FROM sys.master_files").fetchval() == 0
    state = "SELECT mirroring_role_desc FROM sys.database_mirroring WHERE database_id = 5"
    assert connection.execute(state).fetchval() is None
    assert "(300)" in refusal(connection, "SELECT cntr_value FROM sys.dm_os_performance_counters")
    assert "CREATE DATABASE permission denied in database 'master'. (262)" in refusal(connection, "CREATE DATABASE x")


def test_it_answers_only_while_it_is_up(connect: Connect, stand: Stand) -> None:
    connection = connect()
    stand.up = False
    assert eventually(lambda: not _listens(stand.port))
    refusal(connection, "SELECT 1")
    stand.up = True
    assert eventually(lambda: _listens(stand.port))
    assert connect().execute("SELECT 1").fetchval() == 1


def test_faults_on_order(connect: Connect, stand: Stand) -> None:
    for kind in ("reset", "truncate"):
        connection = connect()
        stand.log.faults.add(Fault("UVM-1A", "sql", kind, path="SELECT 42"))  # type: ignore[arg-type]
        refusal(connection, "SELECT 42")
        assert connect().execute("SELECT 42").fetchval() == 42
    stand.log.faults.add(Fault("UVM-1A", "sql", "status", path="SELECT 42"))
    assert "(50000)" in refusal(connect(), "SELECT 42")
    stand.log.faults.add(Fault("UVM-1A", "sql", "refuse"))
    assert eventually(lambda: not _listens(stand.port))
    stand.log.faults.clear()
    assert eventually(lambda: _listens(stand.port))


GARBAGE = [
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 512,
    b"\0" * 64,
    b"\xff" * 64,
    struct.pack(">BBHHBB", 0x12, 1, 4, 0, 1, 0),
    struct.pack(">BBHHBB", 0x12, 1, 13, 0, 1, 0) + b"\x01\xff\xff\xff\xff",
    struct.pack(">BBHHBB", 0x12, 1, 9, 0, 1, 0)
    + b"\xff"
    + struct.pack(">BBHHBB", 0x10, 1, 200, 0, 1, 0)
    + b"\xff" * 192,
    struct.pack(">BBHHBB", 0x12, 1, 9, 0, 1, 0) + b"\xff" + struct.pack(">BBHHBB", 0x03, 1, 8, 0, 1, 0),
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_ends_in_a_clean_close(stand: Stand, garbage: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", stand.port), timeout=5) as client:
        client.sendall(garbage)
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    assert eventually(stand.idle)
    assert "Traceback" not in capfd.readouterr().err


@given(body=st.binary(max_size=200), kind=st.sampled_from([0x01, 0x03, 0x06, 0x0E, 0x10, 0x12]), headers=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_after_a_login_ends_in_a_close_or_an_error(
    shared: tuple[Stand, list[BaseException]], body: bytes, kind: int, headers: bool
) -> None:
    stand, escaped = shared
    prefix = struct.pack("<IIHQI", 22, 18, 2, 0, 1) if headers else b""
    with socket.create_connection(("127.0.0.1", stand.port), timeout=5) as client:
        client.sendall(_packet(0x12, b"\xff"))
        client.sendall(_packet(0x10, _login(USER, PASSWORD)))
        assert client.recv(65536)
        client.sendall(_packet(kind, prefix + body))
        client.shutdown(socket.SHUT_WR)
        while client.recv(65536):
            pass
    assert not escaped


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Stand, list[BaseException]]]:
    """A server without encryption, and the exceptions that no thread caught."""
    escaped: list[BaseException] = []
    before, threading.excepthook = threading.excepthook, lambda args: escaped.append(args.exc_value)  # type: ignore
    made = Stand(encrypted=False)
    yield made, escaped
    made.server.stop()
    threading.excepthook = before


def _packet(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBHHBB", kind, 1, len(body) + 8, 0, 1, 0) + body


def _login(user: str, password: str) -> bytes:
    hidden = bytes(((b & 0x0F) << 4 | b >> 4) ^ 0xA5 for b in password.encode("utf-16-le"))
    fixed = struct.pack("<IIIIII", 0, 0x74000004, 4096, 0, 0, 0).ljust(36, b"\0")
    texts = [b"", user.encode("utf-16-le"), hidden, *[b""] * 6]
    offsets, at = b"", 94
    for each in texts:
        offsets += struct.pack("<HH", at, len(each) // 2)
        at += len(each)
    return (fixed + offsets).ljust(94, b"\0") + b"".join(texts)


def test_the_log_shows_statements_and_never_a_password(connect: Connect, stand: Stand) -> None:
    connect().execute("SELECT name FROM sys.databases WHERE name = ?", "canary").fetchall()
    assert stand.statements() == ["SELECT name FROM sys.databases WHERE name = @P1"]
    assert PASSWORD not in str(stand.log.entries())
    counts = stand.log.counts()["UVM-1A"]["sql"]
    assert (counts["login"], counts["write"]) == (1, 0)


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
