# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > General Settings (guide 197-230)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

GENERAL_SETTINGS = Page(
    "general_settings",
    "General Settings",
    ("Maintenance", "General Settings"),
    lines="197-230",
    parts=(
        Section(
            "date_and_time",
            "Date and Time Settings",
            guessed=True,
            anchor="set_date_and_time",
            lines="199-203",
            aliases=("Adjust Date and Time Settings", "Date and Time"),
            fields=(
                Field("time_zone", "Time Zone", "choice", guessed=True, sole=True, lines="202"),
                Field("date", "Date", "date", guessed=True, lines="202"),
                Field("time", "Time", "time", guessed=True, lines="202"),
            ),
            buttons=(Button("set_date_and_time", "Set the Date and Time Now", lines="203"),),
        ),
        Section(
            "lcd_panel",
            "LCD Panel Settings",
            guessed=True,
            anchor="update_lcd",
            when="the appliance is physical",
            lines="205-211",
            aliases=("Configure LCD Panel Settings", "LCD Panel"),
            fields=(
                Field(
                    "lcd_reset_password",
                    "Allow LCD Panel to Reset Administrator Password",
                    "toggle",
                    lines="209",
                ),
                Field("lcd_buttons", "Buttons on LCD Panel", "toggle", lines="210"),
            ),
            buttons=(Button("update_lcd", "Update LCD Panel Settings", lines="211"),),
        ),
        Section(
            "license_cache",
            "Clear the BeyondInsight License Cache",
            guessed=True,
            anchor="clear_license_cache",
            lines="213-217",
            aliases=("BeyondInsight License Cache", "License Cache"),
            buttons=(Button("clear_license_cache", "Clear BeyondInsight License Cache", lines="215"),),
        ),
        Section(
            "export_settings",
            "Export Settings",
            lines="219-225",
            fields=(
                Field(
                    "removable_storage",
                    "Allow Appliance settings to be imported and exported on removable storage",
                    "toggle",
                    lines="221, 224",
                ),
            ),
            buttons=(Button("update_export", "Update Export Settings", lines="225"),),
        ),
        Section(
            "pre_login_banner",
            "Pre-Login Banner Settings",
            guessed=True,
            anchor="update_banner",
            lines="227-230",
            aliases=("Configure Pre-Login Banner Settings", "Pre-Login Banner"),
            fields=(
                Field("title", "Title", "text", guessed=True, lines="230"),
                Field("message", "Message", "multiline", guessed=True, lines="230"),
            ),
            buttons=(Button("update_banner", "Update Pre-Login Banner Settings", guessed=True, lines="227-230"),),
        ),
    ),
)
