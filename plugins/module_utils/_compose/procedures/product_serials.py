# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serial numbers of the products in the four ways of the page (guide 343-375).

Which button ends which way is not stated for all of them (A-21): online it is Update Keys; else the validation keys are
retrieved first, and entered with Update Offline Serials where that button is, with Update Keys where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.masking import masked
from ansible_collections.useries.appliance.plugins.module_utils._compose.serials import (
    PRODUCTS,
    SERIALS,
    Licences,
    read_licences,
)
from ansible_collections.useries.appliance.plugins.module_utils._engine.action import Action
from ansible_collections.useries.appliance.plugins.module_utils._engine.plan import Change, Plan
from ansible_collections.useries.appliance.plugins.module_utils._guide.accounts_and_licensing import (
    ACCOUNTS_AND_LICENSING,
    BROWSER,
    EMAIL,
    MANUALLY,
    ONLINE,
)
from ansible_collections.useries.appliance.plugins.module_utils._guide.network_and_rdp import NETWORK_AND_RDP
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

WAYS = {"online": ONLINE, "client_browser": BROWSER, "email": EMAIL, "manual": MANUALLY}
VALIDATION = ACCOUNTS_AND_LICENSING.section("activate_serial_numbers")
SMTP = NETWORK_AND_RDP.section("smtp")
SERIAL = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.IGNORECASE)
REFUSED = "The number is not shown here; compare it with the paper of the purchase."
ADVICE = {
    "online": "Without an Internet connection of the appliance choose another method.",
    "client_browser": "This way uses the Internet connection of the controller, where the browser runs; without one "
    "choose method: email or method: manual.",
    "email": "The request goes over the SMTP server of useries.appliance.smtp.",
    "manual": "Compare the key with the message in which it came.",
}


