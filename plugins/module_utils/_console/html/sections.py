# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which part of a page a title speaks for.

A section is a list of elements in document order (its scope). Real markup titles its parts in many ways: headings,
legends, captions, header bars of cards, labelled regions, a row of its own in a layout table, a bold paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import (
    HEADINGS,
    Page,
    holds,
    lineage,
    within,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import NOT, quality, squeeze
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BAR = re.compile(r"(?:^|[-_])(?:header|heading|title|caption)$", re.IGNORECASE)
_REGIONS = ("section", "article", "fieldset", "form", "details", "dialog")
_REGION_ROLES = ("region", "group", "form", "tabpanel", "dialog", "alertdialog")
_FIELDS = ("input", "select", "textarea", "button")
_NO_TITLE = ("input", "select", "textarea", "nav", "ul", "ol", "table")  # a bar that holds one is more than a title
TITLE = "data-u-title"
"""What a browser showed larger and bolder than the rest, on a line of its own."""

_LEVEL = 6  # of titles that are no h1 to h6
_LESSER = 8  # of what titles a part of a section: a group of radio buttons, a table


@dataclass(frozen=True)
class Heading:
    """A title on the page.

    :param box: what it surely speaks for, None when that must be found; :param level: 1 to 6, more for lesser titles.
    """

    element: Element
    text: str
    level: int
    box: Element | None = None
    is_tag: bool = False

    @property
    def minor(self) -> bool:
        """Whether it titles a part of a section (a group of radio buttons, a table)."""
        return self.level >= _LESSER


@dataclass(frozen=True)
class Scope:
    """A part of the page: its elements in order; ``title`` as the page words it."""

    title: str
    elements: tuple[Element, ...]

    def __contains__(self, element: object) -> bool:
        return any(one is element for one in self.elements)


def headings(page: Page) -> list[Heading]:
    """Every title of the page's content, in order."""
    found = [_heading(page, element) for element in page.elements if page.visible(element)]
    known = [one for one in found if one is not None and one.text and not page.outside_content(one.element)]
    return [_weighed(page, one, known) for one in known]


def _weighed(page: Page, heading: Heading, known: Sequence[Heading]) -> Heading:
    """A caption titles a section when its part of the page holds more than its table."""
    table = heading.element.getparent()
    if heading.element.tag != "caption" or heading.level == _LEVEL or table is None:
        return heading
    box = _grown(page, heading.element, [one for one in known if one is not heading])
    more = [one for one in page.inside(box) if is_button(one) and not holds(table, one)]
    return replace(heading, level=_LEVEL) if more else heading


def _heading(page: Page, element: Element) -> Heading | None:
    tag, role = str(element.tag), element.get("role")
    if tag in HEADINGS:
        return Heading(element, page.text(element), int(tag[1]), _labelled_box(page, element), True)
    if role == "heading":
        level = element.get("aria-level") or "2"
        return Heading(element, page.text(element), int(level) if level.isdigit() else 2, None, True)
    if tag in _REGIONS or role in _REGION_ROLES:
        return _region(page, element)
    parent = element.getparent()
    if parent is None:
        return None
    opened = _opened(page, element)
    if opened is not None:
        return Heading(element, page.text(element), _LEVEL if _acts(page, opened) else _LESSER, opened)
    if tag == "caption":
        fields = any(one.tag in _FIELDS[:3] for one in page.inside(parent))
        return Heading(element, page.text(element), _LEVEL if fields else _LESSER)
    if tag in ("legend", "summary"):
        return Heading(element, page.text(element), _LEVEL if _acts(page, parent) else _LESSER, parent)
    owner = page.named.get(element.get("id") or "")
    if owner is not None and (owner.tag == "table" or owner.get("role") in ("table", "grid")):
        return Heading(element, page.text(element), _LESSER, owner)
    if owner is not None and (owner.tag in _FIELDS or owner.get("role") in ("switch", "radiogroup")):
        return None
    if is_bar(page, element) or _is_title_row(page, element):
        text = page.text(element, skip=frozenset({"button"}))
        return Heading(element, text, _LEVEL, _labelled_box(page, element))
    if tag == "dt":
        answer = element.getnext()
        titled = answer is not None and answer.tag == "dd" and _acts(page, answer)
        return Heading(element, page.text(element), _LEVEL, answer) if titled else None
    if not _is_bold_line(page, element) and element.get(TITLE) is None:
        return None
    return Heading(element, page.text(element), _LEVEL + 1, _labelled_box(page, element))


def _opened(page: Page, element: Element) -> Element | None:
    """The part of the page that a header has opened below it."""
    if element.get("aria-expanded") != "true" or element.get("aria-haspopup") or element.tag in _FIELDS[:3]:
        return None
    if element.get("role") not in (None, "button"):
        return None
    for box in page.referenced(element, "aria-controls"):
        if page.visible(box) and box.get("role") not in ("menu", "listbox", "tree", "dialog", "grid"):
            return box
    return None


def _labelled_box(page: Page, element: Element) -> Element | None:
    name = element.get("id")
    if not name:
        return None
    for one in lineage(element):
        if one is page.main:
            return None
        if name in (one.get("aria-labelledby") or "").split():
            return one
    return None


def _region(page: Page, element: Element) -> Heading | None:
    texts = page.own_name(element)
    if not texts:
        return None
    group = element.tag == "fieldset" or element.get("role") == "group"
    return Heading(element, texts[0], _LESSER if group and not _acts(page, element) else _LEVEL, element)


def _acts(page: Page, container: Element) -> bool:
    """Whether a container has buttons of its own: then it is a section, not a group inside one."""
    return any(is_button(one) for one in page.inside(container))


def is_bar(page: Page, element: Element) -> bool:
    """Whether its class says that it titles something, and it holds nothing else."""
    if element.tag not in ("div", "span", "p", "header", "td", "th", "li"):
        return False
    if not any(_BAR.search(name) for name in (element.get("class") or "").split()):
        return False
    inner = page.inside(element)
    return not any(one.tag in (*HEADINGS, *_NO_TITLE, "legend") or is_bar(page, one) for one in inner)


def _is_title_row(page: Page, element: Element) -> bool:
    parent = element.getparent()
    if element.tag not in ("th", "td") or parent is None or len(parent) != 1:
        return False
    wide = element.get("colspan", "1").isdigit() and int(element.get("colspan", "1")) > 1
    blank = not any(one.tag in (*_FIELDS, *HEADINGS, "table", "a", "p") for one in page.inside(element))
    return wide and blank and (element.tag == "th" or _bold(element))


def _bold(element: Element) -> bool:
    children = [one for one in element if isinstance(one.tag, str)]
    loose = squeeze((element.text or "") + "".join(one.tail or "" for one in element))
    return len(children) == 1 and children[0].tag in ("b", "strong") and not loose


def _is_bold_line(page: Page, element: Element) -> bool:
    if element.tag not in ("p", "div") or not _bold(element):
        return False
    return within(element, ("li", "td", "th", "label")) is None and not page.text(element).endswith(":")


def is_button(element: Element) -> bool:
    """Whether one presses it: buttons and submit inputs, not links and not switches."""
    if element.get("role") in ("switch", "checkbox", "tab", "combobox"):
        return False
    if element.tag == "button":
        return True
    if element.tag == "input":
        return element.get("type", "").lower() in ("submit", "button", "image", "reset")
    return element.get("role") == "button"


# -- from a title to its scope


def scope_of(page: Page, heading: Heading, known: Sequence[Heading]) -> Scope:
    """What a title speaks for."""
    if heading.box is not None:
        return Scope(heading.text, tuple(page.inside(heading.box)))
    peers = [one for one in known if one.element is not heading.element and _is_peer(one, heading)]
    limits = [one.box for one in known if one.box is not None]
    elements = _part(page, heading, peers, limits)
    if not _has_fields(elements):
        # a heading, and after it one labelled form that holds its controls
        wider = _part(page, heading, [one for one in peers if one.box is None], limits)
        if _has_fields(wider) and sum(one.element in wider for one in peers) == 1:
            elements = wider
    return Scope(heading.text, tuple(elements))


def _part(page: Page, heading: Heading, peers: Sequence[Heading], limits: Sequence[Element]) -> list[Element]:
    box = _grown(page, heading.element, peers, limits)
    elements = [one for one in page.inside(box) if not holds(heading.element, one)]
    if box is heading.element or not _has_content(elements):
        return _following(page, heading.element, peers)
    return elements


def _has_fields(elements: Sequence[Element]) -> bool:
    return any(one.tag in (*_FIELDS, "table", "dl") for one in elements)


def _is_peer(other: Heading, heading: Heading) -> bool:
    folds = other.element.tag == "summary" or other.element.get("aria-expanded") is not None
    if heading.is_tag and (folds or other.element.get("role") == "tabpanel"):
        return False  # what opens inside a section is a part of it
    if other.level > max(_LEVEL, heading.level):
        return False
    if heading.is_tag and other.is_tag:
        return other.level <= heading.level
    if other.box is not None and holds(other.box, heading.element):
        return False
    return heading.is_tag or not other.is_tag or other.level <= 3


def _grown(page: Page, element: Element, peers: Sequence[Heading], limits: Sequence[Element] = ()) -> Element:
    """The largest ancestor inside the content that holds no other title of the same weight, up to a labelled region."""
    box = element
    for parent in lineage(element):
        if any(holds(parent, peer.element) for peer in peers):
            return box
        box = parent
        if parent is page.main or any(parent is one for one in limits):
            return box
    return box


def _has_content(elements: Sequence[Element]) -> bool:
    return any(one.tag in (*_FIELDS, "table", "dl", "ul", "a") or squeeze(one.text or "") for one in elements)


def _following(page: Page, element: Element, peers: Sequence[Heading]) -> list[Element]:
    """Everything after a title up to the next one, as long as both lie in the page's content."""
    start = page.order[element]
    ends = [page.order[one.element] for one in peers if page.order[one.element] > start]
    end = min(ends, default=len(page.elements))
    return [
        one
        for one in page.elements[start + 1 : end]
        if page.visible(one) and holds(page.main, one) and not holds(element, one) and not page.outside_content(one)
    ]


def matching(page: Page, title: Name) -> list[Scope]:
    """The scopes of the titles that match best; of nested ones only the innermost."""
    known = headings(page)
    rated = [(quality(title, [one.text]), one) for one in known]
    best = max((rate for rate, _one in rated), default=NOT)
    if best == NOT:
        return []
    found = [one for rate, one in rated if rate == best]
    found = [one for one in found if one.level > 1] or found  # a section may be called like its page,
    found = [one for one in found if not one.minor] or found  # and a control like its section
    return _innermost([scope_of(page, one, known) for one in found])


def _innermost(scopes: Sequence[Scope]) -> list[Scope]:
    kept: list[Scope] = []
    scopes = [one for one in scopes if _has_content(one.elements)] or scopes
    for scope in sorted(scopes, key=lambda one: len(one.elements)):
        mine = set(scope.elements)
        if scope.elements and not any(set(other.elements) <= mine for other in kept):
            kept.append(scope)
    return kept or list(scopes)[:1]


def around(page: Page, element: Element) -> Scope:
    """The smallest titled part that holds an element; its form, or the page's content, when nothing is titled."""
    known = headings(page)
    scopes = [scope_of(page, one, known) for one in known if one.level <= _LEVEL + 1]
    holding = [one for one in scopes if element in one]
    if holding:
        return min(holding, key=lambda one: len(one.elements))
    form = within(element, ("form",))
    return Scope("", tuple(page.inside(form if form is not None else page.main)))


def whole(page: Page) -> Scope:
    """The page's content."""
    return Scope(page.title(), tuple(one for one in page.inside(page.main) if not page.outside_content(one)))
