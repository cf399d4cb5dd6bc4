# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console drawn by script before a real browser: what a person sees and does, under every seed of a round."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.simulator import Simulated
from tests.unit.simulator_console.reader import normal

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from tests.protocol.script_person import ARGUMENTS, ScriptPerson  # noqa: E402 - needs playwright

CHROMIUM = shutil.which("chromium") or ""
PAGES = yaml.safe_load((Path(__file__).parents[1] / "data" / "console_pages.yml").read_text(encoding="utf-8"))
SEEDS = [*(1, 2, 3), *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(4, 13))]

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for the module."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module", params=SEEDS)
def scripted(request: pytest.FixtureRequest) -> Iterator[Simulated]:
    """A pair whose consoles are drawn by script."""
    with Simulated(seed=request.param, rendering="script") as running:
        yield running
        assert "Traceback" not in running.output


@pytest.fixture
def person(browser: sync_api.Browser, scripted: Simulated) -> Iterator[ScriptPerson]:
    """Somebody before the first node, set back to its start; the browser saw no error and asked nobody else."""
    scripted.control.reset()
    someone = ScriptPerson(browser, scripted.nodes["useries-1a"])
    yield someone
    assert someone.problems == []
    assert [url for url in someone.addresses if not url.startswith((someone.node.url, "data:", "blob:"))] == []
    someone.page.context.close()


def test_a_person_changes_the_time_zone(person: ScriptPerson, scripted: Simulated) -> None:
    person.sign_in()
    person.open("General Settings")
    assert person.page.locator("h1").inner_text() == "General Settings"
    person.reveal("Set the Date and Time Now")
    person.choose("UTC", "Tokyo Standard Time")
    before = len(person.posts)
    person.press("Set the Date and Time Now")
    person.page.get_by_text("The time zone was set.").wait_for()
    assert len(person.posts) == before + 1
    assert scripted.control.count("write") == 1
    assert scripted.control.state("UVM-1A")["time_zone"] == "Tokyo Standard Time"
    person.page.get_by_text("The time zone was set.").wait_for(state="detached", timeout=6000)
    person.open("General Settings")
    person.reveal("Set the Date and Time Now")
    assert person.dropdown("Tokyo Standard Time").is_visible()
    person.text("Log Out").click()
    person.page.locator("input[type=password]").wait_for()
    assert scripted.control.count("logout") == 1


def wanted(page: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Dotted id and texts of everything on a page; a table goes by the title of its section."""
    for part in page["sections"]:
        key = f"{page['id']}.{part['id']}"
        yield key, {part["title"]}
        for one in (*part.get("controls", []), *part.get("buttons", [])):
            if one.get("kind") != "list":
                yield f"{key}.{one['id']}", set(one["label"])


def test_every_label_of_the_guide_is_met_on_its_page(person: ScriptPerson, scripted: Simulated) -> None:
    renamed = scripted.told["labels"]
    person.sign_in()
    missed = []
    for page in PAGES:
        person.open(*page["menu"])
        seen = person.seen()
        for key, texts in wanted(page):
            own = renamed.get(key, [])
            accepted = {normal(text) for text in (*texts, *([own] if isinstance(own, str) else own))}
            if not accepted & seen:
                missed.append((key, texts))
    assert missed == []
