# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine in which Windows runs, as its SMBIOS tells: CIM classes Win32_ComputerSystem and Win32_BIOS.

On a server of Dell the serial number of the BIOS is the service tag; a board that was replaced may have none. Not yet
compared with a real Windows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

SERVICE_TAG = re.compile(r"[A-Z0-9]{7}", re.ASCII | re.IGNORECASE)
HYPERVISORS = (
    re.compile(r"vmware", re.IGNORECASE),
    re.compile(r"microsoft corporation virtual machine", re.IGNORECASE),
    re.compile(r"(?:qemu|xen|nutanix|red hat)\b", re.IGNORECASE),
)
"""How manufacturer and model of a virtual machine begin."""


@dataclass(frozen=True)
class Hardware:
    """What the machine is; None where it says nothing."""

    manufacturer: str | None
    model: str | None
    serial_number: str | None
    bios_version: str | None

    @property
    def called(self) -> str:
        """Manufacturer and model."""
        return " ".join(filter(None, (self.manufacturer, self.model))) or "a machine without a name"

    @property
    def is_virtual(self) -> bool | None:
        """Whether it is a virtual machine; None when it is neither known to be one nor a server of Dell."""
        if any(pattern.match(self.called) for pattern in HYPERVISORS):
            return True
        return False if (self.manufacturer or "").lower().startswith("dell") else None

    @property
    def service_tag(self) -> str | None:
        """That of a server of Dell."""
        tag = self.serial_number or ""
        return tag if self.is_virtual is False and SERVICE_TAG.fullmatch(tag) else None


def read_hardware(session: Session) -> Hardware:
    """The machine of this Windows.

    :raises UseriesError: as :class:`Session`; kind ``unexpected`` for an answer that is no such object.
    """
    system = _one(
        session,
        session.run(
            Command("Get-CimInstance", ClassName="Win32_ComputerSystem")
            | Command("Select-Object", Property=["Manufacturer", "Model"])
        ),
    )
    bios = _one(
        session,
        session.run(
            Command("Get-CimInstance", ClassName="Win32_BIOS")
            | Command("Select-Object", Property=["SerialNumber", "SMBIOSBIOSVersion"])
        ),
    )
    return Hardware(
        _text(system.get("Manufacturer")),
        _text(system.get("Model")),
        _text(bios.get("SerialNumber")),
        _text(bios.get("SMBIOSBIOSVersion")),
    )


def _one(session: Session, found: list[Any]) -> dict[str, Any]:
    if len(found) == 1 and isinstance(found[0], dict):
        return found[0]
    raise UseriesError(
        f"Get-CimInstance on {session.target.host} answered without one machine that is understood.",
        surface="windows",
        operation="run Get-CimInstance",
        target=session.target.url,
        kind="unexpected",
        remedy="Run Get-CimInstance Win32_BIOS on the appliance and look at what it says.",
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
