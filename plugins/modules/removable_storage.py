#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: removable_storage
short_description: Allow or forbid import and export of settings on removable storage
version_added: 0.1.0
description:
  - Sets whether a USB drive that somebody plugs into the appliance can set its IP address, its administrator password
    and other settings, and take them away.
author:
  - The useries.appliance authors (@useries)
options:
  allowed:
    description:
      - Whether settings can be imported and exported on removable storage.
    type: bool
    required: true
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
seealso:
  - module: useries.appliance.lcd_panel
"""

EXAMPLES = r"""
- name: No USB drive sets anything
  useries.appliance.removable_storage:
    allowed: false
"""

RETURN = r"""
settings:
  description: The switch read back.
  returned: success
  type: dict
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class RemovableStorage(Settings):
    """Guide 219-225."""

    section = GENERAL_SETTINGS.section("export_settings")
    fields: ClassVar = ("allowed",)
    option_names: ClassVar = {"allowed": "removable_storage"}
    required: ClassVar = ("allowed",)
    button = "update_export"


DECLARATION = RemovableStorage


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
