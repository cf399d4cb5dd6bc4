# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lease of a pair: at most one run changes its appliances, and at most one of its tasks at a time.

Two things make up a lease, both in the state directory:

* the **record** ``<pair>.lease``: which run holds the pair (run id, user, host, workflow, task, since when, last
  renewal), the process that ran its last task and the parent of that process, which lives as long as the run. It is
  written when the run's first task takes the lease, stays between the tasks, and is removed by :func:`release_all` at
  the end of the run.
* the **lock** ``<pair>.lock``: held with flock(2) by the process that writes, for the time of one task. The kernel
  drops it when that process ends, however it ends. The file itself stays, empty of meaning.

Records change only while ``leases.mutex`` is locked, which takes milliseconds. Who comes next, finds one of these:

====================  ===============================================  =========================================
lock                  the run in the record                            what happens
====================  ===============================================  =========================================
free                  none, or our own                                 taken
free                  its parent process is gone (same host)           stale: taken over, with a warning
free                  on another host, silent for ``stale_after``      stale: taken over, with a warning
held                  our own: another task of this run                we wait
held                  its parent process is gone: a worker that        we wait until that task ends (it stops
                      outlived its run (SIGKILL of ansible)            before its next write)
any                   alive                                            ``busy``, or broken by its run id
====================  ===============================================  =========================================

Breaking replaces the record; the other run sees it before its next write (:meth:`Lease.before_write`) and stops, and
we wait until its present task has let go of the lock.

