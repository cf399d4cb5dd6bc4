# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's network card with its two ports, and the settings of each port.

Source: DMTF schemas NetworkInterface, NetworkAdapter, NetworkDeviceFunction; Dell's network attributes as its Ansible
collection reads and writes them. DMTF's VLAN and Dell's VLanMode and VLanId are the same two settings.
"""

from __future__ import annotations

from typing import Any

from simulator.model.staged_settings import CARD, PORTS, Group, Value
from simulator.wires.redfish import settings
from simulator.wires.redfish.controller import CONFIGURE_COMPONENTS, Controller
from simulator.wires.redfish.messages import BASE, RedfishError
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, collection, head, link, missing
from simulator.wires.redfish.system import chassis_path, system_path

MODEL = "Intel(R) Ethernet 2P I350 rNDC"
ENABLED = {"State": "Enabled", "Health": "OK"}
FUNCTIONS = "NetworkDeviceFunctions"


def _only(arguments: Arguments, wanted: str, parent: str) -> None:
    if arguments["member"] != wanted or arguments.get("card", CARD) != CARD:
        raise missing(f"{parent}/{arguments['member']}/.../{arguments.get('card', '')}")


def interfaces(controller: Controller, arguments: Arguments) -> Body:
    """The server's interfaces: one for each card."""
    _only(arguments, controller.names.system, f"{ROOT}/Systems")
    path = f"{system_path(controller)}/NetworkInterfaces"
    return collection(path, "NetworkInterfaceCollection", "Network Interface Collection", [f"{path}/{CARD}"])


def interface(controller: Controller, arguments: Arguments) -> Body:
    """The one interface, which leads to the card."""
    _only(arguments, controller.names.system, f"{ROOT}/Systems")
    return {
        **head(f"{system_path(controller)}/NetworkInterfaces/{CARD}", "NetworkInterface", CARD, "Network Interface"),
        FUNCTIONS: link(settings.functions_path(controller, CARD)),
        "Links": {"NetworkAdapter": link(f"{chassis_path(controller)}/NetworkAdapters/{CARD}")},
        "Status": ENABLED,
    }


def cards(controller: Controller, arguments: Arguments) -> Body:
    """The cards of the chassis."""
    _only(arguments, controller.names.chassis, f"{ROOT}/Chassis")
    path = f"{chassis_path(controller)}/NetworkAdapters"
    return collection(path, "NetworkAdapterCollection", "Network Adapter Collection", [f"{path}/{CARD}"])


def card(controller: Controller, arguments: Arguments) -> Body:
    """The one card."""
    _only(arguments, controller.names.chassis, f"{ROOT}/Chassis")
    return {
        **head(f"{chassis_path(controller)}/NetworkAdapters/{CARD}", "NetworkAdapter", CARD, "Network Adapter"),
        "Manufacturer": "Intel Corporation",
        "Model": MODEL,
        FUNCTIONS: link(settings.functions_path(controller, CARD)),
        "Status": ENABLED,
    }


def functions(controller: Controller, arguments: Arguments) -> Body:
    """The ports of the card."""
    _only(arguments, controller.names.chassis, f"{ROOT}/Chassis")
    path = settings.functions_path(controller, CARD)
    members = [f"{path}/{port}" for port in PORTS]
    return collection(path, "NetworkDeviceFunctionCollection", "Network Device Function Collection", members)


def _port(controller: Controller, arguments: Arguments) -> tuple[str, str, Group]:
    """Its id, where it is, and its settings."""
    _only(arguments, controller.names.chassis, f"{ROOT}/Chassis")
    port = arguments["port"]
    path = f"{settings.functions_path(controller, CARD)}/{port}"
    if port not in PORTS:
        raise missing(path)
    return port, path, controller.machine.lifecycle.staged.group(port)


def _dell_path(controller: Controller, arguments: Arguments) -> str:
    port, path, _group = _port(controller, arguments)
    place = f"{path}/Oem/Dell/DellNetworkAttributes/{port}"
    if arguments.get("same", port) != port or controller.machine.lifecycle.older:
        raise missing(place)
    return place


def function(controller: Controller, arguments: Arguments) -> Body:
    """A port."""
    port, path, group = _port(controller, arguments)
    mac = f"02:00:00:00:01:{PORTS.index(port) + 1:02d}"
    dell = {}
    if not controller.machine.lifecycle.older:
        dell = {"Oem": {"Dell": {"DellNetworkAttributes": link(_dell_path(controller, arguments))}}}
    return {
        **head(path, "NetworkDeviceFunction", port, "Network Device Function"),
        **settings.supported(f"{path}/Settings"),
        "NetDevFuncType": "Ethernet",
        "Ethernet": {"MACAddress": mac, "PermanentMACAddress": mac, "VLAN": _vlan(group.current)},
        "Links": dell,
        "Status": ENABLED,
    }


