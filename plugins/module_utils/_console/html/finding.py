# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exactly one match, or an error that lists what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.facts import (
    Fact,
    facts,
    has_column_heads,
    is_table,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions, is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, holds
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import (
    Scope,
    around,
    headings,
    is_button,
    matching,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import EXACT, NOT, PREFIX, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import (
    Widget,
    is_disabled,
    widgets,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True)
class Place:
    """Where one looks, for error messages: the address, the page's title, what is being done."""

    target: str
    page: str
    operation: str

    def error(
        self,
        message: str,
        kind: Kind,
        *,
        remedy: str = "",
        candidates: Iterable[str] = (),
        fields: dict[str, str] | None = None,
    ) -> UseriesError:
        """An error at this place."""
        return UseriesError(
            message,
            surface="console",
            operation=self.operation,
            target=self.target,
            kind=kind,
            remedy=remedy,
            candidates=_once(candidates),
            fields=fields,
        )

    def missing(self, what: str, name: Name, where: str, key: str, candidates: Iterable[str]) -> UseriesError:
        """A label of the guide is not on the page."""
        there = _once(candidates)
        listed = "; there are: " + ", ".join(f"'{one}'" for one in there[:20]) if there else "; there is none"
        guess = " (the guide does not print this label; it is a guess)" if name.guessed else ""
        texts = " or ".join(f"'{text}'" for text in name.texts)
        override = (
            f"If the page words it differently, set it in useries_console_labels: {{'{key}': '<the page's words>'}}."
        )
        error = self.error(
            f"No {what} {texts}{guess} {where}{listed}.",
            "label_missing",
            remedy=override if key else "If the page words it differently, set it in useries_console_labels.",
            candidates=there,
        )
        error.label = key
        return error

    def ambiguous(self, what: str, name: Name, where: str, key: str, candidates: Iterable[str]) -> UseriesError:
        """A label stands there more than once."""
        found = list(candidates)
        hint = f" ({key})" if key else ""
        error = self.error(
            f"The {what} '{name}' is there {len(found)} times {where}: {', '.join(found[:10])}.",
            "label_ambiguous",
            remedy=f"Set a label in useries_console_labels{hint} that only one of them has.",
            candidates=found,
        )
        error.label = key
        return error


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def find_section(page: Page, section: Section, place: Place) -> Scope:
    """The section's part of the page."""
    where = f"on the page '{place.page}'"
    found = matching(page, section.title)
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        found = [scope for scope in found if _suits(page, scope, section)] or found
        if len(found) == 1:
            return found[0]
        raise place.ambiguous("section", section.title, where, section.id, [scope.title for scope in found])
    if section.anchor is not None and section.title.guessed:
        anchors = find_buttons(page, page.inside(page.main), section.anchor, exact=True)
        if len(anchors) == 1:
            return around(page, anchors[0])
    raise place.missing("section", section.title, where, section.id, [one.text for one in headings(page)])


def _suits(page: Page, scope: Scope, section: Section) -> bool:
    """Of several parts with one title: has it the anchor, or any of the section's controls?"""
    if section.anchor is not None and find_buttons(page, scope.elements, section.anchor, exact=True):
        return True
    return any(quality(one.name, label_texts(page, scope)) == EXACT for one in section.controls)


def find_widget(page: Page, scope: Scope, control: Control, place: Place) -> Widget | None:
    """The control of that label; None when there is none but perhaps a fact (only for kinds that may be plain text)."""
    there = widgets(page, scope.elements)
    for fitting in ([one for one in there if one.fits(control.kind)], there):
        for wanted in (EXACT, PREFIX):
            found = [one for one in fitting if quality(control.name, one.labels) == wanted]
            if len(found) > 1:
                names = [" / ".join(one.labels) for one in found]
                raise place.ambiguous("control", control.name, _in(scope, place), control.id, names)
            if found:
                return found[0]
    return None


def find_fact(page: Page, scope: Scope, control: Control, place: Place) -> Fact | None:
    """What the section states under that label, in the surest way of stating it."""
    ways = facts(page, scope.elements)
    for wanted in (EXACT, PREFIX):
        for way in ways:
            found = [one for one in way if quality(control.name, [one.label]) == wanted]
            if len({one.text for one in found}) > 1:
                names = [f"{one.label}: {one.text}" for one in found]
                raise place.ambiguous("label", control.name, _in(scope, place), control.id, names)
            if found:
                return found[0]
    return None


def find_control(page: Page, scope: Scope, control: Control, place: Place) -> Widget | Fact:
    """The control, or (to be read only) the fact, of that label; the only one of its kind when ``sole`` allows it; a
    section's only list."""
    widget = find_widget(page, scope, control, place)
    if widget is not None:
        return widget
    if control.kind not in ("file",):
        fact = find_fact(page, scope, control, place)
        if fact is not None:
            return fact
    if control.kind == "list":
        listing = _only_list(page, scope)
        if listing is not None:
            return Fact(scope.title, page.text(listing), listing)
    if control.sole and control.kind not in ("readonly", "list"):
        alike = [one for one in widgets(page, scope.elements) if one.fits(control.kind)]
        if len(alike) == 1:
            return alike[0]
    raise place.missing("control", control.name, _in(scope, place), control.id, label_texts(page, scope))


def _only_list(page: Page, scope: Scope) -> Element | None:
    """The section's only list or table, of those that hold no controls."""
    listed = [one for one in scope.elements if one.tag in ("table", "ul", "ol", "dl") or is_table(one)]
    plain = [one for one in listed if not any(is_field(inner) for inner in page.inside(one))]
    outer = [one for one in plain if not any(one is not other and holds(other, one) for other in plain)]
    grids = [one for one in outer if is_table(one) and has_column_heads(page, one)]
    for found in (grids, [one for one in outer if one.tag in ("ul", "ol")], outer):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def label_texts(page: Page, scope: Scope) -> list[str]:
    """The labels of a section as the page words them; what it only states included."""
    controls = [text for one in widgets(page, scope.elements) for text in one.labels[:1]]
    stated = [one.label for way in facts(page, scope.elements)[:5] for one in way]
    return _once(controls + stated)


def _in(scope: Scope, place: Place) -> str:
    part = f"in the section '{scope.title}' of" if scope.title else "on"
    return f"{part} the page '{place.page}'"


# -- buttons


def pressable(page: Page, elements: Iterable[Element]) -> list[Element]:
    """What one can press: buttons, links, icons that act."""
    found = []
    for one in elements:
        if (
            is_button(one)
            or (one.tag == "a" and one.get("href") is not None)
            or one.get("role") in ("menuitem", "link")
        ):
            found.append(one)
    return [one for one in found if page.visible(one)]


def find_buttons(page: Page, elements: Iterable[Element], name: Name, *, exact: bool) -> list[Element]:
    """Buttons and links of that caption; buttons win over links, whole captions over cut ones."""
    rated = [(quality(name, captions(page, one)), one) for one in pressable(page, elements)]
    best = max((rate for rate, _one in rated), default=NOT)
    if best == NOT or (exact and best < EXACT):
        return []
    found = [one for rate, one in rated if rate == best]
    return [one for one in found if is_button(one)] or found


def find_button(
    page: Page, scope: Scope, name: Name, place: Place, *, exact: bool = False, sole: bool = False, key: str = ""
) -> Element:
    """The one button of that caption."""
    found = find_buttons(page, scope.elements, name, exact=exact)
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise place.ambiguous(
            "button", name, _in(scope, place), key, [" / ".join(captions(page, one)) for one in found]
        )
    there = pressable(page, scope.elements)
    real = [one for one in there if is_button(one)]
    if sole and not exact and len(real) == 1:
        return real[0]
    raise place.missing("button", name, _in(scope, place), key, button_texts(page, scope))


def button_texts(page: Page, scope: Scope) -> list[str]:
    """The captions of a section."""
    return _once((captions(page, one) or [""])[0] for one in pressable(page, scope.elements))


def button_disabled(element: Element) -> bool:
    """Whether a button cannot be pressed."""
    return is_disabled(element) or "disabled" in (element.get("class") or "").split()
