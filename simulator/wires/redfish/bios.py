# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The BIOS: its settings, what waits for a restart, and the registry that says what a setting may be.

Source: DMTF schemas Bios and AttributeRegistry; addresses and names as Dell's Ansible collection reads them. Resetting
the BIOS is not modelled, so it is not offered.
"""

from __future__ import annotations

from simulator.model.staged_settings import BIOS, OF_BIOS, Attribute
from simulator.wires.redfish import settings
from simulator.wires.redfish.controller import CONFIGURE_COMPONENTS, Controller
from simulator.wires.redfish.messages import BASE, RedfishError
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, head, missing
from simulator.wires.redfish.system import system_path

REGISTRY = "BiosAttributeRegistry.v1_0_0"
REGISTRY_FILE = f"{ROOT}/Registries/BiosAttributeRegistry"


def _path(controller: Controller, arguments: Arguments) -> str:
    if arguments["member"] != controller.names.system:
        raise missing(f"{ROOT}/Systems/{arguments['member']}")
    return f"{system_path(controller)}/Bios"


def _fixed(controller: Controller) -> dict[str, str]:
    """Attributes that only tell."""
    machine = controller.machine
    return {
        "SystemModelName": machine.hardware_model,
        "SystemBiosVersion": machine.bios_version,
        "SystemServiceTag": machine.service_tag,
        "SystemManufacturer": "Dell Inc.",
    }


def bios(controller: Controller, arguments: Arguments) -> Body:
    """What is in force."""
    path = _path(controller, arguments)
    current = controller.machine.lifecycle.staged.group(BIOS).current
    return {
        **head(path, "Bios", "Bios", "BIOS Configuration Current Settings"),
        **settings.supported(settings.bios_settings(controller)),
        "AttributeRegistry": REGISTRY,
        "Attributes": {**_fixed(controller), **current},
    }


def pending(controller: Controller, arguments: Arguments) -> Body:
    """What waits."""
    path = f"{_path(controller, arguments)}/Settings"
    return {
        **head(path, "Bios", "Settings", "BIOS Configuration Pending Settings"),
        "AttributeRegistry": REGISTRY,
        "Attributes": dict(controller.machine.lifecycle.staged.group(BIOS).pending),
        "Actions": {"Oem": {"#DellManager.ClearPending": {"target": f"{path}/Actions/Oem/DellManager.ClearPending"}}},
    }


def change(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Let settings wait."""
    _path(controller, arguments)
    for name in body:
        if name not in ("Attributes", settings.APPLY_TIME):
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name, properties=(f"#/{name}",))
    wanted = body.get("Attributes")
    for name in wanted if isinstance(wanted, dict) else ():
        if name in _fixed(controller):
            raise RedfishError(400, f"{BASE}.PropertyNotWritable", name, properties=(f"#/Attributes/{name}",))
    return settings.change(controller, BIOS, settings.checked(BIOS, wanted), body)


def clear_pending(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Forget what waits."""
    _path(controller, arguments)
    return settings.clear(controller, BIOS)


def registry(controller: Controller, arguments: Arguments) -> Body:
    """What a setting may be."""
    _path(controller, arguments)
    told = [{"AttributeName": name, "Type": "String", "ReadOnly": True} for name in _fixed(controller)]
    return {
        "@odata.type": "#AttributeRegistry.v1_4_0.AttributeRegistry",
        "Id": REGISTRY,
        "Name": "BIOS Attribute Registry",
        "Language": "en",
        "OwningEntity": "useries.appliance simulator",
        "RegistryVersion": "1.0.0",
        "RegistryEntries": {"Attributes": [*told, *(_entry(name, one) for name, one in OF_BIOS.items())]},
    }


def _entry(name: str, attribute: Attribute) -> Body:
    common = {"AttributeName": name, "DefaultValue": attribute.default, "ReadOnly": False}
    if attribute.values:
        values = [{"ValueName": value, "ValueDisplayName": value} for value in attribute.values]
        return {**common, "Type": "Enumeration", "Value": values}
    low, high = attribute.bounds
    return {**common, "Type": "Integer", "LowerBound": low, "UpperBound": high}


def registry_file(controller: Controller, arguments: Arguments) -> Body:
    """Where the registry is."""
    uri = f"{system_path(controller)}/Bios/BiosRegistry"
    return {
        **head(REGISTRY_FILE, "MessageRegistryFile", "BiosAttributeRegistry", "BIOS Attribute Registry File"),
        "Registry": REGISTRY,
        "Languages": ["en"],
        "Location": [{"Language": "en", "Uri": uri}],
    }


_BIOS = f"{ROOT}/Systems/<member>/Bios"
_NEEDS = {"PATCH": CONFIGURE_COMPONENTS, "POST": CONFIGURE_COMPONENTS}
RESOURCES = (
    Resource(_BIOS, get=bios),
    Resource(f"{_BIOS}/Settings", get=pending, patch=change, needs=_NEEDS),
    Resource(f"{_BIOS}/Settings/Actions/Oem/DellManager.ClearPending", post=clear_pending, needs=_NEEDS),
    Resource(f"{_BIOS}/BiosRegistry", get=registry),
    Resource(REGISTRY_FILE, get=registry_file),
)
