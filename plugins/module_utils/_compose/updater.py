# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondTrust Updater (guide 871-873, 1803-1826, 1848-1871), of which the guide prints almost no label.

Nothing is done there before the user has named every label and the address of the sign-in. The words for a state are
told apart by what they have in common in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.sites import OtherSite
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import Profile
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._guide.updater import (
    BY_HAND,
    DOWNLOADS,
    NAME,
    PRINTED,
    PRODUCTS,
    SETTINGS,
    SITE,
    SUBSCRIPTIONS,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

LOCKS = SUBSCRIPTIONS.section("subscriptions")
PACKAGES = DOWNLOADS.section("downloads")
REMAINING = PRODUCTS.section("products")
HOURS = SETTINGS.section("hours")
PATH = "useries_updater_path"

RECOMMENDS = re.compile(r"\b(re-?start|re-?boot)", re.IGNORECASE)
#: State of a download or of an installation -> how it is told; the first that fits.
STATES = (
    ("failed", re.compile(r"\bfail|\berror|unsuccessful", re.IGNORECASE)),
    ("waiting", re.compile(r"\bnot (yet )?\w|\bstopped\b|\bavailable\b|\bready\b|\bpending\b", re.IGNORECASE)),
    ("running", re.compile(r"\b(download|install|updat|prepar|process|extract)ing\b|in progress|\d ?%", re.IGNORECASE)),
    ("done", re.compile(r"\b(down)?load(ed)?\b|\binstalled\b|\bcomplete|\bsucce|\bdone\b|up.to.date", re.IGNORECASE)),
)
LOCKED = re.compile(r"^(locked|yes|true|on)\b", re.IGNORECASE)
UNLOCKED = re.compile(r"^(un-?locked|not locked|no|false|off|open)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A package or product as the Updater lists it.

    :param state: waiting, running, failed or done; :param said: the page's own words for it.
    :param version: the installed one, :param available: the one that is offered; both only of products.
    """

    name: str
    state: str
    said: str
    version: str = ""
    available: str = ""


class Updater(OtherSite):
    """Its pages; see :class:`OtherSite`. Ask :func:`unnamed` first."""

    site = "updater"

    @staticmethod
    def described(options: Mapping[str, Any]) -> Profile:
        """With the address of the sign-in that the user has named."""
        path = f"/{str(options.get('updater_path') or '').strip().lstrip('/')}"
        return Profile(SITE, confirmed=True, sign_in=(path,), marks=())

    def rows(self, section: Section, fields: Sequence[str]) -> list[dict[str, str]]:
        """The rows of the section's table from a fresh page, by field."""
        captions = {name: self.caption(section, name) for name in fields}
        found = self.table(section, list(captions.values()))
        return [{name: row.get(caption, "") for name, caption in captions.items()} for row in found]

    def caption(self, section: Section, field: str) -> str:
        """The words over a column."""
        return self._wording.control(section, section.field(field)).name.texts[0]


def unnamed(options: Mapping[str, Any], sections: Sequence[Section]) -> list[str]:
    """What the user has not named yet of these sections: keys of ``useries_console_labels``, and the variable with the
    address of the sign-in. Asks nobody."""
    named = options.get("console_labels") or {}
    keys = [] if str(options.get("updater_path") or "").strip() else [PATH]
    for section in sections:
        part = f"{section.page.id}.{section.id}"
        ids = [*(one.id for one in section.fields), *(one.id for one in section.buttons)]
        parts = [f"{part}.{id}" for id in ids]
        keys += [key for key in (section.page.id, part, *parts) if key not in PRINTED and not named.get(key)]
    return keys


def by_hand(sections: Sequence[Section]) -> str:
    """The steps of a person in place of these sections."""
    return "; then ".join(BY_HAND[section.page.id] for section in sections)


def lock_states(updater: Updater) -> dict[str, bool]:
    """Subscription -> whether it is locked, in the order of the page.

    :raises UseriesError: ``unexpected`` for a row that is not understood, and for a name that stands there twice.
    """
    found: dict[str, bool] = {}
    for row in updater.rows(LOCKS, ("name", "lock_status")):
        name, said = row["name"].strip(), row["lock_status"].strip()
        if name in found or not (LOCKED.match(said) or UNLOCKED.match(said)):
            why = "stands there twice" if name in found else f"has the lock status {said!r}, which is not understood"
            raise _not_understood(updater, LOCKS, f"The subscription {name!r} {why}.")
        found[name] = not UNLOCKED.match(said)
    return found


def downloads(updater: Updater) -> list[Row]:
    """The packages that the Updater lists."""
    listed = updater.rows(PACKAGES, ("package", "status"))
    return [Row(row["package"].strip(), state_of(row["status"]), row["status"].strip()) for row in listed]


def products(updater: Updater) -> list[Row]:
    """The products that the Updater lists.

    :raises UseriesError: ``unexpected`` when one stands there twice: nobody knows which of them would be installed.
    """
    listed = updater.rows(REMAINING, ("product", "version", "available", "status"))
    found = [
        Row(
            row["product"].strip(),
            state_of(row["status"]),
            *(row[one].strip() for one in ("status", "version", "available")),
        )
        for row in listed
    ]
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _not_understood(updater, REMAINING, f"The product {twice[0]!r} stands there twice.")
    return found


def state_of(said: str) -> str:
    """How a state in the page's words is understood; what is not understood counts as waiting."""
    return next((state for state, pattern in STATES if pattern.search(said)), "waiting")


def _not_understood(updater: Updater, section: Section, message: str) -> UseriesError:
    return UseriesError(
        message,
        surface="updater",
        operation=f"read {section.page.title}",
        target=updater.target,
        kind="unexpected",
        remedy=f"Look at the page {section.page.title} of {NAME}.",
    )
