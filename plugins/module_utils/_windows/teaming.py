# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a change of the network, as typed pipelines: teams of Windows (module NetLbfo) and addresses.

They run one after another in a task of the task scheduler, see ``automatic_return``; one that fails (because Windows
has done it by itself) keeps none of the others from being done.
"""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.useries.appliance.plugins.module_utils._windows.automatic_return import Steps
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import Addresses

SETTLING = 15  # seconds that an interface takes until it has IPv4
DEFAULT_ROUTE = "0.0.0.0/0"


def create_team(name: str, members: Sequence[str], mode: str, balancing: str) -> Steps:
    """A new team; its interface has the team's name, and the hardware address of the first member as a rule."""
    return (
        Command(
            "New-NetLbfoTeam",
            Name=name,
            TeamMembers=list(members),
            TeamNicName=name,
            TeamingMode=mode,
            LoadBalancingAlgorithm=balancing,
            Confirm=False,
        ),
        pause(),
    )


def remove_team(name: str) -> Steps:
    """Dissolve a team."""
    return (Command("Remove-NetLbfoTeam", Name=name, Confirm=False), pause())


def set_team(name: str, mode: str, balancing: str) -> Steps:
    """Mode and load balancing of a team."""
    return (Command("Set-NetLbfoTeam", Name=name, TeamingMode=mode, LoadBalancingAlgorithm=balancing, Confirm=False),)


def add_members(team: str, members: Sequence[str]) -> Steps:
    """Adapters join a team."""
    return tuple(Command("Add-NetLbfoTeamMember", Name=one, Team=team, Confirm=False) for one in members)


def remove_members(team: str, members: Sequence[str]) -> Steps:
    """Adapters leave a team."""
    return tuple(Command("Remove-NetLbfoTeamMember", Name=one, Team=team, Confirm=False) for one in members)


def add_vlan(team: str, vlan: int, name: str | None) -> Command:
    """An interface of a team for a VLAN; without a name Windows calls it like ``Team - VLAN 10``."""
    if name:
        return Command("Add-NetLbfoTeamNic", Team=team, VlanID=vlan, Name=name, Confirm=False)
    return Command("Add-NetLbfoTeamNic", Team=team, VlanID=vlan, Confirm=False)


def remove_vlan(team: str, vlan: int) -> Command:
    """Remove it."""
    return Command("Remove-NetLbfoTeamNic", Team=team, VlanID=vlan, Confirm=False)


def rename(adapter: str, name: str) -> Command:
    """Call an adapter by another name."""
    return Command("Rename-NetAdapter", Name=adapter, NewName=name)


def pause() -> Command:
    """Let an interface come up."""
    return Command("Start-Sleep", Seconds=SETTLING)


def give_addresses(adapter: str, ip: Addresses) -> Steps:
    """An adapter gets these, whatever it had before."""
    clear = (
        Command("Remove-NetIPAddress", InterfaceAlias=adapter, AddressFamily="IPv4", Confirm=False),
        Command("Remove-NetRoute", InterfaceAlias=adapter, DestinationPrefix=DEFAULT_ROUTE, Confirm=False),
    )
    if ip.dhcp:
        return (
            *clear,
            Command("Set-NetIPInterface", InterfaceAlias=adapter, AddressFamily="IPv4", Dhcp="Enabled"),
            Command("Set-DnsClientServerAddress", InterfaceAlias=adapter, ResetServerAddresses=True),
        )
    return (
        *clear,
        Command("Set-NetIPInterface", InterfaceAlias=adapter, AddressFamily="IPv4", Dhcp="Disabled"),
        *_addresses(adapter, ip),
        Command("Set-DnsClientServerAddress", InterfaceAlias=adapter, ServerAddresses=list(ip.dns))
        if ip.dns
        else Command("Set-DnsClientServerAddress", InterfaceAlias=adapter, ResetServerAddresses=True),
    )


def _addresses(adapter: str, ip: Addresses) -> Steps:
    """The gateway comes with the first address; further gateways are not set."""
    steps = []
    for number, (address, length) in enumerate(ip.addresses):
        if number == 0 and ip.gateways:
            steps.append(
                Command(
                    "New-NetIPAddress",
                    InterfaceAlias=adapter,
                    IPAddress=address,
                    PrefixLength=length,
                    DefaultGateway=ip.gateways[0],
                )
            )
        else:
            steps.append(Command("New-NetIPAddress", InterfaceAlias=adapter, IPAddress=address, PrefixLength=length))
    return steps
