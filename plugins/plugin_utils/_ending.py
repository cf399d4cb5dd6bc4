# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The run's private directory, and what the parent does when the run ends: log out everywhere, let go of the leases.

``atexit`` alone does not run on SIGTERM, so the handler is chained to ansible-core's own (2.19 has one, 2.16 and 2.18
have none and die at once).
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from ansible import constants as C

from ansible_collections.useries.appliance.plugins.module_utils._compose.ending import end_of_run
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

#: The process that lives as long as the run: marked before ansible-core forks its workers.
RUN_PROCESS = ProcessMark.current() if multiprocessing.parent_process() is None else ProcessMark.parent()


def run_directory() -> Path:
    """A directory of ours (0700) inside the private directory that ansible-core makes and removes for each run."""
    directory = Path(C.DEFAULT_LOCAL_TMP) / "useries"
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    return directory


def run_id() -> str:
    """The same for all tasks of one ansible-playbook run, different for every run."""
    return Path(C.DEFAULT_LOCAL_TMP).name.removeprefix("ansible-local-")


def watch_the_end() -> None:
    """Register the end of the run; only the parent process does anything."""
    if multiprocessing.parent_process() is not None:
        return
    owner = os.getpid()

    def finish() -> None:
        directory = Path(C.DEFAULT_LOCAL_TMP) / "useries"
        if os.getpid() == owner and directory.is_dir():
            try:
                end_of_run(directory, run_id())
            finally:
                shutil.rmtree(directory, ignore_errors=True)  # cookies of ended sessions; core leaves it after SIGTERM

    atexit.register(finish)
    with contextlib.suppress(ValueError):  # not in the main thread: atexit has to do
        earlier = signal.getsignal(signal.SIGTERM)
        signal.signal(signal.SIGTERM, lambda number, frame: _terminated(owner, finish, earlier, number, frame))
        _keep_ctrl_c(owner)


def _keep_ctrl_c(owner: int) -> None:
    """Give a Ctrl-C again that Python has swallowed.

    What is raised in a hook around ``os.fork`` is ignored (https://docs.python.org/3/library/sys.html#sys.unraisablehook),
    and ``logging`` has one around each: a Ctrl-C while ansible-core starts a worker was lost, and the run went on.
    """
    handler, before = signal.getsignal(signal.SIGINT), sys.unraisablehook

    def swallowed(what: Any) -> None:
        if os.getpid() != owner or what.exc_type is not KeyboardInterrupt:
            before(what)
            return
        signal.signal(signal.SIGINT, handler)  # core 2.19 hears it once
        threading.Timer(0.05, os.kill, (owner, signal.SIGINT)).start()  # out of the hook, with the worker alive

    sys.unraisablehook = swallowed


def _terminated(owner: int, finish: Any, earlier: Any, number: int, frame: Any) -> None:
    if os.getpid() == owner:
        for worker in multiprocessing.active_children():  # core 2.19 ends them, too; a worker would sign in once more
            worker.terminate()
            worker.join(timeout=2)
        finish()
        if callable(earlier):
            earlier(number, frame)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
