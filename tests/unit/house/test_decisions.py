# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each of the 105 points that the guide leaves open is decided, in one line; options and modules named there exist."""

from __future__ import annotations

import re

from tests.support.project import ROOT, text

POINTS = 105


def rows() -> list[list[str]]:
    """The cells of the table's rows."""
    lines = [line for line in text("docs/decisions.md").splitlines() if line.startswith("| A-")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


def test_every_point_is_decided_once() -> None:
    assert [row[0] for row in rows()] == [f"A-{number:02}" for number in range(1, POINTS + 1)]


def test_every_row_says_what_is_open_what_we_do_and_how_to_override_it() -> None:
    assert [row[0] for row in rows() if len(row) != 4 or not all(row)] == []


def test_modules_that_are_named_exist() -> None:
    modules = {path.stem for path in (ROOT / "plugins/modules").glob("*.py")}
    named = {name for row in rows() for name in re.findall(r"of `([a-z_]+)`", row[3])}
    assert named - modules == set()
