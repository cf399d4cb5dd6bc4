# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading roles in the Roles Editor, and applying what is pending there (guide 744-881)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_options import as_options
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import (
    ARCHIVING,
    SETTINGS,
    SWITCH,
    Setting,
    read_settings,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Outcome
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait, Waiter
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES, ROLES_EDITOR, Role
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

MAIN = ROLES_EDITOR.section("roles")
APPLYING = Wait(timeout=900, interval=3, longest=15, silence=180)
ON, OFF = {"on", "yes", "enabled", "active"}, {"off", "no", "disabled", "inactive"}


@dataclass(frozen=True)
class Listed:
    """A role in the list of the main page; ``enabled`` is None where the list does not tell."""

    name: str
    enabled: bool | None
    pending: bool


def listed_roles(console: ConsoleSurface) -> list[Listed]:
    """The list of the main page, as far as it tells; opens it."""
    return [_listed(console, row) for row in console.table(MAIN)]


def _listed(console: ConsoleSurface, row: Mapping[str, str]) -> Listed:
    (_caption, name), *cells = row.items()
    said = name.strip().casefold()
    for role in ROLES:  # by the guide's name, whichever of its words the list uses
        if said in {text.casefold() for text in console.words(role.id, role.name, role.aliases)}:
            name = role.name
    pending = next((text for column, text in cells if "pending" in column.casefold()), "")
    states = [text.strip().casefold() for column, text in cells if "pending" not in column.casefold()]
    state = next((one in ON for one in states if one in ON | OFF), None)
    return Listed(name, state, pending.strip().casefold() not in {"", "no", "none", "-"})


def pending_changes(console: ConsoleSurface) -> list[str]:
    """Names of roles with changes that are not applied yet, as far as the main page tells; opens it."""
    return [one.name for one in listed_roles(console) if one.pending]


def read_role(
    console: ConsoleSurface,
    role: Role,
    settings: Iterable[Setting] | None = None,
    wanted: Mapping[str, Any] | None = None,
) -> dict[str, Any] | None:
    """The role's settings as its page shows them (pending ones included); None when there is no such role."""
    if not console.reaches(role.page):
        return None
    known = (SWITCH, *SETTINGS.get(role.id, ())) if settings is None else tuple(settings)
    return read_settings(console, role, known, {"enabled": None, **(wanted or {})})


def told_of_dependencies(console: ConsoleSurface) -> str:
    """What the main page, which is open, says about dependencies and conflicts; empty for nothing."""
    field = "dependencies_and_conflicts"
    if field not in console.there(MAIN, [field]):
        return ""
    return str(console.read(MAIN, [field], fresh=False)[field] or "")


def press_apply_pending(
    console: ConsoleSurface, target: str, hints: str = "", *, answer: bool | None = False
) -> Outcome | None:
    """Apply Pending Changes on the main page.

    Not offered although nothing stands against it: an earlier run or a person pressed it, and it is waited for; then
    None is returned. ``answer``: see :meth:`ConsoleSurface.press`.

    :raises UseriesError: ``precondition`` with the console's own words about dependencies and conflicts.
    """
    console.open(ROLES_EDITOR)
    if console.enabled(MAIN, "apply_pending_changes"):
        return console.press(MAIN, "apply_pending_changes", fresh=False, answer=answer)
    said = told_of_dependencies(console)
    if said:
        raise UseriesError(
            f"The Roles Editor does not offer Apply Pending Changes: {said}",
            surface="console",
            operation="apply pending role changes",
            target=target,
            kind="precondition",
            remedy=f"Set the roles that it names in the same task (option roles).{hints}",
        )
    return None


def leave_question(console: ConsoleSurface, question: str, target: str) -> None:
    """Go on without an answer to a question about a restart; the guide (1507) has it come when all is saved.

    :raises UseriesError: ``precondition`` when nothing is applied before the question has an answer.
    """
    if pending_changes(console) and console.enabled(MAIN, "apply_pending_changes"):
        raise UseriesError(
            f'The console asks "{question}" before it applies anything, and this task has no answer to it.',
            surface="console",
            operation="apply pending role changes",
            target=target,
            kind="precondition",
            remedy="Where the appliance may restart, repeat it with a module that has the option restart, and "
            "restart: true; else answer it in the console.",
        )


def wait_until_applied(console: ConsoleSurface, waiter: Waiter, target: str) -> None:
    """Wait until the main page shows no pending change and offers its button again."""

    def look() -> Seen:
        names = pending_changes(console)
        ready = console.enabled(MAIN, "apply_pending_changes") and not names
        return Seen("applied" if ready else f"applying {', '.join(names) or 'the changes'}", True if ready else None)

    waiter.until(look, APPLYING, what="apply pending role changes", target=target)


def link_of(console: ConsoleSurface, role: Role) -> str:
    """Where the link of a role's open page leads; empty without one."""
    section = next((one for one in role.page.parts if one.id == "link"), None)
    if section is None or not console.has(role.page.section("link")):
        return ""
    return console.address(role.page.section("link"), section.buttons[0].id)


def all_roles(console: ConsoleSurface, names: Iterable[str] = ()) -> tuple[list[dict[str, Any]], str]:
    """Roles that the Roles Editor offers with their settings; and what it says about dependencies and conflicts.

    :param names: ids of the roles, by default all.
    """
    pending = {one.name for one in listed_roles(console) if one.pending}
    said = told_of_dependencies(console)
    wanted = set(names)
    roles = [role for role in ROLES if not wanted or role.id in wanted]
    found = [_described(console, role, role.name in pending) for role in roles]
    return [one for one in found if one is not None], said


def _described(console: ConsoleSurface, role: Role, pending: bool) -> dict[str, Any] | None:
    values = read_role(console, role)
    if values is None:
        return None
    values.pop("share_username", None)
    settings = as_options(role.id, values)
    known: dict[str, Any] = {"id": role.id, "name": role.name, **values, "settings": settings, "pending": pending}
    if role.id == "password_safe_web_portal":
        known["session_archiving"] = read_archiving(console, role)
    if link := link_of(console, role):
        known["link"] = link
    return {**known, "available_when": role.available_when, "hints": role.hints}


def read_archiving(console: ConsoleSurface, role: Role) -> dict[str, Any]:
    """The session archive's settings on the open page; empty when it has none."""
    return read_settings(console, role, ARCHIVING, {})
