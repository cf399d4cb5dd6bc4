# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting about: through the menus by their texts, and quickly where the same walk led before."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.looking import Looking
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import Baseline
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Walking(Looking):
    """What is open, and how one gets to another page.

    :param target: the address, for errors.
    """

    _needs_sight = False
    """Whether a menu must be opened before an entry in it can be followed."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self._target = target
        self._page: Page | None = None
        self._home: Page | None = None
        self._before = Baseline()
        self._pressed = ""
        self._moved = True  # the last entry led to another page, and did not just open a dialog of the one before

    @abstractmethod
    def _get(self, url: str, operation: str) -> Page:
        """A fresh page of an address, signed in."""

    @abstractmethod
    def _start(self, operation: str) -> Page:
        """The page where the menus begin, fresh and signed in."""

    @abstractmethod
    def _follow(self, page: Page, element: Element, operation: str) -> Page:
        """Where a menu entry leads."""

    @abstractmethod
    def _remembered(self, path: str) -> str | None:
        """The address that this walk through the menus led to earlier in the run."""

    @abstractmethod
    def _remember(self, path: str, url: str) -> None:
        """Keep it for the tasks that follow."""

    # -- open

    def open(self, menu: Sequence[Name]) -> None:
        """Walk the menus to a fresh page.

        The walk begins at the start page, as one text can stand in a site's own menu too. That page is kept: when it
        leads nowhere any more (an entry came or moved), it is fetched again and the walk repeated.
        """
        path = " > ".join(str(name) for name in menu)
        operation = f"open {path}"
        if self._shortcut(menu, path, operation):
            return
        self._from_start(menu, operation)
        page = self._present(operation)
        if quality(menu[-1], [page.title()]) == EXACT:
            self._remember(path, page.url)
        elif len(menu) > 1 and self._moved:  # what a site's first page is may change with its state
            self._remember(path, f"{page.url}\n{page.title()}")

    def _shortcut(self, menu: Sequence[Name], path: str, operation: str) -> bool:
        """Go where the same walk led an earlier task of this run, if the page there still bears the entry's name (or,
        below a site's first page, the title that it had).

        Two of three requests of a task are saved so; a page of another title, or none, is walked to as ever.
        """
        known = self._remembered(path)
        if known is None:
            return False
        url, _end, title = known.partition("\n")
        try:
            page = self._get(url, operation)
        except UseriesError as error:
            if error.kind not in ("unexpected", "failed"):
                raise
            return False
        if quality(menu[-1], [page.title()]) != EXACT and not (title and page.title() == title):
            return False
        self._stay(page)
        return True

    def _from_start(self, menu: Sequence[Name], operation: str) -> None:
        if self._home is not None:
            try:
                self._walk(self._home, menu, operation)
                return
            except UseriesError as error:
                if error.kind not in ("label_missing", "label_ambiguous", "unexpected"):
                    raise
        self._home = self._start(operation)
        self._walk(self._home, menu, operation)

    def _walk(self, page: Page, menu: Sequence[Name], operation: str) -> None:
        fresh, box, self._moved = False, None, True
        elsewhere: frozenset[object] = frozenset()
        for step, name in enumerate(menu):
            element = menus.find(page, name, self._place(page, operation), box, elsewhere)
            follower = menu[step + 1] if step + 1 < len(menu) else None
            if follower is not None:
                below = menus.submenu(page, element)
                if below is not None and menus.offers(page, below, follower, in_sight=self._needs_sight):
                    box = below
                    continue
                if menus.is_current(page, element) and menus.offers(
                    page, page.root, follower, in_sight=self._needs_sight
                ):
                    elsewhere = menus.beside(page, element, follower)
                    continue
            elsewhere = menus.beside(page, element, follower) if follower is not None else frozenset()
            before, page, box, fresh = page, self._follow(page, element, operation), None, True
            self._moved = page.title() != before.title() or urldefrag(page.url)[0] != urldefrag(before.url)[0]
        if not fresh:
            page = self._get(page.url, operation)
        self._stay(page)

    def _beginning(self, operation: str) -> tuple[Page, bool]:
        new = self._home is None
        if self._home is None:
            self._home = self._start(operation)
        return self._home, new

    def _enter(self, page: Page, element: Element, operation: str) -> None:
        self._stay(self._follow(page, element, operation))

    def _stay(self, page: Page) -> None:
        self._show(page, Baseline.of(page))

    def _show(self, page: Page, before: Baseline) -> None:
        self._page, self._before = page, before
        self._pressed = ""

    def _present(self, operation: str) -> Page:
        if self._page is None:
            raise Place(self._target, "", operation).error("No page is open.", "precondition")
        return self._page
