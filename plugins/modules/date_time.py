#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: date_time
short_description: Set the time zone, date and time of an appliance
version_added: 0.1.0
description:
  - Sets the time zone and the clock on the page General Settings of the console.
  - Date and time are those of the appliance's own zone. They are compared with a tolerance, because a clock runs on.
  - A jump of the clock may end the console's session; the next task signs in again.
author:
  - The useries.appliance authors (@useries)
options:
  time_zone:
    description:
      - Name of the time zone as the console's list shows it. The part in parentheses may be left out.
    type: str
  date:
    description:
      - Date in the form C(YYYY-MM-DD). Needs O(time).
    type: str
  time:
    description:
      - Time in the form C(HH:MM), 24 hours. Needs O(date).
    type: str
  tolerance:
    description:
      - Difference in minutes up to which the clock counts as right.
    type: int
    default: 5
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.appliance_info
"""

EXAMPLES = r"""
- name: The appliances live in UTC
  useries.appliance.date_time:
    time_zone: UTC

- name: Set the clock by the controller's, which keeps UTC
  useries.appliance.date_time:
    time_zone: UTC
    date: "{{ now(utc=true, fmt='%Y-%m-%d') }}"
    time: "{{ now(utc=true, fmt='%H:%M') }}"
    tolerance: 2
"""

RETURN = r"""
settings:
  description: The state read back.
  returned: success
  type: dict
  contains:
    time_zone:
      description: Time zone as the console shows it.
      type: str
    date:
      description: Date of the appliance, C(YYYY-MM-DD).
      type: str
    time:
      description: Time of the appliance, C(HH:MM).
      type: str
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import (
    Moment,
    clock_format,
    parse_moment,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.texts import nearest
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class DateTime(Settings):
    """Guide 199-203: the wanted time is never exactly equal, so the clock has a tolerance (A-11)."""

    section = GENERAL_SETTINGS.section("date_and_time")
    fields: ClassVar = ("time_zone", "date", "time")
    button = "set_date_and_time"
    impact = "session"
    options: ClassVar = {
        "time_zone": {"type": "str"},
        "date": {"type": "str"},
        "time": {"type": "str"},
        "tolerance": {"type": "int", "default": 5},
    }
    constraints: ClassVar = {"required_together": [("date", "time")], "required_one_of": [("time_zone", "date")]}

    def check(self) -> None:
        if self.given["tolerance"] < 0:
            raise self.refuse(f"tolerance is {self.given['tolerance']}; it must be 0 or more minutes.", kind="invalid")
        self._clock = parse_moment(self.given["date"], self.given["time"]) if self.given.get("date") else None

    def read(self) -> dict[str, Any]:
        self._raw = super().read()
        now = Moment.shown(self._raw["date"], self._raw["time"])
        return {"time_zone": self._raw["time_zone"], "date": now.date, "time": now.time}

    def wanted(self) -> dict[str, Any]:
        zone = self.given.get("time_zone")
        console = self.task.surfaces.console
        offered = [] if zone is None else console.choices(self.section, "time_zone")
        wanted = {"time_zone": None if zone is None else nearest("time_zone", zone, offered)}
        return wanted | ({"date": self._clock.date, "time": self._clock.time} if self._clock else {})

    def plan(self, present: Any) -> Plan:
        wanted = self.wanted()
        zone = wanted["time_zone"]
        plan = Plan(header=self.what())
        if zone is not None and zone != present["time_zone"]:
            plan.changes.append(Change("time_zone", present["time_zone"], zone))
        now = Moment(present["date"], present["time"])
        if self._clock and (plan or now.minutes_from(self._clock) > self.given["tolerance"]):
            plan.changes += [Change(name, present[name], wanted[name]) for name in ("date", "time")]
        return plan

    def write(self, plan: Plan) -> None:
        values = plan.wanted
        if self._clock:
            values |= clock_format(self._clock, self._raw["date"], self._raw["time"])
        self.task.surfaces.console.write(self.section, values, self.button)

    def seen(self, plan: Plan, after: Any) -> list[str]:
        missing = [c.name for c in plan.changes if c.name == "time_zone" and after["time_zone"] != c.after]
        late = (
            self._clock and Moment(after["date"], after["time"]).minutes_from(self._clock) > self.given["tolerance"] + 1
        )
        return missing + (["date", "time"] if late and "date" in plan.wanted else [])


DECLARATION = DateTime


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
