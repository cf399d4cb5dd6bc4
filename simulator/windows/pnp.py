# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, devices and drivers as PowerShell, certutil.exe and pnputil.exe show them.

After Microsoft's documentation of the commands and of both programs (PnPUtil command syntax, examples and return
values); in words pnputil of Windows Server 2016 differs from the one of 2012 R2, which knows ``-i -a`` only.
"""

from __future__ import annotations

import hashlib
import ntpath
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.windows.dell_update import signature
from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint, Enumerated

SIGNATURES = {
    "signed": (Enumerated("Valid", 0), "Signature verified."),
    "untrusted": (Enumerated("Valid", 0), "Signature verified."),
    "changed": (Enumerated("HashMismatch", 3), "The contents of file might have been changed by an unauthorized user."),
    "": (Enumerated("NotSigned", 2), "The file is not digitally signed."),
}
UNTRUSTED, NO_CATALOGUE, CHANGED = 0xE0000242, 0xE000022F, 0xE000024B
NOTHING_MATCHED, RESTART = 259, 3010


def _missing(command: str, path: str) -> Complaint:
    kind = f"Microsoft.PowerShell.Commands.{command.replace('-', '')}Command"
    return Complaint(
        command,
        f"Cannot find path '{path}' because it does not exist.",
        f"ObjectNotFound: ({path}:String) [{command}], ItemNotFoundException",
        f"PathNotFound,{kind}",
    )


def _info(path: str) -> dict[str, Any]:
    name = ntpath.basename(path)
    return {"Name": name, "FullName": path, "Extension": ntpath.splitext(name)[1]}


def listed(machine: Machine, path: str, recurse: bool) -> list[Any] | None:
    """What Get-ChildItem gives for a file or a folder of the disk; None when it is neither."""
    disk = machine.appliance.disk
    file = disk.named(path)
    if file:
        return [_info(file)]
    return [_info(one) for one in disk.below(path, recurse=recurse)] if disk.is_folder(path) else None


def new_item(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """New-Item -ItemType Directory."""
    path = str(given["path"])
    machine.appliance.disk.folders.append(path)
    return [_info(path)]


def remove_item(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Remove-Item; without -Recurse and -Confirm:$false it would ask about a folder."""
    asked = given["literalpath"]
    path = str(asked[0] if isinstance(asked, list) else asked)
    sure = given.get("recurse") is True and given.get("confirm") is False
    if machine.appliance.disk.is_folder(path) and not sure:
        raise Complaint("Remove-Item", "PowerShell is in NonInteractive mode.", "InvalidOperation: (:) []", "x")
    if not machine.appliance.disk.remove(path):
        raise _missing("Remove-Item", path)
    return []


