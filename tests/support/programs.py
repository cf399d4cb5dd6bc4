# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that a test starts on loopback and stops again by process id.

with Program([...], port=port, folder=tmp) as running:
    ... running.url ...
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

LOOPBACK = "127.0.0.1"
KEPT = ("PATH", "LANG", "LC_ALL")


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Program:
    """A process group that listens on a port of loopback.

    :param folder: its working directory and home; what it prints is kept there in ``output.txt``.
    :param variables: besides PATH and the language, all that it finds in its environment.
    :raises RuntimeError: when it ends, or does not listen within ``seconds``; with what it printed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        port: int,
        folder: Path,
        variables: Mapping[str, str] | None = None,
        seconds: float = 30,
    ) -> None:
        self.port = port
        self.folder = folder
        self._output = folder / "output.txt"
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"HOME": str(folder), **(variables or {})}
        with self._output.open("wb") as opened:
            self._process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait(seconds)
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """http://address:port."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), timeout=1):
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self._process.args!r} does not listen on port {self.port}:\n{self.output[-2000:]}")

    def stop(self) -> None:
        """End it and what it started; by force after five seconds."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
                break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # children that outlived it

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def version_of(command: Sequence[str]) -> str:
    """The first version number in what a program prints of itself."""
    done = subprocess.run(list(command), capture_output=True, text=True, timeout=30, check=False)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return found.group() if found else "?"
