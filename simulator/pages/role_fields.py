# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of the roles' pages beside the switch, with their sections and further buttons (lines 756-1036)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulator.model.errors import Refused
from simulator.model.role_data import AUTHENTICATIONS, BY_ID, MIRROR_ALL, MIRROR_SERVICES
from simulator.model.storage import open_folder
from simulator.pages.kit import DAYS, Values, button, text
from simulator.pages.spec import Button, Field, Outcome

FORBIDDEN = frozenset("{}~[\\]^':;<=>?@!\"#$%`()+/.,*& ")


def _location(label: str, *wordings: str) -> Field:
    return Field("location", label, "choice", True, wordings, choices=("local", "remote"))


def _secret(label: str, *wordings: str, name: str = "password") -> Field:
    return Field(name, label, "password", bool(wordings), wordings, secret=True)


def _port(label: str, *wordings: str) -> Field:
    return Field("port", label, "number", True, wordings, minimum=1, maximum=65535)


FIELDS: dict[tuple[str, str], tuple[Field, ...]] = {
    ("event_collector", ""): (
        Field(
            "service",
            "service",
            "choice",
            True,
            ("Event Service", "Service to Use", "Select Service"),
            choices=("BeyondInsight AppBus Service", "Event Server"),
        ),
        _port("port", "Event Server Port", "Service Port", "Port Number"),
    ),
    ("sql_server_database", ""): (
        Field(
            "remote_access",
            "allow database access from remote computers",
            "checkbox",
            True,
            ("Allow Remote Database Access", "Allow Access from Remote Computers", "Remote Access"),
        ),
    ),
    ("beyondinsight_database_access", ""): (
        _location("local SQL Server database or remote database", "Database Location", "Database Type", "Database"),
    ),
    ("beyondinsight_database_access", "local_database"): (
        Field("authentication", "Connect to the database over:", "choice", choices=AUTHENTICATIONS),
        Field("username", "Username", "text"),
        _secret("Password"),
    ),
    ("beyondinsight_database_access", "remote_database"): (
        # the guide names none of these (line 770); like those of BeyondInsight for Unix & Linux
        Field("server_name", "server name", "text", True, ("Server", "Database Server", "SQL Server Name")),
        Field(
            "instance", "name of the SQL Server instance", "text", True, ("Instance", "Instance Name", "SQL Instance")
        ),
        _port("port number", "Port", "SQL Server Port", "TCP Port"),
        Field("database_name", "database name", "text", True, ("Database Name", "Name of the Database", "Catalog")),
        Field("username", "username", "text", True, ("User Name", "SQL Username", "Login")),
        _secret("password", "SQL Password", "Login Password", "Password for the Login"),
    ),
    ("password_safe_web_portal", "session_archiving"): (
        Field("enabled", "Enable Session Monitoring Archiving", "checkbox"),
        Field("protocol", "Select Protocol.", "choice", choices=("BITS", "Windows File Sharing")),
        Field("repository_host", "Repository Host Name", "text"),
        Field("certificate_name", "Certificate Name", "text"),
        Field("share_path", "Share Path", "text"),
        Field("username", "User Name", "text"),
        _secret("Password"),
        Field("maximum_age", "Maximum Age (in Days)", "number", minimum=0),
        Field("storage_threshold", "Archive when available storage becomes less than (in MB)", "number", minimum=0),
        Field(
            "max_transfer_time", "Max File Transfer Time (In Seconds 20-1209600)", "number", minimum=20, maximum=1209600
        ),
    ),
    ("high_availability", ""): (
        Field(
            "mirroring",
            "mirroring option",
            "choice",
            True,
            ("Mirroring", "Mirror Mode", "HA Mirroring Option"),
            choices=(MIRROR_ALL, MIRROR_SERVICES),
        ),
        Field("standalone_worker", "Standalone Password Safe Worker Node", "checkbox"),
        Field("disable_beyondinsight_ui", "Disable BeyondInsight UI", "checkbox"),
        Field("disable_password_safe_ui", "Disable Password Safe UI", "checkbox"),
    ),
    ("biul", ""): (_location("local or remote database", "Database Location", "Database Type", "Database"),),
    ("biul", "local_database"): (
        Field("username", "username", "text", True, ("SQL Username", "User Name", "Account")),
        _secret("password", "SQL Password", "Account Password", "Password for the Account"),
    ),
    ("biul", "remote_database"): (
        Field("server_name", "server name", "text", True, ("Server", "Database Server", "SQL Server Name")),
        Field(
            "instance", "name of the SQL Server instance", "text", True, ("Instance", "Instance Name", "SQL Instance")
        ),
        _port("port number", "Port", "SQL Server Port", "TCP Port"),
        Field(
            "database_name",
            "name of the BeyondInsight for Unix & Linux database",
            "text",
            True,
            ("Database Name", "Database", "BIUL Database Name"),
        ),
        Field("username", "username", "text", True, ("User Name", "SQL Username", "Login")),
        _secret("password", "SQL Password", "Login Password", "Password for the Login"),
    ),
    ("auto_update", ""): (
        Field(
            "server_mode",
            "one server for all updates or servers based on functional area",
            "choice",
            True,
            ("Update Server Mode", "Server Configuration", "Update Servers are"),
            choices=("one server for all updates", "servers based on functional area"),
        ),
        Field("servers", "update servers", "text", True, ("Update Server", "Server Address", "Server URL")),
        # the guide names no functional area: two of the simulator's own, with one wording, as only their page tells it
        Field("products", "Product Updates from", "text"),
        Field("audits", "Audit Updates from", "text"),
    ),
    ("powerbroker_endpoint_protection", ""): (
        Field(
            "disable_policy",
            "disable the U-Series Appliance protection policy",
            "toggle",
            True,
            ("Disable Protection Policy", "Disable Policy", "Turn off Protection Policy"),
            states=("Yes", "No"),
        ),
    ),
    ("cold_spare", "locations"): (
        Field("restore_location", "Selected Restore Location", "text"),
        Field("username", "Restore Location UserName", "text"),
        _secret("Restore Location Password"),
        Field(
            "existing_location",
            "Or select an existing Restore Location",
            "choice",
            choices=lambda a: ("", *(location.path for location in a.backups.locations)),
        ),
    ),
    ("cold_spare", "schedule"): (
        Field("day", "day of the week", "day", True, ("Day", "Restore Day", "Day of Week"), choices=DAYS),
        Field("time", "time", "time", True, ("Restore Time", "Start Time", "At")),
    ),
    ("cold_spare", "restore_password"): (
        _secret("Enter Backup Password"),
        _secret("Confirm Backup Password", name="confirm"),
    ),
    ("cold_spare", "temporary_machine_name"): (Field("name", "Temporary Computer Machine Name", "text"),),
}
SECTION_TITLES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "beyondinsight_database_access": {
        "local_database": ("LOCAL DATABASE SETTINGS", ()),
        "remote_database": (
            "remote database settings",
            ("Remote Database", "Remote Database Settings", "Remote Server"),
        ),
    },
    "password_safe_web_portal": {
        "session_archiving": (
            "Session Monitoring Archiving",
            ("Session Archiving", "Session Monitoring", "Archive Session Monitoring Events"),
        )
    },
    "biul": {
        "local_database": (
            "local database",
            ("Local Database Settings", "Local SQL Server", "Database on this Appliance"),
        ),
        "remote_database": ("remote database", ("Remote Database Settings", "Remote SQL Server", "Database Elsewhere")),
    },
    "auto_update": {
        "default_settings": ("default settings", ("Default Settings", "Default Update Server", "Defaults")),
    },
    "analysis_services": {
        "link": ("BeyondInsight Analytics & Reporting", ("Analytics & Reporting", "Reporting Site", "Related Sites")),
    },
    "cold_spare": {
        "locations": ("Locations", ()),
        "schedule": ("restore schedule", ("Restore Schedule", "Schedule", "Automatic Restore Schedule")),
        "restore_password": ("Restore Password", ()),
        "temporary_machine_name": ("Temporary Machine Name", ()),
    },
}
"""Role -> section -> title and, for a guessed title, other wordings."""


