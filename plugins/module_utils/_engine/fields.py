# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that are fields of a section: their argument spec and their ranges, without writing either again.

The engine knows no guide: a section is anything with ``fields``, a field anything that looks like :class:`Field`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

_TYPES = {"toggle": "bool", "checkbox": "bool", "number": "int", "slider": "int", "file": "path"}
ONE_LINE = frozenset({"text", "password"})
_WORDS_OF_SECRETS = ("timeout", "password", "key")  # ansible-core warns about such names unless no_log is set


class Field(Protocol):
    """What is asked of a field."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def kind(self) -> str:
        """``text``, ``number``, ``toggle`` ..."""

    @property
    def secret(self) -> bool:
        """Whether its value is a secret."""

    @property
    def choices(self) -> Sequence[str]:
        """The texts of a choice."""

    @property
    def minimum(self) -> int | None:
        """The lowest number allowed."""

    @property
    def maximum(self) -> int | None:
        """The highest number allowed."""

    @property
    def unit(self) -> str:
        """Unit of the number."""


@dataclass(frozen=True)
class Range:
    """The numbers that an option may have; ``unit`` is added to the sentence about others."""

    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    def complaint(self, name: str, value: Any) -> str:
        """A sentence without its full stop about a number outside of the range; empty for anything else."""
        if isinstance(value, bool) or not isinstance(value, int):
            return ""
        if (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum):
            return ""
        if self.minimum is None:
            allowed = f"{self.maximum} or less"
        else:
            allowed = f"{self.minimum} to {self.maximum}" if self.maximum is not None else f"{self.minimum} or more"
        return f"{name} is {value}; it must be {f'{allowed} {self.unit}'.strip()}"


def complaint_about_text(name: str, value: Any, *, one_line: bool) -> str:
    """A sentence without its full stop about characters that no form can hold; empty for anything else.

    A page cannot be given control characters (XML 1.0, section 2.2), and a field of one line no line ends. The value is
    not shown: it may be a secret.
    """
    if not isinstance(value, str):
        return ""
    for place, letter in enumerate(value, 1):
        code = ord(letter)
        if letter in "\r\n" and one_line:
            return f"{name} has a line end at character {place}; the field takes one line"
        if letter not in "\t\r\n" and (
            code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF)
        ):
            return f"{name} has the control character U+{code:04X} at character {place}; a form cannot hold it"
    return ""


def fields_by_option(section: Any, options: Sequence[str], names: Mapping[str, str]) -> Iterator[tuple[str, Field]]:
    """Each option with its field.

    :param section: None gives nothing; :param names: option -> id of its field, where they differ.
    """
    fields = {one.id: one for one in section.fields} if section is not None else {}
    for option in options:
        field = fields.get(names.get(option, option))
        if field is not None:
            yield option, field


def option_of(option: str, field: Field) -> dict[str, Any]:
    """The argument spec of an option that is this field."""
    spec: dict[str, Any] = {"type": _TYPES.get(field.kind, "str")}
    choices = WEEKDAYS if field.kind == "day" else field.choices
    if choices:
        spec["choices"] = list(choices)
    if field.secret:
        spec["no_log"] = True
    elif any(word in option for word in _WORDS_OF_SECRETS):
        spec["no_log"] = False
    return spec


def range_of(field: Field) -> Range:
    """The numbers that this field may have."""
    return Range(field.minimum, field.maximum, field.unit)
