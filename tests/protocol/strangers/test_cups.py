# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CUPS: printed tables for forms, radio buttons over several rows, wizards, results in plain paragraphs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name, Value
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers.conftest import needed
from tests.support.programs import Program, free_port, version_of
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges

Found = TypeVar("Found")

SERVER, ADD = section("Server"), section("Add Printer")
SHARE = control("Share printers connected to this system", "checkbox")
DEBUG = control("Save debugging information for troubleshooting", "checkbox")
DEVICE = control("Other Network Printers", "choice")
CONNECTION, NAME = control("Connection", "text"), control("Name", "text")
DESCRIPTION, LOCATION = control("Description", "text"), control("Location", "text")
CONTINUE = Name(("Continue",))

FILES = """FileDevice Yes
User nobody
Group nogroup
SystemGroup root
ServerRoot {folder}/root
ServerKeychain {folder}/root
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
"""
SETTINGS = """LogLevel warn
Listen 127.0.0.1:{port}
Browsing No
DefaultAuthType None
WebInterface Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    needed("/usr/sbin/cupsd", "/usr/lib/cups/cgi-bin/admin.cgi")
    folder, port = tmp_path_factory.mktemp("cups"), free_port()
    for name in ("root", "cache", "state", "spool", "tmp", "log"):
        (folder / name).mkdir(mode=0o777)
        (folder / name).chmod(0o777)  # its helpers run as "nobody"
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(parent.stat().st_mode | 0o011)
    settings, files = folder / "root" / "cupsd.conf", folder / "cups-files.conf"
    settings.write_text(SETTINGS.format(port=port), encoding="utf-8")
    files.write_text(FILES.format(folder=folder), encoding="utf-8")
    command = ["/usr/sbin/cupsd", "-f", "-c", str(settings), "-s", str(files)]
    with Program(command, port=port, folder=folder):
        yield Stranger("CUPS", version_of(["dpkg-query", "--show", "cups-daemon"]), port)


def steadily(step: Callable[[], Found]) -> Found:
    """Once more until it works: the server starts anew after a change, and answers nothing or half a page then."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return step()
        except UseriesError:
            assert time.monotonic() < deadline
            time.sleep(0.3)


def awaited(driver: ConsoleDriver, *menu: str) -> None:
    """Open a page; the one with the server's settings is there when they are."""

    def step() -> None:
        opened(driver, *menu)
        if menu == ("Administration",):
            driver.read(SERVER, [SHARE])

    steadily(step)


def add_printer(driver: ConsoleDriver, name: str) -> str:
    """Through the three pages of the wizard; gives what the last one led to."""
    awaited(driver, "Administration")
    driver.press(section("Printers"), Name(("Add Printer",)))
    assert "AppSocket/HP JetDirect" in driver.choices(ADD, DEVICE)
    driver.fill(ADD, {DEVICE: "AppSocket/HP JetDirect"})
    driver.press(ADD, CONTINUE)
    driver.fill(ADD, {CONNECTION: "socket://127.0.0.1:9"})
    driver.press(ADD, CONTINUE)
    driver.fill(ADD, {NAME: name, DESCRIPTION: "The one upstairs", LOCATION: "Room 7"})
    refused = driver.press(ADD, CONTINUE)
    return refused.message if refused.kind == "rejected" else ""


def finish(driver: ConsoleDriver) -> None:
    """The last two pages: make and model."""
    driver.fill(ADD, {control("Make", "choice"): "Raw"})
    driver.press(ADD, CONTINUE)
    driver.fill(ADD, {control("Model", "choice"): "Raw Queue (en)"})
    done = driver.press(ADD, Name(("Add Printer",)))
    assert done.kind == "done"
    assert "has been added successfully" in done.message


def test_ticks_are_set_and_seen_after_the_restart(driver: ConsoleDriver) -> None:
    """Sets a tick by its label, presses the button, is told that the server restarts, and sees the change."""
    awaited(driver, "Administration")
    before = driver.read(SERVER, [SHARE, DEBUG])
    driver.fill(SERVER, {DEBUG: not before[DEBUG.id]})
    said = driver.press(SERVER, Name(("Change Settings",)))
    assert said.kind == "running"
    assert "while the server restarts" in said.message
    time.sleep(1)
    awaited(driver, "Administration")
    assert driver.read(SERVER, [SHARE, DEBUG]) == {SHARE.id: before[SHARE.id], DEBUG.id: not before[DEBUG.id]}


def test_a_file_is_edited(driver: ConsoleDriver) -> None:
    """Finds the page's only field, which has no label, and reads its many lines."""
    text = control("Configuration File", "multiline")
    only = type(text)(text.id, text.name, text.kind, sole=True)

    def step() -> Value:
        awaited(driver, "Administration")
        driver.press(SERVER, Name(("Edit Configuration File",)))
        return driver.read(section("Edit Configuration File"), [only])[text.id]

    shown = steadily(step)
    assert "<Location /admin>" in str(shown).splitlines()


def test_a_wizard_refuses_a_name(driver: ConsoleDriver) -> None:
    """Goes through a wizard by a choice over several rows and text fields; a bad name is refused in words."""
    assert "printable characters" in add_printer(driver, "no good")


def test_a_wizard_goes_to_its_end(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Adds a printer (its name is a word of consent), and finds it in the table of printers."""
    name = "OK" if request.node.callspec.params["driver"] == "html" else "Accept"
    assert add_printer(driver, name) == ""
    finish(driver)
    awaited(driver, "Printers")
    rows = driver.table(None, columns=["Queue Name", "Description", "Location"])
    [row] = [row for row in rows if row["Queue Name"] == name]
    assert (row["Description"], row["Location"]) == ("The one upstairs", "Room 7")
