#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ha_partner
short_description: Make two appliances partners for high availability
version_added: 0.1.0
description:
  - Registers the API key of each node with the other, enters the partner's host name on this node and waits until the
    certificates are exchanged. The keys stay inside this one task.
  - Runs once per pair, on the node that will be the primary; the other node is described by O(partner).
  - Both nodes are checked before either is changed.
author:
  - The useries.appliance authors (@useries)
options:
  partner_host_name:
    description:
      - Network name of the partner as this node resolves it. By default the host of O(partner).
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.high_availability
"""

EXAMPLES = r"""
- name: The two nodes become partners (once per pair, on its primary)
  useries.appliance.ha_partner:
    partner_host_name: UVM-1B
  when: inventory_hostname == 'useries-1a'
"""

RETURN = r"""
pair:
  description: What both nodes show.
  returned: success
  type: dict
  contains:
    node:
      description: This node.
      type: dict
    partner:
      description: The other node.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.ha_partner import MakePartners
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HaPartner(MakePartners):
    """Guide 1067-1071."""

    impact = "service"
    returns = "pair"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {"partner_host_name": {"type": "str"}}


DECLARATION = HaPartner


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
