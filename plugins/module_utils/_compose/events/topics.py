# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is worth telling of one appliance whose health is looked at again and again (guide 494-511, 1225-1266)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.events.debounce import Debounced
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED

BACKUP, CERTIFICATE, MIRROR, READABLE = "backup", "certificate", "mirror", "readable"
#: Topic -> what an event about it is called while it is not as it should be.
KINDS = {
    BACKUP: "backup_overdue",
    CERTIFICATE: "certificate_near_end",
    MIRROR: "mirror_not_synchronized",
    READABLE: "not_readable",
}
NORMAL = "back_to_normal"
GOOD = ""  # a state that is as it should be
ELSEWHERE = "elsewhere"  # is not for this node to say: the other one is active, there is no partner
Event = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """From when on something is told.

    :param backup_hours: age of the newest backup; :param certificate_days: days before it expires.
    """

    backup_hours: int = 192
    certificate_days: int = 30


@dataclass(frozen=True)
class State:
    """One topic at one look.

    :param value: GOOD, ELSEWHERE, or a word that changes when it is to be told again; None: it could not be read.
    :param figure: the number or word behind it.
    """

    value: str | None
    reason: str = ""
    figure: Any = None


class HostWatch:
    """Tells of one appliance what has changed for good; each thing once, until it changes.

    :param name: inventory name; :param times: see :class:`Debounced`, for what may pass by itself; a backup does not
        get younger, nor a certificate.
    """

    def __init__(self, name: str, limits: Limits, times: int = 2) -> None:
        self.name, self._limits = name, limits
        self._topics: dict[str, Debounced[str]] = {
            topic: Debounced(times if topic in (MIRROR, READABLE) else 1) for topic in KINDS
        }
        self._told: set[str] = set()

    def see(self, found: Mapping[str, Any], now: float) -> list[Event]:
        """One look (:func:`..health.look`); the events to tell, mostly none.

        An event has ``kind``, ``topic``, ``node``, ``figure`` (hours, days or the state of the mirror) and ``reason``.
        """
        states = {
            BACKUP: _backup(found, self._limits.backup_hours),
            CERTIFICATE: _certificate(found, self._limits.certificate_days),
            MIRROR: _mirror(found),
            READABLE: State(GOOD, f"{self.name} can be looked at again."),
        }
        return [event for topic, state in states.items() for event in self._tell(topic, state, now)]

    def blind(self, reason: str, now: float) -> list[Event]:
        """It could not be looked at; :param reason: why, a sentence."""
        return [*self._tell(READABLE, State("blind", reason), now)]

    def _tell(self, topic: str, state: State, now: float) -> Iterator[Event]:
        if state.value is None or not self._topics[topic].see(state.value, now):
            return
        told = topic in self._told
        self._told.discard(topic)
        if state.value not in (GOOD, ELSEWHERE):
            self._told.add(topic)
            yield self._event(KINDS[topic], topic, state)
        elif told and state.value == GOOD:
            yield self._event(NORMAL, topic, state)

    def _event(self, kind: str, topic: str, state: State) -> Event:
        return {"kind": kind, "topic": topic, "node": self.name, "figure": state.figure, "reason": state.reason}


def _backup(found: Mapping[str, Any], limit: int) -> State:
    backups, now = found["backups"], found["now"]
    if found["role"] == "Passive":
        return State(ELSEWHERE)
    if backups is None:
        return State(None)
    newest = backups["newest"]
    if newest is None:
        return State("none", "There is no backup.")
    if not newest["date"] or not now:
        return State(None)
    age = datetime.fromisoformat(now) - datetime.fromisoformat(newest["date"])
    hours = max(round(age.total_seconds() / 3600), 0)
    return State("old" if hours > limit else GOOD, f"The newest backup is {hours} hours old.", hours)


def _certificate(found: Mapping[str, Any], limit: int) -> State:
    days = found["certificate"]["days_left"]
    if days is None:
        return State(None)
    if days < 0:
        return State("expired", f"The certificate expired {-days} days ago.", days)
    return State("near" if days <= limit else GOOD, f"The certificate expires in {days} days.", days)


def _mirror(found: Mapping[str, Any]) -> State:
    pair = found["pair"]
    if pair is None:
        return State(None if "pair" in found["not_read"] else ELSEWHERE)
    state = pair["mirror_state"]
    if not pair["enabled"] or not state:
        return State(ELSEWHERE)
    return State(GOOD if state == SYNCHRONIZED else state, f"The mirror is {state}.", state)
