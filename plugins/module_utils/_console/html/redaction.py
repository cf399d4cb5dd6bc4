# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page without its values: what is left is its structure, and the texts that label something.

Nothing is kept because it looks harmless. A text stays when it is a title, the caption of something to press, the label
of a control or of a stated value, a column's caption, or a label that everybody may read; all other text is blacked
out. Attributes stay when finding labels needs them; ids, names and addresses are numbered anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, squeeze, state_word
from ansible_collections.useries.appliance.plugins.module_utils._console.html.vocabulary import vocabulary
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    from lxml import etree
    from lxml.etree import _Element as Element
else:
    etree = optional("lxml.etree")

BLACK = "\u2588\u2588\u2588"
HERE = "/p0"
"""The address of the page itself in a redacted page."""

NEXT_VIEW = "<!-- next view -->\n"

_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "embed", "meta", "link", "base"})
_PLAIN = frozenset(
    ("type", "role", "hidden", "disabled", "readonly", "colspan", "rowspan", "scope", "multiple", "open", "lang")
    + ("aria-hidden", "aria-disabled", "aria-current", "aria-level", "aria-modal", "contenteditable")
)
_NAMES = ("id", "for", "form", "list", "aria-labelledby", "aria-controls", "headers", "name")
_TEXTS = ("aria-label", "title", "alt", "placeholder", "label")
_PRESSED = ("submit", "button", "reset", "image")
_SAFE_WORD = re.compile(r"[A-Za-z_-]{1,40}")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
#: Letters and digits in one long word: a key, a token, a digest; never a label.
_TOKEN = re.compile(r"(?=[\w+/=.-]*\d)(?=[\w+/=.-]*[A-Za-z])[\w+/=.-]{16,}")


class PageSnapshot:
    """Implements :class:`~_console.terms.Snapshot` for a parsed page.

    :param views: the page with one of its tabs or headers opened, each; without them it is what it is.
    """

    def __init__(self, page: Page, views: Sequence[Page] = ()) -> None:
        self._views = tuple(views) or (page,)

    def redacted(self, known: Callable[[str], bool]) -> str:
        """The page as HTML that opens in any browser and loads nothing; view after view, a line between them."""
        return NEXT_VIEW.join(self._redacted(one, known) for one in self._views)

    @staticmethod
    def _redacted(page: Page, known: Callable[[str], bool]) -> str:
        text: str = etree.tostring(Redactor(page, known).document(), encoding="unicode", method="html")
        return f"<!DOCTYPE html>\n{text}\n"


class Redactor:
    """Copies a page, leaving out what is not to be kept."""

    def __init__(self, page: Page, known: Callable[[str], bool]) -> None:
        self._page = page
        self._known = known
        self._vocabulary = vocabulary(page)
        self._numbers: dict[tuple[str, str], int] = {}

    def document(self) -> Element:
        """The whole page; its head forbids the browser to load anything."""
        root = self._copy(self._page.root, False)
        head = root.find("head")
        if head is None:
            head = etree.Element("head")
            root.insert(0, head)
        policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'"}
        head.insert(0, etree.Element("meta", attrib=policy))
        head.insert(0, etree.Element("meta", attrib={"charset": "utf-8"}))
        return root

    # -- texts

    def _is_label(self, text: str) -> bool:
        return bool(text) and (key(text) in self._vocabulary or self._known(text))

    def _labels(self, element: Element) -> bool:
        """Whether all the words of an element together are a label."""
        for skip in (frozenset[str](), frozenset({"button"})):
            if self._is_label(self._page.text(element, skip=skip, also_hidden=True)):
                return True
        return self._is_label(self._page.text(element))

    def _words(self, text: str | None, kept: bool) -> str | None:
        words = squeeze(text or "")
        if not words or text is None:
            return text
        if kept or self._is_label(words):
            return text if self._known(words) else _TOKEN.sub(BLACK, text)
        label, colon, answer = words.partition(":")
        if colon and squeeze(answer) and (not label or self._is_label(label)):
            return f"{label}: {BLACK}"
        front = " " if text[0].isspace() else ""
        return f"{front}{BLACK}{' ' if text[-1].isspace() else ''}"

    # -- elements

    def _copy(self, element: Element, kept: bool) -> Element:
        new = etree.Element(element.tag)
        for name, value in self._attributes(element):
            new.set(name, value)
        tag = element.tag
        if tag == "textarea":
            return new
        if tag == "option":
            new.text = element.text if state_word(self._page.text(element)) is not None else BLACK
            return new
        kept = kept or self._labels(element)
        new.text = self._words(element.text, kept)
        last: Element | None = None
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _DROPPED:
                last = self._copy(child, kept)
                new.append(last)
            tail = self._words(child.tail, kept)
            if last is None:
                new.text = (new.text or "") + (tail or "")
            else:
                last.tail = (last.tail or "") + (tail or "")
        return new

    def _attributes(self, element: Element) -> Iterator[tuple[str, str]]:
        for name, value in element.attrib.items():
            name, value = str(name), str(value)
            if name in _PLAIN:
                yield name, value if _SAFE_WORD.fullmatch(value) or value.isdigit() else ""
            elif name in _NAMES:
                kind = "name" if name == "name" else "id"
                yield name, " ".join(f"{kind[0]}{self._number(kind, one)}" for one in value.split())
            elif name in _TEXTS and self._is_label(squeeze(value)):
                yield name, self._words(value, True) or ""
            elif name == "class":
                yield name, " ".join(one for one in value.split() if _SAFE_WORD.fullmatch(one))
            elif name == "href":
                yield name, self._address(value)
            elif name == "style" and _HIDING.search(value):
                yield name, "display:none"
            elif name == "value" and element.tag == "input" and element.get("type", "").lower() in _PRESSED:
                yield name, self._words(value, False) or ""

    def _number(self, kind: str, name: str) -> int:
        return self._numbers.setdefault((kind, name), len(self._numbers) + 1)

    def _address(self, value: str) -> str:
        text = value.strip()
        if text.startswith("#"):
            return f"#i{self._number('id', text[1:])}" if len(text) > 1 else "#"
        if text.lower().startswith(("javascript:", "mailto:")):
            return "#"
        return HERE if self._page.leads_here(text) else f"/p{self._number('href', text)}"
