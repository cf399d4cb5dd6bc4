# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Schedule a Reboot (guide 1098, 1113), of which the guide prints the name and nothing else.

All labels are guesses that are never used: the page is ``unprinted``, so its labels have to be named by the user.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

REBOOT = Page(
    "schedule_a_reboot",
    "Schedule a Reboot",
    ("Maintenance", "Schedule a Reboot"),
    unprinted=True,
    lines="1113",
    parts=(
        Section(
            "reboot",
            "Schedule a Reboot",
            lines="1113",
            fields=(Field("action", "restart or shut down", "choice", guessed=True, lines="1113"),),
            buttons=(Button("reboot", "Reboot", guessed=True, destructive=True, lines="1098, 1113"),),
        ),
    ),
)
