# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Tools: the part Ping, which has no button (guide line 714).

The appliances of the world answer by name and address, those that are out of reach do not, the name servers do; no
other name is known, and no other address answers. The words are those of Windows' ``ping`` in English.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from simulator.model.errors import Refused
from simulator.model.network import NAME_SERVERS
from simulator.pages.kit import Values, button, text
from simulator.pages.spec import Field, Outcome, Section


def _is_address(target: str) -> bool:
    try:
        ipaddress.ip_address(target)
    except ValueError:
        return False
    return True


def _told(appliance: Any, target: str) -> str:
    found = appliance.world.find(target)
    if found is None and not _is_address(target):
        return f"Ping request could not find host {target}. Please check the name and try again."
    address = found.address if found is not None else target
    answers = target in NAME_SERVERS or (found is not None and (found is appliance or found.reachable))
    named = target if target == address else f"{target} [{address}]"
    lines = ["", f"Pinging {named} with 32 bytes of data:"]
    lines += [f"Reply from {address}: bytes=32 time=2ms TTL=128" if answers else "Request timed out."] * 4
    came = 4 if answers else 0
    lines += ["", f"Ping statistics for {address}:"]
    lines += [f"    Packets: Sent = 4, Received = {came}, Lost = {4 - came} ({100 - came * 25}% loss),"]
    if answers:
        lines += ["Approximate round trip times in milli-seconds:", "    Minimum = 2ms, Maximum = 2ms, Average = 2ms"]
    return "\n".join(lines)


def _ping(appliance: Any, values: Values) -> Outcome:
    target = text(values, "target").strip()
    if not target:
        raise Refused("Check the marked fields.", {"target": "Enter a host."})
    appliance.pinged = {"target": target, "output": _told(appliance, target)}
    return Outcome()


def _read(appliance: Any) -> dict[str, Any]:
    return {"target": "", "output": "", **appliance.pinged}


PING = Section(
    "ping",
    "Ping",
    fields=(
        Field("target", "Ping", "text"),
        Field("output", "Ping results", "readonly", True, ("Result", "Results", "Reply")),
    ),
    buttons=(button("send", "Ping", _ping, writes=False, by_enter=True),),
    read=_read,
)
