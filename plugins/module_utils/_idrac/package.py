# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Dell Update Package says of itself: for which component, which version, which servers.

A package for Windows (DUP) is a program with a zip archive at its end; ``package.xml`` in it is a ``SoftwareComponent``
as in Dell's catalogue: ``vendorVersion``, ``ComponentType``, ``SupportedDevices`` (``componentID``, the SoftwareId of
the firmware inventory) and ``SupportedSystems`` (``systemID``, the BIOS id of the server in hexadecimal digits, and its
model). Sources: Dell's public catalogue, and published programs that read the archive of such packages. Not yet
compared with a package from Dell.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Kind, UseriesError

Component = Literal["bios", "idrac", "chipset"]

DESCRIPTION = "package.xml"
LARGEST_DESCRIPTION = 4 * 1024 * 1024
IDRAC = "25227"
"""Dell's number of the iDRAC with Lifecycle Controller."""
NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}\.exe", re.ASCII | re.IGNORECASE)
"""As Dell names them: ``BIOS_C4FT0_WN64_2.12.2.EXE``."""
INTEGRATION = re.compile(r"controller integration|service module|\bism\b", re.IGNORECASE)
"""Software for Windows that talks to the iDRAC; not its firmware (guide line 1662)."""
OPERATION = "read the package"
ANOTHER = "Download it from Dell's support site, under the service tag of this server."


@dataclass(frozen=True)
class System:
    """A server that a package is for: its BIOS id and its model, like ``R740``; None where it does not say."""

    id: int | None
    model: str | None


@dataclass(frozen=True)
class Package:
    """One package.

    :param component: what it updates; None for another thing than the three. :param title: in Dell's words.
    :param devices: Dell's numbers of the components; :param systems: the servers; :param sha256: of the whole file.
    """

    path: Path
    size: int
    sha256: str
    title: str
    version: str
    component: Component | None
    devices: tuple[str, ...]
    systems: tuple[System, ...]

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name

    def is_for(self, system_id: int | None, model: str | None) -> bool | None:
        """Whether it is for a server; None when nothing can be compared.

        The BIOS id decides where both sides tell it, else the model without its brand.
        """
        ids = {one.id for one in self.systems if one.id is not None}
        if system_id is not None and ids:
            return system_id in ids
        models = {one.model.casefold() for one in self.systems if one.model}
        if model and models:
            words = model.casefold().split()
            return any(words[-len(known.split()) :] == known.split() for known in models)
        return None

    @property
    def for_models(self) -> str:
        """The servers that it is for, in words."""
        return ", ".join(dict.fromkeys(one.model or f"{one.id or 0:04X}" for one in self.systems)) or "no server"


def read_package(path: str) -> Package:
    """Read a package on the controller; nothing of it is run.

    :raises UseriesError: surface ``local``, kind ``invalid``: it is missing, empty, or does not tell what it is.
    """
    where = Path(os.path.expanduser(path))
    size = _size(where)
    try:
        with zipfile.ZipFile(where) as archive:
            description = _description(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        description = None
    if description is None:
        raise _refuse(
            f"{where} is no Dell Update Package for Windows: no {DESCRIPTION} can be read in it, so nobody can say for "
            "which server and component it is."
        )
    root = _parsed(description, where)
    title, version = _display(root.find("Name")), (root.get("vendorVersion") or "").strip()
    if not version:
        raise _refuse(f"{where} does not say which version it is (vendorVersion in its {DESCRIPTION}).")
    devices = tuple(one.get("componentID", "").strip() for one in root.iter("Device"))
    return Package(
        path=where,
        size=size,
        sha256=_digest(where),
        title=title or where.name,
        version=version,
        component=_component(root, title, devices),
        devices=tuple(filter(None, devices)),
        systems=tuple(_system(one) for one in root.iter("Model")),
    )


def newer(version: str, other: str) -> bool | None:
    """Whether a version is newer than another one; None when they cannot be compared by their numbers."""
    one, two = (re.fullmatch(r"\d+(?:\.\d+)*", text.strip()) for text in (version, other))
    if one is None or two is None:
        return None
    return _numbers(one[0]) > _numbers(two[0])


def same_version(version: str, other: str) -> bool:
    """Whether two versions are the same, ``2.1`` and ``2.1.0`` too."""
    if version.strip().casefold() == other.strip().casefold():
        return True
    return [newer(*pair) for pair in ((version, other), (other, version))] == [False, False]


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _size(path: Path) -> int:
    if not NAME.fullmatch(path.name):
        raise _refuse(
            f"{path.name or path} is not named like a Dell Update Package for Windows (letters, digits, _ . - and "
            ".EXE at its end); an iDRAC takes no other, whatever system runs on the server."
        )
    try:
        size = path.stat().st_size if path.is_file() else None
        if size:
            with path.open("rb") as file:
                is_program = file.read(2) == b"MZ"
    except OSError as error:
        raise _refuse(f"{path} cannot be read: {(error.strerror or 'failed').lower()}.") from error
    if size is None:
        raise _refuse(f"There is no file {path} on the controller.")
    if size == 0:
        raise _refuse(f"{path} is empty.")
    if not is_program:
        raise _refuse(f"{path} is no program for Windows, so it is no Dell Update Package.")
    return size


def _description(archive: zipfile.ZipFile) -> bytes | None:
    for entry in archive.infolist():
        if entry.filename.casefold() == DESCRIPTION:
            return archive.read(entry) if entry.file_size <= LARGEST_DESCRIPTION else None
    return None


def _parsed(description: bytes, path: Path) -> ElementTree.Element:
    """The description without its namespaces; one with a document type is refused, because entities could grow."""
    is_declared = b"<!DOCTYPE" in description.replace(b"\0", b"").upper()
    try:
        root = None if is_declared else ElementTree.fromstring(description)
    except (ElementTree.ParseError, ValueError, LookupError):
        root = None
    for element in root.iter() if root is not None else ():
        element.tag = str(element.tag).rsplit("}", maxsplit=1)[-1]
    if root is None or root.tag != "SoftwareComponent":
        raise _refuse(f"The {DESCRIPTION} in {path} is not understood, so nobody can say what the package is for.")
    return root


def _component(root: ElementTree.Element, title: str, devices: Iterable[str]) -> Component | None:
    found = root.find("ComponentType")
    kind = "" if found is None else found.get("value", "").upper()
    group = " ".join([title, *(_display(root.find(name)) for name in ("Category", "LUCategory"))]).casefold()
    if INTEGRATION.search(group):
        return None
    if kind == "BIOS":
        return "bios"
    if kind == "FRMW" and (IDRAC in devices or "idrac with lifecycle controller" in group):
        return "idrac"
    return "chipset" if kind == "DRVR" and "chipset" in group else None


def _display(element: ElementTree.Element | None) -> str:
    found = None if element is None else element.find("Display")
    return (found.text or "").strip() if found is not None else ""


def _system(element: ElementTree.Element) -> System:
    digits = element.get("systemID", "").strip()
    is_id = element.get("systemIDType", "BIOS").upper() == "BIOS" and re.fullmatch(r"[0-9A-Fa-f]{1,8}", digits)
    return System(int(digits, 16) if is_id else None, _display(element) or (element.text or "").strip() or None)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def _refuse(message: str, kind: Kind = "invalid") -> UseriesError:
    return UseriesError(
        f"{message} Nothing was changed.", surface="local", operation=OPERATION, kind=kind, remedy=ANOTHER
    )
