# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates on the controller: what is in a PFX file, and what to say about one that is served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import Certificate

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12
else:
    serialization = optional("cryptography.hazmat.primitives.serialization")
    pkcs12 = optional("cryptography.hazmat.primitives.serialization.pkcs12")

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Bundle:
    """A PFX or P12 file that was opened: its path and the certificate in it."""

    path: Path
    certificate: Certificate
    thumbprint: str = ""
    """SHA-1 of the certificate in upper case, by which Windows names it."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as the TLS handshake will show it."""
        return self.certificate.fingerprint

    @classmethod
    def load(cls, path: str, passphrase: str) -> Bundle:
        """Open it here first, so that a wrong password is found before the upload.

        :raises UseriesError: kind ``invalid`` for a wrong name, a missing file, a wrong password, a file without a key.
        """
        where = Path(path)
        if where.suffix.lower() not in {".pfx", ".p12"}:
            raise _invalid(f"{path} is neither a .pfx nor a .p12 file.", "Convert it with: openssl pkcs12 -export.")
        try:
            data = where.read_bytes()
        except OSError as error:
            raise _invalid(f"{path} cannot be read: {error.strerror}.", "Check the path on the controller.") from error
        try:
            key, certificate, _chain = pkcs12.load_key_and_certificates(data, passphrase.encode())
        except ValueError as error:
            raise _invalid(
                f"{path} cannot be opened: wrong password, or not a PKCS #12 file.", "Check the passphrase."
            ) from error
        if key is None or certificate is None:
            raise _invalid(f"{path} holds no certificate with its key.", "Export both into one file.")
        der = certificate.public_bytes(serialization.Encoding.DER)
        thumbprint = hashlib.sha1(der, usedforsecurity=False).hexdigest().upper()
        return cls(where, Certificate.from_der(der), thumbprint)


def describe(certificate: Certificate) -> dict[str, Any]:
    """The certificate as results show it."""
    return {
        "fingerprint": certificate.fingerprint,
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "names": list(certificate.names),
        "not_after": certificate.not_after.isoformat() if certificate.not_after else None,
    }


def days_left(certificate: Certificate) -> int | None:
    """Whole days until it expires, negative afterwards; None when it does not say."""
    if certificate.not_after is None:
        return None
    return (certificate.not_after - datetime.fromtimestamp(Clock().wall(), timezone.utc)).days


def matches_name(certificate: Certificate, name: str | None) -> bool:
    """Whether the certificate is for this network name."""
    if not name:
        return False
    common = {part.removeprefix("CN=") for part in (certificate.subject or "").split(",")}
    return name.casefold() in {one.casefold() for one in (*certificate.names, *common)}


def expiring(bundle: Bundle, host: str) -> Iterator[str]:
    """Sentences about a certificate that is expired, expires soon, or is for another host."""
    until = bundle.certificate.not_after
    now = datetime.fromtimestamp(Clock().wall(), timezone.utc)
    if until is not None and until < now:
        yield f"The certificate in {bundle.path} expired on {until:%Y-%m-%d}."
    elif until is not None and until - now < SOON:
        yield f"The certificate in {bundle.path} expires on {until:%Y-%m-%d}."
    if not matches_name(bundle.certificate, host):
        names = ", ".join(bundle.certificate.names) or bundle.certificate.subject
        yield f"The certificate in {bundle.path} is not for {host}; it is for {names}."


def _invalid(message: str, remedy: str) -> UseriesError:
    return UseriesError(message, surface="local", operation="open a certificate file", kind="invalid", remedy=remedy)
