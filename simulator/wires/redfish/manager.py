# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC itself (Manager): its network interface, its protocols, its attributes.

Source: DMTF schemas Manager, EthernetInterface, ManagerNetworkProtocol; Dell's DellAttributes as its modules read them.
"""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.model.idrac_network import IdracNetwork
from simulator.wires.redfish import dell_services
from simulator.wires.redfish.controller import CONFIGURE_MANAGER, Controller
from simulator.wires.redfish.messages import BASE, RedfishError, success
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, collection, head, link, missing
from simulator.wires.redfish.system import chassis_path, manager_path, system_path, unique_id

REGISTRY = "ManagerAttributeRegistry.v1_0_0"
REGISTRY_FILE = f"{ROOT}/Registries/ManagerAttributeRegistry"


def _member(controller: Controller, arguments: Arguments) -> str:
    if arguments["member"] != controller.names.manager:
        raise missing(f"{ROOT}/Managers/{arguments['member']}")
    return manager_path(controller)


def managers(controller: Controller, arguments: Arguments) -> Body:
    """The one manager."""
    return collection(f"{ROOT}/Managers", "ManagerCollection", "Manager", [manager_path(controller)])


def manager(controller: Controller, arguments: Arguments) -> Body:
    """The iDRAC."""
    path, names = _member(controller, arguments), controller.names
    machine = controller.machine
    dell: Body = {"@odata.type": "#DellOem.v1_3_0.DellOemLinks"}
    if not machine.lifecycle.older:
        dell["DellAttributes"] = [link(f"{path}/Oem/Dell/DellAttributes/{names.manager}")]
        dell["DellAttributes@odata.count"] = 1
        dell["Jobs"] = link(f"{path}/Oem/Dell/Jobs")
        dell.update(dell_services.links(path))
    return {
        **head(path, "Manager", names.manager, "Manager"),
        "ManagerType": "BMC",
        "Manufacturer": "Dell Inc.",
        "Model": machine.generation,
        "FirmwareVersion": machine.idrac_version,
        "UUID": unique_id(controller),
        "ServiceEntryPointUUID": unique_id(controller),
        "DateTime": machine.date().replace(microsecond=0).isoformat(),
        "DateTimeLocalOffset": "+00:00",
        "PowerState": "On",
        "Status": {"State": "Enabled", "Health": "OK"},
        "EthernetInterfaces": link(f"{path}/EthernetInterfaces"),
        "NetworkProtocol": link(f"{path}/NetworkProtocol"),
        "Links": {
            "ManagerForServers": [link(system_path(controller))],
            "ManagerForChassis": [link(chassis_path(controller))],
            "ManagerInChassis": link(chassis_path(controller)),
            "Oem": {"Dell": dell},
        },
        "Oem": {"Dell": {"@odata.type": "#DellOem.v1_3_0.DellOemResources", **_queue(dell)}},
    }


def _queue(links: Body) -> Body:
    """Dell's own queue, which is named in two places."""
    return {"Jobs": links["Jobs"]} if "Jobs" in links else {}


def interfaces(controller: Controller, arguments: Arguments) -> Body:
    """The iDRAC's network interfaces."""
    path = f"{_member(controller, arguments)}/EthernetInterfaces"
    name = "Ethernet Network Interface Collection"
    return collection(path, "EthernetInterfaceCollection", name, [f"{path}/{controller.names.nic}"])


def interface(controller: Controller, arguments: Arguments) -> Body:
    """The one interface, with the address at which this wire listens."""
    path = f"{_member(controller, arguments)}/EthernetInterfaces"
    if arguments["nic"] != controller.names.nic:
        raise missing(f"{path}/{arguments['nic']}")
    name = f"idrac-{controller.machine.service_tag}"
    network = controller.machine.network
    address = {"Address": network.address, "SubnetMask": network.netmask, "Gateway": network.gateway}
    stored = network.static
    static = {"Address": stored["address"], "SubnetMask": stored["netmask"], "Gateway": stored["gateway"]}
    return {
        **head(
            f"{path}/{controller.names.nic}", "EthernetInterface", controller.names.nic, "Manager Ethernet Interface"
        ),
        "InterfaceEnabled": network.enabled,
        "LinkStatus": "LinkUp",
        "HostName": name,
        "FQDN": name,
        "MACAddress": "02:00:00:00:00:01",
        "PermanentMACAddress": "02:00:00:00:00:01",
        "SpeedMbps": 1000,
        "AutoNeg": True,
        "FullDuplex": True,
        "MTUSize": 1500,
        "DHCPv4": {"DHCPEnabled": network.dhcp},
        "IPv4Addresses": [{**address, "AddressOrigin": "DHCP" if network.dhcp else "Static"}],
        "IPv4StaticAddresses": [static],
        "NameServers": [],
        "StaticNameServers": [],
        "VLAN": {"VLANEnable": False, "VLANId": 1},
        "Status": {"State": "Enabled", "Health": "OK"},
    }


