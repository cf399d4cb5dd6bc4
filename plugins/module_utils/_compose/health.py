# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look at everything by which an appliance tells how it is, and what to think of it (guide 494-532, 1208-1266)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import SCHEDULE, listed
from ansible_collections.useries.appliance.plugins.module_utils._compose.certificates import days_left, describe
from ansible_collections.useries.appliance.plugins.module_utils._compose.high_availability import (
    read_metrics,
    read_node,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.now import appliance_now
from ansible_collections.useries.appliance.plugins.module_utils._compose.overview import dashboard, versions
from ansible_collections.useries.appliance.plugins.module_utils._compose.parts import Parts
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import BROKEN, SYNCHRONIZED
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock

EARLY = 5  # minutes that two clocks may differ
ORDER = ("good", "unknown", "warning", "bad")  # from best to worst


@dataclass(frozen=True)
class Check:
    """What one look led to.

    :param verdict: one of ``ORDER``; :param reason: a sentence; :param remedy: the next step, empty when it is good.
    """

    check: str
    verdict: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Limits:
    """From when on something is worth a warning.

    :param certificate_days: days before it expires; :param disk_percent: of C: in use; :param backup_hours: age of the
        newest backup; :param heartbeat_minutes: age of the last heartbeat.
    """

    certificate_days: int = 30
    disk_percent: int = 85
    backup_hours: int = 192
    heartbeat_minutes: int = 15


def look(surfaces: Surfaces, warn: Callable[[str], None]) -> dict[str, Any]:
    """Everything that the checks need. A part that cannot be read is None, and ``not_read`` says why."""
    console = surfaces.console
    parts = Parts()
    part = parts.read
    served = surfaces.certificate()
    node = part("pair", lambda: read_node(console))
    paired = node is not None and node.page == "configuration"
    found = {
        "at": datetime.fromtimestamp(Clock().wall(), timezone.utc).isoformat(timespec="seconds"),
        "role": surfaces.role(),
        "certificate": {**describe(served), "days_left": days_left(served)},
        "pair": {**node.as_dict(), **(part("metrics", lambda: read_metrics(console)) or {})} if paired else None,
        "versions": part("versions", lambda: versions(console)),
        "dashboard": part("dashboard", lambda: dashboard(console)),
        "backups": part("backups", lambda: _backups(surfaces)),
        "now": part("now", lambda: appliance_now(console, warn).isoformat()),
    }
    return {**found, "not_read": parts.not_read}


def _backups(surfaces: Surfaces) -> dict[str, Any]:
    found = [one.as_dict() for one, _row in listed(surfaces.console)]
    scheduled = surfaces.console.read(SCHEDULE, ["enabled"], fresh=False)["enabled"]
    return {"count": len(found), "newest": found[0] if found else None, "scheduled": bool(scheduled)}


def judged(found: Mapping[str, Any], limits: Limits) -> list[dict[str, str]]:
    """What to think of it, one check after the other."""
    return [asdict(check) for check in _checks(found, limits)]


def worst(checks: list[dict[str, str]]) -> str:
    """The worst verdict of all."""
    return max((one["verdict"] for one in checks), key=ORDER.index, default="unknown")


def _checks(found: Mapping[str, Any], limits: Limits) -> Iterator[Check]:
    yield _certificate(found["certificate"], limits)
    yield _pair(found)
    if found["pair"] is not None:
        yield _heartbeat(found, limits)
    yield _disk(found, limits)
    yield _backup(found, limits)
    for name, why in found["not_read"].items():
        yield Check(name, "unknown", why, "Calibrate the console's labels, or look at the page.")


def _certificate(served: Mapping[str, Any], limits: Limits) -> Check:
    left = served["days_left"]
    if left is None:
        return Check("certificate", "unknown", "The certificate does not say when it expires.")
    reason = f"It expires in {left} days." if left >= 0 else f"It expired {-left} days ago."
    if left > limits.certificate_days:
        return Check("certificate", "good", reason)
    remedy = "Upload a new one with useries.appliance.certificate."
    return Check("certificate", "bad" if left < 7 else "warning", reason, remedy)


def _pair(found: Mapping[str, Any]) -> Check:
    pair, diagnose = found["pair"], "Run the playbook diagnose_failover.yml."
    if pair is None:
        return Check(
            "pair", "good" if found["role"] == "Off" else "warning", f"No partner; the role is {found['role']}."
        )
    if not pair["enabled"]:
        return Check("pair", "warning", "High availability is off: there is no failover.", "Turn it on when wanted.")
    state = pair["mirror_state"]
    if state == SYNCHRONIZED or not state:
        return Check("pair", "good", f"{found['role']}, {state or 'services only'}, partner {pair['partner']}.")
    verdict = "bad" if state in BROKEN else "warning"
    return Check("pair", verdict, f"The mirror is {state}: there may be no failover.", diagnose)


def _heartbeat(found: Mapping[str, Any], limits: Limits) -> Check:
    at, now = found["pair"].get("last_heartbeat"), found["now"]
    if not at or not now:
        return Check(
            "heartbeat", "unknown", f"The last heartbeat is shown as {found['pair'].get('last_heartbeat_shown')!r}."
        )
    age = (datetime.fromisoformat(now) - datetime.fromisoformat(at)).total_seconds() / 60
    if age < -EARLY:
        return Check(
            "heartbeat", "unknown", f"It is shown as {at}, but the appliance's clock says {now}.", "Look at both."
        )
    verdict = "good" if age <= limits.heartbeat_minutes else "bad"
    return Check("heartbeat", verdict, f"The partner answered {max(age, 0):.0f} minutes ago.")


def _disk(found: Mapping[str, Any], limits: Limits) -> Check:
    dashboard = found["dashboard"]
    if dashboard is None or dashboard["used_disk_space_c"] is None:
        why = "a passive node shows no dashboard" if found["role"] == "Passive" else "it is not shown"
        return Check("disk", "unknown" if found["role"] != "Passive" else "good", f"C: is not known: {why}.")
    used = dashboard["used_disk_space_c"]
    verdict = "good" if used <= limits.disk_percent else "bad" if used >= 95 else "warning"
    return Check("disk", verdict, f"{used:g} % of C: are used.", "" if verdict == "good" else "Make room on C:.")


def _backup(found: Mapping[str, Any], limits: Limits) -> Check:
    backups = found["backups"]
    if backups is None:
        return Check("backup", "unknown", "The list of backups cannot be read.")
    newest = backups["newest"]
    if found["role"] == "Passive":
        return Check("backup", "good", "The active node takes the backups.")
    if newest is None:
        return Check("backup", "bad", "There is no backup.", "Take one with the playbook backup.yml.")
    if not newest["date"] or not found["now"]:
        return Check("backup", "unknown", f"The age of {newest['name']} is not known.")
    age = (datetime.fromisoformat(found["now"]) - datetime.fromisoformat(newest["date"])).total_seconds() / 3600
    planned = "" if backups["scheduled"] else " No backup is scheduled."
    old = age > limits.backup_hours
    verdict = "bad" if old else "good" if backups["scheduled"] else "warning"
    remedy = "Take one with the playbook backup.yml." if old else "" if backups["scheduled"] else "Schedule it."
    return Check("backup", verdict, f"The newest is {max(age, 0):.0f} hours old.{planned}", remedy)
