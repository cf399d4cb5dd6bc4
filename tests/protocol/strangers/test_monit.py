# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Monit: layout tables, tables of parameters and values, a button that takes effect a while later."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers.conftest import needed
from tests.support.programs import Program, free_port, version_of
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges

MONIT = "/usr/bin/monit"
FILE = section("File status")
STATE = control("Monitoring status", "readonly")
SETTINGS = """set daemon 1
set pidfile {folder}/pid
set idfile {folder}/id
set statefile {folder}/state
set log {folder}/log
set httpd port {port} and use address 127.0.0.1 allow 127.0.0.1
check file present with path {folder}/monitrc
check file absent with path {folder}/absent
"""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    needed(MONIT)
    folder, port = tmp_path_factory.mktemp("monit"), free_port()
    settings = folder / "monitrc"
    settings.touch(mode=0o600)
    settings.write_text(SETTINGS.format(folder=folder, port=port), encoding="utf-8")
    with Program([MONIT, "-I", "-c", str(settings)], port=port, folder=folder):
        yield Stranger("Monit", version_of([MONIT, "--version"]), port)


def state(driver: ConsoleDriver, file: str) -> str:
    opened(driver, file)
    return str(driver.read(FILE, [STATE])[STATE.id])


def awaited(driver: ConsoleDriver, file: str, wanted: str) -> None:
    """It answers a button at once and acts in its next round."""
    deadline = time.monotonic() + 15
    while state(driver, file) != wanted:
        assert time.monotonic() < deadline, state(driver, file)
        time.sleep(0.5)


def test_tables_without_a_title(driver: ConsoleDriver) -> None:
    """Tells three tables of one page apart by their columns, follows a link of a row, reads its parameters."""
    opened(driver, "present")
    rows = driver.table(FILE, columns=["Parameter", "Value"])
    assert rows[0] == {"Parameter": "Name", "Value": "present"}
    opened(driver, "Home")
    files = driver.table(None, columns=["File", "Status", "Permission"])
    assert [row["File"] for row in files] == ["present", "absent"]
    [row] = driver.table(None, columns=["System", "Load"])
    driver.press(section("Monit Service Manager"), Name((row["System"],)), row=row)
    assert driver.has(section("System status"))


def test_a_button_that_acts_later(driver: ConsoleDriver) -> None:
    """Presses the page's button, waits until the stated value changes, and presses its counterpart."""
    awaited(driver, "present", "Monitored")
    driver.press(FILE, Name(("Disable monitoring",)))
    awaited(driver, "present", "Not monitored")
    driver.press(FILE, Name(("Enable monitoring",)))
    awaited(driver, "present", "Monitored")


def test_what_is_only_stated_cannot_be_set(driver: ConsoleDriver) -> None:
    """Refuses to write a value that the page only states."""
    opened(driver, "absent")
    with pytest.raises(UseriesError) as refused:
        driver.fill(FILE, {control("Monitoring status", "text"): "Not monitored"})
    assert refused.value.kind == "precondition"


def test_a_button_that_is_not_there(driver: ConsoleDriver) -> None:
    """Says which buttons there are instead of one that is missing."""
    opened(driver, "absent")
    with pytest.raises(UseriesError) as refused:
        driver.press(FILE, Name(("Restart the file",)))
    assert refused.value.kind == "label_missing"
    assert "Disable monitoring" in refused.value.candidates
