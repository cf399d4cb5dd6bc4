# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Security event log over the Windows surface; the surface's libraries are loaded when a task uses them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces


def rdp_audit(
    surfaces: Surfaces, *, since: datetime | None, limit: int, network: bool, two_factor_sources: Collection[str]
) -> dict[str, Any]:
    """``entries`` (newest first), ``oldest`` of the whole log, ``cut``: there are more than ``limit``.

    :param two_factor_sources: programs whose entries are about two factors.
    """
    from ansible_collections.useries.appliance.plugins.module_utils._windows.audit import read

    found = read(surfaces.windows, since=since, limit=limit, network=network)
    wanted = {name.strip().casefold() for name in two_factor_sources}
    entries: list[dict[str, Any]] = [dict(entry) for entry in found.entries]
    for entry in entries:
        if entry["kind"] == "application" and entry["source"].casefold() in wanted:
            entry["kind"] = "two_factor"
    return {"entries": entries, "oldest": found.oldest, "cut": found.cut}
