# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Awkward pages: what a person sees and does there, and what a driver must make of it.

What counts is the record of the site: what arrived there, not what the driver says.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind, Name, Value
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers.awkward import Awkward
from tests.support.strangers import Stranger, control, opened, section

SCRIPTED = True
SAVE = Name(("Save",))


@pytest.fixture(scope="module")
def site() -> Iterator[Awkward]:
    running = Awkward()
    yield running
    running.stop()


@pytest.fixture
def stranger(site: Awkward) -> Stranger:
    site.sent.clear()
    return Stranger("Awkward pages", "", site.port)


def arrived(site: Awkward, page: str) -> dict[str, Any]:
    """What the page posted last, given a moment for it."""
    deadline = time.monotonic() + 5
    while not site.sent.get(page) and time.monotonic() < deadline:
        time.sleep(0.05)
    return site.last(page)


def set_and_save(driver: ConsoleDriver, page: str, title: str, *values: tuple[str, Kind, Value]) -> None:
    """Fill in, press Save, be told that it was saved; then the page still shows what was set."""
    opened(driver, page)
    wanted = {control(label, kind): value for label, kind, value in values}
    driver.fill(section(title), wanted)
    done = driver.press(section(title), SAVE)
    assert (done.kind, done.message) == ("done", "Saved")
    assert driver.read(section(title), list(wanted)) == {one.id: value for one, value in wanted.items()}


# -- fields


def test_labels_that_float_inside_their_fields(driver: ConsoleDriver, site: Awkward) -> None:
    """The label stands in the empty field and moves up once there is text."""
    set_and_save(driver, "Floating", "Network", ("Host name", "text", "web-1"), ("Domain", "text", "example.org"))
    assert arrived(site, "floating") == {"host": "web-1", "domain": "example.org"}


@pytest.mark.parametrize(
    ("label", "value", "key", "count"),
    [
        ("City", "Oslo", "city", 3),
        ("Country", "Portugal", "country", 3),
        ("Airport", "Gate 157", "airport", None),
        ("Channel", "Channel 777", "channel", None),
    ],
)
def test_drop_downs(driver: ConsoleDriver, site: Awkward, label: str, value: str, key: str, count: int | None) -> None:
    """A click shows a list at the end of the page: without roles, with roles, filtered, drawn as one scrolls."""
    set_and_save(driver, "Dropdowns", "Places", (label, "choice", value))
    before = {"city": "Lisbon", "country": "Norway", "airport": "Gate 1", "channel": "Channel 1"}
    assert arrived(site, "dropdowns") == {**before, key: value}
    if count:
        assert len(driver.choices(section("Places"), control(label, "choice"))) == count


def test_a_drop_down_refuses_what_it_does_not_offer(driver: ConsoleDriver, site: Awkward) -> None:
    """The list is looked through and shut again; nothing is chosen."""
    opened(driver, "Dropdowns")
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Places"), {control("City", "choice"): "Paris"})
    assert refused.value.kind == "invalid"
    assert driver.read(section("Places"), [control("City", "choice")]) == {"City": "Lisbon"}


def test_lists_with_nothing_chosen(driver: ConsoleDriver, site: Awkward) -> None:
    """A list of several lines, and a drop-down that a script has emptied: the first entry is not chosen by itself."""
    opened(driver, "Lists")
    model, zone = control("Model", "choice"), control("Zone", "choice")
    assert driver.read(section("Lists"), [model, zone]) == {"Model": "", "Zone": ""}
    set_and_save(driver, "Lists", "Lists", ("Model", "choice", "Alpha"), ("Zone", "choice", "North"))
    assert arrived(site, "lists") == {"model": "Alpha", "zone": "North"}


@pytest.mark.parametrize(
    ("label", "key"), [("Mail service", "mail"), ("Print service", "print"), ("Web service", "web")]
)
def test_switches(driver: ConsoleDriver, site: Awkward, label: str, key: str) -> None:
    """A switch with a role, a coloured box with a click handler, a box that hides behind a picture of a switch."""
    set_and_save(driver, "Switches", "Services", (label, "toggle", True))
    assert arrived(site, "switches") == {"mail": False, "print": False, "web": False, key: True}
    driver.fill(section("Services"), {control(label, "toggle"): True})
    driver.press(section("Services"), SAVE)
    assert site.last("switches")[key] is True, "what is on stays on"


def test_numbers_and_a_slider(driver: ConsoleDriver, site: Awkward) -> None:
    """A number whose value lies in a hidden field, one that only its arrows change, a slider without a range input."""
    values: list[tuple[str, Kind, Value]] = [("Sessions", "number", 25), ("Minutes", "number", 9)]
    set_and_save(driver, "Numbers", "Limits", *values, ("Volume", "slider", 65))
    assert arrived(site, "numbers") == {"sessions": 25, "minutes": 9, "volume": 65}


