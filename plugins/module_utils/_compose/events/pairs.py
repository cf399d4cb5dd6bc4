# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is worth telling of a pair whose nodes are asked for their role again and again (guide 1131-1161, 1196-1241)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.events.debounce import Debounced

FAILOVER, TWO_ACTIVE, NONE_ACTIVE, SILENT, NORMAL = (
    "failover",
    "two_active",
    "none_active",
    "silent",
    "back_to_normal",
)
Event = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one node said.

    :param role: Off, Active or Passive; None when it gave no answer that can be used, and ``reason`` says why.
    :param trusted: whether its certificate is one that is expected.
    """

    role: str | None
    reason: str = ""
    trusted: bool = True


class PairWatch:
    """Tells of one pair what has changed for good; each thing once, until it changes.

    :param name: of the pair, or of an appliance without a partner; :param nodes: inventory names, one or two.
    :param services_only: no database is mirrored, so two active nodes are no alarm (A-54).
    :param times, seconds: see :class:`Debounced`.
    """

    def __init__(
        self, name: str, nodes: Sequence[str], *, services_only: bool = False, times: int = 3, seconds: float = 0.0
    ) -> None:
        self.name, self.nodes = name, tuple(nodes)
        self._services_only = services_only
        self._actives: Debounced[tuple[str, ...] | None] = Debounced(times, seconds)
        self._silent: dict[str, Debounced[bool]] = {node: Debounced(times, seconds) for node in nodes}
        self._last = ""  # the node that was active when exactly one was
        self._wrong: set[str] = set()  # told, and still so
        self._told = False  # that something is wrong, since it was last as it should be

    def see(self, answers: Mapping[str, Answer], now: float) -> list[Event]:
        """The answers of one round, by node; the events to tell, mostly none.

        An event has ``kind``, ``pair``, ``node`` (the silent one, or the one that is active now), ``was_active`` (of a
        failover), ``roles`` (by node; ``silent`` for no answer), ``seconds`` (how long it has been so) and ``reason``.

        :param now: seconds of a clock that only goes forward.
        """
        found = [*self._silence(answers, now)]
        if len(self.nodes) > 1:
            found += self._activity(answers, now)
        if any(event["kind"] != FAILOVER for event in found):
            self._told = True
        if self._told and self._normal():
            self._told = False
            found.append(self._event(NORMAL, self._active(), 0.0, f"{self.name} is as it should be again."))
        roles = {node: answers[node].role or SILENT for node in self.nodes}
        return [{**event, "roles": roles} for event in found]

    def _silence(self, answers: Mapping[str, Answer], now: float) -> Iterator[Event]:
        for node, silent in self._silent.items():
            if not silent.see(answers[node].role is None, now):
                continue
            self._wrong.discard(node)
            if silent.settled:
                self._wrong.add(node)
                reason = f"{node} tells no role. {answers[node].reason}".strip()
                yield self._event(SILENT, node, now - silent.since, reason)

    def _activity(self, answers: Mapping[str, Answer], now: float) -> Iterator[Event]:
        answering = [node for node in self.nodes if answers[node].role is not None]
        active = tuple(node for node in answering if answers[node].role == "Active")
        if not self._actives.see(active if answering else None, now):
            return
        self._wrong -= {TWO_ACTIVE, NONE_ACTIVE}
        seconds = now - self._actives.since
        if len(active) == 1:
            before, self._last = self._last, active[0]
            if before not in ("", active[0]):
                reason = f"The active node of {self.name} was {before} and is {active[0]} now."
                yield {**self._event(FAILOVER, active[0], seconds, reason), "was_active": before}
        elif active and not self._services_only:
            self._wrong.add(TWO_ACTIVE)
            yield self._event(TWO_ACTIVE, None, seconds, f"Both nodes of {self.name} are active.")
        elif answering and not active:
            self._wrong.add(NONE_ACTIVE)
            yield self._event(NONE_ACTIVE, None, seconds, f"No node of {self.name} that answers is active.")

    def _normal(self) -> bool:
        heard = all(silent.settled is False for silent in self._silent.values())
        return heard and not self._wrong and (len(self.nodes) == 1 or bool(self._actives.settled))

    def _active(self) -> str | None:
        settled = self._actives.settled or ()
        return settled[0] if len(settled) == 1 else None

    def _event(self, kind: str, node: str | None, seconds: float, reason: str) -> Event:
        return {
            "kind": kind,
            "pair": self.name if len(self.nodes) > 1 else None,
            "node": node,
            "was_active": None,
            "seconds": round(seconds, 1),
            "reason": reason,
        }