def _check_cold_spare(_appliance: Any, wanted: dict[str, Any]) -> None:
    if not wanted["enabled"]:
        return
    if wanted["restore_password.password"] != wanted["restore_password.confirm"]:
        raise Refused("The passwords differ.", {"restore_password.confirm": "Must equal the password."})
    if not wanted["restore_password.password"]:
        raise Refused("Enter the backup password.", {"restore_password.password": "A password is required."})
    if not (wanted["locations.restore_location"] or wanted["locations.existing_location"]):
        raise Refused("Select a restore location.", {"locations.restore_location": "A location is required."})
    name = str(wanted["temporary_machine_name.name"])
    if not 1 <= len(name.encode()) <= 15 or FORBIDDEN & set(name):
        raise Refused("The temporary machine name is not valid.", {"temporary_machine_name.name": "1 to 15 bytes."})


def _check_high_availability(_appliance: Any, wanted: dict[str, Any]) -> None:
    if (wanted["disable_beyondinsight_ui"] or wanted["disable_password_safe_ui"]) and not wanted["standalone_worker"]:
        raise Refused("Check Standalone Password Safe Worker Node first.", {"standalone_worker": "Required."})


EXTRA_BUTTONS: dict[tuple[str, str], Callable[[Any, dict[str, Any]], None]] = {
    ("cold_spare", "check"): _check_cold_spare,
    ("high_availability", "check"): _check_high_availability,
}
"""Checks that Apply Changes of a role makes with all settings of the page."""


