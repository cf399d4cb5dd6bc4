# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and changing roles in the Roles Editor (guide 744-881)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait, Waiter
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import (
    MIRRORING,
    ROLES,
    ROLES_EDITOR,
    Role,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

MAIN = ROLES_EDITOR.section("roles")
APPLYING = Wait(timeout=900, interval=3, longest=15, silence=180)


def read_role(console: ConsoleSurface, role: Role) -> dict[str, Any] | None:
    """The role's settings as its page shows them (pending ones included); None when there is no such role."""
    page = role.page
    if not console.reaches(page):
        return None
    part = page.section("role")
    there = console.there(part, [one.id for one in part.fields])
    if "enabled" not in there:
        console.read(part, ["enabled"], fresh=False)  # raises with the labels that are there
    values = console.read(part, there, fresh=False)
    if "mirroring" in values:
        values["mirroring"] = next(
            (word for word, text in MIRRORING.items() if text == values["mirroring"]), values["mirroring"]
        )
    return values


def pending_changes(console: ConsoleSurface) -> list[str]:
    """Names of roles with changes that are not applied yet, as far as the main page tells; opens it."""
    rows = console.table(MAIN)
    names = []
    for row in rows:
        state = next((text for column, text in row.items() if "pending" in column.casefold()), "")
        if state.strip().casefold() not in {"", "no", "none", "-"}:
            names.append(next(iter(row.values())))
    return names


def change_role(console: ConsoleSurface, role: Role, values: Mapping[str, Any]) -> None:
    """Apply Changes on the role's page: the changes are pending afterwards; without any it is left alone."""
    shown = {name: MIRRORING.get(value, value) if name == "mirroring" else value for name, value in values.items()}
    if shown:
        console.write(role.page.section("role"), shown, "apply_changes")


def apply_pending(console: ConsoleSurface, waiter: Waiter, target: str) -> None:
    """Apply Pending Changes on the main page, and wait until it is done.

    Not offered although nothing stands against it: an earlier run or a person pressed it, and it is waited for.

    :raises UseriesError: ``precondition`` with the console's own words about dependencies and conflicts.
    """
    console.open(ROLES_EDITOR)
    if not console.enabled(MAIN, "apply_pending_changes"):
        said = console.read(MAIN, ["dependencies_and_conflicts"], fresh=False)["dependencies_and_conflicts"]
        if said:
            raise UseriesError(
                f"The Roles Editor does not offer Apply Pending Changes: {said}",
                surface="console",
                operation="apply pending role changes",
                target=target,
                kind="precondition",
                remedy="The change is pending and not applied: resolve the dependencies and conflicts, or discard it "
                "in the Roles Editor.",
            )
    else:
        console.press(MAIN, "apply_pending_changes", fresh=False)

    def look() -> Seen:
        names = pending_changes(console)
        ready = console.enabled(MAIN, "apply_pending_changes") and not names
        return Seen("applied" if ready else f"applying {', '.join(names) or 'the changes'}", True if ready else None)

    waiter.until(look, APPLYING, what="apply pending role changes", target=target)


def all_roles(console: ConsoleSurface) -> list[dict[str, Any]]:
    """Every role that the Roles Editor offers, with its settings."""
    found = []
    pending = set(pending_changes(console))
    for role in ROLES:
        values = read_role(console, role)
        if values is not None:
            found.append({"id": role.id, "name": role.name, **values, "pending": role.name in pending})
    return found
