# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware that is brought to a server: staged until a restart, or written at once, as the component is.

An update of the BIOS waits for the next start of the server. One of the iDRAC is written at once, ends all of its
sessions, and leaves it silent for a while, and its Lifecycle Controller for some longer. A BIOS that changed under a
protected drive of Windows makes it ask for the recovery key, and nobody is there to give it.

Source: Dell's documentation of its update packages and of the messages of the Lifecycle Controller; durations made up.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from simulator.model.lifecycle import Job, Lifecycle

BIOS, IDRAC, CONTROLLER = "159", "25227", "28897"
DOWNLOAD_SECONDS, WRITE_SECONDS, SILENT_SECONDS, STARTING_SECONDS = 30.0, 120.0, 180.0, 240.0
SIGNATURE = ("Unable to verify Update Package signature.", "RED007")
MISMATCH = ("The specified firmware does not match any device of this server.", "RED096")


@dataclass(frozen=True)
class Update:
    """What a package brings. ``systems`` are BIOS ids; empty for a package that nobody signed."""

    component: str
    version: str
    systems: frozenset[int]


def update_in(content: bytes) -> Update | None:
    """Read a package; None when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = ElementTree.fromstring(archive.read("package.xml"))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return None
    plain = {"device": [], "model": []}  # type: dict[str, list[ElementTree.Element]]
    for element in root.iter():
        plain.setdefault(str(element.tag).rsplit("}", maxsplit=1)[-1].lower(), []).append(element)
    ids = [element.get("systemID", "") for element in plain["model"]]
    return Update(
        plain["device"][0].get("componentID", "") if plain["device"] else "",
        root.get("vendorVersion", ""),
        frozenset(int(one, 16) for one in ids if re.fullmatch(r"[0-9A-Fa-f]+", one)),
    )


class Flash:
    """The updates of one server.

    ``silent_until``: simulated second until which the iDRAC does not answer; ``starting_until``: until which its
    Lifecycle Controller does not.
    """

    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle = lifecycle
        self.silent_until = self.starting_until = 0.0
        self._waiting: dict[str, Update] = {}

    def receive(self, content: bytes, name: str, at_once: bool) -> str:
        """A package came; the id of its job, which tells later whether it was any good."""
        update = update_in(content)
        job = self.lifecycle.add_job(
            "FirmwareUpdate", f"Firmware Update: {name}", "Downloading", {"message": "Running."}
        )
        self.lifecycle.appliance.clock.schedule(DOWNLOAD_SECONDS, lambda: self._came(job, update, at_once))
        return job

    def _came(self, identifier: str, update: Update | None, at_once: bool) -> None:
        job, appliance = self.lifecycle.job(identifier), self.lifecycle.appliance
        if job is None:
            return None
        known = {item.component: item.name for item in self.lifecycle.firmware()}
        if update is None or appliance.take_fault("firmware_signature"):
            return self._fail(job, *SIGNATURE)
        if update.component not in known or self.lifecycle.system_id not in update.systems:
            return self._fail(job, *MISMATCH)
        job.name = f"Firmware Update: {known[update.component]}"
        if update.component in (IDRAC, CONTROLLER):
            job.state, job.percent, job.message = "Running", 20, "Updating firmware."
            job.began = appliance.clock.datetime()
            appliance.clock.schedule(WRITE_SECONDS, lambda: self._written(identifier, update))
            return None
        self._waiting[identifier] = update
        job.state, job.message, job.message_id = "Scheduled", "Task successfully scheduled.", "JCP001"
        if at_once:
            appliance.windows_shutdown(restart=True, seconds=10.0)
        return None

    def _written(self, identifier: str, update: Update) -> None:
        job, appliance = self.lifecycle.job(identifier), self.lifecycle.appliance
        if job is None:
            return
        if appliance.take_fault("firmware"):
            self._fail(job, "The update was not successful.", "SUP0108")
            return
        self._done(job)
        if not appliance.take_fault("firmware_unheard"):
            appliance.idrac_version = update.version
        now = appliance.clock.now()
        self.silent_until, self.starting_until = now + SILENT_SECONDS, now + SILENT_SECONDS + STARTING_SECONDS

    def booted(self) -> bool:
        """The server starts: what waits is written; whether Windows may start after that."""
        appliance, was = self.lifecycle.appliance, self.lifecycle.appliance.bios_version
        for identifier, update in list(self._waiting.items()):
            del self._waiting[identifier]
            job = self.lifecycle.job(identifier)
            if job is None:
                continue
            if appliance.take_fault("firmware"):
                self._fail(job, "The update was not successful.", "SUP0108")
                continue
            if not appliance.take_fault("firmware_unheard"):
                appliance.bios_version = update.version
            self._done(job)
        protected = any(one.mount_point == "C:" and one.protection for one in appliance.volumes)
        if appliance.bios_version != was and protected:
            appliance.notify("High", "Windows asks for the BitLocker recovery key of C:.")
            return False
        return True

    def write(self, component: str, version: str) -> None:
        """A package that was run in Windows has staged the BIOS, or written the iDRAC's firmware."""
        if component == BIOS:
            job = self.lifecycle.add_job("FirmwareUpdate", "Firmware Update: BIOS")
            self._waiting[job] = Update(component, version, frozenset())
        else:
            self.lifecycle.appliance.idrac_version = version

    def _done(self, job: Job) -> None:
        job.state, job.percent = "Completed", 100
        job.message, job.message_id = "Job completed successfully.", "PR19"
        job.ended = self.lifecycle.appliance.clock.datetime()
        job.began = job.began or job.ended

    def _fail(self, job: Job, message: str, message_id: str) -> None:
        job.state, job.status, job.message, job.message_id = "Failed", "Critical", message, message_id
        job.began = job.ended = self.lifecycle.appliance.clock.datetime()

    def holds(self, identifier: str) -> bool:
        """Whether a job has firmware that waits for a start."""
        return identifier in self._waiting
