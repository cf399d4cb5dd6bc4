#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_role
short_description: Turn a role of an appliance on or off
version_added: 0.1.0
description:
  - Sets a role on its page of the Roles Editor and applies the pending changes.
  - Services of the appliance start and stop when roles are applied.
  - When someone else's changes are pending in the Roles Editor the task refuses, because they would be applied along.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - The role.
    type: str
    required: true
    choices:
      - vulnerability_scanner
      - event_collector
      - sql_server_database
      - beyondinsight_database_access
      - patch_management
      - beyondinsight_omniworker
      - password_safe_web_portal
      - high_availability
      - biul
      - analysis_services
      - reporting_services
      - auto_update
      - enterprise_update_server
      - beyondtrust_updater
      - powerbroker_endpoint_protection
      - cold_spare
  enabled:
    description:
      - Whether the role is on.
    type: bool
    default: true
  mirroring:
    description:
      - What is mirrored; for the role V(high_availability) only. Must be the same on both nodes.
    type: str
    choices: [server_and_database, services_only]
  standalone_worker_node:
    description:
      - Whether the node is a standalone Password Safe worker node; for the role V(high_availability) only.
    type: bool
  disable_beyondinsight_ui:
    description:
      - Whether the BeyondInsight user interface is off; needs O(standalone_worker_node=true).
    type: bool
  disable_password_safe_ui:
    description:
      - Whether the Password Safe user interface is off; needs O(standalone_worker_node=true).
    type: bool
  adopt_pending:
    description:
      - Whether changes that someone else left pending are applied along.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.appliance_role_info
"""

EXAMPLES = r"""
- name: Turn on the high availability role with its database
  useries.appliance.appliance_role:
    name: high_availability
    mirroring: server_and_database

- name: No patches are hosted here
  useries.appliance.appliance_role:
    name: patch_management
    enabled: false
"""

RETURN = r"""
settings:
  description: The role's settings as its page shows them afterwards.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the role is on.
      type: bool
    applied:
      description: Whether no change of this role is pending.
      type: bool
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import (
    apply_pending,
    change_role,
    pending_changes,
    read_role,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import MIRRORING, ROLES, role

SETTINGS = ("mirroring", "standalone_worker_node", "disable_beyondinsight_ui", "disable_password_safe_ui")


class ApplianceRole(Settings):
    """Guide 744-823: Apply Changes on the role's page, Apply Pending Changes on the main page (A-48)."""

    impact = "service"
    groups: ClassVar = ("console", "pair")
    fields: ClassVar = ("enabled", *SETTINGS)
    options: ClassVar = {
        "name": {"type": "str", "required": True, "choices": [one.id for one in ROLES]},
        "enabled": {"type": "bool", "default": True},
        "mirroring": {"type": "str", "choices": list(MIRRORING)},
        **{name: {"type": "bool"} for name in SETTINGS[1:]},
        "adopt_pending": {"type": "bool", "default": False},
    }

    def check(self) -> None:
        self.role = role(self.given["name"])
        self.section = self.role.page.section("role")
        foreign = [
            name for name in SETTINGS if self.given.get(name) is not None and self.role.id != "high_availability"
        ]
        if foreign:
            raise self.refuse(
                f"{', '.join(foreign)} belong to the role high_availability, not to {self.role.id}.", kind="invalid"
            )
        if self.given.get("standalone_worker_node") is False and any(self.given.get(name) for name in SETTINGS[2:]):
            given = ", ".join(name for name in SETTINGS[2:] if self.given.get(name))
            raise self.refuse(f"{given}: only on a standalone worker node.", kind="invalid")

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
                f"The Roles Editor holds pending changes that are not of this task: {', '.join(foreign)}. Nothing was changed.",
                remedy="Apply or discard them in the Roles Editor, or set adopt_pending: true to apply them along.",
            )
        plan.notes["also applied"] = foreign

    def write(self, plan: Plan) -> None:
        console = self.task.surfaces.console
        change_role(console, self.role, {name: value for name, value in plan.wanted.items() if name != "applied"})
        apply_pending(console, self.task.waiter, self.task.label)

    def provides(self, plan: Plan) -> Iterable[str]:
        return [f"role:{self.role.id}"] if plan.wanted.get("enabled") else []


DECLARATION = ApplianceRole


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
