# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dell Update Packages on the simulated Windows: files, their digest and signature, and what a package does when it is
run (Dell Update Packages User's Guide, "Command Line Interface Reference").

Every file that is a package counts as signed by the signer of the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from simulator.model.flash import BIOS, IDRAC, update_in
from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint, Enumerated

SUCCESSFUL, UNSUCCESSFUL, REBOOT_REQUIRED, SOFT, HARD, QUALIFICATION = 0, 1, 2, 3, 4, 5
OPTIONS = ("/s", "/c", "/f")
FAULT = "dup_exit"
"""A fault of this name makes the next package that is run end with the code that is its text."""


def is_package(machine: Machine, path: str) -> bool:
    """Whether a file that is there is a package of Dell."""
    disk: Any = getattr(machine.appliance, "disk", None)
    name = disk.named(path) if disk is not None else None
    return name is not None and update_in(disk.files[name]) is not None


def run(machine: Machine, path: str, arguments: Sequence[str]) -> int:
    """Run a package; its exit code. Without /s it would open a window that nobody sees, which is not modelled."""
    lifecycle = machine.appliance.lifecycle  # type: ignore[attr-defined]
    options = {argument.lower() for argument in arguments if not argument.lower().startswith(("/l=", "/u="))}
    if "/s" not in options or options - set(OPTIONS) or {"/c", "/f"} <= options:
        return UNSUCCESSFUL
    if "/c" not in options:
        told = machine.appliance.take_fault(FAULT)
        if told:
            return int(told)
    update = update_in(_file(machine, path))
    if update is None:
        return UNSUCCESSFUL
    if machine.is_virtual or lifecycle.system_id not in update.systems:
        return QUALIFICATION
    present = {BIOS: machine.appliance.bios_version, IDRAC: lifecycle.appliance.idrac_version}.get(update.component)
    if present is not None and _numbers(present) >= _numbers(update.version) and "/f" not in options:
        return SOFT
    if "/c" in options:
        return SUCCESSFUL
    if present is None:
        machine.appliance.devices.satisfy()
        return SUCCESSFUL
    lifecycle.flash.write(update.component, update.version)
    return REBOOT_REQUIRED if update.component == BIOS else SUCCESSFUL


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def invoke_web_request(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Fetch a file from a loopback address; no other network is modelled."""
    uri, path = str(given.get("uri", "")), str(given.get("outfile", ""))
    try:
        if urlsplit(uri).scheme != "http" or urlsplit(uri).hostname != "127.0.0.1":
            raise OSError
        with urlopen(uri, timeout=5) as answer:
            machine.appliance.disk.files[path] = answer.read()
    except OSError:
        raise Complaint(
            "Invoke-WebRequest",
            "Unable to connect to the remote server",
            "InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException",
            "WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
        ) from None
    return []


def get_file_hash(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-FileHash -LiteralPath -Algorithm SHA256."""
    return [
        {"Algorithm": "SHA256", "Hash": hashlib.sha256(_file(machine, path)).hexdigest().upper(), "Path": path}
        for path in _paths(given)
    ]


def signature(machine: Machine, path: str) -> dict[str, Any]:
    """Whether a file is signed, and by whom."""
    signer = machine.appliance.lifecycle.signer  # type: ignore[attr-defined]
    is_signed = bool(signer) and update_in(_file(machine, path)) is not None
    return {
        "SignerCertificate": {"Subject": signer} if is_signed else None,
        "Status": Enumerated("Valid", 0) if is_signed else Enumerated("NotSigned", 2),
        "Path": path,
    }


def _paths(given: Mapping[str, Any]) -> list[str]:
    asked = given.get("literalpath", [])
    return [str(path) for path in (asked if isinstance(asked, list) else [asked])]


def _file(machine: Machine, path: str, command: str = "Get-FileHash") -> bytes:
    name = machine.appliance.disk.named(path)
    if name is None:
        raise Complaint(
            command,
            f"Cannot find path '{path}' because it does not exist.",
            f"ObjectNotFound: ({path}:String) [{command}], ItemNotFoundException",
            f"PathNotFound,Microsoft.PowerShell.Commands.{command.replace('-', '')}Command",
        )
    content: bytes = machine.appliance.disk.files[name]
    return content
