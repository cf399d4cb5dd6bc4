# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The waiter, with a clock that is moved by sleeping."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait, Waiter
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError
from tests.unit.engine.bench import StillClock, lost

BUSY = Seen("INITIALIZING", None)
GOOD = Seen("SYNCHRONIZED", True)


def looks(*answers: Seen | UseriesError, then: Seen | UseriesError | None = None) -> Callable[[], Seen]:
    """Gives these answers one after the other, then the last one again and again."""
    queue = list(answers)

    def look() -> Seen:
        answer = queue.pop(0) if queue else then
        assert answer is not None, "looked once too often"
        if isinstance(answer, UseriesError):
            raise answer
        return answer

    return look


class Bench:
    def __init__(self, scale: float = 1.0) -> None:
        self.clock = StillClock(scale)
        self.lines: list[str] = []
        self.beats = 0
        self.waiter = Waiter(self.clock, self.lines.append, self._beat)

    def _beat(self) -> None:
        self.beats += 1

    def until(self, look: Callable[[], Seen], wait: Wait) -> Seen:
        return self.waiter.until(look, wait, what="wait for the sync", target="node-a")


def test_a_good_state_ends_the_wait_without_sleeping() -> None:
    bench = Bench()
    assert bench.until(looks(GOOD), Wait(60)) is GOOD
    assert bench.clock.sleeps == []


def test_the_pause_grows_up_to_its_longest() -> None:
    bench = Bench()
    bench.until(looks(*[BUSY] * 6, GOOD), Wait(600, interval=4, growth=2, longest=20))
    assert bench.clock.sleeps == [4, 8, 16, 20, 20, 20]
    assert bench.beats == 7


def test_a_bad_state_ends_it_with_its_advice() -> None:
    with pytest.raises(UseriesError) as caught:
        Bench().until(looks(BUSY, Seen("FAILED", False, advice="Look at the events.")), Wait(60))
    assert caught.value.kind == "failed"
    assert "FAILED" in caught.value.message
    assert caught.value.remedy == "Look at the events."


def test_the_deadline_is_kept_and_looked_at_once_more() -> None:
    bench = Bench()
    with pytest.raises(UseriesError) as caught:
        bench.until(looks(then=BUSY), Wait(100, interval=30, growth=1))
    assert bench.clock.sleeps == [30, 30, 30, 10]
    assert caught.value.kind == "timeout"
    assert "INITIALIZING" in caught.value.message
    assert "100 s" in caught.value.message


def test_a_state_reached_at_the_deadline_counts() -> None:
    assert Bench().until(looks(BUSY, GOOD), Wait(5, interval=30)) is GOOD


@pytest.mark.parametrize("kind", ["unreachable", "silent", "untrusted", "unexpected"])
def test_silence_is_tolerated_for_a_while(kind: Kind) -> None:
    bench = Bench()
    assert bench.until(looks(*[lost(kind)] * 4, GOOD), Wait(600, interval=30, growth=1, silence=100)) is GOOD


def test_silence_for_too_long_ends_it() -> None:
    bench = Bench()
    with pytest.raises(UseriesError) as caught:
        bench.until(looks(BUSY, then=lost("silent")), Wait(600, interval=30, growth=1, silence=100))
    assert caught.value.kind == "silent"
    assert sum(bench.clock.sleeps) == 30 + 120


def test_an_answer_in_between_begins_the_tolerance_anew() -> None:
    silence = [lost("silent")] * 4
    look = looks(*silence, BUSY, *silence, BUSY, *silence, GOOD)
    assert Bench().until(look, Wait(900, interval=30, growth=1, silence=100)) is GOOD


def test_an_error_that_does_not_pass_ends_it_at_once() -> None:
    bench = Bench()
    with pytest.raises(UseriesError) as caught:
        bench.until(looks(lost("login_refused")), Wait(600))
    assert caught.value.kind == "login_refused"
    assert bench.clock.sleeps == []


def shown(bench: Bench, states: Iterable[Seen], pause: float) -> list[str]:
    bench.until(looks(*states, GOOD), Wait(1000, interval=pause, growth=1))
    return bench.lines


def test_progress_is_shown_with_its_facts() -> None:
    lines = shown(Bench(), [Seen("copying", None, {"percent": 40, "left": None})], 10)
    assert lines == ["wait for the sync: copying, percent 40 (0 of at most 1000 s)"]


def test_progress_is_shown_every_few_real_seconds_only() -> None:
    assert len(shown(Bench(), [BUSY] * 10, 1)) == 2
    assert len(shown(Bench(scale=60), [BUSY] * 10, 60)) == 2


def test_a_beat_that_fails_ends_the_wait() -> None:
    bench = Bench()

    def broken() -> None:
        raise lost("busy", "the lease was broken")

    with pytest.raises(UseriesError, match="the lease was broken"):
        Waiter(bench.clock, bench.lines.append, broken).until(looks(GOOD), Wait(10), what="x")
