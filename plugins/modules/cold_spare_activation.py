#!/usr/bin/python
# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: cold_spare_activation
short_description: Put a cold spare in the place of its source
version_added: 0.1.0
description:
  - Turns the role Cold Spare off. The appliance takes its own name back, which is that of its source, and starts its
    services with the data of the last backup that it retrieved.
  - It refuses on any sign of life of the source, and also when the source is merely silent. Its iDRAC, your own tasks
    for its power (O(power_state)) or a person (O(primary_is_off)) must say that it is off, because two machines of one
    name must never be on the network. The name in that word is the one in the certificate of the spare.
  - It refuses when no retrieved backup is seen, and needs O(confirm).
  - When the answer is lost, the state of the role decides. It is never repeated by itself.
author:
  - The useries.appliance authors (@useries)
options:
  confirm:
    description:
      - The temporary machine name of the spare, as the page of its role shows it.
    type: str
  accept_no_backup:
    description:
      - Accepts that no retrieved backup is seen.
    type: bool
    default: false
  restart:
    description:
      - Whether a question of the console about a restart is agreed to, and the restart waited for.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds that a restart may take, 1800 unless it is given.
    type: int
extends_documentation_fragment:
  - useries.appliance.console
  - useries.appliance.windows
  - useries.appliance.proof
  - useries.appliance.source
  - useries.appliance.fence
  - useries.appliance.partner
  - useries.appliance.pair
  - useries.appliance.attributes.action
seealso:
  - module: useries.appliance.cold_spare
"""

EXAMPLES = r"""
- name: The source is lost, and its spare takes over
  useries.appliance.cold_spare_activation:
    source:
      host: 192.0.2.10
    primary_is_off: UVM-1A@192.0.2.10
    confirm: UVM-SPARE
"""

RETURN = r"""
activation:
  description: What the appliance shows.
  returned: success
  type: dict
  contains:
    enabled:
      description: Whether the role Cold Spare is on.
      type: bool
    temporary_name:
      description: The name that it had as a spare.
      type: str
    last_retrieved:
      description: The last backup that it retrieved, with C(at), C(backup) and C(text); null when none is seen.
      type: dict
    machine_name:
      description: What Windows is called; null where it cannot be asked.
      type: str
    services_running:
      description: Number of services that run, as the dashboard shows it.
      type: int
    services_stopped:
      description: Number of services that do not.
      type: int
    fence:
      description: What is known of the source; empty when nothing was to be done.
      type: list
      elements: dict
    restarted:
      description: Whether it was restarted by this task.
      type: bool
    restart_required:
      description: Whether the console asked for a restart that is still to come.
      type: bool
"""

from typing import ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.procedures.cold_spare_activation import (
    ActivateColdSpare,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.run import run


class ColdSpareActivation(ActivateColdSpare):
    """Guide 881, 1486."""

    impact = "restart"
    expects: ClassVar = ("unpaired",)
    returns = "activation"
    fenced = "useries_cold_spare_of"
    groups: ClassVar = ("console", "windows", "proof", "source", "fence", "partner", "pair")
    options: ClassVar = {
        "confirm": {"type": "str"},
        "accept_no_backup": {"type": "bool", "default": False},
        "restart": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int"},
    }


DECLARATION = ColdSpareActivation


def main() -> None:
    """Run as an ordinary module."""
    run(DECLARATION)


if __name__ == "__main__":
    main()
