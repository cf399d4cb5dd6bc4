# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Redfish resource must hold, per schema: a subset in our own words of what DMTF's schema files require.

Source: DMTF DSP0266 and DSP0268. Properties that a schema requires, and the allowed values of those that clients act
upon. Used where DMTF's own files are not at hand (REDFISH_SCHEMAS).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "ServiceRoot": ("Id", "Name", "Links"),
    "ComputerSystem": ("Id", "Name"),
    "Chassis": ("Id", "Name", "ChassisType"),
    "Manager": ("Id", "Name"),
    "SessionService": ("Id", "Name"),
    "Session": ("Id", "Name"),
    "ManagerAccount": ("Id", "Name", "AccountTypes"),
    "Role": ("Id", "Name"),
    "SoftwareInventory": ("Id", "Name"),
    "Job": ("Id", "Name"),
    "Task": ("Id", "Name"),
    "NetworkInterface": ("Id", "Name"),
    "NetworkAdapter": ("Id", "Name"),
    "NetworkDeviceFunction": ("Id", "Name"),
    "Bios": ("Id", "Name"),
    "AttributeRegistry": ("Id", "Name", "Language", "OwningEntity", "RegistryVersion"),
    "MessageRegistryFile": ("Id", "Name", "Languages", "Registry", "Location"),
    "MessageRegistry": ("Id", "Name", "Language", "OwningEntity", "RegistryPrefix", "RegistryVersion", "Messages"),
}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "PowerState": ("On", "Off", "PoweringOn", "PoweringOff", "Paused"),
    "Health": ("OK", "Warning", "Critical"),
    "HealthRollup": ("OK", "Warning", "Critical"),
    "SystemType": ("Physical", "Virtual"),
    "ManagerType": ("BMC", "ManagementController", "Service"),
    "LinkStatus": ("LinkUp", "LinkDown", "NoLink"),
    "AddressOrigin": ("Static", "DHCP", "BOOTP", "IPv4LinkLocal"),
    "ChassisType": ("RackMount", "StandAlone"),
    "NetDevFuncType": ("Ethernet", "Disabled"),
    "TaskState": ("New", "Running", "Completed", "Exception", "Pending"),
    "TaskStatus": ("OK", "Warning", "Critical"),
    "JobStatus": ("OK", "Warning", "Critical"),
}


def complaints(path: str, content: Mapping[str, Any]) -> list[str]:
    """What is wrong with one resource."""
    kind = str(content.get("@odata.type", "")).removeprefix("#").split(".", maxsplit=1)[0]
    if not kind:
        return [f"{path}: no @odata.type"]
    found = [f"{path}: {name} is missing" for name in REQUIRED.get(kind, ("Name",)) if name not in content]
    if kind.endswith("Collection"):
        members = content.get("Members", [])
        if content.get("Members@odata.count") != len(members):
            found.append(f"{path}: Members@odata.count is wrong")
    elif kind not in ("MessageRegistry", "AttributeRegistry") and str(content.get("@odata.id")).rstrip(
        "/"
    ) != path.rstrip("/"):
        found.append(f"{path}: @odata.id says {content.get('@odata.id')}")
    return found + _values(path, content)


def _values(path: str, value: Any) -> list[str]:
    found = []
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in ALLOWED and inner not in ALLOWED[name]:
                found.append(f"{path}: {name} is {inner!r}")
            found += _values(path, inner)
    elif isinstance(value, list):
        for inner in value:
            found += _values(path, inner)
    return found
