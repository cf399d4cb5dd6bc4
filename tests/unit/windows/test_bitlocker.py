# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recovery passwords by manage-bde.exe when it refuses, and when its text looks otherwise than expected."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.bitlocker import (
    protected_volumes,
    recovery_passwords,
)
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed
from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Output

PASSWORD = "111111-222222-333333-444444-555555-666666-111111-222222"
DISKS = "Copyright (C) 2013\r\nDisks:\r\nVolume C: [System]\r\n    Path: D:\\x\r\n"


class OldWindows:
    """A session to a Windows without Get-BitLockerVolume; programs answer by their last arguments."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def run(self, pipeline):
        raise CommandFailed("x", operation="x", target="x", error_id="CommandNotFoundException")

    def run_program(self, program):
        self.asked.append(program.arguments)
        key = {1: "disks", 3: "status"}[len(program.arguments)] if program.arguments[0] == "-status" else "protectors"
        return Output(*self.answers[key], "")


def test_only_unindented_lines_name_volumes():
    session = OldWindows(disks=(0, DISKS), status=(0, "12,5 %"), protectors=(0, "{0}"))
    assert recovery_passwords(session) == []
    assert session.asked == [["-status"], ["-status", "C:", "-protectionaserrorlevel"], ["-protectors", "-get", "C:"]]


def test_a_password_belongs_to_the_identifier_before_it():
    one, other = "{8A3F0C1E-0000-4111-8222-00000000000A}", "{8a3f0c1e-0000-4111-8222-00000000000b}"
    text = f"TPM\n ID: {one}\n PCR 0, 2\n Kennwort\n ID: {other}\n  {PASSWORD}\n stray {PASSWORD}\n 1{PASSWORD}"
    session = OldWindows(disks=(0, DISKS), status=(1, "Verschl: 12,5 %"), protectors=(0, text))
    assert recovery_passwords(session) == [
        {
            "mount_point": "C:",
            "key_protector_id": other,
            "recovery_password": PASSWORD,
            "protection": "off",
            "encryption": 12,
        }
    ]


@pytest.mark.parametrize("exit_code", [0, -1])
def test_protectors_that_cannot_be_read_are_an_error_unless_there_is_no_protection(exit_code):
    answers = {"disks": (0, DISKS), "status": (exit_code, ""), "protectors": (-1, "ERROR")}
    with pytest.raises(CommandFailed) as caught:
        recovery_passwords(OldWindows(**answers))
    assert caught.value.remedy
    assert recovery_passwords(OldWindows(**{**answers, "status": (1, "")})) == []


def test_a_status_that_cannot_be_read_is_an_error():
    with pytest.raises(CommandFailed):
        recovery_passwords(OldWindows(disks=(-1, "")))


@pytest.mark.parametrize("protectors", [None, [], {"KeyProtectorId": "{A}", "RecoveryPassword": PASSWORD}])
def test_protectors_as_nothing_and_as_one_object(protectors):
    volume = {"MountPoint": "C:", "ProtectionStatus": 2, "EncryptionPercentage": None, "KeyProtector": protectors}
    session = SimpleNamespace(target=OldWindows.target, run=lambda _command: [volume])
    found = recovery_passwords(session)
    assert [(each["recovery_password"], each["protection"], each["encryption"]) for each in found] == (
        [(PASSWORD, "unknown", None)] if protectors else []
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [(1, "tpm"), ("Tpm", "tpm"), (3, "recovery_password"), (10, "cng"), (99, "unknown"), (None, "unknown")],
)
def test_key_protectors_by_number_and_by_name(kind, name):
    protector = {"KeyProtectorId": "{A}", "KeyProtectorType": kind, "RecoveryPassword": ""}
    volume = {"MountPoint": "D:", "ProtectionStatus": 2, "LockStatus": "Locked", "KeyProtector": [protector]}
    session = SimpleNamespace(target=OldWindows.target, run=lambda _command: [volume])
    assert protected_volumes(session) == [
        {
            "mount_point": "D:",
            "protection": "unknown",
            "encryption": None,
            "locked": True,
            "key_protectors": [{"id": "{A}", "type": name, "recovery_password": None}],
        }
    ]


def test_the_program_tells_recovery_passwords_alone_apart():
    one, other = "{8A3F0C1E-0000-4111-8222-00000000000A}", "{8A3F0C1E-0000-4111-8222-00000000000B}"
    session = OldWindows(
        disks=(0, DISKS), status=(0, "100 %"), protectors=(0, f"TPM ID: {one}\n ID: {other}\n {PASSWORD}")
    )
    assert [
        (each["id"], each["type"], each["recovery_password"])
        for each in protected_volumes(session)[0]["key_protectors"]
    ] == [(one, "unknown", None), (other, "recovery_password", PASSWORD)]
