# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > BeyondTrust Updates and its two pages (guide lines 128-195)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.model.errors import Refused
from simulator.model.updates import Package
from simulator.pages.kit import Action, Values, button, text
from simulator.pages.spec import Field, Outcome, Page, Section, Table

SITE = "Maintenance"
WHEN = ("Run updates now", "Schedule updates to run at a specific date and time")


def _versions(appliance: Any) -> list[dict[str, str]]:
    return [{"Product": product, "Version": version} for product, version in appliance.versions]


def _request_update(appliance: Any, _values: Values) -> str:
    return str(appliance.updates.request())


def _stamp(appliance: Any, second: float) -> str:
    return _american(appliance.local_time(appliance.clock.datetime(second)))


def _american(moment: datetime) -> str:
    return f"{moment.month}/{moment.day}/{moment.year} {moment:%I:%M:%S %p}"


def _shown(appliance: Any, one: Package) -> dict[str, str]:
    if one.status == "Scheduled":
        date = _american(datetime.strptime(appliance.updates.start, "%Y-%m-%d %H:%M"))
    else:
        date = _stamp(appliance, one.received if one.applied is None else one.applied)
    status = f"{one.status}: {one.said}" if one.said else one.status
    return {"Name": one.name, "Type": one.type, "Status": status, "Date": date}


def _history_row(appliance: Any, one: Package) -> dict[str, str]:
    return {"Type": one.type, "Name": one.name, "Date Applied": _stamp(appliance, one.applied or 0.0)}


def _read_schedule(appliance: Any) -> dict[str, Any]:
    local = appliance.local_time(appliance.wall_clock())
    date, _gap, time = (appliance.updates.start or f"{local:%Y-%m-%d %H:%M}").partition(" ")
    return {"when": WHEN[1] if appliance.updates.start else WHEN[0], "date": date, "time": time}


def _schedule(appliance: Any, values: Values) -> str:
    if text(values, "when") not in WHEN:
        raise Refused("Check the marked fields.", {"when": "Choose one."})
    if text(values, "when") == WHEN[0]:
        appliance.updates.run_now()
        return "The updates are being applied."
    appliance.updates.schedule(text(values, "date"), text(values, "time"))
    return f"The updates are scheduled for {appliance.updates.start}."


def _go(page: str) -> Action:
    return lambda _appliance, _values: Outcome(go_to=page)


UPDATES = Page(
    "beyondtrust_updates",
    "BeyondTrust Updates",
    (SITE, "BeyondTrust Updates"),
    (
        Section(
            "versions",
            "APPLIANCE SOFTWARE VERSIONS",
            buttons=(button("request_update", "Request Update", _request_update),),
            tables=(Table("versions", ("Product", "Version"), _versions),),
        ),
        Section(
            "updates",
            "Apply Updates",
            guessed=True,
            wordings=("Security Updates", "Updates", "Appliance Updates"),
            fields=(
                Field(
                    "ready_and_applied",
                    "updates ready to be applied and previous updates",
                    "readonly",
                    True,
                    ("Update Status", "Updates Ready to Apply", "Current Updates"),
                ),
            ),
            buttons=(
                button("view_updates", "View Updates", _go("view_updates"), writes=False),
                button("view_update_history", "View Update History", _go("update_history"), writes=False),
            ),
            read=lambda a: {"ready_and_applied": a.updates.told()},
        ),
        Section(
            "update_method",
            "Update Method",
            fields=(
                Field("update_server", "update server", "readonly", True, ("Update Server", "Server", "Updates From")),
                Field("proxy_in_use", "proxy", "readonly", True, ("Proxy", "Proxy in Use", "Proxy Server")),
                Field(
                    "appliance_updates_disabled",
                    "U-Series Appliance updates disabled",
                    "readonly",
                    True,
                    ("Appliance Updates Disabled", "Disable Appliance Updates", "Appliance Updates are Off"),
                ),
                Field(
                    "security_updates_disabled",
                    "security updates disabled",
                    "readonly",
                    True,
                    ("Security Updates Disabled", "Disable Security Updates", "Security Updates are Off"),
                ),
            ),
            buttons=(
                button(
                    "change_the_proxy_settings",
                    "Change the Proxy Settings",
                    _go("network_and_rdp_settings"),
                    kind="link",
                    writes=False,
                ),
                button(
                    "change_the_update_settings", "Change the Update Settings", _go("main"), kind="link", writes=False
                ),
            ),
            read=lambda a: {
                "appliance_updates_disabled": "Yes" if a.updates.disabled(packages=False) else "No",
                "security_updates_disabled": "Yes" if a.updates.disabled(packages=True) else "No",
                "update_server": a.roles.applied["auto_update"]["servers"],
                "proxy_in_use": "Yes"
                if a.settings.get("network_and_rdp_settings.proxy", {}).get("use_proxy")
                else "No",
            },
        ),
    ),
)
VIEW_UPDATES = Page(
    "view_updates",
    "View Updates",
    (SITE, "BeyondTrust Updates", "View Updates"),
    by_button=True,
    sections=(
        Section(
            "available",
            "available updates",
            guessed=True,
            wordings=("Available Updates", "Updates Ready to Apply", "All Available Updates"),
            fields=(
                Field("when", "Schedule Updates", "choice", choices=WHEN),
                Field("date", "date", "date", True, ("Start Date", "Run On", "Date to Run")),
                Field("time", "time", "time", True, ("Start Time", "Run At", "Time to Run")),
            ),
            buttons=(button("schedule_updates", "Schedule Updates", _schedule, ask="Apply the updates?"),),
            tables=(
                Table(
                    "updates",
                    ("Name", "Type", "Status", "Date"),
                    lambda a: [_shown(a, one) for one in a.updates.listed()],
                ),
            ),
            read=_read_schedule,
        ),
    ),
)
UPDATE_HISTORY = Page(
    "update_history",
    "View Update History",
    (SITE, "BeyondTrust Updates", "View Update History"),
    by_button=True,
    sections=(
        Section(
            "history",
            "update history",
            guessed=True,
            wordings=("Update History", "Applied Updates", "Previously Applied Updates"),
            tables=(
                Table(
                    "history",
                    ("Type", "Name", "Date Applied"),
                    lambda a: [_history_row(a, one) for one in a.updates.history()],
                ),
            ),
        ),
    ),
)
