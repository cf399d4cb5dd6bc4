# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Syncthing: a menu that opens, a settings dialog with tabs, labels of Bootstrap 3, a page that updates itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers import scripted
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges
SCRIPTED = True

SETTINGS = section("Settings")
NAME = control("Device Name", "text")
FREE = control("Minimum Free Disk Space", "number")
REPORTING = control("Anonymous Usage Reporting", "choice")
SAVE = Name(("Save",))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    with scripted.syncthing(tmp_path_factory.mktemp("syncthing")) as running:
        yield running


def settings(driver: ConsoleDriver, *tab: str) -> ConsoleDriver:
    return opened(driver, "Actions", "Settings", *tab)


def test_facts_of_a_page_that_updates_itself(driver: ConsoleDriver, stranger: Stranger) -> None:
    """Reads the version from a table of terms and values that changes every few seconds."""
    settings(driver)
    driver.press(SETTINGS, Name(("Close",)))
    version = control("Version", "readonly")
    assert stranger.version in str(driver.read(section("This Device"), [version])["Version"])


def test_a_dialog_of_settings(driver: ConsoleDriver) -> None:
    """Opens the dialog by the menu, sets text and number, saves, opens it again and sees the change."""
    settings(driver)
    assert "Disabled" in driver.choices(SETTINGS, REPORTING)
    driver.fill(SETTINGS, {NAME: "cellar", FREE: 3})
    driver.press(SETTINGS, SAVE)
    settings(driver)
    assert driver.read(SETTINGS, [NAME, FREE, REPORTING]) == {NAME.id: "cellar", FREE.id: 3, REPORTING.id: "Disabled"}


def test_a_dialog_that_is_left(driver: ConsoleDriver) -> None:
    """Fills in the dialog, closes it, and sees that nothing has changed."""
    settings(driver)
    before = driver.read(SETTINGS, [NAME])
    driver.fill(SETTINGS, {NAME: "never"})
    driver.press(SETTINGS, Name(("Close",)))
    settings(driver)
    assert driver.read(SETTINGS, [NAME]) == before


def test_the_tabs_of_a_dialog(driver: ConsoleDriver) -> None:
    """Opens a tab of the dialog, sets ticks and numbers there, saves, and sees the change."""
    settings(driver, "Connections")
    relaying, rate = control("Enable Relaying", "checkbox"), control("Incoming Rate Limit (KiB/s)", "number")
    assert driver.read(SETTINGS, [relaying]) == {relaying.id: False}
    driver.fill(SETTINGS, {relaying: True, rate: 512})
    driver.press(SETTINGS, SAVE)
    settings(driver, "Connections")
    assert driver.read(SETTINGS, [relaying, rate]) == {relaying.id: True, rate.id: 512}


def test_a_field_that_is_not_shown(driver: ConsoleDriver) -> None:
    """Does not find a field of another tab, though it is in the page."""
    settings(driver)
    with pytest.raises(UseriesError) as missed:
        driver.fill(SETTINGS, {control("GUI Listen Address", "text"): "127.0.0.1:1"})
    assert missed.value.kind == "label_missing"
