# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver packages of a folder, on the controller or on the appliance, are for which devices.

An .inf file names the identifiers of the devices that it is for; a package is a candidate for a device when its text
holds one of the device's identifiers. Whether it fits in the end is for Windows to say.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LARGEST = 64 * 1024 * 1024  # bytes; they are held in memory
FORBIDDEN = frozenset('"%!&|<>^*?`:')


@dataclass(frozen=True)
class Package:
    """A candidate: ``inf`` is its path below the folder (controller) or in full (appliance); ``devices`` are those
    whose identifiers it names; ``version`` is what it states, empty when it states none."""

    inf: str
    version: str
    devices: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


def invalid(message: str, remedy: str) -> UseriesError:
    """A complaint about the folder that was given."""
    return UseriesError(
        message, surface="local", operation="read the driver package", target="", kind="invalid", remedy=remedy
    )


class LocalFolder:
    """An extracted package on the controller.

    :raises UseriesError: ``invalid`` when the folder is not there or holds no .inf file.
    """

    def __init__(self, path: str) -> None:
        self.path = Path(os.path.expanduser(path))
        if not self.path.is_dir():
            raise invalid(f"src {path} is no folder.", "Extract the package of Dell, and name the folder.")
        self.infs = sorted(one for one in self.path.rglob("*") if one.is_file() and one.suffix.lower() == ".inf")
        if not self.infs:
            raise invalid(
                f"No .inf file is in {path} or below it.", "Extract the package of Dell first, and name that folder."
            )

    def candidates(self, devices: Sequence[Any]) -> list[Package]:
        """The packages that are for these devices, with their files."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows.drivers import version_of

        found = []
        for inf in self.infs:
            text = _text(inf)
            names = tuple(one.device_id for one in devices if any(id.upper() in text.upper() for id in one.ids))
            if names:
                found.append(Package(self._below(inf), version_of(text), names, self._files(inf.parent)))
        return found

    def _below(self, path: Path) -> str:
        name = str(path.relative_to(self.path)).replace("/", "\\")
        if set(name) & FORBIDDEN or not name.isprintable():
            raise invalid(f"{path} has a name that cannot be passed on safely.", "Rename it, or give another folder.")
        return name

    def _files(self, folder: Path) -> dict[str, bytes]:
        """Everything in the folder of an .inf file and below it."""
        paths = sorted(one for one in folder.rglob("*") if one.is_file())
        if not any(one.suffix.lower() == ".cat" for one in paths):
            raise invalid(
                f"{folder} has no catalogue (.cat), so its driver is not signed; Windows installs none that is not.",
                "Get the package from Dell again, and extract all of it.",
            )
        size = sum(one.stat().st_size for one in paths)
        if size > LARGEST:
            raise invalid(
                f"{folder} has {size // 1024} KB; over WinRM at most {LARGEST // 1024} KB are copied.",
                "Copy the folder to the appliance in another way, and give its place there in path instead of src.",
            )
        return {self._below(one): one.read_bytes() for one in paths}


class RemoteFolder:
    """An extracted package on the appliance: a folder, or one .inf file.

    :raises UseriesError: ``invalid`` when it is not there or holds no .inf file.
    """

    def __init__(self, surfaces: Surfaces, path: str) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        self.surfaces, self.path = surfaces, path
        found = drivers.inf_files(surfaces.windows, path)
        if found is None:
            raise invalid(f"path {path} is not on the appliance.", "Copy the extracted package there first.")
        if not found:
            raise invalid(f"No .inf file is in {path} or below it.", "Name the folder to which it was extracted.")

    def candidates(self, devices: Sequence[Any]) -> list[Package]:
        """The packages that are for these devices."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows import drivers

        named: dict[str, list[str]] = {}
        for device in devices:
            ids = [one for one in device.ids if one]
            for one in drivers.mentions(self.surfaces.windows, self.path, ids) if ids else ():
                if device.device_id not in named.setdefault(one.path, []):
                    named[one.path].append(device.device_id)
        versions = {
            one.path: drivers.version_of(one.line)
            for one in (drivers.mentions(self.surfaces.windows, self.path, [drivers.VERSION]) if named else ())
        }
        return [Package(path, versions.get(path, ""), tuple(names)) for path, names in sorted(named.items())]


def _text(path: Path) -> str:
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    return data.decode(encoding, "replace")
