# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting zone and clock (guide 199-203). The wanted time is never exactly equal, so it has a tolerance (A-11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.texts import nearest
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings


class SetClock(Settings):
    """Options ``time_zone``, ``date`` (YYYY-MM-DD), ``time`` (HH:MM) and ``tolerance`` in minutes."""

    ranges: ClassVar = {"tolerance": Range(0, unit="minutes")}
    moment: Moment | None
    raw: Mapping[str, Any]

    def check(self) -> None:
        self.moment = parse_moment(self.given["date"], self.given["time"]) if self.given.get("date") else None

    def read(self) -> dict[str, Any]:
        self.raw = super().read()
        now = Moment.shown(self.raw["date"], self.raw["time"])
        return {"time_zone": self.raw["time_zone"], "date": now.date, "time": now.time}

    def wanted(self) -> dict[str, Any]:
        zone = self.given.get("time_zone")
        console = self.task.surfaces.console
        offered = [] if zone is None else console.choices(self.section, "time_zone")
        wanted = {"time_zone": None if zone is None else nearest("time_zone", zone, offered)}
        return wanted | ({"date": self.moment.date, "time": self.moment.time} if self.moment else {})

    def plan(self, present: Mapping[str, Any]) -> Plan:
        wanted = self.wanted()
        zone = wanted["time_zone"]
        plan = Plan(header=self.what())
        if zone is not None and zone != present["time_zone"]:
            plan.changes.append(Change("time_zone", present["time_zone"], zone))
        if plan or self._late(present, self.given["tolerance"]):
            plan.changes += [Change(name, present[name], wanted[name]) for name in ("date", "time") if self.moment]
        return plan

    def write(self, plan: Plan) -> None:
        values = plan.wanted
        if self.moment:
            values |= clock_format(self.moment, self.raw["date"], self.raw["time"])
        self.save(values)

    def seen(self, plan: Plan, after: Mapping[str, Any]) -> list[str]:
        missing = [one.name for one in plan.changes if one.name == "time_zone" and after["time_zone"] != one.after]
        late = "date" in plan.wanted and self._late(after, self.given["tolerance"] + 1)
        return missing + (["date", "time"] if late else [])

    def _late(self, state: Mapping[str, Any], tolerance: int) -> bool:
        if self.moment is None:
            return False
        return Moment(state["date"], state["time"]).minutes_from(self.moment) > tolerance
