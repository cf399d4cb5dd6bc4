#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cold_spare_info
short_description: Check the requirements of a cold spare, and report what it retrieved
version_added: 0.1.0
description:
  - Looks at an appliance and at the one whose cold spare it is or shall be, and gives each requirement of the guide
    with its result, its reason and what to do.
  - The settings of the role are reported too, and the last retrieval as far as its notifications tell.
author:
  - The useries.appliance authors (@useries)
options:
  max_backup_age:
    description:
      - Age in days up to which the newest backup of the source is recent.
    type: int
    default: 8
  fail_on_failed:
    description:
      - Whether the task fails when a requirement is not met.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.source
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.cold_spare
"""

EXAMPLES = r"""
- name: Can this appliance be a cold spare?
  useries.appliance.cold_spare_info:
    source:
      host: "{{ hostvars['useries-1b'].ansible_host }}"
      port: "{{ hostvars['useries-1b'].useries_port }}"
      username: "{{ hostvars['useries-1b'].useries_username }}"
      password: "{{ hostvars['useries-1b'].useries_password }}"
      ca_path: "{{ useries_ca_path }}"
    query: "requirements[?result=='failed']"
"""

RETURN = r"""
cold_spare:
  description: What was found.
  returned: success
  type: dict
  contains:
    ready:
      description: Whether no requirement failed.
      type: bool
    requirements:
      description: One row for each.
      type: list
      elements: dict
      contains:
        name:
          description: The requirement.
          type: str
        result:
          description: V(passed), V(failed), V(warning) or V(unknown).
          type: str
        reason:
          description: What was seen.
          type: str
        remedy:
          description: What to do; empty when there is nothing to do.
          type: str
    role:
      description: The settings of the role Cold Spare without its passwords; null when it is not offered.
      type: dict
    last_retrieved:
      description: The last retrieval that succeeded; null when no notification tells of one.
      type: dict
    last_retrieval_failed:
      description: The last retrieval, when it failed.
      type: dict
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.cold_spare_info import (
    CheckColdSpare,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ColdSpareInfo(CheckColdSpare):
    """Guide 1467-1477."""

    returns = "cold_spare"
    groups: ClassVar = ("console", "windows", "source")
    options: ClassVar = {
        "max_backup_age": {"type": "int", "default": 8},
        "fail_on_failed": {"type": "bool", "default": False},
    }


DECLARATION = ColdSpareInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
