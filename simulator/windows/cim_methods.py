# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Methods of CIM classes that license Windows, and the class Win32_Volume (Microsoft's documentation of both).

A method that fails raises an error record with the HRESULT. Activation needs the Internet or a KMS server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from simulator.windows.machine import Machine
from simulator.windows.suspension import suspend_count
from simulator.windows.terms import Complaint

KEY = re.compile(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}")


def drives(machine: Machine) -> list[Any]:
    """The volumes of the machine, and the USB drive with the keys (guide 1536) where it is plugged in."""
    found = [{"DriveLetter": volume.mount_point, "Label": "", "DriveType": 3} for volume in machine.appliance.volumes]
    found.append({"DriveLetter": None, "Label": "System Reserved", "DriveType": 3})
    if machine.appliance.recovery.key_drive:
        found.append({"DriveLetter": "F:", "Label": "U-Series Appliance-BITLOCK", "DriveType": 2})
    return found


def invoke(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Invoke-CimMethod on what comes through the pipeline."""
    method = str(given.get("methodname", "")).lower()
    licensing, results = machine.appliance.licensing, []
    for one in objects:
        drive = str(one.get("DriveLetter", ""))
        known: dict[tuple[str, str], Callable[[], dict[str, Any] | None]] = {
            ("softwarelicensingservice", "installproductkey"): lambda: _install(licensing, given),
            ("softwarelicensingservice", "refreshlicensestatus"): lambda: None,
            ("softwarelicensingproduct", "activate"): lambda: _activate(licensing),
            ("win32_encryptablevolume", "getsuspendcount"): partial(suspend_count, machine, drive),
        }
        action = known.get((str(one.get("CimClass", "")).lower(), method))
        if action is None:
            raise _complaint("Invalid method ", "HRESULT 0x8004102e")
        results.append({"ReturnValue": 0, **(action() or {}), "PSComputerName": None})
    return results


def _install(licensing: Any, given: Mapping[str, Any]) -> None:
    key = str({name.lower(): value for name, value in given["arguments"].items()}.get("productkey", "")).upper()
    if not KEY.fullmatch(key) or key.endswith("WRONG"):
        raise _complaint(f"The product key {key} is invalid.", "HRESULT 0xc004f050")
    licensing.partial_key, licensing.activated = key[-5:], False


def _activate(licensing: Any) -> None:
    if not licensing.internet:
        raise _complaint("The server name or address could not be resolved.", "HRESULT 0x80072ee7")
    licensing.activated = True


def _complaint(message: str, identifier: str) -> Complaint:
    return Complaint(
        "Invoke-CimMethod",
        message,
        "NotSpecified: (:) [Invoke-CimMethod], CimException",
        f"{identifier},Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand",
    )
