# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console driver in a real browser; the words of every verb are in ``_console/driver.py``.

Every look is a fresh snapshot of what is in sight. What a label names may come late, or stand behind a tab or a closed
header: so a label counts as missing only when the page has been still for a while and nothing is left to unfold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.browser import unfolding
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.pressing import (
    CALM,
    PATIENCE,
    Pressing,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.setting import Setter, is_picker
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import mark_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import (
    Place,
    find_control,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import is_sign_in
from ansible_collections.useries.appliance.plugins.module_utils._console.html.redaction import PageSnapshot
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, key, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget
from ansible_collections.useries.appliance.plugins.module_utils._console.label_driver import (
    Found,
    settable,
    value_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Control,
    Name,
    Section,
    Value,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.troubles import ended_by_step
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_NEWS = 3
"""How often a page that has changed is searched again: one with a clock changes for ever."""

UNFOLDS = 1.5
"""Seconds after which what should open something, and cannot be clicked, is left alone."""


class BrowserDriver(Pressing):
    """A person's eyes and hands: everything through what is in sight."""

    _needs_sight = True

    def __init__(self, session: BrowserSession) -> None:
        super().__init__(session)
        self._setter = Setter(session)
        self._menu: Sequence[Name] = ()
        self._filled = False
        self._sought: Name | None = None
        self._stuck: set[str] = set()
        self._views: list[Page] = []

    # -- going

    def navigation(self) -> list[str]:
        """The texts of the menus after signing in, as far as they are in sight or can be unfolded."""
        operation = "read the menus"
        self._page = self._uncovered(self._session.arrival(operation), operation)
        return self._look(operation, lambda page: self._menus(page, operation))

    def _menus(self, page: Page, operation: str) -> list[str]:
        """:raises UseriesError: ``label_missing`` while the page has none: they may come late."""
        found = menus.texts(page)
        if not found:
            raise self._place(page, operation).error(
                "The first page has no menus.", "label_missing", remedy="Look at it in a browser."
            )
        return found

    def leave(self) -> None:
        """Sign out."""
        self._page = None
        self._session.leave()

    def open(self, menu: Sequence[Name]) -> None:
        """Walk the menus; what covers the page and can be closed is closed."""
        self._menu, self._filled, self._asked = tuple(menu), False, ""
        self._stuck.clear()
        self._views = []
        try:
            super().open(menu)
        except UseriesError as error:
            if error.kind != "label_missing" or self._looked_at is None:
                raise
            raise self._session.lacking(self._looked_at, "open") or error from None

    def visit(self, menu: Sequence[Name]) -> None:
        """Go on from the present page; from the start when its menus are folded up."""
        try:
            super().visit(menu)
        except UseriesError as error:
            if error.kind != "unexpected" or not self._visited:
                raise
            self._visited = ()
            super().visit(menu)

    def _beginning(self, operation: str) -> tuple[Page, bool]:
        return self._start(operation), True

    def _get(self, url: str, operation: str) -> Page:
        return self._uncovered(self._session.get(url, operation), operation)

    def _start(self, operation: str) -> Page:
        return self._uncovered(self._session.home(operation), operation)

    def _from_start(self, menu: Sequence[Name], operation: str) -> None:
        """A page that was left cannot be clicked any more, so the start page is always a fresh one."""
        self._walk(self._start(operation), menu, operation)

    def _walk(self, page: Page, menu: Sequence[Name], operation: str) -> None:
        """Once more from a start page that has come to rest, when what was to be clicked was drawn anew meanwhile."""
        try:
            super()._walk(page, menu, operation)
        except UseriesError as error:
            if error.kind != "unexpected":
                raise
            self._start(operation)
            self._session.settled(operation, least=PATIENCE)
            super()._walk(self._session.look(operation), menu, operation)

    def _remembered(self, path: str) -> str | None:
        return self._session.remembered(path)

    def _remember(self, path: str, url: str) -> None:
        self._session.remember(path, url)

    def _follow(self, page: Page, element: Element, operation: str) -> Page:
        self._session.do(operation, "forget")
        self._session.do(operation, "click", mark=mark_of(element))
        self._session.rested(self._session.settled(operation), page, operation)
        found = self._session.look(operation)
        self._check_answers(found, operation, reading=True, kinds=("document",))
        self._session.note_parts(operation)
        return self._uncovered(found, operation)

    def _uncovered(self, page: Page, operation: str) -> Page:
        for _dialog in range(3):
            closer = unfolding.closer(page)
            if closer is None:
                break
            self._session.do(operation, "click", mark=mark_of(closer))
            self._session.settled(operation)
            page = self._session.look(operation)
        return page

    def _place(self, page: Page, operation: str) -> Place:
        self._looked_at = page
        return self._session.place(page, operation)

    # -- looking

    def _look(self, operation: str, find: Callable[[Page], Found]) -> Found:
        page = self._now(operation)
        tried: set[str] = set()
        news = 0
        self._views = []
        while True:
            page = self._unfolded(page, tried, operation, sought=True) or page
            self._views.append(page)
            try:
                return find(page)
            except UseriesError as error:
                if error.kind != "label_missing" and not _is_row(error):
                    raise
                news += 1
                newer = (self._later(page, operation) if news <= MOST_NEWS else None) or self._unfolded(
                    self._page or page,
                    tried,
                    operation,  # of an older look nothing can be clicked
                )
                if newer is None:
                    raise self._session.lacking(page, operation) or error from None
                page = newer

    def snapshot(self) -> PageSnapshot | None:
        """The page that was looked at last, with each of the tabs and headers that were opened meanwhile."""
        if self._looked_at is None:
            return None
        return PageSnapshot(self._looked_at, self._views if self._looked_at in self._views else ())

    def _now(self, operation: str) -> Page:
        self._present(operation)
        self._session.settled(operation, least=CALM)
        page = self._session.look(operation)
        if is_sign_in(page):
            self._session.signed_out()
            if self._filled:
                raise ended_by_step(self._place(page, operation), page)
            self.open(self._menu)
            page = self._present(operation)
        self._page = page
        return page

    def _later(self, page: Page, operation: str) -> Page | None:
        """The page after it has been still for a while, when that makes a difference."""
        self._session.settled(operation, least=PATIENCE)
        newer = self._session.look(operation)
        self._page = newer
        return newer if newer.text(newer.root) != page.text(page.root) else None

    def _unfolded(self, page: Page, tried: set[str], operation: str, *, sought: bool = False) -> Page | None:
        """The page with one more tab or closed header opened; None when all have been.

        :param sought: only one that is called like the section that is looked for.
        """
        known = tried | self._stuck if sought else tried
        for element, name, words in unfolding.folded(page):
            if name in known or (sought and (self._sought is None or quality(self._sought, [words]) != EXACT)):
                continue
            try:
                self._session.do(operation, "click", mark=mark_of(element), timeout=UNFOLDS)
            except UseriesError as error:
                if error.kind == "silent":
                    raise
                (self._stuck if sought else tried).add(name)  # it is tried once more when something is missing
                continue
            tried.add(name)
            self._session.settled(operation, least=CALM)
            self._page = self._session.look(operation)
            return self._page
        return None

    def _within(
        self,
        section: Section,
        verb: str,
        find: Callable[[Page, Scope, Place], Found],
        row: Mapping[str, str] | None = None,
    ) -> Found:
        self._sought = section.title
        try:
            return super()._within(section, verb, find, row)
        finally:
            self._sought = None

    def _offers(self, page: Page, widget: Widget) -> list[str]:
        if is_picker(widget.element):
            return self._setter.offers(page, widget.element)
        return super()._offers(page, widget)

    def read(
        self, section: Section, controls: Sequence[Control], *, row: Mapping[str, str] | None = None
    ) -> dict[str, Value]:
        """What the controls show; while one is disabled its value may not have come yet."""

        def asleep(page: Page, scope: Scope, place: Place) -> bool:
            found = [find_control(page, scope, one, place) for one in controls]
            return any(isinstance(one, Widget) and one.disabled for one in found)

        if self._within(section, "read", asleep, row):
            self._session.settled("read", least=PATIENCE)
        if any(one.kind == "list" for one in controls):  # what is not in a list may only not have come
            lacking = self._session.lacking(self._present("read"), "read")
            if lacking is not None:
                raise lacking
        return super().read(section, controls, row=row)

    # -- filling

    def fill(self, section: Section, values: Mapping[Control, Value], *, row: Mapping[str, str] | None = None) -> None:
        """Set controls; all are found before the first is set. One that is disabled waits for the others."""
        verb = "fill in"
        self._within(
            section, verb, lambda page, scope, place: [find_control(page, scope, one, place) for one in values], row
        )
        waiting, waited = dict(values), False
        while waiting:
            problem = self._place(self._present(verb), verb).error("Nothing is left to fill in.", "unexpected")
            for control, value in list(waiting.items()):
                try:
                    page, place, widget = self._within(
                        section,
                        verb,
                        partial(_settable_on, control=control),
                        row,
                    )
                except UseriesError as error:
                    if error.kind != "precondition":
                        raise
                    problem = error
                    continue
                self._filled = True
                self._set(page, place, widget, control, value)
                row = _row_with(row, control, value)
                self._keeps(section, control, value, widget, row)
                del waiting[control]
                break
            else:
                if waited:
                    raise problem
                self._session.settled(verb, least=PATIENCE)
                waited = True

    def _put(self, page: Page, widget: Widget, control: Control, value: Value) -> None:
        self._setter.put(page, widget, control, value)

    def _keeps(
        self, section: Section, control: Control, value: Value, widget: Widget, row: Mapping[str, str] | None
    ) -> None:
        """Whether the control shows what was put into it; if not, it is put there once more, a text letter by letter.

        Values that come late may stand where something was put a moment before.
        """
        if widget.form in ("file", "password"):
            return

        def shown(page: Page, scope: Scope, place: Place) -> tuple[Page, Place, Widget, Value]:
            found = settable(page, scope, control, place)
            return page, place, found, value_of(page, found, control)

        _page, place, found, present = self._within(section, "read", shown, row)
        if not _same(present, value):
            self._session.settled("read", least=PATIENCE)
            page, place, found, present = self._within(section, "read", shown, row)
            if not _same(present, value):
                if _is_typed(found):
                    self._setter.retype(found, value)
                else:
                    self._set(page, place, found, control, value)
                _page, place, found, present = self._within(section, "read", shown, row)
        if not _same(present, value):
            raise place.error(
                f"The control '{control.name}' does not keep what was put into it: it shows '{present}', wanted was "
                f"'{value}'.",
                "invalid",
                remedy="Look at the page: in which form does it want this value?",
            )


def _settable_on(page: Page, scope: Scope, place: Place, *, control: Control) -> tuple[Page, Place, Widget]:
    return page, place, settable(page, scope, control, place)


def _row_with(row: Mapping[str, str] | None, control: Control, value: Value) -> Mapping[str, str] | None:
    """What a row shows once a control in it was set, so that it is found again."""
    if row is None:
        return None
    mine = {column for column in row if quality(control.name, [column]) == EXACT}
    kept = {column: text for column, text in row.items() if column not in mine}
    told = value is not None and not isinstance(value, bool)
    return {**kept, **(dict.fromkeys(mine, str(value)) if told else {})} or row


def _is_typed(widget: Widget) -> bool:
    """Whether one types into it; a click that begins it would move a slider."""
    return widget.form == "text" and not is_picker(widget.element) and widget.element.get("role") != "slider"


def _is_row(error: UseriesError) -> bool:
    return error.kind == "precondition" and error.message.startswith("No row ")


def _same(present: Value, wanted: Value) -> bool:
    if isinstance(wanted, bool) or isinstance(present, bool):
        return bool(present) == bool(wanted)
    shown, meant = "" if present is None else str(present), "" if wanted is None else str(wanted)
    return shown.replace("\r\n", "\n") == meant.replace("\r\n", "\n") or key(shown) == key(meant)
