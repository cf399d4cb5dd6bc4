# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The suboptions of ``settings`` of a role, and what is wrong with them before anything is asked (guide 756-881)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.role_settings import AREAS, SETTINGS
from ansible_collections.useries.appliance.plugins.module_utils._guide.role_settings import (
    AUTHENTICATIONS,
    HIGHEST_PORT,
    LOCATIONS,
    MIRRORING,
    SERVICES,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.roles_editor import ROLES

EVENT_SERVER_PORT = 21690
USER_INTERFACES = ("disable_beyondinsight_ui", "disable_password_safe_ui")
OF_HIGH_AVAILABILITY = ("mirroring", "standalone_worker_node", *USER_INTERFACES)
ENDPOINT_PROTECTION = "powerbroker_endpoint_protection"
DATABASES = ("beyondinsight_database_access", "biul")

Spec = dict[str, dict[str, Any]]

FLAT: Spec = {
    "mirroring": {"type": "str", "choices": list(MIRRORING)},
    **{name: {"type": "bool"} for name in ("standalone_worker_node", *USER_INTERFACES)},
}
OWN: Spec = {
    "service": {"type": "str", "choices": list(SERVICES)},
    "port": {"type": "int"},
    "remote_access": {"type": "bool"},
    "location": {"type": "str", "choices": list(LOCATIONS)},
    "authentication": {"type": "str", "choices": list(AUTHENTICATIONS)},
    "server": {"type": "str"},
    "instance": {"type": "str"},
    "database": {"type": "str"},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "share_password": {"type": "str", "no_log": True},
    "test": {"type": "bool"},
    **FLAT,
    AREAS: {"type": "dict"},
    "load_default": {"type": "bool"},
    "disable_policy": {"type": "bool"},
    "with_technical_support": {"type": "bool"},
}
ONE: Spec = {
    "name": {"type": "str", "choices": [one.id for one in ROLES]},
    "enabled": {"type": "bool", "default": True},
    "settings": {"type": "dict", "options": OWN},
}
SPEC: Spec = {
    **ONE,
    **FLAT,
    "roles": {
        "type": "list",
        "elements": "dict",
        "options": {**ONE, **FLAT, "name": {**ONE["name"], "required": True}},
    },
    "adopt_pending": {"type": "bool", "default": False},
}

_FURTHER: Mapping[str, tuple[str, ...]] = {
    "beyondinsight_database_access": ("test",),
    "biul": ("test",),
    "auto_update": (AREAS, "load_default"),
    ENDPOINT_PROTECTION: ("with_technical_support",),
}
_NOT_GIVEN = {"server_mode", "share_username"}


def taken_by(role: str) -> list[str]:
    """The suboptions that a role takes."""
    own = [one.name for one in SETTINGS.get(role, ()) if one.name not in _NOT_GIVEN]
    return list(dict.fromkeys((*own, *_FURTHER.get(role, ()))))


def as_options(role: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values read from a role's page as its ``settings`` take them, without what counts for nothing at present."""
    given = {name: values[name] for name in taken_by(role) if values.get(name) not in (None, "")}
    idle: set[str] = set()
    if given.get("service") == "appbus":
        idle.add("port")
    if given.get("authentication") == "windows":
        idle.add("username")
    if values.get("server_mode") == "per_area":
        idle.add("server")
    if role in DATABASES and given.get("authentication") != "windows" and not given.get("username"):
        idle.update(given)  # not set up yet
    return {name: value for name, value in given.items() if name not in idle}


def complaints(role: str, enabled: bool, given: Mapping[str, Any], *, blank_kept: bool = False) -> Iterator[str]:
    """Sentences about what cannot be meant; ``given`` holds what is not None.

    :param blank_kept: the user says that an empty password keeps the stored one.
    """
    foreign = [name for name in given if name not in taken_by(role)]
    if foreign:
        whose = "high_availability" if set(foreign) <= set(OF_HIGH_AVAILABILITY) else "other roles"
        own = ", ".join(taken_by(role)) or "no settings"
        yield f"{', '.join(foreign)} belong to {whose}, not to {role}, which takes {own}."
        return
    empty = [name for name, value in given.items() if isinstance(value, str) and not value.strip()]
    if [name for name in empty if name != "instance"]:
        yield f"{', '.join(empty)} of {role} must not be empty."
    port = given.get("port")
    if port is not None and not 1 <= port <= HIGHEST_PORT:
        yield f"port of {role} is {port}; it must be 1 to {HIGHEST_PORT}."
    if role in _CHECKS:
        yield from _CHECKS[role](enabled, given, blank_kept)


def _event_collector(_enabled: bool, given: Mapping[str, Any], _blank_kept: bool) -> Iterator[str]:
    if given.get("service") == "appbus" and given.get("port") is not None:
        yield "port is of the Event Server: service: appbus takes none."


def _high_availability(_enabled: bool, given: Mapping[str, Any], _blank_kept: bool) -> Iterator[str]:
    off = [name for name in USER_INTERFACES if given.get(name)]
    if off and given.get("standalone_worker_node") is False:
        yield f"{', '.join(off)}: only on a standalone worker node (standalone_worker_node: true)."


def _auto_update(_enabled: bool, given: Mapping[str, Any], _blank_kept: bool) -> Iterator[str]:
    ways = [name for name in ("server", AREAS, "load_default") if given.get(name)]
    if len(ways) > 1:
        yield f"{' and '.join(ways)} exclude each other: one server for all updates, one per area, or the default."
    areas = given.get(AREAS)
    if areas is not None and (not areas or not all(str(part or "").strip() for one in areas.items() for part in one)):
        yield f"{AREAS} needs an address for each area."


def _endpoint_protection(enabled: bool, given: Mapping[str, Any], _blank_kept: bool) -> Iterator[str]:
    if (not enabled or given.get("disable_policy")) and not given.get("with_technical_support"):
        yield (
            "End Point Protection is turned off only for troubleshooting with Technical Support. If that is so, repeat "
            "with with_technical_support: true in its settings."
        )


def _database(role: str) -> Callable[[bool, Mapping[str, Any], bool], Iterator[str]]:
    def check(_enabled: bool, given: Mapping[str, Any], blank_kept: bool) -> Iterator[str]:
        location = given.get("location")
        own = [name for name in given if name not in ("location", "password")]
        if not location:
            if own:
                yield f"{', '.join(own)} of {role} needs location: local or remote."
            return
        remote = [name for name in ("server", "instance", "port", "database", "test") if given.get(name)]
        if location == "local" and remote:
            yield f"{', '.join(remote)} of {role} is of a remote database; location is local."
        if location == "remote" and given.get("authentication"):
            yield f"authentication of {role} is of the local database; location is remote."
        yield from _needed(role, location, given, blank_kept)

    return check


def _needed(role: str, location: str, given: Mapping[str, Any], blank_kept: bool) -> Iterator[str]:
    account = ("username",) if blank_kept else ("username", "password")
    if location == "remote":
        needed: tuple[str, ...] = ("server", "database", *account)
    elif role == "biul" or given.get("authentication") == "sql":
        needed = account
    elif given.get("authentication") == "windows":
        needed = ()
        surplus = [name for name in ("username", "password") if given.get(name)]
        if surplus:
            yield f"{', '.join(surplus)} of {role}: Windows authentication takes no account."
    else:
        needed = ("authentication",)
    missing = [name for name in needed if not given.get(name)]
    if missing:
        yield f"location: {location} of {role} needs {', '.join(missing)}."


_CHECKS: Mapping[str, Callable[[bool, Mapping[str, Any], bool], Iterator[str]]] = {
    "event_collector": _event_collector,
    "high_availability": _high_availability,
    "auto_update": _auto_update,
    ENDPOINT_PROTECTION: _endpoint_protection,
    **{role: _database(role) for role in DATABASES},
}
