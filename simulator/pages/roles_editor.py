# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The site Roles Editor: its main page and one page per role (guide lines 744-885)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulator.model.role_data import ROLES, Role
from simulator.pages.kit import Values, button, clean, dots, keep_secrets
from simulator.pages.role_fields import EXTRA_BUTTONS, EXTRA_SECTIONS, FIELDS, SECTION_TITLES
from simulator.pages.spec import Button, Field, Outcome, Page, Section, Table

SITE = "Roles Editor"
ASKED = "The Cold Spare role needs a restart of the U-Series Appliance. Restart when it is applied?"
RESTART_AFTER = 60.0
"""Simulated seconds from the answer to the restart. The guide (1507) has the question come when the settings are saved;
with ``world.restart_asked_first`` it comes before anything is applied."""


def _label(role: Role) -> tuple[str, ...]:
    return (f"Enable {role.name}", f"{role.name} Role", f"Turn on {role.name}")


def _fields(role: Role, section: str) -> tuple[Field, ...]:
    """The fields of a section of a role's page; ids without the section."""
    fields = FIELDS.get((role.id, section), ())
    if section:
        return fields
    enabled = Field("enabled", role.name, "toggle", True, _label(role), states=("Enabled", "Disabled"))
    return (enabled, *fields)


def _key(section: str, field: Field) -> str:
    return f"{section}.{field.id}" if section else field.id


def _read(role: Role, section: str) -> Callable[[Any], dict[str, Any]]:
    def read(appliance: Any) -> dict[str, Any]:
        wanted = appliance.roles.wanted(role.id)
        return {
            field.id: dots(str(wanted[_key(section, field)])) if field.secret else wanted[_key(section, field)]
            for field in _fields(role, section)
        }

    return read


def _collect(role: Role, appliance: Any, values: Values) -> dict[str, Any]:
    """The page's values by setting; what was not sent is left as it is."""
    result: dict[str, Any] = {}
    wanted = appliance.roles.wanted(role.id)
    for section in ("", *SECTION_TITLES.get(role.id, {})):
        fields = _fields(role, section)
        sent = {field.id: values[_key(section, field)] for field in fields if _key(section, field) in values}
        shown = [field for field in fields if field.id in sent and field.kind != "readonly"]
        new = {field.id: clean(field, sent, appliance) for field in shown}
        old = {field.id: wanted[_key(section, field)] for field in fields}
        keep_secrets(shown, new, old, appliance)
        result.update({_key(section, field): new[field.id] for field in shown})
    return result


def _apply_changes(role: Role) -> Callable[[Any, Values], Outcome | str]:
    check = EXTRA_BUTTONS.get((role.id, "check"))

    def apply(appliance: Any, values: Values) -> Outcome | str:
        new = _collect(role, appliance, values)
        if check is not None:
            check(appliance, {**appliance.roles.wanted(role.id), **new})
        appliance.roles.change(role.id, new)
        if role.id not in appliance.roles.pending:
            return "Nothing was changed."
        return "The changes are pending. Click Apply Pending Changes on the Roles Editor page."

    return apply


def _discard(role: Role) -> Callable[[Any, Values], Outcome | str]:
    def discard(appliance: Any, _values: Values) -> str:
        appliance.roles.discard(role.id)
        return "The changes were discarded."

    return discard


def _role_page(role: Role) -> Page:
    titles = SECTION_TITLES.get(role.id, {})
    buttons: list[Button] = [button("apply_changes", "Apply Changes", _apply_changes(role))]
    buttons.append(button("discard_changes", "Discard Changes", _discard(role)))
    sections = [
        Section("role", role.name, _fields(role, ""), buttons, read=_read(role, ""), sends=tuple(titles)),
    ]
    for section, (title, wordings) in titles.items():
        extra: Sequence[Button] = EXTRA_SECTIONS.get((role.id, section), ())
        sections.append(
            Section(
                section,
                title,
                _fields(role, section),
                extra,
                read=_read(role, section),
                guessed=bool(wordings),
                wordings=wordings,
            )
        )
    return Page(role.id, role.name, (SITE, role.name), sections, available=lambda a: bool(a.roles.available(role.id)))


def _rows(appliance: Any) -> list[dict[str, str]]:
    rows = []
    for role in ROLES:
        if not appliance.roles.available(role.id):
            continue
        state = "On" if appliance.roles.wanted(role.id)["enabled"] else "Off"
        rows.append(
            {"Role": role.name, "State": state, "Pending": "Yes" if role.id in appliance.roles.pending else "No"}
        )
    return rows


def _summary(appliance: Any) -> dict[str, Any]:
    roles = appliance.roles
    return {
        "dependencies_and_conflicts": " ".join(roles.problems()),
        "progress": roles.progress or roles.last_error or "No role changes are being applied.",
    }


def _apply_pending(appliance: Any, values: Values) -> Outcome | str:
    roles, answered = appliance.roles, bool(values.get("confirmed"))
    spare = roles.wanted("cold_spare")["enabled"] and not roles.enabled("cold_spare") and not roles.problems()
    first = appliance.world.restart_asked_first
    if spare and first and not answered:
        return Outcome(dialog=ASKED)
    if answered and not first:  # it was applied, or is being applied, when the question came
        appliance.clock.schedule(RESTART_AFTER, appliance.restart)
        return "The U-Series Appliance restarts when the changes are applied."
    seconds = roles.apply()
    if not seconds:
        return "There are no pending changes."
    if spare and not first:
        return Outcome(dialog=ASKED)
    if spare:
        appliance.clock.schedule(seconds + 5, appliance.restart)
        return "The pending changes are being applied. The U-Series Appliance restarts afterwards."
    return "The pending changes are being applied."


MAIN = Page(
    "main",
    SITE,
    (SITE,),
    (
        Section(
            "roles",
            SITE,
            fields=(
                Field(
                    "dependencies_and_conflicts",
                    "dependencies or conflicts",
                    "readonly",
                    True,
                    ("Dependencies and Conflicts", "Unresolved Dependencies", "Conflicts"),
                ),
                Field("progress", "status", "readonly", True, ("Progress", "Current Status", "State of the Changes")),
            ),
            buttons=(
                button(
                    "apply_pending_changes",
                    "Apply Pending Changes",
                    _apply_pending,
                    enabled=lambda a: bool(a.roles.may_apply()),
                ),
            ),
            tables=(Table("roles", ("Role", "State", "Pending"), _rows),),
            read=_summary,
        ),
    ),
)
PAGES: tuple[Page, ...] = (MAIN, *(_role_page(role) for role in ROLES))
