# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server of an appliance, from its iDRAC and from Windows (guide 1614-1616).

The libraries of both are loaded when a task uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.hardware import Hardware

Seen = Mapping[str, Any]
VALUES = (
    "service_tag",
    "manufacturer",
    "model",
    "bios_version",
    "idrac_version",
    "idrac_generation",
    "server_generation",
    "lifecycle_controller_version",
    "health",
    "firmware",
)


def by_idrac(surfaces: Surfaces) -> Seen:
    """What the iDRAC says, by the names of VALUES."""
    from ansible_collections.useries.appliance.plugins.module_utils._idrac import client, firmware

    idrac = surfaces.idrac
    system = idrac.system()
    manager = idrac.manager(system)
    inventory = client.described(system, manager)
    entries = firmware.firmware(idrac)
    generation = firmware.generation(idrac, manager)
    return {
        "service_tag": inventory.service_tag,
        "manufacturer": inventory.manufacturer,
        "model": inventory.model,
        "bios_version": inventory.bios_version,
        "idrac_version": inventory.idrac_version,
        "idrac_generation": generation.idrac,
        "server_generation": generation.server,
        "lifecycle_controller_version": firmware.lifecycle_controller(entries or ()),
        "health": inventory.health,
        "firmware": None if entries is None else [one.as_dict() for one in entries],
    }


def hardware(surfaces: Surfaces) -> Hardware:
    """The machine in which Windows runs."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.hardware import read_hardware

    return read_hardware(surfaces.windows)


def by_windows(found: Hardware) -> Seen:
    """What Windows says, by the names of VALUES."""
    return {
        "service_tag": found.service_tag,
        "manufacturer": found.manufacturer,
        "model": found.model,
        "bios_version": found.bios_version,
    }


def merged(seen: Mapping[str, Seen]) -> dict[str, Any]:
    """Every value as the first surface has it, and under ``sources`` all the surfaces that say so.

    :param seen: surface to what it says, the best surface first.
    """
    values: dict[str, Any] = {}
    sources: dict[str, list[str]] = {}
    for name in VALUES:
        said = {surface: one[name] for surface, one in seen.items() if one.get(name) is not None}
        values[name] = next(iter(said.values()), None)
        sources[name] = [surface for surface, value in said.items() if same(value, values[name])]
    return {**values, "sources": sources}


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; case does not count in texts."""
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)
