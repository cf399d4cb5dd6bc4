# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SQL Server of a node knows: logins, databases, mirroring, and the catalogue views made of them.

Columns and types follow Microsoft's descriptions of sys.databases, sys.database_mirroring, sys.master_files and
sys.dm_os_performance_counters; a login sees of them what these descriptions say its rights let it see.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.wires.tds.types import SqlType, named

PAGE = 8192
MIRROR_STATES = {"SUSPENDED": 0, "DISCONNECTED": 1, "SYNCHRONIZING": 2, "PENDING_FAILOVER": 3, "SYNCHRONIZED": 4}
ROLES = {"PRINCIPAL": 1, "MIRROR": 2}
SAFETY = {"OFF": 1, "FULL": 2}
DATABASE_STATES = {"ONLINE": 0, "RESTORING": 1}


@dataclass(frozen=True)
class SqlLogin:
    """A SQL Server login.

    :param rights: any of sysadmin, VIEW ANY DEFINITION, VIEW SERVER STATE.
    """

    name: str
    password: str = field(repr=False)
    rights: frozenset[str] = frozenset({"sysadmin"})

    def may(self, right: str) -> bool:
        """Whether it has the right, by itself or as sysadmin."""
        return right in self.rights or "sysadmin" in self.rights

    def accepts(self, password: str) -> bool:
        """Whether this is its password."""
        return hmac.compare_digest(self.password.encode(), password.encode("utf-8", "replace"))


@dataclass(frozen=True)
class Mirroring:
    """A mirroring session as one partner sees it; sizes of queues in KB, the time-out in seconds."""

    state: str
    role: str
    partner: str
    partner_instance: str
    safety: str = "FULL"
    timeout: int = 10
    guid: str = "5F3B8A52-6E7C-4B0E-9B1E-0A4C1D2E3F40"
    send_queue: int = 0


@dataclass(frozen=True)
class Database:
    """A database with one data file and one log file; sizes in bytes.

    :param restoring: the initial synchronization is writing it: nobody can open it, and it is not mirrored yet.
    """

    id: int
    name: str
    data_bytes: int = 8 * 1024 * 1024
    log_bytes: int = 8 * 1024 * 1024
    log_used_bytes: int = 512 * 1024
    log_limit_bytes: int = 2 * 1024**4
    recovery: str = "FULL"
    restoring: bool = False
    mirroring: Mirroring | None = None

    @property
    def state(self) -> str:
        """ONLINE, or RESTORING for the copy of a mirror."""
        return "RESTORING" if self.is_mirror or self.restoring else "ONLINE"

    @property
    def is_mirror(self) -> bool:
        """Whether nobody can open it because it is the mirror's copy."""
        return self.mirroring is not None and self.mirroring.role == "MIRROR"


SYSTEM_DATABASES = tuple(
    Database(number, name, recovery="SIMPLE") for number, name in enumerate(("master", "tempdb", "model", "msdb"), 1)
)


@dataclass(frozen=True)
class Instance:
    """A SQL Server as it is at one moment."""

    server: str
    logins: Sequence[SqlLogin]
    databases: Sequence[Database]
    version: tuple[int, int, int] = (14, 0, 3465)

    def login(self, name: str) -> SqlLogin | None:
        """A login by its name, in any case."""
        return next((login for login in self.logins if login.name.lower() == name.lower()), None)

    def database(self, name: str) -> Database | None:
        """A database by its name, in any case."""
        return next((each for each in self.databases if each.name.lower() == name.lower()), None)


_MIRRORING_COLUMNS = """mirroring_guid uniqueidentifier|mirroring_state tinyint|mirroring_state_desc nvarchar(60)
|mirroring_role tinyint|mirroring_role_desc nvarchar(60)|mirroring_role_sequence int|mirroring_safety_level tinyint
|mirroring_safety_level_desc nvarchar(60)|mirroring_safety_sequence int|mirroring_partner_name nvarchar(128)
|mirroring_partner_instance nvarchar(128)|mirroring_witness_name nvarchar(128)|mirroring_witness_state tinyint
|mirroring_witness_state_desc nvarchar(60)|mirroring_connection_timeout int"""

_DECLARED = {
    "databases": """name sysname|database_id int|create_date datetime|compatibility_level tinyint
|collation_name sysname|is_read_only bit|state tinyint|state_desc nvarchar(60)|recovery_model tinyint
|recovery_model_desc nvarchar(60)|log_reuse_wait_desc nvarchar(60)""",
    "database_mirroring": "database_id int|" + _MIRRORING_COLUMNS,
    "master_files": """database_id int|file_id int|type tinyint|type_desc nvarchar(60)|name sysname
|physical_name nvarchar(260)|state tinyint|state_desc nvarchar(60)|size int|max_size int|growth int
|is_percent_growth bit""",
    "dm_os_performance_counters": """object_name nchar(128)|counter_name nchar(128)|instance_name nchar(128)
|cntr_value bigint|cntr_type int""",
}

