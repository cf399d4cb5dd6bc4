#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: high_availability
short_description: Turn high availability of a pair on or off
version_added: 0.1.0
description:
  - Turns high availability on for two partners and waits until the database is synchronized, or turns it off.
  - The database of the node that is not O(primary) is overwritten. So O(primary) is always named and never inferred,
    and a partner whose database holds data needs O(accept_data_loss) and O(confirm).
  - A healthy pair is left alone, also when its roles are swapped. A pair in EXPOSED, DISCONNECTED or SUSPENDED is never
    touched.
  - Runs once per pair, on the primary.
  - A pair that mirrors services only is turned on with O(wait=false) only. It never becomes SYNCHRONIZED, and its
    states are not told apart from those of a broken pair yet.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether high availability is on.
    type: bool
    default: true
  primary:
    description:
      - Inventory name of the node whose database survives. Needed to turn high availability on, and must be the host of
        the task.
    type: str
  mirroring_port:
    description:
      - TCP port of the database mirroring. The guide's cure for failed mirroring is to use 5022.
    type: int
    default: 5022
  accept_data_loss:
    description:
      - Accepts that the database of the partner is overwritten although it holds data.
    type: bool
    default: false
  confirm:
    description:
      - The network names of both nodes as the appliances show them, joined by a plus sign, C(<this node>+<partner>).
      - Needed to overwrite a database with data, and to turn high availability off.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.ha_partner
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: Mirror the primary to its partner and wait until both are synchronized (once per pair)
  useries.appliance.high_availability:
    primary: useries-1a
    wait_timeout: 7200
  when: inventory_hostname == 'useries-1a'
"""

RETURN = r"""
pair:
  description: What both nodes show afterwards.
  returned: success
  type: dict
  contains:
    node:
      description: This node.
      type: dict
    partner:
      description: The other node.
      type: dict
    roles:
      description: The roles of both over the endpoint.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.high_availability import SetState
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HighAvailability(SetState):
    """Guide 1073-1092, 1239-1241; the rules of pairing: primary named, data never overwritten unasked."""

    impact = "data"
    returns = "pair"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {
        "enabled": {"type": "bool", "default": True},
        "primary": {"type": "str"},
        "mirroring_port": {"type": "int", "default": 5022},
        "accept_data_loss": {"type": "bool", "default": False},
        "confirm": {"type": "str"},
    }
    constraints: ClassVar = {"required_if": [("enabled", True, ["primary"])]}


DECLARATION = HighAvailability


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
