# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be a host that an option names."""

from __future__ import annotations

import re
from ipaddress import ip_address

_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
LONGEST = 253


def is_host(text: str) -> bool:
    """Whether it can be an IP address or a DNS name (RFC 1123, with the underscore that Windows allows, and a last
    dot); digits and dots alone must be an address.
    """
    try:
        ip_address(text)
    except ValueError:
        name = text.removesuffix(".")
        numeric = re.fullmatch(r"[0-9.]+", text) is not None
        return not numeric and len(name) <= LONGEST and all(_LABEL.fullmatch(one) for one in name.split("."))
    return True
