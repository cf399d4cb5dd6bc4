# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Accounts and Licensing (guide lines 119-126, 341-433)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import NotModelled, Refused
from simulator.pages.kit import Values, button, missing, text
from simulator.pages.spec import Field, Outcome, Page, Section, Table

SITE = "Maintenance"


def _masked(appliance: Any) -> dict[str, Any]:
    names = {
        "beyondinsight": "BeyondInsight",
        "network_security_scanner": "BeyondTrust Network Security Scanner",
        "enterprise_update_server": "Enterprise Update Server",
    }
    return {key: "*****-" + appliance.serials[name][-5:] for key, name in names.items()}


def _licences(appliance: Any) -> list[dict[str, str]]:
    return [{"Feature": name, "Licensed": "Yes"} for name in sorted(appliance.licensed)]


ACCOUNTS = (
    ("change_appliance_password", "admin", "the U-Series Appliance administrator"),
    ("change_beyondinsight_password", "beyondinsight", "the BeyondInsight administrator"),
    ("change_bt_updater_password", "bt_updater", "BT Updater"),
)


def _credentials(appliance: Any, values: Values) -> Outcome:
    chosen = [entry for entry in ACCOUNTS if values.get(entry[0])]
    if not chosen:
        raise Refused("Choose the passwords to change.")
    password = text(values, "new_password")
    kinds = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    if len(password) < 8 or not all(any(kind(letter) for letter in password) for kind in kinds):
        raise Refused(
            "The password does not meet the complexity requirements.",
            {"new_password": "At least 8 characters with lower case, upper case, a digit and another character."},
        )
    if text(values, "username") and text(values, "username") != appliance.users["admin"].username:
        raise NotModelled("changing the user name of the administrator")
    for _field, account, _name in chosen:
        appliance.users[account].password = password
    signs_out = any(account == "admin" for _field, account, _name in chosen)
    return Outcome(message="The password was changed for " + ", ".join(e[2] for e in chosen) + ".", sign_out=signs_out)


def _read_credentials(appliance: Any) -> dict[str, Any]:
    boxes: dict[str, Any] = {entry[0]: False for entry in ACCOUNTS}
    return {**boxes, "username": appliance.users["admin"].username, "new_password": 0}


SERIALS = Section(
    "product_serial_numbers",
    "PRODUCT SERIAL NUMBERS",
    fields=(
        Field("beyondinsight", "BeyondInsight", "readonly", secret=True),
        Field("network_security_scanner", "BeyondTrust Network Security Scanner", "readonly", secret=True),
        Field("enterprise_update_server", "Enterprise Update Server", "readonly", secret=True),
    ),
    tables=(Table("licensed_features", ("Feature", "Licensed"), _licences, caption="Licensed Features"),),
    read=_masked,
)
CREDENTIALS = Section(
    "credentials",
    "Change Administrator Password",
    guessed=True,
    wordings=("Change Passwords", "Administrator Credentials", "Update Passwords"),
    fields=(
        Field(
            "change_appliance_password",
            "U-Series Appliance administrator password",
            "checkbox",
            True,
            ("Change Appliance Password", "Appliance Administrator", "Appliance Administrator Password"),
        ),
        Field(
            "change_beyondinsight_password",
            "BeyondInsight administrator password",
            "checkbox",
            True,
            ("Change BeyondInsight Password", "BeyondInsight Administrator", "BeyondInsight Password"),
        ),
        Field(
            "change_bt_updater_password",
            "BT Updater password",
            "checkbox",
            True,
            ("Change BT Updater Password", "BT Updater", "BeyondTrust Updater Password"),
        ),
        Field("username", "username", "text", True, ("User Name", "Administrator User Name", "Account Name")),
        Field(
            "new_password",
            "password",
            "password",
            True,
            ("New Password", "Administrator Password", "Enter Password"),
            secret=True,
        ),
    ),
    buttons=(button("update_credentials", "Update Credentials", _credentials),),
    read=_read_credentials,
)
ACCOUNTS_PAGE = Page(
    "accounts_and_licensing",
    "Accounts and Licensing",
    (SITE, "Accounts and Licensing"),
    (
        SERIALS,
        CREDENTIALS,
        missing("Activation of Windows, serial numbers and KMS", "Wipe Appliance", "RADIUS authentication"),
    ),
)
