# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files on a simulated Windows, the devices of its server, and its driver store.

Made up here: which devices there are; that a catalogue (.cat) whose text begins with ``signed`` is one of the
publisher of Windows, ``untrusted`` one of an unknown publisher, ``changed`` one whose files were changed afterwards,
and any other text no signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from simulator.model.errors import Refused

WORKS, NEEDS_RESTART, NO_DRIVER = 0, 14, 28
_VERSION = re.compile(r"DriverVer\s*=\s*[^,]*,\s*([\d.]+)", re.IGNORECASE)


class Disk:
    """Files by full path; folders are those of the files, and those that were made."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.folders: list[str] = ["C:\\Windows\\Temp"]

    def put(self, path: str, text: str) -> None:
        """Somebody has copied a file there."""
        self.files[path] = text.encode("utf-8")

    def copy(self, path: str, source: str) -> None:
        """Somebody has copied a file of this machine there."""
        self.files[path] = Path(source).read_bytes()

    def named(self, path: str) -> str | None:
        """How a file is really spelled."""
        return next((one for one in self.files if one.upper() == path.upper()), None)

    def below(self, folder: str, *, recurse: bool) -> list[str]:
        """Files in a folder, also deeper with ``recurse``."""
        start = folder.rstrip("\\").upper() + "\\"
        found = [one for one in self.files if one.upper().startswith(start)]
        return [one for one in found if recurse or "\\" not in one[len(start) :]]

    def is_folder(self, path: str) -> bool:
        """Whether there is such a folder."""
        wanted = path.rstrip("\\").upper()
        return wanted in (one.upper() for one in self.folders) or bool(self.below(path, recurse=True))

    def remove(self, path: str) -> bool:
        """A file, or a folder with everything below it; whether there was one."""
        gone = self.below(path, recurse=True) + [one for one in (self.named(path),) if one]
        folders = [one for one in self.folders if (one.upper() + "\\").startswith(path.upper().rstrip("\\") + "\\")]
        for one in gone:
            del self.files[one]
        self.folders = [one for one in self.folders if one not in folders]
        return bool(gone or folders)


@dataclass
class Device:
    """A device; ``code`` is that of the Device Manager (0: it works)."""

    name: str
    device_id: str
    hardware_ids: list[str]
    compatible_ids: list[str]
    code: int = WORKS


class Devices:
    """The devices of a server. ``restarts``: a new driver works after a restart only; ``unheard``: a driver is taken
    and has no effect; ``refuses``: exit code with which pnputil refuses everything."""

    def __init__(self) -> None:
        self.known = [
            Device(
                "Broadcom NetXtreme Gigabit Ethernet",
                "PCI\\VEN_14E4&DEV_165F&SUBSYS_08FF1028&REV_00\\0000246E96",
                ["PCI\\VEN_14E4&DEV_165F&SUBSYS_08FF1028&REV_00", "PCI\\VEN_14E4&DEV_165F"],
                ["PCI\\VEN_14E4", "PCI\\CC_0200"],
            )
        ]
        self.store: dict[str, dict[str, str]] = {}
        self.restarts = self.unheard = False
        self.refuses = 0
        self.installed: list[str] = []

    def set_up(self, name: str, value: object) -> None:
        """Fault: ``restarts``, ``unheard`` or ``refuses``."""
        if name not in ("restarts", "unheard", "refuses"):
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)

    def add(self, name: str, device_id: str, ids: list[str], code: int = NO_DRIVER) -> None:
        """A device that Windows does not know, or that has another trouble."""
        self.known.append(Device(name, device_id, list(ids), ["PCI\\CC_0000"], code))

    def satisfy(self) -> None:
        """A package of Dell brings all drivers at once."""
        for device in self.known:
            if device.code == NO_DRIVER:
                device.code = WORKS

    def booted(self) -> None:
        """After a restart new drivers work."""
        for device in self.known:
            if device.code == NEEDS_RESTART:
                device.code = WORKS

    def install(self, name: str, text: str) -> tuple[str, bool]:
        """Add a package to the store and give the devices without a driver that it names theirs.

        :returns: its published name, and whether a device took it.
        """
        published = next((key for key, one in self.store.items() if one["name"] == name and one["text"] == text), "")
        if not published:
            published = f"oem{len(self.store)}.inf"
            version = _VERSION.search(text)
            self.store[published] = {"name": name, "text": text, "version": version[1] if version else "0.0.0.0"}
        self.installed.append(name)
        named = [one.strip().upper() for line in text.splitlines() for one in line.split(",")]
        taken = [
            device
            for device in self.known
            if device.code == NO_DRIVER and any(one.upper() in named for one in device.hardware_ids)
        ]
        for device in taken if not self.unheard else ():
            device.code = NEEDS_RESTART if self.restarts else WORKS
        return published, bool(taken)
