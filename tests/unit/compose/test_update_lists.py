# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How rows of a list of updates are understood, whatever words a console has for them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.updates import method, packages, type_of


def console(*rows: dict[str, str], **shown: str) -> Any:
    """A console whose pages show this."""
    return SimpleNamespace(
        open=lambda page: None,
        has=lambda section: bool(shown),
        there=lambda section, fields: [name for name in fields if name in shown],
        read=lambda section, fields, fresh: {name: shown[name] for name in fields},
        table=lambda section, fresh: list(rows),
    )


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", "available"),
        ("Available", "available"),
        ("Ready to be installed", "available"),
        ("Not applied", "available"),
        ("Pending", "available"),
        ("Something else", "available"),
        ("Scheduled for 11/29/2026 2:00 AM", "scheduled"),
        ("Installing (40 %)", "running"),
        ("Waiting for a restart", "running"),
        ("Pending reboot", "running"),
        ("In progress", "running"),
        ("Installation failed: 0x80070643", "failed"),
        ("Error while installing", "failed"),
        ("Applied successfully", "applied"),
        ("Installed", "applied"),
        ("Completed", "applied"),
        ("Completed with errors", "failed"),
    ],
)
def test_the_state_of_a_package(said: str, state: str) -> None:
    (found,) = packages(console({"Package": "KB1", "Status": said}))
    assert (found.name, found.state, found.said) == ("KB1", state, said)


def test_dates_are_found_in_their_column_or_in_the_words() -> None:
    rows = (
        {"Update": "KB1", "Status": "Scheduled for 11/29/2026 2:00 AM"},
        {"Update": "KB2", "State": "Applied", "Date Applied": "2026-11-28 14:05:00"},
        {"Update": "KB3", "State": "Available", "Date": "soon"},
    )
    assert [one.date for one in packages(console(*rows))] == ["2026-11-29T02:00:00", "2026-11-28T14:05:00", None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Security Patches for Windows Server 2012/2016", "Security Patches for Windows Server"),
        ("Security Patches for SQL 2014/2016", "Security Patches for SQL Server"),
        ("U-Series 2012/2016 Environment", "U-Series Appliance Environment"),
        ("U-SERIES APPLIANCE SUPPORTING SOFTWARE", "U-Series Appliance Supporting Software"),
        ("Security Update Package Installer", "Security Update Package Installer"),
        ("Windows and SQL", "Windows and SQL"),
    ],
)
def test_the_types_are_told_in_other_spellings(text: str, kind: str) -> None:
    assert type_of(text) == kind


def test_a_method_that_is_not_shown_is_null() -> None:
    assert set(method(console()).values()) == {None}
    found = method(console(update_server="internal", security_updates_disabled="Disabled"))
    assert found["update_server"] == "internal"
    assert (found["security_updates_disabled"], found["appliance_updates_disabled"]) == (True, None)
