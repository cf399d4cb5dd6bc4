# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Appliance Logs (guide lines 716-742)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.model.storage import open_folder
from simulator.pages.kit import DAYS, Values, button, stored, text
from simulator.pages.spec import Field, Page

KEY = "appliance_logs.log_file_export"
INTERVAL, DAILY = "Designated Interval", "Once a day"
LOWEST = 10


def _folder(appliance: Any, values: Values) -> dict[str, bytes]:
    if values.get("nfs"):
        return open_folder(appliance, text(values, "path"))
    return open_folder(appliance, text(values, "path"), text(values, "username"), text(values, "password"))


def _check(_appliance: Any, new: dict[str, Any]) -> None:
    if not new["enabled"]:
        return
    if text(new, "path")[1:2] == ":" or not text(new, "path"):
        raise Refused("Check the marked fields.", {"path": "The log file cannot be saved on the appliance."})
    if new["schedule"] == INTERVAL and int(new["interval"]) < LOWEST:
        raise Refused("Check the marked fields.", {"interval": "The lowest interval is 10 minutes."})


def _test(appliance: Any, values: Values) -> str:
    _folder(appliance, values)
    return "The share can be reached."


def _export(appliance: Any, _values: Values) -> str:
    kept = appliance.settings.get(KEY, {})
    if not kept.get("enabled"):
        raise Refused("Set up log export first.")
    files = _folder(appliance, kept)
    name = f"{appliance.network_name}-logs-{len(files) + 1}.zip"
    files[name] = b"logs"
    return f"The log file {name} was saved."


EXPORT = stored(
    KEY,
    "Log File Export",
    (
        Field("enabled", "Log File Export", "toggle", True, ("Export Log Files", "Enable Log Export", "Log Export")),
        Field("path", "path", "text", True, ("Network Path", "Share Path", "Export Path")),
        Field("username", "username", "text", True, ("User Name", "Share Username", "Account")),
        Field(
            "password", "password", "password", True, ("Share Password", "Account Password", "Passphrase"), secret=True
        ),
        Field("nfs", "Network path is an NFS Network Resource", "toggle", states=("Yes", "No")),
        Field(
            "schedule",
            "scheduling information",
            "choice",
            True,
            ("Schedule", "Export Schedule", "When to Export"),
            choices=(INTERVAL, DAILY),
        ),
        Field("interval", "Designated Interval", "number", minimum=1),
        Field("day", "day of the week", "day", True, ("Day", "Export Day", "Week Day"), choices=DAYS),
        Field("time", "time", "time", True, ("Export Time", "Start Time", "Time of Day")),
    ),
    ("set_log_export", "Set Log Export Settings"),
    {
        "enabled": False,
        "path": "",
        "username": "",
        "password": "",
        "nfs": False,
        "schedule": INTERVAL,
        "interval": 20,
        "day": "Sunday",
        "time": "02:00",
    },
    "The log export settings were saved.",
    _check,
    more_buttons=(
        button(
            "test", "test", _test, guessed=True, wordings=("Test Connection", "Test Share", "Test Path"), writes=False
        ),
        button("export_log_now", "Export Log Now", _export),
    ),
)
PAGE = Page(
    "appliance_logs",
    "Appliance Logs",
    ("Diagnostics", "Appliance Logs"),
    (EXPORT,),
    available=lambda appliance: appliance.role_endpoint() != "Passive",
)
