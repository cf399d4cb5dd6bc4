#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pair_info
short_description: Report both nodes of a pair, whether a failover happened, and what to do
version_added: 0.1.0
description:
  - Reads both nodes, by the load balancer endpoint and the console, and says what the pair is like, whether a failover
    is recognised, how old the last heartbeat is, and what the administration guide decides for that state.
  - A node that does not answer is an answer. When neither does, the host is unreachable.
  - Where SQL Server of this node is configured its own view stands beside.
author:
  - The useries.appliance authors (@useries)
options:
  usual_active:
    description:
      - Inventory name of the node that is usually active. It helps to recognise a failover.
    type: str
  heartbeat_limit:
    description:
      - Minutes. When the last heartbeat is older the task fails and names its age.
      - A heartbeat whose text is not understood is reported as it is shown, with a warning.
    type: int
  fail_on_trouble:
    description:
      - Whether the task fails when the pair needs somebody, for example when both nodes are active or none is.
    type: bool
    default: false
  database:
    description:
      - Name of the mirrored database in SQL Server; by default every mirrored database is reported.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.sql
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: How is the pair, and what is to be done?
  useries.appliance.pair_info:
  register: found

- name: Are the nodes in contact?
  useries.appliance.pair_info:
    heartbeat_limit: 15
    query: heartbeat
"""

RETURN = r"""
pair:
  description: What both nodes show, and what to think of it.
  returned: success
  type: dict
  contains:
    nodes:
      description: By inventory name.
      type: dict
    active:
      description: Inventory name of the active node; null when there is none, or when there are two.
      type: str
    passive:
      description: Inventory name of the passive node; null likewise.
      type: str
    state:
      description: The mirror state in the console's words; empty when none is shown.
      type: str
    healthy:
      description: Whether one node is active, the other passive, and both show SYNCHRONIZED.
      type: bool
    failover:
      description: Whether a failover is recognised; null when nothing tells.
      type: bool
    heartbeat:
      description:
        - The last heartbeat. C(shown) is its text, C(age_minutes) its age by the appliance's clock and C(fresh) whether
          it is young; both are null where the text is not understood.
      type: dict
    sql:
      description: The mirror, sizes and log usage as SQL Server of this node sees them; null when it is not configured.
      type: list
      elements: dict
    diagnosis:
      description: What the pair is like.
      type: dict
      contains:
        classification:
          description:
            - V(healthy), V(under_way), V(suspended), V(exposed), V(gave_up), V(disconnected), V(two_active),
              V(none_active), V(node_silent), V(inconsistent), V(services_only), V(off), V(not_paired) or V(unknown).
          type: str
        decision:
          description: What is to be done; null for a state that the guide does not know.
          type: str
        urgent:
          description: Whether somebody has to act at once.
          type: bool
reachable:
  description: Whether an appliance answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.pair_info import LookAtPair
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class PairInfo(LookAtPair):
    """Guide 1131-1161, 1208-1266."""

    returns = "pair"
    groups: ClassVar = ("console", "partner", "sql")
    options: ClassVar = {
        "usual_active": {"type": "str"},
        "heartbeat_limit": {"type": "int"},
        "fail_on_trouble": {"type": "bool", "default": False},
        "database": {"type": "str"},
    }


DECLARATION = PairInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
