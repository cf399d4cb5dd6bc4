# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows server as the guide wants it for session archives (952-978): features, ISAPI restrictions, port 443.

``Get-WindowsFeature`` and ``Install-WindowsFeature`` (ServerManager), ``Get-WebConfiguration`` and
``Set-WebConfigurationProperty`` (WebAdministration, there once IIS is), rules of the Windows firewall (NetSecurity).
Checked against cmdlet metadata (that of WebAdministration is from its documentation alone), not yet on Windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.pipeline import Command
from ansible_collections.useries.appliance.plugins.module_utils._windows.registry import read_value
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

#: Features by their names for PowerShell, which are the same on 2012 R2, 2016 and 2019.
FEATURES = {
    "Web-Server": "Web Server (IIS)",
    "Web-Asp-Net45": "ASP.NET 4.5 or later",
    "Web-ISAPI-Ext": "ISAPI Extensions",
    "BITS-IIS-Ext": "BITS IIS Server Extension",
}
REQUIRED = ("ASP.NET v4.0.30319", "BITS Server Extensions")
LISTED = ("ASP.NET v2.0.50727", *REQUIRED)
IIS_RULE, OWN_RULE = "IIS-WebServerRole-HTTPS-In-TCP", "useries-repository-https"
PORT = 443
INSTALL_SECONDS = 1800.0
RESTART = (3010, "SuccessRestartRequired")
_INET = "HKLM:\\SOFTWARE\\Microsoft\\InetStp"
_HOST = "MACHINE/WEBROOT/APPHOST"
_RESTRICTIONS = "system.webServer/security/isapiCgiRestriction/add"
_TRUE, _ALLOW, _INBOUND = (1, "True"), (2, "Allow"), (1, "Inbound")


@dataclass(frozen=True)
class Restriction:
    """A line of ISAPI and CGI Restrictions."""

    description: str
    path: str
    allowed: bool


def iis_version(session: Session) -> tuple[int, int] | None:
    """Like ``(8, 5)``; None when IIS is not installed."""
    found = [read_value(session, _INET, name) for name in ("MajorVersion", "MinorVersion")]
    return (found[0], found[1]) if all(isinstance(one, int) for one in found) else None


def features(session: Session) -> dict[str, bool]:
    """Whether each of FEATURES is installed; those that this Windows does not know are missing.

    :raises CommandFailed: ``missing`` on a Windows that is no server.
    """
    found = session.run(
        Command("Get-WindowsFeature", Name=list(FEATURES)) | Command("Select-Object", Property=["Name", "Installed"])
    )
    return {str(one["Name"]): one["Installed"] is True for one in found}


def install(session: Session, names: Sequence[str]) -> bool:
    """Install features with what they need and their tools; whether a restart is needed.

    :raises CommandFailed: when Windows does not install them.
    """
    found = session.run(
        Command("Install-WindowsFeature", Name=list(names), IncludeManagementTools=True, Confirm=False)
        | Command("Select-Object", Property=["Success", "ExitCode"]),
        timeout=INSTALL_SECONDS,
    )
    if not found or found[0].get("Success") is not True:
        raise CommandFailed(
            f"Windows on {session.target.host} did not install {', '.join(names)}.",
            operation="run Install-WindowsFeature",
            target=session.target.url,
            remedy="Look at C:\\Windows\\Logs\\DISM\\dism.log of the server.",
        )
    return found[0].get("ExitCode") in RESTART


def restrictions(session: Session) -> list[Restriction]:
    """The lines of ISAPI and CGI Restrictions; none while the commands of IIS are not installed."""
    try:
        found = session.run(
            Command("Get-WebConfiguration", PSPath=_HOST, Filter=_RESTRICTIONS)
            | Command("Select-Object", Property=["description", "path", "allowed"])
        )
    except CommandFailed as error:
        if error.missing:
            return []
        raise
    try:
        return [Restriction(str(one["description"]), str(one["path"]), _truth(one["allowed"])) for one in found]
    except (KeyError, TypeError):
        raise UseriesError(
            f"Get-WebConfiguration on {session.target.host} answered with objects that are not understood.",
            surface="windows",
            operation="run Get-WebConfiguration",
            target=session.target.url,
            kind="unexpected",
            remedy="Look at ISAPI and CGI Restrictions in IIS Manager.",
        ) from None


def allow(session: Session, description: str) -> None:
    """Set every line with this description (one of LISTED) to Allowed."""
    line = f"{_RESTRICTIONS}[@description='{description}']"
    session.run(Command("Set-WebConfigurationProperty", PSPath=_HOST, Filter=line, Name="allowed", Value=True))


def port_open(session: Session) -> bool:
    """Whether a rule of the Windows firewall, that of IIS or our own, lets HTTPS in."""
    return any(_lets_in(rule) for name in (IIS_RULE, OWN_RULE) for rule in _rule(session, name))


def open_port(session: Session) -> None:
    """Switch the rule of IIS on, or make one where there is none."""
    if _rule(session, IIS_RULE):
        session.run(Command("Set-NetFirewallRule", Name=IIS_RULE, Enabled="True", Action="Allow"))
    elif _rule(session, OWN_RULE):
        session.run(Command("Set-NetFirewallRule", Name=OWN_RULE, Enabled="True", Action="Allow"))
    else:
        made = Command(
            "New-NetFirewallRule",
            Name=OWN_RULE,
            DisplayName="HTTPS for session archives (useries.appliance)",
            Direction="Inbound",
            Protocol="TCP",
            LocalPort=str(PORT),
            Action="Allow",
            Enabled="True",
        )
        session.run(made | Command("Select-Object", Property=["Name"]))


def is_there(session: Session, path: str) -> bool:
    """Whether a file is on the server."""
    return session.run(Command("Test-Path", LiteralPath=path, PathType="Leaf")) == [True]


def _rule(session: Session, name: str) -> list[Any]:
    columns = ["Name", "Enabled", "Action", "Direction"]
    try:
        return session.run(Command("Get-NetFirewallRule", Name=name) | Command("Select-Object", Property=columns))
    except CommandFailed as error:
        if error.error_id.startswith("CmdletizationQuery_NotFound"):
            return []
        raise


def _lets_in(rule: Any) -> bool:
    return rule["Enabled"] in _TRUE and rule["Action"] in _ALLOW and rule["Direction"] in _INBOUND


def _truth(value: Any) -> bool:
    return value is True or str(value).lower() == "true"
