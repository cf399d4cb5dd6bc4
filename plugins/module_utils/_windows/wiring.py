# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Windows is connected: adapters, their IPv4 addresses, teams and the interfaces of teams.

Sources: modules NetAdapter and NetLbfo; CIM classes Win32_OperatingSystem and Win32_NetworkAdapterConfiguration. What
is of an enumeration is read by its name, which has to pass through ConvertTo-Csv: ConvertTo-Json writes a number.
Checked against cmdlet metadata and a model of Windows, not yet on Windows.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import moment
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command, Pipeline, Program
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

#: Adapters that a program of a vendor has made: Broadcom's BASP (guide 1745), Intel's ANS.
VENDORS = {
    "Broadcom": re.compile(r"BASP Virtual Adapter", re.IGNORECASE),
    "Intel": re.compile(r"(?:^TEAM ?:|\bVLAN ?:)", re.IGNORECASE),
}
SERVER_2012_R2, SERVER_2016 = (6, 3), (10, 0)
LISTS = ("IPAddress", "IPSubnet", "DefaultIPGateway", "DNSServerSearchOrder")
LINK_LOCAL = ipaddress.ip_network("169.254.0.0/16")


@dataclass(frozen=True)
class Addresses:
    """IPv4 of an adapter: addresses with their prefix lengths, gateways and DNS servers in use."""

    dhcp: bool
    addresses: tuple[tuple[str, int], ...] = ()
    gateways: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()

    @property
    def usable(self) -> tuple[tuple[str, int], ...]:
        """Those that are not made up by Windows where no DHCP server answers."""
        return tuple(one for one in self.addresses if ipaddress.ip_address(one[0]) not in LINK_LOCAL)


@dataclass(frozen=True)
class Adapter:
    """An adapter. :param status: like ``Up`` or ``Disconnected``; :param ip: None where IPv4 is not bound to it."""

    name: str
    description: str
    status: str
    ip: Addresses | None

    @property
    def vendor(self) -> str:
        """Whose program made it; empty for a card and for an interface of Windows."""
        return next((name for name, pattern in VENDORS.items() if pattern.search(self.description)), "")


@dataclass(frozen=True)
class Team:
    """A team of Windows; words as Windows has them, like ``SwitchIndependent`` and ``Dynamic``."""

    name: str
    members: tuple[str, ...]
    mode: str
    balancing: str
    status: str


@dataclass(frozen=True)
class TeamNic:
    """An interface of a team. :param vlan: its tag, None without one."""

    name: str
    team: str
    vlan: int | None


@dataclass(frozen=True)
class Wiring:
    """Everything at one moment. :param version: of Windows, like (10, 0); :param now: by the appliance's clock."""

    version: tuple[int, int]
    now: datetime
    adapters: tuple[Adapter, ...]
    teams: tuple[Team, ...]
    nics: tuple[TeamNic, ...]

    @property
    def cards(self) -> tuple[Adapter, ...]:
        """Adapters that are neither the interface of a team nor made by a vendor's program."""
        made = {nic.name for nic in self.nics}
        return tuple(one for one in self.adapters if one.name not in made and not one.vendor)

    def adapter(self, name: str) -> Adapter | None:
        """By its name, without regard to case."""
        return next((one for one in self.adapters if one.name.lower() == name.lower()), None)

    def team(self, name: str) -> Team | None:
        """By its name, without regard to case."""
        return next((one for one in self.teams if one.name.lower() == name.lower()), None)

    def same_as(self, other: Wiring) -> bool:
        """Whether teams, their interfaces and all usable addresses are the same."""
        return self._facts() == other._facts()

    def _facts(self) -> tuple[object, ...]:
        teams = {(one.name, one.members, one.mode, one.balancing) for one in self.teams}
        held = {(one.name, one.ip.dhcp, one.ip.usable) for one in self.adapters if one.ip and one.ip.usable}
        return teams, set(self.nics), held


def is_administrator(session: Session) -> bool:
    """Whether the account may change the machine: only an administrator may read the hive of LocalService."""
    return session.run_program(Program("reg.exe", ["query", "HKU\\S-1-5-19"])).exit_code == 0


