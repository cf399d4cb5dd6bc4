# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Performance Counters (guide 536-559)."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

BASE_COUNTERS = ("SQL Server Memory Percentage", "CPU Overall Usage", "SQL Server CPU Usage", "Disk Usage")

PERFORMANCE_COUNTERS = Page(
    "performance_counters",
    "Performance Counters",
    ("Diagnostics", "Performance Counters"),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="536-559, 1214",
    parts=(
        Section(
            "notification_settings",
            "notification settings",
            guessed=True,
            lines="554-556",
            fields=(
                Field("generate_alerts", "Generate Alerts for Monitored Performance Data", "toggle", lines="555"),
                Field("daily_summaries", "Generate Daily Summaries of Performance Data", "toggle", lines="556"),
            ),
        ),
        Section(
            "counters",
            "counters",
            guessed=True,
            anchor="add_to_list",
            lines="557-559",
            fields=(
                Field("available_counters", "additional counters", "choice", guessed=True, sole=True, lines="557"),
            ),
            buttons=(
                Button("add_to_list", "Add to List", lines="557"),
                Button("apply_updated_settings", "Apply Updated Settings", lines="559"),
            ),
        ),
        # the labels of the first one count for every counter
        Section(
            "cpu_overall_usage",
            "CPU Overall Usage",
            named=True,
            lines="540-558",
            fields=(
                Field("low", "Low", "number", lines="542"),
                Field("medium", "Medium", "number", lines="543"),
                Field("high", "High", "number", lines="544"),
                Field("threshold_duration", "Threshold Duration", "number", unit="minutes", lines="545"),
                Field("reset_threshold", "reset threshold", "number", guessed=True, lines="549, 551, 558"),
                Field(
                    "reset_duration",
                    "specified time span",
                    "number",
                    aliases=("Reset Duration",),
                    guessed=True,
                    unit="minutes",
                    lines="549, 551",
                ),
            ),
        ),
    ),
)


def counter_section(counter: str) -> Section:
    """The section of a counter, titled with its name (guide 557-558; how the page lays them out is not printed)."""
    return replace(PERFORMANCE_COUNTERS.section("cpu_overall_usage"), title=counter)
