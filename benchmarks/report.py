# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From measurements to medians, ratios, a table and the evidence file."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.process import Cost
from benchmarks.subjects import FLOOR, HEADLINE, PEER, Subject

MOST_OF_FLOOR = 1.6
LEAST_OF_PEER = 6.0
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]


@dataclass
class Rounds:
    """What each round has cost."""

    costs: list[Cost] = field(default_factory=list, kw_only=True)

    @property
    def cpu(self) -> float:
        """Median of the processor seconds."""
        return median(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        """Median of the seconds by the clock."""
        return median(cost.wall for cost in self.costs)


@dataclass
class Result(Rounds):
    """The rounds of one subject; requests and logins are those of the last round, over all hosts."""

    subject: Subject
    requests: int = 0
    logins: int = 0
    most_logins: int = 0

    def add(self, cost: Cost, counts: Counts) -> None:
        """One more round; ``counts`` as the simulator's control port tells them."""
        wires = [node.get(self.subject.wire, {}) for node in counts.values()]
        self.costs.append(cost)
        self.requests = sum(wire.get("all", 0) for wire in wires)
        self.logins = sum(wire.get("login", 0) for wire in wires)
        self.most_logins = max(self.most_logins, *(wire.get("login", 0) for wire in wires), 0)


def ratios(results: Sequence[Result]) -> dict[str, dict[str, float | None]]:
    """Per subject: processor time over that of the floor, with and without the empty play (of the same environment)."""
    empty = {one.subject.judges: one.cpu for one in results if one.subject.kind == "base"}
    floor = next((one for one in results if one.subject.name == FLOOR), None)
    answer: dict[str, dict[str, float | None]] = {}
    for one in results:
        base, least = empty.get(one.subject.judges), empty.get(False)
        bare = None
        if floor is not None and base is not None and least is not None and floor.cpu > least:
            bare = (one.cpu - base) / (floor.cpu - least)
        answer[one.subject.name] = {"with_empty": one.cpu / floor.cpu if floor else None, "without_empty": bare}
    return answer


def verdict(results: Mapping[int, Sequence[Result]]) -> list[tuple[str, bool]]:
    """The targets in words and whether each is met; those whose subjects did not run are left out."""
    met = []
    for hosts, found in results.items():
        by_name = {one.subject.name: one for one in found}
        ours, floor, peer = (by_name.get(name) for name in (HEADLINE, FLOOR, PEER))
        if ours and floor:
            share = ours.cpu / floor.cpu
            met.append((f"{hosts} hosts: {share:.2f} times {FLOOR} (at most {MOST_OF_FLOOR})", share <= MOST_OF_FLOOR))
        if ours and peer:
            less = peer.cpu / ours.cpu
            met.append(
                (
                    f"{hosts} hosts: {less:.1f} times less than {PEER} (at least {LEAST_OF_PEER:.0f})",
                    less >= LEAST_OF_PEER,
                )
            )
        for one in found:
            if one.subject.kind == "ours":
                words = f"{hosts} hosts: {one.subject.name} signs in {one.most_logins} times per host and run (once)"
                met.append((words, one.most_logins == 1))
    return met


def table(results: Sequence[Result], hosts: int, tasks: int) -> str:
    """The medians for a person."""
    lines = [
        f"\n{tasks} tasks on {hosts} host(s); seconds are medians, ratios are of processor time to {FLOOR}",
        f"{'':22}{'rounds':>7}{'wall':>9}{'CPU':>9}{'ratio':>8}{'bare':>8}{'requests':>10}{'logins':>8}",
    ]
    related = ratios(results)
    for one in results:
        share = related[one.subject.name]
        lines.append(
            f"{one.subject.name:22}{len(one.costs):7}{one.wall:9.2f}{one.cpu:9.2f}{_number(share['with_empty']):>8}"
            f"{_number(share['without_empty']):>8}{one.requests:10}{one.logins:8}"
        )
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def as_data(results: Mapping[int, Sequence[Result]]) -> dict[str, Any]:
    """The measurements for the evidence file."""
    return {
        "hosts": {str(hosts): _one_count(found) for hosts, found in results.items()},
        "targets": [{"target": words, "met": good} for words, good in verdict(results)],
    }


def _one_count(found: Sequence[Result]) -> dict[str, Any]:
    related = ratios(found)
    return {
        one.subject.name: {
            "module": next(iter(one.subject.task), None) if one.subject.task else None,
            "wall_seconds": round(one.wall, 3),
            "cpu_seconds": round(one.cpu, 3),
            "rounds": [
                {"wall": round(c.wall, 3), "cpu": round(c.cpu, 3), "system": round(c.system, 3)} for c in one.costs
            ],
            "requests": one.requests,
            "logins": one.logins,
            "ratio_to_floor": {key: value and round(value, 3) for key, value in related[one.subject.name].items()},
        }
        for one in found
    }


def environment_facts(root: Path, tasks: int, programs: Sequence[Path]) -> dict[str, Any]:
    """What was measured, when, and on what."""
    return {
        "commit": _said(["git", "-C", str(root), "rev-parse", "HEAD"]),
        "changed_since_commit": _said(
            ["git", "-C", str(root), "status", "--porcelain", "--", "plugins", "simulator"]
        ).splitlines(),
        "measured": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "tasks": tasks,
        "floor": FLOOR,
        "python": platform.python_version(),
        "ansible_core": sorted({_core(folder) for folder in programs}),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


def _core(folder: Path) -> str:
    return _said([str(folder / "ansible-playbook"), "--version"]).partition("]")[0].partition("core ")[2]


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def write(path: Path, data: Mapping[str, Any]) -> None:
    """The evidence file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
