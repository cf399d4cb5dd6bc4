#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_synchronization
short_description: Queue a synchronization of files to the passive node
version_added: 0.1.0
description:
  - Presses "Queue File Synchronization" on the active node. Configuration files, certificates and registry files of the
    passive node are overwritten.
  - Its end is known by a notification of the appliance. Where none is met, the task says that it was queued only.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.proof
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.ha_settings
"""

EXAMPLES = r"""
- name: Copy the files now
  useries.appliance.file_synchronization:
"""

RETURN = r"""
file_synchronization:
  description: What became of it.
  returned: success
  type: dict
  contains:
    queued:
      description: Whether it was queued; false in check mode.
      type: bool
    notification:
      description: The notification by which its end is known; null when none was met.
      type: str
proof:
  description: V(verified) by a notification, else V(unavailable).
  returned: success, except in check mode
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.file_synchronization import (
    QueueFiles,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class FileSynchronization(QueueFiles):
    """Guide 1120-1122."""

    impact = "service"
    returns = "file_synchronization"
    groups: ClassVar = ("console", "partner", "pair", "wait", "proof")


DECLARATION = FileSynchronization


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
