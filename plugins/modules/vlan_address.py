#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vlan_address
short_description: Set the IPv4 address of a VLAN's adapter
version_added: 0.1.0
description:
  - Sets an adapter of Windows to DHCP or to a static IPv4 address, over WinRM, as a person would do it in the
    properties of that adapter. Guide, section "Configure VLAN". It is meant for the adapters of VLANs and teams, which
    the console may not show; M(useries.appliance.ip_address) sets the network cards that the console knows.
  - As M(useries.appliance.nic_team) does, it arms the automatic return first. Unless the new settings are seen over a
    new connection within O(return_after) minutes, the appliance undoes the change by itself.
  - A gateway is asked by ping, from the appliance, before the change where that is possible and after it. One that does
    not answer means that the change is undone. So is DHCP without an answer.
  - When the adapter is the one over which the run came, the new settings are looked for at the new address, where
    exactly the certificate is accepted that was verified at the old one just before.
  - What is not given is left as it is. The automatic return does not restore DNS servers that somebody has given by
    hand to an adapter with DHCP, because Windows does not show which ones they are.
  - Adapters that a program of Broadcom or Intel has made can be set too.
  - The account must be an administrator.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows.
author:
  - The useries.appliance authors (@useries)
options:
  adapter:
    description:
      - Name of the adapter, as Windows shows it.
    type: str
    required: true
  dhcp:
    description:
      - Whether it gets its address from a DHCP server. With V(false), O(ip_address) and O(subnet_mask) are needed.
    type: bool
    required: true
  ip_address:
    description:
      - The static IPv4 address; it replaces all the adapter has.
    type: str
  subnet_mask:
    description:
      - Its subnet mask, as in V(255.255.255.0).
    type: str
  gateway:
    description:
      - The default gateway, an address of the same subnet. An appliance needs one on one adapter only.
    type: str
  dns:
    description:
      - The DNS servers; an empty list removes them.
    type: list
    elements: str
  expected_address:
    description:
      - With O(dhcp=true), the address that the DHCP server is known to give; needed when the run came over this adapter
        and it will be another one.
    type: str
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.automatic_return
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.vlan
  - module: useries.appliance.ip_address
"""

EXAMPLES = r"""
- name: The appliance in the network of the scanners
  useries.appliance.vlan_address:
    adapter: Scanners
    dhcp: false
    ip_address: 192.0.2.110
    subnet_mask: 255.255.255.0
    return_after: 30
"""

RETURN = r"""
vlan_address:
  description: The adapter, read back; in check mode as it is before.
  returned: success
  type: dict
  contains:
    adapter:
      description: Its name.
      type: str
    dhcp:
      description: Whether it gets its address from a DHCP server.
      type: bool
    ip_address:
      description: Its address; several are joined by commas. Null without one.
      type: str
    subnet_mask:
      description: Its mask.
      type: str
    gateway:
      description: Its default gateway; null without one.
      type: str
    dns:
      description: The DNS servers it uses.
      type: list
      elements: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.vlan_address import (
    SetAdapterAddress,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class VlanAddress(SetAdapterAddress):
    """Guide 1735, 1772."""

    returns = "vlan_address"
    options: ClassVar = {
        "adapter": {"type": "str", "required": True},
        "dhcp": {"type": "bool", "required": True},
        "ip_address": {"type": "str"},
        "subnet_mask": {"type": "str"},
        "gateway": {"type": "str"},
        "dns": {"type": "list", "elements": "str"},
        "expected_address": {"type": "str"},
    }


DECLARATION = VlanAddress


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
