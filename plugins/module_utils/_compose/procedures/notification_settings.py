# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail notification as desired state: the switch, the own address, the users of each type (guide 562-606)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._compose.mail import (
    ADDRESS,
    APPLY,
    SWITCH,
    Kind,
    has_mail_server,
    is_there,
    kinds,
    once,
    same,
    saving_section,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.settings import Settings
from ansible_collections.useries.appliance.plugins.module_utils._guide.diagnostics import NOTIFICATIONS

LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")  # RFC 5322 without quoted strings
PLACES = {"enabled": SWITCH, "email": ADDRESS}
LONGEST = 254


class NotifyUsers(Settings):
    """Options ``enabled``, ``email`` and ``types``. The state is flat: ``types.<name>`` to the users of that type."""

    section = SWITCH
    fields = ("enabled",)
    button = APPLY
    _kinds: Sequence[Kind] = ()

    # -- the steps of the family ---------------------------------------------------------------------------------------
    def what(self) -> str:
        return " > ".join(NOTIFICATIONS.menu)

    def check(self) -> None:
        email = self.given["email"]
        if email is not None and not is_address(email.strip()):
            raise self.refuse(f"email is {email!r}; it must be an e-mail address.", kind="invalid")
        wrong: list[str] = []
        names: list[str] = []
        for one in self._types():
            if not one["name"].strip():
                wrong.append("a type has an empty name")
            elif any(same(one["name"], other) for other in names):
                wrong.append(f"{one['name']} is there twice")
            if not all(user.strip() for user in one["users"]):
                wrong.append(f"{one['name']}: a user has an empty name")
            names.append(one["name"])
        if wrong:
            raise self.refuse(f"types: {'; '.join(wrong)}.", kind="invalid")

    def wanted(self) -> dict[str, Any]:
        email = self.given["email"]
        return {
            "enabled": self.given["enabled"],
            "email": None if email is None else email.strip(),
            **{_key(one): once(one["users"]) for one in self._types()},
        }

    def read(self) -> dict[str, Any]:
        console = self.task.surfaces.console
        console.open(NOTIFICATIONS)
        state = {
            name: console.read(section, [name], fresh=False)[name]
            for name, section in PLACES.items()
            if self.given[name] is not None
        }
        if not self._types():
            return state
        self._kinds = kinds(console, [one["name"] for one in self._types()])
        for one in self._types():
            kind = self._kind(one["name"])
            if kind is not None:
                state[_key(one)] = _as_written(kind.chosen(), one["users"])
        return state

    def before_write(self, present: Mapping[str, Any], plan: Plan) -> None:
        for one in self._types():
            self._known(one)
        if self._will_mail(present):
            server = has_mail_server(self.task.surfaces.console)
            if server is False:
                self.warn(
                    "No SMTP server is set on this appliance, so no e-mail can be sent: set one with "
                    "useries.appliance.smtp."
                )
            elif server is None:
                self.warn(
                    "Whether an SMTP server is set cannot be seen on this console; without one no e-mail is sent."
                )

    def write(self, plan: Plan) -> None:
        console = self.task.surfaces.console
        # the page is still the one that was read: opening it again could hide the users
        for one in self._types():
            kind = self._kind(one["name"])
            if kind is not None and _key(one) in plan.wanted:
                wanted = {user: any(same(user, other) for other in one["users"]) for user in kind.users}
                console.fill(kind.section, {user: on for user, on in wanted.items() if on != kind.users[user]})
        for name, section in PLACES.items():
            if name in plan.wanted:
                console.fill(section, {name: plan.wanted[name]})
        console.press(saving_section(console), self.button, fresh=False)

    def shown(self, state: Mapping[str, Any]) -> dict[str, Any]:
        types = [{"name": one["name"], "users": state[_key(one)]} for one in self._types() if _key(one) in state]
        plain = {name: state[name] for name in PLACES if name in state}
        return {**plain, **({"types": types} if self._types() else {})}

    # -- inner steps ---------------------------------------------------------------------------------------------------
    def _types(self) -> list[dict[str, Any]]:
        return list(self.given["types"] or ())

    def _kind(self, name: str) -> Kind | None:
        return next((one for one in self._kinds if same(one.name, name)), None)

    def _known(self, one: Mapping[str, Any]) -> None:
        """Refuse a type or a user that the page does not have, with those that it has."""
        kind = self._kind(one["name"])
        if kind is None:
            there = [each.name for each in self._kinds]
            raise self.refuse(
                f"There is no type {one['name']!r} on this page; there are: {', '.join(there) or 'none'}.",
                kind="invalid",
                candidates=there,
                remedy="Give the caption of a type as the page shows it. useries.appliance.notification_settings_info "
                "shows them; where it shows none, this page chooses its users in a way that is not known.",
            )
        unknown = [user for user in once(one["users"]) if not any(same(user, other) for other in kind.users)]
        if unknown:
            raise self.refuse(
                f"{kind.name}: there is no user {', '.join(map(repr, unknown))}; there are: {', '.join(kind.users)}.",
                kind="invalid",
                candidates=list(kind.users),
                remedy="Give the whole entry of the list, with what stands in parentheses behind the name.",
            )

    def _will_mail(self, present: Mapping[str, Any]) -> bool:
        """Whether e-mail notification is on after this task."""
        if self.given["enabled"] is not None:
            return bool(self.given["enabled"])
        console = self.task.surfaces.console
        return is_there(console, SWITCH, "enabled") and bool(console.read(SWITCH, ["enabled"], fresh=False)["enabled"])


def is_address(text: str) -> bool:
    """Whether it can be the address of a mailbox."""
    name, _at, host = text.rpartition("@")
    return len(text) <= LONGEST and LOCAL.fullmatch(name) is not None and is_host(host)


def _key(one: Mapping[str, Any]) -> str:
    return f"types.{one['name']}"


def _as_written(chosen: Sequence[str], given: Sequence[str]) -> list[str]:
    """The users who are chosen, in the words and the order of the task, then those of the page alone."""
    named = [user for user in once(given) if any(same(user, other) for other in chosen)]
    return [*named, *(user for user in chosen if not any(same(user, other) for other in given))]
