# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of a server and sent to it, and answers that are not understood."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows import certificates, web_server
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed

ON = {"Name": "x", "Enabled": 1, "Action": 2, "Direction": 1}
NOT_FOUND = CommandFailed(
    "x", operation="x", target="x", error_id="CmdletizationQuery_NotFound_InstanceID,Get-NetFirewallRule"
)
MISSING = CommandFailed("x", operation="x", target="x", error_id="CommandNotFoundException")


class Windows:
    """A session that answers pipelines by turns."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def run(self, pipeline, timeout=120.0):
        self.asked.append(pipeline.render())
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ([[ON]], True),
        ([[{**ON, "Enabled": "True", "Action": "Allow", "Direction": "Inbound"}]], True),
        ([NOT_FOUND, [ON]], True),
        ([[{**ON, "Enabled": 2}], NOT_FOUND], False),
        ([[{**ON, "Action": 4}], NOT_FOUND], False),
        ([[{**ON, "Direction": 2}], NOT_FOUND], False),
        ([NOT_FOUND, NOT_FOUND], False),
    ],
)
def test_a_rule_that_lets_in(rules, wanted):
    assert web_server.port_open(Windows(*rules)) is wanted


def test_a_firewall_that_cannot_be_asked_is_not_closed():
    with pytest.raises(CommandFailed):
        web_server.port_open(Windows(CommandFailed("Access is denied.", operation="x", target="x")))


def test_a_rule_of_our_own():
    session = Windows(NOT_FOUND, NOT_FOUND, [])
    web_server.open_port(session)
    assert session.asked[-1] == (
        "New-NetFirewallRule -Name 'useries-repository-https' -DisplayName 'HTTPS for session archives "
        "(useries.appliance)' -Direction 'Inbound' -Protocol 'TCP' -LocalPort '443' -Action 'Allow' -Enabled 'True' | "
        "Select-Object -Property @('Name')"
    )


@pytest.mark.parametrize(
    ("answer", "restart"),
    [
        ({"Success": True, "ExitCode": 0}, False),
        ({"Success": True, "ExitCode": 3010}, True),
        ({"Success": True, "ExitCode": "SuccessRestartRequired"}, True),
    ],
)
def test_features_are_installed_with_their_tools(answer, restart):
    session = Windows([answer])
    assert web_server.install(session, ["Web-Server", "BITS-IIS-Ext"]) is restart
    assert session.asked[0].startswith(
        "Install-WindowsFeature -Name @('Web-Server','BITS-IIS-Ext') -IncludeManagementTools:$true -Confirm:$false | "
    )
    for nothing in ([], [{"Success": False, "ExitCode": 1}]):
        with pytest.raises(CommandFailed, match="did not install Web-Server"):
            web_server.install(Windows(nothing), ["Web-Server"])


def test_lines_of_the_restrictions():
    line = {"description": "ASP.NET v4.0.30319", "path": "%windir%\\x.dll", "allowed": "True"}
    session = Windows([line, {**line, "allowed": False}], [])
    assert [one.allowed for one in web_server.restrictions(session)] == [True, False]
    web_server.allow(session, "BITS Server Extensions")
    assert session.asked[-1] == (
        "Set-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Filter 'system.webServer/security/"
        "isapiCgiRestriction/add[@description=''BITS Server Extensions'']' -Name 'allowed' -Value:$true"
    )
    assert web_server.restrictions(Windows(MISSING)) == []
    for strange in (["text"], [{"description": "x"}]):
        with pytest.raises(UseriesError, match="not understood"):
            web_server.restrictions(Windows(strange))


@pytest.mark.parametrize(("found", "wanted"), [([], False), ([{"Thumbprint": "AB"}], True)])
def test_a_certificate_in_a_store(found, wanted):
    session = Windows(found)
    assert certificates.is_stored(session, "AB") is wanted
    assert session.asked[0].startswith(
        "Get-ChildItem -LiteralPath 'Cert:\\LocalMachine' -Recurse:$true | "
        "Where-Object -Property 'Thumbprint' -EQ:$true -Value 'AB' | "
    )
