# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Ctrl-C that Python swallows is given again."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import os, signal, sys, time

earlier = []
def as_core_does(number, frame):
    signal.signal(number, signal.SIG_DFL)  # ansible-core 2.19: a second one ends the process at once
    earlier.append(number)
    raise KeyboardInterrupt

signal.signal(signal.SIGINT, as_core_does if sys.argv[1] == "core" else signal.default_int_handler)
from ansible_collections.useries.appliance.plugins.plugin_utils import _ending
_ending.watch_the_end()

owner = os.getpid()
def interrupted():
    if os.getpid() == owner and not earlier:
        earlier.append(0)
        signal.raise_signal(signal.SIGINT)  # as if it came while the process was being copied

os.register_at_fork(after_in_parent=interrupted)
try:
    if os.fork() == 0:
        os._exit(0)
    print("went on", flush=True)
    time.sleep(20)
    print("lost")
except KeyboardInterrupt:
    print("interrupted")
"""


def _said(kind: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", PROGRAM, kind], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("\n")[:-1]


def test_a_ctrl_c_that_came_while_python_forked_is_given_again() -> None:
    """Python ignores what is raised in its hooks around a fork, and there is one of ``logging`` around each."""
    assert _said("core") == ["went on", "interrupted"]
    assert _said("plain") == ["went on", "interrupted"]
