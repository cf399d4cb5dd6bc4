# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An appliance from Reset Your PC on, until it is prepared and configured (guide lines 1561-1592).

The guide tells no duration, no path of a desktop, and not what the scripts do inside. Made up here: the files lie on
the desktop of everybody; imaging with its two restarts, encryption and scripts take the seconds below; an update ends
when its windows were answered; until the wizard has run nobody knows the administrator's password; Windows keeps its
account and answers over WinRM; names and addresses stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

DESKTOP = "C:\\Users\\Public\\Desktop"
UPDATE, PREPARE = f"{DESKTOP}\\Update Appliance.bat", f"{DESKTOP}\\Prepare For Shipping.bat"
IMAGING_SECONDS = 3600.0
ENCRYPTION_SECONDS, UPDATE_SECONDS, PREPARE_SECONDS = 7200.0, 600.0, 60.0
EVALUATION, STANDARD = "Enterprise Evaluation Edition", "Standard Edition"


class Recovery:
    """What a recovery leaves on an appliance.

    ``files`` (full paths on desktops), ``key_drive`` (the USB drive with the keys is plugged in), ``signed_in`` (users
    with an open desktop), ``person`` (somebody presses Next in the windows), ``jobs`` (scheduled task -> its program,
    state and exit code), ``sql_edition``, ``ran`` (programs in the order in which they ended well).
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.files: list[str] = []
        self.key_drive = True
        self.signed_in: list[str] = []
        self.person = True
        self.jobs: dict[str, dict[str, str | int]] = {}
        self.sql_edition = STANDARD
        self.ran: list[str] = []
        self._encrypted_from: float | None = None
        self._decrypted = False

    def reset_pc(self) -> None:
        """A person pressed Reset: everything is lost, BitLocker is off, and it is silent until it has been imaged."""
        if self.appliance.powered:
            self.appliance.power_off()
        self.appliance.image()
        self.appliance.clock.schedule(IMAGING_SECONDS, self._image_written)

    def _image_written(self) -> None:
        self.imaged()
        for volume in self.appliance.volumes:
            volume.protection = True
        self.appliance.power_on()

    def turn_bitlocker_off(self) -> None:
        """Somebody has decrypted the drives."""
        self._decrypted = True
        for volume in self.appliance.volumes:
            volume.protection = False

    def suspend_bitlocker(self, drive: str, restarts: int) -> None:
        """Somebody has suspended it at the screen; 0 restarts: until it is resumed."""
        next(one for one in self.appliance.volumes if one.mount_point == drive).suspend(restarts)

    def add_protector(self, drive: str, identifier: str, password: str = "") -> None:
        """A drive gets another recovery password, or without one an external key."""
        next(one for one in self.appliance.volumes if one.mount_point == drive).more_protectors[identifier] = password

    def drop_password(self, drive: str) -> None:
        """Somebody removed the recovery password of a drive."""
        next(one for one in self.appliance.volumes if one.mount_point == drive).recovery_password = ""

    def lock(self, drive: str) -> None:
        """The key of a drive is gone from memory."""
        next(one for one in self.appliance.volumes if one.mount_point == drive).locked = True

    def configured(self, password: str) -> None:
        """A person ran the configuration wizard, and gave the administrator this password."""
        self.appliance.users["admin"].password = password
        self.appliance.issue_certificate()

    def imaged(self) -> None:
        """Reset Your PC, and the two reboots after it, are over: BitLocker begins."""
        self.files = [UPDATE, PREPARE]
        self.sql_edition = EVALUATION
        self.appliance.licensing.activated = False
        self.signed_in = [f"{self.appliance.machine_name}\\btadmin"]
        self._encrypted_from, self._decrypted = self.appliance.clock.now(), False

    def set_up(self, name: str, value: object) -> None:
        """Fault: ``files``, ``key_drive``, ``signed_in``, ``person`` or ``sql_edition``."""
        if name not in ("files", "key_drive", "signed_in", "person", "sql_edition"):
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)

    @property
    def encryption(self) -> int:
        """Percent of every volume that is encrypted."""
        if self._decrypted:
            return 0
        if self._encrypted_from is None:
            return 100
        return min(100, int((self.appliance.clock.now() - self._encrypted_from) / ENCRYPTION_SECONDS * 100))

    # --- the scheduled tasks

    def register(self, name: str, user: str, program: str) -> None:
        """A task that runs a program in the session of a user."""
        self.jobs[name] = {"user": user, "program": program, "state": "Ready", "code": 267011}

    def start(self, name: str) -> None:
        """Run a task; without that user's session it stays queued."""
        job = self.jobs[name]
        if job["user"] not in self.signed_in or job["program"] not in self.files:
            job["code"] = 0x80070002 if job["program"] not in self.files else job["code"]
            return
        job["state"], job["code"] = "Running", 267009
        seconds = UPDATE_SECONDS if job["program"] == UPDATE else PREPARE_SECONDS
        self.appliance.clock.schedule(seconds, lambda: self._ended(name))

    def _ended(self, name: str) -> None:
        job = self.jobs.get(name)
        if job is None or not self.person:  # a window waits for its Next
            return
        fault = self.appliance.take_fault("recovery_script")
        job["state"], job["code"] = "Ready", 1 if fault else 0
        if not fault:
            self.run(str(job["program"]))

    def run(self, program: str) -> None:
        """What a script does, also when a person has run it at the screen."""
        self.ran.append(program)
        if program == UPDATE:
            self.appliance.updates.bring_everything()
        else:
            self.files = []

    # --- licences

    def upgrade_sql(self, key: str) -> int:
        """Setup of SQL Server with a product key; its exit code."""
        if key.endswith("WRONG") or self.appliance.take_fault("upgrade_sql"):
            return 0x84BE0BC2
        self.sql_edition = STANDARD
        return 0
