# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a browser may trust: the one key that Python has verified, by CA or by pin, on a connection of its own.

Playwright takes neither a CA nor a pin, and Chromium has its own store. So Python looks first, Chromium accepts
exactly that key (RFC 7469, section 2.4: SHA-256 of the SubjectPublicKeyInfo), and the certificate that Chromium then
met is compared with the one that was verified before a password is typed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import fingerprint_of, readable
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization


@dataclass(frozen=True)
class Trusted:
    """A verified certificate: ``fingerprint`` (SHA-256, hex) and ``spki`` (SHA-256 of its public key, base64)."""

    fingerprint: str
    spki: str

    @classmethod
    def of(cls, der: bytes) -> Trusted:
        """Of a DER certificate."""
        if TYPE_CHECKING:
            library, forms = x509, serialization
        else:
            library = optional("cryptography.x509")
            forms = optional("cryptography.hazmat.primitives.serialization")
        key = library.load_der_x509_certificate(der).public_key()
        raw = key.public_bytes(forms.Encoding.DER, forms.PublicFormat.SubjectPublicKeyInfo)
        return cls(fingerprint_of(der), base64.b64encode(hashlib.sha256(raw).digest()).decode())

    @classmethod
    def from_text(cls, text: str) -> Trusted:
        """Back from :meth:`to_text`."""
        fingerprint, _space, spki = text.partition(" ")
        return cls(fingerprint, spki)

    def to_text(self) -> str:
        """For a note to the tasks that follow."""
        return f"{self.fingerprint} {self.spki}"

    def objection(self, met: Sequence[str]) -> str | None:
        """Why the certificates that a browser met (base64 DER, its own first) are not this one; None when they are."""
        if not met:
            return "the browser does not tell which certificate it met"
        seen = fingerprint_of(base64.b64decode(met[0]))
        if seen == self.fingerprint:
            return None
        return f"the browser met the certificate {readable(seen)}, verified was {readable(self.fingerprint)}"