def _test_share(appliance: Any, values: Values) -> str:
    path = text(values, "restore_location") or text(values, "existing_location")
    open_folder(appliance, path, text(values, "username"), text(values, "password"))
    return "The connection to the share was successful."


def _add_location(_appliance: Any, _values: Values) -> Outcome:
    return Outcome(message="Enter the location below.")


def _test_archiving(appliance: Any, values: Values) -> str:
    if values.get("protocol") == "Windows File Sharing":
        open_folder(appliance, text(values, "share_path"), text(values, "username"), text(values, "password"))
    elif not text(values, "repository_host") or not text(values, "certificate_name"):
        raise Refused("Enter the repository host and the certificate.", {"repository_host": "Required."})
    return "The session monitoring settings were tested successfully."


def _test_remote(appliance: Any, values: Values) -> str:
    if not all(text(values, key) for key in ("server_name", "database_name", "username", "password")):
        raise Refused("Fill in server, database, user name and password.")
    if text(values, "server_name").partition(".")[0].lower() not in ("sql", "sqlserver"):
        raise Refused(f"The server {text(values, 'server_name')} could not be reached.")
    if text(values, "database_name").lower() == "missing":
        raise Refused(f"The database {text(values, 'database_name')} does not exist.")
    appliance.notify("Info", "The remote database connection was tested.")
    return "The remote connection was tested successfully."


def _load_defaults(appliance: Any, _values: Values) -> str:
    first = BY_ID["auto_update"].settings
    appliance.roles.change("auto_update", first)
    return "The default settings were loaded."


def _analytics(appliance: Any, _values: Values) -> Outcome:
    return Outcome(False, f"not modelled by the simulator: BeyondInsight Analytics & Reporting of {appliance.name}")


EXTRA_SECTIONS: dict[tuple[str, str], Sequence[Button]] = {
    ("password_safe_web_portal", "session_archiving"): (
        button("test_session_monitoring", "Test Session Monitoring Settings", _test_archiving),
    ),
    ("beyondinsight_database_access", "remote_database"): (
        button(
            "test_remote_connection",
            "Test Remote Connection Settings",
            _test_remote,
            guessed=True,
            wordings=("Test Database Connection", "Test Remote Database", "Test the Connection"),
        ),
    ),
    ("biul", "remote_database"): (button("test_remote_connection", "Test Remote Connection Settings", _test_remote),),
    ("cold_spare", "locations"): (
        button("add_location", "Locations +", _add_location, kind="icon", writes=False),
        button("test_share", "Test the Remote Share Credentials", _test_share),
    ),
    ("auto_update", "default_settings"): (button("load_default_settings", "Load Default Settings", _load_defaults),),
    ("analysis_services", "link"): (
        button(
            "run_analytics",
            "run BeyondInsight Analytics & Reporting",
            _analytics,
            guessed=True,
            kind="link",
            writes=False,
            wordings=("Open Analytics & Reporting", "Analytics & Reporting", "Launch Analytics & Reporting"),
        ),
    ),
}
"""(role, section) -> buttons of the section."""
