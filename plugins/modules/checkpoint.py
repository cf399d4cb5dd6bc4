#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: checkpoint
short_description: Keep what a workflow must know after an interruption
version_added: 0.1.0
description:
  - Reads and writes the checkpoint of O(workflow) on a pair, a private file in O(state_dir) on the controller. It says
    how far the workflow came, which values have to be put back, and what waits for a person. It holds no secret.
  - The checkpoint is bound to the certificates of both nodes and to the version of the collection. A damaged or foreign
    one is refused. What it says is compared with the appliances by the tasks themselves, for reality wins.
  - Tasks with the options C(workflow) and C(step) record their step by themselves.
author:
  - The useries.appliance authors (@useries)
options:
  state:
    description:
      - V(open) reads it, and is what O(remember), O(forget), O(record) and O(imaging) go with. V(finished) ends it, and
        values that were not put back refuse that. V(absent) removes it.
    type: str
    choices: [open, finished, absent]
    default: open
  remember:
    description:
      - Values that have to be put back. The first one counts, over several runs, so that an interrupted run never takes
        its own change for the original.
    type: dict
    default: {}
  forget:
    description:
      - Names of values that were put back.
    type: list
    elements: str
    default: []
  record:
    description:
      - Facts to keep with a step of that name, which counts as done. For what was only observed.
    type: dict
    default: {}
  imaging:
    description:
      - Name of a step in which the appliance of this task is imaged afresh. Until the workflow ends it is then known by
        its place in the inventory alone, for it gets another certificate, and does not answer meanwhile.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.workflow_gates
"""

EXAMPLES = r"""
- name: What has to be put back after the drill
  useries.appliance.checkpoint:
    workflow: failover_drill
    remember:
      attempt_auto_resync: false
"""

RETURN = r"""
checkpoint:
  description: What is known; in check mode what was known before.
  returned: success
  type: dict
  contains:
    resumed:
      description: Whether an unfinished one was found.
      type: bool
    runs:
      description: Identifiers of the runs that worked on it.
      type: list
      elements: str
    started:
      description: When the first of them started, in seconds since the epoch.
      type: float
    steps:
      description: Step to its status, time and facts.
      type: dict
    values:
      description: Values that have to be put back.
      type: dict
    waiting:
      description: Steps that wait for a person.
      type: list
      elements: str
    path:
      description: Where it lies.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.checkpoint import KeepCheckpoint
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Checkpoint(KeepCheckpoint):
    """Design of the workflows, state on the controller."""

    returns = "checkpoint"
    surface = "local"
    groups: ClassVar = ("console", "partner")
    options: ClassVar = {
        "state": {"type": "str", "choices": ["open", "finished", "absent"], "default": "open"},
        "remember": {"type": "dict", "default": {}},
        "forget": {"type": "list", "elements": "str", "default": []},
        "record": {"type": "dict", "default": {}},
        "imaging": {"type": "str"},
    }


DECLARATION = Checkpoint


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
