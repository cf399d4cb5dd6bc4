# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a browser sends when a button is pressed (HTML standard, form submission)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, within
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import selected
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import is_disabled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MULTIPART = "multipart/form-data"
_NOT_TYPED = frozenset(("hidden", "checkbox", "radio", "button", "reset", "file", "range", "color", "submit", "image"))


@dataclass(frozen=True)
class Submission:
    """One request of a form or link: ``fields`` in order, ``files`` by field name (several may share a name)."""

    method: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, Path | None], ...] = ()
    multipart: bool = False


def submission(page: Page, button: Element, uploads: Mapping[Element, Path]) -> Submission | None:
    """The request that pressing a button or link sends; None when only a script could do it."""
    if button.tag == "a":
        return _link(page, button)
    form = form_of(page, button)
    if form is None or not _submits(button):
        return None
    return form_submission(page, form, uploads, button)


def default_button(page: Page, field: Element) -> Element | None:
    """The button that Enter in a field presses: the first of its form that submits (HTML standard, default button)."""
    form = form_of(page, field)
    return None if form is None else next((one for one in _of_form(page, form) if _submits(one)), None)


def implicit_submission(page: Page, field: Element, uploads: Mapping[Element, Path]) -> Submission | None:
    """The request that Enter in a field sends (HTML standard, implicit submission); None when only a script knows.

    Without a button a form is sent only while it has no other field that one types into.
    """
    form = form_of(page, field)
    if form is None or any(field.get(f"onkey{when}") for when in ("down", "press", "up")):
        return None
    button = default_button(page, field)
    if button is None and any(one is not field and _blocks(one) for one in _of_form(page, form)):
        return None
    if button is not None and is_disabled(button):
        return None
    return form_submission(page, form, uploads, button)


def _of_form(page: Page, form: Element) -> list[Element]:
    apart = ("datalist", "template")
    return [one for one in page.elements if form_of(page, one) is form and within(one, apart) is None]


def _submits(element: Element) -> bool:
    kind = element.get("type", "submit" if element.tag == "button" else "").lower()
    return element.tag in ("button", "input") and kind in ("submit", "image")


def _blocks(element: Element) -> bool:
    return element.tag == "input" and element.get("type", "text").lower() not in _NOT_TYPED


def _link(page: Page, link: Element) -> Submission | None:
    href = (link.get("href") or "").strip()
    if not href or href.startswith("#") or href.lower().startswith(("javascript:", "mailto:")):
        return None
    return Submission("GET", urljoin(page.url, href))


def form_of(page: Page, element: Element) -> Element | None:
    """The form that owns an element: by its ``form`` attribute, else the one around it."""
    name = element.get("form")
    if name:
        return page.ids.get(name)
    return within(element, ("form",))


def form_submission(page: Page, form: Element, uploads: Mapping[Element, Path], button: Element | None) -> Submission:
    """The successful controls of a form, as they stand."""
    method = _either(button, form, "method", "get").upper()
    action = _either(button, form, "action", page.url)
    coding = _either(button, form, "enctype", "")
    fields: list[tuple[str, str]] = []
    files: list[tuple[str, Path | None]] = []
    for element in _of_form(page, form):
        if is_disabled(element):
            continue
        name = element.get("name") or ""
        if element.tag == "input" and element.get("type", "").lower() == "file":
            if name:
                files.append((name, uploads.get(element)))
        elif element is button:
            fields += _pressed(element)
        elif name:
            fields += [(name, value) for value in _successful(element)]
    multipart = coding.lower() == _MULTIPART and method == "POST"
    if not multipart:
        fields += [(name, path.name if path else "") for name, path in files]
    return Submission(method, urljoin(page.url, action), tuple(fields), tuple(files) if multipart else (), multipart)


def _either(button: Element | None, form: Element, attribute: str, default: str) -> str:
    over = None if button is None else button.get("form" + attribute)
    return over or form.get(attribute) or default


def _pressed(button: Element) -> list[tuple[str, str]]:
    name = button.get("name") or ""
    if button.get("type", "").lower() == "image":
        prefix = f"{name}." if name else ""
        return [(prefix + "x", "1"), (prefix + "y", "1")]
    return [(name, button.get("value") or "")] if name else []


def _successful(element: Element) -> list[str]:
    """The values that a control contributes; a button that was not pressed contributes none."""
    if element.tag == "select":
        if element.get("multiple") is not None:
            chosen = [one for one in element.iterdescendants("option") if one.get("selected") is not None]
        else:
            present = selected(element)
            chosen = [] if present is None else [present]
        return [_option_value(one) for one in chosen if one.get("disabled") is None]
    if element.tag == "textarea":
        text = (element.text or "").removeprefix("\n")
        return ["\r\n".join(text.replace("\r\n", "\n").split("\n"))]
    if element.tag != "input":
        return []
    kind = element.get("type", "text").lower()
    if kind in ("submit", "button", "image", "reset"):
        return []
    if kind in ("checkbox", "radio"):
        return [element.get("value", "on")] if element.get("checked") is not None else []
    return [element.get("value") or ""]


def _option_value(option: Element) -> str:
    value = option.get("value")
    return " ".join("".join(str(one) for one in option.itertext()).split()) if value is None else value
