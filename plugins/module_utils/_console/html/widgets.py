# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controls of a part of a page, as a person counts them: a group of radio buttons is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import (
    explicit,
    is_field,
    labels,
    words_after,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, lineage, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import state_word
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Form = Literal["text", "password", "check", "radio", "select", "switch", "file", "output"]

_TEXTUAL: tuple[Kind, ...] = ("text", "multiline", "password", "number", "slider", "day", "date", "time")
_FITS: dict[Form, tuple[Kind, ...]] = {
    "text": (*_TEXTUAL, "choice"),
    "password": ("password", "text", "number"),
    "check": ("toggle", "checkbox"),
    "switch": ("toggle", "checkbox"),
    "radio": ("choice", "toggle", "checkbox", "day", "slider"),
    "select": ("choice", "toggle", "checkbox", "day", "slider", "time", "date", "number", "text", "list"),
    "file": ("file",),
    "output": (),
}


@dataclass(frozen=True)
class Widget:
    """One control of the page; radio buttons of a group are its ``elements``."""

    form: Form
    elements: tuple[Element, ...]
    labels: tuple[str, ...]

    @property
    def element(self) -> Element:
        """The (first) element."""
        return self.elements[0]

    @property
    def disabled(self) -> bool:
        """Whether a person could not change it."""
        return all(is_disabled(one) or one.get("readonly") is not None for one in self.elements)

    def fits(self, kind: Kind) -> bool:
        """Whether a control of the guide may look like this."""
        return kind in ("readonly", "list") or kind in _FITS[self.form]


def kinds_of(widget: Widget) -> tuple[Kind, ...]:
    """What a control of the guide could be that looks like this."""
    stated: tuple[Kind, ...] = ("readonly",) if widget.form == "output" or widget.disabled else ()
    return (*_FITS[widget.form], *stated)


def is_disabled(element: Element) -> bool:
    """``disabled`` on itself or a fieldset around it, or ``aria-disabled``."""
    if element.get("disabled") is not None or element.get("aria-disabled") == "true":
        return True
    return any(one.tag == "fieldset" and one.get("disabled") is not None for one in lineage(element))


def widgets(page: Page, elements: Sequence[Element]) -> list[Widget]:
    """Every control among the elements, with its labels, in order."""
    found: list[Widget] = []
    grouped: set[Element] = set()
    for element in _candidates(page, elements):
        if element in grouped:
            continue
        members = _group_of(page, element, elements)
        grouped.update(members)
        found.append(Widget(form_of(element), members, tuple(labels(page, members, page.main))))
    return found


def _candidates(page: Page, elements: Sequence[Element]) -> list[Element]:
    """Visible controls, and those that a style sheet hides behind a visible label (files, ticks)."""
    seen = [one for one in elements if is_field(one) and not _inside_field(one)]
    boxes = set(elements)
    for one in page.hidden:
        if (
            one.tag != "input"
            or one.get("type", "").lower() not in ("file", "checkbox", "radio")
            or one.get("hidden") == ""
        ):
            continue
        if one.getparent() in boxes and any(explicit(page, one)) and _has_visible_label(page, one):
            seen.append(one)
    return sorted(seen, key=lambda one: page.order[one])


def _has_visible_label(page: Page, element: Element) -> bool:
    around = within(element, ("label",))
    name = element.get("id")
    pointing = [one for one in page.elements if one.tag == "label" and name and one.get("for") == name]
    return any(page.visible(one) for one in ([around] if around is not None else []) + pointing)


def _inside_field(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and is_field(parent)


def _group_of(page: Page, element: Element, elements: Sequence[Element]) -> tuple[Element, ...]:
    name = element.get("name")
    if form_of(element) != "radio" or not name:
        return (element,)
    form = within(element, ("form",))
    same = [
        one
        for one in _candidates(page, elements)
        if form_of(one) == "radio" and one.get("name") == name and within(one, ("form",)) is form
    ]
    return tuple(same)


def form_of(element: Element) -> Form:
    """Of which form a single element is."""
    if element.tag == "select":
        return "select"
    if element.tag == "output":
        return "output"
    if element.tag == "input":
        kind = element.get("type", "text").lower()
        known: dict[str, Form] = {"checkbox": "check", "radio": "radio", "file": "file", "password": "password"}
        return known.get(kind, "text")
    return "switch" if element.get("role") in ("switch", "checkbox") else "text"


def options(page: Page, widget: Widget) -> list[tuple[str, Element]]:
    """What a choice offers: texts and their elements."""
    if widget.form == "select":
        inner = [one for one in widget.element.iterdescendants("option") if one.get("hidden") is None]
        return [(page.text(one) or (one.get("label") or ""), one) for one in inner]
    if widget.form == "radio":
        return [(_radio_text(page, one), one) for one in widget.elements]
    listed = page.ids.get(widget.element.get("list") or "")
    return (
        []
        if listed is None
        else [(one.get("value") or page.text(one), one) for one in listed.iterdescendants("option")]
    )


def _radio_text(page: Page, element: Element) -> str:
    texts = explicit(page, element)
    return texts[0] if texts else words_after(page, element) or element.get("value", "")


def two_states(page: Page, widget: Widget) -> dict[bool, Element] | None:
    """The options for on and off of a choice with these two words, else None."""
    found = [(state_word(text), one) for text, one in options(page, widget)]
    states = {word: one for word, one in found if word is not None}
    return states if len(found) == 2 and len(states) == 2 else None
