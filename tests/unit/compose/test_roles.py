# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How roles are read from pages whose words the guide does not print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.role_options import as_options, taken_by
from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import SETTINGS, Setting
from ansible_collections.useries.appliance.plugins.module_utils._compose.roles import Listed, listed_roles


class Main:
    """A console with nothing but the list of the main page."""

    def __init__(self, row: dict[str, str]) -> None:
        self.row = row

    def table(self, _section: Any) -> list[dict[str, str]]:
        return [self.row]

    def words(self, _key: str, label: str, aliases: Sequence[str] = ()) -> tuple[str, ...]:
        return (label, *aliases)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"Role": "Auto Update", "State": "On", "Pending": "No"}, Listed("Auto Update", True, False)),
        ({"Name": "Auto-Update", "Enabled": "no", "Pending Changes": "Yes"}, Listed("Auto Update", False, True)),
        ({"Role": "password safe", "Status": "Active"}, Listed("Password Safe Web Portal", True, False)),
        ({"Role": "Something new", "Pending": "-"}, Listed("Something new", None, False)),
    ],
)
def test_the_list_of_the_main_page(row: dict[str, str], found: Listed) -> None:
    console: Any = Main(row)
    assert listed_roles(console) == [found]


def setting(role: str, name: str) -> Setting:
    return next(one for one in SETTINGS[role] if one.name == name)


def test_a_choice_is_told_by_its_words_or_by_what_it_surely_contains() -> None:
    location, service = setting("biul", "location"), setting("event_collector", "service")
    offered = ["A local SQL Server database", "A remote database"]
    assert [location.word(text) for text in offered] == ["local", "remote"]
    assert location.text("remote", offered) == "A remote database"
    assert location.text("remote", ["Both remote", "All remote"]) == "remote", "the driver then says what is offered"
    assert service.word("Some Event Server") == "Some Event Server"
    assert service.text("event_server", ["event server", "Other"]) == "event server"


def test_what_counts_for_nothing_is_not_given_back() -> None:
    assert as_options("event_collector", {"service": "appbus", "port": 21690, "enabled": True}) == {"service": "appbus"}
    windows = {"location": "local", "authentication": "windows", "username": "beyondtrust_user"}
    assert as_options("beyondinsight_database_access", windows) == {"location": "local", "authentication": "windows"}
    assert as_options("biul", {"location": "local", "username": ""}) == {}
    assert as_options("auto_update", {"server": "a", "server_mode": "per_area"}) == {}


def test_a_role_says_what_it_takes() -> None:
    assert taken_by("patch_management") == []
    assert taken_by("password_safe_web_portal") == ["share_password"]
