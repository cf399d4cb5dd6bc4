# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the text of Windows' ``ping`` says (guide 714)."""

from __future__ import annotations

import re
from typing import Any

_COUNTS = re.compile(r"Sent = (\d+), Received = (\d+)")
_REPLY = re.compile(r"Reply from (\S+): (?:bytes=\d+ )?time[=<]")
_AVERAGE = re.compile(r"Average = (\d+) ?ms")
_NO_SUCH_NAME = re.compile(r"could not find host", re.IGNORECASE)


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
