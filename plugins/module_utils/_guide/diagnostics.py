# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site Diagnostics (guide 490-742). On a passive node only two of its tabs are shown (guide 1214)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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
#: Captions of types of events: those of the pictures (guide 592-604), then those of the text (568-571).
NOTIFICATION_TYPES = (
    "Health Monitoring",
    "High Availability Failover",
    "High Availability Turned Off",
    "High availability monitoring",
    "High availability mirror change",
    "Backup monitoring",
)

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
            "current_user_email",
            "EMAIL ADDRESS FOR CURRENT USER",
            lines="585-588",
            fields=(Field("email", "Email address", "text", lines="587-588"),),
        ),
        Section(
            "email_notifications",
            "EMAIL NOTIFICATION SETTINGS",
            lines="573-606",
            fields=(
                Field(
                    "enabled",
                    "email notification",
                    "checkbox",
                    aliases=("Email Notifications",),
                    guessed=True,
                    sole=True,
                    lines="577",
                ),
            ),
            buttons=(
                Button(
                    "apply_updated_settings",
                    "Apply Updated Settings",
                    when="the page does not save everything with one button",
                    lines="579",
                ),
            ),
        ),
        # the button of the first one counts for every type; the users of a type are known to the page alone
        Section(
            "health_monitoring",
            "Health Monitoring",
            named=True,
            lines="566-606",
            buttons=(Button("email_these_users", "Email These Users", lines="578, 594-606"),),
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


def notification_type(caption: str, users: Iterable[str] = ()) -> Section:
    """The part of a type of events, titled with its caption, with a check box for each of these users."""
    section = NOTIFICATIONS.section("health_monitoring")
    return replace(section, title=caption, fields=tuple(Field(user, user, "checkbox") for user in users))


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
