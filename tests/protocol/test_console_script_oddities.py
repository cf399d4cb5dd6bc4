# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a console does besides, on order: a captcha, a second factor, a covered page, data that never ends."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
import requests
from lxml import html

from simulator.control_client import ControlError
from tests.protocol.console_person import Person
from tests.support.simulator import Simulated
from tests.unit.simulator_console.reader import captions, controls

CHROMIUM = shutil.which("chromium") or ""


@pytest.fixture(scope="module", params=(1, 2, 3))
def plain(request: pytest.FixtureRequest) -> Iterator[Simulated]:
    """A pair with server-rendered consoles."""
    with Simulated(seed=request.param, rendering="html") as running:
        yield running


@pytest.fixture(scope="module", params=(1, 2))
def scripted(request: pytest.FixtureRequest) -> Iterator[Simulated]:
    """A pair whose consoles are drawn by script."""
    with Simulated(seed=request.param, rendering="script") as running:
        yield running


@pytest.fixture
def someone(scripted: Simulated) -> Iterator[object]:
    """Somebody with a browser before the first node."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    from tests.protocol.script_person import ARGUMENTS, ScriptPerson

    scripted.control.reset()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        person = ScriptPerson(browser, scripted.nodes["useries-1a"])
        yield person
        assert person.problems == []
        browser.close()


def names(response: requests.Response) -> dict[str, str]:
    """Control -> its form name."""
    return {one.name: one.elements[0].get("name") for one in controls(html.fromstring(response.text))}


def signed_in(response: requests.Response) -> bool:
    return "log out" in [name for name, _element in captions(html.fromstring(response.text))]


def test_a_captcha_in_forms(plain: Simulated) -> None:
    plain.control.reset()
    characters = plain.control.oddity("captcha", "useries-1a")
    person = Person(plain)
    page = person.get()
    field = names(page)["enter the characters shown"]
    assert html.fromstring(page.text).xpath("//form//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert characters not in page.text
    assert not signed_in(person.sign_in())
    form = html.fromstring(person.get().text)
    keys = names(person.get())
    typed = {keys["username"]: person.node.username, keys["password"]: person.node.password, field: characters}
    assert signed_in(person.press(form, "Login", typed))
    assert signed_in(Person(plain, "useries-1b").sign_in())


def test_a_second_factor_in_forms(plain: Simulated) -> None:
    plain.control.reset()
    code = plain.control.oddity("second_factor")
    person = Person(plain)
    asked = person.sign_in()
    field = names(asked)["verification code"]
    again = person.press(html.fromstring(asked.text), "Verify", {field: "x"})
    assert "The verification code is incorrect." in again.text
    assert not signed_in(again)
    assert signed_in(person.press(html.fromstring(again.text), "Verify", {field: code}))
    assert plain.control.count("login") == 1


def test_every_page_is_covered_once(plain: Simulated) -> None:
    plain.control.reset()
    plain.control.oddity("cover")
    person = Person(plain)
    first = html.fromstring(person.sign_in().text)
    assert first.xpath("//dialog[@open]//h2/text()") == ["What's new"]
    path = dict(captions(first))["general settings"].get("href")
    covered = [bool(html.fromstring(person.get(path).text).xpath("//dialog")) for _time in range(2)]
    assert covered == [True, False]


def test_a_body_without_end(plain: Simulated) -> None:
    plain.control.reset()
    person = Person(plain)
    path = dict(captions(html.fromstring(person.sign_in().text)))["general settings"].get("href")
    plain.control.oddity("endless")
    began, received = time.monotonic(), b""
    with person.get(path, stream=True) as answer:
        for part in answer.iter_content(None):
            received += part
            if time.monotonic() - began > 1.5:
                break
    assert b"General Settings" in received
    plain.control.oddity()
    assert person.get(path).text.rstrip().endswith("</html>")


def test_a_reset_ends_an_oddity_and_an_unknown_one_is_refused(plain: Simulated) -> None:
    plain.control.oddity("captcha")
    plain.control.reset()
    assert signed_in(Person(plain).sign_in())
    with pytest.raises(ControlError, match="captcha, second_factor, cover, endless"):
        plain.control.oddity("earthquake")


def test_a_captcha_by_script(scripted: Simulated, someone) -> None:
    characters = scripted.control.oddity("captcha")
    someone.arrive()
    someone.page.get_by_text("Enter the characters shown").wait_for()
    assert someone.page.locator("img").evaluate("node => node.complete && node.naturalWidth > 0")
    someone.type_in()
    someone.page.get_by_text("The characters do not match the picture.").wait_for()
    someone.page.locator("input:visible").nth(2).fill(characters)
    someone.type_in()
    someone.text("Log Out").wait_for()


def test_a_second_factor_by_script(scripted: Simulated, someone) -> None:
    code = scripted.control.oddity("second_factor")
    someone.arrive()
    someone.type_in()
    someone.page.get_by_text("Verification code").wait_for()
    someone.page.locator("input:visible").fill(code)
    someone.press("Verify")
    someone.text("Log Out").wait_for()


def test_a_covered_page_by_script(scripted: Simulated, someone) -> None:
    someone.sign_in()
    scripted.control.oddity("cover")
    someone.text("General Settings").click()
    box = someone.page.get_by_role("dialog", name="What's new")
    box.get_by_role("button", name="Close").click()
    assert box.count() == 0
    someone.open("General Settings")
    assert box.count() == 0


def test_data_without_end_by_script(scripted: Simulated, someone) -> None:
    someone.sign_in()
    scripted.control.oddity("endless")
    someone.text("General Settings").click()
    someone.page.wait_for_timeout(1500)
    assert someone.page.locator("h1").count() == 0
    assert someone.page.locator("[class$=-spin]").is_visible()
    scripted.control.oddity()
    someone.text("General Settings").click()
    someone.page.locator("h1").wait_for()
