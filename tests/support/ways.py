# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A driver on an appliance, without the modules: HTML or a browser (see ``way.py``)."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.driver import BrowserDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import OwnHands
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.label_driver import LabelDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import START, ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from tests.support.way import DRIVER


class Opened:
    """A driver and how to let go of it.

    :param driver: ``html`` or ``browser``; :param start: path of the sign-in.
    """

    def __init__(
        self,
        target: Target,
        credentials: Credentials,
        driver: str = DRIVER,
        start: str = START,
        directory: Path | None = None,
    ) -> None:
        clock = Clock()
        self.http = HttpSession(target, surface="console", clock=clock)
        store = SessionStore(directory, clock)
        self.driver: LabelDriver
        self._browser: BrowserSession | None = None
        if driver == "html":
            self.driver = HtmlDriver(ConsoleSession(self.http, credentials, store, clock, starts=(start,)))
        else:
            self._browser = BrowserSession(
                self.http, credentials, store, clock, lambda key: OwnHands(), starts=(start,)
            )
            self.driver = BrowserDriver(self._browser)

    def close(self) -> None:
        """End the browser, close the connection."""
        if self._browser is not None:
            self._browser.close()
        self.http.close()
