# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles of one appliance: changes stay pending until they are applied (guide lines 744-885)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused
from simulator.model.role_data import BY_ID, ROLES, Role

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

APPLY_SECONDS = 12.0
"""Simulated seconds per role that is changed."""
SERVICES_ALWAYS = ("W3SVC", "BeyondTrust Appliance Service", "WinDefend")


class Roles:
    """Applied and pending state of the sixteen roles.

    ``applied`` maps role id to its settings with ``enabled``; ``pending`` holds only what was changed and not applied.
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.applied: dict[str, dict[str, Any]] = {
            role.id: {"enabled": role.default_on and self._licensed(role), **role.settings} for role in ROLES
        }
        self.pending: dict[str, dict[str, Any]] = {}
        self.progress = ""
        self.last_error = ""

    def _licensed(self, role: Role) -> bool:
        return not role.needs or role.needs in self.appliance.licensed

    def available(self, role_id: str) -> bool:
        """Whether the console offers the role at all."""
        return self._licensed(BY_ID[role_id])

    def enabled(self, role_id: str) -> bool:
        """Whether the role is on and applied."""
        return bool(self.applied[role_id]["enabled"])

    def wanted(self, role_id: str) -> dict[str, Any]:
        """Settings of a role as its page shows them: applied, overlaid by pending."""
        return {**self.applied[role_id], **self.pending.get(role_id, {})}

    def change(self, role_id: str, values: Mapping[str, Any]) -> None:
        """Apply Changes of a role's page: keep what differs as pending."""
        if not self.available(role_id):
            raise Refused(f"The role {BY_ID[role_id].name} is not available on this appliance.")
        if self.progress:
            raise Refused("Role changes are being applied. Wait until they are complete.")
        before = self.applied[role_id]
        unknown = sorted(set(values) - set(before))
        if unknown:
            raise Refused(f"The role {BY_ID[role_id].name} has no setting {', '.join(unknown)}.")
        changed = {key: value for key, value in values.items() if before[key] != value}
        kept = {key: value for key, value in self.pending.get(role_id, {}).items() if key not in values}
        merged = {**kept, **changed}
        if merged:
            self.pending[role_id] = merged
        else:
            self.pending.pop(role_id, None)

    def discard(self, role_id: str) -> None:
        """Discard Changes of a role's page."""
        self.pending.pop(role_id, None)

    def problems(self) -> list[str]:
        """Unresolved dependencies and conflicts of the wanted state; empty without pending changes."""
        if not self.pending:
            return []
        wanted = {role.id: self.wanted(role.id) for role in ROLES}
        found: list[str] = []
        for role in ROLES:
            if not wanted[role.id]["enabled"]:
                continue
            for other, location in role.depends:
                if (not location or wanted[role.id].get("location") == location) and not wanted[other]["enabled"]:
                    found.append(f"Dependency: {role.name} requires {BY_ID[other].name}.")
            for other in role.conflicts:
                if wanted[other]["enabled"] and role.id < other:
                    found.append(f"Conflict: {role.name} and {BY_ID[other].name} cannot both be turned on.")
        if self.appliance.ha.enabled and not wanted["high_availability"]["enabled"]:
            found.append("Conflict: High Availability is on with a partner. Turn it off before removing the role.")
        if not any(values["enabled"] for values in wanted.values()):
            found.append("At least one role must be selected.")
        return found

    def may_apply(self) -> bool:
        """Whether the button Apply Pending Changes can be pressed."""
        return not self.progress and not self.problems()

    def apply(self) -> float:
        """Apply Pending Changes; returns the simulated seconds it will take (0 when nothing is pending)."""
        if self.progress:
            raise Refused("Role changes are being applied. Wait until they are complete.")
        if self.problems():
            raise Refused("Dependencies and conflicts must be resolved first. " + " ".join(self.problems()))
        if not self.pending:
            return 0.0
        seconds = APPLY_SECONDS * len(self.pending)
        self.last_error = ""
        self.progress = f"Applying role changes ({len(self.pending)} roles). Please wait."
        self.appliance.clock.schedule(seconds, self._applied)
        return seconds

    def _applied(self) -> None:
        self.progress = ""
        fault = self.appliance.take_fault("apply_roles")
        if fault:
            self.last_error = fault
            self.appliance.notify("High", f"Applying role changes failed: {fault}")
            return
        before = {role.id: self.enabled(role.id) for role in ROLES}
        for role_id, changes in self.pending.items():
            self.applied[role_id].update(changes)
        self.pending = {}
        self.appliance.notify("Info", "Role changes were applied.")
        self.appliance.roles_changed(before)

    def services(self) -> dict[str, bool]:
        """Every service of the appliance and whether the applied roles call for it."""
        wanted = dict.fromkeys(SERVICES_ALWAYS, True)
        for role in ROLES:
            for service in role.services:
                wanted[service] = wanted.get(service, False) or (self.enabled(role.id) and self.available(role.id))
        return wanted
