# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activation of Windows and the serial numbers of the products (guide lines 119-126, 343-393).

What a person sees of an activation by phone, and of keys that are retrieved, is not in the guide: this is a guess.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from simulator.model.errors import Refused

if TYPE_CHECKING:
    from simulator.model.appliance import Appliance

ACTIVATION_SECONDS = 20.0
PRODUCTS = {
    "beyondinsight": "BeyondInsight",
    "network_security_scanner": "BeyondTrust Network Security Scanner",
    "enterprise_update_server": "Enterprise Update Server",
}
NO_INTERNET = "Error 0x80072EE7: The server name or address could not be resolved."
NO_KMS = "Error 0xC004F074: No Key Management Service (KMS) could be contacted."
FIVE_BY_FIVE = re.compile(r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}")


def _digits(text: str, count: int) -> str:
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16)).zfill(count)[:count]


class Licensing:
    """Licences of one appliance.

    ``activated`` (Windows), ``internet`` (whether the appliance reaches it), ``browser_internet`` (whether the browser
    of the person does), ``phone`` (an activation by phone has begun), ``answer`` (what the person on the phone says),
    ``kms_server``, ``kms_servers`` (names of KMS servers that answer), ``partial_key`` (last five characters of the
    Windows key), ``revoked`` (serial numbers that the manufacturer refuses), ``keys`` (product id -> validation key
    that has been handed out), ``waiting`` (ids of products whose new serial number has no key yet), ``mails``
    (requests that were sent).
    """

    def __init__(self, appliance: Appliance) -> None:
        self.appliance = appliance
        self.activated = False
        self.internet = self.browser_internet = True
        self.phone = False
        self.answer = ""
        self.kms_server = ""
        self.kms_servers = {"kms.example.com"}
        self.partial_key = "3V66T"
        self.revoked: set[str] = set()
        self.keys: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.mails: list[str] = []

    def switch(self, name: str, value: Any) -> None:
        """Fault: one of ``activated``, ``internet``, ``browser_internet``, ``kms_servers``, ``revoked``."""
        if name not in ("activated", "internet", "browser_internet", "kms_servers", "revoked"):
            raise Refused(f"{name} is not a switch.")
        setattr(self, name, set(value) if isinstance(value, list) else value)

    # --- Windows

    @property
    def installation_id(self) -> str:
        """63 digits that a person reads out on the phone."""
        return _digits(f"{self.appliance.world.seed}/{self.appliance.name}", 63)

    @property
    def confirmation_id(self) -> str:
        """48 digits that the person on the phone answers with."""
        return _digits(self.installation_id, 48)

    def activate_online(self) -> str:
        """Over the Internet; done after a while."""
        if not self.internet:
            raise Refused("Windows activation failed.", details=NO_INTERNET)
        self.appliance.clock.schedule(ACTIVATION_SECONDS, self._activated)
        return "The activation of Windows has been started."

    def activate_by_phone(self, confirmation_id: str) -> str:
        """The first press shows the installation id, the second takes the answer."""
        if not self.phone:
            self.phone, self.answer = True, self.confirmation_id
            return "Call the activation center and enter the confirmation ID."
        if re.sub(r"[\s-]", "", confirmation_id) != self.confirmation_id:
            raise Refused("Windows activation failed.", details="Error 0xC004F02C: The confirmation ID is invalid.")
        self._activated()
        return "Windows was activated."

    def activate_by_kms(self, key: str, server: str) -> str:
        """With a volume licence key at a KMS server."""
        if not FIVE_BY_FIVE.fullmatch(key.upper()):
            raise Refused("Check the marked fields.", {"volume_license_key": "Enter a valid key."})
        if server.casefold() not in self.kms_servers:
            raise Refused("Windows activation failed.", details=NO_KMS)
        self.kms_server, self.partial_key = server, key.upper()[-5:]
        self._activated()
        return "The volume license key was activated."

    def _activated(self) -> None:
        self.activated, self.phone = True, False

    # --- products

    def shown(self) -> dict[str, Any]:
        """The serial numbers as the page shows them."""
        return {key: self._masked(self.appliance.serials[name]) for key, name in PRODUCTS.items()}

    @staticmethod
    def _masked(serial: str) -> str:
        return "*****-" + serial[-5:] if serial else ""

    def update_online(self, typed: dict[str, str]) -> str:
        """Update Keys: validate over the appliance's Internet connection and save."""
        new = self._new(typed)
        if not self.internet:
            raise Refused("The serial numbers could not be validated: the licensing service cannot be reached.")
        self._refuse_revoked(new)
        for key, serial in new.items():
            self._license(key, serial)
        return "The serial numbers were updated. You may need to reboot the appliance."

    def retrieve(self, typed: dict[str, str], way: str) -> str:
        """Retrieve Offline Validation Keys; the keys come later, by a way that the appliance does not see."""
        new = self._new(typed)
        if way == "email" and not self.appliance.settings.get("network_and_rdp_settings.smtp", {}).get("address"):
            raise Refused("The request could not be sent: no SMTP server is configured.")
        if way == "browser" and not self.browser_internet:
            raise Refused("The validation keys could not be retrieved: the browser has no Internet connection.")
        self._refuse_revoked(new)
        for key, serial in new.items():
            self.appliance.serials[PRODUCTS[key]] = serial
            self.appliance.licensed.discard(PRODUCTS[key])
            self.waiting.add(key)
        for key in self.waiting:
            self.keys[key] = "VK-" + hashlib.sha256(self.appliance.serials[PRODUCTS[key]].encode()).hexdigest()[:20]
        if way == "email":
            self.mails.append(", ".join(sorted(self.waiting)))
            return "An email was sent to request the validation keys."
        return "Enter the validation keys when you have received them."

    def enter(self, typed: dict[str, str], validation_key: str) -> str:
        """Update Offline Serials."""
        new = self._new(typed)
        for key in self.waiting | set(new):
            if validation_key and validation_key == self.keys.get(key):
                self._license(key, new.get(key, self.appliance.serials[PRODUCTS[key]]))
                return "The serial numbers were updated. You may need to reboot the appliance."
        raise Refused("Check the marked fields.", {"validation_keys": "The validation key is not valid."})

    def _new(self, typed: dict[str, str]) -> dict[str, str]:
        shown = self.shown()
        new = {key: serial.strip() for key, serial in typed.items() if serial.strip() and serial != shown[key]}
        for key, serial in new.items():
            if not FIVE_BY_FIVE.fullmatch(serial):
                raise Refused(f"{PRODUCTS[key]}: the serial number {serial} is not a serial number.")
        return new

    def _refuse_revoked(self, new: dict[str, str]) -> None:
        for key, serial in new.items():
            if serial in self.revoked:
                raise Refused(f"{PRODUCTS[key]}: the serial number {serial} was refused by the licensing service.")

    def _license(self, key: str, serial: str) -> None:
        self.appliance.serials[PRODUCTS[key]] = serial
        self.appliance.licensed.add(PRODUCTS[key])
        self.waiting.discard(key)
        self.keys.pop(key, None)
