#!/usr/bin/env python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say in a few lines what the second run of the demo showed; fail when it changed anything.

usage: tools/summary.py LOG      LOG is the output of ansible-playbook
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

RECAP = re.compile(r"^(\S+)\s*:\s*ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)")
HOST_LINE = re.compile(r"^(\S+): (Off|Active|Passive), ")


def main(path: str) -> int:
    """0 when every host is ok and unchanged."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", Path(path).read_text(encoding="utf-8"))
    hosts = [match.groups() for line in text.splitlines() if (match := RECAP.match(line))]
    joined = re.sub(r"\s+", " ", text)
    for sentence in re.findall(r"msg: '([^']+: (?:Off|Active|Passive), [^']+)'", joined):
        for part in re.split(r" ?; ", sentence):
            print(f"  {part.strip()}")
    print()
    for host, ok, changed, unreachable, failed in hosts:
        print(f"  {host}: {ok} tasks ok, changed={changed}, failed={failed}, unreachable={unreachable}")
    good = bool(hosts) and all(row[2:] == ("0", "0", "0") for row in hosts)
    print("\n  The second run changed nothing: the pair is as described." if good else "\n  The second run was not clean.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
