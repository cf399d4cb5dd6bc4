# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the model says no."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """The appliance does not do it; the message is what the console shows.

    :param fields: field id -> sentence shown beside the field.
    :param details: text behind Show/Hide Results.
    """

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})
        self.details = details


class NotModelled(Refused):
    """The real appliance may do it; this simulator does not know how, and says so."""

    def __init__(self, what: str) -> None:
        super().__init__(f"not modelled by the simulator: {what}")
