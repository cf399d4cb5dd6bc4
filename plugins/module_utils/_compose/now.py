# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The appliance's own clock, for ages of what it dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import Moment
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

CLOCK = GENERAL_SETTINGS.section("date_and_time")


def appliance_now(console: ConsoleSurface, warn: Callable[[str], None]) -> datetime:
    """Date and time of the page General Settings.

    When its (guessed) labels are not there: the controller's clock, with a warning.
    """
    try:
        return shown_now(console)
    except UseriesError as error:
        if error.kind != "label_missing":
            raise
        warn(
            "The clock of the appliance could not be read ("
            + error.message
            + "); the controller's clock was used instead."
        )
        return datetime.fromtimestamp(Clock().wall())


def shown_now(console: ConsoleSurface) -> datetime:
    """Date and time of the page General Settings, to the minute.

    :raises UseriesError: ``label_missing`` when its (guessed) labels are not there, ``unexpected`` for an unknown form.
    """
    shown = console.read(CLOCK, ["date", "time"])
    moment = Moment.shown(shown["date"], shown["time"])
    return datetime.fromisoformat(f"{moment.date} {moment.time}")
