#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: lcd_panel
short_description: Allow or forbid what can be done at the LCD panel
version_added: 0.1.0
description:
  - Sets what a person in front of a physical appliance can do at its LCD panel.
  - With O(buttons=false) nothing can be done there, whatever O(allow_password_reset) says.
author:
  - The useries.appliance authors (@useries)
options:
  allow_password_reset:
    description:
      - Whether the panel can reset the administrator password to a random one.
    type: bool
  buttons:
    description:
      - Whether the buttons of the panel do anything.
    type: bool
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.attributes
"""

EXAMPLES = r"""
- name: Nobody resets the password in the server room
  useries.appliance.lcd_panel:
    allow_password_reset: false
    buttons: false
"""

RETURN = r"""
settings:
  description: Both switches read back.
  returned: success
  type: dict
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.general_settings import GENERAL_SETTINGS


class LcdPanel(Settings):
    """Guide 205-211."""

    section = GENERAL_SETTINGS.section("lcd_panel")
    fields: ClassVar = ("allow_password_reset", "buttons")
    option_names: ClassVar = {"allow_password_reset": "lcd_reset_password", "buttons": "lcd_buttons"}
    button = "update_lcd"
    constraints: ClassVar = {"required_one_of": [fields]}

    def read(self) -> dict[str, Any]:
        present = super().read()
        after: Mapping[str, Any] = {
            **present,
            **{name: value for name, value in self.wanted().items() if value is not None},
        }
        if after["allow_password_reset"] and not after["buttons"]:
            self.warn("The panel may reset the password, but its buttons are off: the reset cannot be used.")
        return present


DECLARATION = LcdPanel


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
