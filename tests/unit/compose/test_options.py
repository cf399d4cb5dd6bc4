# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which values of options must never be shown."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.options import secrets_of

INNER = {"options": {"name": {"type": "str"}, "password": {"type": "str", "no_log": True}}}
SPEC: dict[str, Any] = {"one": INNER, "many": {"elements": "dict", **INNER}, "key": {"no_log": True}}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"one": {"name": "a", "password": "b"}}, {"b"}),
        ({"many": [{"name": "a", "password": "b"}, {"password": "c"}, {"name": "d"}]}, {"b", "c"}),
        ({"key": ["b", "c"]}, {"b", "c"}),
        ({"one": None, "many": None, "key": None}, set()),
    ],
)
def test_secrets_are_found_in_dictionaries_and_in_lists_of_them(options: dict[str, Any], found: set[str]) -> None:
    assert secrets_of(SPEC, options) == found
