# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small web site through a profile: what is told once, and titles that are worded in another way there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import Chooser
from ansible_collections.useries.appliance.plugins.module_utils._console.html.driver import HtmlDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.session import ConsoleSession
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from tests.unit.console.pages import Site

LATER = """<nav><a href="/la">LA</a> <a href="/net">Network</a> <a href="/s">Security Settings</a></nav>
<h1>Security Settings</h1><h2>Generate SSL Certificate</h2><p>Text</p><h2>API Key</h2><p>Text</p>"""
SETTINGS = Page(
    "security_settings",
    "Security Settings",
    ("Maintenance", "Security Settings"),
    (Section("generate_certificate", "Generate Certificate"), Section("api_key", "API Key")),
)
GENERATE, KEY = SETTINGS.section("generate_certificate"), SETTINGS.section("api_key")

Task = Callable[..., ConsoleSurface]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.content = LATER
    yield made
    made.close()


@pytest.fixture
def told() -> list[str]:
    """Warnings."""
    return []


@pytest.fixture
def task(site: Site, told: list[str], tmp_path: Path) -> Task:
    """The console of another task of the same run."""

    def make(wanted: str = "auto", **labels: str) -> ConsoleSurface:
        clock = Clock()
        store = SessionStore(tmp_path / "run", clock)
        http = HttpSession(Target("127.0.0.1", site.port, scheme="http", timeout=5), surface="console", clock=clock)
        chooser = Chooser(wanted, "anything", store, http.target.url, told.append, "")
        overrides = {key.replace("__", "."): text for key, text in labels.items()}
        return ConsoleSurface(
            lambda: HtmlDriver(ConsoleSession(http, Credentials("admin", "secret"), store, clock)),
            chooser,
            overrides,
            lambda: None,
            http.target.url,
            http.close,
        )

    return make


def test_titles_of_the_profile_are_found_and_those_of_the_user_win(task: Task) -> None:
    console = task()
    console.open(SETTINGS)
    assert console.has(GENERATE)
    console = task(security_settings__generate_certificate="Renew It")
    console.open(SETTINGS)
    assert not console.has(GENERATE)


def test_a_section_that_the_data_name_has_no_other_words(task: Task) -> None:
    console = task(security_settings__generate_certificate="Renew It")
    console.open(SETTINGS)
    assert console.has(replace(GENERATE, named=True))


def test_a_section_that_has_moved_is_refused_though_its_title_is_there(task: Task) -> None:
    console = task()
    console.open(SETTINGS)
    with pytest.raises(UseriesError) as caught:
        console.has(KEY)
    assert caught.value.kind == "precondition"
    assert "The section API Key does not work with this console" in caught.value.message
    assert '"Appliance API Keys"' in caught.value.remedy


def test_the_menus_are_looked_at_once_per_run_and_warned_about_once(site: Site, task: Task, told: list[str]) -> None:
    for _task in range(3):
        assert task().profile.name == "later"
    assert [one.path for one in site.seen] == ["/Maintenance", "/enter", "/home"]
    assert len(told) == 1
    assert "LA, Network" in told[0]


def test_what_was_refused_is_not_tried_again_in_the_same_run(site: Site, task: Task) -> None:
    site.content = "<h1>Other</h1>"
    seen = []
    for _task in range(2):
        with pytest.raises(UseriesError) as caught:
            task().open(SETTINGS)
        assert "The Page" in caught.value.message
        assert not site.sessions
        seen.append(len(site.seen))
    assert seen[0] == seen[1]
    assert site.sign_ins == 1
    console = task("later")  # whoever names a profile is believed where nothing speaks against it
    assert console.profile.name == "later"
    assert console.choice is not None
    assert console.choice.result() == {"profile": "later", "chosen_by": "option", "confirmed": False, "met": []}
