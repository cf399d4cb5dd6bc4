# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every component of the console drawn by script is worked by hand, on a page that has one of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.wires.https import HttpsServer
from tests.support.simulator import SimulatedNode
from tests.unit.simulator_console.bench import Visitor

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from tests.protocol.script_person import ARGUMENTS, ScriptPerson, shown  # noqa: E402 - needs playwright

CHROMIUM = shutil.which("chromium") or ""
SEEDS = [*(1, 2, 3), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(4, 19))]
ZONES = re.compile(r"time zone|server zone|zone of the clock", re.IGNORECASE)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for the module."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


class Stage:
    """A console of this process with the demonstration page, and somebody signed in to it."""

    def __init__(self, browser: sync_api.Browser, seed: int) -> None:
        self.visitor = Visitor(seed, rendering="script")
        self.server = HttpsServer(self.visitor.node, "127.0.0.1", 0)
        admin = self.visitor.appliance.users["admin"]
        account = {"username": admin.username, "password": admin.password}
        node = SimulatedNode("here", "UVM-1A", "127.0.0.1", {"console": self.server.port}, {"admin": account})
        self.person = ScriptPerson(browser, node)
        self.person.sign_in()
        self.person.open("Demo Page")

    def writes(self) -> list[str]:
        return [entry.what for entry in self.visitor.log.entries() if entry.kind == "write"]


@pytest.fixture(params=SEEDS)
def stage(request: pytest.FixtureRequest, browser: sync_api.Browser) -> Iterator[Stage]:
    """Of each seed; the browser met no error."""
    made = Stage(browser, request.param)
    yield made
    assert made.person.problems == []
    made.person.page.context.close()
    made.server.stop()


def set_slider(person: ScriptPerson, steps: int) -> None:
    field = person.field("Compression")
    if field.locator("[role=slider]").count():
        for _step in range(steps):
            field.locator("[role=slider]").press("ArrowRight")
    else:
        field.locator("input:visible").fill("7")


def set_zone(person: ScriptPerson) -> None:
    field = person.area.locator("[class$=-field]").filter(has_text=ZONES).first
    lists = field.locator("[aria-haspopup=listbox], select")
    if lists.count():
        person.choose(shown(lists), "CET")
    else:
        field.get_by_text("CET", exact=True).click()


def test_every_kind_of_control_is_worked_by_hand(stage: Stage) -> None:
    person = stage.person
    person.reveal("Update Settings")
    name = person.field("Display Name").locator("input:visible")
    sync_api.expect(name).to_have_value("first")
    sync_api.expect(name).to_be_enabled()
    name.fill("second")
    person.field("Notes").locator("textarea:visible").fill("three\nfour")
    minutes = person.field("Timeout (minutes)").locator("input:visible")
    minutes.fill("41")
    if person.field("Timeout (minutes)").get_by_role("button", name="Increase").count():
        person.field("Timeout (minutes)").get_by_role("button", name="Increase").click()
        minutes.press("ArrowUp")
        minutes.press("ArrowDown")
    else:
        minutes.fill("42")
    person.turn("FIPS State", "No")
    person.turn("Keep Quiet", "Yes")
    set_zone(person)
    set_slider(person, 4)
    person.field("Start Day").locator("input:visible").fill("2027-02-03")
    person.field("Start Time").locator("input:visible").fill("11:45:10")
    person.field("Password").locator("input:visible").fill("Secret-1")
    person.press("Update Settings")
    person.page.get_by_text("The settings were saved.").wait_for()
    ((_what, sent),) = stage.visitor.demo.calls
    assert sent == {
        "name": "second", "notes": "three\nfour", "minutes": 42, "state": False, "quiet": True, "zone": "CET",
        "level": 7, "day": "2027-02-03", "at": "11:45:10", "secret": "Secret-1",
    }  # fmt: skip
    assert stage.writes() == ["demo.settings.save"]


def test_a_day_is_picked_from_the_calendar(stage: Stage) -> None:
    person = stage.person
    person.reveal("Update Settings")
    field = person.field("Start Day")
    opener = field.get_by_role("button", name="Open the calendar")
    if not opener.count():
        field.locator("input:visible").fill("2026-06-09")
    else:
        sync_api.expect(opener).to_be_enabled()
        opener.click()
        picker = person.area.get_by_role("dialog", name="Calendar")
        picker.get_by_role("button", name="Next month").click()
        picker.get_by_role("button", name="2026-06-09").click()
        sync_api.expect(picker).to_have_count(0)
    person.press("Update Settings")
    person.page.get_by_text("The settings were saved.").wait_for()
    assert stage.visitor.demo.values["day"] == "2026-06-09"


def test_a_refusal_is_told_beside_its_field_and_what_was_typed_stays(stage: Stage) -> None:
    person = stage.person
    person.reveal("Update Settings")
    name = person.field("Display Name").locator("input:visible")
    sync_api.expect(name).to_be_enabled()
    name.fill("refused")
    person.press("Update Settings")
    person.page.get_by_text("Not this name.").wait_for()
    person.page.get_by_role("button", name="Show/Hide Results").click()
    assert person.page.get_by_text("line 1 of the results").is_visible()
    field = person.field("Display Name")
    sync_api.expect(field.locator("input:visible")).to_have_value("refused")
    assert field.get_by_text("Choose another name.").is_visible()


def test_a_question_comes_before_danger(stage: Stage) -> None:
    person = stage.person
    for answer, calls in (("Cancel", []), ("Confirm", ["wipe"])):
        person.press("Wipe")
        person.page.get_by_text("Really wipe everything?").wait_for()
        box = person.page.locator("[role=dialog], [role=alertdialog]")
        assert box.evaluate("node => node.parentElement.parentElement === document.body")
        box.get_by_role("button", name=answer).click()
        person.page.locator("h1").wait_for()
        if answer == "Confirm":
            person.page.get_by_text("Wiped.").wait_for()
        person.settle()
        assert [what for what, _values in stage.visitor.demo.calls] == calls
    assert stage.writes() == ["demo.danger.wipe"]


def test_files_go_both_ways(stage: Stage, tmp_path: Path) -> None:
    person = stage.person
    person.reveal("Download Key")
    with person.page.expect_download() as told:
        person.press("Download Key")
    told.value.save_as(tmp_path / "key")
    assert (told.value.suggested_filename, (tmp_path / "key").read_bytes()) == ("key.zip", b"PK content")
    person.reveal("Upload Key")
    sync_api.expect(person.reveal("Upload Key")).to_be_enabled()
    with person.page.expect_file_chooser() as chooser:
        person.area.get_by_role("button", name="Browse...").click()
    chooser.value.set_files({"name": "new.zip", "mimeType": "application/zip", "buffer": b"12345"})
    person.press("Upload Key")
    person.page.get_by_text("new.zip: 5 bytes.").wait_for()


def test_the_button_of_a_row_is_pressed(stage: Stage) -> None:
    person = stage.person
    for opener in person.openers():
        if re.search("services", opener.inner_text(), re.IGNORECASE):
            opener.click()
            person.settle()
    row = person.area.locator("tr, [role=row]").filter(has_text="Two")
    button = row.locator("button")
    name = button.get_attribute("title") or button.get_attribute("aria-label") or button.locator("title").text_content()
    assert name == "Restart the service"
    button.click()
    person.page.get_by_text("Two restarts.").wait_for()
    assert stage.writes() == ["demo.services.list.restart"]
