# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locking and unlocking subscriptions in BeyondTrust Updater (guide 1804-1809, 1826, 1849-1854, 1871)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.updater import LOCKS, lock_states
from ansible_collections.useries.appliance.plugins.module_utils._compose.updater_labels import OfTheUpdater
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section

States = Mapping[str, bool]


class LockSubscriptions(OfTheUpdater, Settings):
    """Options ``subscriptions``, ``locked``, ``absent_ok``. A state is subscription to whether it is locked, of those
    that the task is about.
    """

    returns = "updater_subscriptions"
    before: States | None = None

    def run(self) -> dict[str, Any]:
        result = super().run()
        return {**result, "subscriptions_before": self._listed(self.before or {})}

    def sections(self) -> Sequence[Section]:
        return (LOCKS,)

    def what(self) -> str:
        return "BeyondTrust Updater > Subscriptions"

    def check(self) -> None:
        names = self.given["subscriptions"]
        if not names or not all(name.strip() for name in names):
            raise self.refuse(
                "subscriptions must name at least one subscription, and none may be empty.", kind="invalid"
            )
        strange = [name for name in self.given["absent_ok"] if name not in names]
        if strange:
            raise self.refuse(f"absent_ok names {', '.join(strange)}, which subscriptions does not.", kind="invalid")
        self.check_labels()

    def read(self) -> dict[str, Any]:
        shown = lock_states(self.updater)
        there: dict[str, bool] = {}
        for name in self.given["subscriptions"]:
            fitting = [one for one in shown if fits(name, one)]
            if not fitting and name not in self.given["absent_ok"]:
                raise self.refuse(
                    f"BeyondTrust Updater has no subscription {name!r}; there are: {', '.join(shown) or 'none'}.",
                    kind="invalid",
                    candidates=tuple(shown),
                )
            there.update({one: shown[one] for one in fitting})
        self.before = there if self.before is None else self.before
        return there

    def wanted(self) -> dict[str, Any]:
        return dict.fromkeys(self.before or {}, self.given["locked"])

    def write(self, plan: Plan) -> None:
        button = "lock" if self.given["locked"] else "unlock"
        for change in plan.changes:
            row = {self.updater.caption(LOCKS, "name"): change.name}
            self.updater.press(LOCKS, button, row=row, answer=True)

    def shown(self, state: Mapping[str, Any]) -> Any:
        return self._listed(state)

    @staticmethod
    def _listed(states: States) -> list[dict[str, Any]]:
        return [{"name": name, "locked": locked} for name, locked in states.items()]


def fits(wanted: str, shown: str) -> bool:
    """Whether a subscription is meant; the guide writes 2012/2016 for the one that the appliance has."""
    years = re.sub(r"(\d{4})/(\d{4})", r"(?:\1/\2|\1|\2)", re.escape(" ".join(wanted.split())))
    return re.fullmatch(years, " ".join(shown.split()), re.IGNORECASE) is not None
