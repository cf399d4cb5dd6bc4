# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service root, the server (ComputerSystem) and its chassis.

Source: DMTF schemas ServiceRoot, ComputerSystem, Chassis; the reset types and the answers of Dell's iDRAC 9.
"""

from __future__ import annotations

import uuid

from simulator.wires.redfish.controller import CONFIGURE_COMPONENTS, Controller
from simulator.wires.redfish.messages import BASE, IDRAC, RedfishError
from simulator.wires.redfish.resource import (
    ROOT,
    Arguments,
    Body,
    Reply,
    Resource,
    collection,
    head,
    link,
    metadata,
    missing,
)

RESET_TYPES = (
    "On",
    "ForceOff",
    "ForceRestart",
    "GracefulRestart",
    "GracefulShutdown",
    "PushPowerButton",
    "Nmi",
    "PowerCycle",
)
FEATURES = {
    "ExpandQuery": {"ExpandAll": True, "Levels": True, "Links": True, "MaxLevels": 1, "NoLinks": True},
    "FilterQuery": False,
    "OnlyMemberQuery": False,
    "ExcerptQuery": False,
    "SelectQuery": True,
}


def unique_id(controller: Controller) -> str:
    """A UUID that stays the same for one service tag."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{controller.machine.service_tag}.idrac.invalid"))


def system_path(controller: Controller) -> str:
    """Where the server is."""
    return f"{ROOT}/Systems/{controller.names.system}"


def manager_path(controller: Controller) -> str:
    """Where the iDRAC itself is."""
    return f"{ROOT}/Managers/{controller.names.manager}"


def chassis_path(controller: Controller) -> str:
    """Where the chassis is."""
    return f"{ROOT}/Chassis/{controller.names.chassis}"


def versions(controller: Controller, arguments: Arguments) -> Body:
    """``/redfish``."""
    return {"v1": f"{ROOT}/"}


def service_root(controller: Controller, arguments: Arguments) -> Body:
    """``/redfish/v1``, for everybody."""
    return {
        **head(f"{ROOT}/", "ServiceRoot", "RootService", "Root Service"),
        "RedfishVersion": "1.17.0",
        "Vendor": "Dell",
        "Product": "Integrated Dell Remote Access Controller",
        "UUID": unique_id(controller),
        "ProtocolFeaturesSupported": FEATURES,
        "Systems": link(f"{ROOT}/Systems"),
        "Managers": link(f"{ROOT}/Managers"),
        "Chassis": link(f"{ROOT}/Chassis"),
        "AccountService": link(f"{ROOT}/AccountService"),
        "SessionService": link(f"{ROOT}/SessionService"),
        "UpdateService": link(f"{ROOT}/UpdateService"),
        "JobService": link(f"{ROOT}/JobService"),
        "Tasks": link(f"{ROOT}/TaskService"),
        "Registries": link(f"{ROOT}/Registries"),
        "Links": {"Sessions": link(f"{ROOT}/SessionService/Sessions")},
        "Oem": {
            "Dell": {
                "@odata.type": "#DellServiceRoot.v1_0_0.DellServiceRoot",
                "IsBranded": 0,
                "ManagerMACAddress": "02:00:00:00:00:01",
                "ServiceTag": controller.machine.service_tag,
            }
        },
    }


def odata(controller: Controller, arguments: Arguments) -> Body:
    """The OData service document."""
    root = service_root(controller, arguments)
    names = [name for name, value in root.items() if isinstance(value, dict) and set(value) == {"@odata.id"}]
    return {
        "@odata.context": f"{ROOT}/$metadata",
        "value": [
            {"name": "Service", "kind": "Singleton", "url": f"{ROOT}/"},
            *({"name": name, "kind": "Singleton", "url": root[name]["@odata.id"]} for name in names),
            {"name": "Sessions", "kind": "Singleton", "url": f"{ROOT}/SessionService/Sessions"},
        ],
    }


def metadata_document(controller: Controller, arguments: Arguments) -> Reply:
    """``$metadata``."""
    return Reply(200, metadata(), content_type="application/xml;charset=utf-8")


def systems(controller: Controller, arguments: Arguments) -> Body:
    """The one server."""
    name = "Computer System Collection"
    return collection(f"{ROOT}/Systems", "ComputerSystemCollection", name, [system_path(controller)])


def _only(wanted: str, arguments: Arguments, path: str) -> None:
    if arguments["member"] != wanted:
        raise missing(f"{path}/{arguments['member']}")


