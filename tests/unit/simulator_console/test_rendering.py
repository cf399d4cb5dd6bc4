# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Under every seed a page holds the same controls, each found once by what it is called."""

from __future__ import annotations

from io import BytesIO

import pytest
from lxml import html

from simulator.pages import pages
from tests.unit.simulator_console.bench import Visitor
from tests.unit.simulator_console.reader import captions, controls, normal, section, shown_value, text_of, visible

SEEDS = range(20)
ZONES = {"time zone", "server zone", "zone of the clock"}
EXPECTED = {
    "display name": "first", "notes": "one\ntwo", "timeout (minutes)": "5", "fips state": True, "keep quiet": False,
    "compression": "3", "start day": "2026-05-01", "start time": "10:30:00", "password": "",
}  # fmt: skip


@pytest.fixture(scope="module", params=SEEDS)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    """A person before a console of each seed."""
    return Visitor(request.param)


def test_every_control_stands_once_in_its_section_with_its_value(visitor: Visitor) -> None:
    part = visitor.part("Main Settings")
    found = [one for one in controls(part) if one.name != "serial"]
    zone = [one for one in found if one.name in ZONES]
    assert [one.value for one in zone] == ["UTC"]
    rest = {one.name: one.value for one in found if one.name not in ZONES}
    rest["fips state"] = rest["fips state"] in (True, "Yes")
    assert rest == EXPECTED
    assert len(found) == len(EXPECTED) + 1


def test_a_readonly_value_stands_after_its_label(visitor: Visitor) -> None:
    assert shown_value(visitor.part("Main Settings"), "Serial") == ["SN-1"]


def test_buttons_carry_their_caption_once(visitor: Visitor) -> None:
    page = visitor.open("Demo Page")
    names = [name for name, _element in captions(page)]
    for caption in ("update settings", "download key", "upload key", "wipe", "log out"):
        assert names.count(caption) == 1, caption
    assert names.count("restart the service") == 2


def test_a_password_is_never_sent_to_the_browser(visitor: Visitor) -> None:
    secrets = visitor.open("Demo Page").xpath("//input[@type='password']")
    assert len(secrets) == 2
    assert not any(one.get("value") for one in secrets)


def test_names_and_ids_are_single(visitor: Visitor) -> None:
    page = visitor.open("Demo Page")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    names = [
        one.get("name")
        for one in page.xpath("//input[not(@type='hidden' or @type='radio')][@name]|//select|//textarea")
    ]
    assert len(names) == len(set(names))


def test_tables_show_caption_and_cells(visitor: Visitor) -> None:
    table = visitor.part("Services").xpath(".//table[contains(@class,'data')]")[0]
    assert [text_of(cell) for cell in table.xpath(".//thead//th")][:2] == ["Service", "State"]
    assert [[text_of(cell) for cell in row][:2] for row in table.xpath(".//tbody/tr")] == [
        ["One", "Running"],
        ["Two", "Stopped"],
    ]


def test_pages_not_modelled_say_so(visitor: Visitor) -> None:
    assert "This page is not modelled by this simulator." in text_of(visitor.open("Blank Page"))


def test_saving_reaches_the_handler_and_shows_on_the_page(visitor: Visitor) -> None:
    visitor.demo.calls.clear()
    part = visitor.part("Main Settings")
    found = {one.name: one for one in controls(part)}
    changes = {found["display name"].elements[0].get("name"): "second"}
    answer = visitor.submit(part, "Update Settings", changes)
    assert "The settings were saved." in answer.text
    ((_button, sent),) = visitor.demo.calls
    assert sent == {
        "name": "second", "notes": "one\ntwo", "minutes": 5, "state": True, "quiet": False, "zone": "UTC", "level": 3,
        "day": "2026-05-01", "at": "10:30:00", "secret": "",
    }  # fmt: skip
    again = {one.name: one.value for one in controls(visitor.part("Main Settings"))}
    assert again["display name"] == "second"
    visitor.demo.values["name"] = "first"


def test_toggle_and_choice_take_the_other_value(visitor: Visitor) -> None:
    visitor.demo.calls.clear()
    part = visitor.part("Main Settings")
    found = {one.name: one for one in controls(part)}
    zone = next(one for name, one in found.items() if name in ZONES)
    toggle = found["fips state"]
    changes = {toggle.elements[0].get("name"): None if toggle.kind == "checkbox" else _token(toggle.elements, "No")}
    changes[zone.elements[0].get("name")] = _token(zone.elements, "CET")
    visitor.submit(part, "Update Settings", changes)
    assert visitor.demo.calls[0][1]["state"] is False
    assert visitor.demo.calls[0][1]["zone"] == "CET"
    visitor.demo.values.update(state=True, zone="UTC")


def _token(elements: list[html.HtmlElement], text: str) -> str:
    """What is sent for a choice with this text."""
    for option in elements[0].iter("option"):
        if text_of(option) == text:
            return str(option.get("value"))
    for radio in elements:
        if text_of(radio.xpath("//label[@for=$id]", id=radio.get("id"))[0]) == text:
            return str(radio.get("value"))
    raise AssertionError(text)


