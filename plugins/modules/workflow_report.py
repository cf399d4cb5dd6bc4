#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: workflow_report
short_description: Write the evidence of a workflow
version_added: 0.1.0
description:
  - Collects what the tasks of O(workflow) recorded in this run (steps with their durations, gates, roles and mirror
    states over time), writes it as a private JSON file on the controller, and returns it with its SHA-256 digest and
    with pictures for a page. The role C(workflow) makes that page and prints the digest.
  - Writes C(summary.json) beside it, how the run ended for pipelines; each pair of a run adds one entry.
  - Only listed facts are written, and no secret is among them.
author:
  - The useries.appliance authors (@useries)
options:
  title:
    description:
      - Heading of the report.
    type: str
    required: true
  outcome:
    description:
      - How the workflow ended.
    type: str
    required: true
    choices: [succeeded, failed, waiting, checked]
  reason:
    description:
      - Why it failed, or what it waits for.
    type: str
    default: ""
  next_step:
    description:
      - What to do next, for the summary; empty when nothing is left to do.
    type: str
    default: ""
  hosts:
    description:
      - Inventory names of the nodes, for the summary.
    type: list
    elements: str
    default: []
  nodes:
    description:
      - Names of the nodes; by default their addresses.
    type: list
    elements: str
    default: []
  directory:
    description:
      - Where the report is written, by default C(reports) in O(state_dir). Created with mode 0700.
    type: path
  measured:
    description:
      - Figures such as C(rto_seconds) and C(rto_target_seconds). An unknown name is refused with the known ones.
    type: dict
    default: {}
  versions_before:
    description:
      - Versions before the workflow.
    type: dict
    default: {}
  versions_after:
    description:
      - Versions after the workflow.
    type: dict
    default: {}
  rehearsal:
    description:
      - Whether the report says REHEARSAL; with another O(time_scale) than 1 it always does.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: What was done in this run
  useries.appliance.workflow_report:
    workflow: failover_drill
    title: Failover drill
    outcome: succeeded
"""

RETURN = r"""
report:
  description: The report.
  returned: success
  type: dict
  contains:
    json:
      description: Where the JSON file lies.
      type: str
    html:
      description: Where the page belongs.
      type: str
    summary:
      description: Where C(summary.json) lies; empty in check mode, which writes nothing.
      type: str
    sha256:
      description: Digest of the JSON file.
      type: str
    data:
      description: What is in it.
      type: dict
    charts:
      description: C(timeline) and C(states) as data URIs of SVG images; empty without the library pygal.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.workflow_report import WriteReport
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class WorkflowReport(WriteReport):
    """Design of the workflows, evidence."""

    returns = "report"
    surface = "local"
    groups: ClassVar = ("console", "partner")
    options: ClassVar = {
        "title": {"type": "str", "required": True},
        "outcome": {"type": "str", "required": True, "choices": ["succeeded", "failed", "waiting", "checked"]},
        "reason": {"type": "str", "default": ""},
        "next_step": {"type": "str", "default": ""},
        "hosts": {"type": "list", "elements": "str", "default": []},
        "nodes": {"type": "list", "elements": "str", "default": []},
        "directory": {"type": "path"},
        "measured": {"type": "dict", "default": {}},
        "versions_before": {"type": "dict", "default": {}},
        "versions_after": {"type": "dict", "default": {}},
        "rehearsal": {"type": "bool", "default": False},
    }


DECLARATION = WorkflowReport


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
