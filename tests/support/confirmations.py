# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may fill in what an administrator has to confirm: nobody but the administrator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

#: Options that stand for an administrator's own word.
GUARDED = re.compile(r"(?:^|_)(confirm|accept_data_loss|primary_is_off|failover_explained)$")
#: What a role or playbook may do with them: hand on a variable of that name, or nothing.
HANDED_ON = re.compile(
    r"^\{\{\s*[\w.]*(confirm|accept_data_loss|primary_is_off|failover_explained)"
    r"\s*(\|\s*default\(\s*(omit|''|false)\s*(,\s*true\s*)?\)\s*)?(\|\s*bool\s*)?\}\}$"
)


class AnyTag(yaml.SafeLoader):
    """Reads YAML with tags such as !vault without minding them."""


AnyTag.add_multi_constructor("!", lambda loader, suffix, node: None)


def filled_in(path: str, content: str) -> Iterator[str]:
    """Places in a YAML file that fill in a confirmation."""
    for document in yaml.load_all(content, Loader=AnyTag):
        yield from _walk(path, document, "")


def _walk(path: str, value: Any, where: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(path, item, where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            place = f"{where}.{key}" if where else str(key)
            in_defaults = "module_defaults" in place
            if GUARDED.search(str(key)) and (in_defaults or not _left_open(inner)):
                yield f"{path}: {place} is filled in"
            yield from _walk(path, inner, place)


def _left_open(value: Any) -> bool:
    """Nothing, false, a variable handed on, or the description of an option (argument_specs)."""
    if value is None or value is False or value == "":
        return True
    if isinstance(value, dict):
        return "type" in value and value.get("default") in (None, False, "")
    return isinstance(value, str) and bool(HANDED_ON.match(value))
