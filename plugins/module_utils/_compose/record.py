# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The run's record of a workflow: one line for each of its tasks, from which the evidence report is made.

A line holds what :data:`FIELDS` lists and nothing else. ``seen`` are observations: ``[epoch seconds, appliance or what
was waited for, "role" | "mirror_state" | "wait" | "fence: who looked", value]``. No secret gets here: values are the
appliances' own words for states and what a view of a fence says, and messages are masked before.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock

FILE = "workflow-record"
FIELDS = (
    "workflow", "step", "host", "module", "task", "started", "ended", "check_mode", "changed", "result", "kind",
    "message", "seen",
)  # fmt: skip


class Observations:
    """States as they were seen during one task, each change once."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, str, str, str]] = []
        self._last: dict[tuple[str, str], str] = {}

    def note(self, of: str, what: str, value: Any) -> None:
        """:param of: an appliance's identity; :param what: ``role``, ``mirror_state``, ``wait``, or ``fence: ``
        and who looked."""
        text = str(value or "")
        if self._last.get((of, what)) != text:
            self._last[of, what] = text
            self.seen.append((Clock().wall(), of, what, text))


def add(directory: Path | None, line: Mapping[str, Any]) -> None:
    """Append what :data:`FIELDS` lists of ``line``; without a directory (an ordinary module) nothing is kept."""
    if directory is None:
        return
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    with os.fdopen(os.open(directory / FILE, flags, 0o600), "a", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(json.dumps({name: line.get(name) for name in FIELDS}, ensure_ascii=False, default=str) + "\n")


def lines(directory: Path | None, workflow: str) -> Iterator[dict[str, Any]]:
    """The lines of a workflow, in the order in which its tasks ended."""
    path = None if directory is None else directory / FILE
    if path is None or not path.exists():
        return
    for text in path.read_text(encoding="utf-8").splitlines():
        line: dict[str, Any] = json.loads(text)
        if line["workflow"] == workflow:
            yield line
