# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The remaining pages of Maintenance: updates, accounts, reboot, and those that are only in the menu."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import NotModelled, Refused
from simulator.pages.kit import Action, Values, button, missing, stored, text
from simulator.pages.spec import Field, Outcome, Page, Section, Table

SITE = "Maintenance"
RESTART, SHUT_DOWN = "Restart", "Shut Down"


def _versions(appliance: Any) -> list[dict[str, str]]:
    return [{"Product": product, "Version": version} for product, version in appliance.versions]


def _request_update(_appliance: Any, _values: Values) -> str:
    raise NotModelled("Request Update")


def _go(page: str) -> Action:
    return lambda _appliance, _values: Outcome(go_to=page)


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


def _reboot(appliance: Any, values: Values) -> str:
    action = text(values, "action")
    if action not in (RESTART, SHUT_DOWN):
        raise Refused("Check the marked fields.", {"action": "Choose one."})
    appliance.schedule_shutdown(restart=action == RESTART)
    return f"{action} was scheduled."


UPDATES = Page(
    "beyondtrust_updates",
    "BeyondTrust Updates",
    (SITE, "BeyondTrust Updates"),
    (
        Section(
            "versions",
            "APPLIANCE SOFTWARE VERSIONS",
            buttons=(button("request_update", "Request Update", _request_update),),
            tables=(Table("versions", ("Product", "Version"), _versions),),
        ),
        Section(
            "update_method",
            "Update Method",
            fields=(
                Field("update_server", "update server", "readonly", True, ("Update Server", "Server", "Updates From")),
                Field("proxy_in_use", "proxy", "readonly", True, ("Proxy", "Proxy in Use", "Proxy Server")),
                Field(
                    "appliance_updates_disabled",
                    "U-Series Appliance updates disabled",
                    "readonly",
                    True,
                    ("Appliance Updates Disabled", "Disable Appliance Updates", "Appliance Updates are Off"),
                ),
                Field(
                    "security_updates_disabled",
                    "security updates disabled",
                    "readonly",
                    True,
                    ("Security Updates Disabled", "Disable Security Updates", "Security Updates are Off"),
                ),
            ),
            buttons=(
                button(
                    "change_the_proxy_settings",
                    "Change the Proxy Settings",
                    _go("network_and_rdp_settings"),
                    kind="link",
                    writes=False,
                ),
                button(
                    "change_the_update_settings", "Change the Update Settings", _go("main"), kind="link", writes=False
                ),
            ),
            read=lambda a: {
                "appliance_updates_disabled": "No",
                "security_updates_disabled": "No",
                "update_server": a.roles.applied["auto_update"]["servers"],
                "proxy_in_use": "Yes"
                if a.settings.get("network_and_rdp_settings.proxy", {}).get("use_proxy")
                else "No",
            },
        ),
        missing("View Updates", "View Update History"),
    ),
)
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
SMTP = stored(
    "network_and_rdp_settings.smtp",
    "SMTP Settings",
    (
        Field("enable_ssl", "Enable SSL", "checkbox"),
        Field("address", "Address", "text"),
        Field("port", "Port", "number", minimum=1, maximum=65535),
        Field("user", "User", "text"),
        Field("password", "Password", "password", secret=True),
    ),
    ("update_smtp", "Update SMTP Settings"),
    {"enable_ssl": False, "address": "", "port": 25, "user": "", "password": ""},
    "The SMTP settings were updated.",
    guessed=True,
    wordings=("SMTP", "Configure SMTP", "Mail Server"),
)
PROXY = stored(
    "network_and_rdp_settings.proxy",
    "Proxy Settings",
    (
        Field("use_proxy", "Use proxy server for external communication", "toggle", states=("Yes", "No")),
        Field("address", "IP address", "text", True, ("Proxy Address", "Proxy IP Address", "Server Address")),
        Field("port", "port", "number", True, ("Proxy Port", "Port Number", "Server Port"), minimum=1, maximum=65535),
        Field("username", "username", "text", True, ("Proxy Username", "User Name", "Proxy User")),
        Field(
            "password",
            "password",
            "password",
            True,
            ("Proxy Password", "User Password", "Password of the Proxy"),
            secret=True,
        ),
    ),
    ("update_proxy", "Update Proxy Settings"),
    {"use_proxy": False, "address": "", "port": 8080, "username": "", "password": ""},
    "The proxy settings were updated.",
    guessed=True,
    wordings=("Proxy", "Configure Proxy", "Proxy Server"),
)
NETWORK = Page(
    "network_and_rdp_settings",
    "Network and RDP Settings",
    (SITE, "Network and RDP Settings"),
    (SMTP, PROXY, missing("RDP", "IP settings", "BITS throttle")),
)
REBOOT = Page(
    "schedule_a_reboot",
    "Schedule a Reboot",
    (SITE, "Schedule a Reboot"),
    (
        Section(
            "reboot",
            "Schedule a Reboot",
            fields=(
                Field(
                    "action",
                    "restart or shut down",
                    "choice",
                    True,
                    ("Action", "Type", "Select an Action"),
                    choices=(RESTART, SHUT_DOWN),
                ),
            ),
            buttons=(
                button(
                    "reboot",
                    "Reboot",
                    _reboot,
                    ask="Continue?",
                    guessed=True,
                    wordings=("Schedule Reboot", "Apply", "Continue"),
                ),
            ),
            read=lambda _a: {"action": RESTART},
        ),
    ),
)
VIEW_UPDATES = Page("view_updates", "View Updates", (SITE, "BeyondTrust Updates", "View Updates"), modelled=False)
UPDATE_HISTORY = Page(
    "update_history", "View Update History", (SITE, "BeyondTrust Updates", "View Update History"), modelled=False
)
DATABASE = Page(
    "database_utilities",
    "Database Utilities",
    (SITE, "Database Utilities"),
    modelled=False,
    available=lambda a: not a.sql_free,
)
