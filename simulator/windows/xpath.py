# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of XPath 1.0 by which the event log is asked (Microsoft, "Consuming Events"), as far as a client needs it.

``*[...]`` about one event: names, attributes, ``and``, ``or``, parentheses, and comparisons with a number or a text.
Other than XPath 1.0 it compares moments as moments. What is outside is refused.
"""

from __future__ import annotations

import operator
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

Test = Callable[[ET.Element], bool]
TOKEN = re.compile(r"\s*(?:(\d+)|'([^']*)'|(@?[A-Za-z]+)|(!=|>=|<=|[=<>()\[\]*]))")
MOMENT = "@SystemTime"
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, "<": operator.lt, ">": operator.gt,
}  # fmt: skip


class QueryError(Exception):
    """The query is not of the subset."""


def compiled(query: str) -> Test:
    """Whether an event fits.

    :raises QueryError: for anything outside the subset.
    """
    reader = _Reader(query)
    for sign in "*[":
        reader.need(sign)
    test = reader.either()
    reader.need("]")
    if reader.tokens:
        raise QueryError(reader.tokens[0][1])
    return test


class _Reader:
    def __init__(self, query: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(query.rstrip()):
            found = TOKEN.match(query, at)
            if found is None:
                raise QueryError(query[at:])
            kind = ("number", "text", "name", "sign")[int(found.lastindex or 1) - 1]
            self.tokens.append((kind, found[found.lastindex or 1]))
            at = found.end()

    def next(self, *kinds: str) -> str:
        if not self.tokens or self.tokens[0][0] not in kinds:
            raise QueryError(self.tokens[0][1] if self.tokens else "it ends too early")
        return self.tokens.pop(0)[1]

    def sees(self, kind: str, *words: str) -> bool:
        return bool(self.tokens) and self.tokens[0][0] == kind and self.tokens[0][1] in words

    def need(self, sign: str) -> None:
        if self.next("sign") != sign:
            raise QueryError(sign)

    def either(self) -> Test:
        tests = [self.all()]
        while self.sees("name", "or"):
            self.tokens.pop(0)
            tests.append(self.all())
        return lambda element: any(test(element) for test in tests)

    def all(self) -> Test:
        tests = [self.one()]
        while self.sees("name", "and"):
            self.tokens.pop(0)
            tests.append(self.one())
        return lambda element: all(test(element) for test in tests)

    def one(self) -> Test:
        if self.sees("sign", "("):
            self.tokens.pop(0)
            test = self.either()
            self.need(")")
            return test
        name, inner = self.next("name"), None
        if self.sees("sign", "["):
            self.tokens.pop(0)
            inner = self.either()
            self.need("]")
        if not self.sees("sign", *COMPARED):
            return lambda element: bool(_values(element, name, inner))
        compare = COMPARED[self.next("sign")]
        is_number = bool(self.tokens) and self.tokens[0][0] == "number"
        literal = self.next("number", "text")
        read: Callable[[str], Any] = int if is_number else _moment if name == MOMENT else str
        wanted = read(literal)
        return lambda element: any(compare(read(text), wanted) for text in _values(element, name, inner))


def _moment(text: str) -> str:
    """With nine digits behind the second, so that the order of texts is that of the moments."""
    whole, _dot, fraction = text.removesuffix("Z").partition(".")
    return f"{whole}.{fraction:0<9}"


def _values(element: ET.Element, name: str, inner: Test | None) -> list[str]:
    if name.startswith("@"):
        value = element.get(name[1:])
        return [] if value is None else [value]
    return [child.text or "" for child in element.findall(name) if inner is None or inner(child)]
