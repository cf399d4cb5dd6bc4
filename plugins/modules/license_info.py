#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: license_info
short_description: Report licensed components, serial numbers and the activation of Windows
version_added: 0.1.0
description:
  - Reads which components are licensed, the last characters of the serial numbers, and whether Windows is activated.
  - Windows itself is asked where its variables (C(useries_windows_host) and so on) are set.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.product_serials
  - module: useries.appliance.windows_activation
"""

EXAMPLES = r"""
- name: What is licensed?
  useries.appliance.license_info:
  register: found

- name: Only what is not licensed
  useries.appliance.license_info:
    query: "products | values(@) | [?licensed == `false`].name"
"""

RETURN = r"""
licenses:
  description: What the page shows.
  returned: success
  type: dict
  contains:
    products:
      description: Product id to its name, the last characters of its serial number, and whether it is licensed.
      type: dict
    components:
      description: Component to what the page says of it.
      type: dict
    windows:
      description: The activation of Windows, as M(useries.appliance.windows_activation) returns it.
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

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.activation import activation
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._compose.serials import read_licences
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class LicenseInfo(Info):
    """Guide 343-360."""

    returns = "licenses"
    groups: ClassVar = ("console", "windows")

    def read(self) -> dict[str, Any]:
        found = read_licences(self.task.surfaces.console)
        windows = activation(self.task.surfaces, self.warn, fresh=False)
        return {"products": found.products(), "components": found.components, "windows": windows.as_dict()}


DECLARATION = LicenseInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
