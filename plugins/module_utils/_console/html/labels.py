# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a control is called, in all the ways real markup says it.

The order follows W3C's accessible name computation (ARIA names, then label elements), then what a person does: reads
the cell, the term or the words beside the control.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import (
    HEADINGS,
    Page,
    holds,
    lineage,
    within,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import is_bar, is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, squeeze, state_word

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INSIDE, NEAR = "data-u-inside", "data-u-near"
"""What a browser saw inside a field without a name, or closest to it."""

_CONTROL_TAGS = ("input", "select", "textarea", "output")
_NO_BUTTON = frozenset({"button"})
_MANY = 6  # levels that words may stand above their control


def is_field(element: Element) -> bool:
    """Whether it is something with a value that the page sends or shows; a hidden input is none."""
    if element.get("role") in ("switch", "checkbox", "slider", "spinbutton", "combobox", "textbox"):
        return True
    if element.tag == "input":
        return element.get("type", "text").lower() not in ("hidden", "submit", "button", "image", "reset")
    return element.tag in _CONTROL_TAGS


def explicit(page: Page, element: Element) -> list[str]:
    """Names by ``aria-labelledby``, ``aria-label``, ``label for`` and a label around it."""
    texts = page.own_name(element)
    name = element.get("id")
    for label in page.elements:
        if label.tag == "label" and name and label.get("for") == name:
            texts.append(page.text(label, also_hidden=not page.visible(label), skip=_NO_BUTTON))
    around = within(element, ("label",))
    if around is not None and around.get("for") in (None, "", name) and around is not element:
        texts += _wrapping(page, around)
    return [text for text in texts if text]


def _wrapping(page: Page, label: Element) -> list[str]:
    """The label's words, also without the state that a toggle shows behind them; no message that appears in it."""
    whole = page.text(label, skip=_NO_BUTTON)
    for one in page.inside(label):
        if one.get("role") in ("alert", "status"):
            whole = squeeze(whole.replace(page.text(one), ""))
    words = whole.rsplit(" ", 1)
    return [whole, words[0]] if len(words) == 2 and state_word(words[1]) is not None else [whole]


def labels(page: Page, elements: Sequence[Element], root: Element) -> list[str]:
    """Every text that names a control made of ``elements`` (several radio buttons are one control).

    :param root: no words outside of it count.
    """
    first = elements[0]
    many = first.tag == "input" and first.get("type", "").lower() == "radio"  # its own label names the option
    if not many:
        texts = explicit(page, first)
        if first.get("role") in ("switch", "checkbox") and first.tag not in ("input", "select"):
            texts += _own_words(page, first)
        if texts:
            return texts
        if first.get(INSIDE):
            return [first.get(INSIDE) or ""]
    start = _start(elements)
    titled = _box_title(page, first, root) if first.get("type", "").lower() == "file" else []
    ways = [_group(page, elements, root), _beside(page, elements, start, root)]
    for texts in [*ways, _rows(page, elements, root)] if many else reversed(ways):
        if texts:
            return list(dict.fromkeys([*texts, *titled, *_rows(page, elements, root)]))
    extra = [squeeze(first.get(name) or "") for name in ("title", "placeholder")]
    return titled or [text for text in extra if text]


def _box_title(page: Page, element: Element, root: Element) -> list[str]:
    """The title of the box of which it is the only field."""
    for box in lineage(element):
        if box is root or any(is_field(one) for one in page.inside(box) if one is not element):
            return []
        texts = [page.text(one) for one in page.inside(box) if is_bar(page, one)]
        if any(texts):
            return [text for text in texts if text][:1]
    return []


def _rows(page: Page, elements: Sequence[Element], root: Element) -> list[str]:
    """What the rows are called, when the radio buttons of one group fill several."""
    firsts = {within(one, ("tr",)): one for one in reversed(elements)}
    texts = [_row(page, one, root) for one in reversed(firsts.values())] if len(firsts) > 1 else []
    return [text for text in texts if text]


def _own_words(page: Page, element: Element) -> list[str]:
    text = page.text(element)
    return [text] if text and (state_word(text) is None or "(" in text) else []


def _start(elements: Sequence[Element]) -> Element:
    """The outermost box that holds the first of several controls and none of the others: words before it count."""
    present = elements[0]
    for one in lineage(elements[0]) if len(elements) > 1 else ():
        if any(holds(one, other) for other in elements[1:]):
            return present
        present = one
    return present


def _group(page: Page, elements: Sequence[Element], root: Element) -> list[str]:
    """The title of a group that holds this control and nothing else."""
    mine = set(elements)
    for box in lineage(elements[0]):
        if box is root or any(_foreign(one, mine) for one in page.inside(box)):
            return []
        texts = page.own_name(box) if box not in mine else []
        if box.tag == "fieldset":
            texts += [page.text(one) for one in box if one.tag == "legend"]
        if any(texts):
            return [text for text in texts if text]
    return []


def _foreign(element: Element, mine: set[Element]) -> bool:
    return element not in mine and (is_field(element) or is_button(element))


def _beside(page: Page, elements: Sequence[Element], start: Element, root: Element) -> list[str]:
    tick = elements[0].tag == "input" and elements[0].get("type", "").lower() == "checkbox"
    after = words_after(page, start) if tick else ""
    headed = _row(page, start, root) or _term(page, start, root)
    if headed or after:
        return [text for text in (_column(page, start, root), headed, after) if text]
    text = (
        _before(page, start, root, 2)
        or elements[0].get(NEAR)
        or _before(page, start, root)
        or _column(page, start, root)
    )
    return [text] if text else []


def words_after(page: Page, element: Element) -> str:
    """The words that follow a tick box, when the line does not begin with words."""
    parent = element.getparent()
    if parent is None or squeeze(parent.text or "") or _words_before(page, element):
        return ""
    text = squeeze(element.tail or "")
    follower = element.getnext()
    if not text and follower is not None and isinstance(follower.tag, str) and not _has_field(page, follower):
        text = page.text(follower, skip=_NO_BUTTON) if follower.tag not in ("br", "button", *HEADINGS) else ""
    return "" if state_word(text) is not None and "(" not in text else text


def _words_before(page: Page, element: Element) -> str:
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str):
        return ""
    return squeeze(before.tail or "") or ("" if _has_field(page, before) else page.text(before))


