# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adapters, addresses and teams as they are read, and the steps of a change as they are rendered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows import teaming
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import script
from ansible_collections.useries.appliance.plugins.module_utils._windows.wiring import (
    Adapter,
    Addresses,
    Team,
    TeamNic,
    read_wiring,
)

DATA = Path(__file__).parents[2] / "data/cmdlets"
ANSWERS = {
    "Get-CimInstance -ClassName 'Win32_OperatingSystem'": [
        {"Version": "10.0.14393", "LocalDateTime": "2026-11-29T14:00:00.000Z"}
    ],
    "Get-NetAdapter ": [
        {"Name": "NIC1", "InterfaceDescription": "Broadcom", "InterfaceIndex": "12", "Status": "Up"},
        {"Name": "NIC2", "InterfaceDescription": "Broadcom #2", "InterfaceIndex": "13", "Status": "Up"},
        {"Name": "T", "InterfaceDescription": "Multiplexor", "InterfaceIndex": "20", "Status": "Up"},
        {"Name": "T - VLAN 10", "InterfaceDescription": "Multiplexor #2", "InterfaceIndex": "21", "Status": "Up"},
        {"Name": "V_V10", "InterfaceDescription": "BASP Virtual Adapter", "InterfaceIndex": "22", "Status": "Up"},
    ],
    "Get-CimInstance -ClassName 'Win32_NetworkAdapterConfiguration'": [
        {
            "InterfaceIndex": 20,
            "DHCPEnabled": False,
            "IPAddress": ["192.0.2.10", "fe80::1"],
            "IPSubnet": ["255.255.255.128", "64"],
            "DefaultIPGateway": ["192.0.2.1"],
            "DNSServerSearchOrder": ["192.0.2.53", "192.0.2.54"],
        },
        {
            "InterfaceIndex": 21,
            "DHCPEnabled": True,
            "IPAddress": "169.254.3.4",
            "IPSubnet": "255.255.0.0",
            "DefaultIPGateway": None,
            "DNSServerSearchOrder": None,
        },
    ],
    "Get-NetLbfoTeam ": [
        {"Name": "T", "TeamingMode": "Lacp", "LoadBalancingAlgorithm": "Dynamic", "Status": "Degraded"}
    ],
    "Get-NetLbfoTeamMember ": [{"Name": "NIC2", "Team": "T"}, {"Name": "NIC1", "Team": "T"}],
    "Get-NetLbfoTeamNic ": [
        {"Name": "T", "Team": "T", "VlanID": ""},
        {"Name": "T - VLAN 10", "Team": "T", "VlanID": "10"},
    ],
}


