#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: wipe
short_description: Erase the database, the configuration and the events of an appliance
version_added: 0.1.0
description:
  - Presses "Wipe Appliance", once. There is no way back but a backup.
  - It needs the network name of the appliance and a second word, and refuses before anything is pressed.
  - The name is compared with what Windows says (where C(useries_windows_host) is set), else with what the partner
    shows, else with the name in the certificate that the appliance serves. Where none of them tells a name it refuses.
  - A mirrored pair loses the data of both nodes, so only an appliance whose pair is not mirroring is wiped, unless
    O(accept_pair_state) says otherwise.
  - When the answer is lost, the task fails and says how to find out. It is never repeated by itself.
author:
  - The useries.appliance authors (@useries)
options:
  confirm:
    description:
      - The network name of the appliance.
    type: str
  accept_data_loss:
    description:
      - Accepts that the data is lost.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.backup
"""

EXAMPLES = r"""
- name: An appliance of a lab begins anew (its partner loses the mirrored data too)
  useries.appliance.wipe:
    confirm: UVM-1A
    accept_data_loss: true
    accept_pair_state: [SYNCHRONIZED]
"""

RETURN = r"""
wiped:
  description: What was wiped.
  returned: success
  type: dict
  contains:
    network_name:
      description: The name that was compared.
      type: str
    name_told_by:
      description: V(windows), V(partner) or V(certificate).
      type: str
    message:
      description: What the console said.
      type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.wipe import WipeAppliance
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class Wipe(WipeAppliance):
    """Guide 395-402."""

    impact = "data"
    expects: ClassVar = ("unpaired", "off")
    returns = "wiped"
    groups: ClassVar = ("console", "windows", "partner", "pair")
    options: ClassVar = {
        "confirm": {"type": "str"},
        "accept_data_loss": {"type": "bool", "default": False},
    }


DECLARATION = Wipe


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
