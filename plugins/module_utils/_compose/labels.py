# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of ``useries_console_labels``: what cannot be meant is refused before an appliance is asked for anything."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key as comparable
from ansible_collections.useries.appliance.plugins.module_utils._guide.registry import Entry, entries

NAME = "console_labels"


def wrong_labels(labels: Mapping[Any, Any]) -> Iterator[str]:
    """One complaint for each entry that cannot be used; a complaint names the key and the next step."""
    known = entries()
    taken: dict[tuple[str, str, str], str] = {}
    for key, words in labels.items():
        entry = known.get(str(key))
        if entry is None:
            yield _unknown(str(key), known)
            continue
        texts = words if isinstance(words, (list, tuple)) else [words]
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            yield f"{NAME}[{key!r}] is {words!r}; it must be a text or a list of texts, as the page words it"
            continue
        if entry.what not in ("field", "button"):
            continue  # a page and the section on it, or two sections, may well be called the same
        for text in texts:
            first = taken.setdefault((entry.part, entry.what, comparable(text)), entry.key)
            if first != entry.key:
                yield _twice(text, first, entry)


def _unknown(key: str, known: Mapping[str, Entry]) -> str:
    pages = [one.key for one in known.values() if one.what == "page"]
    page = key.split(".", 1)[0]
    what, there = ("page", pages) if page not in pages else ("label", list(known))
    wanted = page if what == "page" else key
    near = difflib.get_close_matches(wanted, there, 3, 0.6)
    if not near:
        near = pages if what == "page" else [one for one in known if one.startswith(f"{page}.")]
    shown = ", ".join(near[:8]) + (" ..." if len(near) > 8 else "")
    return f"{NAME}[{key!r}]: the collection knows no {what} {wanted!r}; take the entry out, or use a key like {shown}"


def _twice(text: str, first: str, entry: Entry) -> str:
    return (
        f"{NAME}: {first!r} and {entry.key!r} both have the words {text!r}, so that one of the two {entry.what}s would "
        "be taken for the other; look at the page and correct one of them"
    )
