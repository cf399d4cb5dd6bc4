# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows services of one appliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

RUNNING, STOPPED = "Running", "Stopped"
WEB = "W3SVC"
STANDBY_STOPS = frozenset(
    {
        "BeyondInsight AppBus Service",
        "BeyondInsight Omniworker",
        "BeyondTrust Event Server",
        "BeyondTrust Discovery Scanner",
        "Password Safe Web Portal",
        "Password Safe Session Monitoring",
    }
)
"""Services that do not run on a passive node or on a waiting cold spare."""


class Services:
    """States of the services by name: "Running" or "Stopped"."""

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.states: dict[str, str] = {}
        self._held: set[str] = set()  # stopped by somebody, or not come up; until started by hand or with Windows
        self.settle()

    def wanted(self) -> dict[str, bool]:
        """Every service and whether roles and mirroring call for it."""
        standby = self.appliance.standby()
        return {
            name: on and not (standby and name in STANDBY_STOPS) for name, on in self.appliance.roles.services().items()
        }

    def settle(self) -> None:
        """Bring every service into the wanted state, but for those that somebody stopped."""
        self.states = {
            name: RUNNING if on and name not in self._held else STOPPED for name, on in self.wanted().items()
        }

    def started(self) -> None:
        """At the start of Windows; the fault ``start_service`` names one that does not come up."""
        self._held.clear()
        self.settle()
        missing = self.appliance.take_fault("start_service")
        if missing:
            self.set(missing, STOPPED)

    def set(self, name: str, state: str) -> None:
        """Start or stop one service."""
        if name not in self.states:
            raise Refused(f"There is no service named {name}.")
        self.states[name] = state
        if state == STOPPED:
            self._held.add(name)
        else:
            self._held.discard(name)
        if state == STOPPED and self.wanted()[name]:
            self.appliance.notify("High", f"The service {name} is not running.")
