# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser (headless Chromium) before the console: signs in, walks, changes something, sees it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.support.simulator import Simulated

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ZONES = ("time zone", "Time Zone", "Select Time Zone", "Server Time Zone")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for the module."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


def sign_in(page: sync_api.Page, simulated: Simulated) -> None:
    """Through the sign-in page."""
    node = simulated.nodes["useries-1a"]
    page.goto(f"{node.url}/Maintenance")
    page.get_by_label("Username").fill(node.username)
    page.get_by_label("Password").fill(node.password)
    page.get_by_role("button", name="Login").click()


def open_settings(page: sync_api.Page) -> None:
    """The page, once it is there: a click does not wait for what it leads to."""
    page.get_by_role("link", name="General Settings").click()
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("General Settings")


def zone_control(page: sync_api.Page) -> sync_api.Locator:
    """The select that offers time zones."""
    return page.locator("select").filter(has=page.locator("option", has_text="Tokyo Standard Time"))


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_a_person_changes_the_time_zone(browser: sync_api.Browser, seed: int) -> None:
    with Simulated(seed=seed) as simulated:
        page = browser.new_context(ignore_https_errors=True).new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        sign_in(page, simulated)
        open_settings(page)
        zone_control(page).select_option(label="Tokyo Standard Time")
        page.get_by_role("button", name="Set the Date and Time Now").click()
        sync_api.expect(page.get_by_text("The time zone was set.")).to_be_visible()
        page.goto(page.url)
        sync_api.expect(zone_control(page).locator("option:checked")).to_have_text("Tokyo Standard Time")
        assert simulated.control.state("UVM-1A")["time_zone"] == "Tokyo Standard Time"
        page.get_by_role("link", name="Log Out").click()
        sync_api.expect(page.get_by_label("Username")).to_be_visible()
        assert problems == []


def test_decoys_are_not_seen(browser: sync_api.Browser) -> None:
    with Simulated(seed=3) as simulated:
        page = browser.new_context(ignore_https_errors=True).new_page()
        sign_in(page, simulated)
        open_settings(page)
        seen = page.locator("main").inner_text().casefold()
        assert seen.count("buttons on lcd panel") - seen.count("how buttons on lcd panel works") == 1


def test_it_fits_a_narrow_screen(browser: sync_api.Browser) -> None:
    with Simulated(seed=1) as simulated:
        context = browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
        page = context.new_page()
        sign_in(page, simulated)
        open_settings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
