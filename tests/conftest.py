# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every test run.

- ``campaign``, ``judges`` and ``eda`` are left out unless the marker expression (``-m``) names them.
- WAY=browser and WAY=script operate the console in a browser (``support/way.py``); ``one_way`` is left out there.
- PART=1/2 runs one of two parts of the tests, drawn by their names; LONG=1/3 one of three parts of those marked
  ``long``, and all others.
- ``STRICT=1``: a test or a test file that skips itself fails, so that nothing is silently left out.
- hypothesis judges what is found, not how long a machine took that does other things besides.
- ``EXECUTED_TESTS=<file>``: every test that passed is appended to it as ``<path>::<function>``, for
  ``tools/check_capability_tests.py``.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

ON_DEMAND = ("campaign", "judges", "eda")
ONE_WAY = "one_way"
WAY = os.environ.get("WAY") or "html"  # support/way.py checks it; this file stands alone
STRICT = os.environ.get("STRICT") == "1"


def part(variable: str) -> tuple[int, int]:
    """Which part of how many an environment variable asks for; the only one when it does not."""
    number, of = (int(word) for word in (os.environ.get(variable) or "1/1").split("/"))
    if not 1 <= number <= of:
        raise ValueError(f"{variable}={number}/{of}: the first number is one of 1 to {of}")
    return number, of


PART = part("PART")
LONG = part("LONG")


def pytest_configure(config: pytest.Config) -> None:
    """Register the recorder in the process that reports (not in the workers of xdist)."""
    with contextlib.suppress(ImportError):  # the environments of older cores are without it
        from hypothesis import HealthCheck, settings

        settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
        settings.load_profile("busy")
    target = os.environ.get("EXECUTED_TESTS")
    if target and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(Path(target)), "executed-tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what runs on demand only, and what is of another part."""
    expression = config.option.markexpr or ""
    unasked = [marker for marker in ON_DEMAND if marker not in expression]
    if WAY != "html":
        unasked.append(ONE_WAY)
    left_out = [
        item
        for item in items
        if any(item.get_closest_marker(marker) for marker in unasked)
        or not drawn(item, PART)
        or (item.get_closest_marker("long") and not drawn(item, LONG))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def drawn(item: pytest.Item, wanted: tuple[int, int]) -> bool:
    """Whether a test is of that part, by its name."""
    number, of = wanted
    return zlib.crc32(item.nodeid.encode()) % of == number - 1


def fail_when_strict(report: Any) -> None:
    """Turn the report of a skip into a failure under STRICT=1; an expected failure stays what it is."""
    if STRICT and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"STRICT=1 accepts no skipped test: {report.longrepr}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself."""
    report = yield
    fail_when_strict(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that skips itself, for example by importorskip."""
    report = yield
    fail_when_strict(report)
    return report


class Recorder:
    """Appends the names of passed tests to a file."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.passed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A call that passed counts; a later failure of the same test fails the run anyway."""
        if report.when == "call" and report.passed:
            path, *names = report.nodeid.split("[", 1)[0].split("::")
            self.passed.add(f"{path}::{names[-1]}")

    def pytest_sessionfinish(self) -> None:
        """Write once, at the end."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        with self.target.open("a") as file:
            file.writelines(f"{name}\n" for name in sorted(self.passed))
