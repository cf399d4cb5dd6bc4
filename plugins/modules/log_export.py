#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: log_export
short_description: Export the log files of an appliance to a share
version_added: 0.1.0
description:
  - Turns the export of the log files on or off, and sets its share and its schedule.
  - The files cannot be saved on the appliance itself.
author:
  - The useries.appliance authors (@useries)
options:
  enabled:
    description:
      - Whether the log files are exported. Turned off, nothing else is compared.
    type: bool
  path:
    description:
      - The share, C(\\host\share).
    type: str
  share_username:
    description:
      - Account for the share, C(domain\user) or C(host\user).
    type: str
  share_password:
    description:
      - Password of that account. It cannot be read back.
    type: str
  nfs:
    description:
      - Whether O(path) is an NFS resource, which takes no credentials.
    type: bool
  interval:
    description:
      - Export every so many minutes, 10 or more. The console's default is 20.
    type: int
  day:
    description:
      - Day of the week, with O(time).
    type: str
    choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
  time:
    description:
      - Export once a day at this time, C(HH:MM), 24 hours, instead of O(interval).
    type: str
  test:
    description:
      - Presses the console's test button with these values before they are saved. When it fails nothing is saved.
      - It is pressed only when something is to be saved.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.log_export_now
"""

EXAMPLES = r"""
- name: The logs go to the archive every half hour
  useries.appliance.log_export:
    enabled: true
    path: '\\nas\logs'
    share_username: 'NAS\logs'
    share_password: "{{ vault_share_password }}"
    interval: 30
"""

RETURN = r"""
settings:
  description: The settings read back, without the password.
  returned: success
  type: dict
tested:
  description: Whether the test button was pressed, and the test passed.
  returned: with O(test=true)
  type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.log_export import ExportLogs
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class LogExport(ExportLogs):
    """Guide 716-736."""

    groups: ClassVar = ("console", "stored_secrets")
    options: ClassVar = {"test": {"type": "bool", "default": False}}
    constraints: ClassVar = {"required_one_of": [ExportLogs.fields]}


DECLARATION = LogExport


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
