#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: reboot
short_description: Restart an appliance or shut it down gracefully
version_added: 0.1.0
description:
  - Orders a restart or a shutdown on the page Schedule a Reboot, and waits until the appliance answers again.
  - The guide names that page and prints none of its labels. The module therefore refuses until O(console_labels) names
    every one of them, and says what to do by hand. The keys are C(schedule_a_reboot.reboot.action), the list in which
    one chooses, and C(schedule_a_reboot.reboot.reboot), the button.
  - With WinRM configured, O(through_windows) restarts Windows gracefully instead. The Reboot Blackout Window of high
    availability may not apply then, so that the partner takes over.
  - A restart is proven by a later start time of Windows, for which WinRM must be configured. Without it the task waits
    until the console has been silent and lets one in again, and says that this is no proof.
author:
  - The useries.appliance authors (@useries)
options:
  action:
    description:
      - What is done.
    type: str
    choices: [restart, shut_down]
    default: restart
  choice:
    description:
      - How the page words it, where its words contain neither restart or reboot, nor shut down or power off.
    type: str
  through_windows:
    description:
      - Whether Windows is told, over WinRM, rather than the console.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.wait
  - useries.appliance.proof
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: Restart through the page, whose labels useries_console_labels names
  useries.appliance.reboot:
    action: restart
"""

RETURN = r"""
appliance:
  description: The appliance after the order.
  returned: success
  type: dict
  contains:
    running:
      description: Whether it answers; null without O(wait).
      type: bool
    started:
      description: When Windows was started, with its offset from UTC; null where Windows cannot be asked.
      type: str
proof:
  description: V(verified) when Windows was started later than before, else V(unavailable).
  returned: success, except in check mode
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.reboot import ScheduleReboot
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Reboot(ScheduleReboot):
    """Guide 1096-1098, 1113."""

    impact = "restart"
    returns = "appliance"
    groups: ClassVar = ("console", "windows", "wait", "proof", "partner", "pair")
    options: ClassVar = {
        "action": {"type": "str", "choices": ["restart", "shut_down"], "default": "restart"},
        "choice": {"type": "str"},
        "through_windows": {"type": "bool", "default": False},
    }


DECLARATION = Reboot


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
