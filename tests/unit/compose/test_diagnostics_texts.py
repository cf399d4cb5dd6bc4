# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of the site Diagnostics."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnostics import adapters, notification

TEXT = """Windows IP Configuration

   Host Name . . . . . . . . . . . . : UVM-1A

Ethernet adapter Ethernet 1:

   Description . . . . . . . . . . . : Some Network Adapter
   Physical Address. . . . . . . . . : 00-15-5D-01-02-03
   Link-local IPv6 Address . . . . . : fe80::1c2%5(Preferred)
   IPv4 Address. . . . . . . . . . . : 192.0.2.10(Preferred)
   Subnet Mask . . . . . . . . . . . : 255.255.255.0
   Default Gateway . . . . . . . . . : fe80::1%5
                                       192.0.2.1
   DHCPv6 IAID . . . . . . . . . . . : 1234
   DNS Servers . . . . . . . . . . . : 192.0.2.53
   NetBIOS over Tcpip. . . . . . . . : Enabled

Wireless LAN adapter Wi-Fi:

   Media State . . . . . . . . . . . : Media disconnected
   Default Gateway . . . . . . . . . :
   DHCP Enabled. . . . . . . . . . . : Yes
"""


@pytest.mark.parametrize("text", [TEXT, " ".join(TEXT.split())], ids=["lines", "one line"])
def test_adapters(text: str) -> None:
    one, two = adapters(text)
    assert one == {
        "name": "Ethernet 1",
        "mac": ["00-15-5D-01-02-03"],
        "ipv6": ["fe80::1c2%5"],
        "ipv4": ["192.0.2.10"],
        "subnet_mask": ["255.255.255.0"],
        "gateway": ["fe80::1%5", "192.0.2.1"],
        "dns": ["192.0.2.53"],
    }
    assert two["name"] == "Wi-Fi"
    assert not any(value for key, value in two.items() if key != "name")


def test_a_text_that_is_not_understood() -> None:
    assert adapters("Windows-IP-Konfiguration\n\nEthernet-Adapter Ethernet:\n") == []
    assert adapters("") == []


def test_a_row_without_severity_and_time() -> None:
    found = notification({"": "", "What": "Disk is full"})
    assert found == {"at": None, "severity": None, "text": "Disk is full"}
