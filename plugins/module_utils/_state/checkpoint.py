# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checkpoint of a workflow on one pair: what was intended, what was done, what has to be put back.

One file per workflow and pair. ``intended`` is recorded before each one-shot step, ``done`` after its effect was read
back. Reality wins: a re-run compares each step with the appliances, and without any file it derives them from there.
What a re-run finds is checked before it is believed: whole, of this workflow, of these very appliances, of this version
of the collection. Nothing secret is ever put into it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._state.checkpoint_record import (
    CheckpointRecord,
    Status,
    Step,
    read_checkpoint,
    write_checkpoint,
)
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, state_error
from ansible_collections.useries.appliance.plugins.module_utils._state.identity import Appliance, Pair
from ansible_collections.useries.appliance.plugins.module_utils._state.lease_record import moment

#: Data of a step that replaces a certificate: ``[name of the appliance, SHA-256 of the certificate to come]``.
BECOMES = "becomes"

#: In the place of that SHA-256: the appliance is imaged afresh and gets one that nobody knows before.
ANY_CERTIFICATE = "any"

_OPERATION = "open the checkpoint of a workflow"
_SECRET = re.compile(r"pass(word|phrase|wd)|secret|token|cookie|credential|private_?key|(^|[_ -])key$", re.IGNORECASE)
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?")
_FOLLOWS: dict[Status, tuple[Status, ...]] = {
    "intended": ("intended", "done", "waiting for a person", "undone"),
    "waiting for a person": ("waiting for a person", "intended", "done", "undone"),
    "done": ("done", "undone"),
    "undone": ("undone", "intended", "done", "waiting for a person"),
}


def _order(version: str) -> tuple[Any, ...] | None:
    """What versions are compared by (Semantic Versioning 2.0.0, section 11); None for anything else."""
    match = _VERSION.fullmatch(version)
    if match is None:
        return None
    pre = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in (match[4] or "").split("."))
    return (int(match[1]), int(match[2]), int(match[3]), match[4] is None, pre)


def _refuse_secrets(data: object, place: str) -> None:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if _SECRET.search(str(key)):
                raise ValueError(f"{place}: {key!r} sounds like a secret; a checkpoint holds none")
            _refuse_secrets(value, place)
    elif isinstance(data, (list, tuple)):
        for value in data:
            _refuse_secrets(value, place)


def _copy(data: Any) -> Any:
    """The JSON values that the file will hold. :raises TypeError, ValueError: for what JSON cannot hold."""
    return json.loads(json.dumps(data, allow_nan=False))


