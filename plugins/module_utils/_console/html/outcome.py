# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says after a button was pressed.

The guide hardly ever prints these messages (A-09), so tones are read from roles (WAI-ARIA alert, status), from usual
class names and last from words; whoever needs certainty reads the state back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import button_texts
from ansible_collections.useries.appliance.plugins.module_utils._console.html.labels import captions, is_field
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import (
    HEADINGS,
    Page,
    holds,
    lineage,
    within,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope, is_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key, squeeze
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import widgets
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Outcome, OutcomeKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Tone = Literal["good", "bad", "plain"]

_SAYING = frozenset(
    ("alert", "success", "error", "errors", "danger", "invalid", "flash", "toast")
    + ("message", "notice", "feedback", "validation")
)
_GOOD = frozenset(["success", "ok", "good", "done", "positive", "saved"])
_BAD = frozenset(["error", "errors", "bad", "danger", "fail", "failed", "failure", "invalid", "negative", "critical"])
_MARKS = frozenset({"error", "errors", "has-error", "has-errors", "invalid", "is-invalid", "is-error", "has-danger"})
_MARKED = "marked as wrong, without a word"
_BAD_WORDS = re.compile(
    r"\b(?:fail(?:ed|ure|s)?|errors?|invalid|could not|cannot|can't|unable|not allowed|denied|refused|incorrect|wrong|"
    r"must|is required|not valid|does not)\b",
    re.IGNORECASE,
)
_FAILED_WORDS = re.compile(r"\bfail(?:ed|ure|s)?\b", re.IGNORECASE)
_GOOD_WORDS = re.compile(r"\bsuccessful(?:ly)?\b", re.IGNORECASE)
_BUSY_WORDS = re.compile(
    r"\b(?:in progress|please (?:wait|stand by)|is running|has (?:been )?started|is being)\b", re.IGNORECASE
)
_RESULTS = re.compile(r"\b(?:results?|details?)\b", re.IGNORECASE)
CANCEL_WORDS = frozenset({"cancel", "no", "back", "go back", "abort", "close", "dismiss", "x", "\u00d7"})
YES_WORDS = frozenset({"yes", "ok", "okay", "confirm", "continue", "proceed", "accept", "agree", "i agree"})
_REFUSES = re.compile(r"(?:no[,.]|don't|do not) ")  # "No, take me back"
_AGREES = re.compile(r"yes[,.] ")  # "Yes, I'm sure"
_TEXT_LIMIT = 1000


@dataclass(frozen=True)
class Message:
    """One message of a page."""

    text: str
    tone: Tone
    element: Element


@dataclass(frozen=True)
class Baseline:
    """What a page said before anything was pressed; the same words afterwards are no answer."""

    messages: frozenset[str] = field(default_factory=frozenset)
    questions: frozenset[str] = field(default_factory=frozenset)
    busy: int = 0
    marked: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, page: Page) -> Baseline:
        """Of a freshly opened page."""
        box = question_box(page, frozenset())
        asked = frozenset() if box is None else frozenset({page.text(box)})
        return cls(frozenset(one.text for one in messages(page)), asked, len(_progress(page)), _marked(page))

    def later(self, shown: Baseline, heard: Sequence[str]) -> Baseline:
        """With what an earlier step left standing, but for what was said again since.

        :param shown: of the page just before the step; :param heard: what the page has said since.
        """
        again = squeeze(" ".join(heard))
        left = frozenset(text for text in shown.messages if text not in again)
        return replace(self, messages=self.messages | left)


def outcome_of(page: Page, before: Baseline) -> Outcome:
    """The outcome that a page shows."""
    new = [one for one in messages(page) if one.text not in before.messages]
    fields, rest = _by_field(page, new)
    fields = dict.fromkeys(_marked(page) - before.marked, _MARKED) | fields
    box = question_box(page, before.questions)
    if box is not None and not fields and page.status < 400:
        return Outcome("question", _question_text(page, box), answers=tuple(button_texts(page, _scope(page, box))))
    bad = [one for one in rest if one.tone == "bad"]
    details = _details(page)
    said = _joined(bad or rest)
    if page.status >= 400:
        return Outcome("failed", said or _main_text(page), fields, details)
    if fields or bad:
        failed = not fields and (bool(details) or bool(_FAILED_WORDS.search(said)))
        kind: OutcomeKind = "failed" if failed else "rejected"
        return Outcome(kind, said or _by_label(fields), fields, details)
    if len(_progress(page)) > before.busy or (said and _BUSY_WORDS.search(said)):
        return Outcome("running", said, {}, details)
    return Outcome("done" if rest else "silent", said, {}, details)


