# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduling the updates that are available (guide 176-179, 1816, 1862). The set is that of the moment (A-33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import (
    AVAILABLE,
    names,
    of_state,
    packages,
    start_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import LATER


class ScheduleUpdates(Settings):
    """Options ``date`` (YYYY-MM-DD) and ``time`` (HH:MM), in the appliance's zone.

    A state is the schedule that is there: ``date``, ``time``, its ``packages``, and ``not_included``.
    """

    section = AVAILABLE
    button = "schedule_updates"
    options: ClassVar = {"date": {"type": "str", "required": True}, "time": {"type": "str", "required": True}}
    moment: Moment
    raw: Mapping[str, Any]
    looked = False

    def check(self) -> None:
        self.moment = parse_moment(self.given["date"], self.given["time"])

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        if not self.looked:  # the clock is on another page, so it comes first: the list stays open for the write
            self._refuse_past(appliance_now(console, self.warn))
            self.looked = True
        listed = packages(console)
        running = of_state(listed, "running")
        if running:
            raise self.refuse(
                f"Updates are being applied at this moment: {names(running)}.",
                remedy="Run the task again when they are done (useries.appliance.product_update waits for that).",
            )
        self.raw = console.read(AVAILABLE, ["date", "time"], fresh=False)
        start = start_of(listed)
        return {
            "date": f"{start:%Y-%m-%d}" if start else None,
            "time": f"{start:%H:%M}" if start else None,
            "packages": [one.name for one in of_state(listed, "scheduled")],
            "not_included": [one.name for one in of_state(listed, "available", "failed")],
        }

    def _refuse_past(self, now: datetime) -> None:
        if datetime.fromisoformat(f"{self.moment.date} {self.moment.time}") <= now:
            raise self.refuse(
                f"{self.moment.date} {self.moment.time} is in the past: on the appliance it is {now:%Y-%m-%d %H:%M}.",
                kind="invalid",
                remedy="Give a later date and time, by the appliance's own clock.",
            )

    def plan(self, present: Mapping[str, Any]) -> Plan:
        plan = Plan(header=self.what())
        wanted = {"date": self.moment.date, "time": self.moment.time}
        late, scheduled = present["not_included"], present["packages"]
        if not late and not scheduled:
            self.warn("There is nothing to schedule: no update is available.")
            return plan
        if late and scheduled:
            self.warn(
                f"Received after the schedule for {present['date']} {present['time']} was made: {', '.join(late)}. "
                "It does not include them, so a new one is needed."
            )
        plan.changes += [Change(name, present[name], value) for name, value in wanted.items() if present[name] != value]
        if late:
            plan.changes.append(Change("packages", scheduled, sorted([*scheduled, *late])))
        return plan

    def write(self, plan: Plan) -> None:
        shown = clock_format(self.moment, self.raw["date"] or "", self.raw["time"] or "")
        values = {"when": LATER, **shown}
        self.task.surfaces.console.write(AVAILABLE, values, self.button, fresh=False, answer=True)

    def seen(self, plan: Plan, after: Mapping[str, Any]) -> list[str]:
        wanted = plan.wanted
        other = [name for name in ("date", "time") if name in wanted and after[name] != wanted[name]]
        without = set(wanted.get("packages", ())) - set(after["packages"])
        return other + (["packages"] if without else [])

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The packages of a new schedule are no longer outside of it."""
        late = [name for name in state["not_included"] if name not in state["packages"]]
        return {**state, "packages": sorted(state["packages"]), "not_included": late}
