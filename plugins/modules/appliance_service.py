#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_service
short_description: Start, stop or restart a service of an appliance
version_added: 0.1.0
description:
  - Presses the icon of a service on the page Appliance Health and waits until the state is reached.
  - The icon is found by its words (tooltip or accessible name) in the row of that service, never by its place.
  - The proof is the state that Windows has, where WinRM is configured.
author:
  - The useries.appliance authors (@useries)
options:
  name:
    description:
      - Name of the service as the console lists it.
    type: str
    required: true
  state:
    description:
      - V(restarted) restarts it each time.
    type: str
    choices: [started, stopped, restarted]
    default: started
  accept_loss_of_console:
    description:
      - Accepts that a service is stopped or restarted that serves the console itself.
    type: bool
    default: false
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.wait
  - useries.appliance.proof
  - useries.appliance.windows
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.appliance_service_info
"""

EXAMPLES = r"""
- name: The event server runs
  useries.appliance.appliance_service:
    name: BeyondTrust Event Server
    state: started

- name: Restart the discovery scanner
  useries.appliance.appliance_service:
    name: BeyondTrust Discovery Scanner
    state: restarted
"""

RETURN = r"""
service:
  description: The service afterwards.
  returned: success
  type: dict
  contains:
    name:
      description: Its name.
      type: str
    state:
      description: Its state as shown.
      type: str
proof:
  description: V(verified) when Windows has the same state, V(unavailable) when it could not be asked or differs.
  returned: success
  type: str
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.appliance_service import (
    ControlService,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ApplianceService(ControlService):
    """Guide 526-532."""

    impact = "service"
    returns = "service"
    groups: ClassVar = ("console", "wait", "proof", "windows", "partner", "pair")
    options: ClassVar = {
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["started", "stopped", "restarted"], "default": "started"},
        "accept_loss_of_console": {"type": "bool", "default": False},
    }


DECLARATION = ApplianceService


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
