# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an iDRAC with OpenStack's sushy and prints what it saw as JSON; runs in the environment of the judges.

usage: IDRAC_URL=... IDRAC_PASSWORD=... IDRAC_CA=... python read_with_sushy.py [ResetType]
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
for reset_type in sys.argv[1:]:
    system.reset_system(sushy.ResetType(reset_type))
    system.refresh()
print(
    json.dumps(
        {
            "sku": system.sku,
            "power": system.power_state.value,
            "resets": sorted(value.value for value in system.get_allowed_reset_system_values()),
            "bios": system.bios.attributes["SystemServiceTag"],
            "firmware": root.get_manager().firmware_version,
        }
    )
)
signed_in.close()