VIEWS: dict[str, dict[str, SqlType]] = {
    view: {name: named(kind) for name, kind in (column.split() for column in columns.split("|"))}
    for view, columns in _DECLARED.items()
}


def rows(view: str, instance: Instance, login: SqlLogin) -> Iterator[tuple[Any, ...]]:
    """The rows of a view that ``login`` may see, in the order of the columns in VIEWS."""
    for database in instance.databases:
        if view == "databases":
            yield _database(database)
        elif view == "database_mirroring":
            yield (database.id, *_mirroring(database, login))
        elif view == "master_files" and login.may("VIEW ANY DEFINITION"):
            yield from _files(database)
        elif view == "dm_os_performance_counters":
            yield from _counters(database)


def _database(database: Database) -> tuple[Any, ...]:
    suspended = database.mirroring is not None and database.mirroring.state in ("SUSPENDED", "DISCONNECTED")
    state = DATABASE_STATES[database.state]
    recovery = {"FULL": 1, "SIMPLE": 3}[database.recovery]
    waits = "DATABASE_MIRRORING" if suspended else "NOTHING"
    head = (database.name, database.id, "2023-02-11 09:30:00", 140, "SQL_Latin1_General_CP1_CI_AS", 0)
    return (*head, state, database.state, recovery, database.recovery, waits)


def _mirroring(database: Database, login: SqlLogin) -> tuple[Any, ...]:
    mirroring = database.mirroring
    if mirroring is None or (mirroring.role == "MIRROR" and "sysadmin" not in login.rights):
        return (None,) * (len(VIEWS["database_mirroring"]) - 1)
    return (
        mirroring.guid,
        MIRROR_STATES[mirroring.state],
        mirroring.state,
        ROLES[mirroring.role],
        mirroring.role,
        1,
        SAFETY[mirroring.safety],
        mirroring.safety,
        1,
        mirroring.partner,
        mirroring.partner_instance,
        "",
        0,
        "UNKNOWN",
        mirroring.timeout,
    )


def _files(database: Database) -> Iterator[tuple[Any, ...]]:
    folder = "C:\\Program Files\\Microsoft SQL Server\\MSSQL14.MSSQLSERVER\\MSSQL\\DATA\\"
    state = DATABASE_STATES[database.state]
    for number, kind, suffix, size, limit in (
        (1, "ROWS", ".mdf", database.data_bytes, -1),
        (2, "LOG", "_log.ldf", database.log_bytes, database.log_limit_bytes // PAGE),
    ):
        logical = database.name + ("_log" if kind == "LOG" else "")
        path = f"{folder}{database.name}{suffix}"
        pages = -(-size // PAGE)
        yield (database.id, number, number - 1, kind, logical, path, state, database.state, pages, limit, 8192, 0)


def _counters(database: Database) -> Iterator[tuple[Any, ...]]:
    found = [
        ("Databases", "Data File(s) Size (KB)", database.data_bytes // 1024),
        ("Databases", "Log File(s) Size (KB)", database.log_bytes // 1024),
        ("Databases", "Log File(s) Used Size (KB)", database.log_used_bytes // 1024),
    ]
    if database.mirroring is not None:
        found.append(("Database Mirroring", "Log Send Queue KB", database.mirroring.send_queue))
    for category, counter, value in found:
        names = (f"SQLServer:{category}", counter, database.name)
        yield (*(name.ljust(128) for name in names), value, 65792)


def _alike(first: str, second: str) -> int:
    one, two = first.rstrip(" ").lower(), second.rstrip(" ").lower()
    return (one > two) - (one < two)


def load(views: set[str], instance: Instance, login: SqlLogin) -> sqlite3.Connection:
    """An sqlite database whose schema ``sys`` holds ``views``; text compares as SQL Server's default collation does."""
    connection = sqlite3.connect(":memory:")
    connection.create_collation("SERVER", _alike)
    connection.execute("ATTACH ':memory:' AS sys")
    for view in views:
        kinds = VIEWS[view]
        declared = ", ".join(f"{n} TEXT COLLATE SERVER" if k.name == "nvarchar" else n for n, k in kinds.items())
        connection.execute(f"CREATE TABLE sys.{view} ({declared})")
        marks = ", ".join("?" * len(kinds))
        connection.executemany(f"INSERT INTO sys.{view} VALUES ({marks})", rows(view, instance, login))
    return connection
