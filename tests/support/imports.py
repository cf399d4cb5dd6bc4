# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way imports may point. Every function takes source text, so that the rules themselves can be tested."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

PLUGINS = "ansible_collections.useries.appliance.plugins"

#: Rooms of plugins/ and their floors: imports go down, and rooms on floor 3 do not know one another.
FLOORS = {
    **dict.fromkeys(
        ("modules", "action", "plugin_utils", "inventory", "callback", "filter", "test", "lookup", "doc_fragments"), 1
    ),
    "_compose": 2,
    **dict.fromkeys(("_engine", "_guide", "_console", "_endpoint", "_windows", "_sql", "_idrac"), 3),
    **dict.fromkeys(("_net", "_state"), 4),
}
WITHOUT_ANSIBLE = {"_guide", "_console", "_endpoint", "_windows", "_sql", "_idrac", "_net", "_state"}


def room(path: str) -> str:
    """plugins/module_utils/_engine/plan.py -> _engine; plugins/modules/x.py -> modules; '' outside plugins/."""
    parts = path.split("/")
    if parts[0] != "plugins":
        return ""
    return parts[2] if parts[1] == "module_utils" else parts[1]


def imported(path: str, source: str) -> list[str]:
    """Absolute names of everything that is imported, `from x import y` as x.y, relative imports resolved."""
    base = (PLUGINS.rsplit(".", 1)[0] + "." if path.startswith("plugins/") else "") + path.rsplit(".", 1)[0].replace(
        "/", "."
    )
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(base.split(".")[: -node.level] + [node.module or ""]) if node.level else node.module or ""
            names += [f"{start.rstrip('.')}.{alias.name}" for alias in node.names]
    return names


def room_imported(name: str) -> str:
    """The room of plugins/ that an import leads to, '' when it leads elsewhere."""
    match = re.match(re.escape(PLUGINS) + r"\.(?:module_utils\.)?(\w+)", name)
    return match.group(1) if match else ""


def wrong_directions(path: str, source: str) -> Iterator[str]:
    """Imports that go up, or sideways between neighbours on floor 3."""
    here = room(path)
    if not here:
        return
    if here not in FLOORS:
        yield f"{path}: the room {here} has no floor; give it one in tests/support/imports.py"
        return
    for name in imported(path, source):
        there = room_imported(name)
        if not there or there == here:
            continue
        if there not in FLOORS:
            yield f"{path} imports {name}: no such room"
        elif FLOORS[there] < FLOORS[here]:
            yield f"{path} imports {name}: imports go down, not up"
        elif FLOORS[there] == FLOORS[here] == 3:
            yield f"{path} imports {name}: neighbours on one floor meet in _compose only"


def wrong_company(path: str, source: str) -> Iterator[str]:
    """Ansible below the engine's floor, and plugins and simulator in one another."""
    for name in imported(path, source):
        top = name.split(".")[0]
        if room(path) in WITHOUT_ANSIBLE and top == "ansible":
            yield f"{path} imports {name}: this room knows nothing of Ansible"
        if path.startswith("simulator/") and top in {"ansible", "ansible_collections"}:
            yield f"{path} imports {name}: the simulator is independent of Ansible and of the plugins"
        if path.startswith("plugins/") and top in {"simulator", "tests"}:
            yield f"{path} imports {name}: the plugins know nothing of the simulator and of the tests"


def unguarded_libraries(path: str, source: str) -> Iterator[str]:
    """Third-party libraries that plugins import without the guard of _net/libraries.py."""
    if not path.startswith("plugins/"):
        return
    tree = ast.parse(source)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for statement in node.body
        for inner in ast.walk(statement)
    }
    known = sys.stdlib_module_names | {"ansible", "ansible_collections", "yaml", "jinja2"}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and id(node) not in for_types:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                if name.split(".")[0] not in known and not (isinstance(node, ast.ImportFrom) and node.level):
                    yield f"{path}:{node.lineno} imports {name} unguarded: use optional() of _net/libraries.py"


def own_clocks(path: str, source: str) -> Iterator[str]:
    """Sleeping or reading the time without the one clock."""
    if not path.startswith("plugins/") or path == "plugins/module_utils/_net/clock.py":
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"time.sleep", "time.time", "time.monotonic"}:
            yield f"{path}:{node.lineno} uses {ast.unparse(node)}: take a Clock (_net/clock.py)"
    for name in imported(path, source):
        if name in {"time.sleep", "time.time", "time.monotonic"}:
            yield f"{path} imports {name}: take a Clock (_net/clock.py)"


def borrowed_expectations(path: str, source: str) -> Iterator[str]:
    """Tests that import the label tables of either side, except the unit tests of those very tables."""
    if not path.startswith("tests/"):
        return
    about_guide = re.match(r"tests/unit/_?guide/", path)
    about_simulator = re.match(r"tests/unit/simulator", path)
    for name in imported(path, source):
        words = name.split(".")
        if room_imported(name) == "_guide" and "terms" not in words and not about_guide:
            yield f"{path} imports {name}: tests write out what they expect"
        if words[:2] == ["simulator", "pages"] and "spec" not in words and not about_simulator:
            yield f"{path} imports {name}: tests write out what they expect"
