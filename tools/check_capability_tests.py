#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fail when a test named in tests/capabilities.yml did not run and pass.

usage: tools/check_capability_tests.py FILE      FILE: what ran, one "<path>::<test>" or "molecule:<scenario>" per line
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def missing(capabilities: dict[str, dict[str, object]], executed: set[str]) -> list[str]:
    """One line per test that a row names and that is not among the executed ones."""
    found = []
    for identifier, row in capabilities.items():
        named = row.get("test", [])
        for test in named if isinstance(named, list) else [named]:
            if test not in executed:
                found.append(f"{identifier}: {test} did not run (or did not pass)")
    return found


def main() -> int:
    """0 when every test named ran."""
    executed = set(Path(sys.argv[1]).read_text().splitlines())
    rows = yaml.safe_load((ROOT / "tests/capabilities.yml").read_text())["capabilities"]
    found = missing(rows, executed)
    for line in found:
        print(line, file=sys.stderr)
    states = [row["status"] for row in rows.values()]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("built", "needs_labels", "planned"))
    print(f"capabilities: {counts} of {len(rows)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
