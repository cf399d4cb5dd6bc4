#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mirroring
short_description: Suspend or resume the mirroring of a pair's database
version_added: 0.1.0
description:
  - Suspends mirroring for maintenance of the database server, or resumes it and waits for SYNCHRONIZED.
  - While mirroring is suspended there is no failover. The task says so in a warning.
  - SUSPENDED is also what a failover can leave behind. Where both nodes do not show clearly that there was none, the
    task resumes nothing unless O(failover_explained) says that its cause is known.
  - Runs on the active node. A passive one is taken where its console offers the button.
author:
  - The useries.appliance authors (@useries)
options:
  state:
    description:
      - What mirroring is to be.
    type: str
    choices: [suspended, resumed]
    required: true
  failover_explained:
    description:
      - Says that the cause of a failover was found and settled. Mirroring must not be resumed before.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.pair_info
"""

EXAMPLES = r"""
- name: Work on the database server
  useries.appliance.mirroring:
    state: suspended

- name: Mirror again
  useries.appliance.mirroring:
    state: resumed
"""

RETURN = r"""
mirroring:
  description: What is shown afterwards.
  returned: success
  type: dict
  contains:
    node:
      description: This node, with its C(mirror_state).
      type: dict
    roles:
      description: The roles of both over the endpoint, by inventory name.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.mirroring import MirrorState
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Mirroring(MirrorState):
    """Guide 1189-1199, 1229-1241."""

    impact = "service"
    returns = "mirroring"
    groups: ClassVar = ("console", "partner", "pair", "wait")
    options: ClassVar = {
        "state": {"type": "str", "choices": ["suspended", "resumed"], "required": True},
        "failover_explained": {"type": "bool", "default": False},
    }


DECLARATION = Mirroring


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
