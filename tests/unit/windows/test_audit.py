# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of the Security event log, and answers that are refusals or not understood."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.audit import read
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed

COMMAND = "Microsoft.PowerShell.Commands.GetWinEventCommand"
AUDITING = "Microsoft-Windows-Security-Auditing"
SINCE = datetime(2026, 1, 31, 8, 0, 0, 999999, tzinfo=timezone.utc)
DENIED = {
    "Id": 4825, "RecordId": 7, "TimeCreated": "2026-01-31T09:00:00.000Z", "ProviderName": AUDITING,
    "Properties": [{"Value": "guest"}, {"Value": "UVM-1A"}, {"Value": 1}, {"Value": "192.0.2.7"}],
}  # fmt: skip


class Windows:
    """A session that answers every pipeline with these objects, or with an error of that id."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, *objects, error_id=""):
        self.objects, self.error_id, self.asked = list(objects), error_id, []

    def run(self, pipeline, timeout):
        self.asked.append(pipeline.render())
        if self.error_id:
            raise CommandFailed("words", operation="x", target="x", error_id=self.error_id)
        return self.objects


def test_what_is_sent():
    session = Windows(error_id=f"NoMatchingEventsFound,{COMMAND}")
    found = read(session, since=SINCE, limit=5, network=True)
    assert (found.entries, found.oldest, found.cut) == ([], None, False)
    windows = f"Provider[@Name=''{AUDITING}'' or @Name=''Microsoft-Windows-Eventlog'']"
    since = "TimeCreated[@SystemTime>=''2026-01-31T08:00:00.999Z'']"
    head = "Get-WinEvent -LogName 'Security' -FilterXPath '*["
    tail = "' -MaxEvents 6 | Select-Object -Property @('Id','RecordId','TimeCreated','ProviderName',"
    signs = f"System[{windows} and (EventID=4624 or EventID=4625 or EventID=4634) and {since}]"
    sessions = f"System[{windows} and (EventID=4778 or EventID=4779 or EventID=4825 or EventID=1102) and {since}]"
    others = f"System[Provider[@Name!=''{AUDITING}'' and @Name!=''Microsoft-Windows-Eventlog''] and {since}]"
    refused = f"System[{windows} and (EventID=4625) and {since}]"
    assert session.asked == [
        f"{head}{signs} and EventData[Data[@Name=''LogonType'']=''10'']]{tail}'Properties')",
        f"{head}{sessions}]{tail}'Properties')",
        f"{head}{others}]{tail}'Message')",
        f"{head}{refused} and EventData[Data[@Name=''LogonType'']=''3'']]{tail}'Properties')",
        "Get-WinEvent -LogName 'Security' -MaxEvents 1 -Oldest:$true | Select-Object -Property @('TimeCreated')",
    ]


@pytest.mark.parametrize(
    "error_id", ["System.UnauthorizedAccessException", "LogInfoUnavailable", "NoMatchingLogsFound"]
)
def test_a_log_that_may_not_be_read_is_an_error_in_every_wording(error_id):
    with pytest.raises(CommandFailed, match="may not read") as caught:
        read(Windows(error_id=f"{error_id},{COMMAND}"), since=None, limit=5)
    assert "S-1-5-32-573" in caught.value.remedy


def test_every_other_error_stays_what_it_is():
    with pytest.raises(CommandFailed, match="words"):
        read(Windows(error_id=f"System.Diagnostics.Eventing.Reader.EventLogException,{COMMAND}"), since=None, limit=5)


def test_what_an_event_does_not_say_is_empty():
    nobody = {**DENIED, "Properties": [{"Value": "-"}, {"Value": None}, {"Value": 1}, {"Value": " - "}]}
    entry = read(Windows(nobody), since=None, limit=5).entries[0]
    assert (entry["user"], entry["address"], entry["at"]) == ("", "", "2026-01-31T09:00:00.000Z")


@pytest.mark.parametrize(
    "event",
    [
        "text",
        {**DENIED, "Properties": None},
        {**DENIED, "Properties": [{"Value": "guest"}]},
        {**DENIED, "Id": None},
        {key: value for key, value in DENIED.items() if key != "TimeCreated"},
        {**DENIED, "Id": 4634},
    ],
)
def test_other_objects_are_an_error(event):
    with pytest.raises(UseriesError, match="not understood") as caught:
        read(Windows(event), since=None, limit=5)
    assert caught.value.kind == "unexpected"
