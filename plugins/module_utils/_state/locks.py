# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks that the kernel drops when their process ends: flock(2) on files of the state directory.

A lock file is never renamed, and its content is only a note of who holds it, for messages. The kernel is the truth.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._state.files import (
    StateDirectory,
    state_error,
    translated,
)

_NOTE = 400


class FileLock:
    """An exclusive lock on the file ``name``; held by one open descriptor, so not twice in one process either."""

    def __init__(self, directory: StateDirectory, name: str) -> None:
        self.directory = directory
        self.name = name
        self._descriptor = -1
        self._owner = 0

    def take(self, note: str = "") -> bool:
        """Try once; whether we hold it now. ``note`` is one line of text about the holder."""
        if self.held:
            return True
        path = self.directory.where(self.name)
        descriptor = self.directory.open_lock(self.name)
        try:
            with translated("lock a state file (its file system must support flock)", path):
                taken = self._lock(descriptor) and self._still_there(descriptor, path)
                if taken:
                    os.ftruncate(descriptor, 0)
                    os.pwrite(descriptor, note.encode("utf-8", "replace")[:_NOTE], 0)
        except BaseException:
            os.close(descriptor)
            raise
        if not taken:  # held by another process, or removed by hand: then it would protect nothing
            os.close(descriptor)
            return False
        self._descriptor, self._owner = descriptor, os.getpid()
        return True

    @staticmethod
    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @staticmethod
    def _still_there(descriptor: int, path: str) -> bool:
        try:
            there = os.stat(path, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(descriptor), there)

    @property
    def held(self) -> bool:
        """Whether this process holds it, and on the file that the others see."""
        return (
            self._descriptor >= 0
            and self._owner == os.getpid()
            and self._still_there(self._descriptor, self.directory.where(self.name))
        )

    def note(self) -> str:
        """What the present or last holder wrote about itself."""
        descriptor = self.directory.open_lock(self.name)
        try:
            return os.pread(descriptor, _NOTE, 0).decode("utf-8", "replace")
        finally:
            os.close(descriptor)

    def drop(self) -> None:
        """Give it back; harmless when it is not held, and in a forked child (where only the descriptor is closed)."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if self._owner == os.getpid():
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


@contextlib.contextmanager
def mutex(directory: StateDirectory, name: str, clock: Clock, seconds: float = 20.0) -> Iterator[None]:
    """Hold the lock ``name`` for a moment (reading and writing one small file); ``seconds`` are real ones."""
    lock = FileLock(directory, name)
    deadline = clock.deadline(seconds * clock.scale)
    while not lock.take(f"process {os.getpid()}"):
        if deadline.over:
            path = directory.where(name)
            raise state_error(
                f"{path} has been locked for {seconds:.0f} seconds by {lock.note() or 'another process'}.",
                "lock the list of leases",
                path,
                "busy",
                "That process hangs or is stopped: look at it, end it if need be, and run again.",
            )
        clock.sleep(0.02 * clock.scale)
    try:
        yield
    finally:
        lock.drop()
