# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files like Dell's update packages: a program with an archive at its end, described as in Dell's catalogue."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

R740, R730 = ("0716", "R740"), ("0600", "R730")
BIOS = {"kind": "BIOS", "device": "159", "title": "Dell Server BIOS R740", "category": "BIOS"}
IDRAC = {
    "kind": "FRMW",
    "device": "25227",
    "title": "Integrated Dell Remote Access Controller",
    "category": "iDRAC with Lifecycle Controller",
}
CHIPSET = {"kind": "DRVR", "device": "101734", "title": "Intel Lewisburg Chipset Driver", "category": "Chipset"}
INTEGRATION = {"kind": "APAC", "device": "", "title": "iDRAC Controller Integration", "category": "Systems Management"}
STUB = b"MZ" + b"\x90" * 510


def described(version: str, what: Mapping[str, str], systems: tuple[tuple[str, str], ...] = (R740,)) -> str:
    """The package.xml of a package."""
    models = "".join(
        f'<Model systemID="{number}" systemIDType="BIOS"><Display lang="en"><![CDATA[{name}]]></Display></Model>'
        for number, name in systems
    )
    devices = f'<Device componentID="{what["device"]}" embedded="1"/>' if what["device"] else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><SoftwareComponent schemaVersion="2.4" packageID="0X1Y2" '
        f'vendorVersion="{version}" packageType="LW64"><Name><Display lang="en">{what["title"]}</Display></Name>'
        f'<ComponentType value="{what["kind"]}"><Display lang="en">{what["kind"]}</Display></ComponentType>'
        f'<Category value="XX"><Display lang="en">{what["category"]}</Display></Category>'
        f"<SupportedDevices>{devices}</SupportedDevices>"
        f'<SupportedSystems><Brand key="3" prefix="PE">{models}</Brand></SupportedSystems></SoftwareComponent>'
    )


def package(
    path: Path,
    version: str,
    what: Mapping[str, str] | None = None,
    systems: tuple[tuple[str, str], ...] = (R740,),
    description: bytes | None = None,
    payload: bytes = b"firmware " * 1000,
) -> Path:
    """Write one; a package for the BIOS unless ``what`` says another one."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("payload/image.bin", payload)
        made.writestr(
            "package.xml", described(version, what or BIOS, systems).encode() if description is None else description
        )
    path.write_bytes(STUB + archive.getvalue())
    return path
