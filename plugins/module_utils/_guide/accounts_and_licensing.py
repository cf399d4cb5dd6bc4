# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maintenance > Accounts and Licensing (guide 119-126, 341-433)."""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

CALLED = '"Activate By Phone" has been pressed and Windows is not activated yet'
ONLINE, BROWSER, EMAIL, MANUALLY = (
    "Using Online Appliance",
    "Using Client Browser",
    "Using Email Validation",
    "Manually",
)

ACCOUNTS_AND_LICENSING = Page(
    "accounts_and_licensing",
    "Accounts and Licensing",
    ("Maintenance", "Accounts and Licensing"),
    lines="341-433",
    parts=(
        Section(
            "windows_activation",
            "Activate Windows",
            guessed=True,
            anchor="activate_online",
            when="Windows is not activated",
            lines="119-126",
            fields=(
                Field("installation_id", "Installation ID", "readonly", guessed=True, when=CALLED),
                Field(
                    "confirmation_id",
                    "Confirmation ID",
                    "text",
                    aliases=("Enter Confirmation ID",),
                    guessed=True,
                    sole=True,
                    when=CALLED,
                ),
            ),
            buttons=(
                Button("activate_online", "Activate Online", lines="125"),
                Button("activate_by_phone", "Activate By Phone", lines="126"),
            ),
        ),
        Section(
            "product_serial_numbers",
            "PRODUCT SERIAL NUMBERS",
            lines="343-360",
            fields=(
                Field("beyondinsight", "BeyondInsight", "text", secret=True, lines="358"),
                Field(
                    "network_security_scanner", "BeyondTrust Network Security Scanner", "text", secret=True, lines="359"
                ),
                Field("enterprise_update_server", "Enterprise Update Server", "text", secret=True, lines="360"),
            ),
        ),
        Section(
            "activate_serial_numbers",
            "ACTIVATE PRODUCT SERIAL NUMBERS",
            lines="347-375",
            fields=(
                Field(
                    "method",
                    "ACTIVATE PRODUCT SERIAL NUMBERS",
                    "choice",
                    choices=(ONLINE, BROWSER, EMAIL, MANUALLY),
                    sole=True,
                    lines="350-354",
                ),
                Field(
                    "validation_keys",
                    "validation keys",
                    "text",
                    aliases=("license key", "Offline Validation Keys"),
                    guessed=True,
                    sole=True,
                    secret=True,
                    lines="352-354",
                ),
            ),
            buttons=(
                Button("update_keys", "Update Keys", lines="351, 375"),
                Button("retrieve_offline_validation_keys", "Retrieve Offline Validation Keys", lines="352-354"),
                Button("update_offline_serials", "Update Offline Serials", lines="354"),
            ),
        ),
        Section(
            "kms",
            "Microsoft Key Management Server Configuration",
            lines="381-393",
            fields=(
                Field(
                    "volume_license_key",
                    "volume license key",
                    "text",
                    aliases=("KMS key",),
                    guessed=True,
                    secret=True,
                    lines="383, 390",
                ),
                Field(
                    "server_address",
                    "address of the server",
                    "text",
                    aliases=("IP address",),
                    guessed=True,
                    lines="383, 390",
                ),
            ),
            buttons=(Button("activate_volume_license_key", "Activate Volume License Key", lines="391"),),
        ),
        Section(
            "purge",
            "Purge All Configuration Data and Events",
            lines="395-402",
            buttons=(Button("wipe_appliance", "Wipe Appliance", destructive=True, lines="402"),),
        ),
        Section(
            "credentials",
            "Change Administrator Password",
            guessed=True,
            anchor="update_credentials",
            lines="405-418",
            fields=(
                Field(
                    "change_appliance_password",
                    "U-Series Appliance administrator password",
                    "checkbox",
                    guessed=True,
                    lines="411, 414",
                ),
                Field(
                    "change_beyondinsight_password",
                    "BeyondInsight administrator password",
                    "checkbox",
                    guessed=True,
                    lines="411, 414",
                ),
                Field(
                    "change_bt_updater_password",
                    "BT Updater password",
                    "checkbox",
                    guessed=True,
                    lines="411, 414",
                ),
                Field("username", "username", "text", guessed=True, sole=True, lines="409, 418"),
                Field("new_password", "password", "password", guessed=True, sole=True, secret=True, lines="415"),
            ),
            buttons=(Button("update_credentials", "Update Credentials", lines="416"),),
        ),
        Section(
            "radius",
            "Configure RADIUS Authentication",
            lines="420-433",
            fields=(
                Field("enabled", "RADIUS Authentication Enabled", "toggle", lines="425"),
                Field("alias", "RADIUS Settings Alias", "choice", lines="426"),
                Field("username", "username", "text", guessed=True, sole=True, lines="427"),
            ),
            buttons=(Button("update_settings", "Update Settings", lines="433"),),
        ),
    ),
)
