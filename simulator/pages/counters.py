# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Performance Counters (guide lines 536-559).

The guide does not print the page: here every counter has a section of its own under its name, and one button saves all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.model.counters import ADDITIONAL, BASE, FIRST, NUMBERS
from simulator.pages.kit import Values, button, text
from simulator.pages.spec import Field, Page, Section


def _id(counter: str) -> str:
    return counter.lower().replace(" ", "_")


def _listed(counter: str) -> Callable[[Any], bool]:
    return lambda appliance: counter in appliance.counters.numbers


def _numbers(counter: str) -> Callable[[Any], dict[str, Any]]:
    return lambda appliance: dict(appliance.counters.numbers.get(counter, FIRST))


def _counter(counter: str) -> Section:
    return Section(
        _id(counter),
        counter,
        fields=(
            Field("low", "Low", "number", minimum=0),
            Field("medium", "Medium", "number", minimum=0),
            Field("high", "High", "number", minimum=0),
            Field("threshold_duration", "Threshold Duration", "number", minimum=0),
            Field(
                "reset_threshold",
                "reset threshold",
                "number",
                True,
                ("Reset Threshold", "Reset Below", "Reset Level"),
                minimum=0,
                like="cpu_overall_usage",
            ),
            Field(
                "reset_duration",
                "specified time span",
                "number",
                True,
                ("Reset Duration", "Reset Time Span", "Reset After"),
                minimum=0,
                like="cpu_overall_usage",
            ),
        ),
        read=_numbers(counter),
        available=_listed(counter),
    )


def _add(appliance: Any, values: Values) -> str:
    name = text(values, "available_counters")
    appliance.counters.add(name)
    return f"{name} was added to the list."


def _apply(appliance: Any, values: Values) -> str:
    switches = [bool(values[f"notification_settings.{one}"]) for one in ("generate_alerts", "daily_summaries")]
    numbers = {
        name: {one: values[f"{_id(name)}.{one}"] for one in NUMBERS} for name in list(appliance.counters.numbers)
    }
    appliance.counters.apply(*switches, numbers)
    return "The performance counters were saved."


COUNTERS = tuple(_counter(name) for name in (*BASE, *ADDITIONAL))
PERFORMANCE = Page(
    "performance_counters",
    "Performance Counters",
    ("Diagnostics", "Performance Counters"),
    (
        Section(
            "notification_settings",
            "notification settings",
            guessed=True,
            wordings=("Notification Settings", "Alert Settings", "Performance Notifications"),
            fields=(
                Field("generate_alerts", "Generate Alerts for Monitored Performance Data", "toggle"),
                Field("daily_summaries", "Generate Daily Summaries of Performance Data", "toggle"),
            ),
            read=lambda a: {
                "generate_alerts": a.counters.generate_alerts,
                "daily_summaries": a.counters.daily_summaries,
            },
        ),
        *COUNTERS,
        Section(
            "counters",
            "counters",
            guessed=True,
            wordings=("Monitored Counters", "Performance Counter List", "Available Counters"),
            fields=(
                Field(
                    "available_counters",
                    "additional counters",
                    "choice",
                    True,
                    ("Additional Counters", "Select a Counter", "Counter to Add"),
                    choices=lambda a: a.counters.available(),
                ),
            ),
            buttons=(
                button("add_to_list", "Add to List", _add),
                button("apply_updated_settings", "Apply Updated Settings", _apply),
            ),
            read=lambda _a: {"available_counters": ""},
            sends=("notification_settings", *(one.id for one in COUNTERS)),
        ),
    ),
    available=lambda a: a.role_endpoint() != "Passive",
)
