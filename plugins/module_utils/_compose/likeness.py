# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words of a page may stand for which label: near matches, and what is left over."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key as comparable

NEAR = 0.6
"""From here on two texts are worth being shown together (ratio of difflib)."""
SURE = 0.75
"""What presses something that destroys must be as near as this."""
MARGIN = 0.06
"""A second candidate that comes as near as this makes the first one doubtful."""


_MARKS = re.compile(r"(?:\s*[:*])+$")
_STATE = re.compile(r"\s*\((?:yes|no|on|off|enabled|disabled)\)$", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """A label that was missed.

    :param texts: its known wordings; :param kind: of the field, empty for a button or a title.
    :param careful: pressing the wrong thing would destroy something.
    """

    key: str
    texts: tuple[str, ...]
    kind: str = ""
    careful: bool = False


@dataclass(frozen=True)
class Candidate:
    """What is on the page and claimed by no label; ``kinds``: what it could be, empty for a button or a title.

    :param sure: it is a label of something; otherwise only words that may be one.
    :param stated: a text without a control; where a page cannot be changed, a field may look so.
    """

    text: str
    kinds: tuple[str, ...] = ()
    sure: bool = True
    stated: bool = False

    def suits(self, wanted: Wanted) -> bool:
        """Whether it could be that at all."""
        return self.is_kind(wanted) or (self.stated and wanted.kind not in ("", "file"))

    def is_kind(self, wanted: Wanted) -> bool:
        """Whether it looks as that should look."""
        return wanted.kind in self.kinds if wanted.kind else not self.kinds


def tidy(text: str) -> str:
    """Words of a page as one writes them down: without colon, asterisk, and the state that a switch shows behind."""
    bare = _STATE.sub("", _MARKS.sub("", text)).strip()
    return bare or text


def ratio(texts: Iterable[str], other: str) -> float:
    """How like the nearest of the texts is to another, 0 to 1; words in another order count as well."""
    there = comparable(tidy(other))
    return max((_ratio(comparable(text), there) for text in texts), default=0.0)


def _ratio(one: str, other: str) -> float:
    first, second = (" ".join(sorted(text.split())) for text in (one, other))
    matchers = difflib.SequenceMatcher(None, one, other), difflib.SequenceMatcher(None, first, second)
    return float(max(matcher.ratio() for matcher in matchers))


def near(wanted: Wanted, candidates: Sequence[Candidate], number: int = 3) -> list[str]:
    """The nearest candidates that suit, best first."""
    rated = sorted(((ratio(wanted.texts, one.text), one.text) for one in candidates if one.suits(wanted)), reverse=True)
    return [text for rate, text in rated[:number] if rate >= NEAR]


def assign(missed: Sequence[Wanted], candidates: Sequence[Candidate]) -> dict[str, str]:
    """Key -> words, where one candidate stands out, or is the only one left for the only label of its kind."""
    proposed: dict[str, str] = {}
    left = list(candidates)
    pairs = sorted(
        ((ratio(one.texts, other.text), one.key, other) for one in missed for other in _suiting(one, candidates)),
        key=lambda pair: -pair[0],
    )
    by_key = {one.key: one for one in missed}
    for rate, name, other in pairs:
        if name in proposed or other not in left or rate < (SURE if by_key[name].careful else NEAR):
            continue
        if not _rivals(name, other, rate, pairs, proposed, left):
            proposed[name] = other.text
            left.remove(other)
    return {**proposed, **_only_left([one for one in missed if one.key not in proposed], left)}


def _suiting(wanted: Wanted, candidates: Sequence[Candidate]) -> list[Candidate]:
    """A text without a control stands for a field only where nothing that looks as the field should is near."""
    looks_so = [one for one in candidates if one.is_kind(wanted)]
    if any(ratio(wanted.texts, one.text) >= NEAR for one in looks_so):
        return looks_so
    return [one for one in candidates if one.suits(wanted)]


def _rivals(
    name: str,
    other: Candidate,
    rate: float,
    pairs: Sequence[tuple[float, str, Candidate]],
    proposed: Mapping[str, str],
    left: Sequence[Candidate],
) -> bool:
    """Whether another candidate is as near to the label, or another label as near to the candidate."""
    for again, key, one in pairs:
        if again < rate - MARGIN or key in proposed or one not in left:
            continue
        if (key == name) != (one == other):
            return True
    return False


def _only_left(missed: Sequence[Wanted], left: Sequence[Candidate]) -> dict[str, str]:
    found = {}
    for one in missed:
        suiting = [other for other in left if other.sure and other.is_kind(one)]
        rivals = [other for other in missed if other.kind == one.kind]
        if len(suiting) == 1 and len(rivals) == 1 and not one.careful:
            found[one.key] = suiting[0].text
    texts = list(found.values())
    return {key: text for key, text in found.items() if texts.count(text) == 1}
