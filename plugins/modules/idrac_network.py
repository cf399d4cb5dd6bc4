#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_network
short_description: Set the network of an appliance's iDRAC
version_added: 0.1.0
description:
  - Turns the NIC of the iDRAC on, chooses its port, and gives it a static IPv4 address or DHCP. Only what is given is
    compared and set, and it is read back afterwards.
  - There are two roads with the same options. For the first contact the program C(racadm) on the appliance is run over
    WinRM, which needs neither the network nor a password of the iDRAC. Later the iDRAC itself is asked over Redfish.
  - Both syntaxes of C(racadm) are known. The older one is used where the tool does not understand the other.
  - A new address given over Redfish ends the connection over which it is given. The task then signs in at the new
    address and reads the settings there. There the certificate is accepted that was verified at the old address just
    before, or one of O(idrac_fingerprints). Within O(wait_timeout) it either sees the settings or says at which of the
    two addresses somebody answers.
  - The inventory is not changed. The result holds the address that the tasks which follow need.
  - Whether the gateway can be reached is not tested, since nobody but the iDRAC could.
  - Both roads have been checked against a model, not yet against a real iDRAC. The formats of C(racadm) are those of
    published transcripts.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether the NIC of the iDRAC is on. V(false) is possible with O(via=windows) only.
    type: bool
  nic_selection:
    description:
      - V(dedicated) is the iDRAC's own port. The others are ports of the server that it shares with Windows.
      - An iDRAC 6 knows V(dedicated) and V(lom1) only.
    type: str
    choices: [dedicated, lom1, lom2, lom3, lom4]
  dhcp:
    description:
      - Whether it gets its address from a DHCP server. V(false) needs O(ip_address), O(subnet_mask) and O(gateway).
    type: bool
  ip_address:
    description:
      - The static IPv4 address. It is refused when somebody answers there already.
    type: str
  subnet_mask:
    description:
      - Its subnet mask, as in V(255.255.255.0).
    type: str
  gateway:
    description:
      - The gateway, an address of the same subnet.
    type: str
  expected_address:
    description:
      - With O(dhcp=true), the address that the DHCP server is known to give; by default the present one. Used over
        Redfish only.
    type: str
  via:
    description:
      - The road to the iDRAC.
      - V(redfish) is the iDRAC's own interface, V(windows) the program C(racadm) on the appliance over WinRM.
      - V(auto) takes Redfish where the iDRAC is configured and answers. Where nobody answers there, or it is not
        configured, it takes C(racadm). A refused password or an unexpected certificate is an error, not a reason to
        take the other road.
    type: str
    choices: [auto, redfish, windows]
    default: auto
  wait_timeout:
    description:
      - Seconds to wait at most until the settings are seen.
    type: int
    default: 300
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.idrac_network_info
  - module: useries.appliance.ip_address
    description: The address of the appliance itself.
"""

EXAMPLES = r"""
- name: First contact, the NIC is on and has its own port
  useries.appliance.idrac_network:
    enabled: true
    nic_selection: dedicated
    via: windows

- name: The iDRAC has the address of the inventory, and the first address of its network is the gateway
  useries.appliance.idrac_network:
    dhcp: false
    ip_address: "{{ useries_idrac_host }}"
    subnet_mask: 255.255.255.0
    gateway: "{{ useries_idrac_host | regex_replace('[.][0-9]+$', '.1') }}"
"""

RETURN = r"""
idrac_network:
  description: The settings read back, at the new address when there is one; in check mode the present ones.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the NIC of the iDRAC is on.
      type: bool
    nic_selection:
      description: V(dedicated), or the port of the server that it shares.
      type: str
    dhcp:
      description: Whether it gets its address from a DHCP server.
      type: bool
    ip_address:
      description: Its IPv4 address; C(useries_idrac_host) for the tasks that follow.
      type: str
    subnet_mask:
      description: Its subnet mask.
      type: str
    gateway:
      description: Its gateway.
      type: str
via:
  description: The road taken, V(redfish) or V(windows).
  returned: success
  type: str
moved:
  description: Whether that is another address than this task came over.
  returned: success
  type: bool
fingerprints:
  description:
    - Of the certificate that was accepted at the new address because it was verified at the old one;
      O(idrac_fingerprints) for the tasks that follow. Empty when none is needed.
  returned: success
  type: list
  elements: str
answers:
  description: Whether somebody answers at that address and the port of the iDRAC from here; null without an address.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import STATIC, VIA
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.idrac_network import (
    SetIdracNetwork,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class IdracNetwork(SetIdracNetwork):
    """Guide 1679-1680, 1696-1699 (DELL-06, DELL-08)."""

    returns = "idrac_network"
    surface = "idrac"
    groups: ClassVar = ("idrac", "windows", "console")
    options: ClassVar = {
        "enabled": {"type": "bool"},
        "nic_selection": {"type": "str", "choices": ["dedicated", "lom1", "lom2", "lom3", "lom4"]},
        "dhcp": {"type": "bool"},
        **{name: {"type": "str"} for name in (*STATIC, "expected_address")},
        "via": VIA,
        "wait_timeout": {"type": "int", "default": 300},
    }
    constraints: ClassVar = {"required_if": [("dhcp", False, STATIC)]}


DECLARATION = IdracNetwork


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
