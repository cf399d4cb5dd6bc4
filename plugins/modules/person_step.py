#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: person_step
short_description: Stop for something that a person does
version_added: 0.1.0
description:
  - Says what a person has to do and ends the run with the checkpoint C(waiting for a person). The next run goes on when
    the step is named in O(person_done), or when O(seen) tells that it is done. Nothing waits for a terminal.
  - What was said or seen once stays done until the workflow ends; O(repeat_step) makes it wait again.
author:
  - The useries.appliance authors (@useries)
options:
  instructions:
    description:
      - What to do, one sentence each.
    type: list
    elements: str
    required: true
  seen:
    description:
      - Whether the effect is observed already; then nobody has to say so.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.checkpoint
"""

EXAMPLES = r"""
- name: Somebody unplugs the active appliance
  useries.appliance.person_step:
    workflow: failover_drill
    step: power_off
    instructions:
      - Unplug the power cords of useries-1a.
    seen: true # here the role of the other node would tell
"""

RETURN = r"""
person:
  description: The step.
  returned: success
  type: dict
  contains:
    step:
      description: Its name.
      type: str
    by:
      description:
        - V(person) when somebody said so, V(seen) when it was observed, V(earlier) when an earlier run of this workflow
          recorded it, and null in check mode when it is not done.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.person_step import WaitForPerson
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class PersonStep(WaitForPerson):
    """Design of the workflows, a person does it."""

    returns = "person"
    surface = "local"
    groups: ClassVar = ("console", "partner")
    options: ClassVar = {
        "instructions": {"type": "list", "elements": "str", "required": True},
        "seen": {"type": "bool", "default": False},
    }
    constraints: ClassVar = {"required_together": [("workflow", "step")]}


DECLARATION = PersonStep


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
