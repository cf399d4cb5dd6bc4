# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondTrust Updater, a web site of its own (guide 871-873, 1803-1826, 1848-1871).

The guide prints the name of the page Subscriptions and the button Update Now, and says that lock states, hours and
the remaining products are there. All other labels are guesses that are never used: the pages are ``unprinted``, so
the user has to name them. Columns of tables are fields of the kind ``list``.
"""

from __future__ import annotations

from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Button, Field, Page, Section

SITE = "updater"
NAME = "BeyondTrust Updater"

#: What the guide prints; nobody has to name it.
PRINTED = ("updater_subscriptions", "updater_downloads.downloads.update_now")

SUBSCRIPTIONS = Page(
    "updater_subscriptions",
    "Subscriptions",
    ("Subscriptions",),
    site=SITE,
    unprinted=True,
    lines="1804-1809, 1826, 1849-1854, 1871",
    parts=(
        Section(
            "subscriptions",
            "Subscriptions",
            guessed=True,
            lines="1804, 1826",
            fields=(
                Field("name", "Subscription", "list", guessed=True, lines="1804"),
                Field("lock_status", "lock status", "list", guessed=True, lines="1826"),
            ),
            buttons=(
                Button("lock", "Lock", guessed=True, destructive=True, lines="1826"),
                Button("unlock", "Unlock", guessed=True, destructive=True, lines="1804"),
            ),
        ),
    ),
)

DOWNLOADS = Page(
    "updater_downloads",
    "Updates",
    ("Updates",),
    site=SITE,
    unprinted=True,
    lines="1810-1811, 1855-1856",
    parts=(
        Section(
            "downloads",
            "downloads",
            guessed=True,
            lines="1810-1811",
            fields=(
                Field("package", "Package", "list", guessed=True, lines="1810"),
                Field("status", "Status", "list", guessed=True, lines="1811"),
            ),
            buttons=(Button("update_now", "Update Now", lines="1810-1811, 1855-1856"),),
        ),
    ),
)

PRODUCTS = Page(
    "updater_products",
    "Products",
    ("Products",),
    site=SITE,
    unprinted=True,
    lines="1821, 1866",
    parts=(
        Section(
            "products",
            "remaining products",
            guessed=True,
            lines="1821",
            fields=(
                Field("product", "Product", "list", guessed=True, lines="1821"),
                Field("version", "Installed Version", "list", guessed=True, lines="1821"),
                Field("available", "Available Version", "list", guessed=True, lines="1821"),
                Field("status", "Status", "list", guessed=True, lines="1821"),
            ),
            buttons=(Button("install", "Install", guessed=True, destructive=True, lines="1821"),),
        ),
    ),
)

SETTINGS = Page(
    "updater_settings",
    "Settings",
    ("Settings",),
    site=SITE,
    unprinted=True,
    lines="1822, 1867",
    parts=(
        Section(
            "hours",
            "hours to download and install packages",
            guessed=True,
            lines="1822",
            fields=(
                Field("start", "from", "time", guessed=True, lines="1822"),
                Field("end", "to", "time", guessed=True, lines="1822"),
            ),
            buttons=(Button("save", "Save", guessed=True, lines="1822"),),
        ),
    ),
)

#: What a person does where the labels are not named, by page.
BY_HAND = {
    "updater_subscriptions": "sign in to BeyondTrust Updater, open Subscriptions and set the lock status of each "
    "subscription",
    "updater_downloads": "sign in to BeyondTrust Updater and click Update Now; when a download stops and no other "
    "starts, click it again until all are complete",
    "updater_products": "sign in to BeyondTrust Updater, download and install the remaining products, and restart the "
    "appliance where an installer recommends it",
    "updater_settings": "sign in to BeyondTrust Updater and set the hours in its settings",
}