def answers(session: Session, address: str) -> bool:
    """Whether an address answers to a ping from the appliance.

    :raises UseriesError: as :class:`Session`.
    """
    return session.run(Command("Test-Connection", ComputerName=address, Count=2, Quiet=True)) == [True]


def read_wiring(session: Session) -> Wiring | None:
    """All of it; None on a Windows without these commands (Server 2008 R2).

    :raises UseriesError: as :class:`Session`; kind ``unexpected`` for objects that are not understood.
    """
    try:
        system = session.run(
            Command("Get-CimInstance", ClassName="Win32_OperatingSystem")
            | Command("Select-Object", Property=["Version", "LocalDateTime"])
        )
        adapters = _named(
            session,
            Command("Get-NetAdapter")
            | Command("Select-Object", Property=["Name", "InterfaceDescription", "InterfaceIndex", "Status"]),
        )
    except CommandFailed as error:
        if error.missing:
            return None
        raise
    addresses = session.run(
        Command("Get-CimInstance", ClassName="Win32_NetworkAdapterConfiguration")
        | Command("Where-Object", Property="IPEnabled", EQ=True, Value="True")
        | Command("Select-Object", Property=["InterfaceIndex", "DHCPEnabled", *LISTS])
    )
    teams = _named(
        session,
        Command("Get-NetLbfoTeam")
        | Command("Select-Object", Property=["Name", "TeamingMode", "LoadBalancingAlgorithm", "Status"]),
    )
    members = _named(session, Command("Get-NetLbfoTeamMember") | Command("Select-Object", Property=["Name", "Team"]))
    nics = _named(
        session, Command("Get-NetLbfoTeamNic") | Command("Select-Object", Property=["Name", "Team", "VlanID"])
    )
    try:
        by_index = {int(one["InterfaceIndex"]): one for one in addresses}
        return _wiring(system[0], _adapters(adapters, by_index), teams, members, nics)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise UseriesError(
            f"The network of {session.target.host} is described with objects that are not understood.",
            surface="windows",
            operation="read adapters and teams",
            target=session.target.url,
            kind="unexpected",
            remedy="Run Get-NetAdapter and Get-NetLbfoTeam on the appliance and look at what they say.",
        ) from None


def _named(session: Session, pipeline: Pipeline) -> list[Any]:
    """Objects with every value as text."""
    return session.run(pipeline | Command("ConvertTo-Csv", NoTypeInformation=True) | Command("ConvertFrom-Csv"))


def _adapters(adapters: Any, addresses: Any) -> tuple[Adapter, ...]:
    return tuple(
        Adapter(
            one["Name"],
            one["InterfaceDescription"],
            one["Status"],
            _addresses(addresses.get(int(one["InterfaceIndex"]))),
        )
        for one in adapters
    )


def _wiring(system: Any, adapters: tuple[Adapter, ...], teams: Any, members: Any, nics: Any) -> Wiring:
    major, minor = str(system["Version"]).split(".")[:2]
    return Wiring(
        (int(major), int(minor)),
        moment(system["LocalDateTime"]),
        adapters,
        tuple(
            Team(
                one["Name"],
                tuple(sorted(member["Name"] for member in members if member["Team"] == one["Name"])),
                one["TeamingMode"],
                one["LoadBalancingAlgorithm"],
                one["Status"],
            )
            for one in teams
        ),
        tuple(TeamNic(one["Name"], one["Team"], int(one["VlanID"]) if one["VlanID"] else None) for one in nics),
    )


def _addresses(found: Any) -> Addresses | None:
    """IPv4 only; the lists of addresses and masks belong together."""
    if found is None:
        return None
    addresses, masks, gateways, dns = (_listed(found[name]) for name in LISTS)
    pairs = zip(addresses, masks, strict=True)
    return Addresses(
        bool(found["DHCPEnabled"]),
        tuple((one, ipaddress.ip_network(f"0.0.0.0/{mask}").prefixlen) for one, mask in pairs if ":" not in one),
        tuple(one for one in gateways if ":" not in one),
        tuple(one for one in dns if ":" not in one),
    )


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