def select_string(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Select-String -SimpleMatch over files that come through the pipeline: the first pattern that a line holds."""
    patterns = given["pattern"] if isinstance(given["pattern"], list) else [given["pattern"]]
    found = []
    for one in objects:
        text = machine.appliance.disk.files[one["FullName"]].decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            for pattern in patterns:
                if str(pattern).upper() in line.upper():
                    found.append({"Path": one["FullName"], "Pattern": pattern, "Line": line, "LineNumber": number})
                    break
    return found


def _catalogue(machine: Machine, path: str) -> str:
    text = machine.appliance.disk.files[path].decode("utf-8", "replace")
    return next((word for word in SIGNATURES if word and text.startswith(word)), "")


def get_authenticode_signature(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-AuthenticodeSignature of a package of Dell that is named, or of files that come through the pipeline."""
    asked = given.get("literalpath", [])
    found = [signature(machine, str(path)) for path in (asked if isinstance(asked, list) else [asked])]
    for one in objects:
        status, message = SIGNATURES[_catalogue(machine, one["FullName"])]
        found.append({"Path": one["FullName"], "Status": status, "StatusMessage": message})
    return found


def get_windows_driver(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-WindowsDriver -Online: the packages of the store that did not come with Windows."""
    if given.get("online") is not True:
        raise Complaint("Get-WindowsDriver", "Only -Online is modelled.", "NotImplemented: (:) []", "x")
    repository = "C:\\Windows\\System32\\DriverStore\\FileRepository"
    return [
        {
            "Driver": published,
            "OriginalFileName": f"{repository}\\{one['name']}_amd64_9c1bd3\\{one['name']}",
            "Version": one["version"],
            "Inbox": False,
        }
        for published, one in machine.appliance.devices.store.items()
    ]


def entities(machine: Machine) -> list[Any]:
    """The CIM class Win32_PnPEntity."""
    return [
        {
            "Name": device.name,
            "DeviceID": device.device_id,
            "HardwareID": device.hardware_ids,
            "CompatibleID": device.compatible_ids,
            "ConfigManagerErrorCode": device.code,
        }
        for device in machine.appliance.devices.known
    ]


def certutil(machine: Machine, arguments: Sequence[str]) -> tuple[int, str]:
    """certutil.exe -hashfile; up to 2012 R2 the digits of a hash stand in pairs."""
    disk, words = machine.appliance.disk, list(arguments)
    done = f"CertUtil: {words[0] if words else ''} command completed successfully.\r\n"
    source = disk.named(words[1]) if len(words) == 3 else None
    if source is None:
        return 0x80070002, "CertUtil: The system cannot find the file specified.\r\n"
    data = disk.files[source]
    if words[0] == "-hashfile" and words[2].upper() == "SHA256":
        digits = hashlib.sha256(data).hexdigest()
        if machine.windows.version.startswith("6."):
            digits = " ".join(digits[at : at + 2] for at in range(0, 64, 2))
        head = "SHA256-Hash der Datei" if machine.windows.language == "de" else "SHA256 hash of file"
        return 0, f"{head} {source}:\r\n{digits}\r\n{done}"
    return 0x80070057, "CertUtil: The parameter is incorrect.\r\n"


def _is_modern(machine: Machine) -> bool:
    return machine.windows.version.startswith("10.")


def pnputil(machine: Machine, arguments: Sequence[str]) -> tuple[int, str]:
    """pnputil.exe: its help, and adding and installing one package."""
    words = [word.lower() for word in arguments]
    head = "Microsoft-PnP-Dienstprogramm" if machine.windows.language == "de" else "Microsoft PnP Utility"
    if words in (["/?"], ["-?"]):
        modern = "PNPUTIL /add-driver <filename.inf | *.inf> [/subdirs] [/install] [/reboot]\r\n"
        legacy = "Usage:\r\npnputil.exe [-f | -i] [ -? | -a | -d | -e ] <INF name>\r\n"
        return 0, f"{head}\r\n\r\n{modern if _is_modern(machine) else legacy}"
    as_before = words[:2] == ["-i", "-a"] and len(words) == 3
    if not as_before and not (_is_modern(machine) and words[:1] == ["/add-driver"] and words[2:] == ["/install"]):
        return 1, f"{head}\r\n\r\nInvalid parameter.\r\n"
    return _add(machine, arguments[2] if as_before else arguments[1], head)


def _add(machine: Machine, path: str, head: str) -> tuple[int, str]:
    appliance = machine.appliance
    inf = appliance.disk.named(path)
    if inf is None:
        return 2, f"{head}\r\n\r\nThe system cannot find the file specified.\r\n"
    catalogues = [
        one for one in appliance.disk.below(ntpath.dirname(inf), recurse=False) if one.lower().endswith(".cat")
    ]
    signed = {_catalogue(machine, one) for one in catalogues}
    code = appliance.devices.refuses
    if not code and signed != {"signed"}:
        code = UNTRUSTED if "untrusted" in signed else CHANGED if "changed" in signed else NO_CATALOGUE
    if code:
        return code, f"{head}\r\n\r\nAdding the driver package failed : {code:#x}\r\n"
    text = appliance.disk.files[inf].decode("utf-8", "replace")
    published, taken = appliance.devices.install(ntpath.basename(inf), text)
    code = (RESTART if appliance.devices.restarts else 0) if taken else NOTHING_MATCHED
    label = "Ver\u00f6ffentlichter Name" if machine.windows.language == "de" else "Published Name"
    return code, f"{head}\r\n\r\nAdding driver package:  {ntpath.basename(inf)}\r\n{label}:         {published}\r\n"
