# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console drawn by script: its shell, its door, the end of a session, faults, and a narrow window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import yaml
from lxml import html

from tests.protocol.console_person import Person
from tests.support.simulator import Simulated
from tests.unit.simulator_console.reader import normal

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from tests.protocol.script_person import ARGUMENTS, ScriptPerson  # noqa: E402 - needs playwright

CHROMIUM = shutil.which("chromium") or ""
PAGES = yaml.safe_load((Path(__file__).parents[1] / "data" / "console_pages.yml").read_text(encoding="utf-8"))
WRONG = "The username or password is incorrect."
WARNING = "Your session will expire in two minutes."
COOKIE, HEADER = 1, 2  # seeds whose sessions are kept in a cookie, and by the script

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for the module."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module", params=(COOKIE, HEADER))
def scripted(request: pytest.FixtureRequest) -> Iterator[Simulated]:
    """A pair whose consoles are drawn by script."""
    with Simulated(seed=request.param, rendering="script") as running:
        yield running
        assert "Traceback" not in running.output


@pytest.fixture
def person(browser: sync_api.Browser, scripted: Simulated) -> Iterator[ScriptPerson]:
    """Somebody before the first node, set back to its start."""
    scripted.control.reset()
    someone = ScriptPerson(browser, scripted.nodes["useries-1a"])
    yield someone
    assert someone.problems == []
    someone.page.context.close()


def test_the_shell_has_no_label(scripted: Simulated) -> None:
    scripted.control.reset()
    person = Person(scripted)
    shells = {person.get(path).text for path in ("/Maintenance", "/any", "/any/where")}
    (shell,) = shells
    page = html.fromstring(shell)
    words = {normal(text) for text in [*page.itertext(), *page.xpath("//@*")]}
    labels = {label for one in PAGES for label in one["menu"]}
    parts = [part for one in PAGES for part in one["sections"]]
    labels |= {part["title"] for part in parts}
    labels |= {
        text for part in parts for key in ("controls", "buttons") for x in part.get(key, []) for text in x["label"]
    }
    assert not words & {normal(label) for label in (*labels, "Username", "Password", "Login", "Log Out")}
    assert page.xpath("//body/div[@id]") and page.xpath("//body/script[@src]")
    assert {entry["what"] for entry in scripted.control.log()} == {""}
    assert "<script" not in person.get("/").text, "BeyondInsight is another site, of plain HTML"


def test_nothing_may_be_loaded_from_elsewhere(scripted: Simulated) -> None:
    policy = Person(scripted).get().headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy


def test_both_nodes_of_a_pair_are_alike(browser: sync_api.Browser, scripted: Simulated) -> None:
    scripted.control.reset()
    seen, loaded = [], []
    for node in scripted.nodes.values():
        someone = ScriptPerson(browser, node)
        someone.sign_in()
        someone.open("Maintenance", "Security Settings")
        seen.append(someone.page.locator("aside").inner_html() + someone.page.locator("h1").inner_html())
        loaded.append({url.removeprefix(node.url).partition("?")[0] for url in someone.addresses})
        someone.page.context.close()
    assert seen[0] == seen[1]
    assert loaded[0] == loaded[1]


def test_a_refused_password_is_told_and_counted(person: ScriptPerson, scripted: Simulated) -> None:
    person.arrive()
    person.type_in("wrong")
    person.page.get_by_text(WRONG).wait_for()
    assert scripted.control.count("login") == 1
    assert person.page.locator("[aria-busy=true]").count() == 0
    person.type_in()
    person.text("Log Out").wait_for()
    assert scripted.control.count("login") == 2


def test_the_banner_stands_before_the_sign_in(person: ScriptPerson, scripted: Simulated) -> None:
    scripted.control.set("banner", ["Authorized Use Only", "First line\nSecond line"], "useries-1a")
    person.arrive()
    assert person.page.locator("h1").inner_text() == "Authorized Use Only"
    assert person.page.locator("input").count() == 0
    person.page.get_by_role("button").click()
    person.page.locator("input[type=password]").wait_for()
    person.type_in()
    person.text("Log Out").wait_for()


def test_a_session_is_warned_about_and_ends(person: ScriptPerson, scripted: Simulated) -> None:
    person.sign_in()
    scripted.control.advance_real(12 * 60 + 1)
    person.open("General Settings")
    person.page.get_by_text(WARNING).wait_for()
    if person.page.get_by_role("dialog").count():
        person.page.get_by_role("button", name="OK").click()
    scripted.control.advance_real(2 * 60)
    person.text("Security Settings").click()
    person.page.locator("input[type=password]").wait_for()
    assert person.page.url.endswith("/Maintenance")


def test_the_address_of_a_page_can_be_opened_and_left(person: ScriptPerson) -> None:
    person.sign_in()
    person.open("General Settings")
    address = person.page.url
    person.open("Security Settings")
    person.page.go_back()
    person.page.get_by_role("heading", name="General Settings", exact=True, level=1).wait_for()
    person.page.reload()
    person.page.get_by_role("heading", name="General Settings", exact=True, level=1).wait_for()
    assert person.page.url == address


def test_where_the_session_is_kept(person: ScriptPerson, scripted: Simulated) -> None:
    person.sign_in()
    cookies = [one for one in person.page.context.cookies() if not one["name"].startswith("v-")]
    stored = person.page.evaluate("Object.keys(sessionStorage).length")
    assert (len(cookies), stored) == ((1, 0) if scripted.seed == COOKIE else (0, 1))
    assert all(one["httpOnly"] for one in cookies)


def test_faults_meet_the_data_of_a_page_and_not_what_the_browser_loads(
    person: ScriptPerson, scripted: Simulated
) -> None:
    scripted.control.fault("status")
    person.page.goto(f"{person.node.url}/Maintenance")
    person.page.get_by_text("The service is unavailable.").wait_for()
    person.sign_in()
    scripted.control.fault("reset", path="general_settings", count=-1)  # Chromium asks again by itself, once
    person.text("General Settings").click()
    person.page.get_by_text("The console does not answer.").wait_for()
    scripted.control.clear_faults()
    person.page.get_by_text("Try again").click()
    person.page.get_by_role("heading", name="General Settings", exact=True, level=1).wait_for()


def test_it_fits_a_narrow_screen(browser: sync_api.Browser, scripted: Simulated) -> None:
    scripted.control.reset()
    someone = ScriptPerson(browser, scripted.nodes["useries-1a"], width=390)
    someone.arrive()
    someone.type_in()
    menu = someone.page.get_by_role("button", name="Menu", exact=True)
    for title in ("General Settings", "Network and RDP Settings", "Backup and Restore"):
        menu.click()
        someone.open(title)
        someone.page.wait_for_timeout(500)
        assert someone.page.evaluate("document.documentElement.scrollWidth") <= 390
    someone.page.context.close()


def test_the_environment_names_the_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERIES_SIMULATOR_RENDERING", "script")
    with Simulated() as running:
        session = requests.Session()
        session.trust_env = False
        answer = session.get(f"{running.nodes['useries-1a'].url}/Maintenance", verify=str(running.ca), timeout=10)
        assert "<script" in answer.text
