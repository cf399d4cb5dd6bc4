# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks that change nothing cost: ours beside the cheapest task of ansible-core and beside ordinary modules.

Each subject is a whole ansible-playbook run of 40 equal tasks, on 1 host and on 10 (5 simulated pairs). The subjects
take turns, so that a noisy machine is noisy for all of them. The simulator runs in a process of its own: its processor
time is not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from benchmarks.process import Cost, measured
from benchmarks.report import Result, as_data, environment_facts, table, verdict, write
from benchmarks.subjects import PEER, ROOT, SUBJECTS, Subject, environment, playbook, programs
from simulator.__main__ import background, stop
from simulator.control_client import ControlClient

EVIDENCE = ROOT / "docs" / "evidence" / "benchmark-tasks.json"
PEER_SHARE = 3
"""With more than one host the peer of the target runs in one round of three, and the other peers not at all."""


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--tasks", type=int, default=40, help="tasks in a play (default: 40)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of every subject (default: 3)")
    parser.add_argument("--pairs", type=int, default=5, help="simulated pairs of the bigger inventory (default: 5)")
    parser.add_argument("--only", default="", help="names of subjects, separated by commas; default: all that can run")
    parser.add_argument("--one-host", action="store_true", help="leave the bigger inventory out")
    parser.add_argument("--output", type=Path, default=EVIDENCE, help="where the numbers are written as JSON")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, write the evidence; 0 when every target is met."""
    found = arguments(argv)
    subjects = chosen(found.only)
    facts = environment_facts(ROOT, found.tasks, [programs(one) for one in subjects])
    results: dict[int, list[Result]] = {}
    with tempfile.TemporaryDirectory(prefix="useries-bench-") as where, simulator(Path(where), found.pairs) as control:
        counts = {1: "useries-1a"} if found.one_host else {1: "useries-1a", 2 * found.pairs: "useries"}
        for hosts, pattern in counts.items():
            few = [one for one in subjects if hosts == 1 or one.name == PEER or one.kind != "peer"]
            results[hosts] = turns(few, hosts, pattern, found, Path(where), control)
            print(table(results[hosts], hosts, found.tasks), flush=True)
            write(found.output, {**facts, **as_data(results)})
    met = verdict(results)
    print("\n".join(f"{'met' if good else 'MISSED'}: {words}" for words, good in met))
    return 0 if all(good for _words, good in met) else 1


def chosen(only: str) -> list[Subject]:
    """The subjects asked for; without the environment of the judges those of it are left out, and that is said."""
    wanted = {name.strip() for name in only.split(",") if name.strip()}
    unknown = wanted - {one.name for one in SUBJECTS}
    if unknown:
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(s.name for s in SUBJECTS)}")
    asked = [one for one in SUBJECTS if not wanted or one.name in wanted]
    able = [one for one in asked if (programs(one) / "ansible-playbook").exists()]
    for one in asked:
        if one not in able:
            print(f"left out: {one.name} (no {programs(one)}; run tests/judges/environment.sh)", file=sys.stderr)
    return able


@contextmanager
def simulator(where: Path, pairs: int, more: Sequence[str] = ()) -> Iterator[ControlClient]:
    """A simulator in a process of its own, and the client of its control port; ``more`` words of its command line."""
    directory = where / "simulator"
    where.mkdir(exist_ok=True)
    words = ["--pairs", str(pairs), "--seed", "1", "--directory", str(directory), *more]
    with redirect_stdout(StringIO()):  # it tells its process id
        started = background(directory, words)
    if started != 0:
        raise SystemExit("the simulator did not start")
    try:
        yield ControlClient.of(directory)
    finally:
        with redirect_stdout(StringIO()):
            stop(directory)


def turns(
    subjects: Sequence[Subject],
    hosts: int,
    pattern: str,
    found: argparse.Namespace,
    where: Path,
    control: ControlClient,
) -> list[Result]:
    """All rounds with one number of hosts."""
    results = {one.name: Result(one) for one in subjects}
    peer_rounds = found.rounds if hosts == 1 else -(-found.rounds // PEER_SHARE)
    for number in range(found.rounds):
        for one in subjects:
            if one.kind == "peer" and number >= peer_rounds:
                continue
            control.reset_counts()
            cost = once(one, pattern, found.tasks, where)
            results[one.name].add(cost, control.counts())
            print(f"  round {number + 1}, {hosts} hosts, {one.name}: {cost.cpu:.2f} s", file=sys.stderr, flush=True)
    return list(results.values())


def once(subject: Subject, pattern: str, tasks: int, where: Path) -> Cost:
    """One ansible-playbook run."""
    home = where / "home"
    home.mkdir(exist_ok=True)
    (home / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    play = home / "play.yml"
    play.write_text(playbook(subject, pattern, tasks), encoding="utf-8")
    command = [str(programs(subject) / "ansible-playbook"), "-i", str(where / "simulator" / "inventory.yml"), str(play)]
    os.sync()  # writes that an earlier run left behind are not this one's
    return measured(command, environment(subject, home), home)
