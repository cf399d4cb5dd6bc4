# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance counters (guide lines 536-559): which are watched, and the numbers of each.

The guide prints four base counters and the numbers of one example; further counters and all other numbers are made up.
Nobody watches them here: no alert comes of a counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model.errors import Refused

BASE = ("SQL Server Memory Percentage", "CPU Overall Usage", "SQL Server CPU Usage", "Disk Usage")
ADDITIONAL = ("Memory Usage", "Disk Queue Length", "Network Utilization")
NUMBERS = ("low", "medium", "high", "threshold_duration", "reset_threshold", "reset_duration")
FIRST = {"low": 60, "medium": 75, "high": 90, "threshold_duration": 15, "reset_threshold": 50, "reset_duration": 5}


class Counters:
    """The list of counters with their numbers, and the two switches."""

    def __init__(self) -> None:
        self.generate_alerts = False
        self.daily_summaries = False
        self.numbers: dict[str, dict[str, int]] = {name: dict(FIRST) for name in BASE}

    def available(self) -> tuple[str, ...]:
        """Those that may be added."""
        return tuple(name for name in ADDITIONAL if name not in self.numbers)

    def add(self, name: str) -> None:
        """Add to List (line 557)."""
        if name not in self.available():
            raise Refused("Check the marked fields.", {"available_counters": "Choose a counter."})
        self.numbers[name] = dict(FIRST)

    def apply(self, alerts: bool, summaries: bool, numbers: Mapping[str, Mapping[str, Any]]) -> None:
        """Apply Updated Settings (line 559): all or nothing."""
        for name, own in numbers.items():
            self._look_at(name, own)
        self.generate_alerts, self.daily_summaries = alerts, summaries
        for name, own in numbers.items():
            self.numbers[name] = {one: int(own[one]) for one in NUMBERS}

    @staticmethod
    def _look_at(name: str, own: Mapping[str, Any]) -> None:
        lacking = [one for one in NUMBERS if own.get(one) is None]
        if lacking:
            raise Refused(f"{name}: enter every number.")
        if not own["low"] < own["medium"] < own["high"]:
            raise Refused(f"{name}: the thresholds must rise from low to high.")
        if own["reset_threshold"] >= own["low"]:
            raise Refused(f"{name}: the reset threshold must be below the low one.")
