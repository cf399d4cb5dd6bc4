# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a backup covers (guide 1288, 1392-1461), in words of our own, and which of it is in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._guide.backup_and_restore import CONTENTS
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

DATABASE_ROLE = next(one for one in ROLES if one.id == "beyondinsight_database_access")

#: What is kept of each component.
KEPT: Mapping[str, str] = {
    "BeyondInsight Analytics & Reporting": "databases of reports and reporting, the cube, the encryption key",
    "BeyondInsight": "its database, registry, connection to the database, encryption key, files of the system",
    "Event Collector": "its registry settings",
    "Enterprise Update Server": "its database and the configuration of its web site",
    "U-Series Appliance": "certificates, settings of roles, monitored data, notifications, counters, log exports",
    "BeyondInsight for Unix & Linux": "its database, configuration, log and related settings",
    "BeyondTrust Auto Update": "proxy, registration, address of the parent server",
    "BeyondTrust Updater": "analyzer data, databases of clients and users, health report, licences, registry settings",
    "Network Vulnerability Scanner": "registry settings, certificates, database of audits, settings",
    "Session Archiving": "recorded sessions, only when the backup is told to include them",
}


def components() -> list[dict[str, str]]:
    """Component and what is kept of it."""
    return [{"component": name, "keeps": KEPT[name]} for name in CONTENTS]


def database(console: ConsoleSurface) -> tuple[str, str]:
    """Whether the BeyondInsight database is part of a backup of this node: ``included``, ``not_included`` (it is on
    another server, guide 1288) or ``unknown``, and why.
    """
    try:
        values = read_role(console, DATABASE_ROLE)
    except UseriesError as error:
        return "unknown", f"The role {DATABASE_ROLE.name} could not be read: {error.message}"
    where = str((values or {}).get("location") or "").casefold()
    if where == "remote" or where.startswith("remote"):
        return "not_included", "The database is on another server: back it up there."
    if where == "local" or where.startswith("local"):
        return "included", "The database is on this appliance."
    return "unknown", f"The role {DATABASE_ROLE.name} does not show where the database is."


def in_file(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[str]] | None:
    """Which components entries of a file belong to, by the names of their folders; None where no name tells.

    The guide does not state how the entries of a file are named.
    """
    found = {name for entry in entries if (name := _component(str(entry["name"])))}
    if not found:
        return None
    return {
        "found": [one for one in CONTENTS if one in found],
        "missing": [one for one in CONTENTS if one not in found],
    }


def _component(entry: str) -> str | None:
    folders = [_plain(part) for part in re.split(r"[\\/]", entry)[:-1]]
    for name in sorted(CONTENTS, key=len, reverse=True):  # BeyondInsight is the beginning of others
        if any(folder == _plain(name) or folder.startswith(_plain(name) + " ") for folder in folders):
            return name
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
