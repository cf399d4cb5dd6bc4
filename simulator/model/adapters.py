# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network adapters, teams and VLANs of Windows, and the switch they are plugged into.

The address of the wires is reachable while an interface that carries traffic holds it: a member of a team has no
address of its own, a team in LACP mode carries nothing unless the switch speaks LACP, a VLAN that the switch does not
carry leads nowhere. Made up here: an adapter that leaves a team has lost its address, unless ``members_keep`` is set;
DHCP knows the network card of the appliance and gives it the address that it had.
"""

from __future__ import annotations

import ipaddress
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

BROADCOM = "Broadcom BCM5709C NetXtreme II GigE (NDIS VBD Client)"
INTEL = "Intel(R) 82574L Gigabit Network Connection"
MULTIPLEXOR = "Microsoft Network Adapter Multiplexor Driver"
NOWHERE = "169.254.7.9"
SETTINGS = ("lacp", "trunk", "dhcp_server", "leases", "members_keep", "gateways", "vendor")


def _octet(pair: str) -> int:
    """What the hardware addresses of a pair have in common."""
    return int(pair) if pair.isdigit() else zlib.crc32(pair.encode()) % 256


@dataclass
class Interface:
    """An adapter of Windows: a card, the interface of a team, or one that a program of a vendor made.

    :param member_of: its team; :param nic_of: the team whose interface it is; :param vlan: its tag.
    :param addresses: [address, prefix length] each; :param dns: those set by hand.
    """

    name: str
    description: str
    index: int
    mac: str
    up: bool = True
    dhcp: bool = True
    addresses: list[tuple[str, int]] = field(default_factory=list)
    gateway: str = ""
    dns: list[str] = field(default_factory=list)
    member_of: str = ""
    nic_of: str = ""
    vlan: int | None = None


@dataclass
class Team:
    """A team of Windows."""

    name: str
    members: list[str]
    mode: str = "SwitchIndependent"
    balancing: str = "Dynamic"


class Adapters:
    """What Windows has, and what the switch does.

    ``lacp`` (the switch speaks it), ``trunk`` (tags it carries), ``dhcp_server`` (one answers), ``leases`` (tag ->
    address), ``gateways`` (those that answer), ``members_keep`` (see the module), ``vendor`` (name -> description of
    adapters that a vendor's program made).
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.lacp, self.dhcp_server, self.members_keep = True, True, False
        self.trunk = [10, 20]
        self.leases: dict[str, str] = {}
        self.gateways: list[str] = []
        self.vendor: dict[str, str] = {}
        self.teams: dict[str, Team] = {}
        self.home = ""
        self.interfaces: dict[str, Interface] = {}
        for number in range(1, 5):
            name, text = f"Ethernet {number}", BROADCOM + (f" #{number}" if number > 1 else "")
            mac = f"00-10-18-AA-{_octet(appliance.pair):02X}-{number:02X}"
            self.interfaces[name] = Interface(name, text, 10 + number, mac, up=number < 4)

    # --- what carries traffic

    def carries(self, one: Interface) -> bool:
        """Whether packets of this interface come through."""
        if one.member_of:
            return False
        if not one.nic_of:
            return one.up
        team = self.teams[one.nic_of]
        up = any(self.interfaces[name].up for name in team.members)
        return up and (team.mode != "Lacp" or self.lacp) and (one.vlan is None or one.vlan in self.trunk)

    def addresses(self, one: Interface) -> list[tuple[str, int]]:
        """The addresses that it has now."""
        if one.member_of:
            return []
        if not one.dhcp:
            return one.addresses
        known = one.mac.endswith("-01") and one.vlan is None
        lease = self.leases.get(str(one.vlan)) or ((self.home or self.appliance.address) if known else "")
        return [(lease, 24)] if lease and self.dhcp_server and self.carries(one) else [(NOWHERE, 16)]

    @property
    def connected(self) -> bool:
        """Whether the address of the wires leads here."""
        return self.appliance.address in self._held()

    def _held(self) -> list[str]:
        found = [one for one in self.interfaces.values() if self.carries(one)]
        return [address for one in found for address, _length in self.addresses(one)]

    def pings(self, address: str) -> bool:
        """Whether a neighbour answers: one of ``gateways``, in the network of an interface that carries traffic."""
        held = [pair for one in self.interfaces.values() if self.carries(one) for pair in self.addresses(one)]
        near = any(
            ipaddress.ip_address(address) in ipaddress.ip_interface(f"{own}/{length}").network for own, length in held
        )
        return near and address in self.gateways

    def settle(self) -> None:
        """After a change: where another loopback address is held than that of the wires, they follow."""
        held = [address for address in self._held() if ipaddress.ip_address(address).is_loopback]
        if held and self.appliance.address not in held:
            self.appliance.address = held[0]

    def _changes(self) -> None:
        self.home = self.home or self.appliance.address

    def moved(self, before: str, after: str) -> None:
        """The console gave the appliance another address."""
        self.home = after
        for one in self.interfaces.values():
            one.addresses = [(after if address == before else address, length) for address, length in one.addresses]

    # --- teams

    def create_team(self, name: str, members: list[str], mode: str, balancing: str, nic: str) -> None:
        """New-NetLbfoTeam; its interface has the hardware address of the first member."""
        self._changes()
        first = self._free(members[0])
        for member in members:
            self._free(member)
        self.teams[name] = Team(name, list(members), mode, balancing)
        for member in members:
            self._joins(member, name)
        self._interface(nic, name, first.mac, None)
        self.settle()

    def _free(self, name: str) -> Interface:
        one = self.interfaces.get(name)
        if one is None or one.nic_of:
            raise Refused(f"No network adapter named '{name}' can be a member of a team.")
        if one.member_of:
            raise Refused(f"The network adapter '{name}' is already a member of a team.")
        return one

    def _joins(self, name: str, team: str) -> None:
        one = self.interfaces[name]
        one.member_of = team
        if not self.members_keep:
            one.dhcp, one.addresses, one.gateway, one.dns = True, [], "", []

    def _interface(self, name: str, team: str, mac: str, vlan: int | None) -> None:
        index = 1 + max(one.index for one in self.interfaces.values())
        number = sum(bool(one.nic_of) for one in self.interfaces.values()) + 1
        text = MULTIPLEXOR + (f" #{number}" if number > 1 else "")
        self.interfaces[name] = Interface(name, text, index, mac, nic_of=team, vlan=vlan)

    def remove_team(self, name: str) -> None:
        """Remove-NetLbfoTeam."""
        self._changes()
        team = self.teams.pop(name)
        for member in team.members:
            self.interfaces[member].member_of = ""
        self.interfaces = {key: one for key, one in self.interfaces.items() if one.nic_of != name}
        self.settle()

    def set_team(self, name: str, mode: str, balancing: str) -> None:
        """Set-NetLbfoTeam."""
        self._changes()
        team = self.teams[name]
        team.mode, team.balancing = mode or team.mode, balancing or team.balancing
        self.settle()

    def add_member(self, team: str, name: str) -> None:
        """Add-NetLbfoTeamMember."""
        self._changes()
        self._free(name)
        self.teams[team].members.append(name)
        self._joins(name, team)
        self.settle()

    def remove_member(self, team: str, name: str) -> None:
        """Remove-NetLbfoTeamMember; the last one stays."""
        self._changes()
        members = self.teams[team].members
        if members == [name] or name not in members:
            raise Refused(f"'{name}' cannot be removed from the team '{team}'.")
        members.remove(name)
        self.interfaces[name].member_of = ""
        self.settle()

    def add_nic(self, team: str, vlan: int, name: str) -> None:
        """Add-NetLbfoTeamNic."""
        self._changes()
        others = [one for one in self.interfaces.values() if one.nic_of == team]
        if name in self.interfaces or any(one.vlan == vlan for one in others) or not 0 < vlan < 4095:
            raise Refused("Cannot create a file when that file already exists.")
        self._interface(name, team, others[0].mac, vlan)
        self.settle()

    def remove_nic(self, team: str, vlan: int) -> None:
        """Remove-NetLbfoTeamNic."""
        self._changes()
        names = [one.name for one in self.interfaces.values() if (one.nic_of, one.vlan) == (team, vlan)]
        if not names:
            raise Refused("No MSFT_NetLbfoTeamNic objects found.")
        del self.interfaces[names[0]]
        self.settle()

    def rename(self, name: str, new: str) -> None:
        """Rename-NetAdapter."""
        if name not in self.interfaces or new in self.interfaces:
            raise Refused(f"{{Object Exists}} An attempt was made to create the object {new}.")
        one = self.interfaces.pop(name)
        one.name = new
        self.interfaces[new] = one

    # --- addresses

    def give(self, name: str, address: str, length: int, gateway: str) -> None:
        """New-NetIPAddress."""
        self._changes()
        one = self.interfaces[name]
        if any(address == known for known, _length in one.addresses):
            raise Refused("Instance MSFT_NetIPAddress already exists")
        if gateway and one.gateway:
            raise Refused("Instance DefaultGateway already exists")
        one.dhcp, one.gateway = False, gateway or one.gateway
        one.addresses.append((address, length))
        self.settle()

    def take(self, name: str, *, addresses: bool = False, gateway: bool = False) -> None:
        """Remove-NetIPAddress, Remove-NetRoute of the default route."""
        self._changes()
        one = self.interfaces[name]
        if addresses:
            one.addresses = []
        if gateway:
            one.gateway = ""
        self.settle()

    def set_dhcp(self, name: str, wanted: bool) -> None:
        """Set-NetIPInterface -Dhcp."""
        self._changes()
        one = self.interfaces[name]
        one.dhcp = wanted
        if wanted:
            one.addresses = []
        self.settle()

    # --- tests

    def static(self, name: str, address: str, length: int, gateway: str, dns: list[str]) -> None:
        """Somebody gave an adapter a fixed address; an empty one stands for that of the appliance."""
        self._changes()
        one = self.interfaces[name]
        one.dhcp, one.gateway, one.dns = False, gateway, dns
        one.addresses = [(address or self.appliance.address, length)]
        self.settle()

    def set_up(self, name: str, value: object) -> None:
        """Set one of SETTINGS; the names of a vendor's adapters come with their descriptions."""
        if name not in SETTINGS:
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)
        for number, (adapter, text) in enumerate(self.vendor.items() if name == "vendor" else ()):
            self.interfaces[adapter] = Interface(adapter, text, 80 + number, f"00-10-18-BB-00-{number:02X}")
        self.settle()