class Windows:
    """A session that answers by the beginning of what it is asked."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, answers=None, error_id=""):
        self.answers, self.error_id = ANSWERS if answers is None else answers, error_id

    def run(self, pipeline):
        if self.error_id:
            raise CommandFailed("words", operation="x", target="x", error_id=self.error_id)
        text = pipeline.render()
        return next(answer for words, answer in self.answers.items() if text.startswith(words))


def test_everything_is_read():
    found = read_wiring(Windows())
    assert (found.version, found.now.isoformat()) == ((10, 0), "2026-11-29T14:00:00+00:00")
    assert found.teams == (Team("T", ("NIC1", "NIC2"), "Lacp", "Dynamic", "Degraded"),)
    assert found.nics == (TeamNic("T", "T", None), TeamNic("T - VLAN 10", "T", 10))
    assert found.adapter("t") == Adapter(
        "T",
        "Multiplexor",
        "Up",
        Addresses(False, (("192.0.2.10", 25),), ("192.0.2.1",), ("192.0.2.53", "192.0.2.54")),
    )
    assert found.adapter("T - VLAN 10").ip.addresses == (("169.254.3.4", 16),)
    assert found.adapter("T - VLAN 10").ip.usable == (), "no DHCP server has given it"
    assert found.adapter("NIC1").ip is None
    assert [one.name for one in found.cards] == ["NIC1", "NIC2"]
    assert found.adapter("V_V10").vendor == "Broadcom"


def test_without_teams_there_are_none():
    found = read_wiring(Windows({**ANSWERS, "Get-NetLbfoTeam ": [], "Get-NetLbfoTeamMember ": []}))
    assert (found.teams, found.team("T")) == ((), None)


def test_a_windows_without_the_commands_says_so():
    assert read_wiring(Windows(error_id="CommandNotFoundException")) is None
    with pytest.raises(CommandFailed, match="words"):
        read_wiring(Windows(error_id="AccessDenied"))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("Get-CimInstance -ClassName 'Win32_OperatingSystem'", []),
        ("Get-CimInstance -ClassName 'Win32_OperatingSystem'", [{"Version": "ten", "LocalDateTime": "x"}]),
        ("Get-NetAdapter ", ["text"]),
        ("Get-NetLbfoTeam ", [{"Name": "T"}]),
        ("Get-NetLbfoTeamNic ", [{"Name": "T", "Team": "T", "VlanID": "ten"}]),
        (
            "Get-CimInstance -ClassName 'Win32_NetworkAdapterConfiguration'",
            [{"InterfaceIndex": 12, "DHCPEnabled": True, "IPAddress": ["192.0.2.1"], "IPSubnet": None,
              "DefaultIPGateway": None, "DNSServerSearchOrder": None}],
        ),
    ],
)  # fmt: skip
def test_other_objects_are_an_error(command, answer):
    with pytest.raises(UseriesError, match="not understood") as caught:
        read_wiring(Windows({**ANSWERS, command: answer}))
    assert caught.value.kind == "unexpected"


def test_steps_of_a_team():
    assert script(teaming.create_team("T", ["NIC1", "NIC2"], "Lacp", "Dynamic")) == (
        "New-NetLbfoTeam -Name 'T' -TeamMembers @('NIC1','NIC2') -TeamNicName 'T' -TeamingMode 'Lacp' "
        "-LoadBalancingAlgorithm 'Dynamic' -Confirm:$false; Start-Sleep -Seconds 15"
    )
    assert script(teaming.remove_team("T")) == "Remove-NetLbfoTeam -Name 'T' -Confirm:$false; Start-Sleep -Seconds 15"


def test_steps_of_addresses():
    ip = Addresses(False, (("192.0.2.10", 25), ("192.0.2.11", 25)), ("192.0.2.1",), ("192.0.2.53",))
    assert script(teaming.give_addresses("T", ip)) == "; ".join(
        [
            "Remove-NetIPAddress -InterfaceAlias 'T' -AddressFamily 'IPv4' -Confirm:$false",
            "Remove-NetRoute -InterfaceAlias 'T' -DestinationPrefix '0.0.0.0/0' -Confirm:$false",
            "Set-NetIPInterface -InterfaceAlias 'T' -AddressFamily 'IPv4' -Dhcp 'Disabled'",
            "New-NetIPAddress -InterfaceAlias 'T' -IPAddress '192.0.2.10' -PrefixLength 25 -DefaultGateway '192.0.2.1'",
            "New-NetIPAddress -InterfaceAlias 'T' -IPAddress '192.0.2.11' -PrefixLength 25",
            "Set-DnsClientServerAddress -InterfaceAlias 'T' -ServerAddresses @('192.0.2.53')",
        ]
    )
    by_dhcp = script(teaming.give_addresses("T", Addresses(True)))
    assert by_dhcp.endswith(
        "Set-NetIPInterface -InterfaceAlias 'T' -AddressFamily 'IPv4' -Dhcp 'Enabled'; "
        "Set-DnsClientServerAddress -InterfaceAlias 'T' -ResetServerAddresses:$true"
    )


@pytest.mark.parametrize("system", ["ws2012r2", "ws2016", "ws2019"])
def test_the_words_of_the_options_are_those_of_windows(system):
    from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.nic_team import BALANCING, MODES

    facts = json.loads((DATA / f"{system}.json").read_text("utf-8"))["commands"]["New-NetLbfoTeam"]["p"]
    assert set(MODES.values()) == set(facts["TeamingMode"]["e"])
    assert set(BALANCING.values()) == set(facts["LoadBalancingAlgorithm"]["e"])
