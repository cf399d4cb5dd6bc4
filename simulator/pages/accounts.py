# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Accounts and Licensing (guide lines 119-126, 341-433)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.pages.kit import Values, button, text
from simulator.pages.licensing import LICENSING
from simulator.pages.spec import Field, Outcome, Page, Section

SITE = "Maintenance"


ACCOUNTS = (
    ("change_appliance_password", "admin", "the U-Series Appliance administrator"),
    ("change_beyondinsight_password", "beyondinsight", "the BeyondInsight administrator"),
    ("change_bt_updater_password", "bt_updater", "BT Updater"),
)


def _credentials(appliance: Any, values: Values) -> Outcome:
    chosen = [entry for entry in ACCOUNTS if values.get(entry[0])]
    name, admin = text(values, "username").strip(), appliance.users["admin"]
    renamed = bool(name) and name != admin.username
    if not chosen and not renamed:
        raise Refused("Choose the passwords to change.")
    if chosen:
        _set_passwords(appliance, [entry[1] for entry in chosen], text(values, "new_password"))
    if renamed:
        admin.username = name
    signs_out = renamed or any(account == "admin" for _field, account, _name in chosen)
    changed = [f"The password was changed for {', '.join(e[2] for e in chosen)}."] if chosen else []
    if renamed:
        changed.append("The user name was changed.")
    return Outcome(message=" ".join(changed), sign_out=signs_out)


def _set_passwords(appliance: Any, accounts: list[str], password: str) -> None:
    kinds = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    if len(password) < 8 or not all(any(kind(letter) for letter in password) for kind in kinds):
        raise Refused(
            "The password does not meet the complexity requirements.",
            {"new_password": "At least 8 characters with lower case, upper case, a digit and another character."},
        )
    for account in accounts:
        appliance.users[account].password = password


def _read_credentials(appliance: Any) -> dict[str, Any]:
    boxes: dict[str, Any] = {entry[0]: False for entry in ACCOUNTS}
    return {**boxes, "username": appliance.users["admin"].username, "new_password": 0}


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
RADIUS_KEY = "accounts_and_licensing.radius"
FROM_ALIAS = (
    ("hostname", ("Host Name", "RADIUS Host", "Server Host Name")),
    ("port", ("RADIUS Port", "Server Port", "Authentication Port")),
    ("request_timeout", ("Request Timeout", "Timeout of the Request", "Request Timeout (seconds)")),
    ("authentication_mechanism", ("Authentication Mechanism", "Mechanism", "Authentication Type")),
    ("initial_action", ("Initial Action", "First Action", "Initial Authentication Action")),
)


def _read_radius(appliance: Any) -> dict[str, Any]:
    kept = {"enabled": False, "alias": "", "username": "", **appliance.settings.get(RADIUS_KEY, {})}
    filled = appliance.radius_servers.get(kept["alias"], ("",) * len(FROM_ALIAS))
    return {**kept, **{field: value for (field, _words), value in zip(FROM_ALIAS, filled, strict=True)}}


def _is_filled(appliance: Any) -> bool:
    """What the alias fills in is shown once one is chosen."""
    return bool(appliance.settings.get(RADIUS_KEY, {}).get("alias"))


def _radius(appliance: Any, values: Values) -> str:
    new = {"enabled": bool(values.get("enabled")), **{key: text(values, key).strip() for key in ("alias", "username")}}
    wrong = {}
    if new["enabled"] and new["alias"] not in appliance.radius_servers:
        wrong["alias"] = "Choose a RADIUS server."
    if new["enabled"] and not new["username"]:
        wrong["username"] = "Enter the user of the RADIUS server."
    if wrong:
        raise Refused("Check the marked fields.", wrong)
    appliance.settings[RADIUS_KEY] = new
    return "The RADIUS settings were updated."


def _wipe(appliance: Any, _values: Values) -> Outcome:
    appliance.wipe()
    return Outcome(message="All configuration data and events were purged.", sign_out=True)


RADIUS = Section(
    "radius",
    "Configure RADIUS Authentication",
    fields=(
        Field("enabled", "RADIUS Authentication Enabled", "toggle", states=("Yes", "No")),
        Field("alias", "RADIUS Settings Alias", "choice", choices=lambda a: tuple(a.radius_servers)),
        Field("username", "username", "text", True, ("User Name", "RADIUS User", "RADIUS Username")),
        *(Field(id, id.replace("_", " "), "readonly", True, words, available=_is_filled) for id, words in FROM_ALIAS),
    ),
    buttons=(button("update_settings", "Update Settings", _radius),),
    read=_read_radius,
)
PURGE = Section(
    "purge",
    "Purge All Configuration Data and Events",
    buttons=(button("wipe_appliance", "Wipe Appliance", _wipe, ask="Erase all data of this appliance?"),),
)
ACCOUNTS_PAGE = Page(
    "accounts_and_licensing",
    "Accounts and Licensing",
    (SITE, "Accounts and Licensing"),
    (*LICENSING, PURGE, CREDENTIALS, RADIUS),
)
