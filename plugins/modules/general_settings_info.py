#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: general_settings_info
short_description: Report the general settings of an appliance
version_added: 0.1.0
description:
  - Reads what the page General Settings shows, under the names of the modules and options that set it.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.security_settings_info
"""

EXAMPLES = r"""
- name: What can be done in front of the appliance?
  useries.appliance.general_settings_info:
    query: "{panel: lcd_panel, usb: removable_storage.allowed}"
"""

RETURN = r"""
settings:
  description: Module to its options; null for a part that this appliance does not have.
  returned: success
  type: dict
  contains:
    date_time:
      description: Time zone, date and time as the page shows them.
      type: dict
    lcd_panel:
      description: Both switches; null on a virtual appliance.
      type: dict
    login_banner:
      description: Title and text.
      type: dict
    removable_storage:
      description: Whether settings can be imported and exported.
      type: dict
console:
  description:
    - How the console is laid out, and what told it.
    - Other modules return it when it is not confirmed.
  returned: when the console was opened
  type: dict
  contains:
    profile:
      description: V(3.3) or V(later).
      type: str
    chosen_by:
      description: V(navigation), by the menus met, or V(option), by O(console_profile).
      type: str
    confirmed:
      description: Whether the guide of that version states it.
      type: bool
    met:
      description: The menus met that tell the profile.
      type: list
      elements: str
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.exported import of_page
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class GeneralSettingsInfo(Info):
    """Guide 197-230."""

    returns = "settings"

    def read(self) -> dict[str, Any]:
        return of_page(self.task.surfaces.console, GENERAL_SETTINGS, {"date_time": ("date", "time")})


DECLARATION = GeneralSettingsInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
