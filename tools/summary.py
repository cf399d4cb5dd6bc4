#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say in a few lines what the two runs of the demo did; fail when the second one changed anything.

usage: tools/summary.py FIRST SECOND      the output of ansible-playbook, twice
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
RECAP = re.compile(r"^(\S+)\s*:\s*ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)")
TASK = re.compile(r"^TASK \[(?:[\w.]+ : )?(.+)\] \**$")
STATE = re.compile(r"msg: '([^']+: (?:Off|Active|Passive), [^']+)'")


def lines(path: str) -> list[str]:
    """The output without its colours."""
    return COLOURS.sub("", Path(path).read_text(encoding="utf-8")).splitlines()


def changed_tasks(output: list[str]) -> dict[str, list[str]]:
    """Task name to the hosts that it changed, in order."""
    task, found = "", dict[str, list[str]]()
    for line in output:
        if match := TASK.match(line):
            task = match.group(1)
        elif match := re.match(r"^changed: \[([^\]]+)\]", line):
            hosts = found.setdefault(task, [])
            hosts += [] if match.group(1) in hosts else [match.group(1)]
    return found


def recap(output: list[str]) -> list[tuple[str, ...]]:
    """Host, ok, changed, unreachable, failed of every host."""
    return [match.groups() for line in output if (match := RECAP.match(line))]


def main(first: str, second: str) -> int:
    """0 when every host is ok and unchanged in the second run."""
    print("What was done (first run):")
    for task, hosts in changed_tasks(lines(first)).items():
        print(f"  - {task}: {', '.join(sorted(hosts))}")
    output = lines(second)
    print("\nHow it stands:")
    for sentence in STATE.findall(re.sub(r"\s+", " ", "\n".join(output))):
        print("  - " + re.sub(r"\s+([;,.])", r"\1", sentence))
    print("\nThe second run:")
    rows = recap(output)
    for host, ok, changed, unreachable, failed in rows:
        print(f"  - {host}: {ok} tasks ok, changed={changed}, failed={failed}, unreachable={unreachable}")
    clean = bool(rows) and all(row[2:] == ("0", "0", "0") for row in rows)
    print("\nNothing was left to change: the pair is as described." if clean else "\nThe second run was not clean.")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
