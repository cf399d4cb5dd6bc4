# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of Maintenance of which the guide tells little: restart (line 1113), remote database (1268-1282)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.pages.kit import Values, button, text
from simulator.pages.spec import Field, Page, Section

SITE = "Maintenance"
RESTART, SHUT_DOWN = "Restart", "Shut Down"


def _reboot(appliance: Any, values: Values) -> str:
    action = text(values, "action")
    if action not in (RESTART, SHUT_DOWN):
        raise Refused("Check the marked fields.", {"action": "Choose one."})
    appliance.schedule_shutdown(restart=action == RESTART)
    return f"{action} was scheduled."


REBOOT = Page(
    "schedule_a_reboot",
    "Schedule a Reboot",
    (SITE, "Schedule a Reboot"),
    (
        Section(
            "reboot",
            "Schedule a Reboot",
            fields=(
                Field(
                    "action",
                    "restart or shut down",
                    "choice",
                    True,
                    ("Action", "Type", "Select an Action"),
                    choices=(RESTART, SHUT_DOWN),
                ),
            ),
            buttons=(
                button(
                    "reboot",
                    "Reboot",
                    _reboot,
                    ask="Continue?",
                    guessed=True,
                    wordings=("Schedule Reboot", "Apply", "Continue"),
                ),
            ),
            read=lambda _a: {"action": RESTART},
        ),
    ),
    unprinted=True,
)
DATABASE = Page(
    "database_utilities",
    "Database Utilities",
    (SITE, "Database Utilities"),
    modelled=False,
    available=lambda a: not a.sql_free,
)
