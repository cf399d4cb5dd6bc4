#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make campaign: every test marked ``campaign``, in shards, resumable; what came of it is kept as evidence.

usage: tools/campaign.py [--shard K/N] [--only WORD ...] [--jobs N] [--again]

A test that passed on this very commit is not run again (``--again`` forgets that). The state is in ``.cache``; the
figures, N of N by kind of test and workflow, go to ``docs/evidence/campaign.json``, each with its commit:
what this run leaves out keeps the figure that is there. Ends with 1 when a test failed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypedDict

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


class Result(TypedDict):
    """What came of one test."""

    passed: bool
    seconds: float


def group(test: str) -> str:
    """The function, and the workflow where the id of the case begins with one (``workflow: point: how``)."""
    function, case = (*test.rpartition("::")[2].split("[", 1), "")[:2]
    named = re.match(r"(?:core-[^-]+-)?(\w+): ", case)
    return f"{function}, {named[1]}" if named else function


def figures(
    name: str, tests: Mapping[str, Result], every: Iterable[str], before: Mapping[str, Mapping[str, object]]
) -> dict[str, dict[str, object]]:
    """What goes to the evidence: how many of each group passed, of how many there are, on which commit.

    :param before: the evidence as it is; a group of which nothing ran on this commit is taken from there, and one that
        never ran is left out.
    """
    groups: dict[str, list[str]] = {}
    for test in every:
        groups.setdefault(group(test), []).append(test)
    found: dict[str, dict[str, object]] = {}
    for title, ids in sorted(groups.items()):
        ran = {test: tests[test]["passed"] for test in ids if test in tests}
        if ran:
            failed = sorted(test for test, passed in ran.items() if not passed)
            passed = f"{len(ran) - len(failed)} of {len(ids)}"
            found[title] = {"passed": passed, "commit": name, "failed": failed, "not_run": len(ids) - len(ran)}
        elif title in before:
            found[title] = dict(before[title])
    return found


def load(name: str, again: bool) -> dict[str, Result]:
    """What was measured on this commit already."""
    if again or not STATE.exists():
        return {}
    kept = json.loads(STATE.read_text(encoding="utf-8"))
    return dict(kept["tests"]) if kept["commit"] == name else {}


def keep(name: str, tests: Mapping[str, Result], every: Iterable[str]) -> None:
    """Write state and evidence."""
    STATE.parent.mkdir(exist_ok=True)
    STATE.write_text(json.dumps({"commit": name, "tests": tests}), encoding="utf-8")
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(EVIDENCE.read_text(encoding="utf-8")) if EVIDENCE.exists() else {}
    EVIDENCE.write_text(json.dumps(figures(name, tests, every, before), indent=2) + "\n", encoding="utf-8")


def judged(test: str) -> tuple[str, Result]:
    """Run one test."""
    begun = time.monotonic()
    answer = run(sys.executable, "-m", "pytest", "-q", "-n0", "-m", "campaign", test)
    found = Result(passed=answer.returncode == 0, seconds=round(time.monotonic() - begun, 1))
    print(f"{'passed' if found['passed'] else 'FAILED'}  {found['seconds']:>7} s  {test}", flush=True)
    if not found["passed"]:
        print(answer.stdout[-4000:], flush=True)
    return test, found


def main() -> int:
    """0 when every test of the shard passed."""
    parser = argparse.ArgumentParser(description="Run the campaign.")
    parser.add_argument("--shard", default="1/1", help="K/N: only every Nth test, beginning with the Kth")
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="only tests with each of these in the id")
    parser.add_argument("--jobs", type=int, default=2, help="how many at the same time (default: 2; they mostly wait)")
    parser.add_argument("--again", action="store_true", help="run also what passed on this commit")
    given = parser.parse_args()
    number, count = (int(part) for part in given.shard.split("/"))
    name, every = commit(), collected()
    tests = load(name, given.again)
    mine = [test for test in every[number - 1 :: count] if all(word in test for word in given.only)]
    with ThreadPoolExecutor(given.jobs) as pool:
        for test, found in pool.map(judged, [one for one in mine if one not in tests or not tests[one]["passed"]]):
            tests[test] = found
            keep(name, tests, every)
    failed = [test for test, found in tests.items() if not found["passed"]]
    print(f"{len(tests)} of {len(every)} tests ran on {name}; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
