# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Updates as the page BeyondTrust Updates and its two pages show them (guide 128-195, 1812-1820).

The guide prints no words for the state of a package. They are told apart by what they have in common in English; what
is not understood counts as ready to be applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import parse_stamp
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import (
    BEYONDTRUST_UPDATES,
    PACKAGE_TYPES,
    UPDATE_HISTORY,
    VIEW_UPDATES,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

PRODUCTS = BEYONDTRUST_UPDATES.section("versions")
OVERVIEW = BEYONDTRUST_UPDATES.section("updates")
METHOD = BEYONDTRUST_UPDATES.section("update_method")
AVAILABLE = VIEW_UPDATES.section("available")
HISTORY = UPDATE_HISTORY.section("history")
HOURS = 4 * 3600.0
AWAY = 1800.0  # seconds for which an appliance that restarts may not answer
UPDATES_ROLE = "Turn them on again in the Roles Editor: useries.appliance.appliance_role with role: auto_update."

#: A package that is "pending" is not told to be in a run, so the word is not among them.
DOING = "apply|download|execut|install|prepar|process|runn|start|updat|wait"
#: State of a package -> how it is told; the first that fits.
STATES = (
    ("failed", re.compile(r"\bfail|\berror|unsuccessful", re.IGNORECASE)),
    ("scheduled", re.compile(r"\bschedul", re.IGNORECASE)),
    ("available", re.compile(r"\bready\b|\bavailable\b|\bnot (yet )?(applied|installed)\b", re.IGNORECASE)),
    ("running", re.compile(rf"\b({DOING})ing\b|in progress|\bqueued\b|\breboot|\brestart", re.IGNORECASE)),
    ("applied", re.compile(r"\bapplied\b|\binstalled\b|\bcomplete|\bsucce|\bdone\b", re.IGNORECASE)),
)
UNDER_WAY = re.compile(r"^(?!no\b).*\b(in progress|running|being (updated|applied|installed))\b", re.IGNORECASE)
STAMP = re.compile(r"\d[\d/.-]+[ T]+\d{1,2}:\d{2}(:\d{2})?( ?[AP]M)?", re.IGNORECASE)


@dataclass(frozen=True)
class Package:
    """A row of a list of packages.

    :param state: available, scheduled, running, failed or applied; :param said: the console's own word for it.
    :param date: ISO 8601, in the appliance's zone: of the arrival, of the scheduled run or of the application.
    """

    name: str
    type: str
    state: str
    said: str
    date: str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


class Rest:
    """Looks at the list of packages until nothing is applied or scheduled any more.

    At rest twice in a row counts: between two packages, or after a restart, a list may be at rest for a moment.
    """

    def __init__(self, console: ConsoleSurface) -> None:
        self._console = console
        self._calm = 0
        self.listed: list[Package] = []

    def look(self) -> Seen:
        """One look, for the waiter."""
        self.listed = packages(self._console)
        busy = of_state(self.listed, "running", "scheduled")
        return self.seen(f"still pending: {names(busy)}" if busy else "")

    def seen(self, left: str) -> Seen:
        """What a look showed. :param left: what is not done yet, in words; empty when all is."""
        self._calm = 0 if left else self._calm + 1
        return Seen(left or "all done", True if self._calm > 1 else None)


def packages(console: ConsoleSurface) -> list[Package]:
    """What View Updates lists, from a fresh page, which stays open."""
    open_list(console, VIEW_UPDATES, "view_updates")
    return [_package(row) for row in console.table(AVAILABLE, fresh=False)]


def history(console: ConsoleSurface) -> list[Package]:
    """What was applied, from a fresh page."""
    open_list(console, UPDATE_HISTORY, "view_update_history")
    return [_package(row, "applied") for row in console.table(HISTORY, fresh=False)]


def open_list(console: ConsoleSurface, page: Page, button: str) -> None:
    """Open one of the two pages by the menus or, where they do not lead there, by its button."""
    try:
        console.open(page)
    except UseriesError as error:
        if error.kind not in {"label_missing", "label_ambiguous", "unexpected"}:
            raise
        console.open(BEYONDTRUST_UPDATES)
        if not console.has(OVERVIEW):
            raise
        console.press(OVERVIEW, button, fresh=False)


def of_state(listed: Iterable[Package], *states: str) -> list[Package]:
    """Those in one of these states."""
    return [one for one in listed if one.state in states]


def names(listed: Iterable[Package]) -> str:
    """Their names for a sentence."""
    return ", ".join(one.name for one in listed)


def start_of(listed: Iterable[Package]) -> datetime | None:
    """When the scheduled run begins, in the appliance's zone; None without one, or when its date is not understood."""
    dates = [one.date for one in of_state(listed, "scheduled") if one.date]
    return datetime.fromisoformat(min(dates)) if dates else None


def method(console: ConsoleSurface) -> dict[str, Any]:
    """The section Update Method of the open page; null for what is not there."""
    if not console.has(METHOD):
        return dict.fromkeys((one.id for one in METHOD.fields), None)
    there = console.there(METHOD, [one.id for one in METHOD.fields])
    shown = console.read(METHOD, there, fresh=False)
    values = {one.id: shown.get(one.id) for one in METHOD.fields}
    return {name: _yes(value) if name.endswith("_disabled") else value for name, value in values.items()}


def told(console: ConsoleSurface) -> str:
    """What the open page BeyondTrust Updates says about updates; empty where it says nothing."""
    if not console.has(OVERVIEW) or not console.there(OVERVIEW, ["ready_and_applied"]):
        return ""
    return " ".join(str(console.read(OVERVIEW, ["ready_and_applied"], fresh=False)["ready_and_applied"] or "").split())


def update_under_way(console: ConsoleSurface) -> str:
    """What the open page BeyondTrust Updates says of an update that is under way; empty without one."""
    said = told(console)
    return said if UNDER_WAY.search(said) else ""


def type_of(text: str) -> str:
    """One of the four types, or the console's text when it is none of them."""
    told_by = text.casefold()
    fits = [name for name, words in PACKAGE_TYPES.items() if any(word in told_by for word in words)]
    return next((name for name in fits if name.casefold() == told_by.strip()), fits[0] if len(fits) == 1 else text)


def _package(row: Mapping[str, str], state: str = "") -> Package:
    said = _cell(row, "status", "state", "result", "progress")
    stamp = _stamp(_cell(row, "date", "applied", "time", "when") or said) or _stamp(said)
    kind = type_of(_cell(row, "type", "subscription", "category"))
    name = _cell(row, "name", "package", "update", "title", "description") or next(iter(row.values()), "")
    return Package(name, kind, state or _state(said), said, stamp.isoformat() if stamp else None)


def _cell(row: Mapping[str, str], *words: str) -> str:
    """The first column with one of these words, as whole beginnings: "Update" is no "date"."""
    found = ((word, column) for word in words for column in row)
    return next((row[column] for word, column in found if re.search(rf"\b{word}", column, re.IGNORECASE)), "")


def _state(said: str) -> str:
    return next((state for state, pattern in STATES if pattern.search(said)), "available")


def _stamp(text: str) -> datetime | None:
    found = STAMP.search(text)
    return parse_stamp(found.group(0)) if found else None


def _yes(value: Any) -> bool | None:
    """Yes or no of a text; None when it is neither."""
    if isinstance(value, bool) or value is None:
        return value
    word = str(value).strip().casefold()
    return True if word in YES else (False if word in NO else None)


YES: Sequence[str] = ("yes", "true", "on", "disabled", "1")
NO: Sequence[str] = ("no", "false", "off", "enabled", "0")
