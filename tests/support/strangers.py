# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drivers on the web interfaces of programs that nobody here wrote.

``DRIVERS`` is the list of what stands behind ``ConsoleDriver``: the tests of ``tests/protocol/strangers`` run with
every one of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import OwnHands
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import SINCE, BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Kind, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from tests.support.programs import LOOPBACK


@dataclass(frozen=True)
class Stranger:
    """A program that is running.

    :param start: the path of its first page; :param password: None where one does not sign in.
    """

    name: str
    version: str
    port: int
    start: str = "/"
    username: str = "admin"
    password: str | None = field(default=None, repr=False)


class OpenSession(ConsoleSession):
    """A session with a site that has no sign-in page."""

    def _sign_in(self) -> None:
        self._created = self.clock.wall()


@contextlib.contextmanager
def html_driver(stranger: Stranger) -> Iterator[ConsoleDriver]:
    """requests and lxml."""
    clock = Clock()
    http = HttpSession(Target(LOOPBACK, stranger.port, scheme="http"), surface="console", clock=clock)
    kind = OpenSession if stranger.password is None else ConsoleSession
    credentials = Credentials(stranger.username, stranger.password or "")
    try:
        yield HtmlDriver(kind(http, credentials, SessionStore(None, clock), clock, starts=(stranger.start,)))
    finally:
        http.close()


class OpenBrowserSession(BrowserSession):
    """A window on a site that has no sign-in page."""

    def _enter(self, operation: str) -> None:
        self._store.note(self._key, SINCE, repr(self.clock.wall()))


@contextlib.contextmanager
def browser_driver(stranger: Stranger) -> Iterator[ConsoleDriver]:
    """Chromium, a fresh one, in this process."""
    clock = Clock()
    http = HttpSession(Target(LOOPBACK, stranger.port, scheme="http"), surface="console", clock=clock)
    kind = OpenBrowserSession if stranger.password is None else BrowserSession
    credentials = Credentials(stranger.username, stranger.password or "")
    store = SessionStore(None, clock)
    session = kind(http, credentials, store, clock, lambda key: OwnHands(), starts=(stranger.start,))
    try:
        yield BrowserDriver(session)
    finally:
        session.close()
        http.close()


DRIVERS: dict[str, Callable[[Stranger], contextlib.AbstractContextManager[ConsoleDriver]]] = {
    "html": html_driver,
    "browser": browser_driver,
}


def section(title: str, *anchor: str) -> Section:
    """A section of that title; ``anchor`` is the caption of a button by which it is told from others of the title."""
    return Section(title, Name((title,)), anchor=Name(anchor) if anchor else None)


def control(label: str, kind: Kind) -> Control:
    """A control of that label; ``read`` gives it under the label."""
    return Control(label, Name((label,)), kind)


def opened(driver: ConsoleDriver, *menu: str) -> ConsoleDriver:
    """The driver, after a walk through the menus."""
    driver.open([Name((text,)) for text in menu])
    return driver
