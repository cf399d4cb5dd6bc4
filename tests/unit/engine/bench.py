# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine is handed in its tests: a clock moved by sleeping, and ports that remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Earlier, Gate
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock, Deadline
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError


def lost(kind: Kind = "silent", message: str = "the connection was reset") -> UseriesError:
    """What a surface raises when an answer does not come."""
    return UseriesError(message, surface="console", operation="save", kind=kind)


class StillClock(Clock):
    """Time passes only by sleeping; ``sleeps`` remembers how long."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__(scale)
        self.time = 1000.0
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self.time

    def wall(self) -> float:
        return self.time / self.scale

    def sleep(self, seconds: float) -> None:
        assert len(self.sleeps) < 10_000, "a wait without end"
        self.sleeps.append(seconds)
        self.time += seconds

    def deadline(self, seconds: float) -> Deadline:
        return Deadline(self.now, seconds)


@dataclass
class Pair:
    """A pair in one state; ``calls`` shows the order of what the gate asked."""

    shows: str = "unpaired"
    refuses: UseriesError | None = None
    orphaned: UseriesError | None = None
    forbidden: UseriesError | None = None
    known: Earlier = "unknown"
    calls: list[str] = field(default_factory=list)

    def state(self) -> str:
        self.calls.append("state")
        return self.shows

    def hold(self) -> None:
        self.calls.append("hold")
        if self.refuses:
            raise self.refuses

    def check_alive(self) -> None:
        self.calls.append("alive")
        if self.orphaned:
            raise self.orphaned

    def permit(self) -> None:
        self.calls.append("permit")
        if self.forbidden:
            raise self.forbidden

    def earlier(self) -> Earlier:
        return self.known

    def intend(self) -> None:
        self.calls.append("intend")

    def withdraw(self) -> None:
        self.calls.append("withdraw")


@dataclass
class Notes:
    """Promises of the run: pairs of name and appliance."""

    made: list[str] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)

    def promised(self, name: str, appliance: str = "") -> bool:
        return (name, appliance) in self.known

    def promise(self, names: Iterable[str]) -> None:
        self.made.extend(names)


def task(
    options: Mapping[str, Any],
    *,
    surfaces: Any = None,
    check_mode: bool = False,
    pair: Pair | None = None,
    notes: Notes | None = None,
    show: Callable[[str], None] = lambda line: None,
    clock: Clock | None = None,
) -> Task:
    """A task as _compose would hand it over."""
    return Task(
        options=options,
        surfaces=surfaces if surfaces is not None else SimpleNamespace(),
        gate=Gate(check_mode=check_mode, pair=pair if pair is not None else Pair()),
        clock=clock or StillClock(),
        journal=notes or Notes(),
        show=show,
        label="node-a",
    )