def _vlan(values: dict[str, Value]) -> Body:
    found: Body = {}
    if "VLanMode" in values:
        found["VLANEnable"] = values["VLanMode"] == "Enabled"
    if "VLanId" in values:
        found["VLANId"] = values["VLanId"]
    return found


def pending(controller: Controller, arguments: Arguments) -> Body:
    """What waits, in DMTF's words."""
    _port_id, path, group = _port(controller, arguments)
    vlan = _vlan(group.pending)
    return {
        **head(f"{path}/Settings", "NetworkDeviceFunction", "Settings", "Network Device Function Pending Settings"),
        "Ethernet": {"VLAN": vlan} if vlan else {},
    }


def change(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Let a VLAN wait; nothing else of a port can be set in DMTF's words."""
    port, _path, _group = _port(controller, arguments)
    left: Any = {name: value for name, value in body.items() if name != settings.APPLY_TIME}
    for name in ("Ethernet", "VLAN"):
        if not isinstance(left, dict) or set(left) != {name}:
            wrong = next((one for one in left if one != name), name) if isinstance(left, dict) else name
            raise RedfishError(400, f"{BASE}.PropertyUnknown", wrong)
        left = left[name]
    if not isinstance(left, dict):
        raise RedfishError(400, f"{BASE}.PropertyValueTypeError", str(left), "VLAN")
    wanted: dict[str, Value] = {}
    for name, value in left.items():
        if name == "VLANEnable" and isinstance(value, bool):
            wanted["VLanMode"] = "Enabled" if value else "Disabled"
        elif name == "VLANId":
            wanted["VLanId"] = value
        else:
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name)
    return settings.change(controller, port, settings.checked(port, wanted), body)


def of_dell(controller: Controller, arguments: Arguments) -> Body:
    """The same port in Dell's words; firmware before the 14th generation has none of it."""
    port, _path, group = _port(controller, arguments)
    path = _dell_path(controller, arguments)
    return {
        **head(path, "DellNetworkAttributes", port, "DellNetworkAttributes"),
        **settings.supported(f"{path}/Settings"),
        "AttributeRegistry": f"NetworkAttributesRegistry_{port}",
        "Attributes": dict(group.current),
    }


def pending_of_dell(controller: Controller, arguments: Arguments) -> Body:
    """What waits, in Dell's words."""
    _port_id, _path, group = _port(controller, arguments)
    path = f"{_dell_path(controller, arguments)}/Settings"
    return {
        **head(path, "DellNetworkAttributes", "Settings", "DellNetworkAttributes Pending Settings"),
        "Attributes": dict(group.pending),
        "Actions": {"#DellManager.ClearPending": {"target": f"{path}/Actions/DellManager.ClearPending"}},
    }


def change_of_dell(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Let attributes wait."""
    _dell_path(controller, arguments)
    for name in body:
        if name not in ("Attributes", settings.APPLY_TIME):
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name, properties=(f"#/{name}",))
    port = arguments["port"]
    return settings.change(controller, port, settings.checked(port, body.get("Attributes")), body)


def clear_pending(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Forget what waits."""
    _dell_path(controller, arguments)
    return settings.clear(controller, arguments["port"])


_CARDS = f"{ROOT}/Chassis/<member>/NetworkAdapters"
_PORT = f"{_CARDS}/<card>/{FUNCTIONS}/<port>"
_DELL = f"{_PORT}/Oem/Dell/DellNetworkAttributes/<same>"
_NEEDS = {"PATCH": CONFIGURE_COMPONENTS, "POST": CONFIGURE_COMPONENTS}
RESOURCES = (
    Resource(f"{ROOT}/Systems/<member>/NetworkInterfaces", get=interfaces),
    Resource(f"{ROOT}/Systems/<member>/NetworkInterfaces/<card>", get=interface),
    Resource(_CARDS, get=cards),
    Resource(f"{_CARDS}/<card>", get=card),
    Resource(f"{_CARDS}/<card>/{FUNCTIONS}", get=functions),
    Resource(_PORT, get=function),
    Resource(f"{_PORT}/Settings", get=pending, patch=change, needs=_NEEDS),
    Resource(_DELL, get=of_dell),
    Resource(f"{_DELL}/Settings", get=pending_of_dell, patch=change_of_dell, needs=_NEEDS),
    Resource(f"{_DELL}/Settings/Actions/DellManager.ClearPending", post=clear_pending, needs=_NEEDS),
)