def told_aloud(outcome: Outcome, words: Sequence[str]) -> Outcome:
    """With what the browser itself had to say (a script's alert), which is all that a silent page says."""
    said = squeeze(" ".join(words))
    bad = bool(_BAD_WORDS.search(said)) and not _GOOD_WORDS.search(said)
    failed = bool(_FAILED_WORDS.search(said))
    kind: OutcomeKind = ("failed" if failed else "rejected") if bad else "done"
    return replace(outcome, kind=kind, message=squeeze(f"{outcome.message} {said}"))


def _joined(found: list[Message]) -> str:
    return " ".join(dict.fromkeys(one.text for one in found))


def _by_label(fields: dict[str, str]) -> str:
    return "; ".join(f"{label.rstrip(': ')}: {text}" for label, text in fields.items())


# -- messages


def messages(page: Page) -> list[Message]:
    """Every message that a person sees, outermost boxes only."""
    found: list[Message] = []
    for element in page.elements:
        if not page.visible(element) or not _says(element) or any(holds(one.element, element) for one in found):
            continue
        if is_field(element) or is_button(element) or any(is_field(one) for one in page.inside(element)):
            continue
        text = page.text(element, skip=frozenset({"button", "details"}))
        if text:
            found.append(Message(text, _tone(element, text), element))
    return found or _loose_words(page)


def _loose_words(page: Page) -> list[Message]:
    """Of a page that has nothing to fill in: its paragraphs that tell of a success or an error."""
    if any(is_field(one) for one in page.inside(page.main)):
        return []
    found = []
    for element in page.inside(page.main):
        text = page.text(element) if element.tag in ("p", "blockquote") else ""
        good, bad = bool(_GOOD_WORDS.search(text)), bool(_BAD_WORDS.search(text))
        follower = element.getnext()
        if bad and text.endswith(":") and follower is not None and isinstance(follower.tag, str):
            text = f"{text} {page.text(follower)}"
        if good != bad or (text and _BUSY_WORDS.search(text)):
            found.append(Message(text, "good" if good else "bad" if bad else "plain", element))
    return found


def _tokens(element: Element) -> set[str]:
    """The words of its class names; `errorlist` and `errorNote` are errors."""
    words = set(re.split(r"[\s_-]+", (element.get("class") or "").lower()))
    return words | {"error"} if any(word.startswith("error") for word in words) else words


def _says(element: Element) -> bool:
    if element.tag in ("html", "body", "main", "form", "nav", "label", "dialog"):
        return False
    if element.get("role") in ("alert", "status", "log"):
        return True
    return element.get("aria-live") in ("polite", "assertive") or bool(_tokens(element) & _SAYING)


def _tone(element: Element, text: str) -> Tone:
    tokens = _tokens(element)
    for child in element.iterdescendants():
        tokens |= _tokens(child) if isinstance(child.tag, str) else set()
    if tokens & _BAD:
        return "bad"
    if tokens & _GOOD:
        return "good"
    seen = element.get("data-u-tone")  # its colour in a browser; words of the other kind are stronger
    if _BAD_WORDS.search(text) or (seen == "bad" and not _GOOD_WORDS.search(text)):
        return "bad"
    return "good" if seen == "good" or element.get("role") == "status" else "plain"


def _by_field(page: Page, found: list[Message]) -> tuple[dict[str, str], list[Message]]:
    """Messages that stand at a field, by its label, and the rest."""
    fields: dict[str, str] = {}
    rest: list[Message] = []
    everything = widgets(page, page.inside(page.main)) if found else []
    for message in found:
        owner = (
            None
            if message.tone == "good"
            else next((one for one in everything if _owns(page, one.elements, message)), None)
        )
        if owner is None:
            rest.append(message)
        else:
            label = owner.labels[0] if owner.labels else owner.element.get("name") or "?"
            fields[label] = squeeze(f"{fields.get(label, '')} {message.text}")
    return fields, rest


def _owns(page: Page, elements: tuple[Element, ...], message: Message) -> bool:
    for element in elements:
        named = page.referenced(element, "aria-describedby") + page.referenced(element, "aria-errormessage")
        if any(holds(message.element, one) or holds(one, message.element) for one in named):
            return True
    if any(is_button(one) for one in page.inside(message.element)):  # it unfolds into more than a field's error
        return False
    box = within(message.element, ("label",))
    box = message.element.getparent() if box is None else box
    if box is None or box.tag in ("form", "main", "body", "section", "fieldset", "dialog"):
        before = message.element.getprevious()
        return before is not None and any(one is before for one in elements)
    inside = [one for one in page.inside(box) if is_field(one)]
    return (
        bool(inside)
        and not any(one.tag in HEADINGS and _follows(page, one, message.element) for one in page.inside(box))
        and all(one in elements for one in inside)
        and box.tag in ("td", "dd", "p", "div", "li", "label", "span")
    )


def _follows(page: Page, element: Element, other: Element) -> bool:
    """Whether an element comes after another one: what stands above a heading does not belong to what is below it."""
    return page.order[element] > page.order[other]


