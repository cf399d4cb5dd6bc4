# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text of a page that labels something, as opposed to what the page says under these labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html import menus
from ansible_collections.useries.appliance.plugins.module_utils._console.html.facts import facts, has_column_heads
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import pressable
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import headings, is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, squeeze
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import widgets

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST = 120  # characters; what is longer explains, it does not label


def vocabulary(page: Page) -> frozenset[str]:
    """The labels of a page, as :func:`~text.key` compares them."""
    texts = [*_titles(page), *_captions(page), *_columns(page), *_controls(page)]
    return frozenset(
        known for text in [*texts, *_stated(page)] if (known := key(_bare(text))) and len(text) <= _LONGEST
    )


def _bare(text: str) -> str:
    """Without the answer that stands in the same line."""
    label, colon, answer = text.partition(":")
    return label if colon and squeeze(answer) else text


def _titles(page: Page) -> Iterator[str]:
    yield page.title()
    for heading in headings(page):
        if not _in_data(page, heading.element):
            yield heading.text
    for element in page.elements:
        for named in page.referenced(element, "aria-labelledby"):
            yield page.text(named, also_hidden=True)


def _captions(page: Page) -> Iterator[str]:
    for element in menus.items(page):
        yield from menus.captions_of(page, element)
    for element in pressable(page, page.elements):
        if is_button(element) or not _in_data(page, element):
            yield from captions(page, element)


def _columns(page: Page) -> Iterator[str]:
    for element in page.elements:
        head = element.tag == "th" and element.get("scope") != "row" and _is_head(element)
        if head or element.get("role") == "columnheader" or element.tag == "caption":
            yield page.text(element, skip=frozenset({"button"}))


def _is_head(cell: Element) -> bool:
    row = cell.getparent()
    return row is not None and all(one.tag == "th" for one in row if isinstance(one.tag, str))


def _controls(page: Page) -> Iterator[str]:
    for widget in widgets(page, page.inside(page.root)):
        if not _in_data(page, widget.element):
            yield from widget.labels


def _stated(page: Page) -> Iterator[str]:
    """Labels of stated values, the surest first; what was the answer to one is no label of another."""
    answers: set[str] = set()
    content = [one for one in page.inside(page.main) if not page.outside_content(one)]
    for way in facts(page, content):
        for fact in way:
            if key(fact.label) not in answers and not _in_data(page, fact.element):
                answers.add(key(fact.text))
                yield fact.label


def _in_data(page: Page, element: Element) -> bool:
    """Whether it stands in the rows of a table with column captions."""
    row = within(element, ("tr",))
    table = None if row is None else within(row, ("table",))
    if row is None or table is None or table is element:
        return False
    return has_column_heads(page, table) and not all(one.tag == "th" for one in row if isinstance(one.tag, str))
