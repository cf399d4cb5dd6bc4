#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: backup_import
short_description: List backup files that were put into a location
version_added: 0.1.0
description:
  - Presses "Import backups", after which the appliance lists backup files that came into a folder since its location
    was made.
  - It is changed only when the list is another one afterwards.
  - What would be found shows only when it is done, so that check mode orders nothing and reports no change.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup_info
  - module: useries.appliance.restore
"""

EXAMPLES = r"""
- name: List what was copied to the share
  useries.appliance.backup_import:
"""

RETURN = r"""
imported:
  description: The lists.
  returned: success
  type: dict
  contains:
    new:
      description: Backups that were not listed before, with name, location, date and size.
      type: list
      elements: dict
    gone:
      description: Names that are not listed any more.
      type: list
      elements: str
    backups:
      description: All that are listed now, newest first.
      type: list
      elements: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.backup_import import ImportBackups
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class BackupImport(ImportBackups):
    """Guide 1309-1313."""

    impact = "none"
    returns = "imported"
    groups: ClassVar = ("console",)


DECLARATION = BackupImport


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