def test_a_slider_that_cannot_be_set_exactly(driver: ConsoleDriver, site: Awkward) -> None:
    """Its steps are of five: a value between two is refused or not written, never rounded in silence."""
    opened(driver, "Numbers")
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Limits"), {control("Volume", "slider"): 63})
    assert refused.value.kind == "invalid"


def test_what_is_not_typed_into(driver: ConsoleDriver, site: Awkward) -> None:
    """A drop-down whose field is read-only, and a slider of which only an inner part takes the keys."""
    set_and_save(driver, "Pickers", "Sound", ("Level", "choice", "High"), ("Balance", "slider", 35))
    assert arrived(site, "pickers") == {"level": "High", "balance": 35}


def test_a_slider_is_not_typed_into(driver: ConsoleDriver, site: Awkward) -> None:
    """What its keys do not reach is refused, and no click on the slider sets something else."""
    opened(driver, "Pickers")
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Sound"), {control("Balance", "slider"): 33})
    assert refused.value.kind == "invalid"
    assert driver.read(section("Sound"), [control("Balance", "slider")]) != {"Balance": 50}


def test_dates(driver: ConsoleDriver, site: Awkward) -> None:
    """A day is typed as the field shows it; another can only be picked from a calendar, three months away."""
    values: list[tuple[str, Kind, Value]] = [("First day", "date", "31.01.2027"), ("Last day", "date", "2027-02-14")]
    set_and_save(driver, "Dates", "Validity", *values)
    assert arrived(site, "dates") == {"first": "31.01.2027", "last": "2027-02-14"}


def test_a_control_that_waits_for_another(driver: ConsoleDriver, site: Awkward) -> None:
    """The path can be filled in only after a target has been chosen, the button pressed only after that."""
    set_and_save(driver, "Dependent", "Backup", ("Target", "choice", "Share"), ("Path", "text", "\\\\nas\\share"))
    assert arrived(site, "dependent") == {"target": "Share", "path": "\\\\nas\\share"}


def test_a_control_that_stays_disabled(driver: ConsoleDriver, site: Awkward) -> None:
    """Nothing was chosen, so the path is refused."""
    opened(driver, "Dependent")
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Backup"), {control("Path", "text"): "x"})
    assert refused.value.kind == "precondition"
    assert not driver.enabled(section("Backup"), SAVE)


# -- which one is meant


def test_hidden_duplicates(driver: ConsoleDriver, site: Awkward) -> None:
    """One label is seen; four more are away: not displayed, off the screen, transparent, under something else."""
    set_and_save(driver, "Duplicates", "Address", ("Street", "text", "Side Road"))
    assert arrived(site, "duplicates") == {"street": "Side Road", "traps": ""}


def test_labels_by_position_only(driver: ConsoleDriver, site: Awkward) -> None:
    """Words stand to the left of a field or above it; the markup has them in another order."""
    values: list[tuple[str, Kind, Value]] = [("Floor", "text", "2"), ("Room", "text", "7"), ("Remark", "text", "cold")]
    set_and_save(driver, "Positions", "Board", *values)
    assert arrived(site, "positions") == {"floor": "2", "room": "7", "remark": "cold"}


def test_two_sections_with_the_same_labels(driver: ConsoleDriver, site: Awkward) -> None:
    """Two cards are told apart by their titles only, which are no headings."""
    set_and_save(driver, "Twins", "Second server", ("Address", "text", "10.0.0.2"))
    assert arrived(site, "twins") == {"second": "10.0.0.2"}
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Twins"), {control("Address", "text"): "10.0.0.3"})
    assert refused.value.kind == "label_ambiguous"


# -- parts that come and go


def test_a_menu_that_a_link_without_an_address_opens(driver: ConsoleDriver, site: Awkward) -> None:
    """The link leads to "#"; a button of the page is called like the entry that is folded up, which is meant."""
    opened(driver, "Openers", "Tools", "Panel")
    driver.fill(section("Tuning"), {control("Speed", "text"): "7"})
    assert driver.press(section("Tuning"), SAVE).message == "Saved"
    assert site.sent == {"openers": [{"speed": "7"}]}


def test_a_native_dialog(driver: ConsoleDriver, site: Awkward) -> None:
    """A question in a dialog element: no, then yes."""
    opened(driver, "Dialogs")
    asked = driver.press(section("Keys"), Name(("Delete key",)), destructive=True)
    assert (asked.kind, asked.message) == ("question", "Delete the key for good?")
    assert set(asked.answers) == {"Delete", "Cancel"}
    driver.answer(Name(("Cancel",)))
    assert site.sent == {}
    driver.press(section("Keys"), Name(("Delete key",)), destructive=True)
    assert driver.confirm().message == "The key was deleted"
    assert arrived(site, "dialogs") == {"deleted": True}


