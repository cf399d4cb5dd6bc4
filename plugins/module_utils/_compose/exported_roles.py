# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles and the session archive, as options of the modules that set them (guide 744-1039)."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_options import complaints, taken_by
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_archiving, read_role
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES, ROLES_EDITOR, role

PORTAL = "password_safe_web_portal"


def role_options(console: ConsoleSurface) -> dict[str, Any] | None:
    """Every role that appliance_role sets, with its own settings; the archive's are :func:`archiving_options`."""
    if console.refuses(ROLES_EDITOR) or not console.reaches(ROLES_EDITOR):
        return None
    found = []
    for one in ROLES:
        if one.id == "cold_spare":  # it has modules of its own, and appliance_role does not take it
            continue
        values = read_role(console, one)
        if values is None:
            continue
        own = {} if one.id == PORTAL else _given(one.id, values)
        if own is None:
            continue
        found.append({"name": one.id, "enabled": values["enabled"], **({"settings": own} if own else {})})
    return {"roles": found}


def archiving_options(console: ConsoleSurface) -> dict[str, Any] | None:
    """The session archive; only the switch while it is off."""
    portal = role(PORTAL)
    if console.refuses(portal.page) or not console.reaches(portal.page):
        return None
    values = read_archiving(console, portal)
    if not values:
        return None
    if not values.get("enabled"):
        return {"enabled": False}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _given(id: str, values: dict[str, Any]) -> dict[str, Any] | None:
    """The settings as the role's options take them; None where nothing would be taken without an acknowledgement.

    A secret cannot be read, so what is only taken along with one is left out.
    """
    own = {name: values[name] for name in taken_by(id) if values.get(name) not in (None, "")}
    enabled = bool(values["enabled"])
    for without in ((), ("username",), ("port",), tuple(own)):
        kept = {name: value for name, value in own.items() if name not in without}
        if not any(complaints(id, enabled, kept)):
            return kept
    return None