class Checkpoint:
    """How far a workflow has come on one pair; see :meth:`open`.

    :ivar resumed: an unfinished one was found; :ivar adopted: it was written by an older version of the collection,
        so every step must be compared with reality before it is believed.
    """

    def __init__(self, directory: StateDirectory, record: CheckpointRecord, clock: Clock) -> None:
        self._directory = directory
        self._record = record
        self._clock = clock
        self.resumed = False
        self.adopted = False

    @classmethod
    def open(
        cls,
        directory: StateDirectory,
        pair: Pair,
        *,
        workflow: str,
        run_id: str,
        version: str,
        clock: Clock,
        adopt_run: str | None = None,
    ) -> Checkpoint:
        """The unfinished checkpoint of ``workflow`` on ``pair``, or a new one (no file is written before a record).

        A finished one is over: a new one takes its place.

        :param version: of the collection; :param adopt_run: the run id in a checkpoint of an older version that the
            administrator wants to go on with (``-e adopt_run=``).
        :raises UseriesError: ``invalid`` when neither appliance can be identified; ``unexpected`` for a damaged or
            foreign file; ``precondition`` for one of another pair or another version.
        """
        now = clock.wall()
        found = read_checkpoint(directory, workflow, pair)
        checkpoint = None if found is None or found.finished else cls(directory, found, clock)
        imaged = checkpoint is not None and checkpoint._is_imaged(pair)
        if not imaged and not any(one.serial or one.fingerprint for one in pair.appliances):
            left = checkpoint._left_open() if checkpoint is not None else ""
            raise state_error(
                f"Neither a serial number nor a certificate of {pair.name} could be read, "
                f"so a checkpoint cannot be bound to it.{left}",
                _OPERATION,
                directory.path,
                "invalid",
                "At least one node must answer. Where it is being restarted, wait until it answers, then run again.",
            )
        if found is None or checkpoint is None:
            fresh = CheckpointRecord(workflow, pair, version, run_id, [run_id], now, now, False, {}, {})
            return cls(directory, fresh, clock)
        if not imaged:
            checkpoint._require_pair(pair)
        checkpoint.adopted = checkpoint._require_version(version, adopt_run)
        checkpoint.resumed = True
        found.pair = found.pair.updated(pair)
        found.version = version
        found.run_id = run_id
        if run_id not in found.runs:
            found.runs.append(run_id)
        return checkpoint

    def _left_open(self) -> str:
        """What earlier runs began, of which nobody saw the end: why appliances may not answer."""
        begun = [f"{one.name} on {moment(one.at)}" for one in self.steps() if one.status == "intended"]
        return f" An earlier run began {', '.join(begun)} and did not see the end of it." if begun else ""

    def _require_pair(self, pair: Pair) -> None:
        compared = self._record.pair.compare(pair)
        if compared == "same":
            return
        if any(announced.compare(pair) == "same" for announced in self._announced()):
            return  # a run died after it had replaced a certificate
        certainly = "belongs to" if compared == "other" else "cannot be matched with the appliances; it belongs to"
        raise state_error(
            f"The checkpoint of {self._record.workflow} {certainly} another pair named {self._record.pair.name}: "
            "serial numbers or certificates differ from what the appliances show now.",
            _OPERATION,
            self.path,
            "precondition",
            "Look whether the inventory points to the right appliances. If an appliance or its certificate was "
            "replaced by hand since, remove the file and run again: the steps are then derived from the appliances.",
        )

    def _is_imaged(self, now: Pair) -> bool:
        """Whether every appliance is the recorded one, or one that is imaged afresh and known by its name alone."""
        imaged = {
            step.data[BECOMES][0]
            for step in self.steps()
            if step.status == "intended" and step.data.get(BECOMES, ("", ""))[1] == ANY_CERTIFICATE
        }
        known = self._record.pair.appliances
        return bool(imaged) and all(
            any(old.name == one.name if one.name in imaged else old.compare(one) == "same" for old in known)
            for one in now.appliances
        )

    def _announced(self) -> Iterator[Pair]:
        """The pair as it is when a certificate that a step was about to put there is served."""
        for step in self.steps():
            name, fingerprint = step.data.get(BECOMES, ("", ANY_CERTIFICATE))
            if step.status != "intended" or fingerprint == ANY_CERTIFICATE:
                continue
            yield Pair.of(
                *(
                    Appliance(one.name, one.serial, fingerprint) if one.name == name else one
                    for one in self._record.pair.appliances
                )
            )

    def _require_version(self, version: str, adopt_run: str | None) -> bool:
        """Whether an older version's checkpoint is adopted."""
        found = self._record
        if found.version == version:
            return False
        old, new = _order(found.version), _order(version)
        said = f"The checkpoint of {found.workflow} on {found.pair.name} was written by version {found.version} "
        if old is None or new is None or old > new:
            raise state_error(
                f"{said}of the collection, which is not older than this one ({version}).",
                _OPERATION,
                self.path,
                "precondition",
                f"Install version {found.version} or a later one and run again.",
            )
        if adopt_run != found.run_id:
            given = f" (adopt_run={adopt_run} names another run)" if adopt_run else ""
            raise state_error(
                f"{said}of the collection by the run {found.run_id}, last on {moment(found.updated)}; "
                f"this is version {version}.",
                _OPERATION,
                self.path,
                "precondition",
                f"To go on with this version, run again with -e adopt_run={found.run_id}{given}: each of its steps is "
                f"then compared with the appliances. Or finish it with version {found.version}.",
            )
        return True

    @property
    def path(self) -> str:
        """Where it lies, for messages."""
        return self._directory.where(self._record.file_name)

    @property
    def run_id(self) -> str:
        """The present run."""
        return self._record.run_id

    @property
    def runs(self) -> tuple[str, ...]:
        """All runs that worked on it, the first one first."""
        return tuple(self._record.runs)

    @property
    def started(self) -> float:
        """When the first of these runs started, seconds since the epoch."""
        return self._record.started

    def record(self, step: str, status: Status, data: Mapping[str, Any] | None = None) -> None:
        """Write down the status of ``step``; on the disk when this returns.

        :param data: JSON values without secrets, merged into what is known of the step.
        :raises ValueError: for a status that cannot follow the last one (``done`` is intended again only after
            reality was found to be different, which is recorded as ``undone``), or data that sounds like a secret.
        """
        if status not in _FOLLOWS:
            raise ValueError(f"not a status: {status!r}")
        _refuse_secrets(data, f"step {step}")
        now = self._clock.wall()
        old = self._record.steps.get(step)
        if old is not None and status not in _FOLLOWS[old.status]:
            raise ValueError(f"step {step} is {old.status!r}; {status!r} cannot follow")
        history = (*(old.history if old else ()), (status, now, self._record.run_id))
        self._record.steps[step] = Step(step, status, now, {**(old.data if old else {}), **_copy(data or {})}, history)
        self._save()

    def step(self, name: str) -> Step | None:
        """What is known of a step, or None."""
        return self._record.steps.get(name)

    def status(self, name: str) -> Status | None:
        """The status of a step, or None when nothing is known of it."""
        step = self.step(name)
        return step.status if step else None

    def steps(self) -> tuple[Step, ...]:
        """All steps in the order in which they were first recorded."""
        return tuple(self._record.steps.values())

    def waiting(self) -> tuple[str, ...]:
        """The steps that wait for a person."""
        return tuple(step.name for step in self.steps() if step.status == "waiting for a person")

    def remember(self, name: str, value: Any) -> Any:
        """Keep an original value that has to be put back; the first one counts, also over several runs.

        :returns: the value that is kept, which is not ``value`` when an earlier run remembered one.
        """
        if name not in self._record.values:
            _refuse_secrets({name: value}, "value")
            self._record.values[name] = _copy(value)
            self._save()
        return _copy(self._record.values[name])

    def values(self) -> dict[str, Any]:
        """All values that are kept."""
        found: dict[str, Any] = _copy(self._record.values)
        return found

    def forget(self, name: str) -> None:
        """The value was put back (and read back)."""
        if self._record.values.pop(name, self) is not self:
            self._save()

    def rebind(self, pair: Pair) -> None:
        """A step of this run replaced a certificate (or a name): bind the checkpoint to what the pair shows now."""
        old = self._record.file_name
        self._record.pair = pair
        self._save()
        if self._record.file_name != old:
            self._directory.delete(old)

    def exists(self) -> bool:
        """Whether anything was recorded yet."""
        return bool(self._record.steps or self._record.values)

    def finish(self) -> None:
        """The workflow reached its end. :raises ValueError: when a step or a value is still open."""
        still = [step.name for step in self.steps() if step.status in ("intended", "waiting for a person")]
        if still or self._record.values:
            raise ValueError(f"not finished: steps {still}, values to put back {sorted(self._record.values)}")
        self._record.finished = True
        self._save()

    def finished(self) -> bool:
        """Whether the workflow reached its end."""
        return self._record.finished

    def delete(self) -> bool:
        """Remove the file; whether there was one."""
        return self._directory.delete(self._record.file_name)

    def _save(self) -> None:
        self._record.updated = self._clock.wall()
        write_checkpoint(self._directory, self._record)
