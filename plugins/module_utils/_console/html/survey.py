# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything of a section that has a name: what one looks for, and what else is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.facts import facts, has_column_heads
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import (
    Place,
    find_buttons,
    find_control,
    pressable,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, lineage, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope, headings, is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import NOT, key, quality
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, kinds_of, widgets
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import (
    Caption,
    Control,
    Label,
    Name,
    Survey,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SURE = 5  # ways of stating something that are surely meant so; the others may be any two texts beside one another
_LONGEST = 80  # characters of a label that is found in one of the other ways


def survey(page: Page, scope: Scope, controls: Sequence[Control], buttons: Sequence[Caption], place: Place) -> Survey:
    """Look for all of them as the verbs do, press and change nothing."""
    found: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    taken: set[Element] = set()
    texts: set[str] = set()
    for control in controls:
        try:
            one = find_control(page, scope, control, place)
        except UseriesError as error:
            if error.kind == "label_ambiguous":
                doubtful[control.id] = error.candidates
            continue
        named = list(one.labels) if isinstance(one, Widget) else [one.label]
        found[control.id] = _worded(control.name, named)
        taken.update(one.elements if isinstance(one, Widget) else ())
        texts.update(key(text) for text in named)
    for button in buttons:
        meant = _meant(page, scope, button)
        if _one_a_row(meant):
            found[button.id] = _worded(button.name, captions(page, meant[0]))
            taken.update(meant)
        elif meant:
            doubtful[button.id] = tuple(" / ".join(captions(page, one)) for one in meant)
    rest = [one for one in _named(page, scope, taken) if key(one.text) not in texts or one.what not in ("fact", "text")]
    return Survey(scope.title, found, doubtful, tuple(dict.fromkeys(rest)))


def _worded(name: Name, texts: Sequence[str]) -> str:
    fitting = [text for text in texts if quality(name, [text]) != NOT]
    return next(iter([*fitting, *texts]), "")


def _meant(page: Page, scope: Scope, button: Caption) -> list[Element]:
    there = find_buttons(page, scope.elements, button.name, exact=button.destructive)
    if not there and button.sole:
        real = [one for one in pressable(page, scope.elements) if is_button(one)]
        return real if len(real) == 1 else []
    return there


def _one_a_row(buttons: Sequence[Element]) -> bool:
    """Whether it is one button, or the button that every row of a table has."""
    rows = [_row_of(one) for one in buttons]
    return len(buttons) == 1 or (bool(rows) and None not in rows and len(set(rows)) == len(rows))


def _row_of(element: Element) -> Element | None:
    return next((one for one in lineage(element) if one.tag == "tr" or one.get("role") == "row"), None)


def _named(page: Page, scope: Scope, taken: set[Element]) -> Iterator[Label]:
    known: set[str] = set()
    titles = {one.element for one in headings(page) if one.box is not one.element}  # a region is no title, it has one
    for one in widgets(page, scope.elements):
        known.update(key(text) for text in one.labels)
        if one.labels and not taken & set(one.elements):
            yield Label("control", one.labels[0], kinds_of(one))
    for number, way in enumerate(facts(page, scope.elements)):
        for fact in way:
            fits = number < _SURE or len(fact.label) <= _LONGEST
            if any(one in titles for one in lineage(fact.element)):
                continue  # a title is no label of what stands below it
            if fits and key(fact.label) not in known and not _in_data(page, fact.element):
                known.add(key(fact.label))
                yield Label("fact" if number < _SURE else "text", fact.label, ("readonly", "list"))
    for element in pressable(page, scope.elements):
        named = captions(page, element)
        if named and element not in taken:
            yield Label("button", named[0])


def _in_data(page: Page, element: Element) -> bool:
    """Whether it is a cell of a table with column captions: what stands there is no label."""
    table = within(element, ("table",))
    return table is not None and table is not element and has_column_heads(page, table)
