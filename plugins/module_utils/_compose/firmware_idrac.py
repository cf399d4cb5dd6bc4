# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road over the iDRAC: a package becomes a job of the Lifecycle Controller, which is followed to its end."""

from __future__ import annotations

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.firmware_road import Road, State
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import SHOW_EVERY, Seen
from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import mapping, word
from ansible_collections.useries.appliance.plugins.module_utils._idrac.firmware import Firmware, firmware
from ansible_collections.useries.appliance.plugins.module_utils._idrac.jobs import Job, JobQueue
from ansible_collections.useries.appliance.plugins.module_utils._idrac.package import same_version
from ansible_collections.useries.appliance.plugins.module_utils._idrac.updating import Updates, may_update
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

JOB_SECONDS, WRITE_SECONDS, SEEN_SECONDS, WINDOWS_SECONDS = 2400.0, 3600.0, 900.0, 1800.0
"""A package is checked and staged, or an iDRAC written; a server writes its BIOS at its start (judgement)."""
UPDATE_JOB = "firmware update"
NAMES = {"bios": "bios", "idrac": "idrac"}


class IdracRoad(Road):
    """See the module's docstring."""

    called: ClassVar[str] = "firmware inventory of the iDRAC"
    job_id: str | None = None
    _told = float("-inf")
    _sent = False

    # -- reading -------------------------------------------------------------------------------------------------------
    def server(self) -> tuple[int | None, str | None, str | None]:
        system = self.idrac.system()
        dell = mapping(mapping(mapping(system.get("Oem")).get("Dell")).get("DellSystem"))
        number = dell.get("SystemID")
        return number if isinstance(number, int) else None, word(system.get("Model")), word(system.get("SKU"))

    def state(self) -> State:
        entry = self._entry(firmware(self.idrac) or [])
        jobs = JobQueue(self.idrac).all()
        return State(entry.name, entry.version, self._open(jobs, entry), frozenset(job.id for job in jobs))

    def _entry(self, entries: list[Firmware]) -> Firmware:
        current = [one for one in entries if one.state in ("installed", "current")]
        there = [one for one in current if one.component in self.package.devices and one.version is not None]
        if not there:
            names = [f"{one.name} ({one.component})" for one in current]
            raise self.owner.refuse(
                f"The firmware inventory of the iDRAC has nothing that {self.package.name} updates.",
                remedy=f"It has {', '.join(names) or 'no entry'}.",
                candidates=names,
            )
        if there[0].updateable is False:
            raise self.owner.refuse(
                f"The iDRAC says that {there[0].name} cannot be updated.",
                remedy="Look at the iDRAC's licence, and whether its lockdown mode is on.",
            )
        return there[0]

    def _open(self, jobs: list[Job], entry: Firmware) -> Job | None:
        """The job that updates this component already, by its name: ``Firmware Update: BIOS``."""
        names = {NAMES[self.package.component or ""], (entry.name or "").casefold()}
        for job in jobs:
            before, _colon, rest = (job.name or "").casefold().partition(":")
            if job.phase == "open" and before.strip() == UPDATE_JOB and rest.strip() in names:
                return job
        return None

    def ready(self, before: State) -> None:
        if may_update(self.idrac) is False:
            raise self.owner.refuse(
                f"The account {self.idrac.session.credentials.username} of the iDRAC may not change firmware.",
                remedy="Give it a role with the privilege ConfigureComponents (Operator or Administrator).",
            )
        if before.open_job is None:
            Updates(self.idrac).ready(self.given["image_uri"])
        if self.restarts:
            self.idrac.offers("restart")
            if self.idrac.power_state() != "On":
                raise self.owner.refuse("The server is not on.", remedy="Turn it on (useries.appliance.idrac_power).")

    # -- the order -----------------------------------------------------------------------------------------------------
    def send(self, before: State) -> None:
        if before.open_job is not None:
            self.job_id = before.open_job.id
            return
        updates, at_once, package = Updates(self.idrac), self.package.component == "idrac", self.package
        self._sent = True
        if self.given["image_uri"] is None:
            self.job_id = updates.upload(package.path, package.name, at_once=at_once, tell=self._tell)
        else:
            self.job_id = updates.fetch(self.given["image_uri"], at_once=at_once)

    def _tell(self, sent: int, length: int) -> None:
        now = self.task.clock.wall()
        if now - self._told >= SHOW_EVERY:
            self._told = now
            self.task.show(f"{self.owner.what()}: {sent * 100 // length} % of {length // 2**20} MiB sent")

    def arrived(self, before: State) -> bool | None:
        if not self._sent:
            return False
        for job in JobQueue(self.idrac).all():
            if job.id not in before.known and (job.name or "").casefold().startswith(UPDATE_JOB):
                self.job_id = job.id
                return True
        return None

    # -- the effect ----------------------------------------------------------------------------------------------------
    def finish(self, before: State) -> State:
        job = self._followed(JOB_SECONDS, "the job of the package", until_staged=True)
        restarted = False
        if job.waits_for_restart:
            if not self.restarts:
                self.owner.warn(
                    f"{self.package.version} is staged and not installed: the job {job.id} is done at the next start "
                    f"of the server. BitLocker is suspended for {self.given['suspend_restarts']} starts of Windows."
                )
                return State(before.name, before.version, None, before.known, ended=job)
            self._restart()
            restarted = True
            job = self._followed(WRITE_SECONDS, "the firmware is written", until_staged=False)
        version = self._installed()
        after = self.guard.confirm(restarted=restarted, timeout=WINDOWS_SECONDS)
        return State(before.name, version, None, before.known, job, restarted, after)

    def _restart(self) -> None:
        try:
            self.idrac.order("restart")
        except UseriesError as error:
            if error.kind != "silent":
                raise
            self.owner.warn(f"The answer to the restart was lost ({error.message}); the job shows what came of it.")

    def _followed(self, seconds: float, what: str, *, until_staged: bool) -> Job:
        """The job of this task when it has ended or, if that is asked, waits for a restart."""

        def look() -> Seen:
            found = next((one for one in self._jobs() if one.id == self.job_id), None)
            if found is None:
                return Seen("not in the job queue", None)
            verdict = {"open": None, "done": True, "failed": False}[found.phase]
            staged = True if until_staged and found.waits_for_restart else verdict
            words = f"{found.state} ({found.message})" if found.phase == "failed" else str(found.state)
            return Seen(words, staged, {"job": found, "percent": found.percent}, advice=self._advice())

        try:
            job: Job = self._until(look, seconds, what).detail["job"]
        except UseriesError as error:
            if error.kind == "failed":
                if not until_staged and self.guard.sees_windows:
                    self.guard.wait_for_windows(WINDOWS_SECONDS)
                self.guard.give_back()
            raise
        return job

    def _jobs(self) -> list[Job]:
        try:
            return JobQueue(self.idrac).all()
        except UseriesError as error:
            if error.kind != "busy":  # the Lifecycle Controller is starting
                raise
            return []

    def _advice(self) -> str:
        return (
            f"{self.package.name} was refused, or could not be written: what was installed before is still there. Look "
            "at the lifecycle log of the iDRAC, and compare the package with its checksum on Dell's support site."
        )

    def _installed(self) -> str:
        """The version when the inventory shows the wanted one."""

        def look() -> Seen:
            version = self._entry(firmware(self.idrac) or []).version or ""
            return Seen(version, same_version(version, self.package.version) or None, {"version": version})

        try:
            return str(self._until(look, SEEN_SECONDS, "the new version is seen").detail["version"])
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            raise self.owner.refuse(
                f"The job {self.job_id} ended well, and the firmware inventory does not show {self.package.version}: "
                f"{error.message}",
                kind="not_seen",
                remedy="Look at the lifecycle log of the iDRAC. BitLocker may be suspended still: resume it with "
                "useries.appliance.bitlocker_suspend when Windows runs.",
            ) from error

    def _until(self, look: Any, seconds: float, what: str) -> Seen:
        wait = self.owner.within(seconds, interval=5.0, longest=20.0, silence=seconds)
        where = self.idrac.session.target.url
        return self.task.waiter.until(look, wait, what=what, surface="idrac", target=where)

    @property
    def idrac(self) -> Any:
        """The client."""
        return self.task.surfaces.idrac
