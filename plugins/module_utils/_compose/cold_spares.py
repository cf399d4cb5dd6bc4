# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cold spare and its source as they show themselves (guide 879-881, 1463-1525).

The guide names no place that tells what was retrieved; the notifications of the site Diagnostics are read for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnostics import notification
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.restarts import RestartWatch
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import COLD_SPARE, SWITCH
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import MAIN, read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import NOTIFICATIONS
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES_EDITOR, role
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SPARE = role("cold_spare")
AVAILABILITY = role("high_availability")
AGREED = 600.0  # seconds after which a restart that somebody has agreed to has begun (judgement)
LIST = NOTIFICATIONS.section("notification_list")
_DONE = re.compile(r"\b(?:restored|retrieved)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:restore|retriev\w*|restored)\b", re.IGNORECASE)
_BAD = re.compile(r"\b(?:fail\w*|errors?|could not)\b", re.IGNORECASE)
_FILE = re.compile(r"\S+\.zip\b", re.IGNORECASE)


@dataclass(frozen=True)
class Retrieval:
    """A retrieval by a notification. ``at`` in ISO 8601 or None; ``backup`` is the file, where it is named."""

    at: str | None
    good: bool
    backup: str | None
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def read_spare(console: ConsoleSurface) -> dict[str, Any] | None:
    """The role's page by option, without its passwords; None when the appliance has no such role."""
    return read_role(console, SPARE, (SWITCH, *COLD_SPARE), {})


def retrievals(console: ConsoleSurface) -> list[Retrieval]:
    """The retrievals that the notifications tell of, newest first; those without a date come last."""
    found = [one for row in console.table(LIST) if (one := _retrieval(row)) is not None]
    return sorted(found, key=lambda one: one.at or "", reverse=True)


def last_good(found: list[Retrieval]) -> Retrieval | None:
    """The newest retrieval that succeeded."""
    return next((one for one in found if one.good), None)


def _retrieval(row: Mapping[str, str]) -> Retrieval | None:
    told = notification(row)
    text = str(told["text"])
    if not _ABOUT.search(text):
        return None
    good = bool(_DONE.search(text)) and not _BAD.search(text)
    if not good and not _BAD.search(text):
        return None
    file = _FILE.search(text)
    return Retrieval(told["at"], good, file.group(0) if file else None, text)


def windows_name(surfaces: Surfaces) -> str:
    """What Windows is called now, asked over a connection of its own; empty where WinRM is not configured."""
    if not surfaces.configured("windows"):
        return ""
    met = surfaces.again()
    try:
        seen = shown_name(met)
        return seen.name if seen.by == "windows" else ""
    finally:
        met.close()


def wait_for_name(task: Task, wanted: str, wait: Wait) -> None:
    """Wait for the restart that gives Windows this name, or until it can be taken that nobody has agreed to one."""
    surfaces, due = task.surfaces, task.waiter.clock.deadline(min(AGREED, wait.timeout))
    if windows_name(surfaces).casefold() == wanted.casefold():
        return

    def look() -> Seen:
        met = surfaces.again()
        try:
            seen = shown_name(met)
            met.console.open(ROLES_EDITOR)  # that it does not answer is part of a restart
            named = seen.by != "windows" or seen.name.casefold() == wanted.casefold()
            return Seen(f"called {seen.name} (told by: {seen.by})", True if named or due.over else None)
        finally:
            met.close()

    task.waiter.until(look, wait, what="wait for a restart under another name", target=surfaces.target.url)
    surfaces.meet_again()


def agree_to_restart(console: ConsoleSurface) -> None:
    """Say yes to the console's question about a restart.

    It may go down before it has answered, so a lost answer is no failure: the restart is seen or it is not.
    """
    try:
        console.agree(MAIN, "apply_pending_changes")
    except UseriesError as error:
        if error.kind not in {"silent", "unreachable"}:
            raise


def wait_for_restart(task: Task, watch: RestartWatch, wait: Wait) -> None:
    """Wait until the appliance is up again."""
    surfaces = task.surfaces
    task.waiter.until(lambda: watch.look(ROLES_EDITOR), wait, what="restart the appliance", target=surfaces.target.url)
    surfaces.meet_again()
