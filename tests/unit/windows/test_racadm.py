# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines of racadm in both syntaxes, and answers as published transcripts of real systems show them."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._windows.racadm_text import (
    legacy_network,
    modern_network,
    name_in,
    name_line,
    network_lines,
    parse,
    password_line,
    slot_in,
    slot_line,
)

STATIC = {"dhcp": False, "ip_address": "192.0.2.30", "subnet_mask": "255.255.255.0", "gateway": "192.0.2.1"}
NIC = "[Key=idrac.Embedded.1#NIC.1]\r\nEnable=Enabled\r\n#MACAddress=02:00:00:00:00:01\r\nSelection=LOM2\r\n\r\n"
IPV4 = (
    "[Key=iDRAC.Embedded.1#IPv4.1]\nAddress=192.168.0.3\nDHCPEnable=Disabled\nDNS1=0.0.0.0\nEnable=Enabled\n"
    "Gateway=192.168.0.1\nNetmask=255.255.255.0\n"
)
GETNICCFG = """

IPv4 settings:
NIC Enabled     = 1
IPv4 Enabled    = 1
DHCP Enabled    = 0
IP Address      = 192.168.0.3
Subnet Mask     = 255.255.255.0
Gateway         = 192.168.0.1

IPv6 settings:
IPv6 Enabled    = 0
DHCP6 Enabled   = 1
IP Address 1    = ::
Gateway         = ::
Link Local Address = ::
IP Address 15   = ::

LOM Status:
NIC Selection   = Shared with failover (LOM2)
Link Detected   = No
Speed           = Unknown
Active LOM in Shared Mode = None
"""


def test_modern_orders_give_the_address_first_and_turn_the_nic_on_last() -> None:
    lines = network_lines("modern", {"enabled": True, "nic_selection": "lom1", **STATIC})
    assert lines == [
        ("set", "iDRAC.IPv4.Address", "192.0.2.30"),
        ("set", "iDRAC.IPv4.Netmask", "255.255.255.0"),
        ("set", "iDRAC.IPv4.Gateway", "192.0.2.1"),
        ("set", "iDRAC.IPv4.DHCPEnable", "0"),
        ("set", "iDRAC.NIC.Selection", "LOM1"),
        ("set", "iDRAC.NIC.Enable", "1"),
    ]
    assert network_lines("modern", {"dhcp": True}) == [("set", "iDRAC.IPv4.DHCPEnable", "1")]
    assert network_lines("modern", {"nic_selection": "dedicated"}) == [("set", "iDRAC.NIC.Selection", "Dedicated")]
    assert network_lines("modern", {}) == []


def test_legacy_orders_are_those_of_the_guide_but_for_the_switch() -> None:
    lines = network_lines("legacy", {"enabled": True, "nic_selection": "dedicated", **STATIC})
    assert lines == [
        ("setniccfg", "-s", "192.0.2.30", "255.255.255.0", "192.0.2.1"),
        ("config", "-g", "cfgLanNetworking", "-o", "cfgNicSelection", "2"),
        ("config", "-g", "cfgLanNetworking", "-o", "cfgNicEnable", "1"),
    ]
    assert network_lines("legacy", {"dhcp": True}) == [("setniccfg", "-d")]
    assert ("setniccfg", "-o") not in lines, "it turns the NIC on or off"


def test_the_answer_of_get() -> None:
    assert modern_network(parse(NIC), parse(IPV4)) == {
        "enabled": True,
        "nic_selection": "lom2",
        "dhcp": False,
        "ip_address": "192.168.0.3",
        "subnet_mask": "255.255.255.0",
        "gateway": "192.168.0.1",
    }
    assert parse(NIC).value("nic.1", "MACAddress") == "02:00:00:00:00:01"


def test_the_answer_of_getniccfg_has_two_gateways() -> None:
    found = legacy_network(parse(GETNICCFG), parse("1\r\n"))
    assert found == {
        "enabled": True,
        "nic_selection": "lom1_failover_lom2",
        "dhcp": False,
        "ip_address": "192.168.0.3",
        "subnet_mask": "255.255.255.0",
        "gateway": "192.168.0.1",
    }


@pytest.mark.parametrize(
    ("called", "number"), [("Shared with failover (LOM2)", "2"), ("Dedicated", "1"), ("Dediziert", "2"), ("Shared", "")]
)
def test_a_port_whose_name_and_number_do_not_agree_is_not_understood(called: str, number: str) -> None:
    text = GETNICCFG.replace("Shared with failover (LOM2)", called)
    assert legacy_network(parse(text), parse(number)) is None


@pytest.mark.parametrize(
    ("nic", "ipv4"),
    [
        (NIC.replace("Enabled", "Aktiviert"), IPV4),
        (NIC, IPV4.replace("Disabled", "Deaktiviert")),
        (NIC.replace("LOM2", "Keine"), IPV4),
        (NIC, ""),
        ("", IPV4),
    ],
)
def test_another_language_is_not_understood(nic: str, ipv4: str) -> None:
    assert modern_network(parse(nic), parse(ipv4)) is None


@pytest.mark.parametrize(
    "text",
    [
        "ERROR: Unable to perform requested operation.",
        "RAC947: Invalid object value specified.",
        "SWC0242 : A required license is missing or expired.",
        "ERROR : Invalid subcommand specified.",
    ],
)
def test_complaints(text: str) -> None:
    assert parse(f"\r\n{text}\r\n").complaint == text


@pytest.mark.parametrize("text", [NIC, IPV4, GETNICCFG, "Object value modified successfully", "1"])
def test_what_is_no_complaint(text: str) -> None:
    assert parse(text).complaint == ""


def test_the_password_from_the_factory_is_warned_about() -> None:
    warning = "SEC0701: Warning: Default username and password are currently in use. It is strongly recommended to\n"
    answer = parse(warning + NIC)
    assert (answer.defaults, answer.complaint, answer.value("nic.1", "Enable")) == (True, "", "Enabled")
    assert parse(NIC).defaults is False


def test_accounts_in_the_modern_syntax() -> None:
    assert name_line(2) == ("get", "iDRAC.Users.2.UserName")
    assert password_line("modern", 2, "a b") == ("set", "iDRAC.Users.2.Password", "a b")
    assert name_in(parse("[Key=iDRAC.Embedded.1#Users.2]\r\nUserName=root\r\n"), 2) == "root"
    assert name_in(parse("[Key=iDRAC.Embedded.1#Users.8]\nUserName=\n"), 8) == ""
    assert name_in(parse("ERROR: Invalid subcommand specified."), 2) is None


def test_accounts_in_the_legacy_syntax() -> None:
    line = ("config", "-g", "cfgUserAdmin", "-o", "cfgUserAdminPassword", "-i", "2", "a b")
    assert (slot_line("root"), password_line("legacy", 2, "a b")) == (("getconfig", "-u", "root"), line)
    text = "# cfgUserAdminIndex=2\ncfgUserAdminUserName=root\n# cfgUserAdminPassword=******** (Write-Only)\n"
    assert slot_in(parse(text)) == 2
    assert slot_in(parse("ERROR: The specified user name was not found.")) is None


def test_a_pending_value_is_not_the_present_one() -> None:
    text = "[Key=iDRAC.Embedded.1#NIC.1]\nSelection=Dedicated (Pending Value=LOM1)\n"
    assert parse(text).value("nic.1", "Selection") == "Dedicated"


def test_values_are_not_shown_by_accident() -> None:
    assert "192.168.0.3" not in repr(parse(IPV4))
