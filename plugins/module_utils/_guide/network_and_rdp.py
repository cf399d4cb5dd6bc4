# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Network and RDP Settings (guide 435-487)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

NETWORK_AND_RDP = Page(
    "network_and_rdp_settings",
    "Network and RDP Settings",
    ("Maintenance", "Network and RDP Settings"),
    lines="435-487",
    parts=(
        Section(
            "smtp",
            "SMTP Settings",
            guessed=True,
            anchor="update_smtp",
            aliases=("Enter SMTP Server Settings", "SMTP"),
            lines="461-470",
            fields=(
                Field("enable_ssl", "Enable SSL", "checkbox", lines="465"),
                Field("address", "Address", "text", lines="466"),
                Field("port", "Port", "number", minimum=1, maximum=65535, lines="467"),
                Field("user", "User", "text", lines="468"),
                Field("password", "Password", "password", secret=True, lines="469"),
            ),
            buttons=(Button("update_smtp", "Update SMTP Settings", lines="470"),),
        ),
    ),
)
