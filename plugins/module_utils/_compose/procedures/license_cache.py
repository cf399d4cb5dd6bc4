# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clearing the BeyondInsight licence cache (guide 213-217); what is licensed afterwards is looked at."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import LABEL_KINDS, ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import SERIALS
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

CACHE = GENERAL_SETTINGS.section("license_cache")
SHOWN = 60.0  # seconds that the page may take to show a feature as licensed (judgement)
YES = frozenset({"yes", "licensed", "true", "on", "enabled", "valid", "active"})


class ClearLicenseCache(Action):
    """Option ``licensed``: names of features. A state is what Accounts and Licensing shows, name -> licensed."""

    def what(self) -> str:
        return "clear the BeyondInsight license cache"

    def find_out(self) -> str:
        return "Clearing the cache twice does no harm: run the task again."

    def check(self) -> None:
        wanted = self.given.get("licensed")
        if wanted is not None and not all(name.strip() for name in wanted):
            raise self.refuse("licensed holds an empty name.", kind="invalid")

    def read(self) -> dict[str, bool]:
        return licensed_features(self.task.surfaces.console)

    def _lacking(self, state: dict[str, bool]) -> list[str]:
        there = {name.casefold() for name, licensed in state.items() if licensed}
        return [name for name in self.given.get("licensed") or () if name.strip().casefold() not in there]

    def due(self, before: Any) -> Plan:
        lacking = self._lacking(before or {})
        if self.given.get("licensed") and not lacking:
            return Plan(header=self.what())
        return Plan([Change("license_cache", lacking or "as it is", "cleared")], header=self.what())

    def order(self, before: Any) -> None:
        self.task.surfaces.console.press(CACHE, "clear_license_cache", answer=True)

    def happened(self, before: Any) -> bool | None:
        return True if self.given.get("licensed") and not self._lacking(self.read()) else None

    def effect(self, before: Any) -> dict[str, bool]:
        seen = [self.read()]
        if not self._lacking(seen[-1]):
            return seen[-1]

        def look() -> Seen:
            seen.append(self.read())
            lacking = self._lacking(seen[-1])
            return Seen(f"not licensed: {', '.join(lacking)}" if lacking else "licensed", None if lacking else True)

        try:
            wait = Wait(SHOWN, interval=5, longest=15)
            self.task.waiter.until(look, wait, what="wait for the licensed features", target=self.task.label)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            raise self.refuse(
                f"The cache was cleared, but these are still not shown as licensed: "
                f"{', '.join(self._lacking(seen[-1]))}.",
                kind="not_seen",
                remedy="Compare the names with Maintenance > Accounts and Licensing, and update the serial numbers "
                "there; the new key may not have been applied.",
                candidates=sorted(seen[-1]),
            ) from error
        return seen[-1]


def licensed_features(console: ConsoleSurface) -> dict[str, bool]:
    """Name -> licensed, as the page shows it: products with a serial number, and the rows of a table if it has one.

    The guide does not describe the table (345): the first cell of a row is taken for the name.
    """
    console.open(SERIALS.page)
    there = console.there(SERIALS, [one.id for one in SERIALS.fields])
    values = console.read(SERIALS, there, fresh=False)
    found = {SERIALS.field(name).label: bool(value) for name, value in values.items()}
    try:
        rows = console.table(SERIALS, fresh=False)
    except UseriesError as error:
        if error.kind not in LABEL_KINDS:
            raise
        rows = []
    for name, *others in (list(row.values()) for row in rows if row):
        found[name] = any(other.strip().casefold() in YES for other in others) or found.get(name, False)
    return found
