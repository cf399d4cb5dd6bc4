#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: performance_counters
short_description: Set alerts, list and thresholds of the performance counters
version_added: 0.1.0
description:
  - Sets the page Performance Counters of the site Diagnostics. Everything is saved at once.
  - Only what is given is compared and changed; counters that are not named stay as they are.
  - The guide does not describe how a counter is removed, so this module removes none.
author:
  - The useries.appliance authors (@useries)
options:
  alerts:
    description:
      - Whether an e-mail is sent when a threshold is exceeded.
    type: bool
  daily_summaries:
    description:
      - Whether the numbers are collected and sent by e-mail once a day.
    type: bool
  counters:
    description:
      - The counters to set. One that is not in the list yet is added, when the page offers it.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the counter as the page shows it.
        type: str
        required: true
      low:
        description:
          - Average above which a low alert is sent, in the counter's own unit. It must be below O(counters[].medium).
          - The base counters are percentages, 0 to 100.
        type: int
      medium:
        description:
          - Average above which a medium alert is sent. It must be below O(counters[].high).
        type: int
      high:
        description:
          - Average above which a high alert is sent.
        type: int
      threshold_duration:
        description:
          - Minutes over which the average is taken.
        type: int
      reset_threshold:
        description:
          - Average below which an alert is cleared. It must be below O(counters[].low).
        type: int
      reset_duration:
        description:
          - Minutes for which the average must be below O(counters[].reset_threshold).
        type: int
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.performance_counters_info
    description: Shows the counters, and those that can be added.
"""

EXAMPLES = r"""
- name: An alert when the processor is busy for too long
  useries.appliance.performance_counters:
    alerts: true
    counters:
      - name: CPU Overall Usage
        low: 50
        medium: 65
        high: 70
        threshold_duration: 10
        reset_threshold: 45
        reset_duration: 5

- name: A summary every day
  useries.appliance.performance_counters:
    daily_summaries: true
"""

RETURN = r"""
settings:
  description: What was given, read back; of every counter named all numbers that the page has.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.counters import NUMBERS
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.performance_counters import (
    WatchCounters,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class PerformanceCounters(WatchCounters):
    """Guide 536-559."""

    options: ClassVar = {
        "counters": {
            "type": "list",
            "elements": "dict",
            "options": {"name": {"type": "str", "required": True}, **{name: {"type": "int"} for name in NUMBERS}},
        },
    }
    constraints: ClassVar = {"required_one_of": [("alerts", "daily_summaries", "counters")]}


DECLARATION = PerformanceCounters


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
