#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: idrac_power
short_description: Turn a physical appliance on or off over its iDRAC
version_added: 0.1.0
description:
  - Sends C(ComputerSystem.Reset) over Redfish, once, and waits until the power state is the one asked for.
  - It works while the appliance itself is dead, so the state of the pair is not asked for. The lease of the pair is
    taken all the same, so that a run working on the pair is not disturbed.
  - It waits for the server, not for the appliance on it, whose services take some minutes more.
  - An order that the iDRAC does not offer is refused before anything is sent. A graceful shutdown that does not end in
    time fails, and is not forced. When an answer is lost the power state, or the time of the last start, decides.
  - The account needs the privilege to control the server.
author:
  - The useries.appliance authors (@useries)
options:
  state:
    description:
      - What the server shall be. V(restarted) is always a change, and needs a server that is on.
      - Write V(on) and V(off) in quotes.
    type: str
    choices: ['on', 'off', restarted]
    required: true
  method:
    description:
      - How it goes down. V(graceful) asks Windows to, V(forced) cuts the power.
      - V(graceful) unless given; not for O(state=on).
    type: str
    choices: [graceful, forced]
  confirm:
    description:
      - The service tag, or the host name, as the iDRAC shows it (M(useries.appliance.idrac_info)); needed unless
        O(state=on). The host name is known to it while Windows runs only. C(<a>+<b>), the word for a pair, names both
        of its nodes.
    type: str
extends_documentation_fragment:
  - useries.appliance.idrac
  - useries.appliance.console
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.wait
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.idrac_info
  - module: useries.appliance.reboot
"""

EXAMPLES = r"""
- name: The server is on
  useries.appliance.idrac_power:
    state: "on"
"""

RETURN = r"""
power:
  description: What the iDRAC says of its server afterwards; in check mode before.
  returned: success
  type: dict
  contains:
    state:
      description: V(On), V(Off), V(PoweringOn) or V(PoweringOff).
      type: str
    service_tag:
      description: Dell service tag.
      type: str
    host_name:
      description: Its name, while Windows runs.
      type: str
    last_reset:
      description: Time of its last start; null where the iDRAC does not tell.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.idrac_power import PowerControl
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class IdracPower(PowerControl):
    """DMTF ComputerSystem.Reset; guide 1163-1174."""

    impact = "restart"
    expects: ClassVar = ("any",)
    surface = "idrac"
    returns = "power"
    groups: ClassVar = ("idrac", "console", "partner", "pair", "wait")
    options: ClassVar = {
        "state": {"type": "str", "choices": ["on", "off", "restarted"], "required": True},
        "method": {"type": "str", "choices": ["graceful", "forced"]},
        "confirm": {"type": "str"},
    }


DECLARATION = IdracPower


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
