#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_network_info
short_description: Report the network settings of an appliance's iDRAC
version_added: 0.1.0
description:
  - Reads whether the NIC of the iDRAC is on, whether it has a port of its own, and its address.
  - Over Redfish it is the iDRAC itself that answers. Over Windows the program C(racadm) on the appliance is run, which
    works without a network and without a password of the iDRAC.
  - Both have been checked against a model, not yet against a real iDRAC.
author:
  - The useries.appliance authors (@useries)
options:
  via:
    description:
      - The road to the iDRAC.
      - V(redfish) is the iDRAC's own interface, V(windows) the program C(racadm) on the appliance over WinRM.
      - V(auto) takes Redfish where the iDRAC is configured and answers, else C(racadm).
    type: str
    choices: [auto, redfish, windows]
    default: auto
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.idrac_network
  - module: useries.appliance.idrac_info
"""

EXAMPLES = r"""
- name: Which address did DHCP give the iDRAC?
  useries.appliance.idrac_network_info:
    query: ip_address
  register: idrac
"""

RETURN = r"""
idrac_network:
  description: The settings, filtered by O(query).
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the NIC of the iDRAC is on.
      type: bool
    nic_selection:
      description:
        - V(dedicated), or the port of the server that it shares, as V(lom1). An iDRAC 6 also knows
          V(lom1_failover_lom2) and V(lom1_failover_all).
      type: str
    dhcp:
      description: Whether it gets its address from a DHCP server.
      type: bool
    ip_address:
      description: Its IPv4 address; V(0.0.0.0) while it has none.
      type: str
    subnet_mask:
      description: Its subnet mask.
      type: str
    gateway:
      description: Its gateway.
      type: str
    via:
      description: The road taken, V(redfish) or V(windows).
      type: str
reachable:
  description: Whether what was asked answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.idrac_network import VIA
from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.idrac_network import (
    ReadIdracNetwork,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class IdracNetworkInfo(ReadIdracNetwork):
    """Guide 1700 (DELL-09)."""

    returns = "idrac_network"
    surface = "idrac"
    groups: ClassVar = ("idrac", "windows")
    options: ClassVar = {"via": VIA}


DECLARATION = IdracNetworkInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
