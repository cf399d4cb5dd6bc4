# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one clock and the one sleeper of the collection.

``scale`` is 1 on real appliances. The inventory of the simulator sets it to the speed of the simulated clock: intervals
and deadlines are divided by it, so that a wait of an hour is rehearsed in seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Seconds that can be scaled.

    :param scale: how much faster than real time the other side lives; must be above 0.
    """

    def __init__(self, scale: float = 1.0) -> None:
        if scale <= 0:
            raise ValueError("the time scale must be above 0")
        self.scale = scale

    def now(self) -> float:
        """Monotonic seconds as the appliance lives them (scaled)."""
        return time.monotonic() * self.scale

    def wall(self) -> float:
        """Seconds since the epoch, never scaled: timestamps, ages of files and sessions."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Sleep ``seconds`` of the appliance's time."""
        if seconds > 0:
            time.sleep(seconds / self.scale)

    def deadline(self, seconds: float) -> Deadline:
        """A deadline ``seconds`` of the appliance's time from now."""
        return Deadline(self.now, seconds)


class Deadline:
    """How much time is left; see :meth:`Clock.deadline`."""

    def __init__(self, now: Callable[[], float], seconds: float) -> None:
        self._now = now
        self._start = now()
        self.seconds = seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._now() - self._start

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self.left <= 0
