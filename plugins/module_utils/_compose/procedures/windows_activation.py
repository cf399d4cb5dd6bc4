# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activating Windows online, by phone in two steps, or at a KMS server (guide 119-126, 381-393)."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.activation import (
    ACTIVATION,
    KMS,
    State,
    activation,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.hosts import is_host
from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import masked
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._engine.waiting import Seen

KEY = re.compile(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}", re.IGNORECASE)
DIGITS = 48
BELONGS = {"confirmation_id": "phone", "volume_license_key": "kms", "kms_server": "kms"}
ADVICE = {
    "online": "Without an Internet connection activate it with method: phone.",
    "phone": "Read the confirmation id out again and compare it; a new call gives a new one.",
    "kms": "Check the key, the name of the server, and that the appliance reaches it on TCP port 1688.",
}


class ActivateWindows(Action):
    """Options ``method``, ``confirmation_id``, ``volume_license_key`` and ``kms_server``."""

    def what(self) -> str:
        how = {"online": "online", "phone": "by phone", "kms": f"at the KMS server {self.given.get('kms_server')}"}
        return f"activate Windows {how[self.given['method']]}"

    def check(self) -> None:
        method = self.given["method"]
        for option, owner in BELONGS.items():
            if self.given.get(option) is not None and method != owner:
                raise self.refuse(f"{option} is given, but it belongs to method: {owner}.", kind="invalid")
        if method == "phone" and self.given.get("confirmation_id") is not None:
            self._check_confirmation_id(self.given["confirmation_id"])
        if method == "kms":
            self._check_kms(self.given["volume_license_key"].strip(), self.given["kms_server"].strip())

    def _check_confirmation_id(self, given: str) -> None:
        digits = re.sub(r"[\s-]", "", given)
        if not re.fullmatch(f"[0-9]{{{DIGITS}}}", digits):
            raise self.refuse(
                f"confirmation_id must be {DIGITS} digits, in groups or not; this one has {len(digits)} characters"
                + (" and not only digits." if not re.fullmatch("[0-9]*", digits) else "."),
                kind="invalid",
                remedy="Have the person read it out again. Quote it, so that it stays a text.",
            )

    def _check_kms(self, key: str, server: str) -> None:
        if not KEY.fullmatch(key):
            raise self.refuse(
                "volume_license_key must be five groups of five letters and digits, joined by hyphens.", kind="invalid"
            )
        if not is_host(server):
            raise self.refuse(
                f"kms_server {server!r} is neither a host name nor an IP address (no port, no scheme).", kind="invalid"
            )

    # -- the loop ------------------------------------------------------------------------------------------------------
    def read(self) -> State:
        return activation(self.task.surfaces, self.warn)

    def due(self, before: State) -> Plan:
        plan = Plan(header=self.what())
        if self._done(before):
            if before.source == "console":
                self.warn(
                    "The console offers no activation of Windows, so it is taken for activated. Windows itself is "
                    "asked where useries_windows_host is set."
                )
        elif self.given["method"] == "kms":
            plan.changes.append(Change("kms_server", before.kms_server or None, self.given["kms_server"].strip()))
            plan.changes.append(Change("volume_license_key", None, self.given["volume_license_key"], secret=True))
        elif self._only_called():
            if not before.called:
                plan.changes.append(Change("activation by phone", "not begun", "begun"))
        else:
            plan.changes.append(Change("activated", False, True))
        return plan

    def before_order(self, before: State) -> None:
        if self.given["method"] != "kms" and not self.task.surfaces.console.has(ACTIVATION):
            raise self.refuse(
                f"Windows is not activated ({before.status}), but the console does not offer to activate it.",
                remedy="If it words this differently, set useries_console_labels (see the playbook calibrate.yml).",
            )

    def order(self, before: State) -> None:
        method, console = self.given["method"], self.task.surfaces.console
        key = self.given.get("volume_license_key")
        with masked([key, key and key.strip()], dict.fromkeys(("failed", "rejected"), ADVICE[method])):
            if method == "online":
                console.press(ACTIVATION, "activate_online", fresh=False, answer=True)
            elif method == "kms":
                values = {"volume_license_key": (key or "").strip(), "server_address": self.given["kms_server"].strip()}
                console.write(KMS, values, "activate_volume_license_key", fresh=False, answer=True)
            else:
                if not before.called:
                    console.press(ACTIVATION, "activate_by_phone", fresh=False, answer=True)
                if not self._only_called():
                    values = {"confirmation_id": self.given["confirmation_id"].strip()}
                    console.write(ACTIVATION, values, "activate_by_phone", answer=True)

    def happened(self, before: State) -> bool | None:
        now = self.read()
        return True if self._done(now) or (self._only_called() and now.called) else None

    def find_out(self) -> str:
        return "Run the task again: it looks first whether Windows is activated."

    def effect(self, before: State) -> State:
        if self._only_called():
            return self.read()
        seen = [before]

        def look() -> Seen:
            seen.append(self.read())
            return Seen(seen[-1].status, True if self._done(seen[-1]) else None)

        wait = self.within(600, interval=5, longest=30)
        self.task.waiter.until(look, wait, what=self.what(), target=self.task.label)
        return seen[-1]

    def prove(self, state: State) -> tuple[Proof, dict[str, Any]]:
        if state.source == "windows":
            return "verified", {"status": state.status}
        return "unavailable", {
            "reason": "Windows was not asked (useries_windows_host is not set, or it did not answer)"
        }

    def shown(self, state: State) -> dict[str, Any]:
        steps = []
        if self._only_called() and not state.activated:
            number = f" {state.installation_id}" if state.installation_id else " that the page shows"
            steps = [
                f"Call the Microsoft activation center and read out the installation id{number}.",
                f"Write down the confirmation id: {DIGITS} digits in eight groups.",
                "Run the task again with confirmation_id.",
            ]
        return {**state.as_dict(), "next_steps": steps}

    # -- inside --------------------------------------------------------------------------------------------------------
    def _only_called(self) -> bool:
        return self.given["method"] == "phone" and not self.given.get("confirmation_id")

    def _done(self, state: State) -> bool:
        if not state.activated or self.given["method"] != "kms":
            return state.activated
        same = state.kms_server.casefold() == self.given["kms_server"].strip().casefold()
        key: str = self.given["volume_license_key"].strip().upper()
        return same and (not state.partial_key or key.endswith(state.partial_key.upper()))
