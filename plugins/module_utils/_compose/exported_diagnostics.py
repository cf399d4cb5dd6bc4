# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail, forwarding and log export, as options of the modules that set them (guide 562-652, 716-736)."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.mail import read_page
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import TODAY, Moment
from ansible_collections.useries.appliance.plugins.module_utils._guide.appliance_logs import APPLIANCE_LOGS, SCHEDULES
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import FORWARDING, NOTIFICATIONS

FORWARD = NOTIFICATIONS.section("event_forwarding")
EXPORT = APPLIANCE_LOGS.section("log_file_export")


def log_options(console: ConsoleSurface) -> dict[str, Any] | None:
    """How the logs are exported; only the switch while they are not."""
    if console.refuses(APPLIANCE_LOGS) or not console.reaches(APPLIANCE_LOGS):
        return None
    values = console.read(EXPORT, [one.id for one in EXPORT.fields if not one.secret], fresh=False)
    if not values["enabled"]:
        return {"enabled": False}
    kept = {"enabled": True, "path": values["path"], "nfs": values["nfs"]}
    if not values["nfs"]:
        kept["share_username"] = values["username"]
    if values["schedule"] == SCHEDULES["interval"]:
        return {**kept, "interval": values["interval"]}
    return {**kept, "day": values["day"], "time": Moment.shown(TODAY, values["time"]).time}


def forwarding_options(console: ConsoleSurface) -> dict[str, Any] | None:
    """Where health events are forwarded to."""
    if console.refuses(NOTIFICATIONS) or not console.reaches(NOTIFICATIONS) or not console.has(FORWARD):
        return None
    values = console.read(FORWARD, ["target", "address", "certificate"], fresh=False)
    target = next((word for word, text in FORWARDING.items() if text == values["target"]), None)
    if target is None:
        return None
    return {**values, "target": target} if target == "remote" else {"target": target}


def mail_options(console: ConsoleSurface) -> dict[str, Any] | None:
    """Who gets mail about what; without an address that is not set, and without what the page does not show."""
    if console.refuses(NOTIFICATIONS) or not console.reaches(NOTIFICATIONS):
        return None
    page = read_page(console)
    types = [{"name": one.name, "users": one.chosen()} for one in page["types"]]
    enabled = {} if page["enabled"] is None else {"enabled": page["enabled"]}
    email = {"email": page["email"]} if page["email"] else {}
    return {**enabled, **email, **({"types": types} if types else {})} or None
