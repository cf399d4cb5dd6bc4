#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: performance_counters_info
short_description: Report the performance counters with their thresholds
version_added: 0.1.0
description:
  - Reads the page Performance Counters of the site Diagnostics.
author:
  - The useries.appliance authors (@useries)
options:
  names:
    description:
      - Counters to look for besides the base ones and those that the page's titles name.
      - A browser sees no titles of what stands behind tabs or closed headers, so name added counters here.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.performance_counters
"""

EXAMPLES = r"""
- name: Which counters can be added?
  useries.appliance.performance_counters_info:
    query: available
"""

RETURN = r"""
performance_counters:
  description: The page, filtered by O(query).
  returned: success
  type: dict
  contains:
    alerts:
      description: Whether alerts are sent.
      type: bool
    daily_summaries:
      description: Whether a summary is sent every day.
      type: bool
    counters:
      description: The counters in the list, with C(name) and the numbers of M(useries.appliance.performance_counters).
      type: list
      elements: dict
    available:
      description: Names of the counters that can be added.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.counters import read_page
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class PerformanceCountersInfo(Info):
    """Guide 536-559."""

    returns = "performance_counters"
    options: ClassVar = {"names": {"type": "list", "elements": "str", "default": []}}

    def read(self) -> dict[str, Any]:
        return read_page(self.task.surfaces.console, self.given["names"])


DECLARATION = PerformanceCountersInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
