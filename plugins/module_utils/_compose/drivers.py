# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver stands behind a console: HTML, a browser, or first the one and then the other.

The browser's part is loaded only when it is used: most runs never do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.auto import AutoDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from ansible_collections.useries.appliance.plugins.module_utils._state.locks import FileLock
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
    from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import Hands

NOTE = "driver"
TURN_SECONDS = 600.0
ANY, HTML, BROWSER = "auto", "html", "browser"


class Turn:
    """One task at a time operates both consoles of a pair in browsers.

    A task has a kept browser to itself until it ends; two tasks with one browser each, and both in need of the other
    one, would wait for each other.

    :param lock: of this pair and run.
    """

    def __init__(self, lock: FileLock, clock: Clock) -> None:
        self._lock, self._clock = lock, clock

    def take(self) -> None:
        """Wait until it is this task's turn; at once when it is already.

        :raises UseriesError: kind ``busy`` after ten minutes.
        """
        deadline = self._clock.deadline(TURN_SECONDS * self._clock.scale)
        while not self._lock.take(f"process {os.getpid()}"):
            if deadline.over:
                raise UseriesError(
                    f"Another task of this run ({self._lock.note()}) has been operating the consoles of this pair in a "
                    f"browser for {TURN_SECONDS:.0f} seconds.",
                    surface="local",
                    operation="wait for the browsers of the pair",
                    kind="busy",
                    remedy="Let one host of a pair run this task (run_once), or one after the other (throttle: 1).",
                )
            self._clock.sleep(0.2 * self._clock.scale)

    def end(self) -> None:
        """The next one."""
        self._lock.drop()


@dataclass(frozen=True)
class Keeping:
    """Where browsers are kept for the tasks that follow.

    :param directory: the run's private directory, None: the browser ends with the task; :param run: its process.
    :param turn: of a task that may operate the partner's console too.
    """

    directory: Path | None = None
    run: ProcessMark | None = None
    turn: Turn | None = None

    def hands(self, key: str) -> Hands:
        """The browser of this session: found, or started."""
        from ansible_collections.useries.appliance.plugins.module_utils._console.browser import link

        if self.directory is None or self.run is None:
            return link.OwnHands()
        return link.KeptHands(self.directory / f"{link.FOLDER}{key[:16]}", self.run)


class Drivers:
    """Makes the driver of one console.

    :param warn: takes a sentence for the task's result; :param starts: addresses where one may sign in.
    """

    def __init__(
        self,
        http: HttpSession,
        credentials: Credentials,
        store: SessionStore,
        clock: Clock,
        keeping: Keeping,
        warn: Callable[[str], None],
        starts: Sequence[str],
    ) -> None:
        self._http, self._credentials, self._store, self._clock = http, credentials, store, clock
        self._keeping = keeping
        self._warn = warn
        self._starts = starts
        self._key = store.key(http.target, credentials, surface=http.surface)
        self._close: Callable[[], None] = lambda: None

    def open(self, choice: str) -> ConsoleDriver:
        """The driver for ``useries_console_driver``; nothing is sent yet."""
        if choice == BROWSER or (choice == ANY and self._store.noted(self._key, NOTE) == BROWSER):
            return self.browser()
        html = HtmlDriver(ConsoleSession(self._http, self._credentials, self._store, self._clock, starts=self._starts))
        return html if choice == HTML else AutoDriver(html, self.browser, self._found)

    def browser(self) -> BrowserDriver:
        """The browser driver."""
        from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
        from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession

        if self._keeping.turn is not None:  # before anything of a session is locked
            self._keeping.turn.take()
        session = BrowserSession(
            self._http, self._credentials, self._store, self._clock, self._keeping.hands, starts=self._starts
        )
        self._close = session.close
        return BrowserDriver(session)

    def close(self) -> None:
        """Let go of the browser; a kept one waits for the next task."""
        self._close()

    def _found(self) -> None:
        self._store.note(self._key, NOTE, BROWSER)
        self._warn(
            f"The pages of {self._http.target.url} are made by scripts, so they are operated in a browser from here on "
            "(useries_console_driver: auto). Set it to browser to save the first look at the markup."
        )
