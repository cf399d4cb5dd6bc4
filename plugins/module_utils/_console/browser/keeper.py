# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that keeps one browser for the tasks of one run: orders come over a socket in the run's private
directory, one task at a time.

It ends when it is told to, when the run's process is gone (also killed), or when its directory is; browser and profile
go with it. Nothing secret is in its arguments, its environment or a file.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import sys
import tempfile
import threading
import types
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path: the collection is the one that this file lies in, whatever else there is
    collections = types.ModuleType("ansible_collections")
    collections.__path__ = [str(Path(__file__).absolute().parents[6])]
    sys.modules["ansible_collections"] = collections

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import HandError
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.hand import Hand
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

LOOK_EVERY = 0.5
"""Seconds between two looks whether the run still lives."""

GRACE = 10.0
"""Seconds that an order under way may take to end when the run is over."""

END = "end"
SOCKET, PROFILE = "s", "profile"
READY = b"ready\n"


class Keeper:
    """One hand, and whoever may give it orders.

    :param directory: private directory of this browser (0700): the socket, and all that the browser writes.
    :param run: the process with which this one ends.
    """

    def __init__(self, directory: Path, run: ProcessMark) -> None:
        self.directory = directory
        self.run = run
        self.hand = Hand()

    def serve(self) -> None:
        """Until it is told to end, or the run is over."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(SOCKET)  # the directory is the present one: the length of its path does not matter
        listener.listen(8)
        listener.settimeout(LOOK_EVERY)
        tell_ready()
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            while self._wanted():
                with contextlib.suppress(TimeoutError):
                    connection, _address = listener.accept()
                    with connection:
                        if _is_ours(connection) and not self._attend(connection):
                            return
        finally:
            listener.close()
            self.hand.end()

    def _wanted(self) -> bool:
        self.hand.idle()
        return self.directory.is_dir() and self.run.alive() is not False

    def _watch(self) -> None:
        """End also in the middle of a verb that does not come back, when the run is over."""
        clock = Clock()
        while self.directory.is_dir() and self.run.alive() is not False:
            clock.sleep(LOOK_EVERY)
        clock.sleep(GRACE)
        os.kill(os.getpid(), signal.SIGTERM)
        clock.sleep(GRACE)
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
        shutil.rmtree(self.directory, ignore_errors=True)
        os.killpg(os.getpgrp(), signal.SIGKILL)  # a session of its own: this process and what Playwright has started

    def _attend(self, connection: socket.socket) -> bool:
        """Serve one task; False when it says that this is the end."""
        connection.settimeout(LOOK_EVERY)
        waiting = b""
        while True:
            try:
                piece = connection.recv(65536)
            except TimeoutError:
                if not self._wanted():
                    return False
                continue
            except OSError:
                return True
            if not piece:
                return True
            waiting += piece
            while b"\n" in waiting:
                line, _newline, waiting = waiting.partition(b"\n")
                order = json.loads(line)
                ending = order["verb"] == END
                answer = {"value": None} if ending else self._obey(order["verb"], order["more"])
                try:
                    connection.settimeout(30)
                    connection.sendall(json.dumps(answer).encode() + b"\n")
                    connection.settimeout(LOOK_EVERY)
                except OSError:
                    return not ending
                if ending:
                    return False

    def _obey(self, verb: str, more: dict[str, Any]) -> dict[str, Any]:
        if verb not in Hand.VERBS:
            return {"error": ["unexpected", f"there is no verb {verb}"]}
        try:
            return {"value": getattr(self.hand, verb)(**more)}
        except HandError as error:
            return {"error": [error.kind, error.message]}
        except UseriesError as error:
            return {"error": [error.kind, error.message]}
        except Exception as error:  # noqa: BLE001 - told to the task, which tells the person
            return {"error": ["gone", f"{type(error).__name__}: {str(error).strip()}".split("\n", 1)[0][:300]]}


def _is_ours(connection: socket.socket) -> bool:
    """Whether the other side is the same user; the directory keeps others out already."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _pid, user, _group = struct.unpack("3i", raw)
    return bool(user == os.geteuid())


def tell_ready() -> None:
    """Say so once, then let go of everything that was inherited."""
    os.write(1, READY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)


def short_folder() -> Path:
    """Where the browser writes while it runs: Chromium has a socket there, whose path must not be long."""
    short = Path("/tmp")
    return Path(tempfile.mkdtemp(prefix="useries-", dir=short if short.is_dir() else None))


def end_of_service(number: int, frame: object) -> None:
    """Told to end: everything is let go of on the way out."""
    raise SystemExit(0)


def main() -> None:
    """One line of JSON on standard input: ``directory`` and ``run`` (:meth:`ProcessMark.to_data`)."""
    told = json.loads(sys.stdin.readline())
    directory = Path(told["directory"])
    os.umask(0o077)
    os.chdir(directory)
    profile = short_folder()
    (directory / PROFILE).write_text(str(profile), encoding="utf-8")
    os.environ["TMPDIR"] = os.environ["HOME"] = str(profile)
    signal.signal(signal.SIGTERM, end_of_service)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        Keeper(directory, ProcessMark.from_data(told["run"])).serve()
    finally:
        os.chdir("/")
        shutil.rmtree(profile, ignore_errors=True)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
