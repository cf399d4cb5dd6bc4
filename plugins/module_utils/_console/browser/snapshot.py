# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a hand has looked at to the page that the label driver reads: frames laid into one another, and what was
said meanwhile and has vanished put back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page, hides, holds, lineage
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    from lxml import html as lxml_html
    from lxml.etree import _Element as Element
else:
    lxml_html = optional("lxml.html")

MARK = "data-u"
PICKER = "data-u-picker"
DAYS, TURNED = "data-u-days", "data-u-turned"
"""On fields that are not typed into: a calendar sets them, or arrows."""

OPENED = "data-u-opened"
"""On the button of a menu that was clicked last."""


def page_of(seen: Mapping[str, Any], status: int = 200) -> Page:
    """The page of :meth:`Hand.look`; ``mark_of`` tells which element of the window an element stands for."""
    roots = [lxml_html.document_fromstring(frame["html"], ensure_head_body=True) for frame in seen["frames"]]
    for number, root in enumerate(roots):
        for element in root.iter():
            if isinstance(element.tag, str) and element.get(MARK) is not None:
                element.set(MARK, f"{seen['look']}-{number}-{element.get(MARK)}")
    for number, frame in reversed(list(enumerate(seen["frames"]))):  # the innermost first
        for mark, inner in frame["inner"].items():
            _lay_in(roots[number], f"{seen['look']}-{number}-{mark}", roots[inner], inner)
    root = roots[0]
    _lay_menu(root)
    body = root.find("body")
    said = [said for frame in seen["frames"] for said in frame["said"]]
    if body is not None:
        for one in _vanished(root, said):
            body.append(one)
    page = Page(root, seen["url"], status)
    page.heard = tuple(one["text"] for one in said)
    return page


def mark_of(element: Element) -> str:
    """The number of an element of :func:`page_of` in the window."""
    return element.get(MARK) or ""


def _lay_in(root: Element, mark: str, inner: Element, number: int) -> None:
    """The body of a frame in the place of the frame; its ids get a prefix of their own."""
    place = next((one for one in root.iter() if isinstance(one.tag, str) and one.get(MARK) == mark), None)
    body = inner.find("body")
    if place is None or body is None:
        return
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "list"):
            value = element.get(name)
            if value:
                element.set(name, " ".join(f"f{number}-{one}" for one in value.split()))
    body.tag = "div"
    place.append(body)


def _lay_menu(root: Element) -> None:
    """A menu that opened at the end of the page is laid behind the button that opened it."""
    opener = next((one for one in root.iter() if isinstance(one.tag, str) and one.get(OPENED) is not None), None)
    if opener is None or opener.getparent() is None:
        return
    menus = [one for one in root.iter() if isinstance(one.tag, str) and one.get("role") == "menu" and _floats(one)]
    if len(menus) == 1 and not holds(menus[0], opener):
        tail, opener.tail = opener.tail, None
        opener.addnext(menus[0])
        menus[0].tail = tail


def _floats(menu: Element) -> bool:
    """Whether a menu is in sight, and stands in no part of the page for good."""
    above = [one for one in lineage(menu) if one.tag not in ("html", "body")]
    return not any(hides(one) or one.tag in ("main", "nav", "header", "table") for one in above)


def _vanished(root: Element, said: Sequence[Mapping[str, str]]) -> list[Element]:
    """Messages that are no longer in sight, as they were."""
    texts: Any = root.xpath("//body//text()[not(ancestor::*[@hidden])]")
    shown = _solid("".join(str(text) for text in texts))
    found = []
    for one in said:
        if _solid(one["text"]) not in shown:
            box = lxml_html.Element("div")
            box.set("class", _clean(one["words"]))
            if one["role"]:
                box.set("role", one["role"])
            box.set("data-u-tone", one["tone"])
            box.text = _clean(one["text"])
            found.append(box)
    return found


def _solid(text: str) -> str:
    """Without white space: where parts of a line meet, Chromium tells none, or some of its own."""
    return "".join(text.split())


def _clean(text: str) -> str:
    """Without what XML cannot hold: control characters, halves of characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
