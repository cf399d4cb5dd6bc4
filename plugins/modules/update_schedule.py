#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: update_schedule
short_description: Schedule the available updates for a date and time
version_added: 0.1.0
description:
  - Schedules all update packages that are available now, once, for a date and time.
  - A package that arrives later is not part of the schedule. When the task runs again, it names such packages in a
    warning and makes a new schedule with them.
  - When the schedule is there and no available package is outside of it, or when no update is available, nothing is
    done.
  - The appliance restarts by itself at that time when a package needs it. On a mirrored pair that can cause a
    failover.
  - The guide does not say how a schedule is taken back. Do it in the console.
author:
  - The useries.appliance authors (@useries)
options:
  date:
    description:
      - Date in the form C(YYYY-MM-DD), by the appliance's own clock.
    type: str
    required: true
  time:
    description:
      - Time in the form C(HH:MM), 24 hours, by the appliance's own clock.
    type: str
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.product_update
  - module: useries.appliance.product_update_info
"""

EXAMPLES = r"""
- name: Updates in the next maintenance window
  useries.appliance.update_schedule:
    date: "2099-11-29"
    time: "02:00"
"""

RETURN = r"""
schedule:
  description: The schedule read back.
  returned: success
  type: dict
  contains:
    date:
      description: Its date; null without a schedule.
      type: str
    time:
      description: Its time; null without a schedule.
      type: str
    packages:
      description: Names of the packages in it.
      type: list
      elements: str
    not_included:
      description: Names of available packages outside of it.
      type: list
      elements: str
"""

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.update_schedule import (
    ScheduleUpdates,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class UpdateSchedule(ScheduleUpdates):
    """Guide 176-179, 1816, 1862."""

    returns = "schedule"


DECLARATION = UpdateSchedule


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