A different pair that shares an appliance with ours (a node that got a new partner, a single node of the pair) counts
as the same: its live lease is ``busy`` too. The state directory is private to one user, so runs of different users, or
of different controllers without a shared directory, do not see one another.
"""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Sequence
from types import TracebackType
from typing import Literal

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, state_error
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.lease_record import (
    SUFFIX,
    LeaseRecord,
    read_record,
    write_record,
)
from ansible_collections.useries.appliance.plugins.module_utils._state.locks import FileLock, mutex
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

MUTEX = "leases.mutex"
STALE_AFTER = 15 * 60.0
RENEW_EVERY = 30.0
_OPERATION = "take the lease of a pair"
_Verdict = Literal["free", "stale", "finishing", "live"]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container whose user id has no name
        return str(os.geteuid())


class Lease:
    """The lease of one pair during one task; a context manager that lets go of the lock at its end.

    :ivar warnings: what the administrator should know: a lease was taken over or broken.
    """

    def __init__(
        self, directory: StateDirectory, record: LeaseRecord, clock: Clock, stale_after: float = STALE_AFTER
    ) -> None:
        self.directory = directory
        self.record = record
        self.clock = clock
        self.stale_after = stale_after
        self.warnings: list[str] = []
        self._lock = FileLock(directory, f"{record.pair.key}.lock")

    @classmethod
    def acquire(
        cls,
        directory: StateDirectory,
        pair: Pair,
        *,
        run_id: str,
        task: str,
        workflow: str = "",
        version: str,
        clock: Clock,
        parent: ProcessMark | None = None,
        break_run_id: str | None = None,
        wait: float = 0.0,
        stale_after: float = STALE_AFTER,
    ) -> Lease:
        """Take the lease of ``pair`` for one task of the run ``run_id``.

        :param version: of the collection; :param parent: the process that lives as long as the run (ansible's parent,
            best marked before it forks), by default the parent of this process.
        :param break_run_id: run id of a live lease that the administrator wants broken (``-e break_lock=``).
        :param wait: seconds (of the clock) to wait for a task that still writes: of this run, of a run whose parent is
            gone, or of a run whose lease was broken. A live run of somebody else is refused at once.
        :param stale_after: seconds without renewal after which a run on another host counts as gone.
        :raises UseriesError: ``busy`` with who, since when and what to do.
        """
        now = clock.wall()
        record = LeaseRecord(
            run_id=run_id,
            pair=pair,
            workflow=workflow,
            task=task,
            user=_user(),
            version=version,
            started=now,
            renewed=now,
            writer=ProcessMark.current(),
            parent=parent or ProcessMark.parent(),
        )
        lease = cls(directory, record, clock, stale_after)
        deadline = clock.deadline(wait)
        while not lease._attempt(break_run_id):
            if deadline.over:
                raise lease._still_writing(wait)
            clock.sleep(min(0.2 * clock.scale, deadline.left))
        return lease

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _attempt(self, break_run_id: str | None) -> bool:
        """One try under the mutex; whether record and lock are ours now. What it may not take is ``busy``."""
        with mutex(self.directory, MUTEX, self.clock):
            try:
                taken = self._lock.take(f"the task '{self.record.task}', {self.record.place}")
                self._clear_others(break_run_id)
                found = read_record(self.directory, self.record.pair)
                verdict = self._judge(found, locked=not taken)
                if found is not None and verdict in ("live", "stale"):
                    self._replace(found, verdict, break_run_id)
                if verdict == "finishing" or (verdict == "free" and not taken):
                    return False
                self.record.renewed = self.clock.wall()
                if found is not None and found.run_id == self.record.run_id:
                    self.record.started = found.started
                write_record(self.directory, self.record)
            except BaseException:
                self._lock.drop()
                raise
        return taken

    def _judge(self, found: LeaseRecord | None, *, locked: bool) -> _Verdict:
        if found is None or found.run_id == self.record.run_id:
            return "free"
        alive = found.parent.alive()
        if alive is False:
            return "finishing" if locked else "stale"
        silent = self.clock.wall() - found.renewed
        return "stale" if alive is None and not locked and silent > self.stale_after else "live"

    def _replace(self, found: LeaseRecord, verdict: _Verdict, break_run_id: str | None) -> None:
        """Say that ``found`` gives way to us, or refuse."""
        if verdict == "stale":
            reason = "its ansible process is gone" if found.parent.alive() is False else "it was not renewed any more"
            self._warn(f"The lease of {found.describe()} was taken over: {reason}.")
        elif found.run_id == break_run_id:
            self._warn(f"The lease of {found.describe()} was broken as ordered; that run may still be alive.")
        else:
            raise self._busy(found, break_run_id)

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def _clear_others(self, break_run_id: str | None) -> None:
        """Look at the leases of other pairs that share an appliance with ours; remove those that give way."""
        own = self.record.pair.key
        for name in self.directory.list(SUFFIX):
            key = name[: -len(SUFFIX)]
            try:
                found = None if key == own else read_record(self.directory, key)
            except UseriesError as error:
                self._warn(f"A lease of another pair was ignored: {error.message}")
                continue
            if found is None or not found.pair.shares(self.record.pair):
                continue
            probe = FileLock(self.directory, f"{key}.lock")
            locked = not probe.take(f"process {os.getpid()} looking at it")
            probe.drop()
            verdict = self._judge(found, locked=locked)
            if verdict == "free":
                continue
            if locked and (verdict == "finishing" or found.run_id == break_run_id):
                raise self._busy(found, break_run_id, "Its task is still writing: wait until it ends and run again.")
            self._replace(found, verdict, break_run_id)
            self.directory.delete(name)

    def _busy(self, found: LeaseRecord, break_run_id: str | None, remedy: str = "") -> UseriesError:
        if not remedy:
            remedy = (
                "Wait for that run to end. If you know that it does nothing any more, break its lease with "
                f"-e break_lock={found.run_id}"
            )
            if break_run_id:
                remedy += f" (break_lock={break_run_id} names another run)"
        message = f"The pair {self.record.pair.name} is in the hands of {found.describe()}."
        return state_error(message, _OPERATION, self.directory.where(f"{found.pair.key}{SUFFIX}"), "busy", remedy)

    def _still_writing(self, wait: float) -> UseriesError:
        holder = self._lock.note() or "another process"
        return state_error(
            f"Another task still writes to the pair {self.record.pair.name} "
            f"after a wait of {wait:.0f} seconds: {holder}.",
            _OPERATION,
            self.directory.where(self._lock.name),
            "busy",
            "Wait until it ends and run again. If it hangs, end that process on its host.",
        )

    def parent_alive(self) -> bool:
        """Whether the process that lives as long as the run is still there."""
        return self.record.parent.alive() is True

    def still_ours(self) -> bool:
        """Whether this process holds the lock and the record names our run. A damaged record is not ours."""
        if not self._lock.held:
            return False
        try:
            found = read_record(self.directory, self.record.pair)
        except UseriesError:
            return False
        return found is not None and found.run_id == self.record.run_id

    def before_write(self) -> None:
        """To be called immediately before every write to an appliance.

        :raises UseriesError: ``precondition`` when the run is gone, ``busy`` when the lease was broken or taken over.
        """
        if not self.parent_alive():
            raise state_error(
                f"The ansible run {self.record.run_id} was ended while this task was under way; "
                f"nothing more is written to the pair {self.record.pair.name}.",
                "write to an appliance",
                self.directory.path,
                "precondition",
                "Run again: what has been done is found on the appliances.",
            )
        if not self.still_ours():
            raise self._lost()

    def _lost(self) -> UseriesError:
        found = None
        with contextlib.suppress(UseriesError):
            found = read_record(self.directory, self.record.pair)
        who = f"; it is now in the hands of {found.describe()}" if found and found.run_id != self.record.run_id else ""
        return state_error(
            f"The lease of the pair {self.record.pair.name} is not ours any more{who}. Nothing more is written.",
            "write to an appliance",
            self.directory.where(f"{self.record.pair.key}{SUFFIX}"),
            "busy",
            "Find out who broke it, wait for that run to end, and run again.",
        )

    def renew(self) -> None:
        """Say that the run is alive. Cheap: touches the disk only when the last renewal is older than 30 seconds.

        :raises UseriesError: ``busy`` when the lease was broken or taken over.
        """
        now = self.clock.wall()
        if 0 <= now - self.record.renewed < RENEW_EVERY:
            return
        with mutex(self.directory, MUTEX, self.clock):
            if not self.still_ours():
                raise self._lost()
            self.record.renewed = now
            write_record(self.directory, self.record)

    def release(self) -> None:
        """The end of the task: the lock is given back, the record stays for the next task of the run."""
        self._lock.drop()


def release_all(directory: StateDirectory, run_id: str, clock: Clock) -> tuple[str, ...]:
    """The end of the run: remove its records; the names of the pairs that are free now. Others stay untouched."""
    released = []
    with mutex(directory, MUTEX, clock):
        for name in directory.list(SUFFIX):
            found = None
            with contextlib.suppress(UseriesError):  # a damaged one is not known to be ours
                found = read_record(directory, name[: -len(SUFFIX)])
            if found is not None and found.run_id == run_id:
                directory.delete(name)
                released.append(found.pair.name)
    return tuple(released)


def leases(directory: StateDirectory) -> Sequence[LeaseRecord]:
    """All records, for reports. :raises UseriesError: for a damaged one."""
    found = (read_record(directory, name[: -len(SUFFIX)]) for name in directory.list(SUFFIX))
    return tuple(record for record in found if record is not None)
