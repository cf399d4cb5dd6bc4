# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are only read: versions, licences, health (guide 128-149, 343-360, 490-511)."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import number
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import HEALTH_DASHBOARD
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import BEYONDTRUST_UPDATES

VERSIONS = BEYONDTRUST_UPDATES.section("versions")
SERIALS = ACCOUNTS_AND_LICENSING.section("product_serial_numbers")
DASHBOARD = HEALTH_DASHBOARD.section("dashboard")
GAUGES = ("cpu_usage", "sql_cpu_usage", "sql_memory", "used_disk_space_c")


def versions(console: ConsoleSurface) -> dict[str, str]:
    """Product to version: the first two cells of every row."""
    rows = (list(row.values()) for row in console.table(VERSIONS))
    return {cells[0]: cells[1] for cells in rows if len(cells) > 1}


def licences(console: ConsoleSurface) -> dict[str, bool]:
    """Product to whether a serial number is entered."""
    console.open(SERIALS.page)
    there = console.there(SERIALS, [one.id for one in SERIALS.fields])
    shown = console.read(SERIALS, there, fresh=False)
    return {SERIALS.field(name).label: bool(value) for name, value in shown.items()}


def health(console: ConsoleSurface) -> dict[str, Any] | None:
    """The dashboard as shown; None where the node does not show it."""
    if not console.reaches(DASHBOARD.page) or not console.has(DASHBOARD):
        return None
    there = console.there(DASHBOARD, [one.id for one in DASHBOARD.fields])
    return console.read(DASHBOARD, there, fresh=False)


def dashboard(console: ConsoleSurface) -> dict[str, Any] | None:
    """The dashboard in numbers: percentages, services running and stopped; None for what is not shown (guide 511)."""
    shown = health(console)
    if shown is None:
        return None
    counts = {word: _before(word, shown.get("services")) for word in ("running", "stopped")}
    gauges = {name: number(shown.get(name)) for name in GAUGES}
    return {
        **gauges,
        "services": shown.get("services"),
        "services_running": counts["running"],
        "services_stopped": counts["stopped"],
        "analyzer_reporting": shown.get("analyzer_reporting"),
    }


def _before(word: str, text: Any) -> int | None:
    """The number that stands before a word, as in ``14 running, 7 stopped``."""
    found = re.search(rf"(\d+)\s+{word}", str(text or ""), re.IGNORECASE)
    return int(found.group(1)) if found else None
