# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller dies in the middle of a workflow, and the workflow is run again: one machine for all workflows.

A workflow brings a :class:`Flow`: how its pair begins, its command line, the points at which the controller is killed,
what its end looks like, and what a run without the files of the first one may say instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.support.playbook import Core, Ran, Running
from tests.support.site import A, B, Site, explained, site
from tests.support.workflow import run, start

How = Literal["parent", "all"]
HOWS: tuple[How, ...] = ("parent", "all")


@dataclass(frozen=True)
class Point:
    """Where the controller is killed.

    :param after: for ``order`` a part of what the request means or of its path, as the simulator logs it; for ``task``
        the end of a task's name. :param number: the how many-th of that name.
    :param over: everything was put back by then, so that without any file a new run is a new one.
    :param shown: for ``state``, which ``after`` only names: whether the simulator's model has come that far.
    """

    kind: Literal["order", "task", "state"]
    after: str
    number: int = 1
    over: bool = False
    shown: Callable[[Site], bool] | None = None

    @property
    def name(self) -> str:
        """For the id of a test."""
        return f"{self.kind} {self.after}" + (f" {self.number}" if self.number > 1 else "")

    def reached(self, pair: Site, running: Running) -> bool:
        """Whether the run has come that far."""
        if self.shown is not None:
            return self.shown(pair)
        if self.kind == "order":
            return len(orders(pair, self.after)) >= self.number
        if not running.record.exists():
            return False
        text = running.record.read_text(encoding="utf-8")
        ended = [line for line in text.splitlines() if f'{self.after}"' in line and '"item ' not in line]
        return len(ended) >= self.number


def order(after: str, number: int = 1, over: bool = False) -> Point:
    """After a request that wrote."""
    return Point("order", after, number, over)


def task(after: str, number: int = 1, over: bool = False) -> Point:
    """After the end of a task, on the first host."""
    return Point("task", after, number, over)


def state(after: str, shown: Callable[[Site], bool]) -> Point:
    """When the simulator's model shows something: between two requests, where no log tells it in time."""
    return Point("state", after, shown=shown)


def orders(pair: Site, what: str) -> list[dict[str, object]]:
    """Requests that wrote: a part of what they mean, or of their path where they mean nothing."""
    return [one for one in pair.control.log() if one["kind"] == "write" and what in f"{one['what']} {one['path']}"]


def at_most(pair: Site, limits: Mapping[str, int]) -> None:
    """Assert that no order was given more often than this."""
    for what, most in limits.items():
        assert len(orders(pair, what)) <= most, (what, orders(pair, what))


def keeps(pair: Site, data: str) -> None:
    """Assert that both nodes still have it."""
    for host in (A, B):
        assert data in pair.state(host)["database"]["records"], host


@dataclass(frozen=True)
class Flow:
    """A workflow as the tests of its death need it.

    :param prepare: a pair at the start, and the command line for it; :param points: the places, all of them.
    :param ended: assert the end that the workflow promises, with each one-shot order given once at most.
    :param stopped: assert a stop of a run without the files of the first one: named what cannot be known, nothing lost.
    :param asks: what a second run says where it stops because only a person can know whether an order was carried out;
        :param answer: what the person says then.
    :param anew: as ``ended``, for a second run that knows nothing of the first one and may have begun from the start.
    :param opened: opens the simulation where it is no ordinary pair.
    :param away: for a workflow that restarts an appliance: whether a second run failed because the first one's restart
        was under way; it has waited until that was over, as a person does who reads so and begins once more.
    """

    name: str
    prepare: Callable[[Site], tuple[str, ...]]
    points: tuple[Point, ...]
    ended: Callable[[Site, Ran], None]
    stopped: Callable[[Site, Ran], None]
    asks: str = ""
    answer: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ("console", "endpoint", "idrac")
    opened: Callable[[Core, Path, tuple[str, ...]], AbstractContextManager[Site]] | None = None
    away: Callable[[Site, Ran], bool] = lambda _pair, _ran: False
    anew: Callable[[Site, Ran], None] | None = None

    @contextlib.contextmanager
    def site(self, core: Core, folder: Path) -> Iterator[tuple[Site, tuple[str, ...]]]:
        """Its simulation, prepared, and the words of its command line."""
        opened = self.opened(core, folder, self.surfaces) if self.opened else site(core, folder, surfaces=self.surfaces)
        with contextlib.ExitStack() as stack:
            pair = stack.enter_context(opened)
            words = self.prepare(pair)
            pair.control.reset_counts()
            yield pair, words


def state_files(pair: Site) -> Path:
    """Where the controller keeps leases and checkpoints."""
    return pair.folder / ".ansible" / "useries"


def below(parent: int) -> list[int]:
    """Processes below one, its workers."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    found = [int(word) for word in listed.stdout.split()]
    return [*found, *(deeper for one in found for deeper in below(one))]


def kill(running: Running, how: How) -> None:
    """SIGKILL: the parent alone (its worker ends its task by itself), or all of them as when the power is lost."""
    workers = below(running.process.pid) if how == "all" else []
    for process in (running.process.pid, *workers):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    running.process.wait()


def killed(core: Core, folder: Path, flow: Flow, point: Point, how: How, *, files: bool) -> str:
    """Kill the workflow once, run it again, and judge the end; returns ``ended`` or ``stopped``.

    :param files: whether the second run finds what the first one kept on the controller.
    """
    with flow.site(core, folder) as (pair, words):
        running = start(pair, flow.name, *words)
        pair.until(lambda: point.reached(pair, running), running)
        kill(running, how)
        if not files:
            shutil.rmtree(state_files(pair), ignore_errors=True)
        ran = run(pair, flow.name, *words)
        if ran.code != 0 and flow.away(pair, ran):
            ran = run(pair, flow.name, *words)
        if ran.code != 0 and flow.asks and flow.asks in explained(ran):
            ran = run(pair, flow.name, *words, *flow.answer)
        if ran.code == 0:
            (flow.ended if files or flow.anew is None else flow.anew)(pair, ran)
            return "ended"
        assert not files, f"killed at {point.name}, the second run failed: {explained(ran)}\n{ran.output}"
        flow.stopped(pair, ran)
        return "stopped"
