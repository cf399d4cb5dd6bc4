# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers, sizes, and what is generated."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
import tomllib

from tests.support.project import ROOT, python_files, text, tool
from tests.support.sizes import logic_lines, too_large

# REUSE-IgnoreStart
HEADER = [
    "# Copyright (c) 2026 The useries.appliance authors",
    "# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
]
# REUSE-IgnoreEnd


def test_every_python_file_starts_with_the_header() -> None:
    without = []
    for path in python_files():
        lines = text(path).splitlines()
        start = 1 if lines and lines[0].startswith("#!") else 0
        if lines[start : start + 3] != HEADER:
            without.append(path)
    assert without == []


def lone_underscores(path: str, source: str) -> list[str]:
    """Places that assign to a name that ansible-test refuses, because elsewhere it stands for a translation."""
    return [
        f"{path}:{node.lineno} calls something _: give it a name such as _unused"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.arg) and node.arg == "_")
    ]


def test_nothing_is_called_underscore() -> None:
    assert [finding for path in python_files() for finding in lone_underscores(path, text(path))] == []


def test_a_lone_underscore_is_found() -> None:
    assert len(lone_underscores("x.py", "for _ in range(3):\n    pass\nf = lambda _: 1\na, _b = 1, 2\n")) == 2


def test_files_and_functions_stay_small() -> None:
    assert [finding for path in python_files() for finding in too_large(path, text(path))] == []


def test_documentation_and_comments_do_not_count_as_logic() -> None:
    source = (
        '"""Says what."""\n\n# why\nDOCUMENTATION = """\nmodule: x\n"""\n\n\ndef f():\n    """Doc."""\n    return 1\n'
    )
    assert logic_lines(source) == 2


def test_a_long_module_and_a_long_function_are_found() -> None:
    body = "".join(f"    x{number} = {number}\n" for number in range(60))
    findings = list(too_large("plugins/modules/x.py", f"def f():\n{body}"))
    assert findings == [
        "plugins/modules/x.py: 61 lines of logic, over 60",
        "plugins/modules/x.py:1 f: 61 lines, over 50",
    ]


def test_the_type_checker_leaves_nothing_out() -> None:
    tree = "collections/ansible_collections/useries/appliance/"
    excluded = tomllib.loads(text("pyproject.toml"))["tool"]["mypy"]["exclude"]
    checked = [path for path in python_files() if path.startswith(("simulator/", "plugins/"))]
    assert [path for path in checked for pattern in excluded if re.search(pattern, tree + path)] == []


@pytest.fixture
def generate() -> ModuleType:
    """tools/generate.py as a module."""
    return tool("generate")


def test_action_plugins_and_action_group_follow_the_modules(generate: ModuleType) -> None:
    assert generate.differences(ROOT) == []


def test_generating_mends_every_difference(generate: ModuleType, tmp_path: Path) -> None:
    for folder in ("meta", "plugins/modules", "plugins/action"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "meta/runtime.yml", tmp_path / "meta")
    (tmp_path / "plugins/modules/beta.py").touch()
    (tmp_path / "plugins/modules/alpha_info.py").touch()
    (tmp_path / "plugins/action/gone.py").touch()

    assert generate.differences(tmp_path) == [
        "meta/runtime.yml differs",
        "plugins/action/alpha_info.py differs",
        "plugins/action/beta.py differs",
        "plugins/action/gone.py has no module",
    ]
    generate.write(tmp_path)
    assert generate.differences(tmp_path) == []
    assert "  all:\n    - alpha_info\n    - beta\n" in (tmp_path / "meta/runtime.yml").read_text()
    assert "plugins.plugin_utils.runner import ActionModule\n" in (tmp_path / "plugins/action/beta.py").read_text()
    assert not (tmp_path / "plugins/action/gone.py").exists()
