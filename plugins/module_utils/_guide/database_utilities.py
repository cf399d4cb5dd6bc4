# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Database Utilities (guide 1268-1282): a database on a remote SQL Server.

The guide prints the captions of the toggle and of the buttons only.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

DATABASE_UTILITIES = Page(
    "database_utilities",
    "Database Utilities",
    ("Maintenance", "Database Utilities"),
    when="the appliance is neither a SQL Free nor a UVMSQL appliance",
    lines="1268-1282",
    parts=(
        Section(
            "remote_database",
            "Configure a Remote Database",
            guessed=True,
            anchor="create_database",
            lines="1276-1282",
            fields=(
                Field(
                    "address",
                    "IP address",
                    "text",
                    aliases=("Server", "Server IP Address", "Database Server", "Address"),
                    guessed=True,
                    lines="1277",
                ),
                Field(
                    "database_name",
                    "database name",
                    "text",
                    aliases=("Database",),
                    guessed=True,
                    lines="1277",
                ),
                Field(
                    "username",
                    "SQL Server username",
                    "text",
                    aliases=("Username", "User Name", "SQL Username"),
                    guessed=True,
                    lines="1278",
                ),
                Field(
                    "password",
                    "password",
                    "password",
                    aliases=("SQL Server Password",),
                    guessed=True,
                    secret=True,
                    sole=True,
                    lines="1278",
                ),
                Field(
                    "connection_timeout",
                    "database connection timeout",
                    "number",
                    aliases=("Connection Timeout", "Timeout"),
                    guessed=True,
                    minimum=1,
                    unit="seconds",
                    lines="1279",
                ),
                Field("remote_multisubnet", "Remote MultiSubnet Enabled", "toggle", lines="1280"),
            ),
            buttons=(
                Button("test_connection", "Test Connection", lines="1281"),
                Button("create_database", "Create Database", lines="1282"),
            ),
        ),
    ),
)
