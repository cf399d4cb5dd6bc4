# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that a job puts into force at the next start: those of the BIOS, and of the ports of the network cards.

What is set waits as pending. Once a job was made of it nothing more may be added; the job done, it is in force; the job
deleted, it is gone. Source: what Dell's engineers say of it in the issues of their Redfish scripts; names of attributes
as Dell's Ansible collection shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.lifecycle import Lifecycle

Value = str | int
BIOS = "BIOS.Setup.1-1"
CARD = "NIC.Integrated.1"
PORTS = (f"{CARD}-1-1", f"{CARD}-2-1")


@dataclass(frozen=True)
class Attribute:
    """What an attribute may be: one of ``values``, or a whole number within ``bounds``."""

    default: Value
    values: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, 0)


SWITCH = ("Enabled", "Disabled")
OF_BIOS: Mapping[str, Attribute] = {
    "BootMode": Attribute("Uefi", ("Uefi", "Bios")),
    "ProcVirtualization": Attribute("Enabled", SWITCH),
    "AcPwrRcvry": Attribute("Last", ("Last", "On", "Off")),
    "AcPwrRcvryUserDelay": Attribute(60, bounds=(60, 600)),
}
OF_PORT: Mapping[str, Attribute] = {
    "VLanMode": Attribute("Disabled", SWITCH),
    "VLanId": Attribute(1, bounds=(1, 4094)),
    "WakeOnLan": Attribute("Enabled", SWITCH),
    "LegacyBootProto": Attribute("NONE", ("NONE", "PXE")),
}
KINDS = {"BIOS": "BIOSConfiguration", "NIC": "NICConfiguration"}
"""The type of the job, by the first word of the place."""


def attributes_of(place: str) -> Mapping[str, Attribute]:
    """The attributes of a place: :data:`BIOS` or one of :data:`PORTS`."""
    return OF_BIOS if place == BIOS else OF_PORT


@dataclass
class Group:
    """The settings of one place; ``job`` is the id of the job that will put ``pending`` into force."""

    current: dict[str, Value]
    pending: dict[str, Value] = field(default_factory=dict)
    job: str | None = None


class StagedSettings:
    """All of them of one server."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle
        self._groups = {
            place: Group({name: attribute.default for name, attribute in attributes_of(place).items()})
            for place in (BIOS, *PORTS)
        }

    def settle(self) -> None:
        """Let jobs that are done put into force what waited for them; what waited for a deleted one is gone."""
        jobs = self._lifecycle.jobs()
        for group in self._groups.values():
            job = jobs.get(group.job) if group.job else None
            if group.job is None or (job is not None and not job.has_ended):
                continue
            if job is not None and job.state == "Completed":
                group.current.update(group.pending)
            group.pending, group.job = {}, None

    def group(self, place: str) -> Group:
        """One place as it is now."""
        self.settle()
        return self._groups[place]

    def stage(self, place: str, values: Mapping[str, Value]) -> None:
        """Let them wait; refused while a job waits for the same place."""
        self._uncommitted(place).pending.update(values)

    def commit(self, place: str) -> str:
        """Make a job of what waits; its id."""
        group = self._uncommitted(place)
        group.job = self._lifecycle.add_job(KINDS[place.partition(".")[0]], f"Configure: {place}")
        return group.job

    def clear(self, place: str) -> None:
        """Forget what waits."""
        self._uncommitted(place).pending.clear()

    def _uncommitted(self, place: str) -> Group:
        group = self.group(place)
        if group.job is not None:
            raise Refused("Pending configuration values are already committed.")
        return group
