# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist of capabilities is complete, and every row points at something that is there."""

from __future__ import annotations

import ast
from typing import Any

import pytest
import yaml

from tests.support.project import ROOT, text

#: Groups of capabilities of the administration guide (3.3) and how many each has: ACC-01 to ACC-04 and so on.
GROUPS = {
    "ACC": 4,
    "LIC": 12,
    "UPD": 8,
    "GEN": 8,
    "SEC": 12,
    "NET": 7,
    "DIAG": 19,
    "ROLE": 21,
    "PS": 9,
    "HA": 26,
    "DB": 2,
    "BAK": 10,
    "CS": 5,
    "REC": 6,
    "DELL": 9,
    "NIC": 5,
    "UPG": 9,
}
IDENTIFIERS = {f"{group}-{number:02}" for group, count in GROUPS.items() for number in range(1, count + 1)}
STATES = {"built", "needs_labels", "planned"}
TARGETS = {"module": "plugins/modules/{}.py", "role": "roles/{}/tasks/main.yml", "playbook": "playbooks/{}.yml"}
KEYS = {"title", "status", "issue", "docs", "test", "note", *TARGETS}


def rows() -> dict[str, dict[str, Any]]:
    """The checklist."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text("tests/capabilities.yml"))["capabilities"]
    return loaded


def listed(value: Any) -> list[str]:
    """One name or several, as a list."""
    return value if isinstance(value, list) else [value]


def defined_tests(path: str) -> set[str]:
    """The names of the test functions of a file."""
    return {node.name for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.FunctionDef)}


def wrong_test(name: str) -> str:
    """Why a test that a row names does not exist, or ''."""
    if name.startswith("molecule:"):
        return (
            ""
            if (ROOT / "extensions/molecule" / name.split(":", 1)[1] / "molecule.yml").is_file()
            else "no such scenario"
        )
    path, _separator, function = name.partition("::")
    if not path.startswith("tests/") or not (ROOT / path).is_file():
        return "no such file"
    return "" if function in defined_tests(path) else "no such test"


def wrong_row(row: dict[str, Any]) -> list[str]:
    """What is wrong in one row."""
    found = [f"unknown key {key}" for key in row if key not in KEYS]
    if not row.get("title"):
        found.append("no title")
    if row.get("status") not in STATES:
        found.append(f"unknown status {row.get('status')!r}")
    if row.get("status") == "planned":
        return found + ([] if isinstance(row.get("issue"), int) else ["planned without the number of its issue"])
    if not TARGETS.keys() & row.keys():
        found.append("names no module, role or playbook")
    for kind, pattern in TARGETS.items():
        found += [
            f"no {kind} {name}" for name in listed(row.get(kind, [])) if not (ROOT / pattern.format(name)).is_file()
        ]
    for key in ("docs", "test"):
        if not row.get(key):
            found.append(f"names no {key}")
    found += [f"no page {page}" for page in listed(row.get("docs", [])) if not (ROOT / page).is_file()]
    return found + [f"{name}: {why}" for name in listed(row.get("test", [])) if (why := wrong_test(name))]


def test_every_capability_of_the_guide_is_listed() -> None:
    assert len(IDENTIFIERS) == 172
    assert set(rows()) == IDENTIFIERS


def test_every_row_points_at_something_that_is_there() -> None:
    assert [f"{identifier}: {why}" for identifier, row in rows().items() for why in wrong_row(row)] == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"title": "x", "status": "done"}, "unknown status 'done'"),
        ({"title": "x", "status": "planned"}, "planned without the number of its issue"),
        ({"title": "x", "status": "built"}, "names no module, role or playbook"),
        ({"title": "x", "status": "built", "module": "no_such_module"}, "no module no_such_module"),
        ({"title": "x", "status": "needs_labels", "role": "no_such_role"}, "names no test"),
        ({"title": "x", "status": "built", "docs": "docs/no.rst"}, "no page docs/no.rst"),
        ({"title": "x", "status": "built", "test": "molecule:none"}, "molecule:none: no such scenario"),
        ({"title": "x", "status": "built", "test": "tests/none.py::test_x"}, "tests/none.py::test_x: no such file"),
        (
            {"title": "x", "status": "built", "test": "tests/unit/house/test_capabilities.py::test_none"},
            "tests/unit/house/test_capabilities.py::test_none: no such test",
        ),
    ],
)
def test_a_wrong_row_is_found(row: dict[str, Any], why: str) -> None:
    assert why in wrong_row(row)
