# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options from fields of the guide: the argument spec of a settings section, without writing it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field, Section

_TYPES = {"toggle": "bool", "checkbox": "bool", "number": "int", "slider": "int", "file": "path"}
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def option_of(one: Field) -> dict[str, Any]:
    """The argument spec of one field."""
    spec: dict[str, Any] = {"type": _TYPES.get(one.kind, "str")}
    if one.choices:
        spec["choices"] = list(one.choices)
    if one.kind == "day":
        spec["choices"] = list(WEEKDAYS)
    if one.secret:
        spec["no_log"] = True
    elif "timeout" in one.id or "password" in one.id or "key" in one.id:
        spec["no_log"] = False
    return spec


def options_of(section: Section, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Argument spec of these fields."""
    return {name: option_of(section.field(name)) for name in names}


def out_of_range(section: Section, values: dict[str, Any]) -> list[str]:
    """Sentences about numbers outside the range of their field."""
    wrong = []
    for name, value in values.items():
        if value is None or isinstance(value, bool) or not isinstance(value, int):
            continue
        one = section.field(name)
        if (one.minimum is not None and value < one.minimum) or (one.maximum is not None and value > one.maximum):
            upper = f" to {one.maximum}" if one.maximum is not None else " or more"
            wrong.append(f"{name} is {value}; it must be {one.minimum}{upper}{' ' + one.unit if one.unit else ''}")
    return wrong
