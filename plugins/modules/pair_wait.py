#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pair_wait
short_description: Wait until a node has a role and its pair a mirror state
version_added: 0.1.0
description:
  - Looks again and again until everything that is asked for is seen in one look. Changes nothing.
  - A node that does not answer meanwhile is waited for as well, up to O(wait_timeout), by default an hour.
  - Mirroring that was given up after five attempts ends the wait at once.
author:
  - The useries.appliance authors (@useries)
options:
  role:
    description:
      - Role of this node as the endpoint tells it.
    type: str
    choices: ["Off", Active, Passive]
  partner_role:
    description:
      - Role of the other node.
    type: str
    choices: ["Off", Active, Passive]
  mirror_states:
    description:
      - Mirror states in the console's words, one of which this node's console has to show.
    type: list
    elements: str
  silent_minutes:
    description:
      - Minutes in which this node's console shows no further heartbeat of its partner. For a failover by hand, which
        wants an old one.
    type: int
  wait_timeout:
    description:
      - Seconds to wait, by default 3600.
    type: int
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.ha_info
"""

EXAMPLES = r"""
- name: Wait until this node has taken over
  useries.appliance.pair_wait:
    role: Active
    wait_timeout: 1800
"""

RETURN = r"""
pair:
  description: What the last look showed.
  returned: success
  type: dict
  contains:
    role:
      description: Role of this node.
      type: str
    partner_role:
      description: Role of the other node, when it was asked for.
      type: str
    mirror_state:
      description: Mirror state, when it was asked for.
      type: str
    last_heartbeat:
      description: Last heartbeat of the partner in the console's words, when O(silent_minutes) was asked for.
      type: str
    waited_seconds:
      description: How long it took, in the appliance's time.
      type: float
    seen_at:
      description: When it was seen by the controller's clock, UTC.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.pair_wait import AwaitPair
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._endpoint.role import ROLES


class PairWait(AwaitPair):
    """Guide 1083-1111, 1163-1174, 1260-1266."""

    returns = "pair"
    groups: ClassVar = ("console", "partner")
    options: ClassVar = {
        "role": {"type": "str", "choices": list(ROLES)},
        "partner_role": {"type": "str", "choices": list(ROLES)},
        "mirror_states": {"type": "list", "elements": "str"},
        "silent_minutes": {"type": "int"},
        "wait_timeout": {"type": "int"},
    }


DECLARATION = PairWait


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
