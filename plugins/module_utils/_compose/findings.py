# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What calibration found, as data with stable names: entries, their counts, and the label file that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

Entry = dict[str, Any]
COUNTED = ("met", "missed", "not_there", "unseen")


def entry(key: str, what: str, part: Page | Section | Field | Button, label: str) -> Entry:
    """A label that was not looked for yet."""
    return {
        "key": key,
        "what": what,
        "label": label,
        "guessed": bool(getattr(part, "guessed", False)),
        "status": "unseen",
        "found": None,
        "proposal": None,
        "near": [],
        "reason": "",
    }


def page_entry(page: Page) -> Entry:
    """A page with all its sections and labels, none of them looked for yet."""
    return {
        **entry(page.id, "page", page, page.menu[-1]),
        "menu": list(page.menu),
        "reached": False,
        "sections": [_section_entry(page, section) for section in page.parts],
        "extra": [],
    }


def _section_entry(page: Page, section: Section) -> Entry:
    key = f"{page.id}.{section.id}"
    labels = [entry(f"{key}.{one.id}", "field", one, one.label) for one in section.fields]
    labels += [entry(f"{key}.{one.id}", "button", one, one.label) for one in section.buttons]
    return {**entry(key, "section", section, section.title), "labels": labels, "extra": []}


def met(one: Entry, found: str) -> None:
    """It is there, worded so."""
    one.update(status="met", found=found, reason="", near=[])


def missed(one: Entry, reason: str, near: Iterable[str] = ()) -> None:
    """It is not there, or more than once."""
    one.update(status="missed", reason=reason, near=list(near))


def not_there(one: Entry, reason: str) -> None:
    """It is not there, and need not be; neither is what belongs to it."""
    one.update(status="not_there", reason=reason)
    for part in (*one.get("sections", ()), *one.get("labels", ())):
        not_there(part, reason)


def entries(pages: Iterable[Entry]) -> Iterator[Entry]:
    """Every label: pages, sections, fields and buttons."""
    for page in pages:
        yield page
        for section in page["sections"]:
            yield section
            yield from section["labels"]


def summary(pages: Iterable[Entry]) -> dict[str, int]:
    """How many labels of each status, how many of those met or missed are guesses, and how much else is there."""
    known = list(pages)
    counts = {status: sum(one["status"] == status for one in entries(known)) for status in COUNTED}
    guessed = [one for one in entries(known) if one["guessed"]]
    return {
        "pages": len(known),
        "reached": sum(one["reached"] for one in known),
        **counts,
        "guessed_met": sum(one["status"] == "met" for one in guessed),
        "guessed_missed": sum(one["status"] == "missed" for one in guessed),
        "extra": sum(len(page["extra"]) + sum(len(part["extra"]) for part in page["sections"]) for page in known),
        "proposed": sum(one["proposal"] is not None for one in entries(known)),
    }


def label_file(pages: Iterable[Entry], given: Mapping[str, Any]) -> dict[str, Any]:
    """The whole ``useries_console_labels``: what was given, as far as it is not missed, and what is proposed."""
    known = list(entries(pages))
    lost = {one["key"] for one in known if one["status"] == "missed"}
    kept = {key: words for key, words in given.items() if key not in lost}
    return dict(sorted({**kept, **{one["key"]: one["proposal"] for one in known if one["proposal"]}}.items()))
