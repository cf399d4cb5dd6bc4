# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gate knows of a pair: its state as the console shows it, its lease, and whether the run is still alive."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.options import state_path
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._compose.version import COLLECTION_VERSION
from ansible_collections.useries.appliance.plugins.module_utils._compose.workflow import Workflow, pair_of
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import UNKNOWN, Earlier
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import CONFIGURATION
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory
from ansible_collections.useries.appliance.plugins.module_utils._state.lease import Lease, release_all
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

USED = "state-directories"  # in the run's private directory: where leases were taken
WAIT_FOR_OWN_TASK = 120.0  # real seconds


class KnownPair:
    """Implements :class:`~_engine.gate.Pair` for one task.

    :param run: the parent process of the run, or None for an ordinary module (whose parent is its own).
    """

    def __init__(
        self,
        surfaces: Surfaces,
        options: Mapping[str, Any],
        clock: Clock,
        warnings: list[str],
        *,
        run_id: str,
        task: str,
        directory: Path | None,
        parent: ProcessMark | None,
    ) -> None:
        self._surfaces = surfaces
        self._options = options
        self._clock = clock
        self._warnings = warnings
        self._run_id = run_id or f"module-{os.getpid()}"
        self._task = task
        self._directory = directory
        self._parent = parent or ProcessMark.parent()
        self._lease: Lease | None = None
        self.workflow = Workflow(surfaces, options, directory, self._run_id)

    def permit(self) -> None:
        """Refuse unless the workflow's gates were passed in this run."""
        self.workflow.permit()

    def earlier(self) -> Earlier:
        """What the checkpoint knows of this step."""
        return self.workflow.earlier()

    def intend(self) -> None:
        """Record that the step is about to be done."""
        self.workflow.intend()

    def withdraw(self) -> None:
        """Record that the order for the step was refused."""
        self.workflow.withdraw()

    def state(self) -> str:
        """``unpaired``, ``off`` (partners know each other, high availability is off) or the mirror state.

        The task goes on with the page that it has open.
        """
        with self._surfaces.console.aside():
            return pair_state(self._surfaces)

    def hold(self) -> None:
        """Take the lease at first, then renew it; before each write it is checked that it is still ours."""
        if self._lease is not None:
            self._lease.renew()
            self._lease.before_write()
            return
        state = StateDirectory(state_path(self._options))
        self._note(state.path)
        self._lease = Lease.acquire(
            state,
            pair_of(self._surfaces),
            run_id=self._run_id,
            task=self._task,
            workflow=self.workflow.name,
            version=COLLECTION_VERSION,
            clock=Clock(),
            parent=self._parent,
            break_run_id=self._options.get("break_lock"),
            wait=WAIT_FOR_OWN_TASK,
        )
        self._warnings.extend(self._lease.warnings)

    def check_alive(self) -> None:
        """The worker stops before its next write when its run is gone."""
        if self._parent.alive() is False:
            raise UseriesError(
                "The ansible run that this task belongs to was ended; nothing more is written.",
                surface="local",
                operation="write to an appliance",
                kind="precondition",
                remedy="Run again: what has been done is found on the appliances.",
            )

    def let_go(self) -> None:
        """The end of the task; the run keeps the lease for its next task."""
        if self._lease is not None:
            self._lease.release()

    def _note(self, path: str) -> None:
        if self._directory is None:
            return
        note = self._directory / USED
        with contextlib.suppress(FileExistsError):
            os.close(os.open(note, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        if path not in note.read_text(encoding="utf-8").splitlines():
            with note.open("a", encoding="utf-8") as stream:
                stream.write(f"{path}\n")


def pair_state(surfaces: Surfaces) -> str:
    """``unpaired``, ``off``, or the mirror state in the console's words; ``unknown`` where no page shows it."""
    console = surfaces.console
    if console.refuses(CONFIGURATION):
        return _by_endpoint(surfaces)
    if not console.reaches(CONFIGURATION) or not console.has(CONFIGURATION.section("features")):
        return "unpaired"
    features = console.read(CONFIGURATION.section("features"), ["mirror_state"], fresh=False)
    console.observe("mirror_state", features["mirror_state"])
    switch = console.read(CONFIGURATION.section("set_state"), ["high_availability"], fresh=False)
    mirror = str(features["mirror_state"] or "").strip()
    return mirror if switch["high_availability"] and mirror else "off"


def _by_endpoint(surfaces: Surfaces) -> str:
    """What the role endpoint can tell: only that there is no high availability."""
    with contextlib.suppress(UseriesError):
        if surfaces.role() == "Off":
            return "off"
    return UNKNOWN


def release_leases(directory: Path, run_id: str) -> None:
    """The end of the run: its leases are given back in every state directory that it used."""
    note = directory / USED
    if not note.exists():
        return
    for path in note.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(UseriesError):
            release_all(StateDirectory(path), run_id, Clock())
