# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The project as files: what the house rules read."""

from __future__ import annotations

import importlib.util
import subprocess
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def project_files() -> tuple[str, ...]:
    """Every file that git knows or would know and that is there, as a path below the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted({path for path in listed if path and (ROOT / path).is_file()}))


def python_files() -> list[str]:
    """The Python files among them."""
    return [path for path in project_files() if path.endswith(".py")]


def yaml_files(*folders: str) -> list[str]:
    """The YAML files below some folders."""
    return [path for path in project_files() if path.endswith((".yml", ".yaml")) and path.startswith(folders)]


def text(path: str) -> str:
    """The content of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def tool(name: str) -> ModuleType:
    """A program of ``tools/`` as a module, by its name without the ending."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
