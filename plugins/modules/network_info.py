#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: network_info
short_description: Report network, mail, proxy and Remote Desktop settings
version_added: 0.1.0
description:
  - Reads the page Network and RDP Settings; every part has the names of the options of the module that sets it.
  - Passwords are never returned. Of the network cards only the one that the page shows has its values read.
author:
  - The useries.appliance authors (@useries)
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.info
  - useries.appliance.attributes.info
seealso:
  - module: useries.appliance.rdp
  - module: useries.appliance.ip_address
  - module: useries.appliance.smtp
  - module: useries.appliance.proxy
  - module: useries.appliance.bits_throttle
"""

EXAMPLES = r"""
- name: How does the appliance reach the network?
  useries.appliance.network_info:
  register: network

- name: Its DNS servers only
  useries.appliance.network_info:
    query: ip_address.dns
"""

RETURN = r"""
network:
  description: The settings of the page, filtered by O(query).
  returned: success
  type: dict
  contains:
    rdp:
      description: See M(useries.appliance.rdp).
      type: dict
    ip_address:
      description: See M(useries.appliance.ip_address), and C(network_cards), the cards that the page offers.
      type: dict
    smtp:
      description: See M(useries.appliance.smtp).
      type: dict
    proxy:
      description: See M(useries.appliance.proxy).
      type: dict
    bits_throttle:
      description:
        - C(level), see M(useries.appliance.bits_throttle), and the slider's C(minimum), C(maximum) and C(step), null
          where the page does not tell.
      type: dict
reachable:
  description: Whether the appliance answered.
  returned: success
  type: bool
"""

from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.network import settings
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info


class NetworkInfo(Info):
    """Guide 435-487."""

    returns = "network"
    options: ClassVar = {}

    def read(self) -> dict[str, Any]:
        return settings(self.task.surfaces.console)


DECLARATION = NetworkInfo


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
