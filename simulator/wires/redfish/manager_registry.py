# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registry that says what an attribute of the iDRAC may be (DMTF schema AttributeRegistry)."""

from __future__ import annotations

from simulator.model.idrac_network import PORTS
from simulator.wires.redfish.controller import Controller
from simulator.wires.redfish.manager import REGISTRY, REGISTRY_FILE, SETTINGS, SWITCH, attributes
from simulator.wires.redfish.resource import Arguments, Body, Resource, head, missing

PLACE = f"{REGISTRY_FILE}/{REGISTRY}.json"
CHOICES = {"enabled": tuple(SWITCH), "dhcp": tuple(SWITCH), "selection": PORTS}


def registry_file(controller: Controller, arguments: Arguments) -> Body:
    """Where the registry is; an older iDRAC has none."""
    if controller.machine.lifecycle.older:
        raise missing(REGISTRY_FILE)
    return {
        **head(REGISTRY_FILE, "MessageRegistryFile", "ManagerAttributeRegistry", "Manager Attribute Registry File"),
        "Registry": REGISTRY,
        "Languages": ["en"],
        "Location": [{"Language": "en", "Uri": PLACE}],
    }


def registry(controller: Controller, arguments: Arguments) -> Body:
    """Each attribute that the iDRAC shows."""
    name = controller.names.manager
    shown = attributes(controller, {"member": name, "group": name})["Attributes"]
    return {
        "@odata.type": "#AttributeRegistry.v1_4_0.AttributeRegistry",
        "Id": REGISTRY,
        "Name": "Manager Attribute Registry",
        "Language": "en",
        "OwningEntity": "useries.appliance simulator",
        "RegistryVersion": "1.0.0",
        "RegistryEntries": {"Attributes": [_entry(one) for one in shown]},
    }


def _entry(name: str) -> Body:
    choices = CHOICES.get(SETTINGS.get(name, ""))
    common = {"AttributeName": name, "ReadOnly": name not in SETTINGS}
    if choices is None:
        return {**common, "Type": "String"}
    values = [{"ValueName": value, "ValueDisplayName": value} for value in choices]
    return {**common, "Type": "Enumeration", "Value": values}


RESOURCES = (
    Resource(REGISTRY_FILE, get=registry_file),
    Resource(PLACE, get=registry),
)
