# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of what the drivers could do with programs that nobody here wrote: from a run, as JSON and to be read."""

from __future__ import annotations

import datetime
import inspect
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

COMMAND = "STRANGERS_EVIDENCE=docs/evidence pytest tests/protocol/strangers -m 'judges or not judges'"


def commit() -> str:
    """What is checked out, in short; empty without git."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


class Table:
    """A plugin of pytest: one line for each test that has a ``driver``.

    What was done is the test's docstring. A test that is expected to fail says why in its mark; one that shows how a
    driver refuses what it cannot do says why in its property ``refused``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commit = commit()
        self.lines: list[dict[str, str]] = []
        self._said: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the docstrings."""
        for item in items:
            self._said[item.nodeid] = inspect.getdoc(getattr(item, "function", None)) or item.name

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that ran, or could not be prepared."""
        properties: dict[str, Any] = dict(report.user_properties)
        program = properties.get("stranger")
        if program is None or not (report.when == "call" or report.failed):
            return
        expected = getattr(report, "wasxfail", "")
        driver = properties.get("driver") or report.nodeid.rpartition("[")[2].split("-")[0].rstrip("]")
        refused = properties.get("refused", "")
        self.lines.append(
            {
                "program": program[0],
                "version": program[1],
                "driver": driver,
                "what": " ".join(self._said[report.nodeid].split()),
                "result": "worked" if report.passed and not refused else "did not",
                "why": expected or refused or ("" if report.passed else "the test failed"),
                "test": report.nodeid,
            }
        )

    def pytest_sessionfinish(self) -> None:
        """Write both files."""
        today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        head = {"command": COMMAND, "date": today, "commit": self.commit}
        self.lines.sort(key=lambda line: (line["program"].casefold(), line["driver"]))
        text = json.dumps({**head, "lines": self.lines}, indent=2, ensure_ascii=False)
        (self.folder / "strangers.json").write_text(text + "\n", encoding="utf-8")
        (self.folder / "strangers.md").write_text(self._readable(head), encoding="utf-8")

    def _readable(self, head: dict[str, str]) -> str:
        parts = [
            "# Consoles that nobody here wrote\n\n"
            "What the drivers could do with the web interfaces of other programs, by their labels alone. Written by\n\n"
            f"```console\n$ {head['command']}\n```\n\n"
            f"on {head['date']} at {head['commit']}; the same as data: `strangers.json`.\n"
        ]
        for program in dict.fromkeys((line["program"], line["version"]) for line in self.lines):
            rows = [line for line in self.lines if (line["program"], line["version"]) == program]
            parts.append(f"\n## {' '.join(program).strip()}\n\n| driver | what | result |\n|---|---|---|\n")
            for row in rows:
                why = f": {row['why']}" if row["why"] else ""
                parts.append(f"| {row['driver']} | {row['what']} | {row['result']}{why} |\n".replace("\n |", " |"))
        return "".join(parts)
