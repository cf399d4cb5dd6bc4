# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step that a person does: observed, said with ``person_done``, or waited for by ending the run."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.workflow import named
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability

WAITING = "waiting for a person"


class WaitForPerson(Capability):
    """Options ``instructions`` and ``seen``; those of the group for ``workflow``, ``step`` and ``person_done``."""

    def check(self) -> None:
        if not (self.given.get("workflow") and self.given.get("step")):
            raise self.refuse("workflow and step are missing: they name what waits for a person.", kind="invalid")

    def run(self) -> dict[str, Any]:
        """Go on, or end the run with a checkpoint."""
        self.inspect()
        step = self.given["step"]
        by = self._by(step)
        if by:  # the end of the task records it as done
            return {"changed": False, self.returns: {"step": step, "by": by}}
        if self.task.gate.check_mode:
            self.warn(f"{WAITING}: {step}. The run would end here.")
            return {"changed": True, self.returns: {"step": step, "by": None}}
        checkpoint = self.task.workflow.checkpoint()
        if checkpoint.status(step) == "done":  # repeat_step
            checkpoint.record(step, "undone")
        checkpoint.record(step, WAITING)
        told = " ".join(f"({number}) {text}" for number, text in enumerate(self.given["instructions"], 1))
        raise self.refuse(
            f"{WAITING}: {step}. {told}",
            kind="waiting",
            remedy=f"When that is done, run the playbook again with -e person_done={step}",
        )

    def _by(self, step: str) -> str | None:
        """Who knows that it is done: ``seen``, ``person``, or ``earlier`` for a run before this one; None: nobody."""
        if self.given["seen"]:
            return "seen"
        if step in named(self.given.get("person_done")):
            return "person"
        return "earlier" if self.task.workflow.earlier() == "done" else None
