# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Notifications: e-mail (guide lines 562-606) and where health events are forwarded to (609-652).

Where the buttons that save stand is not clear: the pictures show one, below the forwarding. Here the e-mail has its
own; with ``world.one_apply_button`` the one below saves everything. How users are chosen is not printed: here a check
box for each; with ``world.users_on_demand`` they come when the button of their type is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.model.errors import Refused
from simulator.model.mail import TYPES, USERS
from simulator.pages.kit import Values, button, stored, text
from simulator.pages.spec import Field, Outcome, Section

TARGETS = ("None", "Local", "Remote")
CLIENT = "eEyeEmmsClient"
APPLY = ("apply_updated_settings", "Apply Updated Settings")


def _id(caption: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in caption.lower())


# -- e-mail


def _shown(kind: str) -> Callable[[Any], bool]:
    return lambda appliance: not appliance.world.users_on_demand or kind in appliance.mail.opened


def _chosen(kind: str) -> Callable[[Any], dict[str, Any]]:
    return lambda appliance: {_id(user): user in appliance.mail.recipients[kind] for user in USERS}


def _choose(kind: str) -> Callable[[Any, Values], Outcome]:
    def opened(appliance: Any, _values: Values) -> Outcome:
        appliance.mail.opened.add(kind)
        return Outcome()

    return opened


def _type(kind: str) -> Section:
    return Section(
        _id(kind),
        kind,
        fields=tuple(Field(_id(user), user, "checkbox", available=_shown(kind)) for user in USERS),
        buttons=(button("email_these_users", "Email These Users", _choose(kind), writes=False),),
        read=_chosen(kind),
    )


def _save(appliance: Any, values: Values, switch: str = "") -> None:
    recipients = {kind: [user for user in USERS if values[f"{_id(kind)}.{_id(user)}"]] for kind in TYPES}
    appliance.mail.apply(bool(values[f"{switch}enabled"]), text(values, "current_user_email.email"), recipients)


def _save_mail(appliance: Any, values: Values) -> str:
    _save(appliance, values)
    return "The e-mail notifications were saved."


ADDRESS = Section(
    "current_user_email",
    "EMAIL ADDRESS FOR CURRENT USER",
    fields=(Field("email", "Email address", "text"),),
    read=lambda appliance: {"email": appliance.mail.email},
)
KINDS = tuple(_type(kind) for kind in TYPES)
WITH_MAIL = (ADDRESS.id, *(one.id for one in KINDS))
SWITCH = Section(
    "email_notifications",
    "EMAIL NOTIFICATION SETTINGS",
    fields=(
        Field(
            "enabled",
            "email notification",
            "checkbox",
            True,
            ("Enable Email Notifications", "Turn On Email Notification", "Send Email Notifications"),
        ),
    ),
    buttons=(button(*APPLY, _save_mail, available=lambda appliance: not appliance.world.one_apply_button),),
    read=lambda appliance: {"enabled": appliance.mail.enabled},
    sends=WITH_MAIL,
)

# -- forwarding


def _certificates(appliance: Any) -> tuple[str, ...]:
    subjects = [one.subject for one in appliance.certificates.stored.values()]
    return ("", *dict.fromkeys((CLIENT, *subjects)))


def _check(_appliance: Any, new: dict[str, Any]) -> None:
    if new["target"] == "Remote" and not (new["address"] and new["certificate"]):
        raise Refused("Check the marked fields.", {"address": "Enter an address and choose a certificate."})


_FORWARDING = stored(
    "notifications.event_forwarding",
    "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT",
    (
        Field("target", "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT", "choice", choices=TARGETS),
        Field("address", "BeyondInsight address", "text"),
        Field("certificate", "Select Certificate To Use", "choice", choices=_certificates),
    ),
    APPLY,
    {"target": "None", "address": "", "certificate": ""},
    "The forwarding of health events was saved.",
    _check,
)


def _save_all(appliance: Any, values: Values) -> Outcome:
    saved = _FORWARDING.buttons[0].press(appliance, values)
    if saved.ok and appliance.world.one_apply_button:
        _save(appliance, values, "email_notifications.")
    return saved


FORWARDING = replace(_FORWARDING, buttons=(button(*APPLY, _save_all),), sends=(SWITCH.id, *WITH_MAIL), plain=False)
SECTIONS = (ADDRESS, SWITCH, *KINDS, FORWARDING)
