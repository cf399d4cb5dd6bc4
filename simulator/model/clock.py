# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulated clock for all long processes of a world.

Simulated seconds run ``speed`` times as fast as real ones (0 stands still, for tests) and jump with ``advance``. Due
events are run lazily: whoever wants to see the world calls ``tick`` first. While an event runs, ``now`` is the moment
at which it was due, so that chains of events are exact however late anybody looks.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from datetime import datetime as Moment
from datetime import timedelta, timezone
from typing import Any

Callback = Callable[[], object]


class SimClock:
    """Simulated time in seconds since the start of the world, and real time with an offset.

    :param speed: simulated seconds per real second, 0 or more.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if speed < 0:
            raise ValueError(f"the clock cannot run backwards: speed {speed}")
        self.speed = speed
        self.epoch = Moment.now(timezone.utc).replace(microsecond=0)
        self.real_offset = 0.0
        self._base = 0.0
        self._origin = time.monotonic()
        self._at: float | None = None
        self._sequence = 0
        self._events: list[tuple[float, int, Callback]] = []

    def now(self) -> float:
        """Simulated seconds since the start."""
        if self._at is not None:
            return self._at
        return self._base + (time.monotonic() - self._origin) * self.speed

    def datetime(self, at: float | None = None) -> Moment:
        """The simulated moment (or the simulated second ``at``) as an aware UTC time."""
        return self.epoch + timedelta(seconds=self.now() if at is None else at)

    def real_now(self) -> Moment:
        """Real UTC time plus the offset that ``advance_real`` moves: for sessions, certificates, the date page."""
        return Moment.now(timezone.utc) + timedelta(seconds=self.real_offset)

    def advance(self, seconds: float) -> None:
        """Jump forward by simulated seconds. Due events run at the next ``tick``."""
        if seconds < 0:
            raise ValueError(f"the clock cannot run backwards: {seconds} seconds")
        self._base += seconds

    def advance_real(self, seconds: float) -> None:
        """Move the offset of ``real_now``."""
        self.real_offset += seconds

    def align(self) -> None:
        """Move the offset of ``real_now`` to the simulated moment: the date page then shows the time of the events."""
        self.real_offset = (self.datetime() - Moment.now(timezone.utc)).total_seconds()

    def set_speed(self, speed: float) -> None:
        """Go on at another speed without a jump."""
        self._base, self._origin, self.speed = self.now(), time.monotonic(), speed

    def schedule(self, delay: float, callback: Callback) -> int:
        """Run ``callback`` when ``delay`` simulated seconds have passed; returns an id for ``cancel``.

        The callback must be picklable together with the world: a bound method or a ``functools.partial`` of one.
        """
        self._sequence += 1
        heapq.heappush(self._events, (self.now() + max(0.0, delay), self._sequence, callback))
        return self._sequence

    def cancel(self, event: int | None) -> None:
        """Forget a scheduled event; unknown ids and None are ignored."""
        self._events = [entry for entry in self._events if entry[1] != event]
        heapq.heapify(self._events)

    def tick(self) -> int:
        """Run every due event in order; returns how many ran."""
        if self._at is not None:
            return 0
        target = self.now()
        count = 0
        while self._events and self._events[0][0] <= target:
            due, _sequence, callback = heapq.heappop(self._events)
            self._at = due
            try:
                callback()
            finally:
                self._at = None
            count += 1
        return count

    def next_due(self) -> float | None:
        """Simulated second of the next event, None without any."""
        return self._events[0][0] if self._events else None

    def state(self) -> dict[str, Any]:
        """What a snapshot keeps."""
        return {
            "now": self.now(),
            "epoch": self.epoch,
            "real_offset": self.real_offset,
            "sequence": self._sequence,
            "events": list(self._events),
        }

    def set_state(self, state: dict[str, Any]) -> None:
        """Back to a ``state``; the speed stays."""
        self._base, self._origin = state["now"], time.monotonic()
        self.epoch, self.real_offset = state["epoch"], state["real_offset"]
        self._sequence, self._events = state["sequence"], list(state["events"])
        heapq.heapify(self._events)
