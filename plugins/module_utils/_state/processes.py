# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which process holds a lease, and whether it still lives.

A process id alone is used again after a while, so the start time of the process belongs to it; and an id means
something only inside one boot of one host and one PID namespace (a container has its own). Source: proc(5), fields 3
(state) and 22 (start time) of ``/proc/<pid>/stat``. Where there is no ``/proc``, the id alone has to do.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


def _text(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read().strip()
    except OSError:
        return ""


def _scope() -> tuple[str, str]:
    """Host name, and boot + PID namespace, inside of which a process id has a meaning."""
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = ""
    return socket.gethostname(), f"{_text('/proc/sys/kernel/random/boot_id')} {namespace}".strip()


def _started(pid: int) -> int | None:
    """Start time in clock ticks since boot; None for a process that is gone (or a zombie)."""
    fields = _text(f"/proc/{pid}/stat").rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in ("Z", "X", "x"):
        return None
    return int(fields[19])


@dataclass(frozen=True)
class ProcessMark:
    """One process of one host.

    :param scope: boot and PID namespace; :param started: clock ticks since boot, 0 where there is no ``/proc``.
    """

    host: str
    scope: str
    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> ProcessMark:
        """The mark of a process of this host."""
        host, scope = _scope()
        return cls(host, scope, pid, _started(pid) or 0)

    @classmethod
    def current(cls) -> ProcessMark:
        """The calling process. Taken by ansible's parent before it forks, it is the ``parent`` of every worker."""
        return cls.of(os.getpid())

    @classmethod
    def parent(cls) -> ProcessMark:
        """The parent of the calling process as it is now; after the parent's death that would be another process."""
        return cls.of(os.getppid())

    @property
    def here(self) -> bool:
        """Whether the process id has a meaning for us."""
        return (self.host, self.scope) == _scope()

    def alive(self) -> bool | None:
        """Whether it still runs; None when only its own host (or container) could say."""
        if not self.here:
            return None
        if os.path.exists("/proc/self/stat"):
            return self.started != 0 and _started(self.pid) == self.started
        if self.pid == os.getppid():
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def to_data(self) -> dict[str, Any]:
        """JSON values for :meth:`from_data`."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ProcessMark:
        """:raises KeyError, TypeError, ValueError: for anything that :meth:`to_data` did not give."""
        return cls(str(data["host"]), str(data["scope"]), int(data["pid"]), int(data["started"]))
