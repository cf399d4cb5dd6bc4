# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at both nodes before a workflow, and remembering for this run that they were fit."""

from __future__ import annotations

import contextlib
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import partner_label, read_side
from ansible_collections.useries.appliance.plugins.module_utils._compose.gates import (
    Limits,
    Row,
    judged,
    look,
    others,
    which_is_active,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.identity import shown_name
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import state_path
from ansible_collections.useries.appliance.plugins.module_utils._compose.translate import failure
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._state.volatile import container_only, in_awx


class PassGates(Capability):
    """Options of :class:`Limits`; a check that failed fails the task, with all rows in the result."""

    read_only: ClassVar[bool] = True

    def check(self) -> None:
        if not self.given.get("workflow"):
            raise self.refuse("workflow is missing: it says whose gates these are.", kind="invalid")
        try:
            self.further = others(self.given["also"])
        except ValueError as error:
            raise self.refuse(f"also holds {error}.", kind="invalid") from error

    def run(self) -> dict[str, Any]:
        """Look, judge, remember; never raises for what a node shows."""
        self.inspect()
        nodes = [look(self.task, read_side(self.task.surfaces, self.task.label), "node", self.task.label)]
        if self.task.surfaces.has_partner:
            shown = nodes[0].side.node.partner if nodes[0].side.node else ""
            other = read_side(self.task.surfaces.partner, partner_label(self.task))
            nodes.append(look(self.task, other, "partner", shown or self.given["partner"]["host"]))
        rows = [*judged(nodes, self._limits()), *self._kept_here(), *self.further]
        failed = [row for row in rows if row.result == "failed"]
        self.task.workflow.passed([vars(row) for row in rows], passed=not failed)
        result: dict[str, Any] = {
            "changed": False,
            "gates": [vars(row) for row in rows],
            "active": which_is_active(nodes),
            "nodes": {one.which: one.as_dict() for one in nodes},
        }
        if not self.task.surfaces.has_partner:
            result["shown_name"] = self._shown_name()
        for row in rows:
            if row.result == "warning":
                self.warn(f"{row.reason} {row.remedy}".strip())
        return {**result, **self._failure(failed)} if failed else result

    def _kept_here(self) -> list[Row]:
        """Whether lease and checkpoint outlive this run; in AWX the next job is in another container."""
        lost = container_only(state_path(self.given))
        if not lost:
            return []
        remedy = "Mount a volume and set useries_state_dir to it."
        if not in_awx() or self.given["impact"] == "none" or self.given["state_in_container"]:
            return [Row("state_directory", "warning", lost, remedy)]
        remedy += " The guide AWX shows how. To go on without one, set useries_state_in_container in the inventory."
        return [Row("state_directory", "failed", lost, remedy)]

    def _shown_name(self) -> str:
        with contextlib.suppress(UseriesError):  # the checks say what does not answer
            return shown_name(self.task.surfaces).name
        return ""

    def _failure(self, failed: list[Row]) -> dict[str, Any]:
        said = " ".join(f"[{row.name}] {row.reason} {row.remedy}".strip() for row in failed)
        error = self.refuse(
            f"{len(failed)} of the gates of {self.given['workflow']} failed. Nothing was changed.",
            surface="local",
            remedy=said,
        )
        return failure(error, first_contact=False)

    def _limits(self) -> Limits:
        given = self.given
        return Limits(
            expected=tuple(given["expected_states"]),
            heartbeat=given["heartbeat_limit"],
            skew=given["clock_skew_limit"],
            impact=given["impact"],
            acknowledged=tuple(given["acknowledged_versions"]),
            must_answer=given["must_answer"],
            auto_resync_off=given["auto_resync_off"],
        )
