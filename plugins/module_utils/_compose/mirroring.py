# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turning high availability on: what would be lost, and the wait for SYNCHRONIZED (guide 1073-1092, 1258-1266)."""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    Node,
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen, Wait, Waiter
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import (
    BROKEN,
    GIVEN_UP,
    SYNCHRONIZED,
)

#: Databases up to this size count as those of a fresh appliance. The guide names no size, so in doubt the administrator
#: is asked: a small database may hold all of somebody's passwords.
EMPTY_GB = 0.1
#: What was shown before the order (EXPOSED, SUSPENDED) is no bad end for so many seconds.
PATIENCE = 600.0

ADVICE = {
    GIVEN_UP: "Five attempts to mirror failed: check the connection between the nodes, and that the mirroring port "
    "is 5022 and open.",
    "DISCONNECTED": "The partner cannot be reached. Run the playbook diagnose_failover.yml before anything is changed.",
    "SUSPENDED": "Mirroring is SUSPENDED: there is no failover until it is resumed. Run the playbook "
    "diagnose_failover.yml.",
    "EXPOSED": "The databases are not mirrored. Run the playbook diagnose_failover.yml before anything is changed.",
}


def is_broken(node: Node) -> bool:
    """Whether a node that has high availability on shows a state that nothing may be built upon."""
    return node.enabled and node.mirror_state in BROKEN


def database_size(surfaces: Surfaces) -> float | None:
    """Gigabytes of the node's database; opens its configuration page."""
    read_node(surfaces.console)
    size: float | None = read_metrics(surfaces.console)["database_size_gb"]
    return size


def wait_synchronized(surfaces: Surfaces, waiter: Waiter, wait: Wait, old: Sequence[str] = ("EXPOSED",)) -> Node:
    """Wait for SYNCHRONIZED on this node; ends badly at once when the console gave up.

    :param old: states from before the order that the console may show for ``PATIENCE`` more seconds.
    """
    seen: list[Node] = []
    started = waiter.clock.now()

    def look() -> Seen:
        node = read_node(surfaces.console)
        seen.append(node)
        state = node.mirror_state or "no mirror state yet"
        early = node.mirror_state in old and waiter.clock.now() - started < PATIENCE
        verdict = (
            True if node.mirror_state == SYNCHRONIZED else False if node.mirror_state in BROKEN and not early else None
        )
        metrics = read_metrics(surfaces.console)
        whole, passed = metrics["estimated_sync_minutes"], (waiter.clock.now() - started) / 60
        detail = {
            "database GB": metrics["database_size_gb"],
            "MB/min": metrics["sync_rate_mb_per_minute"],
            "minutes left (estimated)": None if whole is None else max(round(whole - passed, 1), 0.0),
        }
        return Seen(state, verdict, detail, ADVICE.get(node.mirror_state, ""))

    waiter.until(look, wait, what="wait for the mirror state SYNCHRONIZED", target=surfaces.console.target)
    return seen[-1]
