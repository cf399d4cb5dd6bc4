# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the High Availability site of one node (guide 1041-1266)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.moments import parse_stamp
from ansible_collections.useries.appliance.plugins.module_utils._compose.surfaces import Surfaces
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Requirement
from ansible_collections.useries.appliance.plugins.module_utils._guide.high_availability import (
    CONFIGURATION,
    INITIAL_SETUP,
)

FEATURES = CONFIGURATION.section("features")
SET_STATE = CONFIGURATION.section("set_state")
SETTINGS = CONFIGURATION.section("settings")
MAINTENANCE = CONFIGURATION.section("maintenance")
SETUP = INITIAL_SETUP.section("partner")

#: Fields of the settings section that an administrator sets.
SETTABLE = tuple(one.id for one in SETTINGS.fields if one.kind != "readonly")


@dataclass(frozen=True)
class Node:
    """What one node's site shows.

    :param page: ``none`` (the role is off), ``initial_setup`` or ``configuration``.
    :param partner: the partner's name as shown; :param enabled: the switch; :param port: the mirroring port.
    :param mirror_state: in the console's words, empty when none is shown.
    """

    page: str
    partner: str = ""
    enabled: bool = False
    port: int | None = None
    mirror_state: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def read_node(console: ConsoleSurface) -> Node:
    """Open the site and say what it shows."""
    if not console.reaches(CONFIGURATION):
        return Node("none")
    if not console.has(FEATURES):
        console.has(SETUP)
        return Node("initial_setup")
    features = console.read(FEATURES, ["partner", "mirror_state"], fresh=False)
    console.observe("mirror_state", _text(features["mirror_state"]))
    state = console.read(SET_STATE, ["high_availability", "mirroring_port"], fresh=False)
    return Node(
        "configuration",
        _text(features["partner"]),
        bool(state["high_availability"]),
        state["mirroring_port"],
        _text(features["mirror_state"]),
    )


def read_pair(surfaces: Surfaces) -> dict[str, Node]:
    """What the sites of both nodes show: ``node`` is the task's own, which is read first, and ``partner``."""
    return {"node": read_node(surfaces.console), "partner": read_node(surfaces.partner.console)}


def _no_estimate(rate: float | None, size: float | None) -> str | None:
    """Why the duration of a synchronization cannot be estimated; None when it can."""
    if rate is None:
        return "The Historical Sync Rate is not shown as a number of MB per minute."
    if not rate:
        return "The Historical Sync Rate is zero: this appliance has not synchronized yet."
    return "The size of the database is not shown." if size is None else None


def read_metrics(console: ConsoleSurface) -> dict[str, Any]:
    """Numbers of the configuration page that is open; None where the page shows none (guide 1247-1256)."""
    shown = console.read(
        SETTINGS,
        [
            "historical_sync_rate",
            "database_size",
            "last_heartbeat",
            "local_session_file_count",
            "remote_session_file_count",
        ],
        fresh=False,
    )
    rate, size = number(shown["historical_sync_rate"]), gigabytes(shown["database_size"])
    heartbeat = parse_stamp(_text(shown["last_heartbeat"]))
    return {
        "sync_rate_mb_per_minute": rate,
        "database_size_gb": size,
        "estimated_sync_minutes": round(size * 1024 / rate, 1) if rate and size is not None else None,
        "no_estimate_because": _no_estimate(rate, size),
        "last_heartbeat": heartbeat.isoformat() if heartbeat else None,
        "last_heartbeat_shown": _text(shown["last_heartbeat"]),
        "local_session_files": _whole(shown["local_session_file_count"]),
        "remote_session_files": _whole(shown["remote_session_file_count"]),
    }


def role_requirement(page: str, whose: str, appliance: str = "") -> Requirement:
    """The High Availability role must be on: else its site is not there."""
    return Requirement(
        "role:high_availability",
        page != "none",
        f"The menu of {whose} has no High Availability: the role is not on there.",
        "Turn it on with useries.appliance.appliance_role (name: high_availability) on both nodes.",
        appliance,
    )


def partner_requirement(page: str) -> Requirement:
    """The partners must know each other: until then the site shows Initial Setup."""
    return Requirement(
        "partner",
        page == "configuration",
        "The High Availability site does not show its configuration: the node has no partner yet.",
        "Pair the nodes first with useries.appliance.ha_partner.",
    )


def number(text: Any) -> float | None:
    """The first number of a text such as ``226.81 MB/min``."""
    found = re.search(r"\d+(?:[.,]\d+)?", _text(text))
    return float(found.group().replace(",", ".")) if found else None


def gigabytes(text: Any) -> float | None:
    """``1.44 GB`` or ``512 MB`` as gigabytes."""
    value = number(text)
    if value is None:
        return None
    unit = re.search(r"[KMGT]B", _text(text).upper())
    return round(value * {"KB": 1 / 1024**2, "MB": 1 / 1024, "GB": 1, "TB": 1024}[unit.group()] if unit else value, 3)


def same_name(one: str, other: str) -> bool:
    """Whether two network names mean the same node: without regard to case and to a domain on one side only."""
    left, right = one.strip().casefold(), other.strip().casefold()
    return left == right or (("." in left) != ("." in right) and left.split(".")[0] == right.split(".")[0])


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())


def _whole(value: Any) -> int | None:
    text = _text(value)
    return int(text) if text.isdigit() else None
