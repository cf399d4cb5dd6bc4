# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles of many appliances at one moment, asked of all at once; one that does not answer holds up nobody."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.links import target_of
from ansible_collections.useries.appliance.plugins.module_utils._endpoint.role import check_as_balancer
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

SILENT = "unreachable"
ROLES = ("active", "passive", "off", SILENT)


@dataclass(frozen=True)
class Live:
    """What one appliance said.

    :param role: one of :data:`ROLES`; :param at: when it was asked (ISO 8601, UTC, seconds).
    :param reason: kind of the error (``unreachable``, ``silent``, ``untrusted``, ``unexpected``), else empty: words of
        ours alone, since the variables of an inventory are templates to older versions of Ansible.
    :param message: that error for a person, with what the appliance sent; for the display only.
    """

    role: str
    at: str
    reason: str = ""
    message: str = ""

    def kept(self) -> dict[str, str]:
        """For a cache, without the message."""
        return {key: value for key, value in asdict(self).items() if key != "message"}


def read_roles(nodes: Mapping[str, Mapping[str, Any]], at_once: int) -> dict[str, Live]:
    """Ask every node once.

    :param nodes: inventory name to the options of its console (``host``, ``port``, ``timeout``, ``ca_path`` ...).
    :param at_once: how many are asked at the same time.
    :raises UseriesError: kinds ``invalid`` (an option of the connection) and ``missing_library`` alone: these are about
        this machine, and no answer to wait for.
    """
    clock = Clock()
    with ThreadPoolExecutor(max_workers=max(1, min(at_once, len(nodes)))) as crowd:
        asked = {name: crowd.submit(_ask, options, clock) for name, options in nodes.items()}
    return {name: answer.result() for name, answer in asked.items()}


def _ask(options: Mapping[str, Any], clock: Clock) -> Live:
    now = datetime.fromtimestamp(clock.wall(), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return Live(check_as_balancer(target_of(options, "endpoint"), clock).role.lower(), now)
    except UseriesError as error:
        if error.kind in ("invalid", "missing_library"):
            raise
        return Live(SILENT, now, error.kind, f"{error.message} {error.remedy}".strip())
