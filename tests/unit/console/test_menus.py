# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a walk through the menus led in this run is remembered, and believed only while the page has that title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from tests.unit.console.pages import Site

MENU = [Name(("The Page",))]
Session = Callable[..., ConsoleSession]


def asked(site: Site) -> list[str]:
    """The pages asked for since the last look."""
    paths = [seen.path for seen in site.seen]
    site.seen.clear()
    return paths


def test_the_next_task_goes_straight_to_the_page(site: Site, session: Session, tmp_path: Path) -> None:
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    asked(site)
    driver = HtmlDriver(session(directory=tmp_path))
    driver.open(MENU)
    assert (driver.title(), asked(site)) == ("The Page", ["/page"])


def test_a_page_of_another_title_is_not_taken_for_it(site: Site, session: Session, tmp_path: Path) -> None:
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    asked(site)
    site.content = "<h1>Another Page</h1>"
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    assert asked(site) == ["/page", "/Maintenance", "/page"]


def test_a_page_that_is_gone_is_walked_to_again(site: Site, session: Session, tmp_path: Path) -> None:
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    asked(site)
    replies = [(404, {}, b"<html><h1>Not Found</h1></html>"), (200, {}, b"<html><h1>The Page</h1></html>")]
    site.answers["/page"] = lambda _seen: replies.pop(0)
    driver = HtmlDriver(session(directory=tmp_path))
    driver.open(MENU)
    assert (driver.title(), asked(site)) == ("The Page", ["/page", "/Maintenance", "/page"])


def test_a_page_whose_title_is_not_the_entry_is_not_remembered(site: Site, session: Session, tmp_path: Path) -> None:
    site.content = "<h1>The Page of Today</h1>"
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    asked(site)
    HtmlDriver(session(directory=tmp_path)).open(MENU)
    assert asked(site) == ["/Maintenance", "/page"]
