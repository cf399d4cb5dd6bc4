# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of a module, read without importing it; its fragments, which may be made of one another, are."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from typing import Any

import yaml

from tests.support.project import ROOT

ATTRIBUTES = ("check_mode", "diff_mode", "idempotent", "action_group")

#: Keys of a task that are not its action.
TASK_KEYWORDS = frozenset(
    """
    action any_errors_fatal args async become become_exe become_flags become_method become_user changed_when check_mode
    collections connection debugger delay delegate_facts delegate_to diff environment failed_when ignore_errors
    ignore_unreachable local_action loop loop_control module_defaults name no_log notify poll port register remote_user
    retries run_once tags throttle timeout until vars when
    """.split()  # noqa: SIM905
)
BLOCKS = ("block", "rescue", "always", "tasks", "pre_tasks", "post_tasks", "handlers")


def constants(source: str) -> dict[str, str]:
    """The string constants that a file assigns at its top level or in a class."""
    return {
        target.id: node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def documentation(source: str) -> dict[str, Any]:
    """DOCUMENTATION with the attributes of its fragments merged in."""
    document: dict[str, Any] = yaml.safe_load(constants(source).get("DOCUMENTATION", "{}")) or {}
    names = document.get("extends_documentation_fragment", [])
    attributes: dict[str, Any] = {}
    for name in [names] if isinstance(names, str) else names:
        attributes.update(_fragment(name).get("attributes", {}))
    for key, value in (document.get("attributes") or {}).items():
        attributes[key] = {**attributes.get(key, {}), **value}
    return {**document, "attributes": attributes}


def _fragment(name: str) -> dict[str, Any]:
    parts = name.split(".")
    if parts[:2] != ["useries", "appliance"]:
        return {}
    path = ROOT / "plugins/doc_fragments" / f"{parts[2]}.py"
    if not path.is_file():
        return {}
    fragment = importlib.import_module(f"ansible_collections.useries.appliance.plugins.doc_fragments.{parts[2]}")
    block = getattr(fragment.ModuleDocFragment, parts[3].upper() if len(parts) > 3 else "DOCUMENTATION")
    loaded: dict[str, Any] = yaml.safe_load(block) or {}
    return loaded


def actions(tasks: Any) -> Iterator[str]:
    """The actions that example tasks or plays use, as written."""
    for task in tasks or []:
        nested = [key for key in BLOCKS if key in task]
        for key in nested:
            yield from actions(task[key])
        if not nested and "hosts" not in task:
            yield from (key for key in task if key not in TASK_KEYWORDS and not key.startswith("with_"))


def wrong_documentation(path: str, source: str) -> Iterator[str]:
    """What is wrong in the documentation of one module."""
    name = path.rsplit("/", 1)[-1].removesuffix(".py")
    document = documentation(source)
    if document.get("module") != name:
        yield f"{path}: DOCUMENTATION is for {document.get('module')!r}"
    for attribute in ATTRIBUTES:
        if attribute not in document["attributes"]:
            yield f"{path}: attribute {attribute} is not documented"
        elif "support" not in document["attributes"][attribute] and attribute != "action_group":
            yield f"{path}: attribute {attribute} says nothing of its support"
    if name.endswith("_info") and document["attributes"].get("check_mode", {}).get("support") != "full":
        yield f"{path}: an _info module supports check mode in full"
    used = list(actions(yaml.safe_load(constants(source).get("EXAMPLES", "[]"))))
    yield from (f"{path}: EXAMPLES use {action}, not a full name" for action in used if action.count(".") < 2)
    if f"useries.appliance.{name}" not in used:
        yield f"{path}: EXAMPLES never use useries.appliance.{name}"
