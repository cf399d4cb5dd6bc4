# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environments of programs from outside, each made by a script of its own; without one its tests are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.project import ROOT


def programs(name: str, needed: str) -> Path:
    """The programs of the environment that ``tests/NAME/environment.sh`` has made: in .venvs/NAME or NAME_VENV.

    :param needed: a program that has to be there, or the test that asks is skipped.
    """
    found = Path(os.environ.get(f"{name.upper()}_VENV") or ROOT / ".venvs" / name) / "bin"
    if not (found / needed).exists():
        pytest.skip(f"no {needed} in the environment {found.parent}: run tests/{name}/environment.sh")
    return found
