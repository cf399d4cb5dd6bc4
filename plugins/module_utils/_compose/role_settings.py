# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles' own settings as an administrator names them, and where they are on a role's page (guide 756-1039)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from itertools import groupby
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import (
    AUTHENTICATIONS,
    LOCATIONS,
    MIRRORING,
    PROTOCOLS,
    SERVER_MODES,
    SERVICES,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import Role
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Field, Section

AREAS = "area_servers"


@dataclass(frozen=True)
class Setting:
    """An option, and the field that it is.

    :param words: option's word -> text of the choice; :param loose: option's word -> what such a text surely contains,
        where the guide does not print the texts; :param location: the database for which alone it counts.
    :param held_by: a secret is stored where this other setting has a value (or that very value).
    """

    name: str
    field: str
    section: str = "role"
    words: Mapping[str, str] = attribute(default_factory=dict)
    loose: Mapping[str, str] = attribute(default_factory=dict)
    location: str = ""
    held_by: tuple[str, str] = ("", "")

    @property
    def secret(self) -> bool:
        """Whether it cannot be read back."""
        return bool(self.held_by[0])

    def word(self, text: Any) -> Any:
        """What the page shows, in the option's words; as it is when it is none of them."""
        return next((word for word in self.words if self._means(word, str(text))), text)

    def text(self, value: Any, offered: Iterable[str]) -> Any:
        """The text on the page for an option's word."""
        if value not in self.words:
            return value
        fitting = [text for text in offered if self._means(value, text)]
        return fitting[0] if len(fitting) == 1 else self.words[value]

    def _means(self, word: str, text: str) -> bool:
        said, wanted = text.strip().casefold(), self.words[word].casefold()
        return said == wanted or (word in self.loose and self.loose[word] in said)


def _location() -> Setting:
    return Setting("location", "location", words=LOCATIONS, loose=LOCATIONS)


def _remote() -> tuple[Setting, ...]:
    names = {
        "server": "server_name",
        "instance": "instance",
        "port": "port",
        "database": "database_name",
        "username": "username",
    }
    fields = [Setting(name, id, "remote_database", location="remote") for name, id in names.items()]
    secret = Setting("password", "password", "remote_database", location="remote", held_by=("username", ""))
    return (*fields, secret)


ARCHIVING = (
    Setting("enabled", "enabled", "session_archiving"),
    Setting("protocol", "protocol", "session_archiving", words=PROTOCOLS),
    Setting("repository_host", "repository_host", "session_archiving"),
    Setting("certificate_name", "certificate_name", "session_archiving"),
    Setting("share_path", "share_path", "session_archiving"),
    Setting("share_username", "username", "session_archiving"),
    Setting("share_password", "password", "session_archiving", held_by=("share_username", "")),
    Setting("maximum_age", "maximum_age", "session_archiving"),
    Setting("storage_threshold", "storage_threshold", "session_archiving"),
    Setting("max_transfer_time", "max_transfer_time", "session_archiving"),
)

COLD_SPARE = (
    Setting("restore_location", "restore_location", "locations"),
    Setting("existing_location", "existing_location", "locations"),
    Setting("share_username", "username", "locations"),
    Setting("share_password", "password", "locations", held_by=("share_username", "")),
    Setting("day", "day", "schedule"),
    Setting("time", "time", "schedule"),
    Setting("restore_password", "password", "restore_password", held_by=("enabled", "")),
    Setting("restore_password_again", "confirm", "restore_password", held_by=("enabled", "")),
    Setting("temporary_name", "name", "temporary_machine_name"),
)
"""Of the role cold_spare, which has modules of its own."""

SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "event_collector": (Setting("service", "service", words=SERVICES), Setting("port", "port")),
    "sql_server_database": (Setting("remote_access", "remote_access"),),
    "beyondinsight_database_access": (
        _location(),
        Setting("authentication", "authentication", "local_database", words=AUTHENTICATIONS, location="local"),
        Setting("username", "username", "local_database", location="local"),
        Setting("password", "password", "local_database", location="local", held_by=("authentication", "sql")),
        *_remote(),
    ),
    "password_safe_web_portal": tuple(one for one in ARCHIVING if one.name in ("share_username", "share_password")),
    "high_availability": (
        Setting("mirroring", "mirroring", words=MIRRORING),
        Setting("standalone_worker_node", "standalone_worker"),
        Setting("disable_beyondinsight_ui", "disable_beyondinsight_ui"),
        Setting("disable_password_safe_ui", "disable_password_safe_ui"),
    ),
    "biul": (
        _location(),
        Setting("username", "username", "local_database", location="local"),
        Setting("password", "password", "local_database", location="local", held_by=("username", "")),
        *_remote(),
    ),
    "auto_update": (
        Setting(
            "server_mode",
            "server_mode",
            words=SERVER_MODES,
            loose={"one_server": "one server", "per_area": "functional area"},
        ),
        Setting("server", "servers"),
    ),
    "powerbroker_endpoint_protection": (Setting("disable_policy", "disable_policy"),),
}
"""Role -> its settings besides its switch."""

SWITCH = Setting("enabled", "enabled")


def _of_location(settings: Iterable[Setting], location: str) -> list[Setting]:
    return [one for one in settings if one.location in ("", location)]


def _by_section(page_of: Role, settings: Iterable[Setting]) -> Iterator[tuple[Section, list[Setting]]]:
    ordered = sorted(settings, key=lambda one: one.section != "role")
    for id, group in groupby(ordered, key=lambda one: one.section):
        yield page_of.page.section(id), list(group)


def with_areas(section: Section, areas: Iterable[str]) -> Section:
    """The section with one more field for each area, under the name that the user gives it: the guide names none."""
    return replace(section, fields=(*section.fields, *(Field(area, area, "text") for area in areas)))


def read_settings(
    console: ConsoleSurface, role: Role, settings: Iterable[Setting], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Present values of the open page of a role, by the option's name; secrets are left out.

    What is wanted must be there; other settings are read where they are.
    """
    found: dict[str, Any] = {}
    known = list(settings)
    upper = [one for one in known if not one.location]
    found.update(_read(console, role, upper, wanted))
    location = wanted.get("location") or found.get("location") or ""
    lower = [one for one in _of_location(known, str(location)) if one.location]
    found.update(_read(console, role, lower, wanted))
    areas = wanted.get(AREAS)
    if areas:
        section = with_areas(role.page.section("role"), areas)
        found[AREAS] = console.read(section, list(areas), fresh=False)
    return found


def _read(
    console: ConsoleSurface, role: Role, settings: Iterable[Setting], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    found = {}
    for section, group in _by_section(role, settings):
        readable = {one.field: one for one in group if not one.secret}
        must = [id for id, one in readable.items() if one.name in wanted]
        others = [id for id in readable if id not in must]
        if others and (must or section.id == "role" or console.has(section)):
            must += console.there(section, others)
        values = console.read(section, must, fresh=False) if must else {}
        found.update({readable[id].name: readable[id].word(value) for id, value in values.items()})
    return found


def fill_settings(
    console: ConsoleSurface, role: Role, settings: Iterable[Setting], values: Mapping[str, Any], location: str
) -> None:
    """Fill in the open page of a role; nothing is sent yet."""
    given = [one for one in _of_location(settings, location) if one.name in values]
    for section, group in _by_section(role, given):
        shown = {}
        for one in group:
            offered = console.choices(section, one.field) if one.words else ()
            shown[one.field] = one.text(values[one.name], offered)
        console.fill(section, shown)
    if values.get(AREAS):
        console.fill(with_areas(role.page.section("role"), values[AREAS]), values[AREAS])
