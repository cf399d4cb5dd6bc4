# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver stands behind a console: HTML, a browser, or first the one and then the other.

The browser's part is loaded only when it is used: most runs never do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.auto import AutoDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
    from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import Hands

NOTE = "driver"
ANY, HTML, BROWSER = "auto", "html", "browser"


@dataclass(frozen=True)
class Keeping:
    """Where browsers are kept for the tasks that follow.

    :param directory: the run's private directory, None: the browser ends with the task; :param run: its process.
    """

    directory: Path | None = None
    run: ProcessMark | None = None

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
