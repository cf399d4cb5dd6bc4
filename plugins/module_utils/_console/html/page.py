# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A parsed page, and what of it a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import squeeze
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    from lxml import html as lxml_html
    from lxml.etree import _Element as Element
else:
    lxml_html = optional("lxml.html")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NEVER_SEEN = frozenset({"script", "style", "template", "noscript", "head", "datalist", "title", "object", "iframe"})
_NO_LABEL = frozenset({"select", "option", "textarea"})
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
    )
    + ("span", "strong", "sub", "sup", "time", "u", "var")
)
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_OUTSIDE_TAGS = frozenset({"nav", "header", "footer", "aside"})
_OUTSIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "menubar", "menu"})


class Page:
    """One page.

    :param url: where it came from, for its relative links; :param status: the HTTP status.
    ``heard``: what a browser heard it say since the last step.
    """

    def __init__(self, root: Element, url: str, status: int = 200) -> None:
        self.root = root
        self.url = url
        self.status = status
        self.heard: tuple[str, ...] = ()
        self.elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self.order = {element: number for number, element in enumerate(self.elements)}
        self.ids = {element.get("id", ""): element for element in reversed(self.elements) if element.get("id")}
        self.hidden: set[Element] = set()
        for element in self.elements:
            if element.getparent() in self.hidden or hides(element):
                self.hidden.add(element)
        self.named: dict[str, Element] = {}
        for element in self.elements:
            for name in (element.get("aria-labelledby") or "").split():
                self.named.setdefault(name, element)
        self.main = self._main()

    @classmethod
    def parse(cls, content: bytes, charset: str | None, url: str, status: int = 200) -> Page:
        """Parse what a server sent."""
        try:
            text = content.decode(charset or "utf-8")
        except (UnicodeDecodeError, LookupError):
            text = content.decode("latin-1")
        text = re.sub(r"^\s*<\?xml[^>]*>", "", text.replace("\0", ""))
        return cls(lxml_html.document_fromstring(text or "<html></html>", ensure_head_body=True), url, status)

    def _main(self) -> Element:
        for element in self.elements:
            if (element.tag == "main" or element.get("role") == "main") and self.visible(element):
                return element
        bodies = [element for element in self.elements if element.tag == "body"]
        return bodies[0] if bodies else self.root

    def visible(self, element: Element) -> bool:
        """Whether a person sees it (style sheets are not looked at)."""
        return element not in self.hidden

    def show(self, element: Element) -> None:
        """Open something that a button of the page opens (a dialog)."""
        self.hidden -= set(element.iter())
        self.hidden |= {one for one in element.iterdescendants() if isinstance(one.tag, str) and hides(one)}

    def inside(self, container: Element) -> list[Element]:
        """Visible elements of a container, in order, without itself."""
        return [one for one in container.iterdescendants() if isinstance(one.tag, str) and one not in self.hidden]

    def leads_here(self, href: str) -> bool:
        """Whether an address is that of the page itself."""
        return urljoin(self.url, href) == self.url

    def outside_content(self, element: Element) -> bool:
        """Whether it belongs to menus, header or footer of the page rather than to its content."""
        for one in lineage(element):
            if one is self.main:
                return False
            role = one.get("role")
            if role in _OUTSIDE_ROLES:
                return True
            if one.tag in _OUTSIDE_TAGS and (
                one.tag == "nav" or not within(one, ("section", "article", "form", "main"))
            ):
                return True
        return False

    def text(self, element: Element, *, also_hidden: bool = False, skip: frozenset[str] = frozenset()) -> str:
        """What a person reads in it; no values of controls. ``skip``: tags left out."""
        return squeeze("".join(self._pieces(element, also_hidden, skip | _NO_LABEL, top=True)))

    def _pieces(self, element: Element, also_hidden: bool, skip: frozenset[str], top: bool = False) -> Iterator[str]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER_SEEN and not (top or tag == "title" and within(element, ("svg",))):
            return
        if not top and (tag in skip or (element in self.hidden and not also_hidden)):
            return
        space = "" if tag in _INLINE else " "
        yield space
        if tag in ("img", "area"):
            yield element.get("alt") or ""
        yield element.text or ""
        for child in element:
            yield from self._pieces(child, also_hidden, skip)
            yield child.tail or ""
        yield space

    def referenced(self, element: Element, attribute: str) -> list[Element]:
        """The elements whose ids an attribute lists."""
        return [self.ids[one] for one in (element.get(attribute) or "").split() if one in self.ids]

    def own_name(self, element: Element) -> list[str]:
        """``aria-labelledby`` (all ids joined) and ``aria-label``."""
        joined = squeeze(
            " ".join(self.text(one, also_hidden=True) for one in self.referenced(element, "aria-labelledby"))
        )
        return [text for text in (joined, squeeze(element.get("aria-label") or "")) if text]

    def title(self) -> str:
        """The main heading: the first h1 of the content, else of the page, else the window's title."""
        tops = [one for one in self.elements if one.tag == "h1" and self.visible(one) and self.text(one)]
        inner = [one for one in tops if not self.outside_content(one)]
        for heading in inner + tops:
            return self.text(heading)
        for element in self.elements:
            if element.tag == "title" and not within(element, ("svg",)):
                return squeeze(element.text or "")
        return ""


def hides(element: Element) -> bool:
    """Whether an element by itself keeps its content from sight."""
    if element.tag in _NEVER_SEEN or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return (
        element.tag == "input"
        and element.get("type", "").lower() == "hidden"
        or bool(_HIDING.search(element.get("style") or ""))
    )


def lineage(element: Element) -> Iterator[Element]:
    """The element, its parent, and so on to the root."""
    present: Element | None = element
    while present is not None:
        yield present
        present = present.getparent()


def within(element: Element, tags: tuple[str, ...]) -> Element | None:
    """The nearest ancestor (or itself) with one of the tags."""
    return next((one for one in lineage(element) if one.tag in tags), None)


def holds(container: Element, element: Element) -> bool:
    """Whether an element is the container or inside it."""
    return any(one is container for one in lineage(element))
