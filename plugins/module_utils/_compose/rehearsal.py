# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rehearsal talks to simulated appliances, which listen on loopback addresses; to nothing else."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.links import PREFIXES
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import OTHERS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError


def refuse_real_ones(options: Mapping[str, Any]) -> None:
    """In a rehearsal every address of the task, and of the other appliances it is about, must be a loopback one.

    A variable that was forgotten in a shadow inventory would lead a rehearsed failover to the real pair.

    :raises UseriesError: kind ``invalid``, before anything is contacted.
    """
    for name, host in _hosts(options):
        if not _on_loopback(host):
            raise UseriesError(
                f"This is a rehearsal (useries_rehearsal), and {name} is {host}, which is no address of the simulator.",
                surface="local",
                operation="read the options",
                kind="invalid",
                remedy="Use the inventory that the simulator wrote, and remove from group_vars and host_vars beside it "
                "whatever says where real appliances are.",
            )


def _hosts(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = [f"{prefix}host" for prefix in sorted(set(PREFIXES.values()))]
    yield from ((name, str(options[name])) for name in names if options.get(name))
    for other in (*OTHERS, "fenced_idrac"):
        host = (options.get(other) or {}).get("host")
        if host:
            yield f"{other}.host", str(host)


def _on_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
