# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two texts are the same label.

Screenshots of the guide have capitals where its prose has not, toggles carry their state in parentheses, forms add
colons and asterisks; none of it makes another label.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)
_DECORATION = re.compile(r"^(?:\*\s*)+|(?:\s*(?::|\*|\.\.\.|\(\*\)|\((?:required|optional)\)))+$")
_STATE = re.compile(r"\s*\((?:yes|no|on|off|enabled|disabled)\)$")
_CUT = re.compile(r"\s*(?:\(|- |: )")

EXACT, PREFIX, NOT = 2, 1, 0
"""How well a text matches a name."""

ON_WORDS = frozenset({"yes", "on", "enabled", "enable", "true", "1"})
OFF_WORDS = frozenset({"no", "off", "disabled", "disable", "false", "0"})


def squeeze(text: str) -> str:
    """White space (also the unbreakable kind) collapsed: for showing."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)  # one page asks for the same few hundred texts again and again
def key(text: str) -> str:
    """The text without what makes no difference: for comparing."""
    known = ""
    while text != known:
        known = text
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN).casefold()
        text = squeeze(text)
        text = _DECORATION.sub("", text).strip() or text
    return text


@lru_cache(maxsize=4096)
def toggle_key(text: str) -> str:
    """:func:`key` without the state that a toggle shows behind its label."""
    whole = key(text)
    return key(_STATE.sub("", whole)) or whole


def state_word(text: str) -> bool | None:
    """True or False when the text is (or ends in parentheses with) a word for a state, else None."""
    whole = key(text)
    found = _STATE.search(whole)
    word = found.group().strip(" ()") if found else whole
    if word in ON_WORDS:
        return True
    return False if word in OFF_WORDS else None


def quality(name: Name, texts: Iterable[str]) -> int:
    """How well any of the texts matches any of the name's: ``EXACT``, ``PREFIX`` (cut off, annotated) or ``NOT``."""
    wanted = [key(text) for text in name.texts]
    best = NOT
    for text in texts:
        found, bare = key(text), toggle_key(text)
        if not found:
            continue
        if any(one in (found, bare) or toggle_key(one) == bare for one in wanted):
            return EXACT
        if any(_is_cut(one, found) for one in wanted):
            best = PREFIX
    return best


def _is_cut(wanted: str, found: str) -> bool:
    """`Protocols` stands for `Protocols (NOTE: ...)`; `Protocols (NOTE: The U` was cut off inside its parenthesis."""
    if not wanted or not found.startswith(wanted):
        return False
    return wanted.count("(") > wanted.count(")") or _CUT.match(found[len(wanted) :]) is not None
