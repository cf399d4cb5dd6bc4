# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page states without a control: a label and, beside it, a text or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import HEADINGS, Page, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_BUTTON = frozenset({"button"})
_LINES = ("p", "li", "div", "span", "td", "dd", "strong", "small")
_TERMS = ("strong", "b", "span", "label", "em", "div", "th", "dt", "p", "small", "i")
_HELP = frozenset({"help", "hint", "help-text", "form-text", "help-block", "tooltip"})
_LISTS = ("ul", "ol", "table")


@dataclass(frozen=True)
class Fact:
    """A label and what it says; ``element`` holds the answer."""

    label: str
    text: str
    element: Element

    def items(self, page: Page) -> list[str]:
        """The answer as a list: items, rows (cells joined by `` | ``), or lines."""
        box = self.element
        rows = [cells for one in page.inside(box) if is_row(one) and any(map(is_cell, cells := list(one)))]
        if rows:
            return [" | ".join(page.text(cell, skip=_NO_BUTTON) for cell in cells if _in_row(cell)) for cells in rows]
        entries = [one for one in page.inside(box) if one.tag == "li"]
        if entries:
            return [page.text(one, skip=_NO_BUTTON) for one in entries]
        return [self.text] if self.text else []


def facts(page: Page, elements: Sequence[Element]) -> list[list[Fact]]:
    """Facts by the way they are marked up, the surest way first."""
    ways: list[Callable[[Page, Element], Iterator[Fact]]] = [
        _named,
        _label_for,
        _terms,
        _cells,
        _captions,
        _neighbours,
        _lines,
        _listed,
    ]
    return [[fact for element in elements for fact in way(page, element) if fact.label] for way in ways]


def _named(page: Page, element: Element) -> Iterator[Fact]:
    """Something with an ARIA name that is no control and no part of the page."""
    if (
        is_field(element)
        or is_button(element)
        or element.tag in ("a", "form", "section", "nav", "fieldset", "img", "svg")
    ):
        return
    if element.get("role") in ("region", "group", "form", "navigation", "dialog", "alert", "status", "radiogroup"):
        return
    for name in page.own_name(element):
        yield Fact(name, _answer(page, element), element)


def _label_for(page: Page, element: Element) -> Iterator[Fact]:
    """A label of something that is no control, or a label that only stands before its answer."""
    if element.tag != "label" or any(is_field(one) for one in page.inside(element)):
        return
    name = element.get("for")
    pointed = page.ids.get(name) if name else None
    if pointed is not None and not is_field(pointed):
        yield Fact(page.text(element), _answer(page, pointed), pointed)


def _terms(page: Page, element: Element) -> Iterator[Fact]:
    if element.tag != "dt":
        return
    answer = element.getnext()
    if answer is not None and answer.tag == "dd" and not _has_field(page, answer):
        yield Fact(page.text(element), _answer(page, answer), answer)


def _cells(page: Page, element: Element) -> Iterator[Fact]:
    """A row of two cells, or a row with a header cell."""
    if element.tag != "tr":
        return
    cells = [one for one in element if one.tag in ("td", "th") and page.visible(one)]
    if len(cells) < 2 or all(one.tag == "th" for one in cells) or _has_field(page, cells[1]):
        return
    headed = cells[0].tag == "th" and not _has_column_heads(page, element)
    if headed or (len(cells) == 2 and not _has_column_heads(page, element)):
        yield Fact(page.text(cells[0]), _answer(page, cells[1]), cells[1])


def _listed(page: Page, element: Element) -> Iterator[Fact]:
    """A row of a table with two columns, `Parameter` and `Value`: a list, or facts, so the least sure way."""
    cells = [one for one in element if one.tag in ("td", "th") and page.visible(one)] if element.tag == "tr" else []
    if len(cells) == 2 and cells[1].tag == "td" and _has_column_heads(page, element) and not _has_field(page, element):
        yield Fact(page.text(cells[0]), _answer(page, cells[1]), cells[1])


def _has_column_heads(page: Page, row: Element) -> bool:
    table = within(row, ("table",))
    return table is not None and has_column_heads(page, table)


def has_column_heads(page: Page, table: Element) -> bool:
    """Whether a row of the table consists of several header cells."""
    lines = [one for one in page.inside(table) if is_row(one)]
    return any(len(line) > 1 and all(_heads(cell) for cell in line) for line in lines)


def is_table(element: Element) -> bool:
    """A table, by its tag or its role."""
    return element.tag == "table" or element.get("role") in ("table", "grid")


def is_row(element: Element) -> bool:
    """A row of a table."""
    return element.tag == "tr" or element.get("role") == "row"


def is_cell(element: Element) -> bool:
    """A cell that is no header."""
    return element.tag == "td" or element.get("role") in ("cell", "gridcell")


def _heads(element: Element) -> bool:
    return element.tag == "th" or element.get("role") in ("columnheader", "rowheader")


def _in_row(element: Element) -> bool:
    return is_cell(element) or _heads(element)


def _captions(page: Page, element: Element) -> Iterator[Fact]:
    if element.tag == "table":
        for caption in element:
            if caption.tag == "caption":
                yield Fact(page.text(caption), _answer(page, element), element)


def _neighbours(page: Page, element: Element) -> Iterator[Fact]:
    """`<b>Label:</b> answer`, or the label in one element and the answer in the next."""
    if (element.tag not in _TERMS and element.tag not in HEADINGS) or _in_row(element):
        return
    if _has_field(page, element) or any(one.tag in (*_LISTS, "p", "div") for one in page.inside(element)):
        return
    label = page.text(element, skip=_NO_BUTTON)
    tail = squeeze(element.tail or "")
    parent, follower = element.getparent(), element.getnext()
    if tail.strip(":"):
        if parent is not None and element.tag not in HEADINGS:
            yield Fact(label, tail.lstrip(": "), parent)
    elif follower is not None and _is_answer(page, follower):
        yield Fact(label, _answer(page, follower), follower)


def _is_answer(page: Page, element: Element) -> bool:
    if not isinstance(element.tag, str) or not page.visible(element) or element.tag in HEADINGS:
        return False
    return not _has_field(page, element) and not is_button(element)


def _lines(page: Page, element: Element) -> Iterator[Fact]:
    """`Label: answer` in one line of text."""
    if element.tag not in _LINES or any(
        one.tag not in ("b", "strong", "span", "em", "i") for one in page.inside(element)
    ):
        return
    label, colon, answer = page.text(element).partition(":")
    if colon and squeeze(answer):
        yield Fact(squeeze(label), squeeze(answer), element)


def _has_field(page: Page, element: Element) -> bool:
    return is_field(element) or any(is_field(one) for one in page.inside(element))


def _answer(page: Page, element: Element) -> str:
    """Its words without buttons and without the words of help beside them."""
    helping = [one for one in element if isinstance(one.tag, str) and _HELP & set((one.get("class") or "").split())]
    if not helping or element.tag in _LISTS:
        return page.text(element, skip=_NO_BUTTON)
    rest = [page.text(one, skip=_NO_BUTTON) for one in element if isinstance(one.tag, str) and one not in helping]
    loose = [element.text or ""] + [one.tail or "" for one in element]
    return squeeze(" ".join(rest + loose))
