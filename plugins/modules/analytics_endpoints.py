#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: analytics_endpoints
short_description: Refresh the endpoints of Analytics and Reporting
version_added: 0.1.0
description:
  - Refreshes the settings by which an unreachable BeyondInsight Analytics & Reporting web site is found again.
  - With O(url) that site is asked from here first. When it answers, nothing is done; when it still does not answer
    afterwards, the task fails.
author:
  - The useries.appliance authors (@useries)
options:
  url:
    description:
      - Address of the site as the controller reaches it. Nothing secret is sent to it, and its certificate is not
        looked at.
    type: str
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.wait
  - useries.appliance.attributes.action
"""

EXAMPLES = r"""
- name: Find Analytics & Reporting again
  useries.appliance.analytics_endpoints:
"""

RETURN = r"""
endpoints:
  description: What is known of the site.
  returned: success
  type: dict
  contains:
    url:
      description: The address asked; null without O(url).
      type: str
    site:
      description: V(answers), or why it does not; null when it was not asked.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.analytics_endpoints import (
    RefreshEndpoints,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class AnalyticsEndpoints(RefreshEndpoints):
    """Guide 288-293."""

    impact = "none"
    returns = "endpoints"
    groups: ClassVar = ("console", "wait")
    options: ClassVar = {"url": {"type": "str"}}


DECLARATION = AnalyticsEndpoints


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
