# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware of the server, and the generation of the iDRAC in it.

Sources: DMTF schemas UpdateService and SoftwareInventory; ids and numbers of components as Dell's iDRAC makes them
(``Installed-28897-7.00.00.171__USC.Embedded.1:LC.Embedded.1``); the attributes that dellemc.openmanage 9.12 tells the
generation by. Not yet compared with a real iDRAC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import mapping, references, word
from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import READ_MANAGER, Idrac

OPERATION = "read the firmware inventory"
LIFECYCLE_CONTROLLER = "28897"
IDRAC_OF_SERVER: Mapping[int, int] = {11: 6, 12: 7, 13: 8, 14: 9, 15: 9, 16: 9, 17: 10}
"""Generation of the server to that of its iDRAC."""
STATES = ("installed", "current", "previous", "available")


@dataclass(frozen=True)
class Firmware:
    """One entry of the inventory; None where the iDRAC says nothing.

    :param state: ``installed``, ``current``, ``previous`` (can be rolled back to) or ``available``.
    :param component: Dell's number of the component.
    """

    name: str | None
    version: str | None
    updateable: bool | None
    state: str | None
    component: str | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Generation:
    """Numbers: 9 for an iDRAC 9, 14 for a PowerEdge of the 14th generation."""

    idrac: int | None
    server: int | None


def firmware(client: Idrac) -> list[Firmware] | None:
    """The inventory in the order of the iDRAC; None when it offers none.

    :raises UseriesError: as :class:`Idrac`.
    """
    for service in references([client.session.root().get("UpdateService")]):
        for path in references([mapping(client.find(service, operation=OPERATION)).get("FirmwareInventory")]):
            found = client.members(path, operation=OPERATION)
            return None if found is None else [_entry(one) for one in found]
    return None


def lifecycle_controller(entries: Iterable[Firmware]) -> str | None:
    """Its version, which stands in the inventory and nowhere else."""
    there = (one for one in entries if one.state in ("installed", "current"))
    return next((one.version for one in there if one.component == LIFECYCLE_CONTROLLER), None)


def generation(client: Idrac, manager: Mapping[str, Any]) -> Generation:
    """From the attributes where there are some, else from the model of the manager.

    :param manager: its resource, as :meth:`Idrac.manager` has read it. :raises UseriesError: as :class:`Idrac`.
    """
    server = _number(r"\b(\d+)G\b", manager.get("Model"))
    dell = mapping(mapping(mapping(manager.get("Links")).get("Oem")).get("Dell"))
    for path in references(dell.get("DellAttributes")):
        attributes = mapping(mapping(client.find(path, operation=READ_MANAGER)).get("Attributes"))
        idrac = _number(r"\biDRAC\s*(\d+)", attributes.get("Info.1.HWModel"))
        if idrac is not None:
            return Generation(idrac, server)
    return Generation(IDRAC_OF_SERVER.get(server or 0), server)


def _entry(found: Mapping[str, Any]) -> Firmware:
    identifier = word(found.get("Id")) or (word(found.get("@odata.id")) or "").rsplit("/", maxsplit=1)[-1]
    kind, *rest = identifier.split("-")
    updateable = found.get("Updateable")
    return Firmware(
        name=word(found.get("Name")),
        version=word(found.get("Version")),
        updateable=updateable if isinstance(updateable, bool) else None,
        state=kind.lower() if kind.lower() in STATES else None,
        component=word(found.get("SoftwareId")) or (rest[0] if rest and rest[0].isdigit() else None),
    )


def _number(pattern: str, text: Any) -> int | None:
    found = re.search(pattern, word(text) or "", re.IGNORECASE)
    return int(found[1]) if found else None
