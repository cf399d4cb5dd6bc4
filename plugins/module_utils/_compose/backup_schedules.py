# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the weekly backup is next (guide 1312-1328)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import TODAY, parse_stamp
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import shown_now
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_SHOWN = ("label_missing", "unexpected")


def next_run(console: ConsoleSurface, schedule: Mapping[str, Any]) -> dict[str, Any]:
    """``planned`` (None when it cannot be known), ``at`` (ISO 8601 in the appliance's zone) and ``in_minutes``.

    :param schedule: ``enabled``, ``day`` (of the week, in English) and ``time`` as the console shows them.
    """
    enabled = schedule.get("enabled")
    now = _now(console) if enabled else None
    at = _next(schedule, now) if now else None
    if now is None or at is None:
        return {"planned": False if enabled is False else None, "at": None, "in_minutes": None}
    return {"planned": True, "at": at.isoformat(), "in_minutes": int((at - now).total_seconds() // 60)}


def _next(schedule: Mapping[str, Any], now: datetime) -> datetime | None:
    """The first such day and time that is not over; None when one of them is not understood."""
    day = str(schedule.get("day") or "").strip().casefold()
    hour = parse_stamp(f"{TODAY} {schedule.get('time')}")
    if hour is None or day not in DAYS:
        return None
    ahead = timedelta(days=(DAYS.index(day) - now.weekday()) % 7)
    at = datetime.combine(now.date() + ahead, hour.time())
    return at if at >= now else at + timedelta(days=7)


def _now(console: ConsoleSurface) -> datetime | None:
    """The controller's clock is no help: the schedule is in the appliance's zone."""
    try:
        return shown_now(console)
    except UseriesError as error:
        if error.kind in NOT_SHOWN:
            return None
        raise
