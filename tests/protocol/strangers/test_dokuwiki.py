# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DokuWiki: one page of nearly two hundred settings, titled by legends and labelled in sentences; a table of users."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers.conftest import needed
from tests.support.programs import Program, free_port
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges

PHP, WIKI = "/usr/bin/php", Path("/usr/share/dokuwiki")
PASSWORD = "Canary-pass-3"
BASIC, DISPLAY, NETWORK = section("Basic"), section("Display"), section("Network")
TITLE = control("Wiki title aka. your wiki's name", "text")
LICENSE = control("Under which license should your content be released?", "choice")
RECENT = control("Number of entries per page in the recent changes", "number")
FULL_PATH = control("Reveal full path of pages in the footer", "checkbox")
PROXY, PROXY_PASSWORD = control("Proxy servername", "text"), control("Proxy password", "password")
LAST, NOTICES = section("Plugin"), section("Notification")
USERS, ADD = section("User List"), section("Add user")
SAVE = Name(("Save",))
LOCAL = """<?php
$conf['title'] = 'Wiki'; $conf['useacl'] = 1; $conf['superuser'] = '@admin'; $conf['authtype'] = 'authplain';
$conf['savedir'] = '{folder}/data'; $conf['updatecheck'] = 0; $conf['defer_js'] = 0;
"""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    needed(PHP, str(WIKI / "doku.php"))
    folder, port = tmp_path_factory.mktemp("dokuwiki"), free_port()
    shutil.copytree(WIKI, folder / "wiki", ignore_dangling_symlinks=True)
    shutil.rmtree(folder / "wiki" / "conf", ignore_errors=True)
    shutil.copytree("/etc/dokuwiki", folder / "conf", ignore_dangling_symlinks=True)
    shutil.copytree("/var/lib/dokuwiki/data", folder / "data")
    hashed = subprocess.run(
        [PHP, "-r", "echo password_hash(trim(fgets(STDIN)), PASSWORD_BCRYPT);"],
        input=PASSWORD, text=True, capture_output=True, check=True,
    ).stdout  # fmt: skip
    (folder / "conf" / "users.auth.php").write_text(f"admin:{hashed}:Ada:ada@example.com:admin,user\n")
    (folder / "conf" / "acl.auth.php").write_text("*\t@ALL\t1\n*\t@user\t8\n")
    (folder / "conf" / "local.php").write_text(LOCAL.format(folder=folder))
    (folder / "wiki" / "inc" / "preload.php").write_text(f"<?php\ndefine('DOKU_CONF', '{folder}/conf/');\n")
    version = (WIKI / "VERSION").read_text(encoding="utf-8").split()[0]
    with Program([PHP, "-S", f"127.0.0.1:{port}", "-t", str(folder / "wiki")], port=port, folder=folder):
        yield Stranger("DokuWiki", version, port, "/doku.php?do=login", "admin", PASSWORD)


def settings(driver: ConsoleDriver) -> ConsoleDriver:
    return opened(driver, "Admin", "Configuration Settings")


def test_settings_of_a_long_page(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Signs in, finds parts by their legends, sets text, choice, number, tick and password, saves, and sees it."""
    title = 'The "' + request.node.callspec.params["driver"] + '" & other <tools>'
    settings(driver)
    assert "Public Domain" in driver.choices(BASIC, LICENSE)
    tick = not driver.read(DISPLAY, [FULL_PATH])[FULL_PATH.id]
    driver.fill(BASIC, {TITLE: title, LICENSE: "Public Domain"})
    driver.fill(DISPLAY, {RECENT: 33, FULL_PATH: tick})
    driver.fill(NETWORK, {PROXY: "proxy.example.com", PROXY_PASSWORD: "hidden"})
    done = driver.press(LAST, SAVE)
    assert (done.kind, done.message) == ("done", "Settings updated successfully.")
    settings(driver)
    assert driver.read(BASIC, [TITLE, LICENSE]) == {TITLE.id: title, LICENSE.id: "Public Domain"}
    assert driver.read(DISPLAY, [RECENT, FULL_PATH]) == {RECENT.id: 33, FULL_PATH.id: tick}
    assert driver.read(NETWORK, [PROXY, PROXY_PASSWORD]) == {PROXY.id: "proxy.example.com", PROXY_PASSWORD.id: ""}


def test_a_refused_setting(driver: ConsoleDriver) -> None:
    """Saves a value that the program refuses and only marks by colour: a refusal, and nothing has changed."""
    sender = control("Sender email address to use for automatic mails", "text")
    settings(driver)
    before = driver.read(NOTICES, [sender])
    driver.fill(NOTICES, {sender: "no address"})
    refused = driver.press(LAST, SAVE)
    assert refused.kind == "rejected"
    assert list(refused.fields) == [sender.id]
    assert driver.read(NOTICES, [sender]) != before
    settings(driver)
    assert driver.read(NOTICES, [sender]) == before


def test_labels_of_one_part_only(driver: ConsoleDriver) -> None:
    """Finds a label in its own part of the page only; refuses one that stands in two."""
    encrypted = control("Use TLS connections?", "checkbox")
    password = control("Password of above user", "password")
    settings(driver)
    assert driver.present(section("Authldap"), [encrypted, password]) == [encrypted.id, password.id]
    elsewhere = control("Display additional debugging output on errors?", "checkbox")
    assert driver.present(section("Authldap"), [elsewhere]) == []
    twice = control("User", "text")
    opened(driver, "Admin", "User Manager")
    with pytest.raises(UseriesError) as refused:
        driver.fill(section("User Manager"), {twice: "bo"})
    assert refused.value.kind == "label_ambiguous"


def test_users_in_a_table(driver: ConsoleDriver, request: pytest.FixtureRequest) -> None:
    """Adds a row by a form with two password fields, ticks the nameless box in it, and deletes it."""
    name = "bo-" + request.node.callspec.params["driver"]
    opened(driver, "Admin", "User Manager")
    values = {"User": name, "Real Name": "Bo", "Email": "bo@example.com"}
    driver.fill(ADD, {control(label, "text"): value for label, value in values.items()})
    driver.fill(ADD, {control("Password", "password"): "Canary-4", control("once again", "password"): "Canary-4"})
    assert driver.press(ADD, Name(("Add",))).kind == "done"
    opened(driver, "Admin", "User Manager")
    [row] = [one for one in driver.table(USERS, columns=["User", "Email"]) if one["User"] == name]
    assert (row["Real Name"], row["Email"]) == ("Bo", "bo@example.com")
    driver.fill(USERS, {replace(control("Mark", "checkbox"), sole=True): True}, row=row)
    done = driver.press(USERS, Name(("Delete Selected",)), destructive=True)
    if done.kind == "question":  # by a script, so only where scripts run
        done = driver.confirm()
    assert done.kind == "done"
    opened(driver, "Admin", "User Manager")
    assert [one["User"] for one in driver.table(USERS, columns=["User", "Email"])] == ["admin"]
