#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_location
short_description: Manage the backup locations of an appliance
version_added: 0.1.0
description:
  - Creates or changes a location for backups. The appliance writes and deletes a test file when a location is created.
  - The guide describes no way to delete a location, so there is none here; files are never deleted by this module.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Name of the location.
    type: str
    required: true
  path:
    description:
      - Local path or UNC path of a network share, as the appliance sees it. Needed to create a location.
    type: str
  nfs:
    description:
      - Whether the path is an NFS resource. Such a share takes no credentials.
    type: bool
  share_username:
    description:
      - User for the share.
    type: str
  share_password:
    description:
      - Password for the share.
    type: str
  retention:
    description:
      - Number of backups to keep, V(0) for no limit. The oldest beyond it are deleted for good, so lowering it below
        the number of backups present needs O(accept_data_loss).
    type: int
  accept_data_loss:
    description:
      - Accepts that a lower retention deletes backups.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.stored_secrets
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.backup_info
"""

EXAMPLES = r"""
- name: Backups go to a share
  useries.appliance.backup_location:
    name: nas
    path: '\\nas\useries'
    share_username: 'NAS\backup'
    share_password: "{{ vault_share_password }}"
    retention: 14
"""

RETURN = r"""
location:
  description: The location read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_location import KeepLocation
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupLocation(KeepLocation):
    """Guide 1294-1307, 1330-1350."""

    impact = "none"
    returns = "location"
    groups: ClassVar = ("console", "stored_secrets")
    required: ClassVar = ("name",)
    options: ClassVar = {"accept_data_loss": {"type": "bool", "default": False}}


DECLARATION = BackupLocation


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
