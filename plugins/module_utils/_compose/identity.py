# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an appliance is called. No page of the guide shows it under a label: Windows and the certificate do."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import read_node
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ACTIVE = "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName"


@dataclass(frozen=True)
class ShownName:
    """A network name, empty where it cannot be read, and who shows it: ``windows``, ``partner`` or ``certificate``."""

    name: str
    by: str


def shown_name(surfaces: Surfaces, *, ask_partner: bool = True) -> ShownName:
    """Windows says it where WinRM is configured; else the partner's page shows it; else the subject of the certificate
    that is served (guide 298), unless that is for several hosts. One that should tell it and does not is a warning.

    :param ask_partner: False when the partner is known to be silent.
    """
    roads = (("windows", _by_windows), ("partner", _by_partner))
    for by, ask in roads if ask_partner else roads[:1]:
        try:
            name = ask(surfaces)
        except UseriesError as error:
            surfaces.warnings.append(f"The network name could not be read ({by}): {error.message}")
            continue
        if name:
            return ShownName(name, by)
    return ShownName(certified_name(surfaces), "certificate")


def certified_name(surfaces: Surfaces) -> str:
    """The one host that the served certificate is for (guide 298), without its domain; empty when it is for several."""
    subject = surfaces.certificate().subject or ""
    common = [part.removeprefix("CN=") for part in subject.split(",") if part.startswith("CN=")]
    single = common[0] if len(common) == 1 and "*" not in common[0] else ""
    return single.split(".")[0]


def _by_windows(surfaces: Surfaces) -> str:
    if not surfaces.configured("windows"):
        return ""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value

    return str(read_value(surfaces.windows, ACTIVE, "ComputerName") or "")


def _by_partner(surfaces: Surfaces) -> str:
    return read_node(surfaces.partner.console).partner if surfaces.has_partner else ""


def cold_spare_is_on(console: ConsoleSurface) -> bool:
    """Whether the role Cold Spare is on, under which an appliance has another name for a while (guide 881)."""
    role = next(one for one in ROLES if one.id == "cold_spare")
    values = read_role(console, role)
    return bool(values and values.get("enabled"))
