# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a page of the console as a person (or a screen reader) does: by what is visible and by what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html

CONTROLS = ("input", "select", "textarea")


def normal(text: str) -> str:
    """A label without what does not matter: capitals, spaces, colon, asterisk, a state in parentheses."""
    words = " ".join(text.replace("\u00a0", " ").split()).casefold().rstrip(" :*")
    return re.sub(r"\s*\((yes|no|enabled|disabled)\)$", "", words).rstrip(" :*")


def visible(element: html.HtmlElement) -> bool:
    """Whether neither the element nor what it stands in is hidden."""
    for one in (element, *element.iterancestors()):
        if one.tag in ("template", "script", "style", "head") or one.get("hidden") is not None:
            return False
        if "display:none" in (one.get("style") or "").replace(" ", "") or one.get("type") == "hidden":
            return False
        if one.get("popover") is not None or "folded" in (one.get("class") or ""):
            return False
    return True


@dataclass
class Found:
    """A control, or a group of radio buttons, with the name it goes by."""

    name: str
    kind: str
    elements: list[html.HtmlElement] = field(default_factory=list)

    @property
    def value(self) -> str | bool:
        """What it shows."""
        first = self.elements[0]
        if self.kind == "checkbox":
            return first.get("checked") is not None
        if self.kind == "radio":
            chosen = [one for one in self.elements if one.get("checked") is not None]
            return text_of(chosen[0].xpath("//label[@for=$id]", id=chosen[0].get("id"))[0]) if chosen else ""
        if self.kind == "select":
            return "".join(text_of(option) for option in first.xpath(".//option[@selected]"))
        return (first.text or "").lstrip("\n") if self.kind == "textarea" else str(first.get("value") or "")


def text_of(element: html.HtmlElement, without_controls: bool = False) -> str:
    """The visible text of an element."""
    parts = [element.text or ""]
    for child in element:
        skipped = not isinstance(child.tag, str) or not visible(child) or (without_controls and child.tag in CONTROLS)
        parts.append("" if skipped else text_of(child, without_controls))
        parts.append(child.tail or "")
    return " ".join("".join(parts).replace("\u00a0", " ").split())


def _by_reference(element: html.HtmlElement) -> str:
    names = (element.get("aria-labelledby") or "").split()
    found = [one for name in names for one in element.xpath("//*[@id=$name]", name=name)]
    return " ".join(text_of(one) for one in found)


def _before(element: html.HtmlElement) -> str:
    """The nearest visible text before an element."""
    for text in reversed(element.xpath("preceding::text()[normalize-space()]")):
        owner = text.getparent() if not text.is_tail else text.getparent().getparent()
        if visible(owner) and owner.tag not in ("option", "small"):
            return text_of(owner, without_controls=True) if not text.is_tail else " ".join(text.split())
    return ""


def _name(element: html.HtmlElement, own_label: bool = True) -> str:
    named = _by_reference(element) or element.get("aria-label") or ""
    if not named and own_label:
        labels = [one for one in element.xpath("//label[@for=$id]", id=element.get("id") or "-") if visible(one)]
        labels += element.xpath("ancestor::label")
        named = " ".join(text_of(one, without_controls=True) for one in labels)
    if not named:
        named = " ".join(text_of(one) for one in element.xpath("ancestor::tr[1]/th[@scope='row']"))
    if not named:
        named = " ".join(text_of(one) for one in element.xpath("ancestor::dd[1]/preceding-sibling::dt[1]"))
    return normal(named or _before(element))


def controls(root: html.HtmlElement) -> list[Found]:
    """Every visible control below an element, radio buttons as one."""
    result: list[Found] = []
    groups: dict[str, Found] = {}
    for element in root.iter(*CONTROLS):
        kind = element.get("type", "text") if element.tag == "input" else element.tag
        if kind in ("hidden", "submit") or not visible(element):
            continue
        if kind != "radio":
            result.append(Found(_name(element), kind, [element]))
            continue
        group = groups.get(element.get("name"))
        if group is None:
            holder = element.xpath("ancestor::*[@role='radiogroup'][1]")
            holder += element.xpath("ancestor::fieldset[1][contains(@class,'group')]")
            legend = holder[0].xpath("./legend") if holder else []
            named = normal(text_of(legend[0])) if legend else _name(holder[0] if holder else element, own_label=False)
            group = groups[element.get("name")] = Found(named, "radio")
            result.append(group)
        group.elements.append(element)
    return result


def captions(root: html.HtmlElement) -> list[tuple[str, html.HtmlElement]]:
    """Every visible button and link below an element by its caption."""
    result = []
    for element in root.iter("button", "input", "a"):
        if element.tag == "input" and element.get("type") != "submit" or not visible(element):
            continue
        images = [image.get("alt") for image in element.iter("img")]
        shown = "" if element.get("aria-label") or element.get("title") else text_of(element)
        named = element.get("value") if element.tag == "input" else shown
        result.append((normal(named or element.get("aria-label") or element.get("title") or " ".join(images)), element))
    return result


def shown_value(root: html.HtmlElement, label: str) -> list[str]:
    """The texts that stand right after a label that names no control."""
    found = []
    for element in root.iter("th", "dt", "span", "div", "label"):
        if not visible(element) or normal(text_of(element)) != normal(label):
            continue
        around = element.getparent()
        if normal(text_of(around)) == normal(label) and not around.xpath(".//input"):
            continue
        cell = element.xpath("self::th/following-sibling::td[1] | ancestor::th[1]/following-sibling::td[1]")
        cell += element.xpath("self::dt/following-sibling::dd[1] | ancestor::dt[1]/following-sibling::dd[1]")
        after = cell[0] if cell else (element.getnext() if element.getnext() is not None else element)
        holder = next(iter(after.xpath("descendant-or-self::*[self::input or self::output or self::span][1]")), after)
        found.append(holder.get("value") or "" if holder.tag == "input" else text_of(holder))
    return found


def section(page: html.HtmlElement, title: str) -> html.HtmlElement:
    """The part of a page below a title."""
    kinds = "self::h2 or self::h3 or self::legend or @role='heading' or self::caption or self::b"
    titles = page.xpath(f"//main//*[{kinds}]")
    titles += page.xpath("//main//div[@class='card-header']")
    found = [one for one in titles if visible(one) and normal(text_of(one)) == normal(title)]
    assert len(found) == 1, (title, [text_of(one) for one in titles])
    panel = found[0].xpath("ancestor::*[contains(concat(' ', @class, ' '), ' panel ')][1]")
    if panel:
        return panel[0]
    part = html.Element("div")
    following = list(found[0].itersiblings())
    for one in following:
        if one.tag == "h2":
            break
        part.append(one)
    found[0].getparent().append(part)
    return part
