# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates before a workflow: named checks on both nodes, each with result, reason and remedy as data.

A check never raises: what cannot be read is a row, too. Rows ``failed`` stop the workflow; ``warning`` and
``unavailable`` do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any, Literal

from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    SETTABLE,
    SETTINGS,
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import read_role
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import update_under_way
from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Impact
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import role
from ansible_collections.useries.appliance.plugins.module_utils._guide.updates import APPLIANCE_PRODUCT
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

Result = Literal["passed", "failed", "warning", "unavailable"]

#: Version of the appliance's software that this collection was written for and tried with.
TRIED = "3.3"
DRILL = (
    "A failover drill was interrupted. Run failover_drill.yml again to finish it. Or make sure that the pair is "
    "SYNCHRONIZED and its roles are as wanted, and turn it off with useries.appliance.ha_settings "
    "(attempt_auto_resync: false)."
)
DIAGNOSE = "Run the playbook diagnose_failover.yml: it names the state and the guide's decision."


@dataclass(frozen=True)
class Row:
    """One check.

    :param name: stable, for programs; :param reason: a sentence; :param remedy: the next step when it did not pass.
    """

    name: str
    result: Result
    reason: str
    remedy: str = ""


@dataclass
class Seen:
    """What one node showed; parts that could not be read are None, and ``not_read`` says why."""

    which: str
    name: str
    answers: bool = False
    reason: str = ""
    role: str = ""
    skew_seconds: float | None = None
    page: str = ""
    partner: str = ""
    mirror_state: str = ""
    services_only: bool = False
    heartbeat_minutes: float | None = None
    heartbeat_shown: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    updating: str = ""
    not_read: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Limits:
    """What the workflow expects.

    :param expected: states of the pair; ``unpaired`` and ``off`` as the gate of each task has them.
    :param heartbeat: minutes since the partner answered; :param skew: minutes that a clock may differ.
    :param impact: worst effect of the workflow; :param acknowledged: versions never tried that a person accepts.
    :param must_answer: ``both``, ``node`` (the task's own) or ``either``.
    """

    expected: Sequence[str] = ("SYNCHRONIZED",)
    heartbeat: int = 10
    skew: int = 5
    impact: Impact = "service"
    acknowledged: Sequence[str] = ()
    must_answer: Literal["both", "node", "either"] = "both"
    auto_resync_off: bool = True


def look(surfaces: Surfaces, which: str, name: str, warn: Callable[[str], None]) -> Seen:
    """Everything that the checks need of one node; a node that does not answer is an answer."""
    seen = Seen(which, name)
    try:
        seen.role, date = surfaces.role_and_date()
        if date is not None:
            seen.skew_seconds = (date - datetime.fromtimestamp(Clock().wall(), timezone.utc)).total_seconds()
        _look_at_console(surfaces, seen, warn)
        seen.answers = True
    except UseriesError as error:
        seen.reason = error.message
    return seen


def _look_at_console(surfaces: Surfaces, seen: Seen, warn: Callable[[str], None]) -> None:
    console = surfaces.console

    def part(name: str, read: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return read()
        except UseriesError as error:
            if error.kind not in ("label_missing", "label_ambiguous", "precondition", "unexpected", "failed"):
                raise
            seen.not_read[name] = error.message
            return otherwise

    seen.versions = part("versions", lambda: versions(console), {})
    seen.updating = part("updates", lambda: update_under_way(console), "")
    node = read_node(console)
    seen.page, seen.partner = node.page, node.partner
    if node.page != "configuration":
        return
    seen.mirror_state = (node.mirror_state or "off") if node.enabled else "off"
    seen.settings = dict(console.read(SETTINGS, SETTABLE, fresh=False))
    metrics = read_metrics(console)
    seen.heartbeat_shown = metrics["last_heartbeat_shown"]
    if metrics["last_heartbeat"]:
        now = appliance_now(console, warn)
        at = datetime.fromisoformat(metrics["last_heartbeat"])
        seen.heartbeat_minutes = (now - at).total_seconds() / 60
    if seen.mirror_state == "EXPOSED":  # what a pair that mirrors services only shows for good
        shown = part("mirroring", lambda: read_role(console, role("high_availability")), {}) or {}
        seen.services_only = shown.get("mirroring") == "services_only"


def active_of(nodes: Sequence[Seen]) -> str:
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
    if "SYNCHRONIZED" in limits.expected:
        yield from (_heartbeat(one, limits) for one in here if one.mirror_state == "SYNCHRONIZED")
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
        f"{one.name} does not answer: {one.reason}",
        "Look at its power, its network and its address in the inventory.",
    )


def _state(one: Seen, limits: Limits) -> Row:
    state = one.mirror_state or ("off" if one.page == "configuration" else "unpaired")
    fits = state in limits.expected or (one.services_only and "services only" in limits.expected)
    wanted = " or ".join(limits.expected)
    reason = f"{one.name} shows the pair as {state}" + (" (services only)" if one.services_only else "")
    if fits:
        return Row(f"state@{one.name}", "passed", f"{reason}.")
    return Row(f"state@{one.name}", "failed", f"{reason}; this workflow expects {wanted}.", DIAGNOSE)


def _roles(nodes: Sequence[Seen], limits: Limits) -> Row:
    roles = {one.name: one.role for one in nodes}
    told = ", ".join(f"{name} {role}" for name, role in roles.items())
    found = sorted(roles.values())
    if all(one.mirror_state in ("", "off") for one in nodes):
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
    name, age = f"heartbeat@{one.name}", one.heartbeat_minutes
    if age is None:
        return Row(name, "unavailable", f"{one.name} shows the last heartbeat as {one.heartbeat_shown!r}.")
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
    if one.skew_seconds is None:
        return Row(name, "unavailable", f"{one.name} does not tell its time over HTTP.")
    minutes = abs(one.skew_seconds) / 60
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
        if set(row) - {"name", "result", "reason", "remedy"} or row.get("result") not in Result.__args__:  # type: ignore[attr-defined]
            raise ValueError(f"not a check: {dict(row)}")
        found.append(Row(str(row["name"]), row["result"], str(row["reason"]), str(row.get("remedy") or "")))
    return found
