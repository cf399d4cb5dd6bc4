# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing the remaining products from BeyondTrust Updater (guide 1821, 1866; restarts: 1788, 1835).

One product after the other, each ordered once. Versions are proven by the console's own list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.updater import (
    RECOMMENDS,
    REMAINING,
    Row,
    products,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.updater_labels import OfTheUpdater
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import QUIET
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LONGEST = 2 * 3600.0  # for one product
AWAY = 1800.0  # seconds for which services that are replaced may not answer
Rows = list[Row]


class InstallProducts(OfTheUpdater, Action):
    """Options ``products``, ``versions``, ``wait_timeout``. A state is the list of products."""

    impact = "service"
    expects = (*QUIET, "SUSPENDED")  # while a pair is upgraded its mirroring is suspended (guide 1802)
    returns = "updater"
    ranges: ClassVar = {"wait_timeout": Range(1, unit="seconds")}
    before: Rows
    now = ""
    was = ""
    calm = 0

    def sections(self) -> Sequence[Section]:
        return (REMAINING,)

    def what(self) -> str:
        return f"install {self.now or 'the remaining products'} from BeyondTrust Updater"

    def find_out(self) -> str:
        return "Look at the products and their versions in BeyondTrust Updater before you repeat it."

    def check(self) -> None:
        names = [*(self.given["products"] or []), *self.given["versions"]]
        if not all(str(name).strip() for name in names) or not all(
            str(one).strip() for one in self.given["versions"].values()
        ):
            raise self.refuse("products and versions: no name and no version may be empty.", kind="invalid")
        self.check_labels()

    # -- before --------------------------------------------------------------------------------------------------------
    def read(self) -> Rows:
        self.before = products(self.updater)
        return self.before

    def due(self, before: Any) -> Plan:
        chosen = self._chosen(before)
        return Plan([Change(one.name, one.version, one.available) for one in chosen], header="BeyondTrust Updater")

    def _chosen(self, listed: Rows) -> Rows:
        """Those to install: named ones, else all that are left."""
        wanted = {_plain(name): str(version).strip() for name, version in self.given["versions"].items()}
        named = [*(self.given["products"] or []), *self.given["versions"]]
        there = {_plain(one.name): one for one in listed}
        unknown = [name for name in named if _plain(name) not in there]
        if unknown:
            raise self.refuse(
                f"BeyondTrust Updater does not list {', '.join(unknown)}; there are: "
                f"{', '.join(one.name for one in listed) or 'none'}.",
                kind="invalid",
                candidates=[one.name for one in listed],
            )
        chosen = [there[key] for key in dict.fromkeys(_plain(name) for name in named)]
        if self.given["products"] is None:
            chosen += [one for one in listed if one not in chosen]
        left = [one for one in chosen if self._is_left(one, wanted.get(_plain(one.name), ""))]
        for one in left:
            version = wanted.get(_plain(one.name), "")
            if version and version != one.available:
                raise self.refuse(
                    f"{one.name}: wanted is {version}, installed is {one.version or 'nothing'}, and BeyondTrust "
                    f"Updater offers {one.available or 'nothing'}.",
                    kind="invalid",
                    candidates=[one.available],
                )
        return left

    @staticmethod
    def _is_left(one: Row, wanted: str) -> bool:
        if wanted:
            return one.version != wanted
        return bool(one.available) and one.available != one.version

    # -- the orders and their effect -----------------------------------------------------------------------------------
    def order(self, before: Any) -> None:
        """The first one, or the one that is next."""
        queue = self._chosen(self.before) if not self.now else []
        self.now = self.now or queue[0].name
        row = self._row()
        self.was = row.state
        if row.state != "running" and row.version != row.available:  # what somebody else has begun is waited for
            self.updater.press(
                REMAINING, "install", row={self.updater.caption(REMAINING, "product"): self.now}, answer=True
            )

    def happened(self, before: Any) -> bool | None:
        """An installation that runs, or a version that rose, proves it; that nothing moved proves nothing."""
        row, old = self._row(), next(one for one in self.before if one.name == self.now)
        return True if row.state == "running" or row.version != old.version else None

    def effect(self, before: Any) -> Rows:
        queue = self._chosen(self.before)
        for number, one in enumerate(queue):
            if number:
                self.now = one.name
                self._order_once(before)
            self._await(one)
        self.now = ""
        return products(self.updater)

    def _await(self, one: Row) -> None:
        wait = self.within(LONGEST, interval=5, longest=60, silence=AWAY)
        what = f"install {one.name} {one.available}"
        self.calm = 0
        self.task.waiter.until(lambda: self._look(one), wait, what=what, target=self.task.label)

    def _look(self, one: Row) -> Seen:
        row = self._row()
        if row.version == one.available:
            return Seen(row.said or "installed", True)
        self.calm = 0 if row.state == "running" else self.calm + 1
        if (row.state == "failed" and self.was != "failed") or self.calm > 2:  # an old failure may still be shown
            done = ", ".join(name for name in self._risen(products(self.updater)))
            raise self.refuse(
                f"The installation of {one.name} {one.available} failed: {row.said or 'no reason is shown'}. Installed "
                f"is {row.version or 'nothing'}. Installed by this task: {done or 'nothing'}.",
                kind="failed",
                remedy="Find the cause (space on drive C:, the notifications in Diagnostics, a restart that is due), "
                "then run the task again: it goes on with what is left.",
            )
        return Seen(row.said or "installing", None)

    def _row(self) -> Row:
        found = [one for one in products(self.updater) if one.name == self.now]
        if not found:
            raise self.refuse(
                f"BeyondTrust Updater does not list {self.now} any more, so nobody can say whether it is installed.",
                kind="outcome_unknown",
                remedy=self.find_out(),
            )
        return found[0]

    # -- the result ----------------------------------------------------------------------------------------------------
    def _risen(self, listed: Rows) -> dict[str, dict[str, str]]:
        old = {one.name: one.version for one in self.before}
        return {
            one.name: {"before": old[one.name], "after": one.version}
            for one in listed
            if one.name in old and old[one.name] != one.version
        }

    def shown(self, state: Any) -> dict[str, Any]:
        risen = self._risen(state)
        advice = [one for one in state if RECOMMENDS.search(one.said)]
        if advice:
            self.warn(
                f"A restart is recommended ({advice[0].name}: {advice[0].said}); restart the appliance before you go "
                "on (guide 1788)."
            )
        return {
            "installed": risen,
            "left": [one.name for one in state if self._is_left(one, "")],
            "versions": {one.name: one.version for one in state},
            "restart_recommended": bool(advice),
        }

    def prove(self, state: Any) -> tuple[Proof, dict[str, Any]] | None:
        """The console's own list of versions."""
        risen = self._risen(state)
        if not risen or not self.task.gate.wrote:
            return None
        try:
            listed = {_plain(name): version for name, version in versions(self.task.surfaces.console).items()}
        except UseriesError as error:
            return "unavailable", {"reason": f"the console's versions cannot be read: {error}"}
        seen = {name: listed.get(_plain(name)) for name in risen}
        other = [f"{name} {version}" for name, version in seen.items() if version != risen[name]["after"]]
        if other:
            return "unavailable", {"reason": f"the console lists {', '.join(other)}"}
        return "verified", {"console": seen}


def _plain(name: str) -> str:
    return " ".join(str(name).split()).casefold()
