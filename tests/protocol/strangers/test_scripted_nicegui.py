# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quasar's components: floating labels, lists at the end of the page, switches without a box, notifications."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers import scripted
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges
SCRIPTED = True

IDENTITY, SCHEDULE, JOBS = section("Identity"), section("Schedule"), section("Jobs")
SAVE = Name(("Save identity",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nicegui")


@pytest.fixture(scope="module")
def stranger(judges: Path, folder: Path) -> Iterator[Stranger]:
    with scripted.nicegui(judges, folder) as running:
        yield running


@pytest.fixture
def stored(folder: Path) -> Any:
    """What the program keeps."""
    return lambda: json.loads((folder / "record.json").read_text(encoding="utf-8"))


def test_fields_of_every_kind(driver: ConsoleDriver, stored: Any) -> None:
    """Signs in; sets text, choice, number, switch, tick, lines and password by floating labels; saves."""
    opened(driver, "Settings")
    values = {
        control("Host name", "text"): "relay-2",
        control("Time zone", "choice"): "Oslo",
        control("Retries", "number"): 7,
        control("Act as relay", "toggle"): True,
        control("Verbose log", "checkbox"): True,
        control("Notes", "multiline"): "one\ntwo",
        control("Relay password", "password"): "Canary-6",
    }
    driver.fill(IDENTITY, values)
    done = driver.press(IDENTITY, SAVE)
    assert (done.kind, done.message) == ("done", "The settings were saved")
    kept = stored()
    assert [kept[name] for name in ("host", "zone", "retries", "relay", "verbose", "notes", "secret")] == [
        *values.values()
    ]
    opened(driver, "Settings")
    plain = [one for one in values if one.kind != "password"]
    assert driver.read(IDENTITY, plain) == {one.id: values[one] for one in plain}


def test_a_list_at_the_end_of_the_page(driver: ConsoleDriver) -> None:
    """Reads the offers of a drop-down and refuses what is not among them, before anything is set."""
    zone = control("Time zone", "choice")
    opened(driver, "Settings")
    assert driver.choices(IDENTITY, zone) == ["Amsterdam", "Lisbon", "Oslo"]
    with pytest.raises(UseriesError) as refused:
        driver.fill(IDENTITY, {zone: "Paris"})
    assert refused.value.kind == "invalid"


def test_a_message_at_the_field(driver: ConsoleDriver, stored: Any) -> None:
    """Saves without a host name; the outcome is a refusal that names the field."""
    before = stored()
    opened(driver, "Settings")
    driver.fill(IDENTITY, {control("Host name", "text"): ""})
    refused = driver.press(IDENTITY, SAVE)
    assert refused.kind == "rejected"
    assert refused.fields == {"Host name": "A host name is needed"}
    assert stored() == before


def test_a_tab_with_a_slider_and_pickers(driver: ConsoleDriver, stored: Any) -> None:
    """Opens a tab, sets a date, a time and a slider, saves."""
    opened(driver, "Settings", "Timing")
    driver.fill(SCHEDULE, {control("First day", "date"): "2027-02-03", control("Start time", "time"): "21:15"})
    driver.fill(SCHEDULE, {control("Log level", "slider"): 45})
    done = driver.press(SCHEDULE, Name(("Save schedule",)))
    assert (done.kind, done.message) == ("done", "The timing was saved")
    kept = stored()
    assert (kept["day"], kept["at"], kept["level"]) == ("2027-02-03", "21:15", 45)


def test_an_icon_in_a_row_and_a_dialog(driver: ConsoleDriver, stored: Any) -> None:
    """Presses an icon of a row by its accessible name, is asked in a dialog, says no, presses again and says yes."""
    opened(driver, "Jobs")
    [row] = [one for one in driver.table(JOBS, columns=["Name", "State"]) if one["Name"] == "beta"]
    asked = driver.press(JOBS, Name(("Delete",)), row=row, destructive=True)
    assert (asked.kind, asked.message) == ("question", "Delete the job beta?")
    driver.answer(Name(("Cancel",)))
    assert [one["name"] for one in stored()["rows"]] == ["alpha", "beta", "gamma"]
    driver.press(JOBS, Name(("Delete",)), row=row, destructive=True)
    done = driver.confirm()
    assert (done.kind, done.message) == ("done", "The job was deleted")
    assert [one["name"] for one in stored()["rows"]] == ["alpha", "gamma"]


def test_an_icon_that_has_only_a_title(driver: ConsoleDriver, stored: Any) -> None:
    """Presses an icon of a row by its title; the table shows the change in place."""
    opened(driver, "Jobs")
    [row] = [one for one in driver.table(JOBS, columns=["Name", "State"]) if one["Name"] == "alpha"]
    driver.press(JOBS, Name(("Stop",)), row=row)
    assert {one["Name"]: one["State"] for one in driver.table(JOBS, columns=["Name", "State"])}["alpha"] == "Stopped"
    assert stored()["rows"][0] == {"name": "alpha", "state": "Stopped"}


def test_what_is_folded_away(driver: ConsoleDriver) -> None:
    """Reads and presses what an expansion panel hides."""
    opened(driver, "Settings")
    expert = section("Expert options")
    assert driver.read(expert, [control("Peer", "text")]) == {"Peer": "peer-9"}
    assert driver.press(expert, Name(("Forget peer",))).message == "The peer was forgotten"


def test_a_file(driver: ConsoleDriver, stored: Any, tmp_path: Path) -> None:
    """Uploads a file by a component that sends it as soon as it is chosen."""
    given = tmp_path / "given.txt"
    given.write_text("some text", encoding="utf-8")
    opened(driver, "Settings")
    driver.fill(IDENTITY, {control("Certificate", "file"): given})
    assert driver.outcome().message == "The file was uploaded"
    assert stored()["file"] == "some text"
