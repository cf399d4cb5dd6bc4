# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one waiter: every long operation of the appliance is waited for here.

A wait has a deadline, an interval with back-off, the states that end it well, the states that end it badly and a
tolerance for an appliance that does not answer for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError

State = TypeVar("State")

#: Kinds of errors that a restarting appliance gives and that a wait may live through.
PASSING = frozenset({"unreachable", "silent", "untrusted", "unexpected"})
SHOW_EVERY = 5.0  # real seconds between two lines of progress


@dataclass(frozen=True)
class Wait:
    """How to wait. All times in seconds of the appliance.

    :param timeout: deadline; :param interval: first pause, grows by ``growth`` up to ``longest``.
    :param silence: how long the appliance may not answer before the wait fails.
    """

    timeout: float
    interval: float = 5.0
    growth: float = 1.5
    longest: float = 30.0
    silence: float = 120.0


@dataclass(frozen=True)
class Seen:
    """What one look showed.

    :param state: a word for messages; :param verdict: None to go on waiting, True for good, False for bad.
    :param detail: facts for progress and result (percent, rate, time left ...).
    :param advice: what to do about a bad end, or when it is still so at the deadline.
    """

    state: str
    verdict: bool | None
    detail: Mapping[str, Any] = field(default_factory=dict)
    advice: str = ""


class Waiter:
    """Waits by looking again and again; see :class:`Wait`.

    :param show: gets a line of progress now and then; :param beat: called at every look (renews the lease).
    :param note: told what is waited for and each state seen.
    """

    def __init__(
        self,
        clock: Clock,
        show: Callable[[str], None],
        beat: Callable[[], None] = lambda: None,
        note: Callable[[str, str], None] = lambda what, state: None,
    ) -> None:
        self.clock = clock
        self._show = show
        self._beat = beat
        self._note = note

    def until(
        self, look: Callable[[], Seen], wait: Wait, *, what: str, surface: Surface = "console", target: str = ""
    ) -> Seen:
        """Look until the verdict is good; returns the last look.

        :raises UseriesError: kind ``failed`` at a bad end, ``timeout`` at the deadline (last state in the message).
        """
        deadline = self.clock.deadline(wait.timeout)
        pause, shown, quiet_since = wait.interval, float("-inf"), None
        last = Seen("not seen yet", None)
        while True:
            self._beat()
            try:
                last = look()
                quiet_since = None
            except UseriesError as error:
                if error.kind not in PASSING:
                    raise
                quiet_since = self.clock.now() if quiet_since is None else quiet_since
                if self.clock.now() - quiet_since > wait.silence:
                    raise
                last = Seen(f"no answer ({error.kind})", None)
            self._note(what, last.state)
            if last.verdict is True:
                return last
            if last.verdict is False:
                raise UseriesError(
                    f"{what}: ended as {last.state}.",
                    surface=surface,
                    operation=what,
                    target=target,
                    kind="failed",
                    remedy=last.advice,
                )
            if deadline.over:
                raise UseriesError(
                    f"{what}: not reached within {wait.timeout:.0f} s; the last state seen was {last.state}.",
                    surface=surface,
                    operation=what,
                    target=target,
                    kind="timeout",
                    remedy="The appliance may still be at it: look at the console, or run the task again with a longer "
                    f"wait_timeout; a state already reached is recognised. {last.advice}".rstrip(),
                )
            if self.clock.wall() - shown >= SHOW_EVERY:
                self._show(f"{what}: {_line(last)} ({deadline.elapsed:.0f} of at most {wait.timeout:.0f} s)")
                shown = self.clock.wall()
            self.clock.sleep(min(pause, max(deadline.left, 0.0)))
            pause = min(pause * wait.growth, wait.longest)


def _line(seen: Seen) -> str:
    facts = ", ".join(f"{key} {value}" for key, value in seen.detail.items() if value is not None)
    return f"{seen.state}, {facts}" if facts else seen.state
