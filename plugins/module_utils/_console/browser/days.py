# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day picked from a calendar that opens at a field one cannot type into: month by month, then the day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.session import BrowserSession
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import mark_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import pressable
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import Unfit
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import is_disabled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPERATION = "fill in"
MOST_MONTHS = 240
"""How far away a day may be."""

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})\W+(\d{{4}})", re.IGNORECASE)
_LATER = ("next month", "next", ">", "\u203a", "\u2192", "\u25b6", "chevron_right", "keyboard_arrow_right")
_EARLIER = ("previous month", "previous", "<", "\u2039", "\u2190", "\u25c0", "chevron_left", "keyboard_arrow_left")


class DayPicker:
    """The hands on one calendar."""

    def __init__(self, session: BrowserSession) -> None:
        self._session = session

    def pick(self, page: Page, element: Element, text: str) -> None:
        """Set a field to a day, given as YYYY-MM-DD.

        :raises Unfit: when it is no day, or the calendar does not let one get there.
        """
        if key(element.get("value") or "") == key(text):
            return
        try:
            wanted = date.fromisoformat(text)
        except ValueError as error:
            raise Unfit("can only be picked from a calendar; give the day as YYYY-MM-DD") from error
        known = {mark for _month, mark in _titles(page)}
        page = self._click(element)
        if len(_titles(page)) <= len(known):
            raise Unfit("opens no calendar that names its month in words")
        page = self._turned(page, wanted)
        days = _days(page, wanted)
        if not days:
            self._session.do(OPERATION, "keys", mark="", key="Escape")
            raise Unfit(f"has a calendar that does not offer {text}")
        self._click(days[0] if wanted.day < 15 else days[-1])  # the others are of the months before and after

    def _turned(self, page: Page, wanted: date) -> Page:
        """The calendar at the month that is wanted."""
        for _month in range(MOST_MONTHS):
            shown = _month_of(page)
            away = wanted.year * 12 + wanted.month - shown
            if not away:
                return page
            page = self._click(_turner(page, _LATER if away > 0 else _EARLIER))
            if abs(wanted.year * 12 + wanted.month - _month_of(page)) >= abs(away):
                raise Unfit("has a calendar that goes no further")
        raise Unfit(f"is more than {MOST_MONTHS // 12} years away")

    def _click(self, element: Element) -> Page:
        self._session.do(OPERATION, "click", mark=mark_of(element))
        self._session.settled(OPERATION)
        return self._session.look(OPERATION)


def _titles(page: Page) -> list[tuple[int, str]]:
    """Months that the page names (year * 12 + month), and where."""
    found = []
    for one in page.elements:
        if not page.visible(one) or page.inside(one) or not mark_of(one):
            continue  # one without a mark has been shown and is gone
        match = _MONTH.fullmatch(page.text(one))
        if match:
            found.append((int(match[2]) * 12 + _MONTHS[match[1].casefold()], mark_of(one)))
    return found


def _month_of(page: Page) -> int:
    shown = {month for month, _mark in _titles(page)}
    if len(shown) != 1:
        raise Unfit("opens a calendar that does not show one month")
    return shown.pop()


def _turner(page: Page, words: tuple[str, ...]) -> Element:
    """The one button that turns the calendar."""
    there = [(one, {key(text) for text in captions(page, one)}) for one in pressable(page, page.elements)]
    for word in words:
        found = [one for one, texts in there if word in texts]
        if len(found) == 1:
            return found[0]
    raise Unfit("has a calendar whose button for the other month is not clear")


def _days(page: Page, wanted: date) -> list[Element]:
    """What stands for a day: by its whole name, else by its number."""
    name = calendar.month_name[wanted.month]
    whole = {
        key(text)
        for text in (
            wanted.isoformat(),
            f"{wanted.day} {name} {wanted.year}",
            f"{name} {wanted.day}, {wanted.year}",
            f"{wanted:%A}, {name} {wanted.day}, {wanted.year}",
        )
    }
    there = [one for one in page.elements if page.visible(one) and not page.inside(one) and not is_disabled(one)]
    named = [one for one in there if {key(text) for text in captions(page, one)} & whole]
    return named or [one for one in there if page.text(one) == str(wanted.day)]
