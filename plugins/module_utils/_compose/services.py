# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services that Appliance Health lists (guide 526-532), and their state as Windows sees it."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._guide.appliance_health import APPLIANCE_HEALTH
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SERVICES = APPLIANCE_HEALTH.section("services")


def listed(console: ConsoleSurface) -> list[dict[str, str]]:
    """The rows of a fresh page; the guide prints no columns, so the first cell is the name and the second the state."""
    return [row for row in console.table(SERVICES) if len(row) > 1]


def name_of(row: dict[str, str]) -> str:
    """The name of the service of a row."""
    return next(iter(row.values())).strip()


def state_of(row: dict[str, str]) -> str:
    """Its state as shown."""
    return list(row.values())[1].strip()


def is_running(state: str) -> bool | None:
    """What a state means; None for one that is on its way or not known."""
    word = state.strip().casefold()
    if word in ("running", "started", "on"):
        return True
    return False if word in ("stopped", "not running", "off") else None


def in_windows(surfaces: Surfaces, name: str) -> str:
    """The state that Windows has for a service of this name or display name; a text in parentheses says why not."""
    if not surfaces.configured("windows"):
        return "(Windows (WinRM) is not configured for this host)"
    from ansible_collections.useries.appliance.plugins.module_utils._windows.services import states

    try:
        found = states(surfaces.windows)
    except UseriesError as error:
        return f"({error.message})"
    return found.get(name.casefold()) or f"(Windows has no service {name})"
