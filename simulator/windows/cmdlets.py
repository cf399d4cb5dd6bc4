# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of PowerShell that the simulator models, each with the parameters it takes.

Written from the documentation of Windows PowerShell 5.1 (Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management,
CimCmdlets, BitLocker). Objects are dictionaries; dates and enumerations keep a type, as they are printed differently.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.windows.bitlocker import get_bitlocker_volume
from simulator.windows.cim_methods import drives, invoke
from simulator.windows.dell_update import get_file_hash, invoke_web_request
from simulator.windows.desktop import (
    get_child_item,
    get_process,
    get_scheduled_task,
    get_scheduled_task_info,
    register_scheduled_task,
    start_scheduled_task,
    test_path,
    unregister_scheduled_task,
)
from simulator.windows.event_log import get_win_event
from simulator.windows.hardware import bios, computer_system
from simulator.windows.machine import Machine
from simulator.windows.nics import CHANGES, READS, configurations, refusing
from simulator.windows.pnp import (
    entities,
    get_authenticode_signature,
    get_windows_driver,
    new_item,
    remove_item,
    select_string,
)
from simulator.windows.server_manager import (
    get_net_firewall_rule,
    get_web_configuration,
    get_windows_feature,
    inet_stp,
    install_windows_feature,
    new_net_firewall_rule,
    set_net_firewall_rule,
    set_web_configuration_property,
)
from simulator.windows.suspension import encryptable_volumes, resume_bitlocker, suspend_bitlocker
from simulator.windows.terms import Complaint, Enumerated

Objects = list[Any]
Handler = Callable[[Machine, Objects, Mapping[str, Any]], Objects]

WINDOWS_APPLICATION = "55c92734-d682-4d71-983e-d6ec3f16059f"
NEW_RULE = ("name", "displayname", "direction", "protocol", "localport", "action", "enabled")
COMMON = (
    "erroraction",
    "warningaction",
    "verbose",
    "debug",
    "errorvariable",
    "warningvariable",
    "outvariable",
    "outbuffer",
)


