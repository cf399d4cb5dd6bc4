# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands of the modules NetAdapter, NetLbfo, NetTCPIP and DnsClient, and Win32_NetworkAdapterConfiguration.

Written from Microsoft's documentation of them. Changing anything needs an administrator.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any

from simulator.model.adapters import Adapters, Interface
from simulator.model.errors import Refused
from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint, Enumerated

Objects = list[Any]
Given = Mapping[str, Any]
MODES = {"static": ("Static", 0), "switchindependent": ("SwitchIndependent", 1), "lacp": ("Lacp", 2)}
BALANCING = {
    "transportports": ("TransportPorts", 0),
    "ipaddresses": ("IPAddresses", 2),
    "macaddresses": ("MacAddresses", 3),
    "hypervport": ("HyperVPort", 4),
    "dynamic": ("Dynamic", 5),
}


def get_net_adapter(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Get-NetAdapter."""
    nics = _nics(machine)
    return [
        {
            "Name": one.name,
            "InterfaceDescription": one.description,
            "InterfaceIndex": one.index,
            "Status": "Up" if one.up else "Disconnected",
            "MacAddress": one.mac,
            "HardwareInterface": not one.nic_of and one.name not in nics.vendor,
            "VlanID": one.vlan,
        }
        for one in nics.interfaces.values()
    ]


def get_team(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Get-NetLbfoTeam."""
    return [
        {
            "Name": team.name,
            "Members": list(team.members),
            "TeamingMode": Enumerated(*MODES[team.mode.lower()]),
            "LoadBalancingAlgorithm": Enumerated(*BALANCING[team.balancing.lower()]),
            "Status": Enumerated("Up", 0) if _team_is_up(machine, team.name) else Enumerated("Down", 1),
        }
        for team in _nics(machine).teams.values()
    ]


def _team_is_up(machine: Machine, name: str) -> bool:
    nics = _nics(machine)
    return any(nics.carries(one) for one in nics.interfaces.values() if one.nic_of == name and one.vlan is None)


def get_team_member(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Get-NetLbfoTeamMember."""
    return [
        {"Name": name, "Team": team.name, "AdministrativeMode": Enumerated("Active", 0)}
        for team in _nics(machine).teams.values()
        for name in team.members
    ]


def get_team_nic(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Get-NetLbfoTeamNic."""
    return [
        {"Name": one.name, "Team": one.nic_of, "VlanID": one.vlan, "Primary": one.vlan is None}
        for one in _nics(machine).interfaces.values()
        if one.nic_of
    ]


def configurations(machine: Machine) -> Objects:
    """Win32_NetworkAdapterConfiguration."""
    nics = _nics(machine)
    found = []
    for one in nics.interfaces.values():
        held = nics.addresses(one)
        masks = [str(ipaddress.ip_network(f"0.0.0.0/{length}").netmask) for _address, length in held]
        found.append(
            {
                "InterfaceIndex": one.index,
                "IPEnabled": not one.member_of,
                "DHCPEnabled": one.dhcp,
                "IPAddress": [address for address, _length in held] or None,
                "IPSubnet": masks or None,
                "DefaultIPGateway": [one.gateway] if one.gateway and held else None,
                "DNSServerSearchOrder": list(one.dns) or None,
            }
        )
    return found


def test_connection(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Test-Connection -Quiet."""
    return [_nics(machine).pings(str(given["computername"]))]


# --- changes


def new_team(machine: Machine, objects: Objects, given: Given) -> Objects:
    """New-NetLbfoTeam."""
    nics, name = _changed(machine, given, "New-NetLbfoTeam"), str(given["name"])
    if name in nics.teams:
        raise _complaint("New-NetLbfoTeam", f"A team named '{name}' exists already.", "Windows System Error 183")
    members = given["teammembers"]
    mode = MODES[str(given.get("teamingmode", "SwitchIndependent")).lower()][0]
    balancing = BALANCING[str(given.get("loadbalancingalgorithm", "Dynamic")).lower()][0]
    nics.create_team(name, list(members), mode, balancing, str(given.get("teamnicname", name)))
    return get_team(machine, objects, given)


def set_team(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Set-NetLbfoTeam."""
    nics = _changed(machine, given, "Set-NetLbfoTeam")
    mode = MODES[str(given["teamingmode"]).lower()][0] if "teamingmode" in given else ""
    algorithm = given.get("loadbalancingalgorithm")
    nics.set_team(_team(nics, given, "name"), mode, BALANCING[str(algorithm).lower()][0] if algorithm else "")
    return []


def remove_team(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Remove-NetLbfoTeam."""
    nics = _changed(machine, given, "Remove-NetLbfoTeam")
    nics.remove_team(_team(nics, given, "name"))
    return []


def add_member(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Add-NetLbfoTeamMember."""
    nics = _changed(machine, given, "Add-NetLbfoTeamMember")
    nics.add_member(_team(nics, given, "team"), str(given["name"]))
    return []


def remove_member(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Remove-NetLbfoTeamMember."""
    nics = _changed(machine, given, "Remove-NetLbfoTeamMember")
    nics.remove_member(_team(nics, given, "team"), str(given["name"]))
    return []


def add_nic(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Add-NetLbfoTeamNic."""
    nics, vlan = _changed(machine, given, "Add-NetLbfoTeamNic"), int(given["vlanid"])
    team = _team(nics, given, "team")
    nics.add_nic(team, vlan, str(given.get("name", f"{team} - VLAN {vlan}")))
    return []


def remove_nic(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Remove-NetLbfoTeamNic."""
    nics = _changed(machine, given, "Remove-NetLbfoTeamNic")
    nics.remove_nic(_team(nics, given, "team"), int(given["vlanid"]))
    return []


def rename(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Rename-NetAdapter."""
    nics = _changed(machine, given, "Rename-NetAdapter", asks=False)
    nics.rename(str(given["name"]), str(given["newname"]))
    return []


def new_address(machine: Machine, objects: Objects, given: Given) -> Objects:
    """New-NetIPAddress."""
    nics = _changed(machine, given, "New-NetIPAddress", asks=False)
    name = _alias(nics, given)
    nics.give(name, str(given["ipaddress"]), int(given["prefixlength"]), str(given.get("defaultgateway", "")))
    return []


def remove_address(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Remove-NetIPAddress."""
    nics = _changed(machine, given, "Remove-NetIPAddress")
    nics.take(_alias(nics, given), addresses=True)
    return []


def remove_route(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Remove-NetRoute, of the default route."""
    nics = _changed(machine, given, "Remove-NetRoute")
    nics.take(_alias(nics, given), gateway=True)
    return []


def set_ip_interface(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Set-NetIPInterface -Dhcp."""
    nics = _changed(machine, given, "Set-NetIPInterface", asks=False)
    nics.set_dhcp(_alias(nics, given), str(given["dhcp"]).lower() == "enabled")
    return []


def set_dns(machine: Machine, objects: Objects, given: Given) -> Objects:
    """Set-DnsClientServerAddress."""
    nics = _changed(machine, given, "Set-DnsClientServerAddress", asks=False)
    nics.interfaces[_alias(nics, given)].dns = list(given.get("serveraddresses", []))
    return []


def _nics(machine: Machine) -> Adapters:
    found: Adapters = machine.appliance.adapters
    return found


def _changed(machine: Machine, given: Given, command: str, *, asks: bool = True) -> Adapters:
    """The adapters, for a command that changes them; one that asks needs -Confirm:$false."""
    if not machine.windows.administrator:
        raise _complaint(command, "Access is denied. ", "Windows System Error 5")
    if asks and given.get("confirm") is not False:
        raise _complaint(command, "PowerShell is in NonInteractive mode.", "InvalidOperation")
    complaint = machine.appliance.take_fault(command)
    if complaint:
        raise _complaint(command, complaint, "HRESULT 0x80070057")
    return _nics(machine)


def _team(nics: Adapters, given: Given, parameter: str) -> str:
    name = str(given[parameter])
    if name not in nics.teams:
        raise Refused(f"No MSFT_NetLbfoTeam objects found with property 'Name' equal to '{name}'.")
    return name


def _alias(nics: Adapters, given: Given) -> str:
    one: Interface | None = nics.interfaces.get(str(given["interfacealias"]))
    if one is None or one.member_of:
        raise Refused("No matching MSFT_NetIPInterface objects found.")
    return one.name


def _complaint(command: str, text: str, identifier: str) -> Complaint:
    return Complaint(command, text, f"NotSpecified: (:) [{command}], CimException", f"{identifier},{command}")


def refusing(command: str, run: Callable[[Machine, Objects, Given], Objects]) -> Callable[..., Objects]:
    """What the model refuses is an error record."""

    def handler(machine: Machine, objects: Objects, given: Given) -> Objects:
        try:
            return run(machine, objects, given)
        except Refused as error:
            raise _complaint(command, error.message, "HRESULT 0x80070490") from None

    return handler


CHANGES = (
    ("New-NetLbfoTeam", ("name", "teammembers", "teamingmode", "loadbalancingalgorithm", "teamnicname", "confirm"),
     new_team),
    ("Set-NetLbfoTeam", ("name", "teamingmode", "loadbalancingalgorithm", "confirm"), set_team),
    ("Remove-NetLbfoTeam", ("name", "confirm"), remove_team),
    ("Add-NetLbfoTeamMember", ("name", "team", "confirm"), add_member),
    ("Remove-NetLbfoTeamMember", ("name", "team", "confirm"), remove_member),
    ("Add-NetLbfoTeamNic", ("team", "vlanid", "name", "confirm"), add_nic),
    ("Remove-NetLbfoTeamNic", ("team", "vlanid", "confirm"), remove_nic),
    ("Rename-NetAdapter", ("name", "newname"), rename),
    ("New-NetIPAddress", ("interfacealias", "ipaddress", "prefixlength", "defaultgateway"), new_address),
    ("Remove-NetIPAddress", ("interfacealias", "addressfamily", "confirm"), remove_address),
    ("Remove-NetRoute", ("interfacealias", "addressfamily", "destinationprefix", "confirm"), remove_route),
    ("Set-NetIPInterface", ("interfacealias", "addressfamily", "dhcp"), set_ip_interface),
    ("Set-DnsClientServerAddress", ("interfacealias", "serveraddresses", "resetserveraddresses"), set_dns),
)  # fmt: skip
READS = (
    ("Get-NetAdapter", (), get_net_adapter),
    ("Get-NetLbfoTeam", (), get_team),
    ("Get-NetLbfoTeamMember", (), get_team_member),
    ("Get-NetLbfoTeamNic", (), get_team_nic),
    ("Test-Connection", ("computername", "count", "quiet"), test_connection),
)
