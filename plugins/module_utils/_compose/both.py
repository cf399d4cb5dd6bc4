# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both nodes of a pair side by side, also when one does not answer (guide 1131-1161, 1208-1241).

Roles are read and never assumed: an inventory is a snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.diagnostics import notification
from ansible_collections.useries.appliance.plugins.module_utils._compose.fence import (
    AHEAD_MINUTES,
    FRESH_MINUTES,
    age_minutes,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    Node,
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import NOTIFICATIONS
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

OURS = {"invalid", "missing_library", "busy"}  # kinds that tell nothing of the appliance
FAILED_OVER = re.compile(r"\bfail(?:ed|s|ing)?[\s-]?over\b", re.IGNORECASE)
NOT_YET = re.compile(r"\b(?:pending|will|would|cannot|could not|not possible)\b", re.IGNORECASE)
MIRRORED_AGAIN = re.compile(rf"\b{SYNCHRONIZED}\b")


@dataclass(frozen=True)
class Side:
    """One node of the pair.

    :param label: its name in the inventory (else its address); :param surfaces: the roads to it.
    :param role: over the endpoint, None when that does not answer; :param node: its site, None when it cannot be read.
    :param reason: why something of it is missing, empty when nothing is.
    :param skew_seconds: how far its clock is ahead of the controller's; None where the endpoint does not tell.
    """

    label: str
    surfaces: Surfaces
    role: str | None
    node: Node | None
    reason: str = ""
    skew_seconds: float | None = None

    @property
    def answers(self) -> bool:
        """Whether anything of it could be read."""
        return self.role is not None or self.node is not None

    @property
    def state(self) -> str:
        """The mirror state that it shows; empty where none is known or high availability is off."""
        return self.node.mirror_state if self.node is not None and self.node.enabled else ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for results: ``reachable``, ``reason``, ``role`` and what :class:`Node` has (None: not read)."""
        empty: dict[str, Any] = dict.fromkeys(Node("").as_dict())
        shown = empty if self.node is None else self.node.as_dict()
        return {"reachable": self.answers, "reason": self.reason, "role": self.role, **shown}


def partner_label(task: Task) -> str:
    """How the partner is called: its inventory name, else its address."""
    partner = task.options.get("partner") or {}
    return str(partner.get("inventory_name") or partner.get("host") or "the partner")


def read_sides(task: Task) -> tuple[Side, Side]:
    """The task's own node and its partner, as they are now; a node that does not answer is a :class:`Side` too.

    :raises UseriesError: kind ``invalid`` when no partner is given, or another one that is about the task itself.
    """
    partner = task.surfaces.partner
    return read_side(task.surfaces, task.label), read_side(partner, partner_label(task))


def read_side(surfaces: Surfaces, label: str) -> Side:
    """One node, as far as it answers."""
    reasons: list[str] = []
    word, skew = None, None
    try:
        word, date = surfaces.role_and_date()
        if date is not None:
            skew = (date - datetime.fromtimestamp(Clock().wall(), timezone.utc)).total_seconds()
    except UseriesError as error:
        _about_the_appliance(error)
        reasons.append(error.message)
        if error.kind == "unreachable":  # the console is behind the same door
            return Side(label, surfaces, None, None, error.message)
    node: Node | None = None
    try:
        node = read_node(surfaces.console)
    except UseriesError as error:
        _about_the_appliance(error)
        reasons.append(error.message)
    return Side(label, surfaces, word, node, " ".join(reasons), skew)


def active_of(sides: Iterable[Side]) -> list[Side]:
    """Those whose endpoint says Active; one of them on a healthy pair."""
    return [side for side in sides if side.role == "Active"]


def passive_of(sides: Iterable[Side]) -> list[Side]:
    """Those whose endpoint says Passive."""
    return [side for side in sides if side.role == "Passive"]


def services_only(side: Side) -> bool | None:
    """Whether the pair mirrors services and no database (guide 814-815); None when the role's page does not tell."""
    try:
        settings = read_role(side.surfaces.console, role("high_availability")) or {}
    except UseriesError as error:
        _about_the_appliance(error)
        return None
    word = settings.get("mirroring")
    return None if word is None else bool(word == "services_only")


def told_of_failover(side: Side) -> bool | None:
    """Whether this node's notifications tell of a failover after which the mirror was not SYNCHRONIZED again.

    None when they cannot be read (a passive node shows none, guide 1214). The guide prints no wording: whatever says
    "failover" in any spelling, and does not call it pending, counts.
    """
    rows = notifications(side)
    if rows is None:
        return None
    dated = sorted(rows, key=lambda one: one["at"] or "9999")  # what has no date counts as the newest
    found = False
    for one in dated:
        if FAILED_OVER.search(one["text"]) and not NOT_YET.search(one["text"]):
            found = True
        elif MIRRORED_AGAIN.search(one["text"]) and one["at"]:
            found = False
    return found


def notifications(side: Side) -> list[Mapping[str, Any]] | None:
    """What this node tells, each with ``at``, ``severity``, ``text``; None when it does not show them."""
    try:
        rows = side.surfaces.console.table(NOTIFICATIONS.section("notification_list"))
    except UseriesError as error:
        _about_the_appliance(error)
        return None
    return [notification(row) for row in rows]


def read_heartbeat(side: Side, task: Task) -> dict[str, Any]:
    """The last heartbeat as this node shows it (guide 1227).

    ``shown`` (its text), ``age_minutes`` by the appliance's own clock (None when the text or the clock is not
    understood), ``fresh`` (None likewise; a moment that is still to come tells nothing).
    """
    nothing = {"shown": "", "age_minutes": None, "fresh": None}
    if side.node is None or side.node.page != "configuration":
        return nothing
    console = side.surfaces.console
    try:
        read_node(console)
        metrics = read_metrics(console)
        found = {**nothing, "shown": metrics["last_heartbeat_shown"]}
        if not metrics["last_heartbeat"]:
            return found
        now = appliance_now(console, task.warnings.append)
    except UseriesError as error:
        _about_the_appliance(error)
        return nothing
    age = age_minutes(datetime.fromisoformat(metrics["last_heartbeat"]), now)
    return {**found, "age_minutes": round(age, 1), "fresh": None if age < -AHEAD_MINUTES else age < FRESH_MINUTES}


def _about_the_appliance(error: UseriesError) -> None:
    """What is no news of the appliance is not swallowed."""
    if error.kind in OURS:
        raise error
