# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated clock: order of events, exact chains, jumps, speed."""

from __future__ import annotations

import pytest

from simulator.model.clock import SimClock


def test_events_run_in_order_at_the_moment_they_were_due() -> None:
    clock = SimClock(0)
    seen: list[tuple[str, float]] = []

    def first() -> None:
        seen.append(("first", clock.now()))
        clock.schedule(5, lambda: seen.append(("chained", clock.now())))

    clock.schedule(20, lambda: seen.append(("second", clock.now())))
    clock.schedule(10, first)
    clock.advance(100)
    assert clock.tick() == 3
    assert seen == [("first", 10), ("chained", 15), ("second", 20)]
    assert clock.now() == 100


def test_nothing_runs_before_anybody_asks() -> None:
    clock = SimClock(0)
    seen: list[int] = []
    clock.schedule(1, lambda: seen.append(1))
    clock.advance(2)
    assert seen == []
    clock.tick()
    assert seen == [1]


def test_a_cancelled_event_does_not_run() -> None:
    clock = SimClock(0)
    event = clock.schedule(1, lambda: pytest.fail("it was cancelled"))
    clock.cancel(event)
    clock.advance(5)
    assert clock.tick() == 0


def test_real_time_is_moved_by_its_own_offset_only() -> None:
    clock = SimClock(0)
    before = clock.real_now()
    clock.advance(86400)
    assert (clock.real_now() - before).total_seconds() < 60
    clock.advance_real(3600)
    assert 3590 < (clock.real_now() - before).total_seconds() < 3700


def test_a_speed_multiplies_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    clock = SimClock(60)
    moment[0] += 2
    assert clock.now() == 120
    clock.set_speed(1)
    moment[0] += 3
    assert clock.now() == 123


def test_no_clock_runs_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        SimClock(0).advance(-1)
    with pytest.raises(ValueError, match="backwards"):
        SimClock(-1)
