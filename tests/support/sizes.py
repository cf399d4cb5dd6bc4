# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How large a file, a function and a module may become."""

from __future__ import annotations

import ast
from collections.abc import Iterator

FILE_LINES, FUNCTION_LINES, MODULE_LINES = 400, 50, 60
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}


def logic_lines(source: str) -> int:
    """Lines that are neither documentation blocks, docstrings, blanks nor comments."""
    dropped: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        is_block = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in DOCUMENTATION for target in node.targets
        )
        is_docstring = (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        )
        if isinstance(node, (ast.Assign, ast.Expr)) and (is_block or is_docstring):
            dropped.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        1
        for number, line in enumerate(source.splitlines(), 1)
        if number not in dropped and line.strip() and not line.strip().startswith("#")
    )


def too_large(path: str, source: str) -> Iterator[str]:
    """What is too large in one file; tests are free."""
    if path.startswith("tests/"):
        return
    lines = logic_lines(source)
    limit = MODULE_LINES if path.startswith("plugins/modules/") else FILE_LINES
    if lines > limit:
        yield f"{path}: {lines} lines of logic, over {limit}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{path}:{node.lineno} {node.name}: {length} lines, over {FUNCTION_LINES}"
