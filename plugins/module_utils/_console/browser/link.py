# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to a hand: the run's keeper of this browser (started when there is none), or a hand in this very process."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar, Protocol

from ansible_collections.useries.appliance.plugins.module_utils._console.browser import keeper
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import HandError, first_line
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.hand import Hand
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

START_SECONDS = 60.0
BUSY_SECONDS = 120.0
FOLDER = "browser-"


class Hands(Protocol):
    """Carries out the verbs of :class:`Hand`."""

    def do(self, verb: str, /, **more: Any) -> Any:
        """One verb; raises :class:`HandError`."""

    def close(self) -> None:
        """Let go; the browser stays as long as its way of being kept says."""


class OwnHands:
    """A browser in this process, for a module that runs by itself: it ends with the task."""

    def __init__(self) -> None:
        self._hand = Hand()
        self._folder: Path | None = None

    def do(self, verb: str, /, **more: Any) -> Any:
        """One verb."""
        try:
            return self._start(more) if verb == "start" else getattr(self._hand, verb)(**more)
        except (HandError, UseriesError):
            raise
        except Exception as error:  # noqa: BLE001 - as a keeper does; the library's own text may hold what was typed
            raise HandError("gone", first_line(error)) from None

    def _start(self, more: dict[str, Any]) -> Any:
        """What the browser writes lies in a folder of its own with a short name, as with a keeper."""
        self._folder = self._folder or keeper.short_folder()
        before = {name: os.environ.get(name) for name in ("TMPDIR", "HOME")}
        os.environ.update(dict.fromkeys(before, str(self._folder)))
        try:
            return self._hand.start(**more)
        finally:
            for name, text in before.items():
                if text is None:
                    del os.environ[name]
                else:
                    os.environ[name] = text

    def close(self) -> None:
        """End the browser; nothing of it is left."""
        self._hand.end()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class KeptHands:
    """The browser that a keeper holds for this run.

    A keeper attends to one connection after the other. A task may meet its appliance twice (after a restart), so
    whoever of one process takes the browser, another holder of it lets go: the two would wait for each other.

    :param directory: of that browser, in the run's private directory; :param run: the process that is the run, with
        which a new browser ends; None starts none.
    """

    _holders: ClassVar[dict[Path, KeptHands]] = {}

    def __init__(self, directory: Path, run: ProcessMark | None) -> None:
        self.directory = directory
        self._connection: socket.socket | None = None
        if not self._take() and run is not None:
            try:
                _start(directory, run)
            except OSError as error:
                raise HandError("precondition", f"the process that keeps the browser: {error}") from error
            self._take()
        if self._connection is None:
            raise HandError("precondition", "the process that keeps the browser cannot be spoken to")
        self.patience: float = BUSY_SECONDS
        """Seconds for a verb that has none of its own."""

    def do(self, verb: str, /, **more: Any) -> Any:
        """One verb."""
        try:
            connection = self._connection or self._take()
            if connection is None:
                raise OSError("its process has ended")
            connection.settimeout(max(self.patience, float(more.get("timeout") or 0) + 30))
            connection.sendall(json.dumps({"verb": verb, "more": more}).encode() + b"\n")
            answer = json.loads(_line(connection))
        except (OSError, ValueError) as error:
            raise HandError("gone", f"the browser of this run is gone: {error}") from error
        if "error" in answer:
            raise HandError(*answer["error"])
        return answer["value"]

    def _take(self) -> socket.socket | None:
        """A connection, after whoever of this process held the browser has hung up; None when there is no browser."""
        if (holder := self._holders.get(self.directory)) is not None:
            holder.close()
        self._connection = _connected(self.directory)
        if self._connection is not None:
            self._holders[self.directory] = self
        return self._connection

    def close(self) -> None:
        """Hang up; the browser waits for the next task."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            del self._holders[self.directory]


def _line(connection: socket.socket) -> bytes:
    waiting = b""
    while not waiting.endswith(b"\n"):  # one answer to one verb
        piece = connection.recv(1 << 20)
        if not piece:
            raise OSError("its process has ended")
        waiting += piece
    return waiting


def end_kept(directory: Path) -> None:
    """End the browser that is kept in a directory, and wait until it has."""
    connection = _connected(directory)
    if connection is not None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            connection.sendall(json.dumps({"verb": keeper.END, "more": {}}).encode() + b"\n")
            connection.recv(1024)
    clock = Clock()
    deadline = clock.deadline(10)
    while directory.exists() and connection is not None and not deadline.over:
        clock.sleep(0.02)
    _clear(directory)


def _clear(directory: Path) -> None:
    """Remove what a keeper has left that was killed, and what its browser wrote."""
    with contextlib.suppress(OSError):
        shutil.rmtree((directory / keeper.PROFILE).read_text(encoding="utf-8"), ignore_errors=True)
    shutil.rmtree(directory, ignore_errors=True)


def kept_in(run_directory: Path) -> list[Path]:
    """The directories of all browsers of a run."""
    return sorted(run_directory.glob(f"{FOLDER}*"))


def _connected(directory: Path) -> socket.socket | None:
    """A connection to the keeper; None when there is none. A path may be too long for a socket: by its directory."""
    try:
        where = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(BUSY_SECONDS)
    try:
        short = f"/proc/self/fd/{where}"
        connection.connect(f"{short if os.path.exists(short) else directory}/{keeper.SOCKET}")
    except OSError:
        connection.close()
        return None
    finally:
        os.close(where)
    return connection


def _start(directory: Path, run: ProcessMark) -> None:
    """Start a keeper that outlives this task and not the run."""
    _clear(directory)
    directory.mkdir(mode=0o700)
    if stat.S_IMODE(os.lstat(directory).st_mode) & 0o077:
        raise HandError("precondition", f"others may enter {directory}")
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, str(Path(keeper.__file__).absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=kept,
        start_new_session=True,
        close_fds=True,
    )
    told, output, words = process.stdin, process.stdout, process.stderr
    if told is None or output is None or words is None:
        raise HandError("precondition", "the process that keeps the browser has no pipes")
    try:
        with contextlib.suppress(OSError):
            told.write(json.dumps({"directory": str(directory), "run": run.to_data()}).encode() + b"\n")
            told.close()
        if not _told_ready(output.fileno()):
            process.kill()
            said = words.read().decode(errors="replace").strip().splitlines()
            raise HandError("precondition", f"the process that keeps the browser did not start: {(said or [''])[-1]}")
    finally:
        output.close()
        words.close()
        process.returncode = 0  # it is not ours to wait for


def _told_ready(output: int) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        return bool(selector.select(START_SECONDS)) and os.read(output, 64) == keeper.READY
