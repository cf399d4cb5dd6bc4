# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus of the console: sites on top, the pages of a site beside, and tabs between pages that belong together.

In later versions the sites stand in a sidebar, and the old menus behind its entry LA.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from simulator.console.style import Style
from simulator.pages.later import OLD
from simulator.pages.spec import Page


@dataclass
class Entry:
    """A link of a menu."""

    text: str
    href: str
    here: bool = False
    below: list[Entry] = field(default_factory=list)


@dataclass
class Menu:
    """What a page shows around itself; ``shape`` is drawn by the seed."""

    shape: str
    word: str
    sites: list[Entry] = field(default_factory=list)
    pages: list[Entry] = field(default_factory=list)
    tabs: list[Entry] = field(default_factory=list)
    sidebar: list[Entry] = field(default_factory=list)


def _name(page: Page) -> str:
    return page.menu[1] if len(page.menu) > 1 else page.title


def landing(pages: Sequence[Page], site: str) -> Page:
    """The page that the link of a site opens: of Maintenance BeyondTrust Updates (guide lines 175, 188)."""
    own = [page for page in pages if page.menu[:1] == (site,)]
    for page in own:
        if page.id == "beyondtrust_updates":
            return page
    return next((page for page in own if len(page.menu) == 1), own[0])


def build(style: Style, pages: Sequence[Page], here: Page) -> Menu:
    """The menus as they stand on the page ``here``.

    :param pages: the pages that the appliance shows at the moment.
    """
    menu = Menu(style.pick(("list", "divs", "details"), "menu"), style.word("menu"))
    for site in dict.fromkeys(page.menu[0] for page in pages if page.menu):
        menu.sites.append(Entry(site, style.address(landing(pages, site)), here.menu[:1] == (site,)))
    named: dict[str, Page] = {}
    for page in pages:
        if page.menu[:1] == here.menu[:1] and len(page.menu) < 3:
            named.setdefault(_name(page), page)
    for text, page in named.items():
        menu.pages.append(Entry(text, style.address(page), text == _name(here)))
    if len(here.menu) > 1:
        together = [page for page in pages if page.menu[:2] == here.menu[:2] and not page.by_button]
        if len(together) > 1:
            menu.tabs = [
                Entry(page.menu[2] if len(page.menu) > 2 else page.title, style.address(page), page.id == here.id)
                for page in together
            ]
    return menu


def build_sidebar(style: Style, pages: Sequence[Page], here: Page) -> Menu:
    """The menus of later versions as they stand on the page ``here``; old pages have their old menus besides.

    Whether old pages show the sidebar as well is drawn.
    """
    old = [replace(page, menu=page.menu[1:]) for page in pages if page.menu[0] == OLD]
    behind = here.menu[0] == OLD
    if behind:
        menu = build(style, old, replace(here, menu=here.menu[1:]))
    else:
        menu = Menu(style.pick(("list", "divs", "details"), "menu"), style.word("menu"))
    if behind and style.chance(0.3, "old pages without sidebar"):
        return menu
    names = sorted({page.menu[0] for page in pages})
    for site in style.rng("sidebar").sample(names, len(names)):
        own = [page for page in pages if page.menu[0] == site]
        below = [Entry(page.menu[1], style.address(page), page.id == here.id) for page in own if len(page.menu) == 2]
        menu.sidebar.append(Entry(site, style.address(own[0]), here.menu[0] == site, below))
    return menu
