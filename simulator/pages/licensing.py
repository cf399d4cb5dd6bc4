# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activation, serial numbers and KMS on Accounts and Licensing (guide lines 119-126, 343-393).

The fields of an activation by phone are a guess: the guide names its button only.
"""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.model.licensing import PRODUCTS
from simulator.pages.kit import Values, button, text
from simulator.pages.spec import Field, Section, Table

WAYS = ("Using Online Appliance", "Using Client Browser", "Using Email Validation", "Manually")
SERIALS_ID = "product_serial_numbers"


def _licences(appliance: Any) -> list[dict[str, str]]:
    names = sorted(appliance.licensed | set(PRODUCTS.values()))
    return [{"Feature": name, "Licensed": "Yes" if name in appliance.licensed else "No"} for name in names]


def _typed(values: Values) -> dict[str, str]:
    return {key: text(values, f"{SERIALS_ID}.{key}") for key in PRODUCTS}


def _update_keys(appliance: Any, values: Values) -> str:
    if text(values, "method") != WAYS[0]:
        raise Refused("Update Keys validates online: choose Using Online Appliance.")
    return str(appliance.licensing.update_online(_typed(values)))


def _retrieve(appliance: Any, values: Values) -> str:
    way = text(values, "method")
    if way == WAYS[0]:
        raise Refused("Choose an offline way to retrieve validation keys.")
    names = {WAYS[1]: "browser", WAYS[2]: "email", WAYS[3]: "manual"}
    message: str = appliance.licensing.retrieve(_typed(values), names[way])
    appliance.settings["accounts_and_licensing.activate_serial_numbers"] = {"method": way}
    return message


def _update_offline(appliance: Any, values: Values) -> str:
    return str(appliance.licensing.enter(_typed(values), text(values, "validation_keys").strip()))


def _read_ways(appliance: Any) -> dict[str, Any]:
    kept = appliance.settings.get("accounts_and_licensing.activate_serial_numbers", {})
    return {"method": kept.get("method", WAYS[0]), "validation_keys": ""}


def _kms(appliance: Any, values: Values) -> str:
    server = text(values, "server_address").strip()
    return str(appliance.licensing.activate_by_kms(text(values, "volume_license_key").strip(), server))


def _phone(appliance: Any, values: Values) -> str:
    return str(appliance.licensing.activate_by_phone(text(values, "confirmation_id")))


ACTIVATION = Section(
    "windows_activation",
    "Activate Windows",
    guessed=True,
    wordings=("Windows Activation", "Activation of Windows", "Windows License"),
    fields=(
        Field(
            "installation_id",
            "Installation ID",
            "readonly",
            True,
            ("Installation Id of Windows", "Windows Installation ID", "Your Installation ID"),
            available=lambda a: a.licensing.phone,
        ),
        Field(
            "confirmation_id",
            "Confirmation ID",
            "text",
            True,
            ("Enter Confirmation ID", "Windows Confirmation ID", "Confirmation Id from the Phone"),
            available=lambda a: a.licensing.phone,
        ),
    ),
    buttons=(
        button("activate_online", "Activate Online", lambda a, _values: a.licensing.activate_online()),
        button("activate_by_phone", "Activate By Phone", _phone),
    ),
    read=lambda a: {"installation_id": a.licensing.installation_id, "confirmation_id": ""},
    available=lambda a: not a.licensing.activated,
)
SERIALS = Section(
    SERIALS_ID,
    "PRODUCT SERIAL NUMBERS",
    fields=tuple(Field(key, label, "text", secret=True) for key, label in PRODUCTS.items()),
    tables=(Table("licensed_features", ("Feature", "Licensed"), _licences, caption="Licensed Features"),),
    read=lambda a: a.licensing.shown(),
)
WAYS_OF_VALIDATION = Section(
    "activate_serial_numbers",
    "ACTIVATE PRODUCT SERIAL NUMBERS",
    fields=(
        Field("method", "ACTIVATE PRODUCT SERIAL NUMBERS", "choice", choices=WAYS),
        Field(
            "validation_keys",
            "validation keys",
            "text",
            True,
            ("Validation Key", "License Key", "Offline Validation Keys"),
            secret=True,
        ),
    ),
    buttons=(
        button("update_keys", "Update Keys", _update_keys),
        button("retrieve_offline_validation_keys", "Retrieve Offline Validation Keys", _retrieve),
        button("update_offline_serials", "Update Offline Serials", _update_offline),
    ),
    notes=("You may need to reboot the appliance after updating",),
    read=_read_ways,
    sends=(SERIALS_ID,),
)
KMS = Section(
    "kms",
    "Microsoft Key Management Server Configuration",
    fields=(
        Field(
            "volume_license_key",
            "volume license key",
            "text",
            True,
            ("Volume License Key", "KMS Key", "License Key"),
            secret=True,
        ),
        Field(
            "server_address",
            "address of the server",
            "text",
            True,
            ("Server Address", "KMS Server", "IP Address"),
        ),
    ),
    buttons=(button("activate_volume_license_key", "Activate Volume License Key", _kms),),
    read=lambda a: {"volume_license_key": "", "server_address": a.licensing.kms_server},
)
LICENSING = (ACTIVATION, SERIALS, WAYS_OF_VALIDATION, KMS)
