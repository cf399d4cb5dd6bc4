# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console driver on requests and lxml; the words of every verb are in ``_console/driver.py``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus
from ansible_collections.useries.appliance.plugins.module_utils._console.html.downloads import is_download, save
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import (
    implicit_submission,
    submission,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import Baseline, outcome_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import works_by_script
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import Unfit, fill
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget
from ansible_collections.useries.appliance.plugins.module_utils._console.label_driver import LabelDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Control,
    Kept,
    NeedsBrowser,
    Outcome,
    Value,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from requests import Response

_OPENERS = ("aria-controls", "data-bs-target", "data-target", "popovertarget", "commandfor")


@dataclass(frozen=True)
class KeptPage:
    """A page to come back to, and what it said."""

    page: Page
    before: Baseline


class HtmlDriver(LabelDriver):
    """Parses pages; it cannot run scripts and says so where one is needed."""

    def __init__(self, session: ConsoleSession) -> None:
        super().__init__(session.address)
        self._session = session
        self._uploads: dict[Element, Path] = {}
        self._anew = False

    def navigation(self) -> list[str]:
        """The texts of the menus after signing in; the walks begin at that page."""
        operation = "read the menus"
        self._home = self._session.arrival(operation)
        met = menus.texts(self._home)
        if not met:  # a page without menus may come first
            self._home = self._session.home(operation)
            met = menus.texts(self._home)
        if not met and works_by_script(self._home):
            raise NeedsBrowser.of(
                self._place(self._home, operation).error(
                    "The first page has no menus in its markup.",
                    "label_missing",
                    remedy="Use the browser driver (useries_console_driver: auto or browser).",
                )
            )
        return met

    def title(self) -> str:
        """The main heading, of the first page while no other was opened."""
        return self._home.title() if self._page is None and self._home is not None else super().title()

    def leave(self) -> None:
        """Sign out."""
        self._home = self._page = None
        self._session.leave()

    @property
    def scripted(self) -> bool:
        """Whether scripts of the present page may show more than its markup has."""
        page = self._page or self._home
        return page is not None and works_by_script(page)

    @property
    def empty(self) -> bool:
        """Whether the present page is a shell that only scripts can fill."""
        page = self._page
        return page is not None and works_by_script(page) and not page.text(page.main)

    def _get(self, url: str, operation: str) -> Page:
        return self._session.get(url, operation)

    def _start(self, operation: str) -> Page:
        return self._session.home(operation)

    def _remembered(self, path: str) -> str | None:
        return self._session.remembered(path)

    def _remember(self, path: str, url: str) -> None:
        self._session.remember(path, url)

    def _follow(self, page: Page, element: Element, operation: str) -> Page:
        order = submission(page, element, {})
        if order is None:
            raise self._scripted(page, operation, element)
        if order.method == "GET" and not order.fields:
            return self._session.get(order.url, operation)
        answer = self._session.send(order, operation)
        return self._session.page_of(answer, operation)

    def _show(self, page: Page, before: Baseline) -> None:
        super()._show(page, before)
        self._uploads = {}
        self._anew = False

    def keep(self) -> KeptPage | None:
        """The parsed page; nothing of it goes out of date but what the appliance changes meanwhile."""
        return None if self._page is None else KeptPage(self._page, self._before)

    def take_up(self, kept: Kept) -> bool:
        """Go on with it."""
        if not isinstance(kept, KeptPage):
            return False
        self._show(kept.page, kept.before)
        return True

    def came_anew(self) -> bool:
        """A redirect after a form was sent led to the same page: what it shows was read from the appliance again."""
        return self._anew

    def _put(self, page: Page, widget: Widget, control: Control, value: Value) -> None:
        if widget.form != "file":
            fill(page, widget, control.kind, value)
        elif value is None:
            self._uploads.pop(widget.element, None)
        elif Path(str(value)).is_file():
            self._uploads[widget.element] = Path(str(value))
        else:
            raise Unfit(f"needs a file, and there is none at {value}")

    def _push(
        self, page: Page, element: Element, operation: str, save_to: Path | None, timeout: float | None
    ) -> Outcome:
        order = submission(page, element, self._uploads)
        if order is None:
            opened = self._opened(page, element)
            if opened is None:
                raise self._scripted(page, operation, element)
            page.show(opened)
            return outcome_of(page, self._before)
        answer = self._session.send(order, operation, timeout)
        if is_download(answer):
            return self._download(page, answer, operation, save_to)
        return self._arrived(answer, operation, timeout)

    def _press_enter(self, page: Page, element: Element, operation: str) -> Outcome:
        order = implicit_submission(page, element, self._uploads)
        if order is None:
            raise self._scripted(page, operation, element)
        return self._arrived(self._session.send(order, operation), operation, None)

    def _arrived(self, answer: Response, operation: str, timeout: float | None) -> Outcome:
        page = self._session.page_of(answer, operation, timeout)
        pressed, before, old = self._pressed, self._before, self._page
        self._show(page, before)
        self._pressed = pressed
        again = bool(answer.history) and answer.request.method == "GET"
        self._anew = again and old is not None and page.url == old.url
        return outcome_of(page, before)

    def _download(self, page: Page, answer: Response, operation: str, save_to: Path | None) -> Outcome:
        pieces = self._session.http.chunks(answer, operation=operation)
        return Outcome("done", download=save(answer, pieces, save_to, self._place(page, operation)))

    def _opened(self, page: Page, element: Element) -> Element | None:
        for name in _OPENERS:
            target = page.ids.get((element.get(name) or "").lstrip("#"))
            if target is not None:
                return target
        return None

    def _place(self, page: Page, operation: str) -> Place:
        self._looked_at = page
        return self._session.place(page, operation)

    def _scripted(self, page: Page, operation: str, element: Element) -> UseriesError:
        caption = (captions(page, element) or [self._pressed or "?"])[0]
        error = self._place(page, operation).error(
            f"'{caption}' works by a script of the page; this driver reads HTML only.",
            "unexpected",
            remedy="Use the browser driver (useries_console_driver: auto or browser), or do this step by hand.",
        )
        return NeedsBrowser.of(error)
