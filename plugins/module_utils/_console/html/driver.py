# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console driver on requests and lxml; the words of every verb are in ``_console/driver.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus, tables
from ansible_collections.useries.appliance.plugins.module_utils._console.html.downloads import is_download, save
from ansible_collections.useries.appliance.plugins.module_utils._console.html.facts import Fact
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import (
    Place,
    button_disabled,
    button_texts,
    find_button,
    find_control,
    find_section,
    label_texts,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import Submission, submission
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import (
    Baseline,
    outcome_of,
    question_box,
    yes_buttons,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope, headings, whole
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import Unfit, as_kind, fill, read
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, options
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Control,
    Name,
    Outcome,
    Section,
    Value,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from requests import Response

_OPENERS = ("aria-controls", "data-bs-target", "data-target", "popovertarget", "commandfor")


class HtmlDriver:
    """A :class:`ConsoleDriver` that parses pages; it cannot run scripts and says so where one is needed."""

    def __init__(self, session: ConsoleSession) -> None:
        self._session = session
        self._page: Page | None = None
        self._home: Page | None = None
        self._before = Baseline()
        self._uploads: dict[Element, Path] = {}
        self._pressed = ""

    # -- arrive, leave, open

    def navigation(self) -> list[str]:
        """The texts of the menus after signing in; the walks begin at that page."""
        operation = "read the menus"
        self._home = self._session.arrival(operation)
        met = menus.texts(self._home)
        if not met:  # a page without menus may come first
            self._home = self._session.home(operation)
            met = menus.texts(self._home)
        return met

    def leave(self) -> None:
        """Sign out."""
        self._home = self._page = None
        self._session.leave()

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
            self._session.remember(path, page.url)

    def _shortcut(self, menu: Sequence[Name], path: str, operation: str) -> bool:
        """Go where the same walk led an earlier task of this run, if the page there still bears the entry's name.

        Two of three requests of a task are saved so; a page of another title, or none, is walked to as ever.
        """
        url = self._session.remembered(path)
        if url is None:
            return False
        try:
            page = self._session.get(url, operation)
        except UseriesError as error:
            if error.kind not in ("unexpected", "failed"):
                raise
            return False
        if quality(menu[-1], [page.title()]) != EXACT:
            return False
        self._show(page, Baseline.of(page))
        return True

    def _from_start(self, menu: Sequence[Name], operation: str) -> None:
        if self._home is not None:
            try:
                self._walk(self._home, menu, operation)
                return
            except UseriesError as error:
                if error.kind not in ("label_missing", "label_ambiguous", "unexpected"):
                    raise
        self._home = self._session.home(operation)
        self._walk(self._home, menu, operation)

    def _walk(self, page: Page, menu: Sequence[Name], operation: str) -> None:
        fresh, box = False, None
        elsewhere: frozenset[str] = frozenset()
        for step, name in enumerate(menu):
            element = menus.find(page, name, self._place(page, operation), box, elsewhere)
            follower = menu[step + 1] if step + 1 < len(menu) else None
            if follower is not None:
                below = menus.submenu(page, element)
                if below is not None and menus.offers(page, below, follower):
                    box = below
                    continue
                if menus.is_current(page, element) and menus.offers(page, page.root, follower):
                    elsewhere = menus.beside(page, element, follower)
                    continue
            elsewhere = menus.beside(page, element, follower) if follower is not None else frozenset()
            page, box, fresh = self._follow(page, element, operation), None, True
        if not fresh:
            page = self._session.get(page.url, operation)
        self._show(page, Baseline.of(page))

    def _follow(self, page: Page, element: Element, operation: str) -> Page:
        order = submission(page, element, {})
        if order is None:
            raise self._scripted(page, operation, element)
        if order.method == "GET" and not order.fields:
            return self._session.get(order.url, operation)
        answer = self._session.send(order, operation)
        return self._session.page_of(answer, operation)

    def _show(self, page: Page, before: Baseline) -> None:
        self._page, self._before = page, before
        self._uploads, self._pressed = {}, ""

    # -- what is there

    def title(self) -> str:
        """The page's main heading."""
        return self._present("read the title").title()

    def menu_texts(self) -> list[str]:
        """The texts of the menus."""
        return menus.texts(self._present("read the menus"))

    def sections(self) -> list[str]:
        """The titles on the page."""
        known = headings(self._present("read the titles"))
        return list(dict.fromkeys(one.text for one in known if not one.minor))

    def has(self, section: Section) -> bool:
        """Whether the section is there."""
        try:
            self._scope(section, "look for")
        except UseriesError as error:
            if error.kind == "label_missing":
                return False
            raise
        return True

    def present(self, section: Section, controls: Sequence[Control]) -> list[str]:
        """Ids of the controls that are there."""
        page, scope, place = self._scope(section, "read")
        found = []
        for control in controls:
            try:
                find_control(page, scope, control, place)
            except UseriesError:
                continue
            found.append(control.id)
        return found

    def labels(self, section: Section) -> list[str]:
        """The labels of the section."""
        page, scope, _place = self._scope(section, "read")
        return label_texts(page, scope)

    def buttons(self, section: Section) -> list[str]:
        """The captions of the section."""
        page, scope, _place = self._scope(section, "read")
        return button_texts(page, scope)

    def enabled(self, section: Section, button: Name) -> bool:
        """Whether the button can be pressed."""
        page, scope, place = self._scope(section, "read")
        return not button_disabled(find_button(page, scope, button, place))

    # -- read and fill

    def read(
        self, section: Section, controls: Sequence[Control], *, row: Mapping[str, str] | None = None
    ) -> dict[str, Value]:
        """What the controls show."""
        page, scope, place = self._scope(section, "read", row)
        return {control.id: _value(page, find_control(page, scope, control, place), control) for control in controls}

    def choices(self, section: Section, control: Control) -> list[str]:
        """The texts a choice offers."""
        page, scope, place = self._scope(section, "read")
        found = find_control(page, scope, control, place)
        return [text for text, _one in options(page, found)] if isinstance(found, Widget) else []

    def table(
        self, section: Section | None, *, columns: Sequence[str] = (), name: Name | None = None
    ) -> list[dict[str, str]]:
        """The rows of a table."""
        if section is None:
            page = self._present("read a table")
            scope, place = whole(page), self._place(page, "read a table")
        else:
            page, scope, place = self._scope(section, "read a table of")
        return tables.shown_rows(tables.find_grid(page, scope, columns, name, place), columns)

    def fill(self, section: Section, values: Mapping[Control, Value], *, row: Mapping[str, str] | None = None) -> None:
        """Set controls; all are found before the first is set."""
        page, scope, place = self._scope(section, "fill in", row)
        found = {control: self._settable(page, scope, control, place) for control in values}
        for control, value in values.items():
            try:
                self._set(page, found[control], control, value)
            except Unfit as error:
                shown = f" '{value}'" if control.kind == "choice" else ""
                raise place.error(
                    f"The control '{control.name}' {error}{shown}.",
                    "invalid",
                    candidates=error.offers,
                    remedy=f"Offered: {', '.join(error.offers)}." if error.offers else "",
                ) from error

    def _settable(self, page: Page, scope: Scope, control: Control, place: Place) -> Widget:
        found = find_control(page, scope, control, place)
        if isinstance(found, Fact) or found.form == "output":
            raise place.error(f"'{control.name}' is only shown here, it cannot be set.", "precondition")
        if found.disabled:
            raise place.error(f"The control '{control.name}' is disabled at present.", "precondition")
        return found

    def _set(self, page: Page, widget: Widget, control: Control, value: Value) -> None:
        if widget.form != "file":
            fill(page, widget, control.kind, value)
        elif value is None:
            self._uploads.pop(widget.element, None)
        elif Path(str(value)).is_file():
            self._uploads[widget.element] = Path(str(value))
        else:
            raise Unfit(f"needs a file, and there is none at {value}")

    # -- press

    def press(
        self,
        section: Section,
        button: Name,
        *,
        destructive: bool = False,
        row: Mapping[str, str] | None = None,
        save_to: Path | None = None,
        sole: bool = False,
        key: str = "",
        timeout: float | None = None,
    ) -> Outcome:
        """Press a button of the section, or of a table row in it."""
        page, scope, place = self._scope(section, f"press {button} in", row)
        element = find_button(page, scope, button, place, exact=destructive, sole=sole, key=key)
        if button_disabled(element):
            raise place.error(
                f"The button '{button}' is disabled at present.",
                "precondition",
                remedy="Look at the page: something else has to be done or filled in first.",
            )
        self._pressed = (captions(page, element) or [str(button)])[0]
        return self._push(page, element, place.operation, save_to, timeout)

    def confirm(self) -> Outcome:
        """Say yes."""
        page = self._present("confirm")
        box, place = self._question(page, "confirm")
        found = yes_buttons(page, box, self._pressed)
        if len(found) != 1:
            there = button_texts(page, Scope("", tuple(page.inside(box))))
            raise place.error(
                f"Which button says yes is not clear: {', '.join(there)}.", "label_ambiguous", candidates=there
            )
        return self._push(page, found[0], f"confirm {self._pressed}".strip(), None, None)

    def answer(self, caption: Name) -> Outcome:
        """Answer by a caption."""
        page = self._present("answer")
        box, place = self._question(page, f"answer {caption}")
        element = find_button(page, Scope("", tuple(page.inside(box))), caption, place, exact=True)
        return self._push(page, element, place.operation, None, None)

    def outcome(self) -> Outcome:
        """What the page says."""
        return outcome_of(self._present("read the outcome"), self._before)

    def _question(self, page: Page, operation: str) -> tuple[Element, Place]:
        place = self._place(page, operation)
        box = question_box(page, self._before.questions)
        if box is None:
            raise place.error("The page asks nothing that could be confirmed.", "precondition")
        return box, place

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
        return self._arrived(order, answer, operation, timeout)

    def _arrived(self, order: Submission, answer: Response, operation: str, timeout: float | None) -> Outcome:
        page = self._session.page_of(answer, operation, timeout)
        pressed, before = self._pressed, self._before
        self._show(page, before)
        self._pressed = pressed
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

    # -- where

    def _present(self, operation: str) -> Page:
        if self._page is None:
            raise Place(self._session.http.target.url, "", operation).error("No page is open.", "precondition")
        return self._page

    def _place(self, page: Page, operation: str) -> Place:
        return self._session.place(page, operation)

    def _scope(self, section: Section, verb: str, row: Mapping[str, str] | None = None) -> tuple[Page, Scope, Place]:
        operation = f"{verb} {section.title}"
        page = self._present(operation)
        place = self._place(page, operation)
        scope = find_section(page, section, place)
        if row is not None:
            line = tables.find_row(page, scope, row, place)
            scope = Scope(scope.title, tuple(page.inside(line)))
        return page, scope, place

    def _scripted(self, page: Page, operation: str, element: Element) -> UseriesError:
        caption = (captions(page, element) or ["?"])[0]
        return self._place(page, operation).error(
            f"'{caption}' works by a script of the page; this driver reads HTML only.",
            "unexpected",
            remedy="Do this step in a browser, or use the browser driver.",
        )


def _value(page: Page, found: Widget | Fact, control: Control) -> Value:
    if isinstance(found, Widget):
        return read(page, found, control.kind)
    return list(found.items(page)) if control.kind == "list" else as_kind(found.text, control.kind)
