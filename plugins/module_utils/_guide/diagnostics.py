# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site Diagnostics (guide 490-742). On a passive node only two of its tabs are shown (guide 1214)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

OWN_SQL = "the database is on the appliance itself"

HEALTH_DASHBOARD = Page(
    "health_dashboard",
    "Health Dashboard",
    ("Diagnostics",),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="494-511, 1214",
    parts=(
        Section(
            "dashboard",
            "Health Dashboard",
            guessed=True,
            lines="494-511",
            fields=(
                Field("cpu_usage", "CPU usage", "readonly", guessed=True, lines="498"),
                Field(
                    "sql_cpu_usage", "SQL Server CPU usage", "readonly", guessed=True, when=OWN_SQL, lines="499, 511"
                ),
                Field("sql_memory", "SQL Server memory", "readonly", guessed=True, when=OWN_SQL, lines="500, 511"),
                Field("used_disk_space_c", "Used disk space on the C: drive", "readonly", guessed=True, lines="501"),
                Field("services", "Services running and stopped", "readonly", guessed=True, lines="502"),
                Field("analyzer_reporting", "Analyzer reporting", "readonly", guessed=True, lines="503"),
            ),
        ),
    ),
)
#: Where health events go (guide 613-622), by the option's word.
FORWARDING = {"none": "None", "local": "Local", "remote": "Remote"}

NOTIFICATIONS = Page(
    "notifications",
    "APPLIANCE NOTIFICATIONS",
    ("Diagnostics", "Notifications"),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="562-704, 1214",
    parts=(
        Section(
            "notification_list",
            "Notifications",
            lines="684-704",
            fields=(Field("notifications", "notifications", "list", guessed=True, lines="690-704"),),
        ),
        Section(
            "event_forwarding",
            "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT",
            lines="609-652",
            fields=(
                Field(
                    "target",
                    "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT",
                    "choice",
                    sole=False,
                    choices=tuple(FORWARDING.values()),
                    lines="613-622",
                ),
                Field("address", "BeyondInsight address", "text", lines="622, 634"),
                Field("certificate", "Select Certificate To Use", "choice", lines="637-642"),
            ),
            buttons=(Button("apply_updated_settings", "Apply Updated Settings", lines="640-652"),),
        ),
    ),
)
TOOLS = Page(
    "tools",
    "Tools",
    ("Diagnostics", "Tools"),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="708-714, 1214",
    parts=(
        Section(
            "network_configuration",
            "Network Configuration",
            lines="713",
            fields=(Field("output", "IPConfig /all", "readonly", lines="713"),),
            buttons=(Button("refresh", "Refresh", lines="713"),),
        ),
        Section(
            "ping",
            "Ping",
            lines="714",
            fields=(
                Field("target", "Ping", "text", lines="714"),
                Field("output", "Ping results", "readonly", aliases=("Result", "Results"), guessed=True, lines="714"),
            ),
        ),
    ),
)
