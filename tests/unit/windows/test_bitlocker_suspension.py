# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked about a suspension, and answers that are not understood."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker_suspension import (
    Volume,
    resume,
    suspend,
    volumes,
)
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed

PLAIN = {"MountPoint": "C:", "VolumeType": 0, "EncryptionPercentage": 100, "ProtectionStatus": 0}


class Windows:
    """A session that answers Get-BitLockerVolume with one list and GetSuspendCount with another."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, found=(), counted=(), error_id=""):
        self.found, self.counted, self.error_id, self.asked = list(found), list(counted), error_id, []

    def run(self, pipeline):
        self.asked.append(pipeline.render())
        if self.error_id:
            raise CommandFailed("words", operation="x", target="x", error_id=self.error_id)
        return self.counted if "GetSuspendCount" in self.asked[-1] else self.found


def test_what_is_sent():
    session = Windows([PLAIN], [{"ReturnValue": 0, "SuspendCount": 3}])
    assert volumes(session) == [Volume("C:", True, 100, "off", 3)]
    suspend(session, "C:", 2)
    resume(session, "C:")
    select = "| Select-Object -Property"
    columns = "@('MountPoint','VolumeType','EncryptionPercentage','ProtectionStatus')"
    assert session.asked == [
        f"Get-BitLockerVolume {select} {columns}",
        "Get-CimInstance -Namespace 'root/cimv2/Security/MicrosoftVolumeEncryption' "
        "-ClassName 'Win32_EncryptableVolume' | Where-Object -Property 'DriveLetter' -EQ:$true -Value 'C:' | "
        f"Invoke-CimMethod -MethodName 'GetSuspendCount' {select} @('ReturnValue','SuspendCount')",
        f"Suspend-BitLocker -MountPoint 'C:' -RebootCount 2 -Confirm:$false {select} @('MountPoint')",
        f"Resume-BitLocker -MountPoint 'C:' -Confirm:$false {select} @('MountPoint')",
    ]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"ProtectionStatus": 1}, ("on", None)),
        ({"ProtectionStatus": "Unknown", "EncryptionPercentage": None}, ("unknown", None)),
        ({"EncryptionPercentage": 99}, ("off", None)),
    ],
)
def test_only_of_a_suspended_drive_the_restarts_are_asked_for(more, wanted):
    session = Windows([{**PLAIN, **more}])
    found = volumes(session)[0]
    assert (found.protection, found.restarts_left, len(session.asked)) == (*wanted, 1)


def test_a_windows_without_the_command_says_so():
    assert volumes(Windows(error_id="CommandNotFoundException")) is None
    with pytest.raises(CommandFailed, match="words"):
        volumes(Windows(error_id="AccessDenied"))


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        (["text"], []),
        ([{"MountPoint": "C:"}], []),
        ([PLAIN], []),
        ([PLAIN], [{"ReturnValue": 2150694920, "SuspendCount": 0}]),
        ([PLAIN], [{"ReturnValue": 0, "SuspendCount": None}]),
        ([PLAIN], [{"ReturnValue": 0, "SuspendCount": 1}] * 2),
    ],
)
def test_other_objects_are_an_error(found, counted):
    with pytest.raises(UseriesError, match="not understood") as caught:
        volumes(Windows(found, counted))
    assert caught.value.kind == "unexpected"
