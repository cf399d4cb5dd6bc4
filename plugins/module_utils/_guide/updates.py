# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > BeyondTrust Updates with View Updates and View Update History (guide 128-195, 1812-1820, 1857-1865)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

#: Types of security update packages (subscriptions), each with the words that tell it; they stand in other spellings on
#: the pages of the guide (167-170, 1805-1808).
PACKAGE_TYPES = {
    "Security Patches for Windows Server": ("windows",),
    "Security Patches for SQL Server": ("sql",),
    "U-Series Appliance Environment": ("environment",),
    "U-Series Appliance Supporting Software": ("supporting software",),
}
#: The row of the list of versions that stands for the appliance itself (guide 134-147).
APPLIANCE_PRODUCT = "BeyondTrust Security Management Appliance"

NOW, LATER = "Run updates now", "Schedule updates to run at a specific date and time"
MENU = ("Maintenance", "BeyondTrust Updates")

BEYONDTRUST_UPDATES = Page(
    "beyondtrust_updates",
    "BeyondTrust Updates",
    MENU,
    lines="128-195",
    parts=(
        Section(
            "versions",
            "APPLIANCE SOFTWARE VERSIONS",
            lines="130-149",
            fields=(Field("versions", "APPLIANCE SOFTWARE VERSIONS", "list", lines="134-147"),),
            buttons=(Button("request_update", "Request Update", lines="132, 149"),),
        ),
        Section(
            "updates",
            "Apply Updates",
            guessed=True,
            anchor="view_updates",
            lines="172-176, 185-189",
            fields=(
                Field(
                    "ready_and_applied",
                    "updates ready to be applied and previous updates",
                    "readonly",
                    guessed=True,
                    sole=True,
                    lines="175, 188",
                ),
            ),
            buttons=(
                Button("view_updates", "View Updates", lines="176, 1814, 1859"),
                Button("view_update_history", "View Update History", lines="189"),
            ),
        ),
        Section(
            "update_method",
            "Update Method",
            lines="191-195",
            fields=(
                Field(
                    "update_server",
                    "update server",
                    "readonly",
                    guessed=True,
                    aliases=("Server",),
                    lines="193",
                ),
                Field(
                    "proxy_in_use", "proxy", "readonly", guessed=True, aliases=("Proxy", "Proxy Server"), lines="193"
                ),
                Field(
                    "appliance_updates_disabled",
                    "U-Series Appliance updates disabled",
                    "readonly",
                    guessed=True,
                    aliases=("Appliance Updates Disabled",),
                    lines="193",
                ),
                Field(
                    "security_updates_disabled",
                    "security updates disabled",
                    "readonly",
                    guessed=True,
                    aliases=("Security Updates Disabled",),
                    lines="193",
                ),
            ),
            buttons=(
                Button("change_the_proxy_settings", "Change the Proxy Settings", lines="195"),
                Button("change_the_update_settings", "Change the Update Settings", lines="195"),
            ),
        ),
    ),
)
VIEW_UPDATES = Page(
    "view_updates",
    "View Updates",
    (*MENU, "View Updates"),
    lines="176-183, 1812-1820, 1857-1865",
    parts=(
        Section(
            "available",
            "Available Updates",
            guessed=True,
            anchor="schedule_updates",
            lines="176-183",
            fields=(
                Field("updates", "Available Updates", "list", guessed=True, lines="176, 1820, 1865"),
                Field("when", "Schedule Updates", "choice", choices=(NOW, LATER), sole=True, lines="177-179"),
                Field("date", "Date", "date", guessed=True, sole=True, lines="179"),
                Field("time", "Time", "time", guessed=True, sole=True, lines="179"),
            ),
            buttons=(Button("schedule_updates", "Schedule Updates", lines="177-183, 1815-1820"),),
        ),
    ),
)
UPDATE_HISTORY = Page(
    "update_history",
    "View Update History",
    (*MENU, "View Update History"),
    lines="185-189",
    parts=(
        Section(
            "history",
            "Update History",
            guessed=True,
            lines="189",
            fields=(Field("history", "Update History", "list", guessed=True, sole=True, lines="189"),),
        ),
    ),
)
