# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Security event log says of Remote Desktop and of two factors (guide 439)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._compose.audit import rdp_audit
from ansible_collections.useries.appliance.plugins.module_utils._engine.fields import Range
from ansible_collections.useries.appliance.plugins.module_utils._engine.info import Info
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface

MOST = 1000


class ReadAudit(Info):
    """Options ``since``, ``limit``, ``network_refusals`` and ``two_factor_sources``."""

    surface: ClassVar[Surface] = "windows"
    ranges: ClassVar = {"limit": Range(1, MOST, unit="entries")}

    def check(self) -> None:
        self._since()
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "The Security event log is read over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of this host.",
            )

    def read(self) -> dict[str, Any]:
        since = self._since()
        found = rdp_audit(
            self.task.surfaces,
            since=since,
            limit=self.given["limit"],
            network=self.given["network_refusals"],
            two_factor_sources=self.given["two_factor_sources"],
        )
        oldest = found["oldest"]
        reaches = oldest is not None and since is not None and self._moment(oldest) <= since
        if found["cut"]:
            self.warn(f"There are more entries than limit: {self.given['limit']}; the newest are shown.")
        if oldest is None:
            self.warn("The Security event log is empty: it was cleared, or this Windows audits nothing.")
        elif since is not None and not reaches:
            self.warn(
                f"The Security event log goes back to {oldest} only; what was there before is not in it any more."
            )
        return {"entries": found["entries"], "oldest": oldest, "complete": reaches and not found["cut"]}

    def _since(self) -> datetime | None:
        given = self.given.get("since")
        if given is None:
            return None
        try:
            return self._moment(given)
        except ValueError:
            raise self.refuse(
                f"since is {given!r}; it must have the form YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ.",
                kind="invalid",
                remedy="Quote it in YAML.",
            ) from None

    @staticmethod
    def _moment(text: str) -> datetime:
        """Aware; what names no zone is UTC. Python 3.10 does not know the Z."""
        moment = datetime.fromisoformat(text.strip().removesuffix("Z") + ("+00:00" if text.strip()[-1:] == "Z" else ""))
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)