class EnterSerials(Action):
    """Options ``method``, ``serials`` (product id -> ``serial_number``, ``validation_key``) and ``request_again``."""

    due_serials: Mapping[str, str]
    due_keys: Mapping[str, str]
    mail_server: str | None = None
    opened = False

    # -- bad input -----------------------------------------------------------------------------------------------------
    @property
    def wanted(self) -> dict[str, dict[str, Any]]:
        """The products that are given."""
        return {product: given for product, given in (self.given["serials"] or {}).items() if given}

    def check(self) -> None:
        if not self.wanted:
            raise self.refuse(f"serials names no product; there are {', '.join(PRODUCTS)}.", kind="invalid")
        for product, given in self.wanted.items():
            self._check_product(PRODUCTS[product], given)
        if self.given["request_again"] and self.given["method"] == "online":
            raise self.refuse("request_again is for the ways with validation keys, not for online.", kind="invalid")

    def _check_product(self, name: str, given: Mapping[str, Any]) -> None:
        serial, key, method = given.get("serial_number"), given.get("validation_key"), self.given["method"]
        if key is not None and serial is None:
            raise self.refuse(
                f"{name}: a validation_key is given without its serial_number.",
                kind="invalid",
                remedy="Give the serial_number that the key was made for as well.",
            )
        if serial is None or not SERIAL.fullmatch(serial.strip()):
            raise self.refuse(
                f"{name}: serial_number must be letters and digits in groups joined by hyphens. {REFUSED}",
                kind="invalid",
            )
        if key is not None and not key.strip():
            raise self.refuse(f"{name}: validation_key must not be empty.", kind="invalid")
        if key is not None and method == "online":
            raise self.refuse(f"{name}: validation_key has no place in method: online.", kind="invalid")
        if key is None and method == "client_browser":
            raise self.refuse(
                f"{name}: method: client_browser needs the validation_key (the license key that comes with it).",
                kind="invalid",
                remedy="Request it in the console with a browser that has Internet, or with method: email or manual.",
            )

    # -- the loop ------------------------------------------------------------------------------------------------------
    def what(self) -> str:
        return f"enter product serial numbers ({WAYS[self.given['method']]})"

    def find_out(self) -> str:
        return "Run the task again: it reads the serial numbers first and enters only what is missing."

    def read(self) -> Licences:
        if self.given["method"] == "email" and self.mail_server is None and not self.task.gate.wrote:
            self.mail_server = self._mail_server()
        self.opened = True
        return read_licences(self.task.surfaces.console)

    def _mail_server(self) -> str | None:
        try:
            return str(self.task.surfaces.console.read(SMTP, ["address"])["address"] or "")
        except UseriesError as error:
            if error.kind not in {"label_missing", "label_ambiguous"}:
                raise
            return None

    def due(self, before: Licences) -> Plan:
        absent = [PRODUCTS[product] for product in self.wanted if product not in before.serials]
        if absent:
            raise self.refuse(
                f"The page shows no serial number of {', '.join(absent)}.",
                remedy="Leave the product out, or set useries_console_labels if it is worded differently.",
            )
        plan = Plan(header=self.what())
        self.due_serials = self._missing(before)
        self.due_keys = {
            product: given["validation_key"].strip()
            for product, given in self.wanted.items()
            if given.get("validation_key") and not self._finished(before, product)
        }
        for product, serial in self.due_serials.items():
            plan.changes.append(Change(f"{product}.serial_number", None, serial, secret=True))
        for product, key in self.due_keys.items():
            plan.changes.append(Change(f"{product}.validation_key", None, key, secret=True))
        if not plan and self.given["request_again"] and self._waiting(before):
            plan.changes.append(Change("validation keys", "requested", "requested again"))
        return plan

    def _missing(self, before: Licences) -> dict[str, str]:
        """What has to be typed: online also a number that is there and not licensed."""
        online = self.given["method"] == "online"
        return {
            product: given["serial_number"].strip()
            for product, given in self.wanted.items()
            if not before.has(product, given["serial_number"]) or (online and before.licensed(product) is False)
        }

    def _finished(self, state: Licences, product: str) -> bool:
        entered = state.has(product, self.wanted[product]["serial_number"])
        return entered and state.licensed(product) is not False

    def _waiting(self, state: Licences) -> list[str]:
        return [PRODUCTS[product] for product in self.wanted if not self._finished(state, product)]

    def before_order(self, before: Licences) -> None:
        self.warn("The appliance may have to be rebooted for new serial numbers (guide, line 364).")
        if self.mail_server is not None and not self.mail_server.strip() and not self.due_keys:
            raise self.refuse(
                "No SMTP server is set, so the appliance cannot request validation keys by e-mail.",
                remedy="Set one with useries.appliance.smtp first, or choose method: manual.",
            )

    def order(self, before: Licences) -> None:
        method = self.given["method"]
        texts = [text for given in self.wanted.values() for text in given.values()]
        hidden = [*texts, *(text.strip() for text in texts if text)]
        names = ", ".join(PRODUCTS[product] for product in {**self.due_serials, **self.due_keys})
        said = f"Products: {names}. {REFUSED} {ADVICE[method]}"
        with masked(hidden, dict.fromkeys(("failed", "rejected"), said)):
            if method == "online":
                self._press(self.due_serials, {}, "update_keys")
                return
            without_key = {key: one for key, one in self.due_serials.items() if key not in self.due_keys}
            if without_key or not self.due_keys:
                self._press(without_key, {}, "retrieve_offline_validation_keys")
            for product, key in self.due_keys.items():  # the page has one field for keys
                serial = {product: self.due_serials[product]} if product in self.due_serials else {}
                self._press(serial, {"validation_keys": key}, "update_offline_serials")

    def _press(self, serials: Mapping[str, str], more: Mapping[str, Any], button: str) -> None:
        console = self.task.surfaces.console
        if not self.opened:
            console.open(SERIALS.page)
        self.opened = False
        console.fill(SERIALS, serials)
        values = {"method": WAYS[self.given["method"]], **more}
        button = "update_keys" if button == "update_offline_serials" and not self._offers(button) else button
        console.write(VALIDATION, values, button, fresh=False, answer=True)

    def _offers(self, button: str) -> bool:
        try:
            self.task.surfaces.console.enabled(VALIDATION, button)
        except UseriesError as error:
            if error.kind != "label_missing":
                raise
            return False
        return True

    def happened(self, before: Licences) -> bool | None:
        now = self.read()
        arrived = all(now.has(product, serial) for product, serial in self.due_serials.items())
        return True if arrived and all(self._finished(now, product) for product in self.due_keys) else None

    def effect(self, before: Licences) -> Licences:
        after = self.read()
        asked = self.due_keys if self.given["method"] != "online" else self.due_serials
        wrong = [PRODUCTS[product] for product in asked if not self._finished(after, product)]
        wrong += [PRODUCTS[one] for one, serial in self.due_serials.items() if not after.has(one, serial)]
        if wrong:
            raise self.refuse(
                f"The console accepted the serial numbers, but read again these are not as wanted: "
                f"{', '.join(dict.fromkeys(wrong))}.",
                kind="not_seen",
                remedy="Clear the license cache with useries.appliance.license_cache and look at the page.",
            )
        return after

    def shown(self, state: Licences) -> dict[str, Any]:
        waiting = self._waiting(state)
        return {
            "state": "waiting for keys" if waiting and self.given["method"] != "online" else "entered",
            "waiting_for": waiting,
            "products": state.products(),
        }
