# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets e-mail about what, as the page Notifications has it (guide 562-606, A-39, A-40).

The types of events and the users are what the page shows: a part for each type, titled with its caption, in it a check
box for each user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import LABEL_KINDS, ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._console.html.text import key as comparable
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Survey
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import (
    NOTIFICATION_TYPES,
    NOTIFICATIONS,
    notification_type,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Section
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

ADDRESS = NOTIFICATIONS.section("current_user_email")
SWITCH = NOTIFICATIONS.section("email_notifications")
FORWARD = NOTIFICATIONS.section("event_forwarding")
SERVER = NETWORK_AND_RDP.section("smtp")
CHOOSE = "email_these_users"
APPLY = "apply_updated_settings"
MARKS = re.compile(r"\s*[:*]+$")  # what a form puts behind a label


@dataclass(frozen=True)
class Kind:
    """A type of events; ``users``: caption -> whether that user gets mail about it."""

    name: str
    users: dict[str, bool]

    @property
    def section(self) -> Section:
        """Its part of the page, with a field for each user."""
        return notification_type(self.name, self.users)

    def chosen(self) -> list[str]:
        """The users who get mail."""
        return [user for user, on in self.users.items() if on]


def same(one: str, other: str) -> bool:
    """Whether two texts are the same caption."""
    return bool(comparable(one) == comparable(other))


def once(texts: Iterable[str]) -> list[str]:
    """Each caption once, as it is written first."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(comparable(text), " ".join(text.split()))
    return list(found.values())


def kinds(console: ConsoleSurface, further: Sequence[str] = ()) -> list[Kind]:
    """The types of the open page with their users.

    :param further: captions to look for besides those of the guide and the titles: a browser sees none behind tabs.
    """
    own = {comparable(text) for text in _other_titles(console)}
    names = [name for name in once([*NOTIFICATION_TYPES, *further, *console.titles(every=True)]) if name]
    found = [_kind(console, name) for name in names if comparable(name) not in own]
    return [one for one in found if one is not None]


def read_page(console: ConsoleSurface, further: Sequence[str] = ()) -> dict[str, Any]:
    """What the open page is set to; None is what it does not show. ``types`` are :class:`Kind`."""
    shown = {
        name: console.read(section, [name], fresh=False)[name] if is_there(console, section, name) else None
        for section, name in ((SWITCH, "enabled"), (ADDRESS, "email"))
    }
    return {**shown, "types": kinds(console, further)}


def is_there(console: ConsoleSurface, section: Section, field: str) -> bool:
    """Whether the open page has this field."""
    return console.has(section) and bool(console.there(section, [field]))


def saving_section(console: ConsoleSurface) -> Section:
    """The part whose button saves the e-mail: its own, else the one of the forwarding, where the pictures show one."""
    for section in (SWITCH, FORWARD):
        if console.has(section):
            survey = console.survey(section)
            id = f"{section.page.id}.{section.id}.{APPLY}"
            if id in survey.found or id in survey.doubtful:
                return section
    return SWITCH


def has_mail_server(console: ConsoleSurface) -> bool | None:
    """Whether an SMTP server is set; None where that cannot be seen. Comes back to the page that is open."""
    with console.aside():
        try:
            return bool(str(console.read(SERVER, ["address"])["address"]).strip())
        except UseriesError as error:
            if error.kind not in LABEL_KINDS:
                raise
            return None


def _other_titles(console: ConsoleSurface) -> list[str]:
    parts = [one for one in NOTIFICATIONS.parts if not one.named]
    words = [console.words(f"{NOTIFICATIONS.id}.{one.id}", one.title, one.aliases) for one in parts]
    return [NOTIFICATIONS.title, NOTIFICATIONS.menu[-1], *(text for some in words for text in some)]


def _kind(console: ConsoleSurface, name: str) -> Kind | None:
    section = notification_type(name)
    try:
        if not console.has(section):
            return None
    except UseriesError as error:
        if error.kind == "label_ambiguous":
            return None
        raise
    survey = console.survey(section)
    if not same(survey.title, name):  # the words are only its beginning
        return None
    users = _users(survey)
    if not users and any(id.endswith(f".{CHOOSE}") for id in survey.found):
        console.press(section, CHOOSE, fresh=False)
        users = _users(console.survey(section))
    if not users:
        return None
    marked = notification_type(name, users)
    return Kind(name, {user: bool(on) for user, on in console.read(marked, users, fresh=False).items()})


def _users(survey: Survey) -> list[str]:
    boxes = [one for one in survey.rest if one.what == "control" and "checkbox" in one.kinds]
    labels = [one.text for one in boxes if "choice" not in one.kinds]  # a list of yes and no could be a check box, too
    return once(MARKS.sub("", text) for text in labels)
