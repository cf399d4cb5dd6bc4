# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduled tasks that run PowerShell as the system, at a time or when they are started (MS-TSCH).

A statement takes a simulated second, Start-Sleep what it says; a task that failed goes on with its next statement, as
PowerShell does. A machine that is off at the time runs the task when it is up again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

STARTS_AFTER, STATEMENT = 3.0, 1.0
NOT_RUN, RUNNING = 267011, 267009
RETRY = 30.0


@dataclass
class Job:
    """One task. ``statements`` (pipelines, parsed), ``due`` (simulated second of its trigger, None without one)."""

    name: str
    statements: list[Any]
    due: float | None = None
    state: str = "Ready"
    code: int = NOT_RUN
    last_run: float | None = None
    event: int | None = None


@dataclass
class Scheduler:
    """``jobs`` by name, ``ran`` (names of the commands that tasks ran), ``unheard`` (fault: triggers never fire)."""

    appliance: Appliance
    jobs: dict[str, Job] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    unheard: bool = False

    def stop_triggers(self) -> None:
        """Fault: tasks are registered, and their triggers have no next run."""
        self.unheard = True

    def register(self, name: str, statements: list[Any], due: float | None) -> None:
        """A task; one of the same name is replaced."""
        self.forget(name)
        job = self.jobs[name] = Job(name, statements, None if self.unheard else due)
        if job.due is not None:
            delay = job.due - self.appliance.clock.now()
            job.event = self.appliance.clock.schedule(delay, partial(self._due, job))

    def forget(self, name: str) -> None:
        """It is gone; what runs of it goes on."""
        job = self.jobs.pop(name, None)
        if job is not None:
            self.appliance.clock.cancel(job.event)

    def start(self, name: str) -> None:
        """Run it now."""
        job = self.jobs[name]
        if job.state != "Running":
            job.state = "Running"
            self.appliance.clock.schedule(STARTS_AFTER, partial(self._run, job))

    def _due(self, job: Job) -> None:
        if not (self.appliance.powered and self.appliance.booted):
            job.event = self.appliance.clock.schedule(RETRY, partial(self._due, job))
            return
        job.due = job.event = None
        if job.state != "Running":
            self._run(job)

    def _run(self, job: Job) -> None:
        job.state, job.code, job.last_run = "Running", RUNNING, self.appliance.clock.now()
        self._statement(job, 0, 0)

    def _statement(self, job: Job, number: int, code: int) -> None:
        from simulator.windows.scheduled import carry_out  # the model knows nothing of PowerShell before it runs some

        if number == len(job.statements):
            job.state, job.code = "Ready", code
            return
        try:
            seconds, what = carry_out(self.appliance, job.statements[number])
            code = 0
        except Refused as error:
            seconds, what, code = 0.0, f"{error.message}", 1
        self.ran.append(what)
        self.appliance.clock.schedule(seconds or STATEMENT, partial(self._statement, job, number + 1, code))
