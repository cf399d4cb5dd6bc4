# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server in which a physical appliance sits, as its Lifecycle Controller keeps it: jobs, firmware, health.

Source: the jobs and the firmware inventory that Dell's own Ansible collection shows in its documentation. A job that
waits for a restart is done when the server has been started once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused
from simulator.model.flash import Flash
from simulator.model.staged_settings import StagedSettings

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

NOW, NEVER = "TIME_NOW", "TIME_NA"
SCHEDULED = "Scheduled"
ENDED = ("Completed", "CompletedWithErrors", "Failed", "RebootCompleted", "RebootFailed")
FIRST_JOB = 700000000001


@dataclass
class Job:
    """One job.

    :param state: in Dell's words; :param start: ISO 8601, or ``TIME_NOW``; :param status: OK, Warning or Critical.
    """

    id: str
    type: str
    name: str
    state: str
    created: datetime
    percent: int = 0
    message: str = "Task successfully scheduled."
    message_id: str = "JCP001"
    start: str = NOW
    began: datetime | None = None
    ended: datetime | None = None
    status: str = "OK"

    @property
    def has_ended(self) -> bool:
        """Done, well or badly."""
        return self.state in ENDED


@dataclass
class Item:
    """One entry of the firmware inventory.

    :param kind: Installed, Current, Previous or Available; :param component: Dell's number of the component.
    """

    kind: str
    component: str
    name: str
    version: str
    place: str
    updateable: bool = True

    @property
    def id(self) -> str:
        """What the inventory calls it."""
        return f"{self.kind}-{self.component}-{self.version}__{self.place}"


class Lifecycle:
    """What the iDRAC keeps of its server.

    ``older`` (an iDRAC 8 in a server of the 13th generation: no attributes of Dell, jobs at the older address only),
    ``health`` (OK, Warning or Critical), ``hardware_model``, ``staged`` (settings that wait for a restart), ``flash``
    (updates of its firmware), ``signer`` (of packages; empty: they are not signed).
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.older = False
        self.health = "OK"
        self.signer = "CN=Dell Inc, O=Dell Inc, L=Round Rock, S=Texas, C=US"
        self.flash = Flash(self)
        self._jobs: dict[str, Job] = {}
        self._next = FIRST_JOB
        self.staged = StagedSettings(self)

    def set_up(self, name: str, value: object) -> None:
        """Another server: ``older``, ``health`` or ``signer``."""
        if name not in ("older", "health", "signer"):
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)

    @property
    def hardware_model(self) -> str:
        """What is printed on it."""
        return "PowerEdge R730" if self.older else "PowerEdge R740"

    @property
    def system_id(self) -> int:
        """Dell's number of the server, which its BIOS shows."""
        return 0x0600 if self.older else 0x0716

    # --- jobs

    def job(self, identifier: str) -> Job | None:
        """One of them; None when it was removed."""
        return self._jobs.get(identifier)

    def add_job(self, kind: str, name: str, state: str = SCHEDULED, more: dict[str, Any] | None = None) -> str:
        """Put a job into the queue; its id.

        :param more: ``percent``, ``message``, ``start``, ``status`` or ``start_in`` (seconds from now).
        """
        values = dict(more or {})
        now = self.appliance.clock.datetime()
        if "start_in" in values:
            values["start"] = _stamp(now + timedelta(seconds=float(values.pop("start_in"))))
        job = Job(f"JID_{self._next}", kind, name, state, now, **values)
        if state in ENDED:
            job.began = job.ended = now
            job.percent = int(values.get("percent", 100))
        self._next += 1
        self._jobs[job.id] = job
        return job.id

    def remove_job(self, identifier: str) -> None:
        """Take it out of the queue; what it has done before stays."""
        self.staged.settle()
        del self._jobs[identifier]

    def jobs(self) -> dict[str, Job]:
        """All of them as they are now, by id."""
        for job in self._jobs.values():
            self._settle(job)
        return self._jobs

    def _settle(self, job: Job) -> None:
        """Done after a restart, but for one whose time has not come."""
        due = job.start == NOW or job.start <= _stamp(self.appliance.boot_time)
        if self.flash.holds(job.id):
            return  # done when its firmware is written
        if job.state == SCHEDULED and due and self.appliance.booted and self.appliance.boot_time > job.created:
            job.state, job.percent = "Completed", 100
            job.message, job.message_id = "Job completed successfully.", "PR19"
            job.began = job.ended = self.appliance.boot_time

    # --- firmware

    def firmware(self) -> list[Item]:
        """What is installed, and what could be rolled back to."""
        appliance = self.appliance
        idrac = "Integrated Dell Remote Access Controller"
        return [
            Item("Installed", "159", "BIOS", appliance.bios_version, "BIOS.Setup.1-1"),
            Item("Previous", "159", "BIOS", "2.10.0", "BIOS.Setup.1-1"),
            Item("Installed", "25227", idrac, appliance.idrac_version, "iDRAC.Embedded.1-1"),
            Item("Installed", "28897", "Lifecycle Controller", appliance.idrac_version, "USC.Embedded.1:LC.Embedded.1"),
            Item("Installed", "27763", "System CPLD", "1.1.4", "CPLD.Embedded.1", updateable=False),
        ]


def _stamp(moment: datetime) -> str:
    """As Dell writes a time: without an offset."""
    return moment.replace(microsecond=0, tzinfo=None).isoformat()
