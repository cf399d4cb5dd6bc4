# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Appliance Logs (guide 716-742)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

#: When the log file is exported (guide 734-735), by the option that sets it.
SCHEDULES = {"interval": "Designated Interval", "time": "Once a day"}
LOWEST_INTERVAL = 10  # minutes (guide 734)

APPLIANCE_LOGS = Page(
    "appliance_logs",
    "Appliance Logs",
    ("Diagnostics", "Appliance Logs"),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="716-742",
    parts=(
        Section(
            "log_file_export",
            "Log File Export",
            lines="716-742",
            anchor="set_log_export",
            fields=(
                Field("enabled", "Log File Export", "toggle", guessed=True, sole=False, lines="725"),
                Field("path", "Path", "text", guessed=True, aliases=("Network Path", "Share Path"), lines="726-727"),
                Field("username", "Username", "text", guessed=True, aliases=("User Name",), lines="728-730"),
                Field("password", "Password", "password", guessed=True, secret=True, sole=True, lines="726"),
                Field("nfs", "Network path is an NFS Network Resource", "toggle", lines="732"),
                Field(
                    "schedule",
                    "Scheduling Information",
                    "choice",
                    guessed=True,
                    aliases=("Schedule",),
                    choices=tuple(SCHEDULES.values()),
                    lines="733-735",
                ),
                Field(
                    "interval",
                    "Designated Interval",
                    "number",
                    minimum=LOWEST_INTERVAL,
                    unit="minutes",
                    lines="734",
                ),
                Field("day", "Day of the Week", "day", guessed=True, aliases=("Day",), lines="735"),
                Field("time", "Time", "time", guessed=True, lines="735"),
            ),
            buttons=(
                Button("test", "Test", guessed=True, aliases=("Test Connection", "Test Share"), lines="731"),
                Button("set_log_export", "Set Log Export Settings", lines="736"),
                Button("export_log_now", "Export Log Now", lines="740"),
            ),
        ),
    ),
)
