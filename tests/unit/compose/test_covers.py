# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Components by the names of folders in a backup; sizes as a list rounds them."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import as_listed
from ansible_collections.useries.appliance.plugins.module_utils._compose.covers import components, in_file


def test_a_longer_name_is_not_taken_for_its_beginning() -> None:
    names = ["BeyondInsight for Unix & Linux (BIUL)/Log File", "Enterprise Update Server (EUS)\\EUS webconfig"]
    told = in_file([{"name": name, "size": 1} for name in names])
    assert told is not None
    assert told["found"] == ["Enterprise Update Server", "BeyondInsight for Unix & Linux"]
    assert "BeyondInsight" in told["missing"]
    assert len(told["found"]) + len(told["missing"]) == len(components()) == 10


def test_names_that_tell_nothing_are_not_taken_for_missing() -> None:
    assert in_file([{"name": "database.bak", "size": 1}, {"name": "BeyondInsight", "size": 1}]) is None


@pytest.mark.parametrize(
    ("listed", "size", "same"),
    [
        ("4 KB", 4300, True),
        ("4 KB", 6000, False),
        ("1.50 MB", 1572864, True),
        ("1.50 MB", 1600000, False),
        ("1,500 bytes", 1500, True),
        ("1,500 bytes", 1501, False),
        ("", 1500, False),
        ("large", 1500, False),
    ],
)
def test_a_size_is_compared_as_the_list_rounds_it(listed: str, size: int, same: bool) -> None:
    assert as_listed({"Name": "a.zip", "Size": listed}, size) is same
