# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all commands of the simulated PowerShell share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Enumerated:
    """A value of an enumeration: ``ConvertTo-Json`` prints the number, everything else the name."""

    name: str
    number: int


class Complaint(Exception):
    """An error record: message, category and FullyQualifiedErrorId as PowerShell prints them."""

    def __init__(self, command: str, message: str, category: str, identifier: str) -> None:
        super().__init__(message)
        self.command = command
        self.message = message
        self.category = category
        self.identifier = identifier
