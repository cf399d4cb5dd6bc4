#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_job_info
short_description: Report the jobs of an appliance's iDRAC
version_added: 0.1.0
description:
  - Reads the jobs of the Lifecycle Controller over Redfish. An update of firmware or a change of BIOS settings is such
    a job, and often waits until the server is restarted.
  - Newer and older firmware keep the jobs at different addresses; the one that is there is found.
  - One session per host and run is used and logged out at the end.
  - What is read has been checked against a model made from the sources of Dell's collection, not yet on an iDRAC.
author:
  - The useries.appliance authors (@useries)
options:
  job_id:
    description:
      - The one job to report, such as V(JID_123456789012). One that is not there fails and lists those that are.
    type: str
  state:
    description:
      - Only the jobs that are still V(open), ended well (V(done)) or V(failed).
      - V(open) includes a job that waits for a restart, V(done) one that ended with warnings.
    type: str
    choices: [open, done, failed]
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.idrac_info
  - module: useries.appliance.idrac_power
"""

EXAMPLES = r"""
- name: Wait until no job of the iDRAC is running
  useries.appliance.idrac_job_info:
    state: open
  register: open_jobs
  until: open_jobs.jobs | rejectattr('waits_for_restart') | list | length == 0
  retries: 60
  delay: 30

- name: Which jobs wait for a restart of the server?
  useries.appliance.idrac_job_info:
    query: "[?waits_for_restart].name"
"""

RETURN = r"""
jobs:
  description: The jobs in the order of the iDRAC, filtered by O(query); what the iDRAC does not tell is null.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Its identifier.
      type: str
    type:
      description: What kind of job it is, in the words of the iDRAC, such as V(BIOSConfiguration).
      type: str
    name:
      description: Its name.
      type: str
    state:
      description: Its state in the words of the iDRAC, such as V(Scheduled), V(Running) or V(CompletedWithErrors).
      type: str
    phase:
      description: V(open), V(done) or V(failed), as in O(state). A state that is not known counts as V(open).
      type: str
    waits_for_restart:
      description: Whether nothing happens until the server is restarted. A job that waits for its time does not.
      type: bool
    percent:
      description: How far it is.
      type: int
    message:
      description: What the iDRAC says of it.
      type: str
    start_time:
      description: When it began, or is to begin; by the clock of the iDRAC.
      type: str
    end_time:
      description: When it ended; null while it is open.
      type: str
reachable:
  description: Whether the iDRAC answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.idrac_job_info import ReadJobs
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class IdracJobInfo(ReadJobs):
    """Jobs as Dell's iDRAC offers them over Redfish."""

    returns = "jobs"
    surface = "idrac"
    groups: ClassVar = ("idrac",)
    options: ClassVar = {
        "job_id": {"type": "str"},
        "state": {"type": "str", "choices": ["open", "done", "failed"]},
    }
    constraints: ClassVar = {"mutually_exclusive": [["job_id", "state"]]}


DECLARATION = IdracJobInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
