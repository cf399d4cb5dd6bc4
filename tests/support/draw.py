# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test draws: something else after each commit, and the same wherever one commit is tested.

``USERIES_DRAW=<number>`` draws another part; every draw prints the number that repeats it.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from tests.support.project import ROOT


@cache
def number() -> int:
    """What decides the draw: how many commits led here (1 where there is no history), or what the environment says."""
    given = os.environ.get("USERIES_DRAW")
    if given:
        return int(given)
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(counted.stdout) if counted.returncode == 0 else 1


def drawn(name: str, choices: Sequence[str] | Mapping[str, Any], many: int = 1) -> list[str]:
    """Some of the choices. :param name: of the draw; draws of different names have nothing to do with one another."""
    found = random.Random(f"{number()}/{name}").sample(sorted(choices), many)
    print(f"{name}: drawn {', '.join(found)} (repeat with USERIES_DRAW={number()})")
    return found


def drawn_seed(name: str) -> int:
    """A seed of the simulated console that nobody chose."""
    seed = random.Random(f"{number()}/{name}").randrange(1, 2**31)
    print(f"{name}: seed {seed}")
    return seed
