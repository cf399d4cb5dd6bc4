# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Network and RDP Settings read as a whole (guide 435-487)."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.exported import of_page
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP

CARD = ("network_card", "dhcp", "ip_address", "subnet_mask", "gateway", "dns")


def settings(console: ConsoleSurface) -> dict[str, Any]:
    """Every section by the name of its module, without passwords; the page is opened once."""
    found: dict[str, Any] = of_page(console, NETWORK_AND_RDP)
    ip, bits = NETWORK_AND_RDP.section("ip"), NETWORK_AND_RDP.section("bits")
    card = console.read(ip, CARD, fresh=False)
    card["dns"] = servers(card["dns"])
    card["network_cards"] = console.choices(ip, "network_card")
    found["ip_address"] = card
    if found["bits_throttle"] is not None:
        found["bits_throttle"].update(asdict(console.scale(bits, "throttle")))
    return found


def servers(text: Any) -> list[str]:
    """The DNS servers of a field that holds one or several."""
    return [one for one in re.split(r"[\s,;]+", str(text or "")) if one]
