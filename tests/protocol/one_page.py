# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The browser driver on a console of one page, whose section Backups a test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._console.label_driver import LabelDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.protocol.trust_bench import PASSWORD, Answer, Site, make
from tests.support.ways import Opened

BACKUPS = Section("backups", Name(("Backups",)))
_PAGE = """<html><head><title>Maintenance</title></head><body>
<nav><ul><li><a href="/Maintenance">Maintenance</a></li></ul></nav><a href="/out">Log Out</a>
<h1>Maintenance</h1><section><h2>Backups</h2>{inside}</section></body></html>"""


@contextmanager
def one_page(
    folder: Path, inside: str, order: Callable[[], Answer] = lambda: Answer(200, "")
) -> Iterator[tuple[Site, LabelDriver]]:
    """The site and the driver, which has opened the page.

    :param inside: HTML of the section; :param order: called with every request for /order, gives its answer.
    """
    made = make(folder, "appliance")
    site = Site(made)

    def answer(method: str, path: str) -> Answer | None:
        if path == "/order":
            return order()
        return Answer(200, _PAGE.format(inside=inside)) if method == "GET" and site.passwords() else None

    site.before = answer
    opened = Opened(
        Target("127.0.0.1", site.port, timeout=10, fingerprints=(made.fingerprint,)),
        Credentials("admin", PASSWORD),
        "browser",
    )
    try:
        opened.driver.open([Name(("Maintenance",))])
        yield site, opened.driver
    finally:
        opened.close()
        site.stop()


def orders(site: Site) -> list[str]:
    """Requests for /order, as they came."""
    return [path for _method, path, _body in site.received if path == "/order"]
