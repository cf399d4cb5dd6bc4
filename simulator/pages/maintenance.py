# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of Maintenance of which the guide tells little: restart (line 1113), remote database (1268-1282)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.model.sql_servers import SqlServer
from simulator.pages.kit import Values, button, text, whole
from simulator.pages.spec import Field, Page, Section

SITE = "Maintenance"
RESTART, SHUT_DOWN = "Restart", "Shut Down"


def _reboot(appliance: Any, values: Values) -> str:
    action = text(values, "action")
    if action not in (RESTART, SHUT_DOWN):
        raise Refused("Check the marked fields.", {"action": "Choose one."})
    appliance.schedule_shutdown(restart=action == RESTART)
    return f"{action} was scheduled."


REBOOT = Page(
    "schedule_a_reboot",
    "Schedule a Reboot",
    (SITE, "Schedule a Reboot"),
    (
        Section(
            "reboot",
            "Schedule a Reboot",
            fields=(
                Field(
                    "action",
                    "restart or shut down",
                    "choice",
                    True,
                    ("Action", "Type", "Select an Action"),
                    choices=(RESTART, SHUT_DOWN),
                ),
            ),
            buttons=(
                button(
                    "reboot",
                    "Reboot",
                    _reboot,
                    ask="Continue?",
                    guessed=True,
                    wordings=("Schedule Reboot", "Apply", "Continue"),
                ),
            ),
            read=lambda _a: {"action": RESTART},
        ),
    ),
    unprinted=True,
)


BLANK = {
    "address": "", "database_name": "", "username": "", "password": 0, "connection_timeout": 360,
    "remote_multisubnet": True,
}  # fmt: skip


def _server(appliance: Any, values: Values, *needed: str) -> SqlServer:
    """What was filled in is checked first; then the server is asked."""
    missing = [key for key in ("address", "username", "password", *needed) if not text(values, key).strip()]
    if missing:
        raise Refused("Check the marked fields.", dict.fromkeys(missing, "This field is required."))
    whole(values, "connection_timeout", 1)
    return SqlServer(appliance.world, text(values, "address"), text(values, "username"), text(values, "password"))


def _test(appliance: Any, values: Values) -> str:
    _server(appliance, values)
    return "The connection to the database server was successful."


def _create(appliance: Any, values: Values) -> str:
    name = text(values, "database_name").strip()
    _server(appliance, values, "database_name").create(name)
    return f"The database {name} was created."


DATABASE = Page(
    "database_utilities",
    "Database Utilities",
    (SITE, "Database Utilities"),
    (
        Section(
            "remote_database",
            "Configure a Remote Database",
            fields=(
                Field("address", "IP address", "text", True, ("Server", "Server IP Address", "Database Server")),
                Field("database_name", "database name", "text", True, ("Database", "Name of the Database")),
                Field("username", "SQL Server username", "text", True, ("Username", "SQL Username", "User Name")),
                Field("password", "password", "password", True, ("SQL Server Password",), secret=True),
                Field(
                    "connection_timeout",
                    "database connection timeout",
                    "number",
                    True,
                    ("Connection Timeout", "Timeout (seconds)"),
                    minimum=1,
                ),
                Field("remote_multisubnet", "Remote MultiSubnet Enabled", "toggle"),
            ),
            buttons=(
                button("test_connection", "Test Connection", _test, writes=False),
                button("create_database", "Create Database", _create),
            ),
            read=lambda _a: dict(BLANK),
            guessed=True,
            wordings=("Remote Database", "Database Utilities"),
        ),
    ),
    available=lambda a: not a.sql_free,
)
"""Whether the form keeps what was filled in is not said: it does not."""
