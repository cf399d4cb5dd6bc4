# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The label driver against the simulated console: under every seed it finds what the guide calls by name.

Guessed labels come from the simulator's inventory, as they would from a calibrated appliance.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Control, Name, Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from tests.support.simulator import Simulated
from tests.support.ways import Opened

PAGES = yaml.safe_load((Path(__file__).parents[1] / "data" / "console_pages.yml").read_text(encoding="utf-8"))
SEEDS = [
    *(1, 2, 3),
    *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(4, 24)),
]
IN_ROWS = {"restart", "start", "stop", "edit_backup_location", "delete_backup_location"}


class Bench:
    """A driver on the first appliance of a running simulator, and how this one words what the guide does not."""

    def __init__(self, running: Simulated, host: str = "useries-1a") -> None:
        self.node = running.nodes[host]
        self.labels: dict[str, str] = running.told["labels"]
        self.target = Target(self.node.address, self.node.ports["console"], ca_path=str(running.ca))
        self.opened = Opened(self.target, Credentials(self.node.username, self.node.password))
        self.driver = self.opened.driver

    def name(self, key: str, *texts: str, guessed: bool = False) -> Name:
        own = self.labels.get(key, [])
        return Name((*([own] if isinstance(own, str) else own), *texts), guessed)

    def section(self, key: str, title: str) -> Section:
        return Section(key, self.name(key, title))

    def control(self, key: str, label: str, kind: Any) -> Control:
        return Control(key, self.name(key, label), kind)

    def open(self, *texts: str) -> None:
        self.driver.open([Name((text,)) for text in texts])


@pytest.fixture(scope="module", params=SEEDS)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with Simulated(seed=request.param) as running:
        bench = Bench(running)
        yield bench
        bench.opened.close()


def look_up(bench: Bench, page: dict[str, Any]) -> list[str]:
    """What of a page is not found."""
    missed = []
    for part in page["sections"]:
        key = f"{page['id']}.{part['id']}"
        section = bench.section(key, part["title"])
        for one in part.get("controls", []):
            control = Control(f"{key}.{one['id']}", bench.name(f"{key}.{one['id']}", *one["label"]), one["kind"])
            try:
                value = bench.driver.read(section, [control])[control.id]
            except UseriesError as error:
                missed.append(error.message)
                continue
            if control.kind in ("toggle", "checkbox"):
                assert isinstance(value, bool), control
            if control.kind in ("number", "slider"):
                assert value is None or isinstance(value, int), control
        for one in part.get("buttons", []):
            try:
                bench.driver.enabled(section, bench.name(f"{key}.{one['id']}", *one["label"]))
            except UseriesError as error:
                if not (one["id"] in IN_ROWS and error.kind == "label_ambiguous"):
                    missed.append(error.message)
    return missed


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
def test_every_label_of_a_page_is_found(bench, page):
    bench.open(*page["menu"])
    assert look_up(bench, page) == []


def test_a_toggle_is_written_and_seen(bench):
    section = bench.section("general_settings.export_settings", "Export Settings")
    label = "Allow Appliance settings to be imported and exported on removable storage"
    toggle = bench.control("general_settings.export_settings.removable_storage", label, "toggle")
    bench.open("Maintenance", "General Settings")
    before = bench.driver.read(section, [toggle])[toggle.id]
    bench.driver.fill(section, {toggle: not before})
    assert bench.driver.press(section, Name(("Update Export Settings",))).kind == "done"
    bench.open("Maintenance", "General Settings")
    assert bench.driver.read(section, [toggle]) == {toggle.id: not before}


def test_one_field_is_written_and_the_others_stay(bench):
    key = "security_settings.api_key"
    section = bench.section(key, "API Key")
    age = bench.control(f"{key}.maximum_age", "maximum age", "number")
    value = bench.control(f"{key}.api_key", "API key", "readonly")
    bench.open("Maintenance", "Security Settings")
    before = bench.driver.read(section, [age, value])
    bench.driver.fill(section, {age: 77})
    assert bench.driver.press(section, Name(("Update Maximum Age",))).kind == "done"
    bench.open("Maintenance", "Security Settings")
    assert bench.driver.read(section, [age, value]) == {**before, age.id: 77}


def test_a_refusal_names_the_field_and_a_file_is_saved(bench, tmp_path):
    key = "security_settings.download_crypto_key"
    section = bench.section(key, "Download Crypto Key Options")
    password = bench.control(f"{key}.encryption_password", "encryption password", "password")
    bench.open("Maintenance", "Security Settings")
    refused = bench.driver.press(section, Name(("Submit",)), save_to=tmp_path / "key.zip")
    assert refused.kind == "rejected"
    assert len(refused.fields) == 1
    assert not (tmp_path / "key.zip").exists()
    bench.open("Maintenance", "Security Settings")
    bench.driver.fill(section, {password: "Canary-12345"})
    saved = bench.driver.press(section, Name(("Submit",)), save_to=tmp_path / "key.zip")
    assert saved.download is not None
    assert (tmp_path / "key.zip").read_bytes()[:2] == b"PK"


def test_a_button_of_a_row_is_pressed(bench):
    section = bench.section("appliance_health.services", "Check Services")
    bench.open("Diagnostics", "Appliance Health")
    row = bench.driver.table(section, columns=["Service", "State"])[3]
    assert row["State"] == "Running"
    bench.driver.press(section, Name(("Stop the service",)), row=row, destructive=True)
    bench.open("Diagnostics", "Appliance Health")
    after = {one["Service"]: one["State"] for one in bench.driver.table(section, columns=["Service", "State"])}
    assert after[row["Service"]] == "Stopped"


def wait_for_site(bench: Bench) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return bench.open("High Availability")
        except UseriesError as error:
            assert error.kind in ("label_missing", "silent") and time.monotonic() < deadline, error


def test_the_site_high_availability_is_told_from_the_role_of_that_name(bench):
    key = "high_availability.role"
    section = bench.section(key, "High Availability")
    role = bench.control(f"{key}.enabled", "High Availability", "toggle")
    bench.open("Roles Editor", "High Availability")
    bench.driver.fill(section, {role: True})
    bench.driver.press(section, Name(("Apply Changes",)))
    bench.open("Roles Editor")
    bench.driver.press(bench.section("main.roles", "Roles Editor"), Name(("Apply Pending Changes",)))
    wait_for_site(bench)
    for _time in range(2):
        bench.open("Roles Editor", "High Availability")
        assert bench.driver.has(section)
        bench.open("High Availability")
        assert not bench.driver.has(section)
