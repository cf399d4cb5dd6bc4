# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs of ``_console/driver.py`` on a parsed page: what HTML and browser have in common.

A driver says how a page is fetched, how a menu entry is followed, how a control is set and how a button is pushed;
which section, control or button is meant is decided here, so that both drivers refuse alike.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus, tables
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
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import default_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import (
    outcome_of,
    question_box,
    yes_buttons,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope, headings, whole
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import (
    Unfit,
    as_kind,
    read,
    scale_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, options
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Control,
    Kept,
    Name,
    Outcome,
    Scale,
    Section,
    Value,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.walking import Walking
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Found = TypeVar("Found")


class LabelDriver(Walking):
    """A :class:`ConsoleDriver` but for its hands."""

    # -- what a driver must know how to do

    @abstractmethod
    def _put(self, page: Page, widget: Widget, control: Control, value: Value) -> None:
        """Set one control; raises :class:`Unfit`."""

    @abstractmethod
    def _push(
        self, page: Page, element: Element, operation: str, save_to: Path | None, timeout: float | None
    ) -> Outcome:
        """Press, and say what came of it."""

    @abstractmethod
    def _press_enter(self, page: Page, element: Element, operation: str) -> Outcome:
        """Press Enter in a field, and say what came of it."""

    def _look(self, operation: str, find: Callable[[Page], Found]) -> Found:
        """Find something on the present page."""
        return find(self._present(operation))

    # -- what is there

    def title(self) -> str:
        """The page's main heading."""
        return self._look("read the title", lambda page: page.title())

    def menu_texts(self) -> list[str]:
        """The texts of the menus."""
        return self._look("read the menus", menus.texts)

    def sections(self, *, every: bool = False) -> list[str]:
        """The titles on the page."""
        return self._look(
            "read the titles",
            lambda page: list(dict.fromkeys(one.text for one in headings(page) if every or not one.minor)),
        )

    def has(self, section: Section) -> bool:
        """Whether the section is there."""
        try:
            self._within(section, "look for", lambda page, scope, place: None)
        except UseriesError as error:
            if error.kind == "label_missing":
                return False
            raise
        return True

    def present(self, section: Section, controls: Sequence[Control]) -> list[str]:
        """Ids of the controls that are there."""

        def there(page: Page, scope: Scope, place: Place) -> list[str]:
            found = []
            for control in controls:
                try:
                    find_control(page, scope, control, place)
                except UseriesError:
                    continue
                found.append(control.id)
            return found

        return self._within(section, "read", there)

    def labels(self, section: Section) -> list[str]:
        """The labels of the section."""
        return self._within(section, "read", lambda page, scope, place: label_texts(page, scope))

    def buttons(self, section: Section) -> list[str]:
        """The captions of the section."""
        return self._within(section, "read", lambda page, scope, place: button_texts(page, scope))

    def enabled(self, section: Section, button: Name) -> bool:
        """Whether the button can be pressed."""
        return self._within(
            section,
            "read",
            lambda page, scope, place: not button_disabled(find_button(page, scope, button, place)),
        )

    def address(self, section: Section, link: Name) -> str:
        """Where a link leads: the whole address, of links to other pages only."""

        def target(page: Page, scope: Scope, place: Place) -> str:
            href = find_button(page, scope, link, place).get("href") or ""
            whole_address = urljoin(page.url, href)
            return whole_address if href and whole_address.startswith(("http://", "https://")) else ""

        return self._within(section, "read the link of", target)

    # -- read and fill

    def read(
        self, section: Section, controls: Sequence[Control], *, row: Mapping[str, str] | None = None
    ) -> dict[str, Value]:
        """What the controls show."""

        def shown(page: Page, scope: Scope, place: Place) -> dict[str, Value]:
            return {one.id: value_of(page, find_control(page, scope, one, place), one) for one in controls}

        return self._within(section, "read", shown, row)

    def choices(self, section: Section, control: Control) -> list[str]:
        """The texts a choice offers."""

        def offered(page: Page, scope: Scope, place: Place) -> list[str]:
            found = find_control(page, scope, control, place)
            return self._offers(page, found) if isinstance(found, Widget) else []

        return self._within(section, "read", offered)

    def scale(self, section: Section, control: Control) -> Scale:
        """The numbers that a slider or number field takes."""

        def taken(page: Page, scope: Scope, place: Place) -> Scale:
            found = find_control(page, scope, control, place)
            return scale_of(found.element) if isinstance(found, Widget) else Scale()

        return self._within(section, "read", taken)

    def _offers(self, page: Page, widget: Widget) -> list[str]:
        return [text for text, _one in options(page, widget)]

    def table(
        self, section: Section | None, *, columns: Sequence[str] = (), name: Name | None = None
    ) -> list[dict[str, str]]:
        """The rows of a table."""

        def rows(page: Page, scope: Scope, place: Place) -> list[dict[str, str]]:
            return tables.shown_rows(tables.find_grid(page, scope, columns, name, place), columns)

        if section is not None:
            return self._within(section, "read a table of", rows)
        operation = "read a table"
        return self._look(operation, lambda page: rows(page, whole(page), self._place(page, operation)))

    def fill(self, section: Section, values: Mapping[Control, Value], *, row: Mapping[str, str] | None = None) -> None:
        """Set controls; all are found before the first is set."""

        def all_of_them(page: Page, scope: Scope, place: Place) -> tuple[Page, Place, dict[Control, Widget]]:
            return page, place, {control: settable(page, scope, control, place) for control in values}

        page, place, found = self._within(section, "fill in", all_of_them, row)
        for control, value in values.items():
            self._set(page, place, found[control], control, value)

    def _set(self, page: Page, place: Place, widget: Widget, control: Control, value: Value) -> None:
        try:
            self._put(page, widget, control, value)
        except Unfit as error:
            shown = f" '{value}'" if control.kind == "choice" else ""
            raise place.error(
                f"The control '{control.name}' {error}{shown}.",
                "invalid",
                candidates=error.offers,
                remedy=f"Offered: {', '.join(error.offers)}." if error.offers else "",
            ) from error

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

        def find(page: Page, scope: Scope, place: Place) -> tuple[Page, Element, Place]:
            element = find_button(page, scope, button, place, exact=destructive, sole=sole, key=key)
            if button_disabled(element):
                raise place.error(
                    f"The button '{button}' is disabled at present.",
                    "precondition",
                    remedy="Look at the page: something else has to be done or filled in first.",
                )
            return page, element, place

        page, element, place = self._within(section, f"press {button} in", find, row)
        self._pressed = (captions(page, element) or [str(button)])[0]
        return self._push(page, element, place.operation, save_to, timeout)

    def enter(self, section: Section, control: Control) -> Outcome:
        """Press Enter in a field; never what presses another part's button."""

        def find(page: Page, scope: Scope, place: Place) -> tuple[Page, Element, Place]:
            element = settable(page, scope, control, place).element
            button = default_button(page, element)
            if button is not None and page.visible(button) and button not in scope.elements:
                shown = (captions(page, button) or ["?"])[0]
                raise place.error(
                    f"Enter in '{control.name}' would press '{shown}', which is not in this section.",
                    "precondition",
                    remedy="Do this step by hand.",
                )
            return page, element, place

        page, element, place = self._within(section, "press Enter in", find)
        self._pressed = str(control.name)
        return self._press_enter(page, element, place.operation)

    def came_anew(self) -> bool:
        """Only a driver that sees the requests can tell."""
        return False

    def keep(self) -> Kept | None:
        """Only a driver whose pages do not change by themselves can keep one."""
        return None

    def take_up(self, kept: Kept) -> bool:
        """See :meth:`keep`."""
        return False

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
        return self._look("read the outcome", lambda page: outcome_of(page, self._before))

    def _question(self, page: Page, operation: str) -> tuple[Element, Place]:
        place = self._place(page, operation)
        box = question_box(page, self._before.questions)
        if box is None:
            raise place.error("The page asks nothing that could be confirmed.", "precondition")
        return box, place

    # -- where

    def _within(
        self,
        section: Section,
        verb: str,
        find: Callable[[Page, Scope, Place], Found],
        row: Mapping[str, str] | None = None,
    ) -> Found:
        operation = f"{verb} {section.title}"

        def look(page: Page) -> Found:
            place = self._place(page, operation)
            scope = find_section(page, section, place)
            if row is not None:
                scope = Scope(scope.title, tuple(page.inside(tables.find_row(page, scope, row, place))))
            return find(page, scope, place)

        return self._look(operation, look)


def settable(page: Page, scope: Scope, control: Control, place: Place) -> Widget:
    """The control of that label, when a person could change it now."""
    found = find_control(page, scope, control, place)
    if isinstance(found, Fact) or found.form == "output":
        raise place.error(f"'{control.name}' is only shown here, it cannot be set.", "precondition")
    if found.disabled:
        raise place.error(f"The control '{control.name}' is disabled at present.", "precondition")
    return found


def value_of(page: Page, found: Widget | Fact, control: Control) -> Value:
    """What it shows, in the type of its kind."""
    if isinstance(found, Widget):
        return read(page, found, control.kind)
    return list(found.items(page)) if control.kind == "list" else as_kind(found.text, control.kind)
