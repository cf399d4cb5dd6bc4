#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_download
short_description: Download a backup to the controller
version_added: 0.1.0
description:
  - Downloads a backup through the console into a directory of the controller, under its own name and with mode 0600.
  - Nothing is downloaded when a file of that name and size is there. The file appears only when it is complete.
  - Backups above 4 GB cannot be downloaded through the console; copy those to a network share.
author:
  - The useries.appliance authors (@useries)
options:
  dest:
    description:
      - Directory on the controller.
    type: path
    required: true
  name:
    description:
      - Name of the backup. By default the newest.
    type: str
  location:
    description:
      - Name of the backup location; without it backups of all locations count.
    type: str
  backup_password:
    description:
      - Password that the backup was taken with. When it is given, the file is kept only if it opens and is whole.
    type: str
  force:
    description:
      - Downloads although a file of that name and size is there.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup_check_info
"""

EXAMPLES = r"""
- name: A copy of the newest backup in another building
  useries.appliance.backup_download:
    dest: "{{ escrow_directory }}"
    backup_password: "{{ vault_backup_password }}"
"""

RETURN = r"""
file:
  description: The file.
  returned: success
  type: dict
  contains:
    path:
      description: Path on the controller.
      type: str
    size:
      description: Size in bytes; null in check mode while there is none.
      type: int
    backup:
      description: The backup as listed, with name, location, date and size.
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_download import (
    DownloadBackup,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupDownload(DownloadBackup):
    """Guide 1372-1379."""

    impact = "none"
    returns = "file"
    groups: ClassVar = ("console",)
    options: ClassVar = {
        "dest": {"type": "path", "required": True},
        "name": {"type": "str"},
        "location": {"type": "str"},
        "backup_password": {"type": "str", "no_log": True},
        "force": {"type": "bool", "default": False},
    }


DECLARATION = BackupDownload


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
