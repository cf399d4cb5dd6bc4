# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets of a ping, and what the text of Windows' ``ping`` says (guide 714)."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_COUNTS = re.compile(r"Sent = (\d+), Received = (\d+)")
_REPLY = re.compile(r"Reply from (\S+): (?:bytes=\d+ )?time[=<]")
_AVERAGE = re.compile(r"Average = (\d+) ?ms")
_NO_SUCH_NAME = re.compile(r"could not find host", re.IGNORECASE)


def complaint(target: str) -> str:
    """What is wrong with a host name or address (RFC 1123, and the underscore that Windows allows); empty: nothing."""
    if not target:
        return "target is empty: give a host name, a fully qualified domain name or an IP address"
    try:
        ipaddress.ip_address(target)
    except ValueError:
        name = target.removesuffix(".")
        if len(name) <= 253 and all(_LABEL.fullmatch(part) for part in name.split(".")):
            return ""
        return f"target is {target!r}, which is neither a host name nor an IP address"
    return ""


def result(text: str) -> dict[str, Any]:
    """``answered``, ``sent``, ``received`` (packets), ``address`` and ``average_ms``; null: not told.

    "Destination host unreachable" of a router counts as received in Windows' own numbers, but it is no answer.
    """
    counts, replies, average = _COUNTS.search(text), _REPLY.findall(text), _AVERAGE.search(text)
    told = counts is not None or _NO_SUCH_NAME.search(text) is not None
    return {
        "answered": bool(replies) if told else None,
        "sent": int(counts[1]) if counts else None,
        "received": len(replies) if counts else None,
        "address": replies[0] if replies else None,
        "average_ms": int(average[1]) if average and replies else None,
    }