def _marked(page: Page) -> frozenset[str]:
    """Labels of the fields that the page marks as wrong, by ``aria-invalid`` or the class of the field or its cell."""
    wrong = [one for one in page.inside(page.main) if one.get("aria-invalid") == "true" or _MARKS & _marks(one)]
    everything = widgets(page, page.inside(page.main)) if wrong else []
    found = [one for one in everything if any(_holds_only(page, box, one.elements) for box in wrong)]
    return frozenset(one.labels[0] for one in found if one.labels)


def _marks(element: Element) -> set[str]:
    """Its class names, and how they vary a common one (the part after `--`)."""
    names = (element.get("class") or "").lower().split()
    return {*names, *(name.rpartition("--")[2] for name in names)}


def _holds_only(page: Page, box: Element, elements: tuple[Element, ...]) -> bool:
    """Whether a box is a control or holds this one and no other."""
    inside = [one for one in (box, *page.inside(box)) if is_field(one)]
    return bool(inside) and all(one in elements for one in inside)


def _details(page: Page) -> str:
    """The text behind `Show Results`."""
    for element in page.elements:
        if element.tag == "summary" and page.visible(element) and _RESULTS.search(page.text(element)):
            box = element.getparent()
            if box is not None:
                return page.text(box, also_hidden=True, skip=frozenset({"summary"}))[:_TEXT_LIMIT]
        if is_button(element) and _RESULTS.search(" ".join(captions(page, element))) and not submits(element):
            shown = _unfolded(page, element)
            if shown is not None and isinstance(shown.tag, str) and not is_field(shown):
                return page.text(shown, also_hidden=True)[:_TEXT_LIMIT]
    return ""


def _unfolded(page: Page, element: Element) -> Element | None:
    """What a button or link of the page shows: what it names, or what follows it."""
    named = page.referenced(element, "aria-controls")
    if named:
        return named[0]
    href = element.get("href") or ""
    return page.ids.get(href[1:]) if href.startswith("#") else element.getnext()


def submits(element: Element) -> bool:
    """Whether a press sends a form."""
    sends = element.tag in ("button", "input") and element.get("type", "submit").lower() == "submit"
    return sends and any(one.tag == "form" for one in lineage(element))


def _progress(page: Page) -> list[Element]:
    shown = [one for one in page.elements if page.visible(one)]
    return [
        one
        for one in shown
        if one.get("role") == "progressbar" or one.tag == "progress" or one.get("aria-busy") == "true"
    ]


def _main_text(page: Page, *without: str) -> str:
    return page.text(page.main, skip=frozenset({"nav", "button", *without}))[:_TEXT_LIMIT]


# -- questions


def question_box(page: Page, known: frozenset[str]) -> Element | None:
    """The dialog, or the form without fields, in which the page asks whether it should go on."""
    for element in page.elements:
        if not page.visible(element):
            continue
        dialog = element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog")
        if not dialog and element.tag not in ("form", "section", "div", "main", "article"):
            continue
        inside = page.inside(element)
        asks = any(_is_cancel(page, one) for one in inside) and any(_is_other(page, one) for one in inside)
        if not asks or any(is_field(one) for one in inside) or (not dialog and _larger(page, element)):
            continue
        if page.text(element) not in known:
            return element
    return None


def _larger(page: Page, element: Element) -> bool:
    """Whether it is the whole page, or holds a smaller part that asks."""
    if any(one.tag == "nav" or one.get("role") == "navigation" for one in page.inside(element)):
        return True
    return any(
        one.tag in ("form", "section", "article", "dialog")
        and any(_is_cancel(page, inner) for inner in page.inside(one))
        and any(_is_other(page, inner) for inner in page.inside(one))
        for one in page.inside(element)
    )


def _is_cancel(page: Page, element: Element) -> bool:
    presses = is_button(element) or (element.tag == "a" and element.get("href") is not None)
    words = [key(text) for text in captions(page, element)] if presses else []
    return any(one in CANCEL_WORDS or _REFUSES.match(one) is not None for one in words)


def _is_other(page: Page, element: Element) -> bool:
    return is_button(element) and not _is_cancel(page, element)


def _scope(page: Page, box: Element) -> Scope:
    return Scope("", tuple(page.inside(box)))


def _question_text(page: Page, box: Element) -> str:
    return page.text(box, skip=frozenset({"button", "a"}))[:_TEXT_LIMIT] or _main_text(page, "a")


def yes_buttons(page: Page, box: Element, pressed: str) -> list[Element]:
    """The button that says yes: the only one that does not refuse, else one whose words say it."""
    others = [one for one in page.inside(box) if _is_other(page, one)]
    if len(others) <= 1:
        return others
    words = {key(pressed)} if pressed else set()
    same = [one for one in others if any(key(text) in words for text in captions(page, one))]
    return same or [one for one in others if any(_is_yes(key(text)) for text in captions(page, one))]


def _is_yes(text: str) -> bool:
    return text in YES_WORDS or _AGREES.match(text) is not None
