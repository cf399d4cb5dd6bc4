# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance counters: the rules of their numbers, and how they are read (guide 536-559, A-38)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._guide.performance_counters import (
    BASE_COUNTERS,
    PERFORMANCE_COUNTERS,
    counter_section,
)

NOTIFICATION = PERFORMANCE_COUNTERS.section("notification_settings")
LIST = PERFORMANCE_COUNTERS.section("counters")
SWITCHES: Mapping[str, str] = {"alerts": "generate_alerts", "daily_summaries": "daily_summaries"}
LEVELS = ("low", "medium", "high")
DURATIONS = ("threshold_duration", "reset_duration")
NUMBERS = (*LEVELS, "threshold_duration", "reset_threshold", "reset_duration")


def same(one: str, other: str) -> bool:
    """Whether two names are the same counter."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def is_percentage(counter: str) -> bool:
    """Whether a counter is measured in percent: the base ones, and those that say so."""
    return any(same(counter, base) for base in BASE_COUNTERS) or "percent" in counter.casefold() or "%" in counter


def complaints(counter: str, numbers: Mapping[str, int | None]) -> list[str]:
    """Sentences without full stops about numbers that make no sense; None is a number that is not known."""
    known = {name: value for name in NUMBERS for value in [numbers.get(name)] if value is not None}
    found = [f"{name} is {known[name]}, a duration is 0 or more" for name in DURATIONS if known.get(name, 0) < 0]
    if is_percentage(counter):
        limited = [name for name in (*LEVELS, "reset_threshold") if name in known]
        found += [f"{name} is {known[name]}, a percentage is 0 to 100" for name in limited if not _percent(known[name])]
    levels = [name for name in LEVELS if name in known]
    found += [
        f"{lower} ({known[lower]}) must be below {upper} ({known[upper]})"
        for lower, upper in zip(levels, levels[1:], strict=False)
        if known[lower] >= known[upper]
    ]
    reset = known.get("reset_threshold")
    if reset is not None and levels and reset >= known[levels[0]]:
        found.append(f"reset_threshold ({reset}) must be below {levels[0]} ({known[levels[0]]})")
    return found


def _percent(value: int) -> bool:
    return 0 <= value <= 100


def is_listed(console: ConsoleSurface, counter: str) -> bool:
    """Whether the open page has this counter: a part with its name and a number Low."""
    section = counter_section(counter)
    return console.has(section) and bool(console.there(section, ["low"]))


def read_counter(console: ConsoleSurface, counter: str, needed: tuple[str, ...] = ()) -> dict[str, Any]:
    """The numbers of a counter of the open page; those that are needed must be there."""
    section = counter_section(counter)
    others = console.there(section, [name for name in NUMBERS if name not in needed])
    return console.read(section, [*needed, *others], fresh=False)


def available(console: ConsoleSurface) -> list[str]:
    """The counters that the open page offers to add."""
    return [name for name in console.choices(LIST, "available_counters") if name.strip()]


def read_page(console: ConsoleSurface, further: Sequence[str]) -> dict[str, Any]:
    """Switches, counters with their numbers, and those that may be added.

    :param further: names to look for besides those that are titles: a browser sees none behind tabs.
    """
    console.open(PERFORMANCE_COUNTERS)
    switches = console.read(NOTIFICATION, SWITCHES.values(), fresh=False)
    names = list(BASE_COUNTERS)
    for title in (*further, *console.titles(every=True)):
        if title.strip() and not any(same(title, known) for known in (*names, PERFORMANCE_COUNTERS.title)):
            names.append(" ".join(title.split()))
    return {
        **{option: switches[field] for option, field in SWITCHES.items()},
        "counters": [{"name": name, **read_counter(console, name)} for name in names if is_listed(console, name)],
        "available": available(console),
    }
