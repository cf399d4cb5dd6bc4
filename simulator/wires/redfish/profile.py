# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts in Dell's words: as attributes of the manager, and in configuration profiles, exported and imported.

Of a profile only the accounts are modelled; any other attribute is refused. An export is a task whose answer, once it
is done, is the profile. Source: how Dell's Ansible collection reads and writes accounts (module ``idrac_user``); its
words for the privileges: 511 is Administrator, 499 Operator, 1 ReadOnly, 0 none.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from simulator.wires.redfish.controller import CONFIGURE_MANAGER, CONFIGURE_USERS, Account, Controller
from simulator.wires.redfish.messages import BASE, RedfishError, success
from simulator.wires.redfish.resource import ROOT, Arguments, Body, Reply, Resource, head, missing
from simulator.wires.redfish.system import manager_path

EXPORT, IMPORT = "SystemConfigurationExport", "SystemConfigurationImport"
PRIVILEGES = {"Administrator": "511", "Operator": "499", "ReadOnly": "1", "None": "0"}
FIXED = {
    "IpmiLanPrivilege": "No Access",
    "IpmiSerialPrivilege": "No Access",
    "SolEnable": "Disabled",
    "ProtocolEnable": "Disabled",
    "AuthenticationProtocol": "SHA",
    "PrivacyProtocol": "AES",
}
"""What else Dell says of an account; here it is never otherwise."""


def _path(controller: Controller, arguments: Arguments) -> str:
    if arguments["member"] != controller.names.manager:
        raise missing(f"{ROOT}/Managers/{arguments['member']}")
    return manager_path(controller)


def _told(account: Account) -> dict[str, str]:
    return {
        "UserName": account.username,
        "Enable": "Enabled" if account.enabled else "Disabled",
        "Privilege": PRIVILEGES[account.role],
        **FIXED,
    }


def attributes(controller: Controller, arguments: Arguments) -> Body:
    """The accounts as attributes of the manager."""
    path = f"{_path(controller, arguments)}/Attributes"
    found = {
        f"Users.{slot}.{name}": value
        for slot, account in controller.accounts.items()
        for name, value in _told(account).items()
    }
    return {**head(path, "DellAttributes", "iDRACAttributes", "DellAttributes"), "Attributes": found}


def change(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Change accounts, all that is given or nothing."""
    wanted = body.get("Attributes")
    if not isinstance(wanted, dict) or set(body) != {"Attributes"}:
        raise RedfishError(400, f"{BASE}.PropertyMissing", "Attributes", properties=("#/Attributes",))
    _apply(controller, {name: str(value) for name, value in wanted.items()})
    return Reply(200, success())


def _apply(controller: Controller, wanted: Mapping[str, str]) -> None:
    """:param wanted: by ``Users.<slot>.<name>``; slot 1 is reserved."""
    orders = []
    for name, value in wanted.items():
        found = re.fullmatch(r"Users\.(\d+)\.(\w+)", name)
        account = controller.accounts.get(int(found[1])) if found else None
        if found is None or account is None or account.slot == 1:
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name, properties=(f"#/Attributes/{name}",))
        allowed = {
            "Enable": ("Enabled", "Disabled"),
            "Privilege": tuple(PRIVILEGES.values()),
            **{word: (only,) for word, only in FIXED.items()},
        }
        if found[2] not in ("UserName", "Password", *allowed):
            raise RedfishError(400, f"{BASE}.PropertyUnknown", name, properties=(f"#/Attributes/{name}",))
        if value not in allowed.get(found[2], (value,)):
            raise RedfishError(400, f"{BASE}.PropertyValueNotInList", value, name)
        orders.append((account, found[2], value))
    for account, word, value in orders:
        _set(account, word, value)
        controller.keep(account)


def _set(account: Account, word: str, value: str) -> None:
    if word == "UserName":
        account.username = value
    elif word == "Password":
        account.password = value
    elif word == "Enable":
        account.enabled = value == "Enabled"
    elif word == "Privilege":
        account.role = next(role for role, number in PRIVILEGES.items() if number == value)


def profile(controller: Controller) -> Body:
    """What an export answers in the end."""
    found = [
        {"Name": f"Users.{slot}#{name}", "Value": value, "Set On Import": "True", "Comment": "Read and Write"}
        for slot, account in controller.accounts.items()
        for name, value in _told(account).items()
    ]
    machine = controller.machine
    return {
        "SystemConfiguration": {
            "Model": machine.hardware_model,
            "ServiceTag": machine.service_tag,
            "Components": [{"FQDD": controller.names.manager, "Attributes": found}],
        }
    }


def export(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Start an export of the iDRAC's part as JSON into the answer, the only one that is modelled."""
    _path(controller, arguments)
    share = body.get("ShareParameters")
    target = share.get("Target") if isinstance(share, dict) else None
    if body.get("ExportFormat") != "JSON" or target not in ("IDRAC", ["IDRAC"]):
        raise RedfishError(400, f"{BASE}.PropertyValueNotInList", str(body.get("ExportFormat")), "ExportFormat")
    return _task(controller, EXPORT, "Export: Server Configuration Profile", "Successfully exported.", "SYS043")


def bring_in(controller: Controller, arguments: Arguments, body: Body) -> Reply:
    """Import a profile in XML from the request, at once."""
    _path(controller, arguments)
    try:
        root = ET.fromstring(str(body.get("ImportBuffer")))
    except ET.ParseError:
        raise RedfishError(400, f"{BASE}.PropertyValueTypeError", "********", "ImportBuffer") from None
    found: dict[str, str] = {}
    for component in root.iter("Component"):
        if component.get("FQDD") != controller.names.manager:
            raise RedfishError(400, f"{BASE}.PropertyUnknown", str(component.get("FQDD")))
        found |= {str(one.get("Name")).replace("#", "."): one.text or "" for one in component.iter("Attribute")}
    _apply(controller, found)
    words = "Successfully imported and applied Server Configuration Profile."
    return _task(controller, IMPORT, "Import: Server Configuration Profile", words, "SYS053")


def _task(controller: Controller, kind: str, name: str, words: str, message_id: str) -> Reply:
    more = {"message": words, "message_id": message_id}
    job = controller.machine.lifecycle.add_job(kind, name, "Completed", more)
    return Reply(202, None, {"Location": f"{ROOT}/TaskService/Tasks/{job}"})


_MEMBER = f"{ROOT}/Managers/<member>"
_ACTION = f"{_MEMBER}/Actions/Oem/EID_674_Manager"
RESOURCES = (
    Resource(f"{_MEMBER}/Attributes", get=attributes, patch=change, needs={"PATCH": CONFIGURE_USERS}),
    Resource(f"{_ACTION}.ExportSystemConfiguration", post=export, needs={"POST": CONFIGURE_MANAGER}),
    Resource(f"{_ACTION}.ImportSystemConfiguration", post=bring_in, needs={"POST": CONFIGURE_USERS}),
)
