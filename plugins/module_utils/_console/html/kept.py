# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A driver on a page that was kept: it reads what is there and goes nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NoReturn, TypeVar
from urllib.parse import urljoin

from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.looking import Found
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.redaction import HERE, NEXT_VIEW
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Control,
    Name,
    Section,
    Survey,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Read = TypeVar("Read")


class _NoSession(ConsoleSession):
    """Stands where a session would: every way to an appliance is closed."""

    def __init__(self, target: str) -> None:
        self._target = target

    @property
    def address(self) -> str:
        """The file instead of an address."""
        return self._target

    def place(self, page: Page, operation: str) -> Place:
        """The file instead of an address."""
        return Place(self._target, page.title(), operation)

    def get(self, url: str, operation: str) -> NoReturn:
        """No page but this one."""
        raise Place(self._target, "", operation).error("A page that was kept leads nowhere.", "precondition")


class KeptPage(HtmlDriver):
    """Implements :class:`~_console.driver.ConsoleDriver` as far as one page can be read.

    :param content: HTML as a snapshot gave it; :param target: the file, for messages.
    """

    def __init__(self, content: str, target: str) -> None:
        super().__init__(_NoSession(target))
        address = urljoin("https://capture.invalid", HERE)
        self._views = [Page.parse(one.encode("utf-8"), "utf-8", address) for one in content.split(NEXT_VIEW)]
        self._stay(self._views[0])

    def _look(self, operation: str, find: Callable[[Page], Found]) -> Found:
        """In the first view that has it."""
        *others, last = self._views
        for page in others:
            self._stay(page)
            try:
                return find(page)
            except UseriesError as error:
                if error.kind != "label_missing":
                    raise
        self._stay(last)
        return find(last)

    def _in_each(self, read: Callable[[], Read]) -> list[Read]:
        """What is read in every view that has it.

        :raises UseriesError: of the first view, when none has it.
        """
        views, found = self._views, []
        problem: UseriesError | None = None
        for view in views:
            self._views = [view]
            try:
                found.append(read())
            except UseriesError as error:
                problem = problem or error
            finally:
                self._views = views
        if problem is not None and not found:
            raise problem
        return found

    def survey(self, section: Section, controls: Sequence[Control], buttons: Sequence[Caption]) -> Survey:
        """Of the view that shows most of the section: in another one it may be closed."""
        seen = self._in_each(lambda: super(KeptPage, self).survey(section, controls, buttons))
        return max(seen, key=lambda one: len(one.found))

    def sections(self, *, every: bool = False) -> list[str]:
        """The titles of all views."""
        found = self._in_each(partial(super().sections, every=every))
        return list(dict.fromkeys(one for titles in found for one in titles))

    def open(self, menu: Sequence[Name]) -> None:
        """The page is open already."""

    visit = open

    def navigation(self) -> list[str]:
        """The texts of its menus."""
        return self.menu_texts()

    def leave(self) -> None:
        """Nobody is signed in."""
