#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: updater_download
short_description: Download all packages with Update Now in BeyondTrust Updater
version_added: 0.1.0
description:
  - Presses Update Now and waits until nothing is left to download. When a download stops and no other starts, it is
    pressed again, as the guide says, at most O(presses) times.
  - Update Now is pressed also when the list shows nothing that is left, because it may find new packages. The task is
    changed only when packages were downloaded or the hours differ. Check mode predicts it by the list as it is.
  - Packages of locked subscriptions are not downloaded (M(useries.appliance.updater_subscription)).
  - The guide prints almost no label of BeyondTrust Updater, neither its address. The module therefore refuses until
    O(updater_path) and O(console_labels) name all that it needs. The refusal has the missing keys in
    C(error.candidates), and says what to do by hand.
  - The keys are C(updater_downloads), the menu, C(updater_downloads.downloads), the title over the table, and
    C(package) and C(status) below it, the captions of two columns. With O(hours) C(updater_settings), the menu,
    C(updater_settings.hours), a title, and C(start), C(end) and C(save) below it.
author:
  - The useries.appliance authors (@useries)
options:
  presses:
    description:
      - How often Update Now is pressed at most.
    type: int
    default: 10
  hours:
    description:
      - The hours of the day in which the Updater downloads and installs by itself. Without it they are left alone.
    type: dict
    suboptions:
      start:
        description:
          - When they begin, as C(HH:MM).
        type: str
        required: true
      end:
        description:
          - When they end, as C(HH:MM).
        type: str
        required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.updater
  - useries.appliance.wait
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.updater_subscription
  - module: useries.appliance.updater_install
  - module: useries.appliance.product_update
"""

EXAMPLES = r"""
- name: Download everything that is not locked
  useries.appliance.updater_download:
    hours:
      start: "22:00"
      end: "05:00"
    wait_timeout: 7200
"""

RETURN = r"""
updater:
  description: What became of it.
  returned: success
  type: dict
  contains:
    complete:
      description: Whether nothing is left to download.
      type: bool
    downloaded:
      description: Names of the packages that were downloaded during the task.
      type: list
      elements: str
    left:
      description: Names of the packages that are not downloaded.
      type: list
      elements: str
    presses:
      description: How often Update Now was pressed; 0 in check mode.
      type: int
    hours:
      description: C(start) and C(end) of the hours; null without O(hours).
      type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.updater_download import (
    DownloadPackages,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class UpdaterDownload(DownloadPackages):
    """Guide 1810-1811, 1822, 1855-1856, 1867."""

    groups: ClassVar = ("console", "updater", "wait")
    options: ClassVar = {
        "presses": {"type": "int", "default": 10},
        "hours": {
            "type": "dict",
            "options": {"start": {"type": "str", "required": True}, "end": {"type": "str", "required": True}},
        },
    }


DECLARATION = UpdaterDownload


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
