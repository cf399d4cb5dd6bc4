# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and collects whatever it leaves running, so that its processor time counts: a browser outlives the
task that started it, and its keeper is nobody's child.

Source: prctl(2), PR_SET_CHILD_SUBREAPER: orphans become children of this process.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36


def main() -> int:
    """``reaper.py COMMAND...``; ends when the last process below has, with the command's own code."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise SystemExit("prctl failed: processes that outlive their parent cannot be counted here")
    process = subprocess.Popen(sys.argv[1:])
    code = 1
    while True:
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return code
        if pid == process.pid:
            code = process.returncode = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
