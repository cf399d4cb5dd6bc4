# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all wires of the simulator share: the server's shape, the request log with its counters, the faults.

A wire is a module with ``serve(world, appliance, host, port, log) -> Server``. It writes every request into ``log``
and, where it can misbehave on order, asks ``log.faults.take(...)`` before (and after) it carries a request out.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

RequestKind = Literal["login", "logout", "read", "write"]
FaultKind = Literal["refuse", "reset", "delay", "status", "truncate", "expire_session"]
FAULT_KINDS: tuple[FaultKind, ...] = ("refuse", "reset", "delay", "status", "truncate", "expire_session")


class Server(Protocol):
    """A listening wire of one node."""

    port: int

    def stop(self) -> None:
        """Close the listener and every connection; returns when the port is free."""


@dataclass(frozen=True)
class Request:
    """One request as it was answered.

    :param at: seconds since the epoch (the controller's time, not the simulated one).
    :param wire: console, endpoint, windows, sql or idrac.
    :param path: path, statement or cmdlet, as the wire sees it; never a secret.
    :param what: what it meant, e.g. ``general_settings.date_and_time.set_date_and_time``; may be empty.
    :param status: HTTP status or the wire's own number; 0: no answer was sent.
    """

    at: float
    node: str
    wire: str
    method: str
    path: str
    kind: RequestKind
    status: int
    what: str = ""


@dataclass
class Fault:
    """An order to misbehave.

    :param surface: the wire; ``*`` for all.
    :param count: how many matching requests it takes; below 0: until it is cleared.
    :param path: part of the path or of what the request means; empty: every request.
    :param method: HTTP method; empty: every method.
    :param seconds: of a delay, or how long connections are refused (real seconds; 0: until cleared).
    :param code: HTTP status of kind ``status``.
    :param when: before or after the action is carried out.
    """

    node: str
    surface: str
    kind: FaultKind
    count: int = 1
    path: str = ""
    method: str = ""
    seconds: float = 0.0
    code: int = 503
    when: Literal["before", "after"] = "before"
    since: float = field(default_factory=time.monotonic)

    def meets(self, node: str, surface: str) -> bool:
        """Whether it is meant for this node (``*``: any) and wire."""
        return self.node in (node, "*") and self.surface in (surface, "*")

    def over(self) -> bool:
        """Whether a refusal of limited length has ended, or nothing is left to take."""
        return self.count == 0 or (self.kind == "refuse" and 0 < self.seconds < time.monotonic() - self.since)


class Faults:
    """The orders that are still open."""

    def __init__(self) -> None:
        self._open: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Queue one more."""
        with self._lock:
            self._open.append(fault)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._open.clear()

    def open(self) -> list[dict[str, Any]]:
        """Those still open, as data."""
        with self._lock:
            return [asdict(fault) for fault in self._open if not fault.over()]

    def refused(self, node: str, surface: str) -> bool:
        """Whether connections to this wire are refused now."""
        with self._lock:
            return any(f.kind == "refuse" and f.meets(node, surface) and not f.over() for f in self._open)

    def take(self, node: str, surface: str, method: str, path: str, what: str = "") -> Fault | None:
        """The first fault that meets this request; its count goes down by one."""
        with self._lock:
            for fault in self._open:
                if fault.kind == "refuse" or fault.over() or not fault.meets(node, surface):
                    continue
                if fault.method and fault.method.upper() != method.upper():
                    continue
                if fault.path and fault.path not in path and fault.path not in what:
                    continue
                fault.count -= 1
                return fault
        return None


class RequestLog:
    """Every request of every wire, and how many of them wrote or signed in."""

    def __init__(self) -> None:
        self.faults = Faults()
        self._entries: list[Request] = []
        self._lock = threading.Lock()

    def record(
        self, node: str, wire: str, method: str, path: str, kind: RequestKind, status: int = 200, what: str = ""
    ) -> None:
        """Note one answered request."""
        with self._lock:
            self._entries.append(Request(time.time(), node, wire, method, path, kind, status, what))

    def entries(self, node: str | None = None, wire: str | None = None) -> Sequence[Request]:
        """The requests so far, oldest first."""
        with self._lock:
            found = list(self._entries)
        return [e for e in found if node in (None, e.node) and wire in (None, e.wire)]

    def counts(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """node -> wire -> kind -> number of requests (kinds: login, logout, read, write, and ``all``)."""
        result: dict[str, dict[str, dict[str, int]]] = {}
        for entry in self.entries():
            kinds = result.setdefault(entry.node, {}).setdefault(
                entry.wire, {"login": 0, "logout": 0, "read": 0, "write": 0, "all": 0}
            )
            kinds[entry.kind] += 1
            kinds["all"] += 1
        return result

    def reset(self) -> None:
        """Forget the requests so far (faults stay)."""
        with self._lock:
            self._entries.clear()
