# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the site Diagnostics tells in texts: notifications (guide 684-704) and the network configuration (713)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import parse_stamp

SEVERITIES = ("Info", "Low", "Medium", "High")
ADDRESSES = {
    "IPv4 Address": "ipv4",
    "IPv6 Address": "ipv6",
    "Subnet Mask": "subnet_mask",
    "Default Gateway": "gateway",
    "DNS Servers": "dns",
    "Physical Address": "mac",
}
_ADAPTER = re.compile(r" adapter ([^:]+):")
_REMARK = re.compile(r"\(\w+\)")
_ENTRY = re.compile(
    rf"(?P<name>{'|'.join(ADDRESSES)})[ .]*:(?P<values>(?: [0-9A-Fa-f][0-9A-Fa-f:.%-]+(?:\(\w+\))?(?= |$))+)"
)


def notification(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of the list; the guide names no column, so its parts are known by what they hold."""
    severity = next((one for one in SEVERITIES for text in row.values() if text.strip() == one), None)
    stamps = {name: parse_stamp(text) for name, text in row.items()}
    named = next((name for name, when in stamps.items() if when is not None), "")
    when = stamps.get(named)
    rest = [text for name, text in row.items() if name != named and text.strip() not in SEVERITIES and text.strip()]
    return {"at": when.isoformat() if when else None, "severity": severity, "text": " ".join(rest)}


def adapters(text: str) -> list[dict[str, Any]]:
    """The adapters of IPConfig /all with their addresses; a text in another language gives none.

    A page may have lost the line ends, so what is an address is told by its form and not by its line.
    """
    parts = _ADAPTER.split(" ".join(text.split()))
    found: list[dict[str, Any]] = []
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        one: dict[str, Any] = {"name": name, **{key: [] for key in ADDRESSES.values()}}
        for entry in _ENTRY.finditer(body):
            one[ADDRESSES[entry["name"]]].extend(_REMARK.sub("", entry["values"]).split())
        found.append(one)
    return found
