# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets e-mail about what (guide lines 562-606).

The guide shows three captions of types and describes two more, and two users with their suffixes; a third user is made
up. No mail is sent here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.model.errors import Refused

TYPES = (
    "Health Monitoring",
    "High Availability Failover",
    "High Availability Turned Off",
    "High Availability Mirror Change",
    "Backup Monitoring",
)
USERS = ("btadmin (BI User)", "btadmin (UVM User)", "auditor (BI User)")


class Mail:
    """The switch, the address of the user who is signed in, and the users of each type.

    ``opened``: types whose users are on the page, with ``world.users_on_demand``.
    """

    def __init__(self) -> None:
        self.enabled = False
        self.email = ""
        self.recipients: dict[str, list[str]] = {name: [] for name in TYPES}
        self.opened: set[str] = set()

    def apply(self, enabled: bool, email: str, recipients: Mapping[str, Sequence[str]]) -> None:
        """Apply Updated Settings (line 579): all or nothing."""
        name, at, host = email.strip().partition("@")
        if email.strip() and not (name and at and host):
            raise Refused("Check the marked fields.", {"current_user_email.email": "Enter an e-mail address."})
        self.enabled, self.email = enabled, email.strip()
        self.recipients = {one: list(recipients[one]) for one in TYPES}
        self.opened.clear()
