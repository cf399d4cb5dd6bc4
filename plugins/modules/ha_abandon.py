#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ha_abandon
short_description: Discard the high-availability configuration of a pair
version_added: 0.1.0
description:
  - Presses "Abandon Configuration" on the active node and, where it is still configured then, on the other one, and
    waits until both show Initial Setup.
  - It needs the names of both nodes. A partner that does not answer keeps its configuration; a warning says so.
author:
  - The useries.appliance authors (@useries)
options:
  confirm:
    description:
      - The network names of both nodes as the appliances show them, joined by a plus sign, C(<this node>+<partner>).
      - Where a name cannot be read, the address takes the place of it. A refusal prints what to give.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.high_availability
"""

EXAMPLES = r"""
- name: The pair is given up
  useries.appliance.ha_abandon:
    confirm: UVM-1A+UVM-1B
"""

RETURN = r"""
nodes:
  description: What both nodes show afterwards, by inventory name.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.ha_abandon import (
    AbandonConfiguration,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class HaAbandon(AbandonConfiguration):
    """Guide 1201-1206."""

    impact = "data"
    expects: ClassVar = ("any",)
    returns = "nodes"
    groups: ClassVar = ("console", "windows", "partner", "pair", "wait")
    options: ClassVar = {"confirm": {"type": "str"}}


DECLARATION = HaAbandon


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
