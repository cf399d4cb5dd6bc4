# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node is lost in the middle of a workflow and comes back, and the workflow is run again: one machine for all.

A workflow brings its :class:`Flow` and, as a :class:`Loss`, what holds after each of the two runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.support.kills import Flow, Point
from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import run, start

NODES = {"A": A, "B": B}
FIRST = 400  # real seconds in which a run has to end by itself
AWAY = 900  # simulated seconds after it: longer than the partner failover timeout (6 minutes) and the promotion
BACK = 900  # simulated seconds until the node is up and both have noticed each other


def cut_off(pair: Site, host: str) -> None:
    """Nobody reaches it any more; it goes on by itself."""
    pair.control.do(host, "set_link", False)


def reachable(pair: Site, host: str) -> None:
    """Its network is there again."""
    pair.control.do(host, "set_link", True)


def power_lost(pair: Site, host: str) -> None:
    """Its plug is pulled."""
    pair.control.power(host, "off")


def powered(pair: Site, host: str) -> None:
    """It is switched on; long afterwards it answers."""
    pair.control.advance(AWAY)
    pair.control.power(host, "on")


@dataclass(frozen=True)
class Loss:
    """What a workflow promises when a node is lost.

    :param first: assert what the first run left, however it ended; :param over: and more, where it ended well.
    :param stopped: assert that the second run may have stopped there; :param ended: assert its good end.
    :param lose, back: what becomes of the node; :param nodes: which of them it may be.
    """

    flow: Flow
    first: Callable[[Site, Ran], None]
    stopped: Callable[[Site, Ran], None]
    over: Callable[[Site, Ran], None]
    ended: Callable[[Site, Ran], None]
    lose: Callable[[Site, str], None] = cut_off
    back: Callable[[Site, str], None] = reachable
    nodes: tuple[str, ...] = tuple(NODES)

    @property
    def steps(self) -> dict[str, Point]:
        """The places at which a node is lost."""
        return {point.name: point for point in self.flow.points}


def gone(core: Core, folder: Path, loss: Loss, step: str, node: str) -> str:
    """Returns how it came out: ``over`` (the first run ended well), ``ended`` or ``stopped``."""
    host, flow = NODES[node], loss.flow
    with flow.site(core, folder) as (pair, words):
        running = start(pair, flow.name, *words)
        pair.until(lambda: loss.steps[step].reached(pair, running), running)
        loss.lose(pair, host)
        first = running.ended(FIRST)
        loss.first(pair, first)
        if first.code == 0:  # it did not need the node any more, and what becomes of that later is not the run's
            loss.over(pair, first)
            return "over"
        loss.back(pair, host)
        pair.control.advance(BACK)
        second = run(pair, flow.name, *words)
        if second.code != 0 and flow.asks and flow.asks in explained(second):
            second = run(pair, flow.name, *words, *flow.answer)
        if second.code == 0:
            loss.ended(pair, second)
            return "ended"
        loss.stopped(pair, second)
        return "stopped"
