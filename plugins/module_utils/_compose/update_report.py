# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What product_update_info reports (guide 130-149, 165-195)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import (
    Package,
    history,
    method,
    of_state,
    packages,
    start_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import (
    BEYONDTRUST_UPDATES,
    PACKAGE_TYPES,
)

PARTS = ("versions", "method", "packages", "history")
CHANGE_WITH = {
    "proxy": "Maintenance > Network and RDP Settings",
    "updates": "Roles Editor > Auto Update (useries.appliance.appliance_role)",
}


def report(console: ConsoleSurface, parts: Sequence[str], kind: str | None) -> dict[str, Any]:
    """The parts asked for; each page is opened once. :param kind: only packages of this type."""
    found: dict[str, Any] = {}
    if "versions" in parts:
        found["versions"] = versions(console)
    if "method" in parts:
        if "versions" not in parts:
            console.open(BEYONDTRUST_UPDATES)
        found["method"] = {**method(console), "change_with": dict(CHANGE_WITH)}
    if "packages" in parts:
        listed = packages(console)
        found["packages"] = [one.as_dict() for one in listed if kind in (None, one.type)]
        found["schedule"] = _schedule(listed)
    if "history" in parts:
        found["history"] = _by_type(history(console), kind)
    return found


def _schedule(listed: Sequence[Package]) -> dict[str, Any] | None:
    planned, start = of_state(listed, "scheduled"), start_of(listed)
    if not planned:
        return None
    return {
        "date": f"{start:%Y-%m-%d}" if start else None,
        "time": f"{start:%H:%M}" if start else None,
        "packages": [one.name for one in planned],
    }


def _by_type(listed: Sequence[Package], kind: str | None) -> dict[str, list[dict[str, Any]]]:
    """The four types, also without a package, then others that the console shows."""
    types = dict.fromkeys([*PACKAGE_TYPES, *(one.type for one in listed)])
    newest = sorted(listed, key=lambda one: one.date or "", reverse=True)
    return {
        name: [{"name": one.name, "date": one.date} for one in newest if one.type == name]
        for name in types
        if kind in (None, name)
    }
