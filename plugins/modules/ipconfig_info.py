#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ipconfig_info
short_description: Report the network configuration as Windows on the appliance tells it
version_added: 0.1.0
description:
  - Reads the result of IPConfig /all on the page Tools, and the addresses of each adapter where its text is understood.
  - A passive node does not show this page.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.network_info
"""

EXAMPLES = r"""
- name: What does IPConfig /all say?
  useries.appliance.ipconfig_info:
  register: found

- name: Only the IPv4 addresses
  useries.appliance.ipconfig_info:
    query: adapters[].ipv4[]
"""

RETURN = r"""
ipconfig:
  description: The network configuration, filtered by O(query).
  returned: success
  type: dict
  contains:
    text:
      description: The text that the console shows; its line ends may be lost.
      type: str
    adapters:
      description:
        - The adapters, each with C(name) and the lists C(ipv4), C(ipv6), C(subnet_mask), C(gateway), C(dns) and C(mac).
        - Empty where the text is not understood.
      type: list
      elements: dict
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnostics import adapters
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import TOOLS

CONFIGURATION = TOOLS.section("network_configuration")


class IpconfigInfo(Info):
    """Guide 713."""

    returns = "ipconfig"

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        console.press(CONFIGURATION, "refresh")
        text = str(console.read(CONFIGURATION, ("output",), fresh=False)["output"])
        found = adapters(text)
        if not found:
            self.warn("No adapter was recognised in the text of IPConfig /all; only the text is returned.")
        return {"text": text, "adapters": found}


DECLARATION = IpconfigInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
