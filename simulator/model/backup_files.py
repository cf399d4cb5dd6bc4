# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup as a file: a real zip with AES encryption.

Entries follow the guide's list of contents (capabilities of Backup and Restore), for the roles that are on. The zip's
comment says in plain text where the backup comes from, so that a scan of a folder can list it.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pyzipper

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

STATE_ENTRY = "BeyondInsight/BeyondInsight Database"
CONTENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "BeyondInsight Analytics & Reporting",
        "analysis_services",
        (
            "ReportServer Database",
            "BeyondInsight Reporting Database",
            "ReportServerTempDB Database",
            "Cube database",
            "Encryption key",
        ),
    ),
    (
        "BeyondInsight",
        "",
        (
            "BeyondInsight Database",
            "BeyondInsight Registry information",
            "Database Connection String",
            "Encryption Key",
            "System files",
        ),
    ),
    ("Event Collector", "event_collector", ("Product registry settings",)),
    ("Enterprise Update Server (EUS)", "enterprise_update_server", ("EUS Database", "EUS webconfig")),
    (
        "U-Series Appliance",
        "",
        (
            "Certificates (Client & Server)",
            "Roles settings",
            "U-Series Appliance Monitored data",
            "U-Series Appliance Notification data",
            "Performance Counters",
            "Log Export Database",
        ),
    ),
    (
        "BeyondInsight for Unix & Linux (BIUL)",
        "biul",
        ("BIUL Database", "Product Configuration", "Log File", "Related product settings"),
    ),
    (
        "BeyondTrust Auto Update",
        "auto_update",
        ("Proxy details", "Registration details", "Parent update server endpoint"),
    ),
    (
        "BeyondTrust Updater",
        "beyondtrust_updater",
        (
            "BeyondTrust Analyzer data",
            "Client database",
            "Health check report",
            "Licenses",
            "User database",
            "Product related registry settings",
        ),
    ),
    (
        "Network Vulnerability Scanner",
        "vulnerability_scanner",
        ("Product Registry settings", "Certificates", "Database audits", "Application settings"),
    ),
)
"""Component, the role that it belongs to ("" always), items."""
SESSIONS = ("Session Archiving", "Session Monitoring files")


def _entry(component: str, item: str) -> str:
    return f"{component}/{re.sub(r'[<>:]', '', item)}"


def write_backup(appliance: Appliance, password: str, sessions: bool, created: str) -> bytes:
    """The bytes of a backup taken now."""
    buffer = io.BytesIO()
    origin = {
        "appliance": appliance.name,
        "service_tag": appliance.service_tag,
        "created": created,
    }
    local = appliance.roles.applied["beyondinsight_database_access"]["location"] == "local"
    state = {
        "settings": appliance.settings,
        "records": appliance.database.records if local else [],
        "size_gb": appliance.database.size_gb,
        "roles": {role: values["enabled"] for role, values in appliance.roles.applied.items()},
    }
    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for component, role, items in CONTENTS:
            if role and not appliance.roles.enabled(role):
                continue
            for item in items:
                name = _entry(component, item)
                content = json.dumps(state) if name == STATE_ENTRY else f"{item} of {appliance.name}\n"
                archive.writestr(name, content)
        if sessions:
            for number in range(max(1, appliance.ha.local_session_files)):
                archive.writestr(f"{SESSIONS[0]}/{SESSIONS[1]} {number + 1}", f"recording {number + 1}\n")
        archive.comment = json.dumps(origin).encode()
    return buffer.getvalue()


def read_origin(content: bytes) -> dict[str, Any] | None:
    """Where a backup comes from, None for a file that is none."""
    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            origin: dict[str, Any] = json.loads(archive.comment)
    except (pyzipper.BadZipFile, ValueError):
        return None
    return origin if isinstance(origin, dict) and "appliance" in origin else None


def read_state(content: bytes, password: str) -> dict[str, Any]:
    """The state inside a backup; a refusal with a wrong password."""
    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
            archive.setpassword(password.encode())
            state: dict[str, Any] = json.loads(archive.read(STATE_ENTRY))
            return state
    except (RuntimeError, pyzipper.BadZipFile):
        raise Refused("The password of the backup is wrong.", {"restore_password": "Wrong password."}) from None
