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

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.date_time import SetClock
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class DateTime(SetClock):
    """Guide 199-203."""

    section = GENERAL_SETTINGS.section("date_and_time")
    fields: ClassVar = ("time_zone", "date", "time")
    button = "set_date_and_time"
    impact = "session"
    options: ClassVar = {"tolerance": {"type": "int", "default": 5}}
    constraints: ClassVar = {"required_together": [("date", "time")], "required_one_of": [("time_zone", "date")]}


DECLARATION = DateTime


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
