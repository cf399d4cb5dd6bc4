# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refreshing the Analytics & Reporting endpoints (guide 288-293), proved by the site itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

ENDPOINTS = SECURITY_SETTINGS.section("analytics_endpoints")
PORTS = {"https": 443, "http": 80}
ASKS_WHO = (401, 403)  # a site that wants to know who is there is up


class RefreshEndpoints(Action):
    """Option ``url`` (of the site), option group ``wait``. A state is what the site said; None without ``url``."""

    def what(self) -> str:
        return "refresh the Analytics & Reporting endpoints"

    def find_out(self) -> str:
        return "Refreshing twice does no harm: run the task again."

    def check(self) -> None:
        url = self.given.get("url")
        if url is None:
            return
        try:
            parts = urlsplit(url)
            good = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
        except ValueError:
            good = False
        if not good:
            raise self.refuse(
                "url is not an address like https://appliance.example.com/site, without user or password.",
                kind="invalid",
            )

    def read(self) -> str | None:
        return self._ask() if self.given.get("url") else None

    def due(self, before: str | None) -> Plan:
        if before == "answers":
            return Plan(header=self.what())
        return Plan([Change("endpoints", before or "not looked at", "refreshed")], header=self.what())

    def order(self, before: str | None) -> None:
        self.task.surfaces.console.press(ENDPOINTS, "refresh")

    def happened(self, before: str | None) -> bool | None:
        return True if self.given.get("url") and self._ask() == "answers" else None

    def effect(self, before: str | None) -> str | None:
        url = self.given.get("url")
        if not url or not self.given["wait"]:
            return before
        seen = [""]

        def look() -> Seen:
            seen.append(self._ask())
            return Seen(seen[-1], True if seen[-1] == "answers" else None)

        try:
            wait = self.within(120, interval=3, longest=15)
            self.task.waiter.until(look, wait, what=f"wait for {url}", target=self.task.label)
        except UseriesError as error:
            if error.kind != "timeout":
                raise
            raise self.refuse(
                f"The endpoints were refreshed, but {url} is still unreachable: {seen[-1]}.",
                kind="not_seen",
                remedy="Check the address, and the service SQL Server Reporting Services and the role Analytics & "
                "Reporting of the appliance that has the site.",
            ) from error
        return seen[-1]

    def shown(self, state: str | None) -> dict[str, Any]:
        return {"url": self.given.get("url"), "site": state}

    def _ask(self) -> str:
        """``answers``, or why it does not. Nothing secret is sent, so its certificate is not looked at."""
        parts = urlsplit(self.given["url"])
        target = replace(
            self.task.surfaces.target,
            host=str(parts.hostname),
            port=parts.port or PORTS[parts.scheme],
            scheme=parts.scheme,
            validate_certs=False,
            fingerprints=(),
        )
        http = HttpSession(target, surface="local", clock=self.task.clock)
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            answer = http.request("GET", where, operation="look at the site", allow_redirects=False)
        except UseriesError as error:
            return error.message
        finally:
            http.close()
        if answer.status_code < 400 or answer.status_code in ASKS_WHO:
            return "answers"
        return f"it answers with status {answer.status_code}"
