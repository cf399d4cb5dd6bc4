#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: settings_info
short_description: Report how an appliance is set, as options of the modules that set it
version_added: 0.1.0
description:
  - Reads the settings of the console's pages and returns them by module and option, so that they can be kept as
    variables and compared later. The playbooks C(export) and C(drift) use it.
  - Secrets cannot be read from the console and are never part of the answer.
  - What an appliance does not have (an LCD panel on a virtual one) is left out.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
"""

EXAMPLES = r"""
- name: How is this appliance set?
  useries.appliance.settings_info:
  register: live

- name: Only the mail server
  useries.appliance.settings_info:
    query: smtp
"""

RETURN = r"""
settings:
  description: Name of a module to its options.
  returned: success
  type: dict
  sample:
    lcd_panel:
      allow_password_reset: false
      buttons: true
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

from ansible_collections.useries.appliance.plugins.module_utils._compose.exported import exported
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class SettingsInfo(Info):
    """Guide 197-487."""

    returns = "settings"

    def read(self) -> dict[str, dict[str, Any]]:
        return exported(self.task.surfaces.console)


DECLARATION = SettingsInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
