# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page of the guide's room is in the registry, and so in the list of keys that is generated from it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.support.project import python_files, text

ROOM = "plugins/module_utils/_guide/"
KEYS = "simulator/label_keys.yml"


def calls(source: str, name: str) -> Iterator[ast.Call]:
    """Where something of this name is made."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_the_registry_imports_every_file_with_pages() -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(text(f"{ROOM}registry.py")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("_guide")
        for alias in node.names
    }
    with_pages = {
        Path(path).stem for path in python_files() if path.startswith(ROOM) and list(calls(text(path), "Page"))
    }
    assert with_pages - imported == set(), "name them in registry.py"
    assert len(with_pages) >= 6


def test_every_page_and_role_has_its_keys() -> None:
    keys = yaml.safe_load(text(KEYS))
    assert len(keys) == len(set(keys))
    written = [
        call.args[0].value
        for path in python_files()
        if path.startswith(ROOM)
        for name in ("Page", "Role")
        for call in calls(text(path), name)
        if isinstance(call.args[0], ast.Constant)
    ]
    assert len(written) >= 24
    assert sorted(set(written) - set(keys)) == []
    assert {"general_settings.date_and_time.time_zone", "cold_spare.role.apply_changes"} <= set(keys)
