# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles' own settings beside their switch (guide 756-1039): fields of the role's section, and further sections.

A page has several sections and one Apply Changes. Few of these labels are printed in the guide.
"""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Section

#: Texts of choices, by the option's word.
MIRRORING = {
    "server_and_database": "HA will mirror both Server and Database",
    "services_only": "HA mirroring for services only",
}
SERVICES = {"appbus": "BeyondInsight AppBus Service", "event_server": "Event Server"}
LOCATIONS = {"local": "local", "remote": "remote"}
AUTHENTICATIONS = {
    "windows": "Windows Authentication using a Trusted Connection on this Appliance",
    "sql": "SQL Server Authentication using a SQL Server account that has been configured with the necessary "
    "privileges",
}
SERVER_MODES = {"one_server": "one server for all updates", "per_area": "servers based on functional area"}
PROTOCOLS = {"bits": "BITS", "windows_file_sharing": "Windows File Sharing"}

HIGHEST_PORT = 65535

#: The temporary machine name of a cold spare (guide 1517-1519).
MACHINE_NAME_BYTES = 15
NOT_IN_MACHINE_NAMES = "{}~[\\]^':;<=>?@!\"#$%`()+/.,*&"


def _location(label: str, lines: str) -> Field:
    aliases = ("Database Location", "Database Type", "Database")
    return Field("location", label, "choice", aliases, guessed=True, sole=True, lines=lines)


def _remote(database: str, lines: str) -> tuple[Field, ...]:
    return (
        Field("server_name", "server name", "text", ("Server", "Server Name", "Database Server"), True, lines=lines),
        Field("instance", "name of the SQL Server instance", "text", ("Instance", "Instance Name"), True, lines=lines),
        Field(
            "port",
            "port number",
            "number",
            ("Port",),
            guessed=True,
            sole=True,
            minimum=1,
            maximum=HIGHEST_PORT,
            lines=lines,
        ),
        Field("database_name", database, "text", ("Database Name", "Database"), guessed=True, lines=lines),
        Field("username", "username", "text", ("User Name", "Username"), guessed=True, lines=lines),
        Field("password", "password", "password", guessed=True, sole=True, secret=True, lines=lines),
    )


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "event_collector": (
        Field(
            "service",
            "service",
            "choice",
            guessed=True,
            sole=True,
            choices=tuple(SERVICES.values()),
            lines="760",
        ),
        Field(
            "port",
            "port",
            "number",
            ("Event Server Port", "Port Number"),
            guessed=True,
            sole=True,
            minimum=1,
            maximum=HIGHEST_PORT,
            lines="760",
        ),
    ),
    "sql_server_database": (
        Field(
            "remote_access",
            "allow database access from remote computers",
            "checkbox",
            ("Allow Remote Database Access",),
            guessed=True,
            sole=True,
            lines="766",
        ),
    ),
    "beyondinsight_database_access": (_location("local SQL Server database or remote database", "770"),),
    "high_availability": (
        Field(
            "mirroring",
            "Mirroring Option",
            "choice",
            guessed=True,
            sole=True,
            choices=tuple(MIRRORING.values()),
            lines="814-815",
        ),
        Field("standalone_worker", "Standalone Password Safe Worker Node", "checkbox", lines="819"),
        Field("disable_beyondinsight_ui", "Disable BeyondInsight UI", "checkbox", lines="819"),
        Field("disable_password_safe_ui", "Disable Password Safe UI", "checkbox", lines="819"),
    ),
    "biul": (_location("local or remote database", "831"),),
    "auto_update": (
        Field(
            "server_mode",
            "one server for all updates or servers based on functional area",
            "choice",
            guessed=True,
            sole=True,
            choices=tuple(SERVER_MODES.values()),
            lines="863",
        ),
        Field("servers", "update servers", "text", ("Update Server",), guessed=True, sole=True, lines="863"),
    ),
    "powerbroker_endpoint_protection": (
        Field(
            "disable_policy",
            "disable the U-Series Appliance protection policy",
            "toggle",
            ("Disable Protection Policy",),
            guessed=True,
            lines="877",
        ),
    ),
}
"""Role -> fields of its section ``role`` beside the switch."""

SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "beyondinsight_database_access": (
        Section(
            "local_database",
            "LOCAL DATABASE SETTINGS",
            (
                Field(
                    "authentication",
                    "Connect to the database over:",
                    "choice",
                    choices=tuple(AUTHENTICATIONS.values()),
                    lines="777-780",
                ),
                Field("username", "Username", "text", lines="782-783"),
                Field("password", "Password", "password", secret=True, lines="785"),
            ),
            lines="772-787",
        ),
        Section(
            "remote_database",
            "Remote Database Settings",
            _remote("database name", "770"),
            (
                Button(
                    "test_remote_connection",
                    "Test Remote Connection Settings",
                    guessed=True,
                    when="the console can test this connection",
                    lines="770",
                ),
            ),
            aliases=("Remote Database", "Remote Server"),
            guessed=True,
            when="the console offers a remote database",
            lines="770",
        ),
    ),
    "password_safe_web_portal": (
        Section(
            "session_archiving",
            "Session Monitoring Archiving",
            (
                Field("enabled", "Enable Session Monitoring Archiving", "checkbox", lines="998"),
                Field("protocol", "Select Protocol.", "choice", choices=tuple(PROTOCOLS.values()), lines="1003-1006"),
                Field("repository_host", "Repository Host Name", "text", lines="1008-1009"),
                Field("certificate_name", "Certificate Name", "text", lines="1011-1012"),
                Field("share_path", "Share Path", "text", lines="1014-1015"),
                Field("username", "User Name", "text", lines="1017-1018"),
                Field("password", "Password", "password", secret=True, lines="1020-1021"),
                Field("maximum_age", "Maximum Age (in Days)", "number", minimum=1, unit="days", lines="1023-1024"),
                Field(
                    "storage_threshold",
                    "Archive when available storage becomes less than (in MB)",
                    "number",
                    ("Archive when available storage becomes less than",),
                    minimum=1,
                    unit="MB",
                    lines="1026-1027",
                ),
                Field(
                    "max_transfer_time",
                    "Max File Transfer Time (In Seconds 20-1209600)",
                    "number",
                    ("Max File Transfer Time",),
                    minimum=20,
                    maximum=1209600,
                    unit="seconds",
                    lines="1029-1030",
                ),
            ),
            (Button("test_session_monitoring", "Test Session Monitoring Settings", lines="1032, 1038"),),
            aliases=("Session Archiving",),
            guessed=True,
            anchor="test_session_monitoring",
            lines="990-1039",
        ),
    ),
    "biul": (
        Section(
            "local_database",
            "Local Database",
            (
                Field("username", "username", "text", ("User Name", "SQL Username"), True, sole=True, lines="833"),
                Field("password", "password", "password", guessed=True, sole=True, secret=True, lines="833"),
            ),
            aliases=("Local Database Settings",),
            guessed=True,
            lines="833",
        ),
        Section(
            "remote_database",
            "Remote Database",
            _remote("name of the BeyondInsight for Unix & Linux database", "837-840"),
            (Button("test_remote_connection", "Test Remote Connection Settings", lines="841"),),
            aliases=("Remote Database Settings",),
            guessed=True,
            anchor="test_remote_connection",
            lines="835-841",
        ),
    ),
    "analysis_services": (
        Section(
            "link",
            "BeyondInsight Analytics & Reporting",
            buttons=(
                Button(
                    "run_analytics",
                    "run BeyondInsight Analytics & Reporting",
                    ("BeyondInsight Analytics & Reporting", "Analytics & Reporting"),
                    guessed=True,
                    lines="847",
                ),
            ),
            guessed=True,
            anchor="run_analytics",
            lines="847",
        ),
    ),
    "cold_spare": (
        Section(
            "locations",
            "Locations",
            (
                Field("restore_location", "Selected Restore Location", "text", lines="1483, 1490"),
                Field("username", "Restore Location UserName", "text", lines="1484, 1492"),
                Field("password", "Restore Location Password", "password", secret=True, lines="1484, 1494"),
                Field("existing_location", "Or select an existing Restore Location", "choice", lines="1483, 1499"),
            ),
            (
                Button("add_location", "Locations +", lines="1482"),
                Button("test_share", "Test the Remote Share Credentials", lines="1485, 1496"),
            ),
            lines="1482-1501",
        ),
        Section(
            "schedule",
            "restore schedule",
            (
                Field("day", "day of the week", "day", ("Day", "Day of Week"), guessed=True, sole=True, lines="1486"),
                Field("time", "time", "time", ("Restore Time", "Start Time"), guessed=True, sole=True, lines="1486"),
            ),
            aliases=("Schedule", "Automatic Restore Schedule"),
            guessed=True,
            lines="881, 1486",
        ),
        Section(
            "restore_password",
            "Restore Password",
            (
                Field("password", "Enter Backup Password", "password", secret=True, lines="1511"),
                Field("confirm", "Confirm Backup Password", "password", secret=True, lines="1513"),
            ),
            lines="1503, 1509-1513",
        ),
        Section(
            "temporary_machine_name",
            "Temporary Machine Name",
            (Field("name", "Temporary Computer Machine Name", "text", lines="1515-1521"),),
            lines="1504, 1515-1521",
        ),
    ),
    "auto_update": (
        Section(
            "default_settings",
            "Default Settings",
            buttons=(Button("load_default_settings", "Load Default Settings", lines="863"),),
            guessed=True,
            anchor="load_default_settings",
            lines="863",
        ),
    ),
}
"""Role -> further sections of its page."""
