# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus of a page: where its texts lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, holds, lineage
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, NOT, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOXES = ("ul", "ol", "menu", "nav", "div")


def _item(element: Element) -> bool:
    if is_button(element) or element.tag == "summary" or element.get("role") in ("menuitem", "tab", "link"):
        return True
    return element.tag == "a"


def items(page: Page) -> list[Element]:
    """Everything in the menus, also in those that open only under the pointer."""
    framed = page.main.tag != "body"  # what stands around the content is for finding one's way
    return [
        one
        for one in page.elements
        if _item(one) and (_in_menu(page, one) or (framed and not holds(page.main, one) and not holds(one, page.main)))
    ]


def _in_menu(page: Page, element: Element) -> bool:
    roles = ("navigation", "menubar", "menu", "tablist", "banner")
    for one in lineage(element):
        if (
            one.tag in ("nav", "menu")
            or one.get("role") in roles
            or (one.tag == "header" and page.outside_content(one))
        ):
            return True
    return False


def texts(page: Page) -> list[str]:
    """The texts of the menus, in order."""
    found = [(captions_of(page, one) or [""])[0] for one in items(page)]
    return list(dict.fromkeys(text for text in found if text))


def captions_of(page: Page, element: Element) -> list[str]:
    """What an item is called; of hidden ones too."""
    known = captions(page, element)
    return known or [text for text in [page.text(element, also_hidden=True)] if text]


def beside(page: Page, element: Element, name: Name) -> frozenset[object]:
    """What entries of that text lead to that stand in the same menu as ``element``: neighbours, not what it opens."""
    known = items(page)
    for box in lineage(element):
        inside = [one for one in known if one is not element and holds(box, one)]
        if inside:
            return frozenset(_leads(page, one) for one in _best(page, inside, name))
    return frozenset()


def find(
    page: Page, name: Name, place: Place, box: Element | None = None, elsewhere: frozenset[object] = frozenset()
) -> Element:
    """The item of that text: in the menus, else on the page itself.

    :param elsewhere: what the neighbours of the entry chosen before lead to (:func:`beside`). When the text stands
        there twice, as a site and as a role of the Roles Editor, the one that is no such neighbour is meant.
    """
    in_menus = [one for one in items(page) if box is None or holds(box, one)]
    on_page = [one for one in page.inside(page.main) if _item(one)]
    for candidates in ([one for one in in_menus if page.visible(one)], in_menus, on_page):
        found = _best(page, candidates, name)
        found = [one for one in found if _leads(page, one) not in elsewhere] or found
        if len({_leads(page, one) for one in found}) == 1:
            return found[0]
        if found and all(is_current(page, one) for one in found):
            return found[0]  # the same page, marked as the present one in each of its menus
        if found:
            names = [(captions_of(page, one) or [""])[0] for one in found]
            raise place.ambiguous("menu entry", name, f"on the page '{place.page}'", "", names)
    listed = [(captions_of(page, one) or [""])[0] for one in in_menus + on_page]
    raise place.missing("menu entry", name, f"on the page '{place.page}'", "", listed)


def _best(page: Page, candidates: Iterable[Element], name: Name) -> list[Element]:
    rated = [(quality(name, captions_of(page, one)), one) for one in candidates]
    best = max((rate for rate, _one in rated), default=NOT)
    return [one for rate, one in rated if rate == best] if best == EXACT else []


def _leads(page: Page, element: Element) -> object:
    """What tells entries of one text apart, also on the next page: the address, else the place in which menu."""
    href = _address(element)
    if href:
        return href
    known = items(page)
    for box in lineage(element):
        inside = [one for one in known if holds(box, one)]
        if len(inside) > 1:
            return tuple((captions_of(page, one) or [""])[0] for one in inside), _position(inside, element)
    return element


def _address(element: Element) -> str:
    """Where a link leads; empty for one that only a script gives a meaning ("#")."""
    href = element.get("href") or ""
    return "" if not href.strip("#") or href.lower().startswith("javascript:") else href


def _position(listed: list[Element], element: Element) -> int:
    return next((number for number, one in enumerate(listed) if one is element), -1)


def submenu(page: Page, element: Element) -> Element | None:
    """The list that belongs to an entry: named by ``aria-controls``, or beside it in the same item."""
    for one in page.referenced(element, "aria-controls"):
        return one
    parent = element.getparent()
    if parent is None or parent.tag not in ("li", "details", "div"):
        return None
    after = element.getnext()
    while after is not None:
        if after.tag in _BOXES:
            return parent
        after = after.getnext()
    return None


def offers(page: Page, box: Element, name: Name, *, in_sight: bool = False) -> bool:
    """Whether an entry of that text is inside a part of the menus (and can be seen)."""
    there = [one for one in box.iterdescendants() if isinstance(one.tag, str) and _item(one)]
    return bool(_best(page, [one for one in there if page.visible(one) or not in_sight], name))


def is_current(page: Page, element: Element) -> bool:
    """Whether an entry is marked as the one that is shown, or leads to the present page."""
    href = _address(element)
    if href and urljoin(page.url, href) == page.url:
        return True
    if element.get("role") == "tab" and element.get("aria-selected") == "true":
        return True
    marks = set((element.get("class") or "").lower().split())
    parent = element.getparent()
    if parent is not None and parent.tag == "li":
        marks |= set((parent.get("class") or "").lower().split())
    return element.get("aria-current") not in (None, "false") or bool(marks & {"active", "current", "selected"})
