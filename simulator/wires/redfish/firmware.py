# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware inventory: DMTF's, and Dell's beside it, by which clients know a newer iDRAC.

Source: DMTF schemas UpdateService and SoftwareInventory; ids as Dell's iDRAC makes them, which begin with the kind of
entry, the number of the component and its version.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit
from urllib.request import urlopen

from simulator.model.lifecycle import Item
from simulator.wires.redfish.controller import CONFIGURE_COMPONENTS, Controller
from simulator.wires.redfish.messages import BASE, RedfishError
from simulator.wires.redfish.resource import (
    ROOT,
    Arguments,
    Body,
    Form,
    Reply,
    Resource,
    collection,
    head,
    link,
    missing,
)
from simulator.wires.redfish.services import typed

FIRMWARE = f"{ROOT}/UpdateService/FirmwareInventory"
OF_DELL = f"{ROOT}/UpdateService/Oem/Dell/DellSoftwareInventory"
SIMPLE_UPDATE = f"{ROOT}/UpdateService/Actions/UpdateService.SimpleUpdate"
UPLOAD = f"{ROOT}/UpdateService/MultipartUpload"
PROTOCOLS = ("HTTP", "NFS", "CIFS", "TFTP", "HTTPS")
ENABLED = {"State": "Enabled", "Health": "OK"}


def update_service(controller: Controller, arguments: Arguments) -> Body:
    """Firmware: the inventory, and what brings another one. Older firmware takes no upload."""
    return {
        **head(f"{ROOT}/UpdateService", "UpdateService", "UpdateService", "Update Service"),
        "ServiceEnabled": True,
        "FirmwareInventory": link(FIRMWARE),
        "Status": ENABLED,
        **({} if controller.machine.lifecycle.older else {"MultipartHttpPushUri": UPLOAD}),
        "Actions": {
            "#UpdateService.SimpleUpdate": {
                "target": SIMPLE_UPDATE,
                "TransferProtocol@Redfish.AllowableValues": list(PROTOCOLS),
            }
        },
    }


def simple_update(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """SimpleUpdate: the iDRAC fetches a package, from a loopback address only, and makes a job of it."""
    uri = typed(body, "ImageURI", str, required=True)
    protocol = typed(body, "TransferProtocol", str)
    if protocol is not None and protocol not in PROTOCOLS:
        properties = ("#/TransferProtocol",)
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", protocol, "TransferProtocol", properties=properties)
    if urlsplit(uri).scheme != "http" or urlsplit(uri).hostname != "127.0.0.1":
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", uri, "ImageURI", properties=("#/ImageURI",))
    try:
        with urlopen(uri, timeout=5) as answer:
            content = answer.read()
    except OSError:
        content = b""
    return _job(controller, content, uri.rsplit("/", maxsplit=1)[-1], body)


def upload(controller: Controller, arguments: Arguments, form: Form) -> Reply:
    """A package by multipart/form-data (DSP0266, "Software update")."""
    if controller.machine.lifecycle.older:
        raise missing(UPLOAD)
    try:
        parameters = json.loads(form.fields.get("UpdateParameters", ""))
    except ValueError:
        raise RedfishError(400, f"{BASE}.MalformedJSON") from None
    if "UpdateFile" not in form.files or not isinstance(parameters, dict):
        raise RedfishError(400, f"{BASE}.PropertyMissing", "UpdateFile", properties=("#/UpdateFile",))
    name, content = form.files["UpdateFile"]
    return _job(controller, content, name, parameters)


def _job(controller: Controller, content: bytes, name: str, body: Body) -> Reply:
    at_once = body.get("@Redfish.OperationApplyTime", "Immediate") == "Immediate"
    job = controller.machine.lifecycle.flash.receive(content, name, at_once)
    return Reply(202, None, {"Location": f"{ROOT}/TaskService/Tasks/{job}"})


def _items(controller: Controller) -> dict[str, Item]:
    return {item.id: item for item in controller.machine.lifecycle.firmware()}


def _item(controller: Controller, place: str, name: str) -> Item:
    item = _items(controller).get(name)
    if item is None:
        raise missing(f"{place}/{name}")
    return item


def firmware_inventory(controller: Controller, arguments: Arguments) -> Body:
    """What is installed, and what could be installed again."""
    members = [f"{FIRMWARE}/{item}" for item in _items(controller)]
    return collection(FIRMWARE, "SoftwareInventoryCollection", "Firmware Inventory Collection", members)


def firmware(controller: Controller, arguments: Arguments) -> Body:
    """One of them."""
    item = _item(controller, FIRMWARE, arguments["item"])
    return {
        **head(f"{FIRMWARE}/{item.id}", "SoftwareInventory", item.id, item.name),
        "Version": item.version,
        "SoftwareId": item.component,
        "Updateable": item.updateable,
        "Status": ENABLED,
    }


def of_dell(controller: Controller, arguments: Arguments) -> Body:
    """Dell's inventory, which older firmware does not have; unlike DMTF's it shows its members whole."""
    if controller.machine.lifecycle.older:
        raise missing(OF_DELL)
    items = _items(controller).values()
    found = collection(OF_DELL, "DellSoftwareInventoryCollection", "DellSoftwareInventoryCollection", ())
    return {**found, "Members": [_as_dell(item) for item in items], "Members@odata.count": len(items)}


def _as_dell(item: Item) -> Body:
    numbers = [int(part) for part in item.version.split(".") if part.isdecimal()]
    return {
        **head(f"{OF_DELL}/{item.id}", "DellSoftwareInventory", item.id, "DellSoftwareInventory"),
        "ComponentID": item.component,
        "ElementName": item.name,
        "VersionString": item.version,
        **dict(zip(("MajorVersion", "MinorVersion", "RevisionNumber", "BuildNumber"), numbers, strict=False)),
        "Status": item.kind,
    }


def one_of_dell(controller: Controller, arguments: Arguments) -> Body:
    """One entry of it."""
    of_dell(controller, arguments)
    return _as_dell(_item(controller, OF_DELL, arguments["item"]))


RESOURCES = (
    Resource(f"{ROOT}/UpdateService", get=update_service),
    Resource(SIMPLE_UPDATE, post=simple_update, needs={"POST": CONFIGURE_COMPONENTS}),
    Resource(UPLOAD, form=upload, needs={"POST": CONFIGURE_COMPONENTS}),
    Resource(FIRMWARE, get=firmware_inventory),
    Resource(f"{FIRMWARE}/<item>", get=firmware),
    Resource(OF_DELL, get=of_dell),
    Resource(f"{OF_DELL}/<item>", get=one_of_dell),
)
