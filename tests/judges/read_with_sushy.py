# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operates an iDRAC with OpenStack's sushy and prints what it saw as JSON; runs in the environment of the judges.

usage: IDRAC_URL=... IDRAC_PASSWORD=... IDRAC_CA=... python read_with_sushy.py [ResetType | ATTRIBUTE=VALUE] ...
ATTRIBUTE=VALUE sets an attribute of the BIOS for the next start.
"""

from __future__ import annotations

import json
import os
import sys

import sushy
import sushy.auth

signed_in = sushy.auth.SessionAuth("root", os.environ["IDRAC_PASSWORD"])
root = sushy.Sushy(os.environ["IDRAC_URL"], auth=signed_in, verify=os.environ["IDRAC_CA"])
system = root.get_system()
for word in sys.argv[1:]:
    name, equals, value = word.partition("=")
    if equals:
        system.bios.set_attribute(name, value, apply_time=sushy.APPLY_TIME_ON_RESET)
    else:
        system.reset_system(sushy.ResetType(word))
        system.refresh()
ports = [
    function.identity
    for card in root.get_chassis().network_adapters.get_members()
    for function in card.network_device_functions.get_members()
]
print(
    json.dumps(
        {
            "sku": system.sku,
            "power": system.power_state.value,
            "resets": sorted(value.value for value in system.get_allowed_reset_system_values()),
            "bios": system.bios.attributes["SystemServiceTag"],
            "boot_mode": system.bios.attributes["BootMode"],
            "pending": system.bios.pending_attributes,
            "registry": len(system.bios.get_attribute_registry().registry_entries.attributes),
            "firmware": root.get_manager().firmware_version,
            "tasks": [task.name for task in root.get_task_service().tasks.get_members()],
            "sessions": len(root.get_session_service().sessions.get_members()),
            "ports": ports,
        }
    )
)
signed_in.close()
