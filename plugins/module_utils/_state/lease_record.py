# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down about a lease: which run holds a pair; see ``lease.py`` for the rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, state_error
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

SCHEMA = "lease/1"
SUFFIX = ".lease"


def moment(seconds: float) -> str:
    """Seconds since the epoch as ``2026-01-31 12:34:56 UTC``."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")


@dataclass
class LeaseRecord:
    """The run that holds a pair.

    :ivar started: when the run took the pair, :ivar renewed: its last sign of life; seconds since the epoch.
    :ivar writer: the process of its last task, :ivar parent: the process that lives as long as the run.
    """

    run_id: str
    pair: Pair
    workflow: str
    task: str
    user: str
    version: str
    started: float
    renewed: float
    writer: ProcessMark
    parent: ProcessMark

    @property
    def place(self) -> str:
        """Who and where, for messages."""
        return f"run {self.run_id}, user {self.user}, process {self.writer.pid} on {self.writer.host}"

    def describe(self) -> str:
        """Who, where, what and since when, for messages."""
        what = f"{self.workflow}, task '{self.task}'" if self.workflow else f"task '{self.task}'"
        return (
            f"the run {self.run_id} of {self.user} on {self.parent.host} (ansible process {self.parent.pid}; {what}; "
            f"since {moment(self.started)}, last sign of life {moment(self.renewed)})"
        )

    def to_data(self) -> dict[str, Any]:
        """JSON values for :meth:`from_data`."""
        return {**asdict(self), "pair": self.pair.to_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LeaseRecord:
        """:raises KeyError, TypeError, ValueError, OverflowError: for anything that :meth:`to_data` did not give."""
        started, renewed = float(data["started"]), float(data["renewed"])
        moment(started), moment(renewed)
        return cls(
            run_id=str(data["run_id"]),
            workflow=str(data["workflow"]),
            task=str(data["task"]),
            user=str(data["user"]),
            version=str(data["version"]),
            started=started,
            renewed=renewed,
            pair=Pair.from_data(data["pair"]),
            writer=ProcessMark.from_data(data["writer"]),
            parent=ProcessMark.from_data(data["parent"]),
        )


def read_record(directory: StateDirectory, pair: Pair | str) -> LeaseRecord | None:
    """The record of a pair (or of the key of one), or None.

    :raises UseriesError: ``unexpected`` when the file is damaged or foreign.
    """
    name = f"{pair if isinstance(pair, str) else pair.key}{SUFFIX}"
    data = directory.read(name, SCHEMA)
    if data is None:
        return None
    try:
        return LeaseRecord.from_data(data)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        raise state_error(
            f"{directory.where(name)} is no lease of this collection. Its content is not trusted.",
            "read a lease",
            directory.where(name),
            "unexpected",
            "When no run is under way, remove it and run again.",
        ) from None


def write_record(directory: StateDirectory, record: LeaseRecord) -> None:
    """Store ``record``; the caller holds the mutex."""
    directory.write(f"{record.pair.key}{SUFFIX}", SCHEMA, record.to_data())