def protocols(controller: Controller, arguments: Arguments) -> Body:
    """Which protocols are on; HTTPS names the iDRAC's own port."""
    path = f"{_member(controller, arguments)}/NetworkProtocol"
    name = f"idrac-{controller.machine.service_tag}"
    return {
        **head(path, "ManagerNetworkProtocol", "NetworkProtocol", "Manager Network Protocol"),
        "HostName": name,
        "FQDN": name,
        "HTTP": {"ProtocolEnabled": False, "Port": 80},
        "HTTPS": {"ProtocolEnabled": True, "Port": 443},
        "SSH": {"ProtocolEnabled": False, "Port": 22},
        "IPMI": {"ProtocolEnabled": False, "Port": 623},
        "SNMP": {"ProtocolEnabled": False, "Port": 161},
        "NTP": {"ProtocolEnabled": False},
        "Status": {"State": "Enabled", "Health": "OK"},
    }


def attributes(controller: Controller, arguments: Arguments) -> Body:
    """Dell's flat attributes, the few that name the generation, the address and the firmware."""
    path = f"{_member(controller, arguments)}/Oem/Dell/DellAttributes"
    if arguments["group"] != controller.names.manager or controller.machine.lifecycle.older:
        raise missing(f"{path}/{arguments['group']}")
    return {
        **head(f"{path}/{controller.names.manager}", "DellAttributes", controller.names.manager, "DellAttributes"),
        "AttributeRegistry": REGISTRY,
        "Attributes": {
            "Info.1.HWModel": "iDRAC 9",
            "Info.1.Product": "Integrated Dell Remote Access Controller",
            "Info.1.Version": controller.machine.idrac_version,
            "Info.1.Type": controller.machine.generation,
            "IPv4.1.Enable": "Enabled",
            **_network_attributes(controller.machine.network),
        },
    }


SWITCH = {"Enabled": True, "Disabled": False}
SETTINGS = {
    "NIC.1.Enable": "enabled",
    "NIC.1.Selection": "selection",
    "IPv4.1.DHCPEnable": "dhcp",
    "IPv4.1.Address": "address",
    "IPv4.1.Netmask": "netmask",
    "IPv4.1.Gateway": "gateway",
    "IPv4Static.1.Address": "address",
    "IPv4Static.1.Netmask": "netmask",
    "IPv4Static.1.Gateway": "gateway",
}


def _network_attributes(network: IdracNetwork) -> Body:
    words = {True: "Enabled", False: "Disabled"}
    used = {"address": network.address, "netmask": network.netmask, "gateway": network.gateway}
    return {
        "NIC.1.Enable": words[network.enabled],
        "NIC.1.Selection": network.selection,
        "IPv4.1.DHCPEnable": words[network.dhcp],
        **{f"IPv4.1.{name.capitalize()}": value for name, value in used.items()},
        **{f"IPv4Static.1.{name.capitalize()}": value for name, value in network.static.items()},
    }


def patch_attributes(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Set attributes of the network, all of them or none; the others of this model are read-only."""
    current = attributes(controller, arguments)["Attributes"]
    given = body.get("Attributes")
    if not isinstance(given, dict) or set(body) != {"Attributes"}:
        raise RedfishError(400, f"{BASE}.PropertyMissing", "Attributes", properties=("#/Attributes",))
    values: dict[str, Any] = {}
    for name, value in given.items():
        where = (f"#/Attributes/{name}",)
        if name not in SETTINGS:
            message = "PropertyNotWritable" if name in current else "PropertyUnknown"
            raise RedfishError(400, f"{BASE}.{message}", name, properties=where)
        setting = SETTINGS[name]
        if setting in ("enabled", "dhcp") and value not in SWITCH:
            raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(value), name, properties=where)
        values[setting] = SWITCH[value] if setting in ("enabled", "dhcp") else value
    try:
        controller.machine.network.change(values)
    except Refused as refused:
        name = next(iter(refused.fields))
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(values[name]), name) from None
    return Reply(200, success())


_MEMBER = f"{ROOT}/Managers/<member>"
RESOURCES = (
    Resource(f"{ROOT}/Managers", get=managers),
    Resource(_MEMBER, get=manager),
    Resource(f"{_MEMBER}/EthernetInterfaces", get=interfaces),
    Resource(f"{_MEMBER}/EthernetInterfaces/<nic>", get=interface),
    Resource(f"{_MEMBER}/NetworkProtocol", get=protocols),
    Resource(
        f"{_MEMBER}/Oem/Dell/DellAttributes/<group>",
        get=attributes,
        patch=patch_attributes,
        needs={"PATCH": CONFIGURE_MANAGER},
    ),
)
