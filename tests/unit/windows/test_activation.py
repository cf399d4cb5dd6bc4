# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Windows is activated, out of the many rows of SoftwareLicensingProduct."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._windows.activation import read_activation
from ansible_collections.useries.appliance.plugins.module_utils._windows.faults import CommandFailed

APPLICATION = "55C92734-D682-4D71-983E-D6EC3F16059F"
OFFICE = {
    "ApplicationID": "0ff1ce15-a989-479d-af46-f275c6370663", "PartialProductKey": "AAAAA", "LicenseStatus": 1,
    "OfflineInstallationId": "1",
}  # fmt: skip
SPARE = {"ApplicationID": APPLICATION, "PartialProductKey": None, "LicenseStatus": 1, "OfflineInstallationId": ""}
USED = {"ApplicationID": APPLICATION, "PartialProductKey": "KHKQY", "LicenseStatus": 5, "OfflineInstallationId": "63"}


class Windows:
    """A session whose pipelines answer with these objects."""

    target = Target("10.0.0.1", 5986)

    def __init__(self, products, registry=()):
        self.products, self.registry = products, list(registry)

    def run(self, pipeline):
        if pipeline.commands[0].name == "Get-ItemProperty":
            return self.registry
        return self.products


def test_the_edition_with_a_key_is_the_one_in_use():
    session = Windows([OFFICE, SPARE, USED], [{"KeyManagementServiceName": "kms.example.com"}])
    found = read_activation(session)
    assert (found.activated, found.status, found.partial_key) == (False, "notification", "KHKQY")
    assert (found.installation_id, found.kms_server) == ("63", "kms.example.com")


def test_one_that_is_licensed_decides():
    assert read_activation(Windows([USED, {**USED, "LicenseStatus": 1}])).status == "licensed"


def test_a_status_that_nobody_documented_is_shown_and_is_no_activation():
    found = read_activation(Windows([{**USED, "LicenseStatus": 9}]))
    assert (found.activated, found.status) == (False, "status 9")


def test_without_a_key_or_the_command_nobody_can_say():
    assert read_activation(Windows([OFFICE, SPARE])) is None

    class Old(Windows):
        def run(self, pipeline):
            raise CommandFailed("x", operation="x", target="x", error_id="CommandNotFoundException")

    assert read_activation(Old([])) is None


def test_other_objects_are_an_error():
    with pytest.raises(UseriesError, match="not understood"):
        read_activation(Windows(["text"]))
