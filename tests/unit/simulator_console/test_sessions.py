# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may see the console, how long, and what a post must carry along."""

from __future__ import annotations

import pytest
from lxml import html

from tests.unit.simulator_console.bench import Visitor
from tests.unit.simulator_console.reader import captions, text_of


@pytest.fixture
def visitor() -> Visitor:
    """A person before a console of one seed."""
    return Visitor(5)


def at_the_door(text: str) -> bool:
    """Whether a page is the sign-in page."""
    return "login" in [name for name, _element in captions(html.fromstring(text))]


def test_a_wrong_password_is_told_and_counted(visitor: Visitor) -> None:
    answer = visitor.sign_in("wrong")
    assert answer.status_code == 200
    assert "The username or password is incorrect." in answer.text
    assert at_the_door(answer.text)
    assert visitor.log.counts()["UVM-1A"]["console"]["login"] == 1


def test_after_sign_in_comes_the_first_page(visitor: Visitor) -> None:
    answer = visitor.sign_in()
    assert answer.status_code == 200
    assert "Demo Page" in answer.text
    assert "Log Out" in answer.text


def test_the_menus_lead_to_sites_and_pages(visitor: Visitor) -> None:
    names = [name for name, _element in captions(visitor.open("Demo Page"))]
    assert {"maintenance", "diagnostics", "demo page", "blank page", "log out"} <= set(names)


def test_log_out_ends_the_session(visitor: Visitor) -> None:
    page = visitor.open("Demo Page")
    way_out = dict(captions(page))["log out"].get("href")
    here = dict(captions(page))["demo page"].get("href")
    assert at_the_door(visitor.get(way_out).text)
    assert at_the_door(visitor.get(here).text)
    assert visitor.log.counts()["UVM-1A"]["console"]["logout"] == 1


def test_warning_after_twelve_minutes_and_end_after_fourteen(visitor: Visitor) -> None:
    here = dict(captions(visitor.open("Demo Page")))["demo page"].get("href")
    warning = "Your session will expire in two minutes."
    visitor.world.clock.advance_real(12 * 60 - 5)
    assert warning not in visitor.get(here).text
    visitor.world.clock.advance_real(6)
    assert warning in visitor.get(here).text
    visitor.world.clock.advance_real(2 * 60)
    answer = visitor.get(here)
    assert (answer.status_code, at_the_door(answer.text)) == (200, True)


def test_a_post_after_the_end_ends_at_the_door_and_does_nothing(visitor: Visitor) -> None:
    part = visitor.part("Main Settings")
    visitor.world.clock.advance_real(14 * 60)
    answer = visitor.submit(part, "Update Settings", {})
    assert (answer.status_code, at_the_door(answer.text)) == (200, True)
    assert visitor.demo.calls == []


def test_a_post_without_its_hidden_fields_is_refused(visitor: Visitor) -> None:
    answer = visitor.submit(visitor.part("Main Settings"), "Update Settings", {}, without="hidden")
    assert answer.status_code == 400
    assert visitor.demo.calls == []


def test_each_hidden_field_must_come_along(visitor: Visitor) -> None:
    part = visitor.part("Main Settings")
    names = part.xpath("(.//input[@type='hidden'] | ancestor::form//input[@type='hidden'])/@name")
    assert len(names) == 3
    for name in names:
        assert visitor.submit(visitor.part("Main Settings"), "Update Settings", {name: None}).status_code == 400
    assert visitor.demo.calls == []


def test_the_sign_in_form_has_a_token_too(visitor: Visitor) -> None:
    page = html.fromstring(visitor.get("/Maintenance").text)
    assert visitor.submit(page, "Login", {}, without="hidden").status_code == 400


def test_the_banner_stands_before_the_sign_in_page(visitor: Visitor) -> None:
    visitor.appliance.banner = ("Authorized Use Only", "First line\nSecond line")
    page = html.fromstring(visitor.get("/Maintenance").text)
    assert text_of(page.xpath("//h1")[0]) == "Authorized Use Only"
    assert [text_of(line) for line in page.xpath("//main//p")] == ["First line", "Second line"]
    assert not at_the_door(html.tostring(page, encoding="unicode"))
    (caption,) = [name for name, element in captions(page) if element.tag == "button"]
    assert at_the_door(visitor.submit(page, caption, {}).text)
    assert "Demo Page" in visitor.sign_in().text


def test_the_button_of_a_row_that_is_gone_does_nothing(visitor: Visitor) -> None:
    part = visitor.part("Services")
    button = next(element for name, element in captions(part) if name == "restart the service")
    visitor.demo.rows.pop(0)
    assert "The row is no longer there." in visitor.press(button, {}).text
    assert visitor.demo.calls == []


def test_reads_and_writes_are_counted_apart(visitor: Visitor) -> None:
    visitor.submit(visitor.part("Key Files"), "Download Key", {})
    assert visitor.log.counts()["UVM-1A"]["console"]["write"] == 0
    visitor.submit(visitor.part("Main Settings"), "Update Settings", {})
    assert visitor.log.counts()["UVM-1A"]["console"]["write"] == 1
    assert [entry.what for entry in visitor.log.entries() if entry.kind == "write"] == ["demo.settings.save"]


def test_a_question_is_not_a_write_yet(visitor: Visitor) -> None:
    question = visitor.submit(visitor.part("Danger Zone"), "Wipe", {})
    assert visitor.log.counts()["UVM-1A"]["console"]["write"] == 0
    visitor.submit(html.fromstring(question.text), "Confirm", {})
    assert [entry.what for entry in visitor.log.entries() if entry.kind == "write"] == ["demo.danger.wipe"]


def test_the_endpoint_needs_no_credentials(visitor: Visitor) -> None:
    path = "/UVMInterface/api/HighAvailability"
    assert visitor.get(path, headers={"Content-Type": "application/json;charset=UTF-8"}).json == {"Role": "Off"}
    assert visitor.get(path, headers={"Accept": "application/json"}).json == {"Role": "Off"}
    assert "<Role>Off</Role>" in visitor.get(path).text
    assert visitor.log.counts()["UVM-1A"] == {"endpoint": {"login": 0, "logout": 0, "read": 3, "write": 0, "all": 3}}


def test_strict_transport_security_follows_the_appliance(visitor: Visitor) -> None:
    assert "Strict-Transport-Security" not in visitor.get("/Maintenance").headers
    visitor.appliance.hsts = True
    assert visitor.get("/Maintenance").headers["Strict-Transport-Security"].startswith("max-age=")
