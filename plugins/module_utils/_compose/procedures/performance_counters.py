# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance counters as desired state: switches, list and numbers, saved with one button (guide 536-559, A-38)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.counters import (
    LIST,
    NOTIFICATION,
    NUMBERS,
    SWITCHES,
    available,
    complaints,
    is_listed,
    read_counter,
    same,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.performance_counters import (
    PERFORMANCE_COUNTERS,
    counter_section,
)

LISTED = "listed"


class WatchCounters(Settings):
    """Options are the two switches and ``counters``. The state is flat: ``<counter>.<number>`` to value, and
    ``<counter>.listed``.
    """

    section = NOTIFICATION
    fields: ClassVar = ("alerts", "daily_summaries")
    option_names: ClassVar = SWITCHES
    button = "apply_updated_settings"

    # -- the steps of the family ---------------------------------------------------------------------------------------
    def what(self) -> str:
        return " > ".join(PERFORMANCE_COUNTERS.menu)

    def check(self) -> None:
        names: list[str] = []
        wrong: list[str] = []
        for one in self._counters():
            name = one["name"]
            if not name.strip():
                wrong.append("a counter has an empty name")
            elif any(same(name, other) for other in names):
                wrong.append(f"{name} is there twice")
            names.append(name)
            wrong += [f"{name}: {sentence}" for sentence in complaints(name, one)]
        if wrong:
            raise self.refuse(f"counters: {'; '.join(wrong)}.", kind="invalid")

    def wanted(self) -> dict[str, Any]:
        values = super().wanted()
        for one in self._counters():
            values[f"{one['name']}.{LISTED}"] = True
            values.update({f"{one['name']}.{name}": one[name] for name in self._numbers_of(one)})
        return values

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        console.open(PERFORMANCE_COUNTERS)
        given = [name for name in self.fields if self.given.get(name) is not None]
        ids = [self.field_of_option(name) for name in given]
        switches = console.read(NOTIFICATION, ids, fresh=False) if ids else {}
        state = {self.option_of_field(id): value for id, value in switches.items()}
        for one in self._counters():
            listed = is_listed(console, one["name"])
            state[f"{one['name']}.{LISTED}"] = listed
            state.update(self._present(one) if listed else {})
        return state

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        for one in self._counters():
            if present[f"{one['name']}.{LISTED}"]:
                self._together(one, present)
                continue
            offered = available(self.task.surfaces.console)
            if not any(same(one["name"], name) for name in offered):
                raise self.refuse(
                    f"The counter {one['name']} is neither in the list of this appliance nor among those that can be "
                    "added.",
                    kind="invalid",
                    candidates=offered,
                    remedy=f"Can be added: {', '.join(offered) or 'none'}. "
                    "useries.appliance.performance_counters_info shows the listed ones.",
                )

    def write(self, plan: Plan) -> None:
        console = self.task.surfaces.console
        for one in self._counters():
            if f"{one['name']}.{LISTED}" in plan.wanted:
                self._add(one)
        # the page is still the one that was read (or that came after Add to List): opening it again could lose the list
        for one in self._counters():
            numbers = {name: plan.wanted.get(f"{one['name']}.{name}") for name in NUMBERS}
            changed = {name: value for name, value in numbers.items() if value is not None}
            if changed:
                console.fill(counter_section(one["name"]), changed)
        switches = {name: plan.wanted[name] for name in self.fields if name in plan.wanted}
        if switches:
            console.fill(NOTIFICATION, self.field_values(switches))
        console.press(LIST, self.button, fresh=False)

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        plain = {name: state[name] for name in self.fields if name in state}
        counters = []
        for one in self._counters():
            numbers = {name: state[f"{one['name']}.{name}"] for name in NUMBERS if f"{one['name']}.{name}" in state}
            counters.append({"name": one["name"], **numbers})
        return {**plain, "counters": counters}

    # -- inner steps ---------------------------------------------------------------------------------------------------
    def _counters(self) -> list[dict[str, Any]]:
        return list(self.given.get("counters") or ())

    @staticmethod
    def _numbers_of(one: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(name for name in NUMBERS if one.get(name) is not None)

    def _present(self, one: Mapping[str, Any]) -> dict[str, Any]:
        values = read_counter(self.task.surfaces.console, one["name"], self._numbers_of(one))
        return {f"{one['name']}.{name}": value for name, value in values.items()}

    def _together(self, one: Mapping[str, Any], present: Mapping[str, Any], remark: str = "") -> None:
        """The numbers given must fit those that the page has besides; what is not touched is not judged."""
        given = self._numbers_of(one)
        numbers = {name: one[name] if name in given else present.get(f"{one['name']}.{name}") for name in NUMBERS}
        wrong = complaints(one["name"], numbers) if given else []
        if wrong:
            raise self.refuse(
                f"{one['name']}, with the numbers that the page has besides: {'; '.join(wrong)}.{remark}",
                kind="invalid",
                remedy="Give the other numbers of this counter as well.",
            )

    def _add(self, one: Mapping[str, Any]) -> None:
        """Add to List; the numbers that a counter starts with are known only then."""
        console = self.task.surfaces.console
        name = next((offer for offer in available(console) if same(offer, one["name"])), one["name"])
        console.write(LIST, {"available_counters": name}, "add_to_list", fresh=False)
        self._together(one, self._present(one), f" {name} may be in the list now; its numbers were not changed.")