@dataclass(frozen=True)
class Cmdlet:
    """A command: its name, the parameters it takes, what it does."""

    name: str
    parameters: tuple[str, ...]
    run: Handler


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _get_item_property(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    path = given.get("literalpath", given.get("path"))
    if path is None:
        raise Complaint(
            "Get-ItemProperty",
            "Cannot process command because of one or more missing mandatory parameters: Path.",
            "InvalidArgument: (:) [Get-ItemProperty], ParameterBindingException",
            "MissingMandatoryParameter,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
        )
    found: Objects = []
    for key in _texts(path):
        values = {**machine.registry(), **inet_stp(machine)}.get(key.upper())
        if values is None:
            raise Complaint(
                "Get-ItemProperty",
                f"Cannot find path '{key}' because it does not exist.",
                f"ObjectNotFound: ({key}:String) [Get-ItemProperty], ItemNotFoundException",
                "PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
            )
        found.append(_named_values(key, values, given))
    return found


def _named_values(key: str, values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    names = _texts(given["name"]) if "name" in given else list(values)
    folded = {name.upper(): name for name in values}
    result: dict[str, Any] = {}
    for name in names:
        if name.upper() not in folded:
            raise Complaint(
                "Get-ItemProperty",
                f"Property {name} does not exist at path {key}.",
                f"InvalidArgument: ({name}:String) [Get-ItemProperty], PSArgumentException",
                "System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
            )
        result[folded[name.upper()]] = values[folded[name.upper()]]
    provider = "Microsoft.PowerShell.Core\\Registry"
    return {**result, "PSPath": f"{provider}::{key}", "PSChildName": key.rsplit("\\", 1)[-1], "PSProvider": provider}


def _get_cim_instance(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    appliance, windows = machine.appliance, machine.windows
    name = str(given.get("classname", ""))
    classes: dict[str, dict[str, Any]] = {
        "win32_operatingsystem": {
            "Caption": windows.caption,
            "Version": windows.version,
            "CSName": appliance.machine_name,
            "LastBootUpTime": appliance.boot_time,
            "LocalDateTime": appliance.clock.datetime() + timedelta(seconds=appliance.clock_offset),
        },
        "win32_bios": bios(machine),
        "win32_computersystem": computer_system(machine),
    }
    encryptable = encryptable_volumes(machine, given)
    if encryptable is not None:
        return encryptable
    if name.lower() == "softwarelicensingproduct":
        return _licensing_products(machine)
    if name.lower() == "softwarelicensingservice":
        return [{"CimClass": "SoftwareLicensingService", "Version": windows.version}]
    if name.lower() == "win32_pnpentity":
        return entities(machine)
    if name.lower() == "win32_networkadapterconfiguration":
        return configurations(machine)
    if name.lower() == "win32_volume":
        return drives(machine)
    if name.lower() == "win32_service":
        return [
            {"Name": name, "DisplayName": name, "State": state} for name, state in appliance.services.states.items()
        ]
    if name.lower() not in classes or str(given.get("namespace", "root/cimv2")).lower() not in (
        "root/cimv2",
        "root\\cimv2",
    ):
        raise Complaint(
            "Get-CimInstance",
            "Invalid class ",
            f"MetadataError: (root\\cimv2:{name}:String) [Get-CimInstance], CimException",
            "HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand",
        )
    return [classes[name.lower()]]


def _licensing_products(machine: Machine) -> Objects:
    """SoftwareLicensingProduct: the editions of Windows that could be installed, and the one that has a key."""
    licensing = machine.appliance.licensing
    channel = "Volume:GVLK" if licensing.kms_server else "OEM:NONSLP"
    windows = {"Name": "Windows(R), ServerStandard edition", "ApplicationID": WINDOWS_APPLICATION}
    status = {"LicenseStatus": 1, "LicenseStatusReason": 1074066433, "GracePeriodRemaining": 0}
    if not licensing.activated:
        status = {"LicenseStatus": 5, "LicenseStatusReason": 3221549105, "GracePeriodRemaining": 0}
    none = {"LicenseStatus": 0, "LicenseStatusReason": 3221549076, "GracePeriodRemaining": 0}
    windows["CimClass"] = "SoftwareLicensingProduct"
    installed = {**windows, **status, "PartialProductKey": licensing.partial_key, "ProductKeyChannel": channel}
    spare = {**windows, **none, "PartialProductKey": None, "ProductKeyChannel": None, "OfflineInstallationId": ""}
    return [spare, {**installed, "OfflineInstallationId": licensing.installation_id}]


def _select_object(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    first = given.get("first")
    chosen = objects[: int(first)] if first is not None else objects
    if "expandproperty" in given:
        return [item for one in chosen for item in _expanded(one, str(given["expandproperty"]))]
    if "property" not in given:
        return chosen
    names = _texts(given["property"])
    if any(set(name) & set("*?[]") for name in names):
        raise Complaint("Select-Object", "Wildcards are not modelled.", "NotImplemented: (:) [], x", "NotModelled")
    return [{_spelling(one, name): _member(one, name) for name in names} for one in chosen]


def _where_object(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    """One property compared with one value: -EQ, -NE and -Match, all without regard to case."""
    name, value = str(given.get("property", "")), str(given.get("value", ""))
    if given.get("match") is True:
        return [one for one in objects if re.search(value, as_text(_member(one, name)), re.IGNORECASE)]
    wanted = given.get("ne") is not True
    return [one for one in objects if (as_text(_member(one, name)).upper() == value.upper()) is wanted]


def _spelling(one: Any, name: str) -> str:
    names = one if isinstance(one, dict) else ()
    return next((known for known in names if known.upper() == name.upper()), name)


def _member(one: Any, name: str) -> Any:
    return one.get(_spelling(one, name)) if isinstance(one, dict) else None


def _expanded(one: Any, name: str) -> list[Any]:
    if not isinstance(one, dict) or _spelling(one, name) not in one:
        raise Complaint(
            "Select-Object",
            f'Property "{name}" cannot be found.',
            "InvalidArgument: (:PSObject) [Select-Object], PSArgumentException",
            "ExpandPropertyNotFound,Microsoft.PowerShell.Commands.SelectObjectCommand",
        )
    value = _member(one, name)
    return value if isinstance(value, list) else [value]


def _convert_to_json(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    if "inputobject" in given:
        objects = [given["inputobject"]]
    if not objects:
        return []
    depth = int(given.get("depth", 2))
    plain = [_plain(item, depth) for item in objects]
    value = plain[0] if len(plain) == 1 else plain
    compressed = given.get("compress") is True
    text = json.dumps(value, ensure_ascii=False, indent=None if compressed else 4, separators=(",", ":"))
    return [text.replace("/Date(", "\\/Date(").replace(")/", ")\\/").replace("'", "\\u0027")]


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, datetime):
        return f"/Date({int(value.timestamp() * 1000)})/"
    if isinstance(value, Enumerated):
        return value.number
    if isinstance(value, dict):
        return {key: _plain(item, depth - 1) for key, item in value.items()} if depth >= 0 else as_text(value)
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value] if depth >= 0 else " ".join(map(as_text, value))
    return value


def as_text(value: Any) -> str:
    """A value as PowerShell turns it into text."""
    if value is None:
        return ""
    if isinstance(value, Enumerated):
        return value.name
    if isinstance(value, datetime):
        return value.strftime("%m/%d/%Y %H:%M:%S")
    if isinstance(value, dict):
        return "@{" + "; ".join(f"{key}={as_text(item)}" for key, item in value.items()) + "}"
    return str(value)


def listed(objects: Objects) -> str:
    """Objects as they appear on the console: texts as they are, everything else as a list of its members."""
    lines: list[str] = []
    for one in objects:
        if not isinstance(one, dict):
            lines.append(as_text(one))
            continue
        width = max(map(len, one), default=0)
        lines += ["", *(f"{name:<{width}} : {as_text(item)}" for name, item in one.items()), ""]
    return "".join(f"{line}\r\n" for line in lines)


def _out_string(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    return [listed(objects)]


def _convert_to_csv(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    """Texts between quotes, as 5.1 writes them; an array is its type."""
    rows = [list(objects[0])] if objects else []
    rows += [["System.String[]" if isinstance(value, list) else as_text(value) for value in one.values()]
             for one in objects]  # fmt: skip
    return [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in rows]


def _convert_from_csv(machine: Machine, objects: Objects, given: Mapping[str, Any]) -> Objects:
    rows = list(csv.reader(objects))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


CMDLETS = {
    cmdlet.name.lower(): cmdlet
    for cmdlet in (
        Cmdlet("Get-BitLockerVolume", ("mountpoint",), get_bitlocker_volume),
        Cmdlet("Get-ItemProperty", ("path", "literalpath", "name"), _get_item_property),
        Cmdlet("Get-CimInstance", ("classname", "namespace"), _get_cim_instance),
        Cmdlet("Select-Object", ("property", "expandproperty", "first"), _select_object),
        Cmdlet("ConvertTo-Json", ("inputobject", "depth", "compress"), _convert_to_json),
        Cmdlet("Where-Object", ("property", "eq", "ne", "match", "value"), _where_object),
        Cmdlet("Invoke-CimMethod", ("methodname", "arguments"), invoke),
        Cmdlet("Get-ChildItem", ("literalpath", "force", "recurse"), get_child_item),
        Cmdlet("Test-Path", ("literalpath", "pathtype"), test_path),
        Cmdlet("Get-Process", ("name", "includeusername"), get_process),
        Cmdlet("Register-ScheduledTask", ("taskname", "xml", "force"), register_scheduled_task),
        Cmdlet("Start-ScheduledTask", ("taskname",), start_scheduled_task),
        Cmdlet("Get-ScheduledTask", ("taskname",), get_scheduled_task),
        Cmdlet("Get-ScheduledTaskInfo", ("taskname",), get_scheduled_task_info),
        Cmdlet("Unregister-ScheduledTask", ("taskname", "confirm"), unregister_scheduled_task),
        Cmdlet("Suspend-BitLocker", ("mountpoint", "rebootcount", "confirm"), suspend_bitlocker),
        Cmdlet("Resume-BitLocker", ("mountpoint", "confirm"), resume_bitlocker),
        Cmdlet("Get-WinEvent", ("logname", "filterxpath", "maxevents", "oldest"), get_win_event),
        Cmdlet("New-Item", ("itemtype", "path", "force"), new_item),
        Cmdlet("Remove-Item", ("literalpath", "recurse", "force", "confirm"), remove_item),
        Cmdlet("Select-String", ("pattern", "simplematch", "allmatches"), select_string),
        Cmdlet("Get-AuthenticodeSignature", ("literalpath",), get_authenticode_signature),
        Cmdlet("Get-WindowsDriver", ("online",), get_windows_driver),
        Cmdlet("Get-WindowsFeature", ("name",), get_windows_feature),
        Cmdlet("Install-WindowsFeature", ("name", "includemanagementtools", "confirm"), install_windows_feature),
        Cmdlet("Get-WebConfiguration", ("pspath", "filter"), get_web_configuration),
        Cmdlet("Set-WebConfigurationProperty", ("pspath", "filter", "name", "value"), set_web_configuration_property),
        Cmdlet("Get-NetFirewallRule", ("name",), get_net_firewall_rule),
        Cmdlet("Set-NetFirewallRule", ("name", "enabled", "action"), set_net_firewall_rule),
        Cmdlet("New-NetFirewallRule", NEW_RULE, new_net_firewall_rule),
        Cmdlet("Invoke-WebRequest", ("uri", "outfile", "usebasicparsing"), invoke_web_request),
        Cmdlet("Get-FileHash", ("literalpath", "algorithm"), get_file_hash),
        Cmdlet("Out-String", ("width", "stream"), _out_string),
        Cmdlet("ConvertTo-Csv", ("notypeinformation",), _convert_to_csv),
        Cmdlet("ConvertFrom-Csv", (), _convert_from_csv),
        *(Cmdlet(name, parameters, run) for name, parameters, run in READS),
        *(Cmdlet(name, parameters, refusing(name, run)) for name, parameters, run in CHANGES),
    )
}
