# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The health of appliances as metrics, in the words of prometheus_client.

The names, the labels and what each number means stand in docs/docsite/rst/metrics.rst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.health import ORDER
from ansible_collections.useries.appliance.plugins.module_utils._compose.version import COLLECTION_VERSION
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import (
    BROKEN,
    SYNCHRONIZED,
    UNDER_WAY,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    from prometheus_client import exposition as prometheus
    from prometheus_client import metrics_core as core
    from prometheus_client.openmetrics import exposition as openmetrics
else:
    core = optional("prometheus_client.metrics_core")
    prometheus = optional("prometheus_client.exposition")
    openmetrics = optional("prometheus_client.openmetrics.exposition")

ROLES = ("Off", "Active", "Passive")
MIRROR_STATES = (SYNCHRONIZED, *UNDER_WAY, *BROKEN)
LABELS = ("host", "pair", "name")
GIBIBYTE = 2**30

Health = Mapping[str, Any]
Rows = Iterable[tuple[Sequence[str], float]]


@dataclass(frozen=True)
class Gauge:
    """A number of each appliance.

    :param name: without ``useries_``, with its unit; :param labels: besides host, pair and name.
    :param read: health data to values of these labels and the number, nothing for what is not known.
    """

    name: str
    help: str
    read: Callable[[Health], Rows]
    unit: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class States:
    """One of several states of each appliance: 1 for the present one, 0 for the others.

    :param known: states that are always there; :param read: values of ``labels`` and the present state.
    """

    name: str
    help: str
    known: tuple[str, ...]
    read: Callable[[Health], Iterable[tuple[Sequence[str], str]]]
    labels: tuple[str, ...] = ()


def _one(value: Any, factor: float = 1.0) -> Rows:
    """The one number of a gauge without labels of its own; nothing when it is not known."""
    return [] if value is None else [((), float(value) * factor)]


def _part(health: Health, name: str) -> Mapping[str, Any]:
    return health.get(name) or {}


def _percent(name: str) -> Callable[[Health], Rows]:
    return lambda health: _one(_part(health, "dashboard").get(name), 0.01)


def _disk(health: Health) -> Rows:
    used = _part(health, "dashboard").get("used_disk_space_c")
    return [] if used is None else [(("C",), used / 100)]


def _services(health: Health) -> Rows:
    shown = {state: _part(health, "dashboard").get(f"services_{state}") for state in ("running", "stopped")}
    return [((state,), count) for state, count in shown.items() if count is not None]


def _epoch(text: Any) -> float | None:
    """ISO 8601 with an offset, as controllers and certificates tell it, as seconds since the epoch."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() if text else None


def _age(health: Health, then: Any) -> float | None:
    """Seconds between a moment and the look at the appliance, both by the appliance's clock."""
    now = health.get("now")
    if not then or not now:
        return None
    return max((datetime.fromisoformat(now) - datetime.fromisoformat(then)).total_seconds(), 0.0)


def _heartbeat(health: Health) -> Rows:
    return _one(_age(health, _part(health, "pair").get("last_heartbeat")))


def _newest(health: Health) -> Mapping[str, Any]:
    """The newest backup; a passive node's are the active one's business."""
    return {} if health.get("role") == "Passive" else _part(_part(health, "backups"), "newest")


def _backup_time(health: Health) -> Rows:
    """By the controller's clock: the appliance shows its own time and not its zone."""
    age, seen = _age(health, _newest(health).get("date")), _epoch(health.get("at"))
    return [] if age is None or seen is None else _one(seen - age)


GAUGES = (
    Gauge("reachable", "Whether the appliance answered (1) or not (0).", lambda h: _one(h.get("reachable", True))),
    Gauge(
        "certificate_expiry_timestamp_seconds",
        "When the certificate that the console serves expires, in seconds since the epoch.",
        lambda h: _one(_epoch(_part(h, "certificate").get("not_after"))),
        unit="seconds",
    ),
    Gauge(
        "high_availability_enabled",
        "Whether high availability is on; only of an appliance with a partner.",
        lambda h: _one(_part(h, "pair").get("enabled")),
    ),
    Gauge("heartbeat_age_seconds", "Age of the partner's last heartbeat when it was looked at.", _heartbeat, "seconds"),
    Gauge(
        "database_size_bytes",
        "Size of the mirrored database as the console shows it.",
        lambda h: _one(_part(h, "pair").get("database_size_gb"), GIBIBYTE),
        unit="bytes",
    ),
    Gauge(
        "backup_timestamp_seconds",
        "When the newest backup was taken, in seconds since the epoch; not of a passive node.",
        _backup_time,
        unit="seconds",
    ),
    Gauge("backups", "Number of backups in the list.", lambda h: _one(_part(h, "backups").get("count"))),
    Gauge(
        "backup_schedule_enabled",
        "Whether backups are scheduled.",
        lambda h: _one(_part(h, "backups").get("scheduled")),
    ),
    Gauge("cpu_usage_ratio", "Use of the processors.", _percent("cpu_usage"), "ratio"),
    Gauge("sql_cpu_usage_ratio", "Use of the processors by SQL Server.", _percent("sql_cpu_usage"), "ratio"),
    Gauge("sql_memory_usage_ratio", "Use of its memory by SQL Server.", _percent("sql_memory"), "ratio"),
    Gauge("disk_usage_ratio", "Part of the drive that is in use.", _disk, "ratio", ("drive",)),
    Gauge("services", "Services by their state.", _services, labels=("state",)),
)

STATES = (
    States(
        "health_verdict",
        "The worst verdict of all checks.",
        ORDER,
        lambda h: [((), h["verdict"])],
    ),
    States(
        "check_verdict",
        "The verdict of each check of the health report.",
        ORDER,
        lambda h: [((one["check"],), one["verdict"]) for one in h.get("checks") or []],
        labels=("check",),
    ),
    States("role", "The live role.", ROLES, lambda h: [((), h["role"])] if h.get("role") else []),
    States(
        "mirror_state",
        "State of the mirror; only of a pair that mirrors its database.",
        MIRROR_STATES,
        lambda h: [((), state)] if (state := _part(h, "pair").get("mirror_state")) else [],
    ),
)


class _Collector:
    """What prometheus_client asks for its metric families."""

    def __init__(self, hosts: Mapping[str, Health], at: float) -> None:
        self._hosts = hosts
        self._at = at

    def collect(self) -> Iterator[Any]:
        """Every family that has a sample, in the order of the tables."""
        about = core.GaugeMetricFamily(
            "useries_health_report_timestamp_seconds",
            "When the report was made, in seconds since the epoch.",
            value=self._at,
            unit="seconds",
        )
        yield about
        yield core.InfoMetricFamily("useries_collection", "What made it.", value={"version": COLLECTION_VERSION})
        for family in (*map(self._gauge, GAUGES), *map(self._states, STATES), self._versions()):
            if family.samples:
                yield family

    def _each(self) -> Iterator[tuple[list[str], Health]]:
        for host, health in self._hosts.items():
            yield [host, str(health.get("pair_name") or ""), str(health.get("name") or "")], health

    def _gauge(self, one: Gauge) -> Any:
        family = core.GaugeMetricFamily(
            f"useries_{one.name}", one.help, labels=[*LABELS, *one.labels], unit=one.unit
        )
        for whose, health in self._each():
            for values, number in one.read(health):
                family.add_metric([*whose, *values], number)
        return family

    def _states(self, one: States) -> Any:
        family = core.StateSetMetricFamily(f"useries_{one.name}", one.help, labels=[*LABELS, *one.labels])
        for whose, health in self._each():
            for values, present in one.read(health):
                shown = dict.fromkeys((*one.known, present), False) | {present: True}
                family.add_metric([*whose, *values], shown)
        return family

    def _versions(self) -> Any:
        family = core.InfoMetricFamily("useries_product", "Versions of the products.", labels=[*LABELS, "product"])
        for whose, health in self._each():
            for product, version in _part(health, "versions").items():
                family.add_metric([*whose, product], {"version": str(version)})
        return family


def written(hosts: Mapping[str, Health], at: datetime, form: str) -> str:
    """The metrics of these appliances as text.

    :param hosts: inventory name -> what ``health.json`` holds of it; :param at: when they were looked at.
    :param form: ``prometheus`` (text format 0.0.4) or ``openmetrics`` (1.0.0).
    :raises MissingLibrary: without prometheus_client.
    """
    collector: Any = _Collector(hosts, at.astimezone(timezone.utc).timestamp())
    writer = openmetrics if form == "openmetrics" else prometheus
    text: bytes = writer.generate_latest(collector)
    return text.decode("utf-8")