def test_a_dialog_at_the_end_of_the_page(driver: ConsoleDriver, site: Awkward) -> None:
    """A form in a dialog that a script appends: its title is a section."""
    opened(driver, "Dialogs")
    driver.press(section("Keys"), Name(("Replace key",)))
    driver.fill(section("New key"), {control("Key text", "text"): "k-2"})
    assert driver.press(section("New key"), Name(("Store",))).message == "The key was replaced"
    assert arrived(site, "dialogs") == {"key": "k-2"}
    assert not driver.has(section("New key"))


def test_a_dialog_that_covers_the_page(driver: ConsoleDriver, site: Awkward) -> None:
    """News lie over the page as it loads; one closes them and goes on."""
    set_and_save(driver, "Covered", "Owner", ("Name", "text", "Bo"))
    assert arrived(site, "covered") == {"name": "Bo"}


def test_a_tab_that_loads_late(driver: ConsoleDriver, site: Awkward) -> None:
    """The second tab's field comes a second after the tab was opened."""
    opened(driver, "Tabs", "Sender")
    driver.fill(section("Mail"), {control("Address", "text"): "b@example.com"})
    assert driver.press(section("Mail"), SAVE).message == "Saved"
    assert arrived(site, "tabs") == {"relay": "relay-1", "from": "b@example.com"}


@pytest.mark.parametrize(
    ("label", "button", "key"), [("Depth", "Save options", "depth"), ("Proxy address", "Save proxy", "proxy")]
)
def test_an_accordion(driver: ConsoleDriver, site: Awkward, label: str, button: str, key: str) -> None:
    """What is folded away has to be unfolded before it is seen."""
    opened(driver, "Accordion")
    driver.fill(section("Options"), {control(label, "text"): "8"})
    assert driver.press(section("Options"), Name((button,))).message == "Saved"
    assert arrived(site, "accordion") == {key: "8"}


def test_a_header_that_cannot_be_clicked(driver: ConsoleDriver, site: Awkward) -> None:
    """Something lies over a closed header that is called like the section: it is soon left alone, the rest is used."""
    opened(driver, "Glass")
    started = time.monotonic()
    assert driver.read(section("Heating"), [control("Degrees", "number")]) == {"Degrees": 19}
    assert time.monotonic() - started < 5
    driver.fill(section("Heating"), {control("Degrees", "number"): 21})
    assert driver.press(section("Heating"), SAVE).message == "Saved"
    assert arrived(site, "glass") == {"degrees": "21"}


def test_icons_in_rows(driver: ConsoleDriver, site: Awkward) -> None:
    """Icons have only a title, or an accessible name; the table is drawn anew a moment later."""
    jobs = section("Jobs")
    opened(driver, "Rows")
    rows = driver.table(jobs, columns=["Name", "State"])
    driver.press(jobs, Name(("Stop",)), row={"Name": "beta"})
    assert arrived(site, "rows") == {"did": "stop", "name": "beta"}
    driver.press(jobs, Name(("Start",)), row={"Name": "gamma"})
    assert site.last("rows") == {"did": "start", "name": "gamma"}
    assert [one["State"] for one in rows] == ["Running", "Running", "Stopped"]
    time.sleep(0.6)
    assert [one["State"] for one in driver.table(jobs, columns=["Name", "State"])] == ["Running", "Stopped", "Running"]


def test_a_menu_in_every_row(driver: ConsoleDriver, site: Awkward) -> None:
    """Three dots open a menu at the end of the page; what is meant is an entry of that menu."""
    opened(driver, "Rows")
    driver.press(section("Jobs"), Name(("More",)), row={"Name": "beta"})
    assert driver.press(section("Rows"), Name(("Archive",))).message == "Archived beta"
    assert arrived(site, "rows") == {"did": "archive", "name": "beta"}


def test_an_entry_of_a_menu_in_a_row(driver: ConsoleDriver, site: Awkward) -> None:
    """The entry is asked for in its row; the row's menu is opened for it, though it is drawn at the page's end."""
    opened(driver, "Rows")
    done = driver.press(section("Jobs"), Name(("Rename",)), row={"Name": "gamma"})
    assert done.message == "Renamed gamma"
    assert arrived(site, "rows") == {"did": "rename", "name": "gamma"}


def test_a_bar_of_no_height(driver: ConsoleDriver, site: Awkward) -> None:
    """A list at the upper edge has no height of its own, as its entries float; they are seen all the same."""
    opened(driver, "Edges")
    assert driver.press(section("Edges"), Name(("Count",))).message == "Counted"
    assert arrived(site, "edges") == {"did": "count"}