def system(controller: Controller, arguments: Arguments) -> Body:
    """The server."""
    names, machine = controller.names, controller.machine
    _only(names.system, arguments, f"{ROOT}/Systems")
    path = system_path(controller)
    return {
        **head(path, "ComputerSystem", names.system, "System"),
        "SystemType": "Physical",
        "Manufacturer": "Dell Inc.",
        "Model": machine.hardware_model,
        "SKU": machine.service_tag,
        "SerialNumber": machine.serial_number,
        "AssetTag": "",
        "HostName": machine.host_name,
        "UUID": unique_id(controller),
        "BiosVersion": machine.bios_version,
        "PowerState": machine.power_state,
        "LastResetTime": machine.boot_time.replace(microsecond=0).isoformat(),
        "BootProgress": {"LastState": machine.boot_progress},
        "Status": {"State": "Enabled", "Health": "OK", "HealthRollup": machine.lifecycle.health},
        "Bios": link(f"{path}/Bios"),
        "NetworkInterfaces": link(f"{path}/NetworkInterfaces"),
        "Links": {
            "Chassis": [link(chassis_path(controller))],
            "ManagedBy": [link(manager_path(controller))],
        },
        "Oem": {
            "Dell": {
                "@odata.type": "#DellOem.v1_3_0.DellOemResources",
                "DellSystem": {
                    "@odata.type": "#DellSystem.v1_4_0.DellSystem",
                    "SystemGeneration": machine.generation,
                    "SystemID": machine.lifecycle.system_id,
                },
            }
        },
        "Actions": {
            "#ComputerSystem.Reset": {
                "target": f"{path}/Actions/ComputerSystem.Reset",
                "ResetType@Redfish.AllowableValues": list(RESET_TYPES),
            }
        },
    }


def reset(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """``ComputerSystem.Reset``; a state that is there already is answered with 409 and PSU501."""
    _only(controller.names.system, arguments, f"{ROOT}/Systems")
    wanted = body.get("ResetType")
    if wanted is None:
        raise RedfishError(400, f"{BASE}.ActionParameterMissing", "ComputerSystem.Reset", "ResetType")
    if wanted not in RESET_TYPES:
        properties = ("#/ResetType",)
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(wanted), "ResetType", properties=properties)
    powered = controller.machine.power_state != "Off"
    if wanted == "On" and powered:
        raise RedfishError(409, f"{IDRAC}.PSU501", "ON")
    if wanted not in ("On", "PushPowerButton") and not powered:
        raise RedfishError(409, f"{IDRAC}.PSU501", "OFF")
    if wanted != "Nmi":
        controller.machine.power(str(wanted))
    return Reply(204)


def chassis_collection(controller: Controller, arguments: Arguments) -> Body:
    """The one chassis."""
    return collection(f"{ROOT}/Chassis", "ChassisCollection", "Chassis Collection", [chassis_path(controller)])


def chassis(controller: Controller, arguments: Arguments) -> Body:
    """The chassis."""
    names, machine = controller.names, controller.machine
    _only(names.chassis, arguments, f"{ROOT}/Chassis")
    return {
        **head(chassis_path(controller), "Chassis", names.chassis, "Computer System Chassis"),
        "ChassisType": "RackMount",
        "Manufacturer": "Dell Inc.",
        "Model": machine.hardware_model,
        "SKU": machine.service_tag,
        "SerialNumber": machine.serial_number,
        "PowerState": "On" if machine.power_state == "On" else "Off",
        "Status": {"State": "Enabled", "Health": "OK", "HealthRollup": machine.lifecycle.health},
        "NetworkAdapters": link(f"{chassis_path(controller)}/NetworkAdapters"),
        "Links": {
            "ComputerSystems": [link(system_path(controller))],
            "ManagedBy": [link(manager_path(controller))],
            "ManagersInChassis": [link(manager_path(controller))],
        },
    }


RESOURCES = (
    Resource("/redfish", get=versions, public=True),
    Resource(ROOT, get=service_root, public=True),
    Resource(f"{ROOT}/odata", get=odata, public=True),
    Resource(f"{ROOT}/$metadata", get=metadata_document, public=True),
    Resource(f"{ROOT}/Systems", get=systems),
    Resource(f"{ROOT}/Systems/<member>", get=system),
    Resource(f"{ROOT}/Systems/<member>/Actions/ComputerSystem.Reset", post=reset, needs={"POST": CONFIGURE_COMPONENTS}),
    Resource(f"{ROOT}/Chassis", get=chassis_collection),
    Resource(f"{ROOT}/Chassis/<member>", get=chassis),
)
