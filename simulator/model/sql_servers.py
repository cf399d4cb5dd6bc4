# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL Servers that are not on the appliance (guide lines 1268-1282): who may sign in, and which databases there are.

An address of an appliance of the world is that appliance's SQL Server; the others are those of ``world.sql_servers``:
name or address -> ``username``, ``password`` ("": any), ``may_create``, ``answers``, ``databases``. The words of the
refusals are those of SQL Server's errors 262, 1801 and 18456 and of its client, which the guide does not print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance
    from simulator.model.world import World

CREATED = "sql_server.created_databases"
FIRST_ID = 5
SYSTEM = ("master", "tempdb", "model", "msdb")


def first_servers() -> dict[str, dict[str, Any]]:
    """Those of a new world."""
    return {
        "sql.example.com": {
            "username": "useries_setup",
            "password": "",
            "may_create": True,
            "answers": True,
            "databases": [],
        }
    }


def create_on_appliance(appliance: Appliance, name: str) -> None:
    """An empty database, kept with the appliance's state."""
    created = appliance.settings.setdefault(CREATED, {})
    created[name] = FIRST_ID + 1 + len(created)


class SqlServer:
    """One of them, signed in to.

    :raises Refused: when it does not answer, or does not let the login in.
    """

    def __init__(self, world: World, host: str, username: str, password: str) -> None:
        self._own = world.find(host)
        entry = self._entry(world, host)
        if not entry.get("answers"):
            raise Refused(
                f"The connection to the database server {host} failed: the server was not found or was not accessible."
            )
        wanted = entry["password"]
        if username.casefold() != str(entry["username"]).casefold() or (wanted and password != wanted):
            raise Refused(f"Login failed for user '{username}'.")
        self._entry_used = entry

    def _entry(self, world: World, host: str) -> dict[str, Any]:
        if self._own is None:
            return world.sql_servers.get(host.strip().casefold(), {})
        user, names = self._own.users["sql"], [self._own.database.name, *self._own.settings.get(CREATED, {})]
        return {
            "username": user.username,
            "password": user.password,
            "may_create": True,
            "answers": self._own.reachable and not self._own.sql_free,
            "databases": names,
        }

    def create(self, name: str) -> None:
        """CREATE DATABASE.

        :raises Refused: without the right, or when it exists.
        """
        if not self._entry_used["may_create"]:
            raise Refused("CREATE DATABASE permission denied in database 'master'.")
        if name.casefold() in (one.casefold() for one in (*SYSTEM, *self._entry_used["databases"])):
            raise Refused(f"Database '{name}' already exists. Choose a different database name.")
        if self._own is not None:
            create_on_appliance(self._own, name)
        else:
            self._entry_used["databases"].append(name)
