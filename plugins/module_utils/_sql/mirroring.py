# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mirror state, sizes and log usage of a database as SQL Server sees them.

States are SQL Server's own words, which the console shows too: SYNCHRONIZED, SYNCHRONIZING, SUSPENDED, DISCONNECTED,
PENDING_FAILOVER; None: not mirrored. Sources: Microsoft's reference of sys.database_mirroring and sys.master_files;
administration guide lines 1235-1266.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._sql import render
from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection
from ansible_collections.useries.appliance.plugins.module_utils._sql.databases import databases, server

PAGE = 8192
KILOBYTE = 1024
MEGABYTE = 1024**2
GIGABYTE = 1024**3
_UNLIMITED = -1


def mirror_state(connection: Connection, database: str) -> dict[str, Any]:
    """The mirroring session of a database.

    ``database``, ``database_state`` (ONLINE, RESTORING, ...), ``recovery_model``, ``log_waits_for`` (why the log cannot
    be reused, e.g. DATABASE_MIRRORING; NOTHING), ``visible`` (False: the login may not see the session of a mirror's
    copy, which only a sysadmin can), ``mirrored`` (None when not visible), ``mirror_state``, ``role`` (PRINCIPAL or
    MIRROR), ``safety`` (FULL or OFF), ``partner`` (``TCP://host:port``), ``partner_instance``, ``witness``,
    ``witness_state``, ``timeout_seconds``; the last eight are None when it is not mirrored.

    :raises UseriesError: precondition when there is no such database (candidates: those there are).
    """
    rows = connection.rows(render.mirroring(database))
    if not rows:
        raise _no_database(connection, database)
    row = rows[0]
    state, role = _word(row["mirroring_state_desc"]), _word(row["mirroring_role_desc"])
    hidden = state is None and row["state_desc"] == "RESTORING" and not server(connection)["sysadmin"]
    return {
        "database": row["name"],
        "database_state": row["state_desc"],
        "recovery_model": row["recovery_model_desc"],
        "log_waits_for": row["log_reuse_wait_desc"],
        "visible": not hidden,
        "mirrored": None if hidden else state is not None,
        "mirror_state": state,
        "role": role,
        "safety": _word(row["mirroring_safety_level_desc"]),
        "partner": row["mirroring_partner_name"] or None,
        "partner_instance": row["mirroring_partner_instance"] or None,
        "witness": row["mirroring_witness_name"] or None,
        "witness_state": _word(row["mirroring_witness_state_desc"]) if row["mirroring_witness_name"] else None,
        "timeout_seconds": row["mirroring_connection_timeout"],
    }


def sizes(connection: Connection, database: str) -> dict[str, Any]:
    """How large the files of a database are.

    ``data_bytes``, ``log_bytes``, ``data_mb``, ``log_mb`` (1024 * 1024 bytes), ``data_gb``, ``log_gb`` (two decimals),
    ``log_limit_bytes`` (None: until the disk is full), ``files`` (each ``name``, ``type`` ROWS or LOG, ``path``,
    ``bytes``, ``limit_bytes``).

    :raises UseriesError: precondition when there is no such database or the login may not see its files.
    """
    rows = connection.rows(render.files(database))
    if not rows:
        raise _no_files(connection, database)
    files = [
        {
            "name": row["name"],
            "type": row["type_desc"],
            "path": row["physical_name"],
            "bytes": int(row["size"]) * PAGE,
            "limit_bytes": None if row["max_size"] == _UNLIMITED else int(row["max_size"]) * PAGE,
        }
        for row in rows
    ]
    logs = [file for file in files if file["type"] == "LOG"]
    limits = [file["limit_bytes"] for file in logs]
    total = {
        "data": sum(file["bytes"] for file in files if file["type"] != "LOG"),
        "log": sum(file["bytes"] for file in logs),
    }
    result: dict[str, Any] = {"files": files, "log_limit_bytes": None if None in limits else sum(limits)}
    for kind, count in total.items():
        result |= {f"{kind}_bytes": count, f"{kind}_mb": round(count / MEGABYTE, 2)}
        result[f"{kind}_gb"] = round(count / GIGABYTE, 2)
    return result


def log_usage(connection: Connection, database: str) -> dict[str, Any]:
    """How full the transaction log is: two readings give its growth while mirroring is suspended.

    ``log_bytes``, ``log_used_bytes``, ``log_used_gb`` (two decimals), ``send_queue_bytes`` (log not yet sent to the
    mirror; None when not mirrored),
    ``at`` (seconds of the connection's clock).

    :raises UseriesError: failed without the right VIEW SERVER STATE; precondition when there is no such database.
    """
    rows = connection.rows(render.counters(database))
    at = connection.clock.now()
    found = {str(row["counter_name"]).rstrip(): int(row["cntr_value"]) * KILOBYTE for row in rows}
    if "Log File(s) Size (KB)" not in found:
        raise _no_database(connection, database)
    return {
        "log_bytes": found["Log File(s) Size (KB)"],
        "log_used_bytes": found["Log File(s) Used Size (KB)"],
        "log_used_gb": round(found["Log File(s) Used Size (KB)"] / GIGABYTE, 2),
        "send_queue_bytes": found.get("Log Send Queue KB"),
        "at": at,
    }


def _word(value: str | None) -> str | None:
    return value.strip().upper().replace(" ", "_") if value else None


def _no_database(connection: Connection, database: str) -> UseriesError:
    names = [each["name"] for each in databases(connection)]
    return UseriesError(
        f"There is no database {database} on SQL Server at {connection.where}, or the login may not see it.",
        surface="sql",
        operation=f"read the database {database}",
        target=connection.where,
        kind="precondition",
        remedy="Name one of the databases that are there, or grant the login VIEW ANY DATABASE.",
        candidates=names,
    )


def _no_files(connection: Connection, database: str) -> UseriesError:
    if all(each["name"].lower() != database.lower() for each in databases(connection)):
        return _no_database(connection, database)
    return UseriesError(
        f"The SQL login may not see the files of the database {database}.",
        surface="sql",
        operation=f"read the file sizes of {database}",
        target=connection.where,
        kind="precondition",
        remedy="Grant the login VIEW ANY DEFINITION.",
    )
