# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of every test run: no skips under STRICT=1, markers on demand, a record of what ran."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.project import ROOT, tool

SAMPLE = """
import pytest


def test_passes():
    pass


def test_skips_itself():
    pytest.skip("no reason")


@pytest.mark.parametrize("number", [1, 2])
def test_many(number):
    pass


@pytest.mark.xfail(reason="expected")
def test_known_to_fail():
    assert False


@pytest.mark.campaign
def test_for_hours():
    pass
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """pytest in a folder of its own, with the project's conftest and settings."""
    shutil.copy(ROOT / "tests/conftest.py", folder / "conftest.py")
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    (folder / "test_sample.py").write_text(SAMPLE)
    base = {key: value for key, value in os.environ.items() if key not in {"STRICT", "EXECUTED_TESTS"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "test_sample.py"],
        cwd=folder,
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skip_is_a_skip_by_default(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert "3 passed, 1 skipped, 1 deselected, 1 xfailed" in result.stdout
    assert result.returncode == 0


def test_a_skip_fails_when_strict(tmp_path: Path) -> None:
    result = run(tmp_path, STRICT="1")
    assert "STRICT=1 accepts no skipped test" in result.stdout
    assert "1 failed, 3 passed, 1 deselected, 1 xfailed" in result.stdout
    assert result.returncode == 1


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["one process", "xdist"])
def test_a_file_that_skips_itself_fails_when_strict(tmp_path: Path, workers: tuple[str, ...]) -> None:
    (tmp_path / "test_absent.py").write_text("import pytest\npytest.importorskip('no_such_library')\n")
    result = run(tmp_path, *workers, "test_absent.py", STRICT="1")
    assert result.returncode != 0
    assert "no_such_library" in result.stdout


def test_what_runs_on_demand_runs_when_asked_for(tmp_path: Path) -> None:
    assert "1 passed, 5 deselected" in run(tmp_path, "-m", "campaign").stdout


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["one process", "xdist"])
def test_what_passed_is_recorded(tmp_path: Path, workers: tuple[str, ...]) -> None:
    record = tmp_path / "made" / "record.txt"
    run(tmp_path, *workers, EXECUTED_TESTS=str(record))
    assert record.read_text().splitlines() == ["test_sample.py::test_many", "test_sample.py::test_passes"]


def test_a_capability_whose_test_did_not_run_is_found() -> None:
    check = tool("check_capability_tests")
    rows = {
        "AAA-01": {"status": "planned"},
        "AAA-02": {"status": "built", "test": "tests/x.py::test_a"},
        "AAA-03": {"status": "built", "test": ["tests/x.py::test_b", "molecule:site"]},
    }
    executed = {"tests/x.py::test_a", "molecule:site"}
    assert check.missing(rows, executed) == ["AAA-03: tests/x.py::test_b did not run (or did not pass)"]


def test_parts_share_the_tests_among_them(tmp_path: Path) -> None:
    found = []
    for part in ("1/3", "2/3", "3/3"):
        ran = run(tmp_path, "--collect-only", "-q", "-o", "addopts=--import-mode=importlib", PART=part)
        found.append({line for line in ran.stdout.splitlines() if "::" in line})
    assert len(found[0] | found[1] | found[2]) == sum(len(part) for part in found) == 5
    assert "the first number is one of 1 to 2" in run(tmp_path, PART="3/2").stderr


def test_of_the_long_ones_a_part_may_be_left_out(tmp_path: Path) -> None:
    cases = "@pytest.mark.long\n@pytest.mark.parametrize('number', range(12))\ndef test_long(number):\n    pass\n"
    (tmp_path / "test_one.py").write_text(f"import pytest\n\n\n{cases}")
    found = []
    for part in ("1/3", "2/3", "3/3"):
        ran = run(tmp_path, "test_one.py", "--collect-only", "-q", "-o", "addopts=--import-mode=importlib", LONG=part)
        found.append({line for line in ran.stdout.splitlines() if "test_long" in line})
        assert ran.stdout.count("test_sample.py::") == 5
    assert len(found[0] | found[1] | found[2]) == sum(len(part) for part in found) == 12
    assert all(0 < len(part) < 12 for part in found)
    assert "the first number is one of 1 to 2" in run(tmp_path, LONG="3/2").stderr


def test_what_a_row_of_the_checklist_names_is_always_run() -> None:
    rows = yaml.safe_load((ROOT / "tests/capabilities.yml").read_text())["capabilities"].values()
    tests = [row.get("test", []) for row in rows]
    named = {test for given in tests for test in ([given] if isinstance(given, str) else given)}
    marker = re.compile(r"^@pytest\.mark\.long\ndef (test_\w+)", re.MULTILINE)
    marked = {
        f"{file.relative_to(ROOT)}::{name}"
        for file in (ROOT / "tests/scenario").glob("test_*.py")
        for name in marker.findall(file.read_text())
    }
    assert len(marked) > 50
    assert not marked & named


def test_in_a_browser_what_is_of_one_way_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("import pytest\n\n\n@pytest.mark.one_way\ndef test_one():\n    pass\n")
    assert "1 passed" in run(tmp_path, "test_one.py", "-k", "test_one").stdout
    assert "7 deselected" in run(tmp_path, "test_one.py", "-k", "test_one", WAY="script").stdout
