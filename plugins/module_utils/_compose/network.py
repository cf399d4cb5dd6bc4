# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Network and RDP Settings read as a whole (guide 435-487)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP

#: part of the answer -> section, and the options that are its fields.
PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "rdp": ("rdp", {"enabled": "enable_remote_desktop", "two_factor_required": "two_factor_required"}),
    "ip_address": (
        "ip",
        {name: name for name in ("network_card", "dhcp", "ip_address", "subnet_mask", "gateway", "dns")},
    ),
    "smtp": (
        "smtp",
        {"server": "address", "server_port": "port", "enable_ssl": "enable_ssl", "user": "user"},
    ),
    "proxy": (
        "proxy",
        {"enabled": "use_proxy", "server": "address", "server_port": "port", "user": "username"},
    ),
    "bits_throttle": ("bits", {"level": "throttle"}),
}


def settings(console: ConsoleSurface) -> dict[str, Any]:
    """Every section by the name of its module, without passwords; the page is opened once."""
    console.open(NETWORK_AND_RDP)
    found: dict[str, Any] = {}
    for part, (id, options) in PARTS.items():
        values = console.read(NETWORK_AND_RDP.section(id), options.values(), fresh=False)
        found[part] = {option: values[field] for option, field in options.items()}
    card = found["ip_address"]
    card["dns"] = servers(card["dns"])
    card["network_cards"] = console.choices(NETWORK_AND_RDP.section("ip"), "network_card")
    found["bits_throttle"].update(asdict(console.scale(NETWORK_AND_RDP.section("bits"), "throttle")))
    return found


def servers(text: Any) -> list[str]:
    """The DNS servers of a field that holds one or several."""
    return [one for one in re.split(r"[\s,;]+", str(text or "")) if one]
