# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A state counts when it was seen several times in a row, and for a time: what flickers is not told."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Debounced(Generic[Value]):
    """One state.

    :param times: how often in a row it must be seen, 1 or more; :param seconds: how long it must have been so.
    :ivar settled: the state that counts; None until one has been seen often enough.
    :ivar since: when the state that counts was first seen, in the seconds of the caller's clock.
    """

    def __init__(self, times: int, seconds: float = 0.0) -> None:
        self._times, self._seconds = times, seconds
        self._seen: Value | None = None
        self._count = 0
        self._first = 0.0
        self.settled: Value | None = None
        self.since = 0.0

    def see(self, value: Value, now: float) -> bool:
        """Look once more; whether another state counts from now on.

        :param now: seconds of a clock that only goes forward.
        """
        if value != self._seen:
            self._seen, self._count, self._first = value, 0, now
        self._count += 1
        if value == self.settled or self._count < self._times or now - self._first < self._seconds:
            return False
        self.settled, self.since = value, self._first
        return True
