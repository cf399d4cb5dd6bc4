# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pair is like, and what the guide decides for it (guide 1208-1266). Pure: reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import Side, active_of
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import (
    GIVEN_UP,
    SYNCHRONIZED,
    UNDER_WAY,
)

#: Mirror state -> classification.
STATES = {
    SYNCHRONIZED: "healthy",
    "SUSPENDED": "suspended",
    "EXPOSED": "exposed",
    GIVEN_UP: "gave_up",
    "DISCONNECTED": "disconnected",
    **dict.fromkeys(UNDER_WAY, "under_way"),
}
#: Classification -> what is to be done; none for what the guide does not know.
DECISIONS = {
    "healthy": "The databases are mirrored. Nothing is to be done.",
    "suspended": "There is no failover while mirroring is suspended. If it was suspended on purpose, resume it when "
    "the work is done. If not, the interruption was short; find its cause first, turn high availability off and on "
    "again, or ask Technical Support whether mirroring can be resumed.",
    "exposed": "The databases are not mirrored; the other node may be healthy. Find out why, clear the node that "
    "failed, then turn high availability on again and synchronize.",
    "gave_up": "Five attempts to mirror failed. Check the connection between the nodes and that the mirroring port is "
    "5022 and open, then turn high availability off and on again.",
    "disconnected": "The other node cannot be reached at all. Find out what happened to it, and do not promote a node "
    "before the other one is known to be off. Turn high availability off, and on again only when that node is cleared "
    "for use.",
    "under_way": "Synchronization is under way: wait.",
    "two_active": "BOTH NODES ARE ACTIVE. Stop the clients of one node now, and ask Technical Support which database "
    "is the right one.",
    "none_active": "No node is active, so nobody is served. Look at both nodes; in medium failover mode a node "
    "waits for useries.appliance.failover, which needs the other one to be known to be off.",
    "node_silent": "One node does not answer this controller, although the other one shows a state that needs both. "
    "Look at the network between the controller and that node before anything is changed.",
    "inconsistent": "The nodes show different things of the same pair. Look at both, and ask Technical Support before "
    "anything is changed.",
    "services_only": "The pair mirrors services and no database. Nothing is to be done as long as both nodes answer; "
    "two active nodes may be normal.",
    "off": "High availability is not on at this pair.",
    "not_paired": "The nodes are no partners.",
}
QUIET = frozenset({"healthy", "services_only", "under_way", "off", "not_paired"})
URGENT = frozenset({"two_active", "none_active", "disconnected"})


@dataclass(frozen=True)
class Diagnosis:
    """``classification`` (a key of ``DECISIONS``, or ``unknown``), ``decision`` (None: the guide decides nothing) and
    whether somebody has to act at once.
    """

    classification: str
    decision: str | None
    urgent: bool

    @property
    def trouble(self) -> bool:
        """Whether something has to be done at all."""
        return self.classification not in QUIET

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def shown_state(sides: Sequence[Side]) -> str:
    """The mirror state of the pair: the active node's, else the first that is shown."""
    ordered = [*active_of(sides), *sides]
    return next((side.state for side in ordered if side.state), "")


def diagnose(sides: Sequence[Side], services_only: Callable[[], bool | None]) -> Diagnosis:
    """Classify a pair by what both nodes show.

    :param services_only: asked only where the answer matters; None: not known.
    """
    name = classify(sides, services_only)
    return Diagnosis(name, DECISIONS.get(name), name in URGENT)


def classify(sides: Sequence[Side], services_only: Callable[[], bool | None]) -> str:
    """The classification alone; see :func:`diagnose`."""
    seen = [side.node for side in sides if side.node is not None]
    roles = [side.role for side in sides if side.role is not None]
    state = shown_state(sides)
    if roles.count("Active") > 1:
        return "services_only" if services_only() else "two_active"
    if seen and all(node.page != "configuration" for node in seen) and "Active" not in roles:
        return "not_paired"
    if roles and set(roles) == {"Off"} and not state:
        return "off"
    if not roles:
        return STATES.get(state.upper(), "unknown")
    if "Active" not in roles and (len(roles) == len(sides) or state == "DISCONNECTED"):
        return "none_active"
    if state != SYNCHRONIZED and services_only():
        return "services_only" if len(roles) == len(sides) else "node_silent"
    if not state:
        return "unknown"
    name = STATES.get(state.upper(), "unknown")
    if name in ("healthy", "under_way"):
        if len(roles) < len(sides):
            return "node_silent"
        if sorted(roles) != ["Active", "Passive"] or any(side.state not in ("", state) for side in sides):
            return "inconsistent"
    return name


def recognise_failover(sides: Sequence[Side], told: bool | None, usual: str | None, classification: str) -> bool | None:
    """Whether the service runs where a failover has brought it (guide 1208-1215); None when nothing tells.

    :param told: what the active node's notifications say; :param usual: label of the node that is usually active.
    """
    active = [side.label for side in active_of(sides)]
    if classification == "two_active" or told:
        return True
    if len(active) != 1:
        return None
    if usual is not None:
        return active[0] != usual and classification != "healthy"
    return False if classification == "healthy" or told is False else None
