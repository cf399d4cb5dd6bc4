# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > General Settings (guide lines 197-230)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from simulator.model.errors import Refused
from simulator.model.identity import TIME_ZONES
from simulator.pages.kit import Values, button, stored, text
from simulator.pages.spec import Field, Page, Section

TOLERANCE = 1.0
VIRTUAL = "U-Series v20"


def _read_clock(appliance: Any) -> dict[str, Any]:
    local = appliance.local_time(appliance.wall_clock())
    return {"time_zone": appliance.time_zone, "date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M:%S}"}


def _parse(day: str, clock: str) -> datetime:
    for day_format in ("%Y-%m-%d", "%m/%d/%Y"):
        for clock_format in ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"):
            try:
                return datetime.strptime(f"{day} {clock}", f"{day_format} {clock_format}")
            except ValueError:
                continue
    raise Refused("Check the marked fields.", {"date": "Enter a date.", "time": "Enter a time."})


def _set_clock(appliance: Any, values: Values) -> str:
    zone = text(values, "time_zone")
    if zone not in TIME_ZONES:
        raise Refused("Check the marked fields.", {"time_zone": "Choose a time zone."})
    wanted = _parse(text(values, "date"), text(values, "time"))
    shown = appliance.local_time(appliance.wall_clock())
    new_zone = zone != appliance.time_zone
    appliance.time_zone = zone
    typed = abs((wanted - shown).total_seconds())
    if new_zone and typed < 120:
        return "The time zone was set."
    moment = wanted.replace(tzinfo=timezone.utc) - timedelta(hours=TIME_ZONES[zone])
    appliance.clock_offset += (moment - appliance.wall_clock()).total_seconds()
    return "The date and time were set."


def _clear_cache(appliance: Any, _values: Values) -> str:
    appliance.licensed |= appliance.newly_licensed
    appliance.newly_licensed = set()
    appliance.notify("Info", "The BeyondInsight license cache was cleared.")
    return "The BeyondInsight license cache was cleared."


def _read_banner(appliance: Any) -> dict[str, Any]:
    return {"title": appliance.banner[0], "message": appliance.banner[1]}


def _set_banner(appliance: Any, values: Values) -> str:
    appliance.banner = (text(values, "title").strip(), text(values, "message").strip())
    return "The pre-login banner was saved."


DATE_AND_TIME = Section(
    "date_and_time",
    "Date and Time Settings",
    guessed=True,
    wordings=("Adjust Date and Time", "Date and Time", "System Date and Time"),
    fields=(
        Field(
            "time_zone",
            "time zone",
            "choice",
            True,
            ("Time Zone", "Select Time Zone", "Server Time Zone"),
            choices=tuple(TIME_ZONES),
        ),
        Field("date", "date", "date", True, ("Current Date", "System Date", "Server Date")),
        Field("time", "time", "time", True, ("Current Time", "System Time", "Server Time")),
    ),
    buttons=(button("set_date_and_time", "Set the Date and Time Now", _set_clock),),
    read=_read_clock,
)
LCD_PANEL = stored(
    "general_settings.lcd_panel",
    "LCD Panel Settings",
    (
        Field("lcd_reset_password", "Allow LCD Panel to Reset Administrator Password", "toggle", states=("Yes", "No")),
        Field("lcd_buttons", "Buttons on LCD Panel", "toggle", states=("Enabled", "Disabled")),
    ),
    ("update_lcd", "Update LCD Panel Settings"),
    {"lcd_reset_password": True, "lcd_buttons": True},
    "The LCD panel settings were updated.",
    guessed=True,
    wordings=("Configure LCD Panel", "LCD Panel", "LCD Panel Options"),
    available=lambda appliance: appliance.model != VIRTUAL,  # only a physical one has a panel
)
LICENSE_CACHE = Section(
    "license_cache",
    "Clear the BeyondInsight License Cache",
    guessed=True,
    wordings=("License Cache", "BeyondInsight License", "BeyondInsight Licensing"),
    buttons=(button("clear_license_cache", "Clear BeyondInsight License Cache", _clear_cache),),
)
EXPORT_SETTINGS = stored(
    "general_settings.export_settings",
    "Export Settings",
    (
        Field(
            "removable_storage",
            "Allow Appliance settings to be imported and exported on removable storage",
            "toggle",
            states=("Yes", "No"),
        ),
    ),
    ("update_export", "Update Export Settings"),
    {"removable_storage": False},
    "The export settings were updated.",
)
BANNER = Section(
    "pre_login_banner",
    "Pre-Login Banner Settings",
    guessed=True,
    wordings=("Pre-Login Banner", "Login Banner", "Configure Pre-Login Banner"),
    fields=(
        Field("title", "title", "text", True, ("Banner Title", "Title Text", "Heading")),
        Field("message", "message", "multiline", True, ("Banner Message", "Message Text", "Banner Text")),
    ),
    buttons=(
        button(
            "update_banner",
            "Update Pre-Login Banner Settings",
            _set_banner,
            guessed=True,
            wordings=("Update Banner", "Save Banner Settings", "Update Pre-Login Banner"),
        ),
    ),
    read=_read_banner,
)
PAGE = Page(
    "general_settings",
    "General Settings",
    ("Maintenance", "General Settings"),
    (DATE_AND_TIME, LCD_PANEL, LICENSE_CACHE, EXPORT_SETTINGS, BANNER),
)
