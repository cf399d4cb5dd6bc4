# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Product updates and security update packages of one appliance (guide lines 128-195, 1812-1820).

The guide tells neither how long anything takes nor the words of progress; both are made up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

TYPES = (
    "Security Patches for Windows Server",
    "Security Patches for SQL Server",
    "U-Series Appliance Environment",
    "U-Series Appliance Supporting Software",
)
AVAILABLE, SCHEDULED, WAITING, INSTALLING = "Available", "Scheduled", "Waiting", "Installing"
FAILED, APPLIED = "Failed", "Applied"
DAY = 86400.0
PRODUCT_SECONDS, RESUME_SECONDS = 60.0, 20.0


@dataclass
class Package:
    """A package. ``received`` and ``applied`` are simulated seconds; ``restart``: it needs one."""

    name: str
    type: str
    received: float
    restart: bool = False
    status: str = AVAILABLE
    applied: float | None = None
    said: str = ""


class Updates:
    """Everything of BeyondTrust Updates.

    :ivar packages: available and applied ones, in the order of their arrival; :ivar offers: [product, version] that
    Request Update will bring; :ivar start: "YYYY-MM-DD HH:MM" of the schedule on the appliance's clock, "" without;
    :ivar running: packages are being applied; :ivar requesting: products are being updated;
    :ivar products_off, packages_off: updates are disabled (Update Method).
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        now = appliance.clock.now()
        self.packages = [
            Package("SUPI-2021-02 Windows Server", TYPES[0], now - 40 * DAY, True, APPLIED, now - 33 * DAY),
            Package("ENV-2021-02 Appliance Environment", TYPES[2], now - 40 * DAY, False, APPLIED, now - 33 * DAY),
            Package("SUPI-2021-03 Windows Server", TYPES[0], now - DAY, True),
            Package("SQL-2021-03 SQL Server", TYPES[1], now - DAY, True),
            Package("SW-2021-03 Supporting Software", TYPES[3], now - DAY),
        ]
        self.offers = [["BeyondTrust Security Management Appliance", "3.3.1.20"], ["Password Safe", "21.2.1.77"]]
        self.start = ""
        self.running = self.requesting = False
        self.products_off = self.packages_off = False
        self._event: int | None = None
        self._begins: int | None = None
        self._product: int | None = None

    # --- what is there

    def disabled(self, packages: bool) -> bool:
        """Whether product updates (or, with ``packages``, security updates) are disabled; both without the role."""
        off = self.packages_off if packages else self.products_off
        return off or not self.appliance.roles.enabled("auto_update")

    def ready(self) -> list[Package]:
        """All that are not applied."""
        return [one for one in self.packages if one.status != APPLIED]

    def listed(self) -> list[Package]:
        """What View Updates shows: ready to apply, and applied in the last 24 hours (line 176)."""
        since = self.appliance.clock.now() - DAY
        return [one for one in self.packages if one.applied is None or one.applied > since]

    def history(self) -> list[Package]:
        """Applied ones by type, the newest first (line 189)."""
        done = [one for one in self.packages if one.applied is not None]
        return sorted(done, key=lambda one: (TYPES.index(one.type), -(one.applied or 0.0)))

    def told(self) -> str:
        """The details on the page itself (line 175)."""
        if self.requesting:
            return "A product update is in progress."
        ready = self.ready()
        if self.running:
            left = sum(one.status in (WAITING, INSTALLING) for one in ready)
            return f"Updates are being applied; {left} are left."
        plan = f" A run is scheduled for {self.start}." if self.start else ""
        return f"{len(ready)} updates are ready to be applied.{plan}"

    # --- what arrives from outside

    def receive(self, name: str, type: str = TYPES[0], restart: bool = False) -> None:
        """A package arrives; a run under way and a schedule do not include it."""
        self.packages.append(Package(name, type, self.appliance.clock.now(), restart))

    def take_away(self) -> None:
        """Nothing is ready to be applied."""
        self.packages = [one for one in self.packages if one.applied is not None]

    def offer(self, offers: list[list[str]]) -> None:
        """What the next Request Update will bring."""
        self.offers = [list(row) for row in offers]

    def disable(self, products: bool, packages: bool) -> None:
        """Update Method."""
        self.products_off, self.packages_off = products, packages

    # --- products

    def request(self) -> str:
        """Request Update; returns what the console says."""
        if self.disabled(packages=False):
            raise Refused("U-Series Appliance updates are disabled.")
        if not self.appliance.database_accessible():
            raise Refused("The database is not accessible on this node: a passive node cannot be updated.")
        if self.requesting:
            raise Refused("A product update is in progress.")
        if not self.offers:
            return "All products are up to date."
        self.requesting = True
        self._product = self.appliance.clock.schedule(PRODUCT_SECONDS, self._product_updated)
        return "The update was started."

    def _product_updated(self) -> None:
        self._product = None
        fault = self.appliance.take_fault("update_products")
        if fault:
            self.requesting = False
            self.appliance.notify("High", f"The product update failed: {fault}")
            return
        product, version = self.offers.pop(0)
        for row in self.appliance.versions:
            if row[0] == product:
                row[1] = version
        if self.offers:
            self._product = self.appliance.clock.schedule(PRODUCT_SECONDS, self._product_updated)
        else:
            self.requesting = False
            self.appliance.notify("Info", "The product update is complete.")

    def bring_everything(self) -> None:
        """What Update Appliance.bat does (line 1580): everything is up to date."""
        for product, version in self.offers:
            for row in self.appliance.versions:
                row[1] = version if row[0] == product else row[1]
        self.offers = []
        for one in self.ready():
            one.status, one.applied = APPLIED, self.appliance.clock.now()

    # --- packages

    def _may_begin(self) -> list[Package]:
        if self.disabled(packages=True):
            raise Refused("Security updates are disabled.")
        if self.running:
            raise Refused("Updates are being applied. Wait until they are complete.")
        ready = self.ready()
        if not ready:
            raise Refused("There are no updates to apply.")
        return ready

    def run_now(self) -> None:
        """Run updates now: all that are ready, also those that failed or are scheduled."""
        self._begin(self._may_begin())

    def schedule(self, date: str, time: str) -> None:
        """Schedule updates: the set is that of this moment; an earlier schedule is replaced."""
        ready = self._may_begin()
        try:
            start = datetime.strptime(f"{date} {':'.join(time.split(':')[:2])}", "%Y-%m-%d %H:%M")
        except ValueError:
            problem = {"date": "Enter a date.", "time": "Enter a time."}
            raise Refused("Check the marked fields.", problem) from None
        delay = (start - self.appliance.local_time(self.appliance.wall_clock())).total_seconds()
        if delay <= 0:
            raise Refused("Check the marked fields.", {"date": "The date is in the past."})
        self.appliance.clock.cancel(self._begins)
        for one in ready:
            one.status, one.said = SCHEDULED, ""
        self.start = f"{start:%Y-%m-%d %H:%M}"
        self._begins = self.appliance.clock.schedule(delay, self._due)

    def _due(self) -> None:
        self._begins = None
        if self.appliance.booted:
            self._begin([one for one in self.packages if one.status == SCHEDULED])

    def _begin(self, chosen: list[Package]) -> None:
        self.appliance.clock.cancel(self._begins)
        self._begins, self.start = None, ""
        for one in self.ready():
            one.status, one.said = (WAITING, "") if one in chosen else (one.status, one.said)
        self.running = True
        self._install_next()

    def _install_next(self) -> None:
        self._event = None
        waiting = next((one for one in self.packages if one.status == WAITING), None)
        if waiting is None:
            self.running = False
            self.appliance.notify("Info", "All updates have been processed.")
            return
        waiting.status = INSTALLING
        self._event = self.appliance.clock.schedule(float(self.appliance.rng.randrange(40, 121)), self._installed)

    def _installed(self) -> None:
        self._event = None
        one = next(one for one in self.packages if one.status == INSTALLING)
        fault = self.appliance.take_fault("install_update")
        if fault:
            one.status, one.said = FAILED, fault
            self.appliance.notify("High", f"The update {one.name} failed: {fault}")
        else:
            one.status, one.applied = APPLIED, self.appliance.clock.now()
        if one.restart and not fault:
            self.appliance.restart(graceful=True)  # the run goes on in booted()
        else:
            self._install_next()

    # --- down and up

    def interrupted(self) -> None:
        """The appliance goes down: nothing runs, nothing is forgotten."""
        for event in (self._event, self._product):
            self.appliance.clock.cancel(event)
        self._event = self._product = None
        for one in self.packages:
            one.status = WAITING if one.status == INSTALLING else one.status

    def booted(self) -> None:
        """Up again: the process resumes without intervention (line 1817)."""
        if self.requesting:
            self._product = self.appliance.clock.schedule(PRODUCT_SECONDS, self._product_updated)
        if self.running:
            self._event = self.appliance.clock.schedule(RESUME_SECONDS, self._install_next)
        elif self.start and self._begins is None:
            self._due()
