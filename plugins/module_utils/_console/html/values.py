# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and setting one control."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, state_word
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget, options, two_states
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind, Scale, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PAIRS = (("true", "false"), ("1", "0"), ("on", "off"), ("yes", "no"), ("y", "n"), ("enabled", "disabled"))
BLANK = "data-u-blank"
"""On a drop-down that a browser saw with nothing chosen."""


class Unfit(ValueError):
    """A value that the control does not take; ``offers`` are the texts of a choice."""

    def __init__(self, message: str, offers: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.offers = offers


def read(page: Page, widget: Widget, kind: Kind) -> Value:
    """What a control shows, in the type of its kind."""
    if kind in ("toggle", "checkbox"):
        return state(page, widget)
    if widget.form in ("check", "switch"):
        return state(page, widget)
    if widget.form in ("select", "radio"):
        text = _chosen(page, widget)
        if kind == "list":
            return [text for text, _one in options(page, widget)]
        return number(text) if kind in ("number", "slider") else text
    if widget.form == "file":
        return None
    return as_kind(_written(page, widget.element), kind)


def as_kind(text: str, kind: Kind) -> Value:
    """A text of the page in the type of a kind."""
    if kind in ("number", "slider"):
        return number(text)
    if kind in ("toggle", "checkbox"):
        return state_word(text)
    return [text] if kind == "list" else text


def number(text: str) -> int | None:
    """The whole number of a text like ``1,440 minutes``; None when there is none."""
    found = re.search(r"-?\d[\d,]*", text)
    return int(found.group().replace(",", "")) if found else None


def scale_of(element: Element) -> Scale:
    """The numbers that a slider or number field takes, native or drawn by a script."""
    low, high = (number(element.get(name) or element.get(f"aria-value{name}") or "") for name in ("min", "max"))
    return Scale(low, high, number(element.get("step") or ""))


def _written(page: Page, element: Element) -> str:
    if element.tag == "input":
        return element.get("value") or ""
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n").replace("\r\n", "\n")
    return element.get("aria-valuetext") or element.get("aria-valuenow") or page.text(element)


def state(page: Page, widget: Widget) -> bool | None:
    """Whether a tick box, switch or choice of two states is on; None when it cannot be told."""
    element = widget.element
    if widget.form == "check":
        return element.get("checked") is not None
    if widget.form == "switch":
        said = element.get("aria-checked") or element.get("aria-pressed")
        return said == "true" if said else state_word(page.text(element))
    pair = two_states(page, widget)
    if pair is not None:
        return _is_chosen(page, widget, pair[True])
    return state_word(_chosen(page, widget) or _written(page, element))


def _chosen(page: Page, widget: Widget) -> str:
    for text, element in options(page, widget):
        if _is_chosen(page, widget, element):
            return text
    return ""


def _is_chosen(page: Page, widget: Widget, element: Element) -> bool:
    if widget.form == "radio":
        return element.get("checked") is not None
    present = selected(widget.element)
    return present is element


def selected(select: Element) -> Element | None:
    """The option that a browser shows as chosen: the last marked one, else the first that can be chosen.

    Of a list that shows several lines none is chosen by itself, nor of one that a script has emptied.
    """
    inner = list(select.iterdescendants("option"))
    marked = [one for one in inner if one.get("selected") is not None]
    if marked:
        return marked[-1]
    size = select.get("size") or ""
    if (size.isdigit() and int(size) > 1) or select.get("multiple") is not None or select.get(BLANK) is not None:
        return None
    return next((one for one in inner if one.get("disabled") is None), None)


# -- setting


def fill(page: Page, widget: Widget, kind: Kind, value: Value) -> None:
    """Set a control of the page.

    :raises Unfit: when the control does not take the value.
    """
    if kind in ("toggle", "checkbox"):
        _fill_state(page, widget, bool(value))
    elif widget.form in ("select", "radio"):
        _choose(page, widget, option_of(page, widget, "" if value is None else str(value)))
    elif widget.form in ("check", "switch"):
        _fill_state(page, widget, bool(value))
    else:
        _write(widget.element, "" if value is None else str(value))


def _fill_state(page: Page, widget: Widget, wanted: bool) -> None:
    element = widget.element
    if widget.form == "check":
        _mark(element, "checked", wanted)
    elif widget.form == "switch":
        _flip(page, element, wanted)
    else:
        pair = two_states(page, widget)
        if pair is None:
            raise Unfit(
                "is no switch: it does not offer two states", tuple(text for text, _one in options(page, widget))
            )
        _choose(page, widget, pair[wanted])


def _flip(page: Page, element: Element, wanted: bool) -> None:
    """A switch made of script keeps its state in a hidden input beside it."""
    if (element.get("aria-checked") == "true") == wanted:
        return
    store = _store(page, element)
    if store is None:
        raise Unfit("is a switch that only a script can turn; a browser is needed")
    present = store.get("value") or ""
    for pair in _PAIRS:
        if present.lower() in pair:
            word = pair[0 if wanted else 1]
            store.set("value", word.capitalize() if present[:1].isupper() else word)
            break
    else:
        store.set("value", "true" if wanted else "false")
    element.set("aria-checked", "true" if wanted else "false")


def _store(page: Page, element: Element) -> Element | None:
    for name in ("aria-controls", "data-for", "data-input", "data-target"):
        named = page.ids.get((element.get(name) or "").lstrip("#"))
        if named is not None and named.tag == "input":
            return named
    box = element.getparent()
    for _level in range(3):
        if box is None:
            return None
        inside = [one for one in box.iterdescendants("input") if one.get("type", "").lower() in ("hidden", "checkbox")]
        if inside:
            return inside[0] if len(inside) == 1 else None
        box = box.getparent()
    return None


def _mark(element: Element, attribute: str, on: bool) -> None:
    if on:
        element.set(attribute, attribute)
    elif element.get(attribute) is not None:
        del element.attrib[attribute]


def option_of(page: Page, widget: Widget, wanted: str) -> Element:
    """The element of one choice; raises :class:`Unfit` with what is offered."""
    offers = options(page, widget)
    exact = [one for text, one in offers if text == wanted] or [one for text, one in offers if key(text) == key(wanted)]
    if len(exact) != 1:
        raise Unfit("does not offer this" if not exact else "offers this twice", tuple(text for text, _one in offers))
    if exact[0].get("disabled") is not None:
        raise Unfit("offers this, but it cannot be chosen now", tuple(text for text, _one in offers))
    return exact[0]


def _choose(page: Page, widget: Widget, option: Element) -> None:
    marker = "checked" if widget.form == "radio" else "selected"
    for _text, one in options(page, widget):
        _mark(one, marker, one is option)


def _write(element: Element, text: str) -> None:
    if element.tag == "textarea":
        element.text = "\n" + text  # HTML drops the first line break
        return
    if element.tag != "input":
        raise Unfit("can only be written by a script; a browser is needed")
    check_bounds(element, text)
    element.set("value", text)


def check_bounds(element: Element, text: str) -> None:
    """Refuse what the field's own length and range forbid."""
    longest = element.get("maxlength") or ""
    if longest.isdigit() and len(text) > int(longest):
        raise Unfit(f"takes at most {longest} characters, not {len(text)}")
    figure = number(text) if element.get("type", "").lower() in ("number", "range") else None
    for name, beyond in (("min", -1), ("max", 1)):
        bound = number(element.get(name) or "")
        if figure is not None and bound is not None and (figure - bound) * beyond > 0:
            raise Unfit(f"takes values from {element.get('min', '-')} to {element.get('max', '-')}, not {figure}")
