# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cockpit: every page in a frame, PatternFly's fields, a menu in every row, a dialog with messages at its fields.

The session may be root's, so nothing here creates or changes an account: dialogs are filled in wrongly, or left.
"""

from __future__ import annotations

import pwd
from collections.abc import Iterator

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Name
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.protocol.strangers import scripted
from tests.support.strangers import Stranger, control, opened, section

pytestmark = pytest.mark.judges
SCRIPTED = True

ACCOUNTS, CREATE = section("Accounts"), section("Create new account")
NAME, USER = control("Full name", "text"), control("User name", "text")
PASSWORD, AGAIN = control("Password", "password"), control("Confirm", "password")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    with scripted.cockpit(tmp_path_factory.mktemp("cockpit")) as running:
        yield running


def test_a_table_in_a_frame(driver: ConsoleDriver) -> None:
    """Opens a page by the menu outside of its frame and reads the table inside."""
    opened(driver, "Accounts")
    rows = driver.table(ACCOUNTS, columns=["Username", "ID"])
    root = [row for row in rows if row["ID"] == "0"]
    assert len(root) == 1 and root[0]["Username"].startswith(pwd.getpwuid(0).pw_name)


def test_a_dialog_with_messages_at_its_fields(driver: ConsoleDriver) -> None:
    """Presses the button for a new account, leaves the dialog empty, and reads what it says at which field."""
    opened(driver, "Accounts")
    driver.press(ACCOUNTS, Name(("Create new account",)))
    refused = driver.press(CREATE, Name(("Create",)), destructive=True)
    assert refused.kind == "rejected"
    assert refused.fields["Full name"] == "No real name specified"
    assert refused.fields["User name"] == "No user name specified"
    driver.press(CREATE, Name(("Cancel",)))
    assert not driver.has(CREATE)


def test_the_fields_of_a_dialog(driver: ConsoleDriver) -> None:
    """Sets text, password and a tick in the dialog, reads them again, and leaves it; no account was made."""
    change = control("Require password change on first login", "checkbox")
    opened(driver, "Accounts")
    driver.press(ACCOUNTS, Name(("Create new account",)))
    driver.fill(CREATE, {NAME: "Bo Example", USER: "bo-example", PASSWORD: "Canary-7", AGAIN: "Canary-8", change: True})
    shown = driver.read(CREATE, [NAME, USER, change])
    assert shown == {NAME.id: "Bo Example", USER.id: "bo-example", change.id: True}
    driver.press(CREATE, Name(("Cancel",)))
    with pytest.raises(KeyError):
        pwd.getpwnam("bo-example")


def test_a_row_that_is_not_there(driver: ConsoleDriver) -> None:
    """Refuses to press in a row that the table does not have."""
    opened(driver, "Accounts")
    with pytest.raises(UseriesError) as missed:
        driver.press(ACCOUNTS, Name(("Actions",)), row={"Username": "nobody-at-all", "ID": "-7"})
    assert missed.value.kind == "precondition"