def _has_field(page: Page, element: Element) -> bool:
    return is_field(element) or any(is_field(one) for one in page.inside(element))


def cell_of(element: Element, root: Element) -> Element | None:
    """The table cell it stands in, inside ``root``."""
    for one in lineage(element):
        if one is root:
            return None
        if one.tag in ("td", "th") or one.get("role") in ("cell", "gridcell", "rowheader"):
            return one
        if one.tag in ("table", "form", "fieldset"):
            return None
    return None


def _row(page: Page, element: Element, root: Element) -> str:
    """The words of the nearest cell to the left that has any."""
    cell = cell_of(element, root)
    if cell is None or _has_other_before(page, cell, element):
        return ""
    before = cell.getprevious()
    while before is not None:
        if isinstance(before.tag, str) and page.visible(before):
            if _has_field(page, before):
                return ""
            text = page.text(before, skip=_NO_BUTTON)
            if text:
                return text
        before = before.getprevious()
    return ""


def _has_other_before(page: Page, cell: Element, element: Element) -> bool:
    start = page.order[element]
    return any(is_field(one) and page.order[one] < start for one in page.inside(cell))


def _column(page: Page, element: Element, root: Element) -> str:
    """The header of the column."""
    cell = cell_of(element, root)
    table = within(cell, ("table",)) if cell is not None else None
    row = cell.getparent() if cell is not None else None
    if cell is None or table is None or row is None:
        return ""
    at = [one for one in row if one.tag in ("td", "th")].index(cell) if cell.tag in ("td", "th") else -1
    for line in page.inside(table):
        heads = [one for one in line if one.tag == "th"] if line.tag == "tr" and line is not row else []
        if heads and len(heads) == len([one for one in line if one.tag in ("td", "th")]) and 0 <= at < len(heads):
            return page.text(heads[at])
    return ""


def _term(page: Page, element: Element, root: Element) -> str:
    """The dt of a dd."""
    answer = within(element, ("dd",))
    if answer is None or not holds(root, answer):
        return ""
    before = answer.getprevious()
    while before is not None:
        if before.tag == "dt":
            return page.text(before, skip=_NO_BUTTON)
        before = before.getprevious()
    return ""


def _before(page: Page, element: Element, root: Element, levels: int = _MANY) -> str:
    """The nearest words before it, up to the previous control, heading or button."""
    present = element
    for _level in range(levels):
        for text in _words_to_the_left(page, present):
            return text or ""
        parent = present.getparent()
        if parent is None or present is root:
            return ""
        words = squeeze(parent.text or "")
        if words:
            return words
        if parent is root or parent.tag in ("form", "fieldset", "td", "dd", "table", "section"):
            return ""
        present = parent
    return ""


def _words_to_the_left(page: Page, element: Element) -> Iterator[str | None]:
    """Yields at most once: words, or None for something that ends the search."""
    before = element.getprevious()
    while before is not None:
        tail = squeeze(before.tail or "")
        if tail:
            yield tail
            return
        if isinstance(before.tag, str) and page.visible(before):
            if before.tag in (*HEADINGS, "legend", "hr", "button", "caption", "summary") or _has_field(page, before):
                yield None
                return
            text = "" if before.get("role") in ("alert", "status") else page.text(before, skip=_NO_BUTTON)
            if text:
                yield text
                return
        before = before.getprevious()


def captions(page: Page, element: Element) -> list[str]:
    """What a button or link is called: its words, its ARIA names, the alternative of its picture; its title at last."""
    texts = page.own_name(element)
    if element.tag == "input":
        texts += [squeeze(element.get(name) or "") for name in ("value", "alt")]
    texts.append(page.text(element))
    texts += [page.text(one) for one in page.inside(element) if one.tag == "title" and page.text(one)]
    known = [text for text in texts if key(text)]
    return known or [text for text in [squeeze(element.get("title") or "")] if text]
