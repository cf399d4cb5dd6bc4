# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting one control in a window, as a person does: click, choose from the list that opens, type, press arrow keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.days import DayPicker
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import (
    DAYS,
    PICKER,
    TURNED,
    mark_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, holds, lineage
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, state_word
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import (
    Unfit,
    check_bounds,
    number,
    option_of,
    state,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, two_states
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_STEPS = 500
"""Arrow keys pressed at most for one slider."""

UP = frozenset(("increase", "increment", "up", "more", "plus", "+", "\u25b2"))
DOWN = frozenset(("decrease", "decrement", "down", "less", "minus", "-", "\u25bc"))

MOST_PAGES = 60
"""Screens that a long list is scrolled through at most."""

SLOWEST_LIST = 1.5
"""Seconds without a change after which a drop-down that was clicked has nothing to offer."""

OPERATION = "fill in"


class Setter:
    """The hands on the controls of one window."""

    def __init__(self, session: BrowserSession) -> None:
        self._session = session

    def put(self, page: Page, widget: Widget, control: Control, value: Value) -> None:
        """Set a control found on ``page``.

        :raises Unfit: when it does not take the value.
        """
        element = widget.element
        if widget.form == "file":
            self._upload(element, value)
        elif control.kind in ("toggle", "checkbox") or widget.form in ("check", "switch"):
            self._turn(page, widget, bool(value))
        elif element.get(DAYS) is not None:
            DayPicker(self._session).pick(page, element, "" if value is None else str(value))
        elif is_picker(element):
            words = "" if value is None else str(value)
            if key(_shown(element)) != key(words):
                self._pick(page, element, lambda text: key(text) == key(words), words)
        elif widget.form in ("select", "radio"):
            self._choose(page, widget, option_of(page, widget, "" if value is None else str(value)))
        elif element.get("role") in ("slider", "spinbutton") and (
            element.tag != "input" or element.get(TURNED) is not None
        ):
            self._slide(page, element, value)
        else:
            text = "" if value is None else str(value)
            if element.tag == "input":
                check_bounds(element, text)
            self._do("write", mark=mark_of(element), text=text)

    def retype(self, widget: Widget, value: Value) -> None:
        """Once more, letter by letter: the field did not keep what was put into it."""
        self._do("type", mark=mark_of(widget.element), text="" if value is None else str(value))

    def offers(self, page: Page, element: Element) -> list[str]:
        """What a drop-down offers that shows its list only when it is opened; it is closed again."""
        before = _leaves(page)
        self._do("flip", mark=mark_of(element))
        found: list[str] = []
        for _screen in range(MOST_PAGES):
            opened = self._seen(before)
            more = [text for text, _one in _options(opened, before) if text not in found]
            found += more
            if not more or not self._scrolled(opened, before):
                break
        self._shut(before)
        return found

    # -- the kinds of controls

    def _do(self, verb: str, **more: object) -> None:
        self._session.do(OPERATION, verb, **more)

    def _seen(self, before: Counter[str] | None = None) -> Page:
        """The page once it is still; with ``before``, with the list open: a moment may pass in which nothing moves."""
        for least in (0.0, SLOWEST_LIST):
            self._session.settled(OPERATION, least=least)
            page = self._session.look(OPERATION)
            if before is None or _options(page, before):
                break
        return page

    def _upload(self, element: Element, value: Value) -> None:
        if value is not None and not Path(str(value)).is_file():
            raise Unfit(f"needs a file, and there is none at {value}")
        path = "" if value is None else str(Path(str(value)).absolute())
        self._do("upload", mark=mark_of(element), path=path)

    def _turn(self, page: Page, widget: Widget, wanted: bool) -> None:
        if widget.form in ("check", "switch"):
            if state(page, widget) != wanted:
                self._do("flip", mark=mark_of(widget.element))
            return
        pair = None if is_picker(widget.element) else two_states(page, widget)
        if pair is not None:
            self._choose(page, widget, pair[wanted])
            return
        if is_picker(widget.element):
            shown = state_word(_shown(widget.element))
            if shown is None or shown != wanted:
                self._pick(page, widget.element, lambda text: state_word(text) is wanted)
            return
        raise Unfit("is no switch: it does not offer two states")

    def _choose(self, page: Page, widget: Widget, option: Element) -> None:
        if widget.form == "radio":
            self._do("flip", mark=mark_of(option))
            return
        position = list(widget.element.iterdescendants("option")).index(option)
        self._do("choose", mark=mark_of(widget.element), index=position)

    def _pick(self, page: Page, element: Element, fits: Callable[[str], bool], words: str = "") -> None:
        """Open the list, and click its one entry that fits; it may go on below, or be searched by typing ``words``."""
        before = _leaves(page)
        self._do("flip", mark=mark_of(element))
        known: list[str] = []
        found: list[Element] = []
        for _screen in range(MOST_PAGES):
            opened = self._seen(before)
            found = self._note(opened, before, fits, known)
            if found or not self._scrolled(opened, before, words):
                break
        searched = not found and bool(words) and self._session.do(OPERATION, "search", text=words)
        if searched:
            found = self._note(self._seen(before), before, fits, known)
        if len(found) == 1:
            self._do("click", mark=mark_of(found[0]))
            self._session.settled(OPERATION)
            return
        if searched:
            self._session.do(OPERATION, "search", text=_shown(element))
        self._shut(before)
        raise Unfit("offers this twice" if found else "does not offer this", tuple(known))

    @staticmethod
    def _note(opened: Page, before: Counter[str], fits: Callable[[str], bool], known: list[str]) -> list[Element]:
        """The entries in sight that fit; all of them are added to ``known``."""
        there = _options(opened, before)
        known += [text for text, _one in there if text not in known]
        return [one for text, one in there if fits(text)]

    def _scrolled(self, page: Page, before: Counter[str], until: str = "") -> bool:
        """Whether the list that is open goes on below; then it is scrolled."""
        there = _options(page, before)
        if not there:
            return False
        return bool(self._session.do(OPERATION, "scroll", mark=mark_of(there[-1][1]), until=until))

    def _shut(self, before: Counter[str]) -> None:
        """Close the list that is open, without a choice."""
        self._do("keys", mark="", key="Escape")
        if _options(self._seen(), before):
            self._do("aside")
            self._session.settled(OPERATION)

    def _slide(self, page: Page, element: Element, value: Value) -> None:
        wanted = number("" if value is None else str(value))
        if wanted is None:
            raise Unfit("needs a number")
        low, high = number(element.get("aria-valuemin") or ""), number(element.get("aria-valuemax") or "")
        if (low is not None and wanted < low) or (high is not None and wanted > high):
            raise Unfit(f"takes values from {low} to {high}, not {wanted}")
        present = number(element.get("aria-valuenow") or "")
        mark = mark_of(element)
        arrows = _arrows(page, element)
        for _step in range(MOST_STEPS):
            if present == wanted or present is None:
                break
            if arrows is None:
                self._do("keys", mark=mark, key="ArrowRight" if wanted > present else "ArrowLeft")
            else:
                self._do("click", mark=mark_of(arrows[wanted > present]))
            after = number(self._session.do(OPERATION, "held", mark=mark))
            if after == present:  # a script may take a moment to say so
                self._session.settled(OPERATION)
                after = number(self._session.do(OPERATION, "held", mark=mark))
            if after is None or after == present or (after - wanted) * (present - wanted) < 0:
                break
            present = after


def _arrows(page: Page, element: Element) -> tuple[Element, Element] | None:
    """The buttons beside a field that is only turned: down, up; of several the nearest."""
    if element.get(TURNED) is None:
        return None
    for box in lineage(element):
        there = [one for one in page.inside(box) if is_button(one)]
        ways = [
            [one for one in there if any(words & set(key(text).split()) for text in captions(page, one))]
            for words in (DOWN, UP)
        ]
        if all(ways):
            return (ways[0][0], ways[1][0]) if len(ways[0]) == len(ways[1]) == 1 else None
    return None


def _shown(picker: Element) -> str:
    """What a drop-down shows as chosen."""
    return next((one.text or "" for one in picker.iterdescendants("option")), "")


def is_picker(element: Element) -> bool:
    """Whether it is a drop-down that opens a list of its own."""
    return element.get(PICKER) is not None


def _leaves(page: Page) -> Counter[str]:
    """What can be read on the page, to know later what is new."""
    return Counter(f"{one.tag} {page.text(one)}" for one in page.elements if page.visible(one) and _is_leaf(page, one))


def _is_leaf(page: Page, element: Element) -> bool:
    return not page.inside(element) and bool(page.text(element)) and element.tag not in ("option", "title")


def _options(page: Page, before: Counter[str]) -> list[tuple[str, Element]]:
    """The entries of the list that has opened: by their role, else whatever was not there before."""
    named = [one for one in page.elements if one.get("role") == "option" and page.visible(one)]
    if named:
        return [(page.text(one) or one.get("aria-label") or "", one) for one in named]
    left = before.copy()
    new: list[tuple[str, Element]] = []
    for one in page.elements:
        if not page.visible(one) or not _is_leaf(page, one):
            continue
        name = f"{one.tag} {page.text(one)}"
        if left[name] > 0:
            left[name] -= 1
        else:
            new.append((page.text(one), one))
    lists = [one for _text, one in new if any(up.tag in ("ul", "ol") for up in lineage(one))]
    if lists:
        new = [(text, one) for text, one in new if any(holds(up, one) for up in lists)]
    return new