def test_a_field_by_which_its_row_was_known(driver: ConsoleDriver, site: Awkward) -> None:
    """A row is named with what its field shows; once the field was set it shows something else."""
    opened(driver, "Edges")
    [_alpha, beta] = driver.table(section("Edges"), columns=["Name", "Height"])
    assert beta == {"Name": "beta", "Height": "1"}
    driver.fill(section("Edges"), {control("Height", "number"): 12}, row=beta)
    assert driver.press(section("Edges"), SAVE).message == "Saved"
    assert arrived(site, "edges") == {"alpha": "1", "beta": "12"}


# -- what the page says, and when


def test_a_notice_that_vanishes(driver: ConsoleDriver, site: Awkward) -> None:
    """The answer is seen for two seconds; the driver has read it, good or bad."""
    opened(driver, "Notices")
    done = driver.press(section("Actions"), Name(("Order",)))
    assert (done.kind, done.message) == ("done", "The order was taken")
    assert arrived(site, "notices") == {"did": "toast"}
    time.sleep(2.5)
    refused = driver.press(section("Actions"), Name(("Order wrongly",)))
    assert (refused.kind, refused.message) == ("rejected", "The order could not be taken")


def test_marks_that_come_after_the_words(driver: ConsoleDriver, site: Awkward) -> None:
    """A refusal is told at once; which field it is about is marked a moment later."""
    opened(driver, "Refusals")
    refused = driver.press(section("Door"), SAVE)
    assert (refused.kind, refused.fields) == ("rejected", {"Code": "A code is required."})


def test_a_spinner(driver: ConsoleDriver, site: Awkward) -> None:
    """Something turns for two and a half seconds before the result is there."""
    opened(driver, "Notices")
    done = driver.press(section("Actions"), Name(("Compute",)))
    assert (done.kind, done.message) == ("done", "The result is 42")


def test_a_change_without_a_sign(driver: ConsoleDriver, site: Awkward) -> None:
    """A value changes a second and a half after the button, and nothing says so: reading soon shows the new one."""
    opened(driver, "Notices")
    driver.press(section("Actions"), Name(("Renew",)))
    assert arrived(site, "notices") == {"did": "late"}
    assert driver.read(section("Actions"), [control("State", "readonly")]) == {"State": "Fresh"}


def test_a_page_that_never_stops_loading(driver: ConsoleDriver, site: Awkward) -> None:
    """A picture never arrives in full; the page can be used all the same."""
    started = time.monotonic()
    set_and_save(driver, "Endless", "Slow page", ("Colour", "text", "blue"))
    assert arrived(site, "endless") == {"colour": "blue"}
    assert time.monotonic() - started < 40


def test_a_value_that_came_late(driver: ConsoleDriver, site: Awkward) -> None:
    """What was chosen is overwritten by the value that was being loaded: it is chosen once more."""
    set_and_save(driver, "Overwritten", "Overwritten", ("Zone", "choice", "South"))
    assert arrived(site, "overwritten") == {"zone": "South"}


def test_a_clock(driver: ConsoleDriver, site: Awkward) -> None:
    """The page changes every second: it can be used, and what it lacks is missed in the end."""
    set_and_save(driver, "Clock", "Time", ("Zone", "text", "UTC"))
    assert arrived(site, "clock") == {"zone": "UTC"}
    with pytest.raises(UseriesError) as missed:
        driver.read(section("Time"), [control("Place", "text")])
    assert missed.value.kind == "label_missing"


# -- where the page is


def test_frames_in_frames(driver: ConsoleDriver, site: Awkward) -> None:
    """The content is in a frame, and a part of it in a frame of that frame."""
    opened(driver, "Frames")
    driver.fill(section("Outer part"), {control("Street", "text"): "Main Road"})
    driver.press(section("Outer part"), Name(("Save street",)))
    assert arrived(site, "_outer") == {"street": "Main Road"}
    driver.fill(section("Inner part"), {control("Town", "text"): "Lisbon"})
    assert driver.press(section("Inner part"), Name(("Save town",))).message == "Inner saved"
    assert arrived(site, "_inner") == {"town": "Lisbon"}


def test_shadow_roots(driver: ConsoleDriver, site: Awkward) -> None:
    """Field and button are components of their own, inside open shadow roots."""
    opened(driver, "Shadow")
    serial = control("Serial", "text")
    assert driver.read(section("Components"), [serial]) == {"Serial": "S-1"}
    driver.fill(section("Components"), {serial: "S-2"})
    assert driver.press(section("Components"), Name(("Save serial",))).message == "Saved"
    assert arrived(site, "shadow") == {"serial": "S-2"}
