#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vlan
short_description: Add tagged VLANs to the network of an appliance
version_added: 0.1.0
description:
  - An adapter for each VLAN, over WinRM. Guide, section "Configure VLAN". Other VLANs are left alone.
  - On Windows Server 2016 Windows itself adds them to a team of M(useries.appliance.nic_team). As that module does, it
    arms the automatic return first. Unless the adapters are seen over a new connection within O(return_after) minutes,
    the appliance undoes the change by itself.
  - On Server 2012 R2 the guide has Broadcom Advanced Control Suite 4 add them, or the driver of Intel on a virtual
    appliance, at the screen. The task tells the steps and refuses until the adapters are there; it knows them by
    their names, since Windows does not show their tags. For Broadcom that is C(<team>_<name>), for Intel the VLAN name
    in the description of the adapter.
  - The account must be an administrator.
  - What is sent to Windows has been checked against cmdlet metadata and a model, not yet on Windows; the names that the
    driver of Intel gives have not been seen.
author:
  - The useries.appliance authors (@useries)
options:
  team:
    description:
      - The team; for the driver of Intel the adapter.
    type: str
    required: true
  vlans:
    description:
      - The VLANs that must be there.
    type: list
    elements: dict
    required: true
    suboptions:
      id:
        description:
          - The VLAN ID (tag), 1 to 4094.
        type: int
        required: true
      name:
        description:
          - The name of its adapter; in a program of a vendor the VLAN name, V(VLAN10) for the ID 10 when it is not
            given. Windows chooses one like V(Production - VLAN 10) itself when it is not given.
        type: str
  native:
    description:
      - Let Windows add them on Server 2012 R2 too, to a team that Windows has made.
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
  - module: useries.appliance.nic_team
"""

EXAMPLES = r"""
- name: The network of the scanners
  useries.appliance.vlan:
    team: Production
    vlans:
      - id: 10
        name: Scanners
    return_after: 30
"""

RETURN = r"""
vlan:
  description: The VLANs, read back; in check mode as they are before.
  returned: success
  type: dict
  contains:
    team:
      description: The team.
      type: str
    vlans:
      description: Those of the option.
      type: list
      elements: dict
      contains:
        id:
          description: The VLAN ID.
          type: int
        adapter:
          description: Name of its adapter; null without one.
          type: str
        made_by:
          description: V(windows), V(broadcom) or V(intel); null without an adapter.
          type: str
        addresses:
          description: Its IPv4 addresses, like V(192.0.2.10/24).
          type: list
          elements: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.vlan import TagVlans
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Vlan(TagVlans):
    """Guide 1712-1772."""

    returns = "vlan"
    options: ClassVar = {
        "team": {"type": "str", "required": True},
        "vlans": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {"id": {"type": "int", "required": True}, "name": {"type": "str"}},
        },
        "native": {"type": "bool", "default": False},
    }


DECLARATION = Vlan


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
