# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the live inventory takes for a fleet of which a part is dead. ``python -m benchmarks.inventory``.

Half of the dead ones are switched off, half of them take the request and never answer. The ratio to one appliance that
answers says what the fleet costs besides the start of Ansible; both in one run, on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import environment_facts, write
from benchmarks.subjects import ROOT
from tests.support.playbook import Playbooks, cores
from tests.support.simulator import Simulated

EVIDENCE = ROOT / "docs" / "evidence" / "benchmark-inventory.json"
MOST_SECONDS = 10.0
SILENT_SECONDS = 30


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inventory", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100, help="pairs of the fleet (default: 100)")
    parser.add_argument("--rounds", type=int, default=3, help="inventories of each size (default: 3)")
    parser.add_argument("--output", type=Path, default=EVIDENCE, help="where the numbers are written as JSON")
    return parser.parse_args(argv)


def source(fleet: Simulated, pairs: int, path: Path) -> Path:
    """A file of the live inventory for the first pairs; 0: for one appliance alone, which answers."""

    def node(host: str) -> dict[str, Any]:
        found = fleet.nodes[host]
        return {"name": host, "host": found.address, "port": found.ports["endpoint"]}

    content: dict[str, Any] = {"plugin": "useries.appliance.appliances", "ca_path": str(fleet.ca)}
    if pairs:
        numbers = range(1, pairs + 1)
        content["pairs"] = [
            {"name": f"p{one}", "nodes": [node(f"useries-{one}a"), node(f"useries-{one}b")]} for one in numbers
        ]
    else:
        content["hosts"] = [node("useries-1b")]
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return path


def seconds(command: Sequence[str], environment: Mapping[str, str], silent: int) -> float:
    """By the clock; the number of appliances that did not answer must be the expected one."""
    began = time.monotonic()
    done = subprocess.run(command, env={**os.environ, **environment}, text=True, capture_output=True, check=True)
    took = time.monotonic() - began
    missed = len(json.loads(done.stdout).get("role_unreachable", {}).get("hosts", []))
    if missed != silent:
        raise RuntimeError(f"{missed} did not answer, {silent} were meant to: {done.stderr}")
    return took


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write the evidence; 0 when the target is met."""
    found = arguments(argv)
    each = max(1, found.pairs // 10)
    whole: list[float] = []
    single: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="useries-bench-") as name,
        Simulated(pairs=found.pairs, surfaces=("endpoint",), speed=1) as fleet,
    ):
        folder = Path(name)
        runs = Playbooks(cores()[0], fleet.inventory, folder)
        program = [str(runs.core.bin / "ansible-inventory"), "--list", "--export", "-i"]
        one, all_ = source(fleet, 0, folder / "one.useries.yml"), source(fleet, found.pairs, folder / "all.useries.yml")
        for number in range(1, each + 1):
            fleet.control.power(f"useries-{number}a", "off")
        for _round in range(found.rounds):
            for number in range(each + 1, 2 * each + 1):
                fleet.control.fault("delay", f"useries-{number}b", "endpoint", seconds=SILENT_SECONDS)
            single.append(seconds([*program, str(one)], runs.base_environment, 0))
            whole.append(seconds([*program, str(all_)], runs.base_environment, 2 * each))
            print(f"one appliance {single[-1]:.2f} s, {2 * found.pairs} appliances {whole[-1]:.2f} s", flush=True)
    facts = environment_facts(ROOT, 1, [cores()[0].bin])
    kept = {key: value for key, value in facts.items() if key not in ("tasks", "floor")}
    figures = {
        "appliances": 2 * found.pairs,
        "dead": 2 * each,
        "wall_seconds": round(median(whole), 2),
        "one_appliance_wall_seconds": round(median(single), 2),
        "ratio": round(median(whole) / median(single), 1),
    }
    write(found.output, {**kept, **figures, "rounds": [round(one, 2) for one in whole]})
    met = median(whole) < MOST_SECONDS
    print(f"{'met' if met else 'MISSED'}: {figures} (below {MOST_SECONDS:g} s)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
