# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down about a workflow's progress; see ``checkpoint.py`` for the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, state_error
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.lease_record import moment

SCHEMA = "checkpoint/1"
Status = Literal["intended", "done", "waiting for a person", "undone"]


@dataclass(frozen=True)
class Step:
    """One step of a workflow.

    :ivar at: when its status was recorded, seconds since the epoch; :ivar data: JSON values without secrets.
    :ivar history: every status with its time and the run that recorded it, the first one first.
    """

    name: str
    status: Status
    at: float
    data: dict[str, Any] = field(default_factory=dict)
    history: tuple[tuple[Status, float, str], ...] = ()

    def to_data(self) -> dict[str, Any]:
        """JSON values for :meth:`from_data`."""
        history = [list(one) for one in self.history]
        return {"name": self.name, "status": self.status, "at": self.at, "data": self.data, "history": history}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Step:
        """:raises KeyError, TypeError, ValueError: for anything that :meth:`to_data` did not give."""
        history = tuple((_status(one[0]), _time(one[1]), str(one[2])) for one in data["history"])
        return cls(str(data["name"]), _status(data["status"]), _time(data["at"]), dict(data["data"]), history)


def _status(text: Any) -> Status:
    if text not in get_args(Status):
        raise ValueError(f"not a status: {text!r}")
    status: Status = text
    return status


def _time(number: Any) -> float:
    moment(float(number))
    return float(number)


def _file_name(workflow: str, pair: Pair) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", workflow):
        raise ValueError(f"not a name of a workflow: {workflow!r}")
    return f"{workflow}.{pair.key}.checkpoint"


@dataclass
class CheckpointRecord:
    """All of it; the order of ``steps`` is the order in which they were first recorded."""

    workflow: str
    pair: Pair
    version: str
    run_id: str
    runs: list[str]
    started: float
    updated: float
    finished: bool
    steps: dict[str, Step]
    values: dict[str, Any]

    @property
    def file_name(self) -> str:
        """One file per workflow and pair (by their names)."""
        return _file_name(self.workflow, self.pair)

    def to_data(self) -> dict[str, Any]:
        """JSON values for :meth:`from_data`."""
        return {
            **self.__dict__,
            "pair": self.pair.to_data(),
            "steps": [step.to_data() for step in self.steps.values()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CheckpointRecord:
        """:raises KeyError, TypeError, ValueError, OverflowError: for anything that :meth:`to_data` did not give."""
        steps = [Step.from_data(one) for one in data["steps"]]
        if not isinstance(data["finished"], bool):
            raise TypeError("finished")
        return cls(
            workflow=str(data["workflow"]),
            pair=Pair.from_data(data["pair"]),
            version=str(data["version"]),
            run_id=str(data["run_id"]),
            runs=[str(one) for one in data["runs"]],
            started=_time(data["started"]),
            updated=_time(data["updated"]),
            finished=data["finished"],
            steps={step.name: step for step in steps},
            values=dict(data["values"]),
        )


def read_checkpoint(directory: StateDirectory, workflow: str, pair: Pair) -> CheckpointRecord | None:
    """The record of ``workflow`` on the pair with these names, or None.

    :raises UseriesError: ``unexpected`` when the file is damaged, foreign, or was copied from elsewhere.
    """
    name = _file_name(workflow, pair)
    path = directory.where(name)
    data = directory.read(name, SCHEMA)
    if data is None:
        return None
    try:
        record = CheckpointRecord.from_data(data)
        found = record.file_name
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, IndexError):
        problem = "is no checkpoint of this collection"
    else:
        if found == name:
            return record
        problem = f"is the checkpoint of {record.workflow} on {record.pair.name}, under a wrong name"
    raise state_error(
        f"{path} {problem}. Its content is not trusted.",
        "read a checkpoint",
        path,
        "unexpected",
        "When no run is under way, remove it and run again: the steps are then derived from the appliances themselves.",
    )


def write_checkpoint(directory: StateDirectory, record: CheckpointRecord) -> None:
    """Store ``record``."""
    directory.write(record.file_name, SCHEMA, record.to_data())
