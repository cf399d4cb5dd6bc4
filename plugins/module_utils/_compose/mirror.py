# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mirror as SQL Server sees it, where SQL is configured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


def sql_view(surfaces: Surfaces, database: str | None, warn: Callable[[str], None]) -> list[dict[str, Any]] | None:
    """State, sizes and log usage of the mirrored databases; ``log`` is None where the login may not see it.

    None when SQL is off or does not answer: a second surface never fails a look.
    """
    if not surfaces.configured("sql"):
        return None
    from ansible_collections.useries.appliance.plugins.module_utils._sql.databases import databases
    from ansible_collections.useries.appliance.plugins.module_utils._sql.mirroring import log_usage, mirror_state, sizes

    def log(name: str) -> dict[str, Any] | None:
        try:
            return log_usage(connection, name)
        except UseriesError as error:
            if error.kind != "failed":
                raise
            warn(f"How full the log of {name} is, SQL Server does not tell: {error.message} {error.remedy or ''}")
            return None

    try:
        connection = surfaces.sql
        names = [database] if database else [one["name"] for one in databases(connection) if not one["system"]]
        states = [mirror_state(connection, name) for name in names]
        return [
            {**state, "sizes": sizes(connection, state["database"]), "log": log(state["database"])}
            for state in states
            if database or state["mirrored"]
        ]
    except UseriesError as error:
        if error.kind not in {"unreachable", "silent", "timeout", "failed"}:
            raise
        warn(f"SQL Server does not give its view: {error.message}")
        return None
