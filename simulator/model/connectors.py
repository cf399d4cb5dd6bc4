# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connectors of BeyondInsight (guide lines 662-680)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.model.errors import Refused

SYSLOG = "Syslog Event Forwarding"
ALL = "All"


@dataclass
class Connector:
    """One connector. :param kind: the entry that was chosen to make it; of others than SYSLOG only this is modelled."""

    address: str = ""
    protocol: str = ""
    facility: str = ""
    appliance_health: bool = False
    severity: str = ALL
    name: str = ""
    kind: str = SYSLOG


class Connectors:
    """Those that there are.

    :ivar form: "" closed, ``choose`` the kinds are offered, ``new``, else the number of the connector that is shown.
    """

    def __init__(self) -> None:
        self.entries: list[Connector] = []
        self.form = ""

    def add(self, values: Mapping[str, Any]) -> None:
        """Another one, made by somebody."""
        self.entries.append(Connector(**values))

    def shown(self) -> Connector | None:
        """The one that the form is about: a blank one while a new one is made."""
        if self.form == "new":
            return Connector()
        return self.entries[int(self.form)] if self.form.isdigit() else None

    def save(self, connector: Connector) -> None:
        """Keep what was filled in.

        :raises Refused: when something is missing.
        """
        missing = [name for name in ("address", "protocol", "facility") if not getattr(connector, name)]
        if missing:
            raise Refused("Check the marked fields.", dict.fromkeys(missing, "This field is required."))
        if self.form == "new":
            self.entries.append(connector)
        else:
            self.entries[int(self.form)] = connector
        self.form = ""
