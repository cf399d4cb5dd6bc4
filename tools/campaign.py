#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make campaign: every test marked ``campaign``, in shards, resumable; what came of it is kept as evidence.

usage: tools/campaign.py [--shard K/N] [--again]

A test that passed on this very commit is not run again (``--again`` forgets that). The state is in ``.cache``; the
figures go to ``docs/evidence/campaign.json`` with the commit they were measured on. Ends with 1 when a test failed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".cache/campaign.json"
EVIDENCE = ROOT / "docs/evidence/campaign.json"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A command in the project's root."""
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


def commit() -> str:
    """The commit, marked when the tree differs from it."""
    name = run("git", "rev-parse", "HEAD").stdout.strip()
    return name + ("-changed" if run("git", "status", "--porcelain", "--untracked-files=no").stdout.strip() else "")


def collected() -> list[str]:
    """The ids of all tests of the campaign."""
    listing = run(sys.executable, "-m", "pytest", "tests", "-m", "campaign", "--collect-only", "--verbosity=-1").stdout
    return [line.strip() for line in listing.splitlines() if "::" in line]


def load(name: str, again: bool) -> dict[str, dict[str, object]]:
    """What was measured on this commit already."""
    if again or not STATE.exists():
        return {}
    kept = json.loads(STATE.read_text(encoding="utf-8"))
    return dict(kept["tests"]) if kept["commit"] == name else {}


def keep(name: str, tests: dict[str, dict[str, object]], total: int) -> None:
    """Write state and evidence."""
    STATE.parent.mkdir(exist_ok=True)
    STATE.write_text(json.dumps({"commit": name, "tests": tests}), encoding="utf-8")
    failed = sorted(test for test, found in tests.items() if not found["passed"])
    figures = {"commit": name, "tests": total, "run": len(tests), "passed": len(tests) - len(failed), "failed": failed}
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    EVIDENCE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """0 when every test of the shard passed."""
    parser = argparse.ArgumentParser(description="Run the campaign.")
    parser.add_argument("--shard", default="1/1", help="K/N: only every Nth test, beginning with the Kth")
    parser.add_argument("--again", action="store_true", help="run also what passed on this commit")
    given = parser.parse_args()
    number, count = (int(part) for part in given.shard.split("/"))
    name, every = commit(), collected()
    tests = load(name, given.again)
    for test in every[number - 1 :: count]:
        if tests.get(test, {}).get("passed"):
            continue
        begun = time.monotonic()
        answer = run(sys.executable, "-m", "pytest", "-q", "-m", "campaign", test)
        tests[test] = {"passed": answer.returncode == 0, "seconds": round(time.monotonic() - begun, 1)}
        print(f"{'passed' if tests[test]['passed'] else 'FAILED'}  {tests[test]['seconds']:>7} s  {test}", flush=True)
        if answer.returncode != 0:
            print(answer.stdout[-4000:], flush=True)
        keep(name, tests, len(every))
    failed = [test for test, found in tests.items() if not found["passed"]]
    print(f"{len(tests)} of {len(every)} tests ran on {name}; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
