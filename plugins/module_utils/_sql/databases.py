# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Databases of a server: which there are, whether one exists, create one.

Sources: administration guide lines 1268-1282 (remote database), Microsoft's reference of sys.databases.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._sql import render
from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection

SYSTEM = ("master", "tempdb", "model", "msdb")


def databases(connection: Connection) -> list[dict[str, Any]]:
    """Every database that the login may see, by name.

    Each: ``name``, ``id``, ``state`` (ONLINE, RESTORING, ...), ``recovery_model`` (FULL, SIMPLE, BULK_LOGGED),
    ``system`` (one of SQL Server's own).
    """
    return [
        {
            "name": row["name"],
            "id": row["database_id"],
            "state": row["state_desc"],
            "recovery_model": row["recovery_model_desc"],
            "system": str(row["name"]).lower() in SYSTEM,
        }
        for row in connection.rows(render.databases())
    ]


def exists(connection: Connection, database: str) -> bool:
    """Whether there is a database of this name; case is decided by the server's collation."""
    return bool(connection.rows(render.mirroring(database)))


def create(connection: Connection, database: str) -> None:
    """Create an empty database with the server's defaults.

    :raises UseriesError: failed (it exists, or the login lacks the right), outcome_unknown (the answer never came).
    """
    connection.execute(render.create_database(database))


def server(connection: Connection) -> dict[str, Any]:
    """``server``, ``version``, ``login`` and what the login may do: ``sysadmin``, ``view_any_definition``,
    ``view_server_state`` (booleans). Reading it is the test of a connection."""
    row = connection.rows(render.server_facts())[0]
    rights = ("sysadmin", "view_any_definition", "view_server_state")
    return {key: bool(value) if key in rights else value for key, value in row.items()}
