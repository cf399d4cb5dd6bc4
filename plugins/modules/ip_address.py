#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ip_address
short_description: Give a network card an IPv4 address
version_added: 0.1.0
description:
  - Sets a network card of the appliance to DHCP or to a static IPv4 address.
  - When the address is the one over which this task came, the connection ends with the change. The task then signs in
    at the new address and reads the page there. Within O(wait_timeout) it either sees the new settings or says at which
    of the two addresses somebody answers.
  - The console's certificate was made for the old address. At the new one exactly the certificate is accepted that was
    verified at the old one just before the change, or one of O(fingerprints).
  - The inventory is not changed. The result holds the address that the tasks which follow need.
  - The page shows one card at a time. The values of another card are read only after they were set, so a task about a
    card that the page does not show counts as changed.
author:
  - The useries.appliance authors (@useries)
options:
  network_card:
    description:
      - The card, as the list on the page words it; by default the one that the page shows.
    type: str
  dhcp:
    description:
      - Whether the card gets its address from a DHCP server. With V(false) the four other values are needed.
    type: bool
    required: true
  ip_address:
    description:
      - The static IPv4 address.
    type: str
  subnet_mask:
    description:
      - Its subnet mask, as in V(255.255.255.0).
    type: str
  gateway:
    description:
      - The default gateway, an address of the same subnet.
    type: str
  dns:
    description:
      - The DNS servers, at least one. The guide does not say how several are typed in; they are joined by a comma.
    type: list
    elements: str
  expected_address:
    description:
      - With O(dhcp=true), the address that the DHCP server is known to give; by default the present one.
    type: str
  wait_timeout:
    description:
      - Seconds to wait at most for the appliance at its new address.
    type: int
    default: 300
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.network_info
    description: Lists the cards.
"""

EXAMPLES = r"""
- name: The second card gets a static address
  useries.appliance.ip_address:
    network_card: Ethernet 2
    dhcp: false
    ip_address: 192.0.2.20
    subnet_mask: 255.255.255.0
    gateway: 192.0.2.1
    dns: [192.0.2.53, 192.0.2.54]
"""

RETURN = r"""
settings:
  description: The settings read back, at the new address when there is one.
  returned: success
  type: dict
address:
  description: Where the appliance answers now; C(useries_host) for the tasks that follow.
  returned: success
  type: str
fingerprints:
  description:
    - Of the certificate that was accepted at the new address because it was verified at the old one; O(fingerprints)
      for the tasks that follow, until a certificate for the new address is there. Empty when none is needed.
  returned: success
  type: list
  elements: str
moved:
  description: Whether that is another address than this task came over.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.ip_address import STATIC, SetAddress
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP


class IpAddress(SetAddress):
    """Guide 451-459."""

    section = NETWORK_AND_RDP.section("ip")
    fields: ClassVar = ("network_card", "dhcp", *STATIC)
    required: ClassVar = ("dhcp",)
    button = "update_ip"
    impact = "service"
    groups: ClassVar = ("console", "partner", "pair")
    options: ClassVar = {
        "dns": {"type": "list", "elements": "str"},
        "expected_address": {"type": "str"},
        "wait_timeout": {"type": "int", "default": 300},
    }
    constraints: ClassVar = {"required_if": [("dhcp", False, STATIC)]}


DECLARATION = IpAddress


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
