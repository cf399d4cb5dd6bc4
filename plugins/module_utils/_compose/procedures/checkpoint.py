# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checkpoint of a workflow as a task: read it, remember what has to be put back, finish it."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._state.checkpoint import (
    ANY_CERTIFICATE,
    BECOMES,
    Checkpoint,
)


class KeepCheckpoint(Capability):
    """Options ``state``, ``remember``, ``forget``, ``record``, ``imaging``; those of the group for ``workflow``."""

    def check(self) -> None:
        if not self.given.get("workflow"):
            raise self.refuse("workflow is missing: it says whose checkpoint this is.", kind="invalid")
        more = [name for name in ("remember", "forget", "record", "imaging") if self.given[name]]
        if self.given["state"] != "open" and more:
            raise self.refuse(f"{more[0]} goes with state: open only.", kind="invalid")

    def run(self) -> dict[str, Any]:
        """Read it, write what is due."""
        self.inspect()
        checkpoint = self.task.workflow.checkpoint()
        plan = self._plan(checkpoint)
        if plan and not self.task.gate.check_mode:
            self._write(checkpoint)
        return {"changed": bool(plan), "diff": plan.diff(), self.returns: described(checkpoint)}

    def _plan(self, checkpoint: Checkpoint) -> Plan:
        plan, known = Plan(header=f"checkpoint of {self.given['workflow']}"), checkpoint.values()
        there = checkpoint.resumed or bool(checkpoint.steps()) or bool(known)
        for name, value in self.given["remember"].items():
            if name not in known:
                plan.changes.append(Change(f"remember {name}", None, value))
        for name in self.given["forget"]:
            if name in known:
                plan.changes.append(Change(f"forget {name}", known[name], None))
        for step, facts in self.given["record"].items():
            found = checkpoint.step(step)
            if found is None or found.status != "done" or any(found.data.get(name) != facts[name] for name in facts):
                plan.changes.append(Change(f"record {step}", found.data if found else None, facts))
        if self._imaging_due(checkpoint):
            plan.changes.append(Change(f"the certificate of {self.task.label}", "known", "any: it is imaged afresh"))
        if self.given["state"] != "open" and there:
            plan.changes.append(Change("state", "open", self.given["state"]))
        return plan

    def _imaging_due(self, checkpoint: Checkpoint) -> bool:
        return bool(self.given["imaging"]) and checkpoint.status(self.given["imaging"]) is None

    def _write(self, checkpoint: Checkpoint) -> None:
        try:
            for name, value in self.given["remember"].items():
                checkpoint.remember(name, value)
            for name in self.given["forget"]:
                checkpoint.forget(name)
            for step, facts in self.given["record"].items():
                checkpoint.record(step, "done", facts)
            if self._imaging_due(checkpoint):
                announced = {BECOMES: [self.task.surfaces.identity, ANY_CERTIFICATE]}
                checkpoint.record(self.given["imaging"], "intended", announced)
            if self.given["state"] == "finished":
                self._finish(checkpoint)
            elif self.given["state"] == "absent":
                checkpoint.delete()
        except (TypeError, ValueError) as error:
            raise self.refuse(
                f"The checkpoint of {self.given['workflow']} cannot be written: {error}.",
                kind="invalid",
                remedy="A workflow is finished when its values were put back; forget them then.",
            ) from error

    @staticmethod
    def _finish(checkpoint: Checkpoint) -> None:
        """A step that was begun and never seen to end is over: the workflow saw the state that it is for."""
        for step in checkpoint.steps():
            if step.status in ("intended", "waiting for a person"):
                checkpoint.record(step.name, "done", {"by": "the end of the workflow"})
        checkpoint.finish()


def described(checkpoint: Checkpoint) -> dict[str, Any]:
    """The checkpoint as a result shows it."""
    steps = {one.name: {"status": one.status, "at": one.at, "data": one.data} for one in checkpoint.steps()}
    return {
        "resumed": checkpoint.resumed,
        "adopted": checkpoint.adopted,
        "runs": list(checkpoint.runs),
        "started": checkpoint.started,
        "steps": steps,
        "values": checkpoint.values(),
        "waiting": list(checkpoint.waiting()),
        "path": checkpoint.path,
    }
