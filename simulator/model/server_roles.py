# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles and features of a Windows server, ISAPI and CGI Restrictions of its IIS, and rules of its firewall.

Made up here: the server is a fresh one; lines of the restrictions come with their features and are allowed, those of
ASP.NET 2.0 are not there; the rule for HTTPS comes with IIS and is on.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.errors import Refused

IIS_RULE = "IIS-WebServerRole-HTTPS-In-TCP"
NEEDS = {
    "Web-Server": (),
    "Web-ISAPI-Ext": ("Web-Server",),
    "Web-Asp-Net45": ("Web-Server", "Web-ISAPI-Ext"),
    "BITS": (),
    "BITS-IIS-Ext": ("BITS", "Web-Server", "Web-ISAPI-Ext"),
    "Telnet-Client": (),
}
NET4 = "%windir%\\Microsoft.NET\\Framework{}\\v4.0.30319\\aspnet_isapi.dll"
LINES = {
    "Web-Asp-Net45": [("ASP.NET v4.0.30319", NET4.format("")), ("ASP.NET v4.0.30319", NET4.format("64"))],
    "BITS-IIS-Ext": [("BITS Server Extensions", "C:\\Windows\\system32\\bitssrv.dll")],
}


@dataclass
class Line:
    """A line of the restrictions."""

    description: str
    path: str
    allowed: bool = True


@dataclass
class Rule:
    """An inbound rule of the firewall."""

    enabled: bool = True
    allows: bool = True


class ServerRoles:
    """``installed`` features, ``lines`` of the restrictions, ``rules`` of the firewall by name.

    Faults: ``restarts`` (features work after a restart only), ``iis`` (another version of it), ``bare`` (features bring
    no lines), ``unheard`` (orders have no effect), ``unknown`` (features that this Windows does not know).
    """

    def __init__(self) -> None:
        self.installed: list[str] = []
        self.pending: list[str] = []
        self.lines: list[Line] = []
        self.rules: dict[str, Rule] = {}
        self.restarts = self.bare = self.unheard = False
        self.iis = ""
        self.unknown: list[str] = []
        self.orders: list[str] = []

    def set_up(self, name: str, value: object) -> None:
        """Fault: one of those above."""
        if name not in ("restarts", "iis", "bare", "unheard", "unknown"):
            raise Refused(f"{name} cannot be set.")
        setattr(self, name, value)

    def install(self, names: list[str]) -> None:
        """Features with what they need."""
        self.orders.append(f"install {', '.join(names)}")
        wanted = dict.fromkeys(one for name in names for one in (*NEEDS[name], name))
        fresh = [one for one in wanted if one not in self.installed]
        if self.unheard:
            return
        if self.restarts:
            self.pending += fresh
        else:
            self._work(fresh)

    def booted(self) -> None:
        """After a restart they work."""
        self._work(self.pending)
        self.pending = []

    def _work(self, names: list[str]) -> None:
        for name in names:
            self.installed.append(name)
            if name == "Web-Server":
                self.rules.setdefault(IIS_RULE, Rule())
            for description, path in () if self.bare else LINES.get(name, ()):
                self.lines.append(Line(description, path))

    def deny(self, description: str) -> None:
        """Somebody has set a line to Not Allowed, or added one."""
        found = [line for line in self.lines if line.description == description]
        if not found:
            self.lines.append(Line(description, f"C:\\Windows\\{description}.dll", False))
        for line in found:
            line.allowed = False

    def allow(self, description: str) -> None:
        """By a command."""
        self.orders.append(f"allow {description}")
        for line in self.lines:
            if line.description == description and not self.unheard:
                line.allowed = True

    def close(self, name: str = IIS_RULE) -> None:
        """Somebody has switched a rule of the firewall off."""
        self.rules[name].enabled = False

    def forget_rule(self, name: str = IIS_RULE) -> None:
        """Somebody has deleted a rule of the firewall."""
        del self.rules[name]

    def open(self, name: str) -> None:
        """By a command; the rule is made when it is not there."""
        self.orders.append(f"open {name}")
        if not self.unheard:
            self.rules[name] = Rule()
