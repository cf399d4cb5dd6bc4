# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands of ServerManager, WebAdministration and NetSecurity on a simulated server.

After Microsoft's documentation of the modules. The commands of IIS are there once IIS is; a filter is an XPath, of
which the lines of ISAPI and CGI Restrictions, all or those with one description, are modelled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.model.server_roles import NEEDS
from simulator.windows.machine import Machine
from simulator.windows.terms import Complaint, Enumerated

INET = "HKLM:\\SOFTWARE\\MICROSOFT\\INETSTP"
LINES = re.compile(r"system\.webServer/security/isapiCgiRestriction/add(?:\[@description='([^']*)'\])?")
VERSIONS = {"6.3": "8.5", "6.2": "8.0", "6.1": "7.5"}


def inet_stp(machine: Machine) -> dict[str, dict[str, Any]]:
    """The version of IIS in the registry."""
    roles = getattr(machine.appliance, "server_roles", None)
    if roles is None or "Web-Server" not in roles.installed:
        return {}
    version = roles.iis or VERSIONS.get(machine.windows.version[:3], "10.0")
    major, _dot, minor = version.partition(".")
    return {INET: {"MajorVersion": int(major), "MinorVersion": int(minor), "VersionString": f"Version {version}"}}


def _names(given: Mapping[str, Any]) -> list[str]:
    asked = given.get("name", [])
    return [str(one) for one in (asked if isinstance(asked, list) else [asked])]


def get_windows_feature(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-WindowsFeature -Name; it gives nothing for a name that it does not know."""
    roles = machine.appliance.server_roles
    states = {True: Enumerated("Installed", 1), False: Enumerated("Available", 0)}
    return [
        {"Name": name, "Installed": name in roles.installed, "InstallState": states[name in roles.installed]}
        for name in _names(given)
        if name in NEEDS and name not in roles.unknown
    ]


def install_windows_feature(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Install-WindowsFeature -Name."""
    complaint = machine.appliance.take_fault("windows_feature")
    if complaint:
        kind = "Microsoft.Windows.ServerManager.Commands.AddWindowsFeatureCommand"
        raise Complaint(
            "Install-WindowsFeature",
            complaint,
            "InvalidOperation: (@{Vhd=; Credent...Name=localhost}:PSObject) [Install-WindowsFeature], Exception",
            f"DISMAPI_Error__Failed_To_Enable_Updates,{kind}",
        )
    roles = machine.appliance.server_roles
    roles.install(_names(given))
    code = Enumerated("SuccessRestartRequired", 3010) if roles.restarts else Enumerated("Success", 0)
    return [{"Success": True, "RestartNeeded": Enumerated("Yes" if roles.restarts else "No", 1), "ExitCode": code}]


def _description(machine: Machine, given: Mapping[str, Any], command: str) -> str | None:
    """The description that a filter asks for."""
    if "Web-Server" not in machine.appliance.server_roles.installed:
        raise Complaint(
            command,
            f"The term '{command}' is not recognized as the name of a cmdlet, function, script file, or operable "
            "program.",
            f"ObjectNotFound: ({command}:String) [], CommandNotFoundException",
            "CommandNotFoundException",
        )
    asked = LINES.fullmatch(str(given.get("filter", "")))
    if asked is None or str(given.get("pspath", "")).upper() != "MACHINE/WEBROOT/APPHOST":
        raise Complaint(command, "This configuration is not modelled.", "NotImplemented: (:) [], x", "NotModelled")
    return asked[1]


def get_web_configuration(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-WebConfiguration: lines of the restrictions."""
    wanted = _description(machine, given, "Get-WebConfiguration")
    return [
        {"path": line.path, "allowed": line.allowed, "groupId": line.description, "description": line.description}
        for line in machine.appliance.server_roles.lines
        if wanted in (None, line.description)
    ]


def set_web_configuration_property(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Set-WebConfigurationProperty -Name allowed -Value $true."""
    wanted = _description(machine, given, "Set-WebConfigurationProperty")
    if wanted is None or given.get("name") != "allowed" or given.get("value") is not True:
        raise Complaint("Set-WebConfigurationProperty", "Not modelled.", "NotImplemented: (:) [], x", "NotModelled")
    machine.appliance.server_roles.allow(wanted)
    return []


def get_net_firewall_rule(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Get-NetFirewallRule -Name of one rule."""
    name = str(given.get("name", ""))
    rule = machine.appliance.server_roles.rules.get(name)
    if rule is None:
        text = f"No MSFT_NetFirewallRule objects found with property 'InstanceID' equal to '{name}'."
        raise Complaint(
            "Get-NetFirewallRule",
            f"{text}  Verify the value of the property and retry.",
            f"ObjectNotFound: ({name}:String) [Get-NetFirewallRule], CimJobException",
            "CmdletizationQuery_NotFound_InstanceID,Get-NetFirewallRule",
        )
    return [
        {
            "Name": name,
            "Enabled": Enumerated("True", 1) if rule.enabled else Enumerated("False", 2),
            "Action": Enumerated("Allow", 2) if rule.allows else Enumerated("Block", 4),
            "Direction": Enumerated("Inbound", 1),
        }
    ]


def set_net_firewall_rule(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """Set-NetFirewallRule -Enabled True -Action Allow; -Enabled takes the word, not a boolean."""
    if (given.get("enabled"), given.get("action")) != ("True", "Allow"):
        raise Complaint("Set-NetFirewallRule", "Not modelled.", "NotImplemented: (:) [], x", "NotModelled")
    get_net_firewall_rule(machine, objects, given)
    machine.appliance.server_roles.open(str(given["name"]))
    return []


def new_net_firewall_rule(machine: Machine, objects: list[Any], given: Mapping[str, Any]) -> list[Any]:
    """New-NetFirewallRule for TCP 443 inwards."""
    asked = tuple(given.get(name) for name in ("direction", "protocol", "localport", "action", "enabled"))
    if asked != ("Inbound", "TCP", "443", "Allow", "True"):
        raise Complaint("New-NetFirewallRule", "Not modelled.", "NotImplemented: (:) [], x", "NotModelled")
    machine.appliance.server_roles.open(str(given["name"]))
    return [{"Name": given["name"]}]
