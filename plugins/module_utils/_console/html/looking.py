# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs of a driver that only look: for calibration, and for pages that are kept when a label was missed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.redaction import PageSnapshot
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope
from ansible_collections.useries.appliance.plugins.module_utils._console.html.survey import survey
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Control,
    Name,
    Section,
    Survey,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


Found = TypeVar("Found")


class Looking(ABC):
    """Verbs on the page that is open; how one gets to another page is the driver's own."""

    def __init__(self) -> None:
        self._looked_at: Page | None = None
        self._visited: tuple[str, ...] = ()

    @abstractmethod
    def _within(
        self,
        section: Section,
        verb: str,
        find: Callable[[Page, Scope, Place], Found],
        row: Mapping[str, str] | None = None,
    ) -> Found:
        """Find something in a section of the page that is open."""

    @abstractmethod
    def _look(self, operation: str, find: Callable[[Page], Found]) -> Found:
        """Find something on the page that is open."""

    @abstractmethod
    def _place(self, page: Page, operation: str) -> Place:
        """The place for errors; notes the page as the one that was looked at."""

    @abstractmethod
    def _beginning(self, operation: str) -> tuple[Page, bool]:
        """The page where the menus begin, and whether it was fetched just now."""

    @abstractmethod
    def _walk(self, page: Page, menu: Sequence[Name], operation: str) -> None:
        """Click the texts from this page on, and open what they lead to."""

    @abstractmethod
    def _enter(self, page: Page, element: Element, operation: str) -> None:
        """Click one entry and open what it leads to."""

    @abstractmethod
    def _stay(self, page: Page) -> None:
        """Open a page that was fetched already."""

    def visit(self, menu: Sequence[Name]) -> None:
        """Go on from here, where the page before was reached by the same menu."""
        operation = f"look at {' > '.join(str(name) for name in menu)}"
        texts = tuple(str(name) for name in menu)
        above = texts[:-1]
        near = bool(above) and above in (self._visited, self._visited[:-1])
        if not (near and self._visit_neighbour(menu, operation)):
            self._visited = ()
            page, new = self._beginning(operation)
            if new and quality(menu[-1], [page.title()]) == EXACT:
                self._stay(page)
            else:
                self._walk(page, menu, operation)
        self._visited = texts

    def _visit_neighbour(self, menu: Sequence[Name], operation: str) -> bool:
        """Go on from the page that is open; False when nothing leads on: a page that a button opened need not lead to
        its sister."""
        page = self._look(operation, lambda present: present)
        place = self._place(page, operation)
        try:
            elsewhere = menus.beside(page, menus.find(page, menu[-2], place), menu[-1])
            entry = menus.find(page, menu[-1], place, None, elsewhere)
        except UseriesError as error:
            if error.kind != "label_missing":
                raise
            return False
        self._enter(page, entry, operation)
        return True

    def survey(self, section: Section, controls: Sequence[Control], buttons: Sequence[Caption]) -> Survey:
        """What of a section is there, and what else."""
        return self._within(
            section, "look for", lambda page, scope, place: survey(page, scope, controls, buttons, place)
        )

    def snapshot(self) -> PageSnapshot | None:
        """The page that was looked at last."""
        return None if self._looked_at is None else PageSnapshot(self._looked_at)
