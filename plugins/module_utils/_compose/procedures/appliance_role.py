# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting a role: Apply Changes on its page, Apply Pending Changes on the main page (guide 744-823, A-48)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import (
    apply_pending,
    change_role,
    pending_changes,
    read_role,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import Role, role

USER_INTERFACES = ("disable_beyondinsight_ui", "disable_password_safe_ui")
OF_HIGH_AVAILABILITY = ("mirroring", "standalone_worker_node", *USER_INTERFACES)


class SetRole(Settings):
    """Options ``name``, ``enabled``, those of the role high_availability, and ``adopt_pending``.

    The state also holds ``applied``: no change of this role is pending, so what an earlier run left pending is applied.
    """

    fields = ("enabled", *OF_HIGH_AVAILABILITY)
    role: Role
    pending: list[str]

    def check(self) -> None:
        self.role = role(self.given["name"])
        self.section = self.role.page.section("role")
        foreign = [name for name in OF_HIGH_AVAILABILITY if self.given.get(name) is not None]
        if foreign and self.role.id != "high_availability":
            raise self.refuse(
                f"{', '.join(foreign)} belong to the role high_availability, not to {self.role.id}.", kind="invalid"
            )
        off = [name for name in USER_INTERFACES if self.given.get(name)]
        if off and self.given.get("standalone_worker_node") is False:
            raise self.refuse(f"{', '.join(off)}: only on a standalone worker node.", kind="invalid")

    def wanted(self) -> dict[str, Any]:
        return {**super().wanted(), "applied": True}

    def read(self) -> dict[str, Any]:
        self.pending = pending_changes(self.task.surfaces.console)
        values = read_role(self.task.surfaces.console, self.role)
        if values is None:
            when = f" It is available only when {self.role.available_when}." if self.role.available_when else ""
            raise self.refuse(
                f"The Roles Editor does not offer the role {self.role.name}.{when}",
                remedy="Look at the licences (useries.appliance.appliance_info), or leave this role out.",
            )
        return {**values, "applied": self.role.name not in self.pending}

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        foreign = [name for name in self.pending if name != self.role.name]
        if not foreign:
            return
        if not self.given["adopt_pending"]:
            raise self.refuse(
                f"The Roles Editor holds pending changes that are not of this task: {', '.join(foreign)}.",
                remedy="Apply or discard them in the Roles Editor, or set adopt_pending: true to apply them along.",
            )
        plan.notes["also applied"] = foreign

    def write(self, plan: Plan) -> None:
        console = self.task.surfaces.console
        change_role(console, self.role, {name: value for name, value in plan.wanted.items() if name != "applied"})
        apply_pending(console, self.task.waiter, self.task.label)

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"role:{self.role.id}"] if plan.wanted.get("enabled") else []
