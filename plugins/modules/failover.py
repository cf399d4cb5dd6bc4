#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: failover
short_description: Fail over to this appliance by hand, in medium failover mode
version_added: 0.1.0
description:
  - Presses "Failover to this U-Series Appliance" on the passive node, once, and waits until that node is active.
  - Two active databases are worse than none. So nothing is pressed before the old node is known to be off. Its iDRAC
    says so, or your own power tasks (O(power_state)), or a person (O(primary_is_off)). Any sign of life refuses.
  - It needs the names of both nodes, and O(accept_data_loss) where this node cannot tell that the databases were
    SYNCHRONIZED when the other one was lost.
  - A node that is active already is left alone.
author:
  - The useries.appliance authors (@useries)
options:
  confirm:
    description:
      - The network names of both nodes as the appliances show them, joined by a plus sign, C(<this node>+<partner>).
      - Where this node's own name cannot be read, its address takes the place of it.
    type: str
  accept_data_loss:
    description:
      - Accepts that what was not mirrored when the other node was lost is lost.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.fence
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.switch_roles
  - module: useries.appliance.pair_info
"""

EXAMPLES = r"""
- name: The primary is gone for good (a person has looked, and gives -e primary_is_off=UVM-1B@192.0.2.12)
  useries.appliance.failover:
    confirm: UVM-1A+UVM-1B
    accept_data_loss: true
"""

RETURN = r"""
failover:
  description: What this node shows afterwards.
  returned: success
  type: dict
  contains:
    role:
      description: Its role over the endpoint.
      type: str
    mirror_state:
      description: The mirror state.
      type: str
fence:
  description: What is known of the old node; empty when nothing was to be done.
  returned: success
  type: list
  elements: dict
  contains:
    view:
      description: V(controller), V(passive), V(idrac), V(power_tasks) or V(person).
      type: str
    says:
      description: V(alive), V(off), V(silent) or V(unknown).
      type: str
    detail:
      description: What was seen.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.failover import FailOver
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Failover(FailOver):
    """Guide 1118, 1176-1187."""

    impact = "data"
    expects: ClassVar = ("DISCONNECTED",)
    returns = "failover"
    groups: ClassVar = ("console", "windows", "partner", "pair", "fence", "wait")
    options: ClassVar = {
        "confirm": {"type": "str"},
        "accept_data_loss": {"type": "bool", "default": False},
    }


DECLARATION = Failover


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
