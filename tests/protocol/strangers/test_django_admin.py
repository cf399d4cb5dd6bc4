# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Django's administration: fields of every kind, messages at fields, tables that are edited in place, a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.support.programs import Program, free_port, version_of
from tests.support.strangers import DRIVERS, Stranger, control, opened, section

pytestmark = pytest.mark.judges

SITE = Path(__file__).parent / "django_admin" / "serve.py"
PASSWORD = "Canary-pass-1"

HARDWARE, REAR, LIST = section("Hardware"), section("Rear door"), section("Select machine to change")
NAME, PLACE = control("Host name", "text"), control("Site", "choice")
HEIGHT, MANAGED = control("Height (units)", "number"), control("Managed from afar", "checkbox")
NOTES, BOUGHT = control("Notes", "multiline"), control("Bought on", "date")
CHECKED, MANUAL = control("Checked daily at", "time"), control("Manual", "file")
SECRET, CONTACT = control("Console password", "password"), control("Contact", "text")
COLUMNS = ("Host name", "Site", "Height (units)", "Managed from afar")


@pytest.fixture(scope="module")
def stranger(judges: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    folder = tmp_path_factory.mktemp("django")
    port = free_port()
    command = [str(judges), str(SITE), str(port), str(folder)]
    with Program(command, port=port, folder=folder, variables={"PASSWORD": PASSWORD}):
        version = version_of([str(judges), "-m", "django", "--version"])
        yield Stranger("Django admin", version, port, "/admin/", "admin", PASSWORD)


def add(driver: ConsoleDriver, name: str) -> None:
    opened(driver, "Machines", "Add machine")
    driver.fill(HARDWARE, {NAME: name, PLACE: "Oslo"})
    assert driver.press(section("Add machine"), Name(("Save",))).kind == "done"


def listed(driver: ConsoleDriver, name: str) -> list[dict[str, str]]:
    opened(driver, "Machines")
    return [row for row in driver.table(LIST, columns=COLUMNS) if row["Host name"] == name]


def test_every_kind_of_field(driver: ConsoleDriver, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Signs in, opens a page by its menu, sets a text, a choice, a number, a tick, lines, a date, a time, a file and a
    password by label, saves, and sees the change on a fresh page."""
    name = request.node.callspec.params["driver"] + "-1"
    manual = tmp_path / "manual.txt"
    manual.write_text("Turn it off and on again.\n", encoding="utf-8")
    opened(driver, "Machines", "Add machine")
    assert driver.choices(HARDWARE, PLACE)[1:] == ["Amsterdam", "Lisbon", "Oslo"]
    assert driver.read(HARDWARE, [HEIGHT, MANAGED, SECRET]) == {HEIGHT.id: 1, MANAGED.id: False, SECRET.id: ""}
    wanted = {
        NAME: name,
        PLACE: "Lisbon",
        HEIGHT: 3,
        MANAGED: True,
        NOTES: "one\ntwo",
        BOUGHT: "2026-01-31",
        CHECKED: "13:05:00",
    }
    driver.fill(HARDWARE, {**wanted, MANUAL: manual, SECRET: "hidden"})
    done = driver.press(section("Add machine"), Name(("Save",)))
    assert done.kind == "done"
    assert "was added successfully" in done.message and name in done.message
    opened(driver, "Machines", name)
    assert driver.read(HARDWARE, list(wanted)) == {one.id: value for one, value in wanted.items()}
    assert driver.read(HARDWARE, [SECRET]) == {SECRET.id: ""}


def test_a_refusal_names_its_fields(driver: ConsoleDriver) -> None:
    """Saves a form that lacks a value: the outcome is a refusal with a message at each field."""
    opened(driver, "Machines", "Add machine")
    driver.fill(HARDWARE, {NAME: "incomplete", HEIGHT: 99})
    refused = driver.press(section("Add machine"), Name(("Save",)))
    assert refused.kind == "rejected"
    assert {label.rstrip(":"): text for label, text in refused.fields.items()} == {
        "Site": "This field is required.",
        "Height (units)": "Ensure this value is less than or equal to 42.",
    }
    assert listed(driver, "incomplete") == []


def test_a_label_that_is_there_twice(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Refuses a label that two parts of the page share, and writes it where the part is named."""
    name = request.node.callspec.params["driver"] + "-2"
    add(driver, name)
    opened(driver, "Machines", name)
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("Change machine"), {CONTACT: "nobody"})
    assert refused.value.kind == "label_ambiguous"
    driver.fill(REAR, {CONTACT: "Bo"})
    assert driver.press(section("Change machine"), Name(("Save",))).kind == "done"
    opened(driver, "Machines", name)
    assert driver.read(REAR, [CONTACT]) == {CONTACT.id: "Bo"}
    assert driver.read(section("Front door"), [CONTACT]) == {CONTACT.id: ""}


def test_a_field_in_a_row_of_a_table(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Reads a table, sets the field of one row by the header of its column, is refused, sets it again and sees it."""
    name = request.node.callspec.params["driver"] + "-3"
    add(driver, name)
    [row] = listed(driver, name)
    assert row == {"Host name": name, "Site": "Oslo", "Height (units)": "1", "Managed from afar": "False"}
    driver.fill(LIST, {HEIGHT: 77}, row=row)
    refused = driver.press(LIST, Name(("Save",)))
    assert refused.kind == "rejected"
    assert refused.fields == {"Height (units)": "Ensure this value is less than or equal to 42."}
    [row] = listed(driver, name)
    driver.fill(LIST, {HEIGHT: 12}, row=row)
    assert driver.press(LIST, Name(("Save",))).kind == "done"
    assert listed(driver, name)[0]["Height (units)"] == "12"


def test_a_question_before_deleting(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Presses a link in a row, presses Delete, reads the question, confirms it, and sees that the row is gone."""
    name = request.node.callspec.params["driver"] + "-4"
    add(driver, name)
    driver.press(LIST, Name((name,)), row=listed(driver, name)[0])
    asked = driver.press(section("Change machine"), Name(("Delete",)), destructive=True)
    assert asked.kind == "question"
    assert "Are you sure" in asked.message and name in asked.message
    done = driver.confirm()
    assert done.kind == "done"
    assert "was deleted successfully" in done.message
    assert listed(driver, name) == []


def test_a_wrong_password(driver: ConsoleDriver, stranger: Stranger, request: pytest.FixtureRequest) -> None:
    """Is refused with a wrong password, and gives the program's own words."""
    wrong = Stranger(stranger.name, stranger.version, stranger.port, stranger.start, "admin", "wrong-one")
    with DRIVERS[request.node.callspec.params["driver"]](wrong) as other, pytest.raises(UseriesError) as refused:
        opened(other, "Machines")
    assert refused.value.kind == "login_refused"
    assert "Please enter the correct username and password" in refused.value.message
    assert "wrong-one" not in refused.value.message