def test_a_refusal_names_the_field_and_holds_the_details_back(visitor: Visitor) -> None:
    part = visitor.part("Main Settings")
    name = next(one for one in controls(part) if one.name == "display name").elements[0].get("name")
    page = html.fromstring(visitor.submit(part, "Update Settings", {name: "refused"}).text)
    alert = page.xpath("//*[@role='alert']")
    assert "Not this name." in text_of(alert[0])
    control = next(one for one in controls(section(page, "Main Settings")) if one.name == "display name").elements[0]
    message = page.xpath("//*[@id=$id]", id=control.get("aria-describedby"))[0]
    assert text_of(message) == "Choose another name."
    assert control.get("value") == "refused"
    assert "line 1 of the results" in page.text_content()
    results = page.xpath("//pre")[0]
    assert results.getparent().tag == "details" or not visible(results)


def test_a_number_out_of_range_does_not_reach_the_handler(visitor: Visitor) -> None:
    visitor.demo.calls.clear()
    part = visitor.part("Main Settings")
    name = next(one for one in controls(part) if one.name == "timeout (minutes)").elements[0].get("name")
    assert "must be between 1 and 60" in visitor.submit(part, "Update Settings", {name: "61"}).text
    assert visitor.demo.calls == []


def test_a_row_s_button_brings_its_row(visitor: Visitor) -> None:
    visitor.demo.calls.clear()
    part = visitor.part("Services")
    second = [element for name, element in captions(part) if name == "restart the service"][1]
    assert "Two restarts." in visitor.press(second, {}).text
    assert visitor.demo.calls == [("restart", {"row": {"Service": "Two", "State": "Stopped"}})]


def test_a_dialog_asks_first(visitor: Visitor) -> None:
    visitor.demo.calls.clear()
    question = visitor.submit(visitor.part("Danger Zone"), "Wipe", {})
    assert "Really wipe everything?" in question.text
    visitor.submit(html.fromstring(question.text), "Cancel", {})
    assert visitor.demo.calls == []
    question = visitor.submit(visitor.part("Danger Zone"), "Wipe", {})
    assert "Wiped." in visitor.submit(html.fromstring(question.text), "Confirm", {}).text
    assert visitor.demo.calls == [("wipe", {"confirmed": True})]


def test_files_go_both_ways(visitor: Visitor) -> None:
    answer = visitor.submit(visitor.part("Key Files"), "Download Key", {})
    assert answer.data == b"PK content"
    assert answer.headers["Content-Disposition"] == "attachment; filename=key.zip"
    part = visitor.part("Key Files")
    name = next(one for one in controls(part) if one.name == "key file").elements[0].get("name")
    assert "k.zip: 3 bytes." in visitor.submit(part, "Upload Key", {name: (BytesIO(b"abc"), "k.zip")}).text


def test_labels_can_vanish_and_stand_twice(visitor: Visitor) -> None:
    visitor.world.hidden = {"FIPS State"}
    visitor.world.duplicated = {"demo.settings.name", "demo.danger.wipe"}
    page = visitor.open("Demo Page")
    names = [one.name for one in controls(section(page, "Main Settings"))]
    assert "fips state" not in names
    assert names.count("display name") == 2
    assert [name for name, _element in captions(page)].count("wipe") == 2
    visitor.world.hidden, visitor.world.duplicated = set(), set()


@pytest.mark.parametrize("seed", (0, 1, 2))
def test_every_page_of_the_appliance_is_shown(seed: int) -> None:
    visitor = Visitor(seed, pages())
    visitor.sign_in()
    shown = visitor.node.console.pages()
    assert len(shown) > 10
    for page in shown:
        answer = visitor.get(visitor.node.console.style.address(page))
        assert answer.status_code == 200, page.id
        assert normal(text_of(html.fromstring(answer.text).xpath("//h1")[0])) == normal(page.title)


@pytest.mark.parametrize("seed", (0, 1, 2))
def test_every_page_is_reached_by_the_words_of_its_menu(seed: int) -> None:
    visitor = Visitor(seed, pages())
    visitor.sign_in()
    for page in visitor.node.console.pages():
        here = visitor.open(page.menu[0])
        for word in page.menu[1:] or (page.title,):
            link = next((element for name, element in captions(here) if name == normal(word)), None)
            assert link is not None, (page.id, word)
            if link.tag == "a":
                here = html.fromstring(visitor.get(link.get("href")).text)
            elif page.by_button and word == page.menu[-1]:
                here = html.fromstring(visitor.press(link, {}).text)
        assert normal(text_of(here.xpath("//h1")[0])) == normal(page.title)


def test_two_seeds_share_nothing_but_the_labels() -> None:
    first, second = (set(Visitor(seed).open("Demo Page").xpath("//main//@id | //main//@name")) for seed in (3, 4))
    assert first and not first & second
