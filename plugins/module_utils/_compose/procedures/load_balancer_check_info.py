# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The health check of a load balancer, sent by us (guide 1131-1161)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._endpoint.role import check_as_balancer
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info

NOT_JSON = (
    'The answer says Active, but not as "Role": "Active" in JSON, so the checks of the documentation do not find it. '
    "Let the load balancer send the header Content-Type: application/json;charset=UTF-8, and nothing on the way take "
    "it off."
)
SLOW = 2000  # milliseconds; health checks of load balancers give up after some seconds (judgement)


class CheckAsBalancer(Info):
    """Options ``address``, ``address_port`` and ``expected``."""

    ranges: ClassVar = {"address_port": Range(1, 65535)}

    def check(self) -> None:
        address = self.given.get("address")
        if address is not None and not is_host(address):
            raise self.refuse(
                f"address {address!r} is neither a host name nor an IP address (no port, no scheme).", kind="invalid"
            )

    def read(self) -> dict[str, Any]:
        address, target = self.given.get("address"), self.task.surfaces.target
        if address is not None:
            target = replace(target, host=address, port=self.given["address_port"])
        seen = check_as_balancer(target, self.task.clock)
        problems = []
        if seen.role == "Active" and not seen.sends_traffic:
            problems.append(NOT_JSON)
        if seen.milliseconds > SLOW:
            problems.append(f"The answer took {seen.milliseconds} ms; a load balancer may have given up before.")
        for problem in problems:
            self.warn(problem)
        expected = self.given.get("expected")
        if expected and seen.role != expected:
            raise self.refuse(
                f"{seen.url} answers {seen.role} instead of {expected}.",
                kind="precondition",
                surface="endpoint",
                remedy="Compare the roles of both nodes (useries.appliance.ha_info); the address of a load balancer "
                "answers for the node that it sends traffic to.",
            )
        return {
            "url": seen.url,
            "role": seen.role,
            "sends_traffic": seen.sends_traffic,
            "milliseconds": seen.milliseconds,
            "content_type": seen.content_type,
            "problems": problems,
        }
