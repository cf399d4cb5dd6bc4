# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Appliance Health (guide 513-532)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

APPLIANCE_HEALTH = Page(
    "appliance_health",
    "Appliance Health",
    ("Diagnostics", "Appliance Health"),
    when="the node is not passive: Diagnostics then shows two tabs only",
    active_only=True,
    lines="513-532, 1214",
    parts=(
        Section(
            "alerts",
            "Monitor Services and Hardware",
            guessed=True,
            anchor="apply_updated_settings",
            lines="513-524",
            fields=(
                Field(
                    "service_state_alerts",
                    "Alerts for the running state of services",
                    "toggle",
                    aliases=("Service State Alerts",),
                    guessed=True,
                    lines="518, 524",
                ),
                Field(
                    "service_control_manager_alerts",
                    "Alerts for service control manager errors",
                    "toggle",
                    aliases=("Service Control Manager Alerts",),
                    guessed=True,
                    lines="518, 524",
                ),
                Field(
                    "hardware_alerts",
                    "Alerts for hardware",
                    "toggle",
                    aliases=("Hardware Alerts",),
                    guessed=True,
                    lines="521, 524",
                ),
            ),
            buttons=(Button("apply_updated_settings", "Apply Updated Settings", lines="524"),),
        ),
        Section(
            "services",
            "Check Services",
            guessed=True,
            aliases=("Services",),
            lines="526-532",
            fields=(Field("services", "Services", "list", guessed=True, lines="528"),),
            buttons=(
                Button("restart", "Restart the service", destructive=True, lines="530"),
                Button("start", "Start the service", destructive=True, lines="531"),
                Button("stop", "Stop the service", destructive=True, lines="532"),
            ),
        ),
    ),
)
