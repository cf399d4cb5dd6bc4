# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondTrust Updater of one appliance (guide lines 1803-1826, 1848-1871).

The guide says that subscriptions are locked or not, that a download may stop without another one starting (1811), and
that products are installed from here (1821). Everything else is made up: the names of packages, how long anything
takes, the words of progress, that what was downloaded is then listed under View Updates, that the products are those
that Request Update would bring too, and that the appliance's own software recommends a restart (1788).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.model.errors import Refused
from simulator.model.updates import TYPES

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

WINDOWS, SQL = "Security Patches for Windows Server 2016", "Security Patches for SQL 2016"
ENVIRONMENT, SUPPORTING = "U-Series 2016 Environment", "U-Series 2016 Supporting Software"
INSTALLER = "Security Update Package Installer"
WAITING, DOWNLOADING, DOWNLOADED = "Not downloaded", "Downloading", "Downloaded"
NOT_INSTALLED, INSTALLING, INSTALLED = "Not installed", "Installing", "Installed"
RESTART = "Installed; a restart is recommended"
RECOMMENDING = "BeyondTrust Security Management Appliance"
DOWNLOAD_SECONDS, INSTALL_SECONDS = 30.0, 60.0


@dataclass
class Subscription:
    """What the appliance receives packages of."""

    name: str
    locked: bool = True


@dataclass
class Download:
    """A package. :param type: as View Updates lists it; :param restart: applying it takes one."""

    name: str
    subscription: str
    type: str
    restart: bool = False
    status: str = WAITING


class Updater:
    """Subscriptions, downloads and products.

    :ivar stops: how many times more a download is not followed by the next one; :ivar hours: from, to (HH:MM).
    :ivar results: product -> [version, status] of installations that were begun here.
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.subscriptions = [Subscription(name) for name in (WINDOWS, SQL, ENVIRONMENT, SUPPORTING, INSTALLER)]
        self.downloads = [
            Download("SUPI 2.5.0.0", INSTALLER, TYPES[3]),
            Download("KB-2021-04 Windows Server", WINDOWS, TYPES[0], True),
            Download("SQL-2021-04 SQL Server", SQL, TYPES[1], True),
            Download("ENV-2021-04 Appliance Environment", ENVIRONMENT, TYPES[2]),
            Download("SW-210401 Supporting Software", SUPPORTING, TYPES[3]),
        ]
        self.stops = 1
        self.hours = ("00:00", "23:59")
        self.results: dict[str, list[str]] = {}
        self._download: int | None = None
        self._install: int | None = None

    # --- subscriptions

    def subscribed(self) -> list[Subscription]:
        """Patches for SQL Server are not subscribed without one (line 1851)."""
        return [one for one in self.subscriptions if one.name != SQL or not self.appliance.sql_free]

    def set_lock(self, name: str, locked: bool) -> None:
        """Lock or unlock one."""
        found = next((one for one in self.subscribed() if one.name == name), None)
        if found is None:
            raise Refused("There is no such subscription.")
        found.locked = locked

    # --- downloads

    def listed(self) -> list[Download]:
        """The packages of subscriptions that are not locked, and what is downloaded already."""
        free = {one.name for one in self.subscribed() if not one.locked}
        return [one for one in self.downloads if one.subscription in free or one.status == DOWNLOADED]

    def publish(self, name: str, subscription: str = WINDOWS) -> None:
        """BeyondTrust has another package."""
        self.downloads.append(Download(name, subscription, TYPES[0]))

    def stop(self, times: int) -> None:
        """So many times more the next download does not start by itself."""
        self.stops = times

    def update_now(self) -> str:
        """Update Now; returns what the page says."""
        if self._download is not None:
            return "The download is running."
        return "The download was started." if self._next() else "There is nothing to download."

    def _next(self) -> bool:
        waiting = next((one for one in self.listed() if one.status not in (DOWNLOADED, DOWNLOADING)), None)
        if waiting is None:
            return False
        waiting.status = DOWNLOADING
        self._download = self.appliance.clock.schedule(DOWNLOAD_SECONDS, self._downloaded)
        return True

    def _downloaded(self) -> None:
        self._download = None
        one = next(one for one in self.downloads if one.status == DOWNLOADING)
        fault = self.appliance.take_fault("download_package")
        if fault:
            one.status = f"Stopped: {fault}"
            return
        one.status = DOWNLOADED
        self.appliance.updates.receive(one.name, one.type, one.restart)
        if self.stops > 0:
            self.stops -= 1
        else:
            self._next()

    # --- products

    def products(self) -> list[tuple[str, str, str, str]]:
        """Product, installed version, available version, status."""
        installed = dict(self.appliance.versions)
        offers = {product: [version, NOT_INSTALLED] for product, version in self.appliance.updates.offers}
        shown = {**offers, **self.results}
        return [(name, installed.get(name, ""), version, status) for name, (version, status) in shown.items()]

    def install(self, product: str) -> str:
        """Install one; returns what the page says."""
        if self._install is not None:
            raise Refused("Another installation is in progress.")
        version = next((row[1] for row in self.appliance.updates.offers if row[0] == product), None)
        if version is None:
            raise Refused("This product is up to date.")
        self.results[product] = [version, INSTALLING]
        self._install = self.appliance.clock.schedule(INSTALL_SECONDS, self._installed)
        return "The installation was started."

    def _installed(self) -> None:
        self._install = None
        product = next(name for name, row in self.results.items() if row[1] == INSTALLING)
        version = self.results[product][0]
        fault = self.appliance.take_fault("install_product")
        if fault:
            self.results[product][1] = f"Failed: {fault}"
            self.appliance.notify("High", f"The installation of {product} {version} failed: {fault}")
            return
        self.results[product][1] = RESTART if product == RECOMMENDING else INSTALLED
        self.appliance.updates.offers = [row for row in self.appliance.updates.offers if row[0] != product]
        rows = [row for row in self.appliance.versions if row[0] == product]
        if rows:
            rows[0][1] = version
        else:
            self.appliance.versions.append([product, version])

    # --- down and up

    def interrupted(self) -> None:
        """The appliance goes down: what was under way has to be begun again."""
        for event in (self._download, self._install):
            self.appliance.clock.cancel(event)
        self._download = self._install = None
        for one in self.downloads:
            one.status = WAITING if one.status == DOWNLOADING else one.status
        self.results = {name: row for name, row in self.results.items() if row[1] != INSTALLING}

    def booted(self) -> None:
        """Up again: no restart is recommended any more."""
        for row in self.results.values():
            row[1] = INSTALLED if row[1] == RESTART else row[1]
