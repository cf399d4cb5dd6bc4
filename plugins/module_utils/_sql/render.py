# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where SQL is rendered: fixed texts with ``?`` for values, names only through :func:`identifier`.

Catalogue views and columns: Microsoft's reference of sys.databases, sys.database_mirroring, sys.master_files and
sys.dm_os_performance_counters. Identifiers: "Database identifiers" in the same reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Value: TypeAlias = "str | int | None"

MAX_NAME = 128
MAX_TEXT = 1000


@dataclass(frozen=True)
class Statement:
    """One statement, ready to be sent.

    :param text: SQL with ``?`` for every value; :param values: in the order of the question marks.
    :param operation: what it does, in words for a message; :param writes: whether it changes anything.
    """

    text: str
    values: tuple[Value, ...]
    operation: str
    writes: bool = False


def identifier(name: str, what: str = "database name") -> str:
    """A name in brackets, with closing brackets doubled.

    :raises UseriesError: ``invalid`` for an empty or too long name, control characters, or blanks at its ends.
    """
    plain = _plain(name, what)
    if not plain or len(plain) > MAX_NAME or plain != plain.strip() or not plain.isprintable():
        raise _invalid(f"{plain!r} is no {what}: 1 to {MAX_NAME} printable characters, no blank at either end")
    return "[" + plain.replace("]", "]]") + "]"


def server_facts() -> Statement:
    """Name and version of the server, the login and what it may see."""
    return _fixed(
        "SELECT CAST(SERVERPROPERTY('ServerName') AS nvarchar(4000)) AS server, "
        "CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(4000)) AS version, "
        "ORIGINAL_LOGIN() AS login, "
        "IS_SRVROLEMEMBER('sysadmin') AS sysadmin, "
        "HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS view_any_definition, "
        "HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS view_server_state",
        "read the server's properties",
    )


def databases() -> Statement:
    """Every database of the server that the login may see."""
    return _fixed(
        "SELECT name, database_id, state_desc, recovery_model_desc FROM sys.databases ORDER BY name",
        "list the databases",
    )


def mirroring(database: str) -> Statement:
    """State of one database and of its mirroring session; no row when it does not exist."""
    return _fixed(
        "SELECT d.name, d.database_id, d.state_desc, d.recovery_model_desc, d.log_reuse_wait_desc, "
        "m.mirroring_state_desc, m.mirroring_role_desc, m.mirroring_safety_level_desc, m.mirroring_partner_name, "
        "m.mirroring_partner_instance, m.mirroring_witness_name, m.mirroring_witness_state_desc, "
        "m.mirroring_connection_timeout "
        "FROM sys.databases AS d INNER JOIN sys.database_mirroring AS m ON m.database_id = d.database_id "
        "WHERE d.name = ?",
        f"read the mirror state of {database}",
        database,
    )


def files(database: str) -> Statement:
    """Files of one database; sizes in pages of 8 KB."""
    return _fixed(
        "SELECT f.name, f.type_desc, f.physical_name, f.size, f.max_size "
        "FROM sys.master_files AS f INNER JOIN sys.databases AS d ON d.database_id = f.database_id "
        "WHERE d.name = ? ORDER BY f.file_id",
        f"read the file sizes of {database}",
        database,
    )


def counters(database: str) -> Statement:
    """Counters of the transaction log and of the mirroring session, in KB."""
    return _fixed(
        "SELECT counter_name, cntr_value FROM sys.dm_os_performance_counters "
        "WHERE instance_name = ? AND counter_name IN "
        "('Log File(s) Size (KB)', 'Log File(s) Used Size (KB)', 'Log Send Queue KB')",
        f"read the log usage of {database}",
        database,
    )


def create_database(database: str) -> Statement:
    """Create an empty database with the server's defaults."""
    return Statement(f"CREATE DATABASE {identifier(database)}", (), f"create the database {database}", writes=True)


def _fixed(text: str, operation: str, *values: Value) -> Statement:
    return Statement(text, tuple(_value(each) for each in values), operation)


def _value(value: Value) -> Value:
    if isinstance(value, str):
        plain = _plain(value, "value")
        if len(plain) > MAX_TEXT:
            raise _invalid(f"a value of {len(plain)} characters is too long; {MAX_TEXT} are allowed")
        return plain
    return value if value is None else int(value)


def _plain(value: str, what: str) -> str:
    """The same characters as a plain ``str`` (Ansible's tagged strings are a subclass)."""
    plain = "".join(value)
    if "\0" in plain or any("\ud800" <= character <= "\udfff" for character in plain):
        raise _invalid(f"the {what} holds a character that cannot be sent")
    return plain


def _invalid(message: str) -> UseriesError:
    return UseriesError(message[:1].upper() + message[1:] + ".", surface="sql", operation="render SQL", kind="invalid")
