#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nic_team
short_description: Team network adapters of an appliance
version_added: 0.1.0
description:
  - Makes a team (link aggregation) of network adapters, or gives an existing one other members, another mode or
    another load balancing, over WinRM. Guide, section "Configure NIC Teaming or Link Aggregation".
  - The network is interrupted, and a mistake could cut the appliance off. So the change undoes itself. Before it
    begins, a scheduled task is registered on the appliance that restores the present network O(return_after) minutes
    from now. It is removed only when the team has been seen over a new connection. When nobody can connect any more, or
    the run is interrupted, the appliance is as it was before, after that time.
  - A new team goes on with the address of the member that has one.
  - On Windows Server 2016 Windows itself makes the team. On Server 2012 R2 the guide has Broadcom Advanced Control
    Suite 4 do it at the screen; the task tells the steps, and recognises by its name the team that was made there.
    Windows does not show the members of such a team, so they are not compared.
  - A team of Windows is never mixed with adapters that a program of Broadcom or Intel has made.
  - The account must be an administrator.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows. Especially not
    proven is how long the network is interrupted, and that the team gets the hardware address of the member with the
    address, which decides what DHCP gives it.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Name of the team, and of its interface.
    type: str
    required: true
  members:
    description:
      - Names of the network adapters, at least two, as Windows shows them. Others leave the team.
    type: list
    elements: str
    required: true
  mode:
    description:
      - V(lacp) and V(static) need the same on the switch, V(switch_independent) needs nothing there.
      - A new team is V(switch_independent) when it is not given.
    type: str
    choices: [switch_independent, static, lacp]
  load_balancing:
    description:
      - How traffic is divided. A new team is V(dynamic) when it is not given.
    type: str
    choices: [dynamic, transport_ports, ip_addresses, mac_addresses, hyper_v_port]
  address_from:
    description:
      - The member whose address a new team takes over; needed when more than one has an address.
    type: str
  native:
    description:
      - Let Windows make the team on Server 2012 R2 too.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.windows
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.automatic_return
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.ip_address
"""

EXAMPLES = r"""
- name: Two ports, one network
  useries.appliance.nic_team:
    name: Production
    members:
      - Ethernet 1
      - Ethernet 2
    return_after: 30
"""

RETURN = r"""
nic_team:
  description: The team, read back; in check mode as it is before.
  returned: success
  type: dict
  contains:
    name:
      description: Its name.
      type: str
    present:
      description: Whether it exists.
      type: bool
    made_by:
      description: V(windows) or V(broadcom); null without it.
      type: str
    members:
      description: Names of its members; empty when Windows does not show them.
      type: list
      elements: str
    mode:
      description: As the option; null when Windows does not show it.
      type: str
    load_balancing:
      description: As the option; null when Windows does not show it.
      type: str
    status:
      description: In the word of Windows, like V(Up), V(Degraded) or V(Down).
      type: str
    addresses:
      description: Its IPv4 addresses, like V(192.0.2.10/24).
      type: list
      elements: str
    adapters:
      description: Names of all network adapters that could be members.
      type: list
      elements: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.nic_team import TeamAdapters
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class NicTeam(TeamAdapters):
    """Guide 1702-1709."""

    returns = "nic_team"
    options: ClassVar = {
        "name": {"type": "str", "required": True},
        "members": {"type": "list", "elements": "str", "required": True},
        "mode": {"type": "str", "choices": ["switch_independent", "static", "lacp"]},
        "load_balancing": {
            "type": "str",
            "choices": ["dynamic", "transport_ports", "ip_addresses", "mac_addresses", "hyper_v_port"],
        },
        "address_from": {"type": "str"},
        "native": {"type": "bool", "default": False},
    }


DECLARATION = NicTeam


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
