#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make campaign: every test marked ``campaign``, in shards, resumable; what came of it is kept as evidence.

usage: tools/campaign.py [--shard K/N] [--only WORD ...] [--jobs N] [--again | --rest]

A test that passed on this very commit is not run again (``--again`` forgets that). The state is in ``.cache``; the
figures, N of N by kind of test and workflow, go to ``docs/evidence/campaign.json``, each with the commits on which how
many passed: what this run leaves out keeps the figure that is there. ``--rest`` runs what the evidence names as failed
or not run, on whichever commit the others passed, and adds to its figures: for a campaign of several nights. Ends with
1 when a test failed.
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
    """The commit, marked when the tree differs from it in more than the figures of an earlier run."""
    name = run("git", "rev-parse", "HEAD").stdout.strip()
    changed = run("git", "status", "--porcelain", "--untracked-files=no", "--", ".", f":!{EVIDENCE.relative_to(ROOT)}")
    return name + ("-changed" if changed.stdout.strip() else "")


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


class Figure(TypedDict):
    """What came of a group: ``passed`` as "N of N", ``commits`` with how many of these passed on each."""

    passed: str
    commits: dict[str, int]
    failed: list[str]
    not_run: list[str]


Figures = dict[str, Figure]


def groups(every: Iterable[str]) -> dict[str, list[str]]:
    """The tests of each group, in the order of their names."""
    found: dict[str, list[str]] = {}
    for test in every:
        found.setdefault(group(test), []).append(test)
    return dict(sorted(found.items()))


def figures(
    name: str, tests: Mapping[str, Result], every: Iterable[str], before: Mapping[str, Figure], rest: bool = False
) -> Figures:
    """What goes to the evidence: how many of each group passed, of how many there are, on which commits.

    :param before: the evidence as it was when this run began; a group of which nothing ran on this commit is taken from
        there, and one that never ran is left out. :param rest: what passed before counts as well.
    """
    found: Figures = {}
    for title, ids in groups(every).items():
        ran = {test: tests[test]["passed"] for test in ids if test in tests}
        if not ran and title in before:
            found[title] = before[title]
            continue
        if not ran:
            continue
        good = {name: sum(ran.values())} if any(ran.values()) else {}
        left, lost = set(ids) - set(ran), {test for test, passed in ran.items() if not passed}
        if rest and title in before:
            earlier = before[title]
            good = {one: earlier["commits"].get(one, 0) + good.get(one, 0) for one in {**earlier["commits"], **good}}
            left &= set(earlier["not_run"])
            lost |= set(earlier["failed"]) - set(ran)
        passed = f"{sum(good.values())} of {len(ids)}"
        found[title] = {"passed": passed, "commits": good, "failed": sorted(lost), "not_run": sorted(left)}
    return found


def owed(every: Iterable[str], before: Mapping[str, Figure]) -> set[str]:
    """What the evidence names as failed or not run, and all of a group that it does not know, or no longer so."""
    found: set[str] = set()
    for title, ids in groups(every).items():
        known = before.get(title)
        open_ones = set(known["failed"]) | set(known["not_run"]) if known else set(ids)
        same = known is not None and known["passed"].endswith(f" of {len(ids)}") and open_ones <= set(ids)
        found |= open_ones if same else set(ids)
    return found


def load(name: str, again: bool) -> dict[str, Result]:
    """What was measured on this commit already."""
    if again or not STATE.exists():
        return {}
    kept = json.loads(STATE.read_text(encoding="utf-8"))
    return dict(kept["tests"]) if kept["commit"] == name else {}


def evidence() -> Figures:
    """The figures as they are."""
    found: Figures = json.loads(EVIDENCE.read_text(encoding="utf-8")) if EVIDENCE.exists() else {}
    return found


def keep(name: str, tests: Mapping[str, Result], found: Figures) -> None:
    """Write state and evidence."""
    STATE.parent.mkdir(exist_ok=True)
    STATE.write_text(json.dumps({"commit": name, "tests": tests}), encoding="utf-8")
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    EVIDENCE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


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
    parser.add_argument("--rest", action="store_true", help="run what the evidence lacks, and add to it")
    given = parser.parse_args()
    number, count = (int(part) for part in given.shard.split("/"))
    name, every, before = commit(), collected(), evidence()
    tests = load(name, given.again or given.rest)
    wanted = owed(every, before) if given.rest else set(every)
    if given.rest:  # a group that has other tests now begins afresh
        before = {title: one for title, one in before.items() if not set(groups(every).get(title, [])) <= wanted}
    mine = [test for test in every[number - 1 :: count] if test in wanted and all(word in test for word in given.only)]
    with ThreadPoolExecutor(given.jobs) as pool:
        for test, found in pool.map(judged, [one for one in mine if one not in tests or not tests[one]["passed"]]):
            tests[test] = found
            keep(name, tests, figures(name, tests, every, before, given.rest))
    failed = [test for test, found in tests.items() if not found["passed"]]
    print(f"{len(tests)} of {len(every)} tests ran on {name}; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
