#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: log_export_now
short_description: Export the log files of an appliance now
version_added: 0.1.0
description:
  - Saves the log file to the share that M(useries.appliance.log_export) has set up.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.log_export
"""

EXAMPLES = r"""
- name: The logs of tonight
  useries.appliance.log_export_now:
"""

RETURN = r"""
export:
  description: Where the file went.
  returned: success
  type: dict
  contains:
    path:
      description: The share.
      type: str
    message:
      description: What the console said.
      type: str
"""

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.log_export import ExportLogsNow
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class LogExportNow(ExportLogsNow):
    """Guide 740."""

    returns = "export"


DECLARATION = LogExportNow


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
