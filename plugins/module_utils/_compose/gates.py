# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates before a workflow: named checks on both nodes, each with result, reason and remedy as data.

A check never raises: what cannot be read is a row, too. Rows ``failed`` stop the workflow; ``warning`` and
``unavailable`` do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

from ansible_collections.useries.appliance.plugins.module_utils._compose.both import Side, read_heartbeat, services_only
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import SETTABLE, SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.parts import Parts
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import update_under_way
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Task
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import SYNCHRONIZED
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import APPLIANCE_PRODUCT

Result = Literal["passed", "failed", "warning", "unavailable"]

#: Version of the appliance's software that this collection was written for and tried with.
TRIED = "3.3"
ANY = "any"
DRILL = (
    "A failover drill was interrupted. Run failover_drill.yml again to finish it. Or make sure that the pair is "
    "SYNCHRONIZED and its roles are as wanted, and turn it off with useries.appliance.ha_settings "
    "(attempt_auto_resync: false)."
)
DIAGNOSE = "Run the playbook diagnose_failover.yml: it names the state and the guide's decision."
SUSPENDED = (
    "Mirroring is SUSPENDED: there is no failover until it is resumed. Find out why it was suspended, then run the "
    "playbook resume_mirroring.yml."
)


@dataclass(frozen=True)
class Row:
    """One check.

    :param name: stable, for programs; :param reason: a sentence; :param remedy: the next step when it did not pass.
    """

    name: str
    result: Result
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Seen:
    """What one node showed.

    :param which: ``node`` or ``partner``; :param name: as rows call it; :param side: its role, site and clock.
    :param heartbeat: as :func:`read_heartbeat` gives it. Parts that could not be read are empty; ``not_read`` says why.
    """

    which: str
    name: str
    side: Side
    heartbeat: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    services_only: bool = False
    updating: str = ""
    not_read: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether both the endpoint and the console do."""
        return self.side.role is not None and self.side.node is not None

    @property
    def role(self) -> str:
        """Over the endpoint; empty when that does not answer."""
        return self.side.role or ""

    @property
    def state(self) -> str:
        """The mirror state, ``off``, or ``unpaired``."""
        node = self.side.node
        if node is None or node.page != "configuration":
            return "unpaired"
        return self.side.state or "off"

    def as_dict(self) -> dict[str, Any]:
        """Plain data for results."""
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "side"}
        return {**self.side.as_dict(), **found, "answers": self.answers, "skew_seconds": self.side.skew_seconds}


@dataclass(frozen=True)
class Limits:
    """What the workflow expects.

    :param expected: states of the pair; ``unpaired`` and ``off`` as the gate of each task has them. ``any``: the
        workflow is about one node, and what the pair shows (its roles too) is told and stops nothing.
    :param heartbeat: minutes since the partner answered; :param skew: minutes that a clock may differ.
    :param impact: worst effect of the workflow; :param acknowledged: versions never tried that a person accepts.
    :param must_answer: ``both``, ``node`` (the task's own) or ``either``.
    """

    expected: Sequence[str] = (SYNCHRONIZED,)
    heartbeat: int = 10
    skew: int = 5
    impact: Impact = "service"
    acknowledged: Sequence[str] = ()
    must_answer: Literal["both", "node", "either"] = "both"
    auto_resync_off: bool = True


def look(task: Task, side: Side, which: str, name: str) -> Seen:
    """Everything that the checks need of one node; a node that does not answer is an answer."""
    if side.role is None or side.node is None:
        return Seen(which, name, side)
    console, parts = side.surfaces.console, Parts()
    versions_shown = parts.read("versions", lambda: versions(console), {})
    updating = parts.read("updates", lambda: update_under_way(console), "")
    heartbeat = read_heartbeat(side, task)
    settings: dict[str, Any] = {}
    if side.node.page == "configuration":
        settings = dict(console.read(SETTINGS, SETTABLE, fresh=True))
    exposed = side.state == "EXPOSED"  # what a pair that mirrors services only shows for good
    only = bool(exposed and services_only(side))
    return Seen(which, name, side, heartbeat, settings, versions_shown, only, updating, parts.not_read)


def which_is_active(nodes: Sequence[Seen]) -> str:
    """``node``, ``partner``, ``both`` or ``none``: which of them the endpoint calls Active."""
    found = [one.which for one in nodes if one.role == "Active"]
    return found[0] if len(found) == 1 else "both" if found else "none"


def judged(nodes: Sequence[Seen], limits: Limits) -> list[Row]:
    """The rows, in the order in which a person would read them."""
    return list(_rows(nodes, limits))


def _rows(nodes: Sequence[Seen], limits: Limits) -> Iterator[Row]:
    here = [one for one in nodes if one.answers]
    needed = {"both": {"node", "partner"}, "node": {"node"}, "either": set()}[limits.must_answer]
    for one in nodes:
        yield _answers(one, needed=one.which in needed or not here)
    yield from (_state(one, limits) for one in here)
    if len(here) == len(nodes) == 2:
        yield _roles(nodes, limits)
    if limits.auto_resync_off:
        yield from (_auto_resync(one) for one in here if one.settings)
    if SYNCHRONIZED in limits.expected:
        yield from (_heartbeat(one, limits) for one in here if one.state == SYNCHRONIZED)
    for one in here:
        yield _clock(one, limits)
        yield _version(one, limits)
        yield _updates(one)


def _answers(one: Seen, *, needed: bool) -> Row:
    if one.answers:
        return Row(f"answers@{one.name}", "passed", f"{one.name} answers; its role is {one.role}.")
    return Row(
        f"answers@{one.name}",
        "failed" if needed else "unavailable",
        f"{one.name} does not answer: {one.side.reason}",
        "Look at its power, its network and its address in the inventory.",
    )


def _state(one: Seen, limits: Limits) -> Row:
    state = one.state
    fits = {state, ANY} & set(limits.expected) or (one.services_only and "services only" in limits.expected)
    wanted = " or ".join(limits.expected)
    reason = f"{one.name} shows the pair as {state}" + (" (services only)" if one.services_only else "")
    if fits:
        return Row(f"state@{one.name}", "passed", f"{reason}.")
    remedy = f"{SUSPENDED} {DIAGNOSE}" if state == "SUSPENDED" else DIAGNOSE
    return Row(f"state@{one.name}", "failed", f"{reason}; this workflow expects {wanted}.", remedy)


def _roles(nodes: Sequence[Seen], limits: Limits) -> Row:
    row = _roles_of_pair(nodes)
    return replace(row, result="warning") if ANY in limits.expected and row.result == "failed" else row


def _roles_of_pair(nodes: Sequence[Seen]) -> Row:
    roles = {one.name: one.role for one in nodes}
    told = ", ".join(f"{name} {role}" for name, role in roles.items())
    found = sorted(roles.values())
    if all(one.state in ("unpaired", "off") for one in nodes):
        alone = found == ["Off", "Off"]
        return Row("roles", "passed" if alone else "failed", f"{told}.", "" if alone else DIAGNOSE)
    if found == ["Active", "Passive"] or (found == ["Active", "Active"] and all(one.services_only for one in nodes)):
        return Row("roles", "passed", f"{told}.")
    if found == ["Active", "Active"]:
        return Row("roles", "failed", f"Both nodes are Active: {told}.", f"Stop the clients of one node. {DIAGNOSE}")
    return Row("roles", "failed", f"One node has to be Active and one Passive: {told}.", DIAGNOSE)


def _auto_resync(one: Seen) -> Row:
    if one.settings.get("attempt_auto_resync"):
        return Row(f"auto_resync@{one.name}", "failed", f"Attempt Auto Resync is on at {one.name}.", DRILL)
    return Row(f"auto_resync@{one.name}", "passed", f"Attempt Auto Resync is off at {one.name}.")


def _heartbeat(one: Seen, limits: Limits) -> Row:
    name, age = f"heartbeat@{one.name}", one.heartbeat["age_minutes"]
    if age is None:
        return Row(name, "unavailable", f"{one.name} shows the last heartbeat as {one.heartbeat['shown']!r}.")
    if age > limits.heartbeat:
        return Row(
            name,
            "failed",
            f"The last heartbeat of {one.name} is {age:.0f} minutes old; at most {limits.heartbeat} are expected.",
            DIAGNOSE,
        )
    return Row(name, "passed", f"The partner of {one.name} answered {max(age, 0):.0f} minutes ago.")


def _clock(one: Seen, limits: Limits) -> Row:
    name = f"clock@{one.name}"
    if one.side.skew_seconds is None:
        return Row(name, "unavailable", f"{one.name} does not tell its time over HTTP.")
    minutes = abs(one.side.skew_seconds) / 60
    said = f"The clock of {one.name} differs by {minutes:.1f} minutes from the controller's"
    if minutes > limits.skew:
        return Row(
            name,
            "failed",
            f"{said}; at most {limits.skew} are allowed.",
            "Correct the clock that is wrong: useries.appliance.date_time sets that of an appliance.",
        )
    return Row(name, "passed", f"{said}.")


def _version(one: Seen, limits: Limits) -> Row:
    name, version = f"version@{one.name}", one.versions.get(APPLIANCE_PRODUCT, "")
    if not version:
        return Row(name, "unavailable", f"{one.name} does not show the version of its software.")
    if version == TRIED or version.startswith(f"{TRIED}."):
        return Row(name, "passed", f"{one.name} has version {version}.")
    said = f"{one.name} has version {version}, with which this collection was never tried"
    if limits.impact != "data" or version in limits.acknowledged:
        return Row(name, "warning", f"{said}.", "Rehearse it, and look at each step.")
    return Row(
        name,
        "failed",
        f"{said}, and this workflow can lose data.",
        f"When you accept that, repeat with -e useries_acknowledged_versions={version}",
    )


def _updates(one: Seen) -> Row:
    name = f"updates@{one.name}"
    if "updates" in one.not_read:
        return Row(name, "unavailable", one.not_read["updates"])
    if one.updating:
        return Row(name, "failed", f"{one.name}: {one.updating}", "Wait until the updates are complete.")
    return Row(name, "passed", f"{one.name} is not being updated.")


def others(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows of checks that other modules made. :raises ValueError: for one that is none."""
    found = []
    for row in rows:
        if set(row) - {"name", "result", "reason", "remedy"} or row.get("result") not in get_args(Result):
            raise ValueError(f"not a check: {dict(row)}")
        found.append(Row(str(row["name"]), row["result"], str(row["reason"]), str(row.get("remedy") or "")))
    return found
