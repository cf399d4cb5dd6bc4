# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an appliance is called. No page of the guide shows it under a label: Windows and the certificate do."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ACTIVE = "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName"


@dataclass(frozen=True)
class ShownName:
    """A network name, empty where it cannot be read, and who shows it: ``windows`` or ``certificate``."""

    name: str
    by: str


def shown_name(surfaces: Surfaces) -> ShownName:
    """Windows says it where WinRM is configured and answers; else the subject of the served certificate (guide 298)."""
    if surfaces.configured("windows"):
        from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value

        try:
            return ShownName(str(read_value(surfaces.windows, ACTIVE, "ComputerName") or ""), "windows")
        except UseriesError as error:
            surfaces.warnings.append(f"Windows does not say how it is called: {error.message}")
    subject = surfaces.certificate().subject or ""
    common = next((part[3:] for part in subject.split(",") if part.startswith("CN=")), "")
    return ShownName(common.split(".")[0], "certificate")


def cold_spare_is_on(console: ConsoleSurface) -> bool:
    """Whether the role Cold Spare is on, under which an appliance has another name for a while (guide 881)."""
    role = next(one for one in ROLES if one.id == "cold_spare")
    values = read_role(console, role)
    return bool(values and values.get("enabled"))
