#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: workflow_gates
short_description: Check both nodes before a workflow writes anything
version_added: 0.1.0
description:
  - Looks at both nodes and gives named checks, each with result, reason and remedy. Fails when one of them failed.
  - The writes of the workflow are refused unless this task passed in the same run.
  - Without O(partner) it looks at the one node, and no check is about a pair.
  - Changes nothing on the appliances. A node that does not answer is a failed check, not an unreachable host.
author:
  - The useries.appliance authors (@useries)
options:
  expected_states:
    description:
      - States of the pair in which the workflow may begin, in the console's words. V(unpaired) stands for no partner,
        V(off) for high availability that is off, V(services only) for a pair that mirrors services only.
      - With V(any) in it no state stops the workflow, and roles that do not fit are a warning, as before a backup.
    type: list
    elements: str
    default: [SYNCHRONIZED]
  must_answer:
    description:
      - Which nodes must answer. V(node) is the one of the task, as before a failover. V(either) serves a workflow that
        goes on after an interruption, V(none) one in which the appliance is being imaged.
    type: str
    choices: [both, node, either, none]
    default: both
  auto_resync_off:
    description:
      - Whether Attempt Auto Resync must be off, as it is unless a failover drill is under way.
    type: bool
    default: true
  heartbeat_limit:
    description:
      - Minutes that the last heartbeat of a mirrored pair may be old.
    type: int
    default: 10
  clock_skew_limit:
    description:
      - Minutes by which the clocks of the nodes may differ from the controller's.
    type: int
    default: 5
  impact:
    description:
      - The worst that the workflow does. With V(data), a version of the appliance that this collection was never tried
        with has to be accepted in O(acknowledged_versions).
    type: str
    choices: [none, session, service, restart, data]
    default: service
  acknowledged_versions:
    description:
      - Versions of the appliance's software that are accepted although this collection was never tried with them.
    type: list
    elements: str
    default: []
  state_in_container:
    description:
      - Whether a job of AWX may keep lease and checkpoint in its container, where they are lost with it. Elsewhere,
        and with O(impact=none), it is a warning anyhow.
    type: bool
    default: false
  also:
    description:
      - Checks that other tasks made, each with C(name), C(result) (V(passed), V(failed), V(warning) or V(unavailable)),
        C(reason) and C(remedy).
    type: list
    elements: dict
    default: []
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.checkpoint
"""

EXAMPLES = r"""
- name: Is the pair fit for a failover drill?
  useries.appliance.workflow_gates:
    workflow: failover_drill
    heartbeat_limit: 5
"""

RETURN = r"""
gates:
  description: The checks.
  returned: always, unless the options are wrong
  type: list
  elements: dict
  contains:
    name:
      description: Name of the check, with C(@) and the node where it is about one.
      type: str
    result:
      description: V(passed), V(failed), V(warning) or V(unavailable).
      type: str
    reason:
      description: What was seen.
      type: str
    remedy:
      description: What to do when it did not pass.
      type: str
active:
  description: Which node the endpoint calls Active, V(node) (the task's own), V(partner), V(both) or V(none).
  returned: always, unless the options are wrong
  type: str
nodes:
  description: What both nodes showed, under C(node) and C(partner).
  returned: always, unless the options are wrong
  type: dict
shown_name:
  description: The network name that an appliance without O(partner) shows; empty where none can be read.
  returned: without O(partner)
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.workflow_gates import PassGates
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import IMPACTS


class WorkflowGates(PassGates):
    """Guide 1083-1107, 1208-1266; design of the workflows, gates."""

    returns = "gates"
    groups: ClassVar = ("console", "partner")
    options: ClassVar = {
        "expected_states": {"type": "list", "elements": "str", "default": ["SYNCHRONIZED"]},
        "must_answer": {"type": "str", "choices": ["both", "node", "either", "none"], "default": "both"},
        "auto_resync_off": {"type": "bool", "default": True},
        "heartbeat_limit": {"type": "int", "default": 10},
        "clock_skew_limit": {"type": "int", "default": 5},
        "impact": {"type": "str", "choices": list(IMPACTS), "default": "service"},
        "acknowledged_versions": {"type": "list", "elements": "str", "default": []},
        "state_in_container": {"type": "bool", "default": False},
        "also": {"type": "list", "elements": "dict", "default": []},
    }
    ranges: ClassVar = {"heartbeat_limit": Range(0), "clock_skew_limit": Range(0)}


DECLARATION = WorkflowGates


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
