# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnostics > Notifications: where health events are forwarded to (guide lines 609-652)."""

from __future__ import annotations

from typing import Any

from simulator.model.errors import Refused
from simulator.pages.kit import stored
from simulator.pages.spec import Field

TARGETS = ("None", "Local", "Remote")
CLIENT = "eEyeEmmsClient"


def _certificates(appliance: Any) -> tuple[str, ...]:
    subjects = [one.subject for one in appliance.certificates.stored.values()]
    return ("", *dict.fromkeys((CLIENT, *subjects)))


def _check(_appliance: Any, new: dict[str, Any]) -> None:
    if new["target"] == "Remote" and not (new["address"] and new["certificate"]):
        raise Refused("Check the marked fields.", {"address": "Enter an address and choose a certificate."})


FORWARDING = stored(
    "notifications.event_forwarding",
    "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT",
    (
        Field("target", "FORWARDING HEALTH EVENTS TO BEYONDINSIGHT", "choice", choices=TARGETS),
        Field("address", "BeyondInsight address", "text"),
        Field("certificate", "Select Certificate To Use", "choice", choices=_certificates),
    ),
    ("apply_updated_settings", "Apply Updated Settings"),
    {"target": "None", "address": "", "certificate": ""},
    "The forwarding of health events was saved.",
    _check,
)
