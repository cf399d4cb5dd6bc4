# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page that the collection knows, and the keys under which ``useries_console_labels`` takes other words for it.

The imports are written out, because an ordinary module carries only what is imported by name to where it runs; a unit
test compares them with the files of this folder. A page of a file that is imported here is found by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._guide import (
    accounts_and_licensing,
    appliance_health,
    appliance_logs,
    backup_and_restore,
    beyondinsight,
    database_utilities,
    diagnostics,
    general_settings,
    high_availability,
    network_and_rdp,
    performance_counters,
    reboot,
    roles_editor,
    security_settings,
    updater,
    updates,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page

MODULES: tuple[ModuleType, ...] = (
    updates,
    general_settings,
    security_settings,
    accounts_and_licensing,
    network_and_rdp,
    database_utilities,
    backup_and_restore,
    reboot,
    diagnostics,
    appliance_health,
    performance_counters,
    appliance_logs,
    roles_editor,
    high_availability,
    beyondinsight,
    updater,
)

What = Literal["page", "section", "field", "button"]


@dataclass(frozen=True)
class Entry:
    """One label: its key, what it is for, and its words in the guide; ``part`` is the key of what holds it."""

    key: str
    what: What
    label: str
    part: str = ""


def pages() -> tuple[Page, ...]:
    """Every page of the appliance's console, in the order of the files above."""
    return tuple(page for page in every_page() if not page.site)


def every_page() -> tuple[Page, ...]:
    """The same, and the pages of the other sites."""
    found: dict[str, Page] = {}
    for module in MODULES:
        for value in vars(module).values():
            for page in _pages_of(value):
                found.setdefault(page.id, page)
    return tuple(found.values())


def _pages_of(value: Any) -> Iterator[Page]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Page):
            yield one


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every key of ``useries_console_labels`` with what it is for."""
    return {entry.key: entry for page in every_page() for entry in _entries_of(page)}


def _entries_of(page: Page) -> Iterator[Entry]:
    yield Entry(page.id, "page", page.menu[-1])
    for section in page.parts:
        part = f"{page.id}.{section.id}"
        yield Entry(part, "section", section.title, page.id)
        for field in section.fields:
            yield Entry(f"{part}.{field.id}", "field", field.label, part)
        for button in section.buttons:
            yield Entry(f"{part}.{button.id}", "button", button.label, part)
