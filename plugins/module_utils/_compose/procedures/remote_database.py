# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A database on a remote SQL Server (guide 1268-1282): the connection is tried, the database created.

The page reads nothing back. Whether the database is there is asked of the SQL Server itself where the options ``sql_*``
reach the very server that ``address`` names; else the console's own words decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability, Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.database_utilities import DATABASE_UTILITIES
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SECTION = DATABASE_UTILITIES.section("remote_database")
FIELDS = ("address", "database", "login_username", "login_password", "connection_timeout", "remote_multisubnet")
NAMES = {"database": "database_name", "login_username": "username", "login_password": "password"}
OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "connection_timeout": {"type": "int", "default": 360, "no_log": False},
    "remote_multisubnet": {"type": "bool", "default": True},
}
SYSTEM = frozenset({"master", "tempdb", "model", "msdb"})
NAME = re.compile(r"[^\W\d][\w@#$ .-]{0,127}")  # others need quoting, which nobody knows the console to do
EXISTS = re.compile(r"already exists", re.IGNORECASE)
NO_RIGHT = re.compile(r"permission (?:was )?denied|do(?:es)? not have permission|insufficient", re.IGNORECASE)
MARGIN = 30.0  # seconds that the console may take longer than it waits for the server


class RemoteServer(Capability):
    """What both tasks share: the server and the login."""

    section = SECTION
    fields: ClassVar[Sequence[str]] = FIELDS
    option_names: ClassVar[Mapping[str, str]] = NAMES

    def check(self) -> None:
        wrong = []
        if not is_host(self.given["address"]):
            wrong.append(f"address is {self.given['address']!r}; it must be an IP address or a host name")
        wrong += [
            f"{option} is empty" for option in ("login_username", "login_password") if not self.given[option].strip()
        ]
        name = self.given.get("database")
        if name is not None and (not NAME.fullmatch(name) or name != name.strip() or name.casefold() in SYSTEM):
            wrong.append(
                f"database is {name!r}; it must be 1 to 128 letters, digits, blanks and _ @ # $ . -, begin with a "
                f"letter or _, and be none of SQL Server's own ({', '.join(sorted(SYSTEM))})"
            )
        if wrong:
            raise self.refuse(f"{'; '.join(wrong)}.", kind="invalid")

    def at_the_page(self) -> None:
        """Open it.

        :raises UseriesError: ``precondition`` on an appliance that has no such tool.
        """
        if not self.task.surfaces.console.reaches(DATABASE_UTILITIES):
            raise self.refuse(
                "This appliance has no page Database Utilities: SQL Free and UVMSQL appliances do not have the tool.",
                remedy="Create the database on the SQL Server itself, and set the role BeyondInsight Database Access.",
            )

    def pressed(self, button: str) -> str:
        """Fill in the open page and press; what the console said.

        :raises UseriesError: as the console's, with what to do about a right that lacks.
        """
        console, timeout = self.task.surfaces.console, float(self.given["connection_timeout"])
        values = self.field_values({name: self.given[name] for name in FIELDS if self.given.get(name) is not None})
        console.fill(SECTION, values)
        try:
            return str(console.press(SECTION, button, fresh=False, answer=True, timeout=timeout + MARGIN).message)
        except UseriesError as error:
            if error.kind in ("rejected", "failed") and NO_RIGHT.search(error.message):
                error.remedy = (
                    f"Give the login {self.given['login_username']} the right CREATE ANY DATABASE, or the server role "
                    "dbcreator."
                )
            elif error.kind in ("rejected", "failed"):
                error.remedy = (
                    "Check address, login and password, and that the SQL Server lets the appliance in (TCP 1433, "
                    "mixed authentication)."
                )
            raise


class TryConnection(RemoteServer, Info):
    """Never a change; a failed test fails the task."""

    def read(self) -> dict[str, Any]:
        self.at_the_page()
        return {"address": self.given["address"], "message": self.pressed("test_connection")}


class CreateDatabase(RemoteServer, Action):
    """A state is whether the database is there: True, False, or None where nobody can tell."""

    words = ""
    was_there = False

    def what(self) -> str:
        return f"create the database {self.given['database']} on {self.given['address']}"

    @property
    def asks_server(self) -> bool:
        """Whether the options ``sql_*`` are those of this server, and not of the appliance's own."""
        host = str(self.task.options.get("sql_host") or "")
        same = host.casefold().rstrip(".") == self.given["address"].casefold().rstrip(".")
        return same and bool(self.task.surfaces.configured("sql"))

    def read(self) -> bool | None:
        there = self._exists()
        if not there:
            self.at_the_page()
        return there

    def _exists(self) -> bool | None:
        if not self.asks_server:
            return None
        from ansible_collections.useries.appliance.plugins.module_utils._sql.databases import exists

        return bool(exists(self.task.surfaces.sql, self.given["database"]))

    def due(self, before: bool | None) -> Plan:
        if before:
            return Plan(header=self.what())
        return Plan([Change("database", "absent" if before is False else "unknown", "present")], header=self.what())

    def order(self, before: bool | None) -> None:
        self.words = self.pressed("create_database")

    def run(self) -> dict[str, Any]:
        """As an action; a console that says that it exists says that there is nothing to do."""
        try:
            return super().run()
        except UseriesError as error:
            if error.kind not in ("rejected", "failed") or not EXISTS.search(error.message):
                raise
            self.words, self.was_there = error.message, True
            return self.proven({"changed": False, self.returns: self.shown(True)}, True)

    def happened(self, before: bool | None) -> bool | None:
        return self._exists()

    def find_out(self) -> str:
        return (
            "Look on the SQL Server whether the database is there. Running the task again does no harm: a database "
            "that exists is not created again."
        )

    def effect(self, before: bool | None) -> bool | None:
        after = self._exists()
        if after is False:
            raise self.refuse(
                f'The console says "{self.words}", and the SQL Server does not have the database.',
                kind="not_seen",
                remedy="Look on the SQL Server, and at the page Database Utilities.",
            )
        return True

    def prove(self, state: bool | None) -> tuple[Proof, dict[str, Any]]:
        if self.asks_server:
            return "verified", {}
        return "unavailable", {"reason": "no sql_host, sql_username and sql_password of this SQL Server are given"}

    def shown(self, state: bool | None) -> dict[str, Any]:
        return {
            "address": self.given["address"],
            "name": self.given["database"],
            "exists": state,
            "message": self.words,
        }
