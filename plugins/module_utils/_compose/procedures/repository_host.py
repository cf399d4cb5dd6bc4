# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows server becomes a repository host for session archives (guide 952-978, PS-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface

if TYPE_CHECKING:
    from ansible_collections.useries.appliance.plugins.module_utils._windows.web_server import Restriction

OLDEST_WINDOWS, OLDEST_IIS = (6, 0), (7, 5)
BY_HAND = "Prepare the server at its screen, in Server Manager (guide 952-978)."
PATH = re.compile(r"[A-Z]:\\[^*?\"<>|%!&^]+", re.IGNORECASE)


@dataclass(frozen=True)
class Host:
    """What the server is like; ``iis`` is None while IIS is not installed."""

    windows: str
    iis: tuple[int, int] | None
    features: dict[str, bool]
    restrictions: list[Restriction]
    port_open: bool
    tool: bool

    @property
    def absent(self) -> list[str]:
        """Features that are not installed."""
        return [name for name, installed in self.features.items() if not installed]


class PrepareRepositoryHost(Action):
    """Options ``tool_path`` and ``tool_required``."""

    surface: ClassVar[Surface] = "windows"
    restart = False

    def what(self) -> str:
        return "prepare the repository host"

    def find_out(self) -> str:
        return "Run the task again: it looks first what is missing. Installing features may take some minutes more."

    def check(self) -> None:
        if not PATH.fullmatch(self.given["tool_path"]):
            raise self.refuse(f"tool_path {self.given['tool_path']!r} is no full path.", kind="invalid")
        if not self.task.surfaces.configured("windows"):
            raise self.refuse(
                "The repository host is prepared over WinRM, which is off until its variables are set.",
                kind="invalid",
                remedy="Set useries_windows_host, useries_windows_username and useries_windows_password of that host.",
            )

    # -- reading and planning ------------------------------------------------------------------------------------------
    def read(self) -> Host:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import web_server
        from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
        from ansible_collections.useries.appliance.plugins.module_utils._windows.version import windows_version

        windows = self.task.surfaces.windows
        try:
            _caption, version = windows_version(windows)
            self._require("Windows", version, tuple(int(one) for one in version.split(".")[:2]), OLDEST_WINDOWS)
            iis = web_server.iis_version(windows)
            if iis is not None:
                self._require("IIS", ".".join(map(str, iis)), iis, OLDEST_IIS)
            features = web_server.features(windows)
        except CommandFailed as error:
            if not error.missing:
                raise
            raise self.refuse(
                "This Windows has no commands for its features: it is older than Windows Server 2012, or no server.",
                remedy=BY_HAND,
            ) from error
        unknown = [name for name in web_server.FEATURES if name not in features]
        if unknown:
            raise self.refuse(f"This Windows knows no feature {', '.join(unknown)}.", remedy=BY_HAND)
        return Host(
            version,
            iis,
            features,
            web_server.restrictions(windows),
            web_server.port_open(windows),
            web_server.is_there(windows, self.given["tool_path"]),
        )

    def _require(self, what: str, shown: str, version: tuple[int, ...], oldest: tuple[int, int]) -> None:
        if version < oldest:
            raise self.refuse(
                f"{what} {shown} does not meet the requirement: {what} {'.'.join(map(str, oldest))} or later.",
                remedy="Choose another server as the repository host.",
            )

    def due(self, before: Host | None) -> Plan:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.web_server import PORT

        plan = Plan(header="Repository host")
        if before is None:
            return plan
        plan.changes += [Change(f"feature {name}", "not installed", "installed") for name in before.absent]
        for one in _denied(before):
            plan.changes.append(Change(f"restriction {one}", "Not Allowed", "Allowed"))
        if not before.port_open:
            plan.changes.append(Change(f"port {PORT}", "closed", "open"))
        return plan

    def before_order(self, before: Host) -> None:
        self._look_for_tool(before)

    def settled(self, before: Host) -> Host:
        self._look_for_tool(before)
        return self._complete(before)

    def _look_for_tool(self, host: Host) -> None:
        if host.tool:
            return
        path = self.given["tool_path"]
        sentence = f"The repository configuration tool is not at {path}."
        remedy = "Copy it from C:\\ApplianceTools of an appliance, or say where it is with tool_path."
        if self.given["tool_required"]:
            raise self.refuse(sentence, remedy=remedy)
        self.warn(f"{sentence} {remedy}")

    # -- the order and its effect --------------------------------------------------------------------------------------
    def order(self, before: Host) -> None:
        from ansible_collections.useries.appliance.plugins.module_utils._windows import web_server

        windows = self.task.surfaces.windows
        if before.absent:
            self.task.show(f"install {', '.join(before.absent)}")
            self.restart = web_server.install(windows, before.absent)
        for description in _denied(self.read()):
            web_server.allow(windows, description)
        if not web_server.port_open(windows):
            web_server.open_port(windows)

    def happened(self, before: Host) -> bool | None:
        """Windows may still be installing, so that nothing seen says nothing."""
        return True if not self.due(self.read()) else None

    def effect(self, before: Host) -> Host:
        after = self.read()
        left = self.due(after)
        if left and not self.restart:
            names = ", ".join(one.name for one in left.changes)
            raise self.refuse(
                f"Windows accepted the orders, but {names} is not as it should be.",
                kind="not_seen",
                remedy="Look at Server Manager and IIS Manager of the repository host; a group policy may own it.",
            )
        return self._complete(after)

    def _complete(self, host: Host) -> Host:
        from ansible_collections.useries.appliance.plugins.module_utils._windows.web_server import REQUIRED

        if self.restart:
            self.warn("The server has to be restarted before the features work; run the task again afterwards.")
            return host
        lines = {one.description for one in host.restrictions}
        lost = [name for name in REQUIRED if name not in lines]
        if lost:
            raise self.refuse(
                f"ISAPI and CGI Restrictions has no line {', '.join(lost)}.",
                kind="not_seen",
                remedy="With IIS 7.5 run C:\\Windows\\Microsoft.NET\\Framework\\v4.0.30319\\aspnet_regiis.exe -i "
                "(guide 966). Later versions get the lines with their features: look at them in Server Manager.",
            )
        return host

    def shown(self, state: Host) -> dict[str, Any]:
        return {
            "windows_version": state.windows,
            "iis_version": ".".join(map(str, state.iis)) if state.iis else None,
            "features": state.features,
            "restrictions": [
                {"description": one.description, "path": one.path, "allowed": one.allowed} for one in state.restrictions
            ],
            "port_open": state.port_open,
            "tool": state.tool,
            "restart_needed": self.restart,
        }


def _denied(host: Host) -> list[str]:
    """Descriptions of the guide's table of which a line is not allowed."""
    from ansible_collections.useries.appliance.plugins.module_utils._windows.web_server import LISTED

    return [name for name in LISTED if any(one.description == name and not one.allowed for one in host.restrictions)]
