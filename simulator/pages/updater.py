# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of BeyondTrust Updater (guide lines 1803-1826): none of the console's.

Only the name Subscriptions and the button Update Now are printed. That there is a page each for subscriptions, updates,
products and settings, their tables and captions are made up; the inventory names all of them.
"""

from __future__ import annotations

import re
from typing import Any

from simulator.model.errors import Refused
from simulator.pages.kit import Action, Values, button, text
from simulator.pages.spec import Field, Page, Section, Table

NAMES = ("Subscription", "Lock Status")
PACKAGES = ("Package", "Download Status")
PRODUCTS = ("Product Name", "Installed", "Offered", "Installation Status")


def _row(captions: tuple[str, ...], *cells: str) -> dict[str, str]:
    return dict(zip(captions, cells, strict=True))


def _lock(locked: bool) -> Action:
    def set_lock(appliance: Any, values: Values) -> str:
        name = values["row"][NAMES[0]]
        appliance.updater.set_lock(name, locked)
        return f"{name} is {'locked' if locked else 'unlocked'}."

    return set_lock


def _install(appliance: Any, values: Values) -> str:
    return str(appliance.updater.install(values["row"][PRODUCTS[0]]))


def _save_hours(appliance: Any, values: Values) -> str:
    times = [":".join(text(values, key).split(":")[:2]) for key in ("start", "end")]
    wrong = [key for key, time in zip(("start", "end"), times, strict=True) if not re.fullmatch(r"\d\d:\d\d", time)]
    if wrong:
        raise Refused("Check the marked fields.", dict.fromkeys(wrong, "Enter a time."))
    appliance.updater.hours = (times[0], times[1])
    return "The settings were saved."


HOME = Page("updater", "BeyondTrust Updater", ())
SUBSCRIPTIONS = Page(
    "updater_subscriptions",
    "Subscriptions",
    ("Subscriptions",),
    (
        Section(
            "subscriptions",
            "Subscriptions",
            guessed=True,
            wordings=("Your Subscriptions", "Package Subscriptions"),
            tables=(
                Table(
                    "subscriptions",
                    NAMES,
                    lambda appliance: [
                        _row(NAMES, one.name, "Locked" if one.locked else "Unlocked")
                        for one in appliance.updater.subscribed()
                    ],
                    (
                        button("lock", "Lock", _lock(True), guessed=True, wordings=("Lock Subscription",)),
                        button("unlock", "Unlock", _lock(False), guessed=True, wordings=("Unlock Subscription",)),
                    ),
                    ids=("name", "lock_status"),
                ),
            ),
        ),
    ),
    unprinted=True,
)
DOWNLOADS = Page(
    "updater_downloads",
    "Packages",
    ("Packages",),
    (
        Section(
            "downloads",
            "Package Downloads",
            guessed=True,
            wordings=("Downloads", "Available Packages"),
            buttons=(button("update_now", "Update Now", lambda appliance, _values: appliance.updater.update_now()),),
            tables=(
                Table(
                    "downloads",
                    PACKAGES,
                    lambda appliance: [_row(PACKAGES, one.name, one.status) for one in appliance.updater.listed()],
                    ids=("package", "status"),
                ),
            ),
        ),
    ),
    guessed=True,
    unprinted=True,
)
INSTALLATIONS = Page(
    "updater_products",
    "Product Installation",
    ("Product Installation",),
    (
        Section(
            "products",
            "Product Installers",
            guessed=True,
            wordings=("Products to Install", "Remaining Products"),
            tables=(
                Table(
                    "products",
                    PRODUCTS,
                    lambda appliance: [_row(PRODUCTS, *cells) for cells in appliance.updater.products()],
                    (
                        button(
                            "install", "Install", _install, guessed=True, wordings=("Install Product", "Run Installer")
                        ),
                    ),
                    ids=("product", "version", "available", "status"),
                ),
            ),
        ),
    ),
    guessed=True,
    unprinted=True,
)
SETTINGS = Page(
    "updater_settings",
    "Options",
    ("Options",),
    (
        Section(
            "hours",
            "Update Hours",
            guessed=True,
            wordings=("Hours of Operation", "Download Window"),
            fields=(
                Field("start", "Begin", "time", True, ("From", "Not Before")),
                Field("end", "Finish", "time", True, ("Until", "Not After")),
            ),
            buttons=(button("save", "Save Options", _save_hours, guessed=True, wordings=("Save", "Apply")),),
            read=lambda appliance: dict(zip(("start", "end"), appliance.updater.hours, strict=True)),
        ),
    ),
    guessed=True,
    unprinted=True,
)
PAGES = (SUBSCRIPTIONS, DOWNLOADS, INSTALLATIONS, SETTINGS)
