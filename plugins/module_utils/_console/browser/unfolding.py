# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be clicked only to see more: tabs, closed headers, closers of dialogs, the menu of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions, is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import submits
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CLOSE_WORDS = frozenset(
    ("close", "dismiss", "x", "\u00d7", "\u2715", "got it", "not now", "later", "maybe later", "skip", "no thanks")
)


def folded(page: Page) -> Iterator[tuple[Element, str, str]]:
    """Tabs that are not shown, and headers whose part is closed: a name to know them again by, and their words."""
    for one in page.elements:
        if not page.visible(one) or page.outside_content(one) or not _opens(page, one):
            continue
        words = page.text(one)
        yield one, f"{one.tag} {one.get('id') or ''} {words}", words


def _opens(page: Page, element: Element) -> bool:
    if element.get("disabled") is not None or element.get("aria-disabled") == "true":
        return False
    if element.get("role") == "tab":
        return element.get("aria-selected") != "true"
    if element.tag == "summary":
        parent = element.getparent()
        return parent is not None and parent.tag == "details" and parent.get("open") is None
    if submits(element):
        return False  # a press would send the form
    closed = element.get("aria-expanded") == "false" and not element.get("aria-haspopup")
    return closed and not is_field(element) and element.tag != "select" and bool(page.text(element))


def closer(page: Page) -> Element | None:
    """What closes a dialog that is open: by one of a few words only, never by what could agree to something."""
    for box in page.elements:
        if not page.visible(box) or not (box.tag == "dialog" or box.get("role") in ("dialog", "alertdialog")):
            continue
        inside = page.inside(box)
        if any(is_field(one) for one in inside):
            continue
        for one in inside:
            if is_button(one) and any(key(text) in CLOSE_WORDS for text in captions(page, one)):
                return one
    return None


def row_menu(elements: Sequence[Element]) -> Element | None:
    """The only thing in a row that opens a menu."""
    found = [one for one in elements if one.get("aria-haspopup") in ("menu", "true") and is_button(one)]
    return found[0] if len(found) == 1 else None
