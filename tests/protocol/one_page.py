# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The browser driver on a console of one page, whose section Backups a test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Outcome, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.protocol.trust_bench import PASSWORD, Answer, Site, make
from tests.support.ways import Opened

BACKUPS = Section("backups", Name(("Backups",)))
_PAGE = """<html><head><title>Maintenance</title></head><body>
<nav><ul><li><a href="/Maintenance">Maintenance</a></li></ul></nav><a href="/out">Log Out</a>
<h1>Maintenance</h1><section><h2>Backups</h2>{inside}</section></body></html>"""


class OnePage:
    """The site, and a browser that is signed in to it."""

    def __init__(self, folder: Path) -> None:
        made = make(folder, "appliance")
        self.site = Site(made)
        self.site.before = self._answer
        self._inside = ""
        self._order: Callable[[], Answer] = lambda: Answer(200, "")
        self._opened = Opened(
            Target("127.0.0.1", self.site.port, timeout=10, fingerprints=(made.fingerprint,)),
            Credentials("admin", PASSWORD),
            "browser",
            directory=folder / "sessions",  # where ways are kept from task to task
        )
        self.driver = self._opened.driver

    def _answer(self, method: str, path: str) -> Answer | None:
        if path == "/order":
            return self._order()
        inside = method == "GET" and self.site.passwords()
        return Answer(200, _PAGE.format(inside=self._inside)) if inside else None

    def show(self, inside: str, order: Callable[[], Answer] = lambda: Answer(200, "")) -> None:
        """Open the page anew.

        :param inside: HTML of the section; :param order: called with every request for /order, gives its answer.
        """
        self._inside, self._order = inside, order
        self._sent = len(self.site.received)
        self.driver.open([Name(("Maintenance",))])

    def press(self, caption: str, timeout: float | None = None) -> Outcome:
        """Press a button of the section."""
        return self.driver.press(BACKUPS, Name((caption,)), timeout=timeout)

    def orders(self) -> int:
        """Requests for /order since the page was opened."""
        return sum(path == "/order" for _method, path, _body in self.site.received[self._sent :])

    def close(self) -> None:
        """End browser and site."""
        self._opened.close()
        self.site.stop()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnePage]:
    """One browser for the tests of a file."""
    made = OnePage(tmp_path_factory.mktemp("one-page"))
    yield made
    made.close()
