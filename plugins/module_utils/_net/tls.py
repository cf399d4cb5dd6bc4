# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS contexts, and proof by handshake: which certificate and which protocol versions an address really offers.

Sources: RFC 8446 (negotiation), Python's ``ssl``; ``cryptography`` only for names and dates of a certificate.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import os
import socket
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import (
    fingerprint_of,
    normalise_fingerprint,
    variable,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target

if TYPE_CHECKING:
    from cryptography import x509

__all__ = ["Certificate", "Version", "client_context", "fetch_certificate", "normalise_fingerprint", "probe", "speaks"]

Version = Literal["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]

_VERSIONS: dict[Version, ssl.TLSVersion] = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_BUILT_IN: dict[Version, bool] = {
    "TLSv1": ssl.HAS_TLSv1,
    "TLSv1.1": ssl.HAS_TLSv1_1,
    "TLSv1.2": ssl.HAS_TLSv1_2,
    "TLSv1.3": ssl.HAS_TLSv1_3,
}


@dataclass(frozen=True)
class Certificate:
    """What an address showed. ``subject``, ``issuer``, ``names`` and ``not_after`` (UTC) need ``cryptography``; without
    it they are None or empty."""

    der: bytes
    fingerprint: str
    subject: str | None = None
    issuer: str | None = None
    names: tuple[str, ...] = ()
    not_after: datetime | None = None

    @classmethod
    def from_der(cls, der: bytes) -> Certificate:
        """Read a DER certificate."""
        library = _x509()
        if not library:
            return cls(der, fingerprint_of(der))
        certificate = library.load_der_x509_certificate(der)
        return cls(
            der,
            fingerprint_of(der),
            certificate.subject.rfc4514_string(),
            certificate.issuer.rfc4514_string(),
            _names(certificate),
            _not_after(certificate),
        )


def _x509() -> Any:
    """Loaded when a certificate is looked at: few tasks do, and it takes a tenth of what the collection loads."""
    return optional("cryptography.x509")


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    library = _x509()
    try:
        extension = certificate.extensions.get_extension_for_class(library.SubjectAlternativeName)
    except (library.ExtensionNotFound, ValueError):
        return ()
    return tuple(str(getattr(name, "value", name)) for name in extension.value)


def _not_after(certificate: x509.Certificate) -> datetime:
    aware: datetime | None = getattr(certificate, "not_valid_after_utc", None)
    return aware if aware is not None else certificate.not_valid_after.replace(tzinfo=timezone.utc)


def client_context(target: Target, *, surface: Surface) -> ssl.SSLContext:
    """The context that a connection to ``target`` uses. With fingerprints neither CA nor host name is checked: whoever
    opens the connection compares the fingerprint before the first byte (see ``adapter.py``).

    :raises UseriesError: kind ``invalid`` when the CA file cannot be read.
    """
    if not target.validate_certs or target.fingerprints:
        return _blind_context()
    try:
        return _context(target.ca_path, os.stat(target.ca_path).st_mtime_ns if target.ca_path else 0)
    except (OSError, ssl.SSLError) as error:
        raise UseriesError(
            f"The CA file {target.ca_path} cannot be read: {error}.",
            surface=surface,
            operation="read the CA file",
            target=target.url,
            kind="invalid",
            remedy=f"Correct {variable(surface, 'ca_path')}: a PEM file that this user may read.",
        ) from error


@functools.lru_cache(maxsize=8)
def _context(ca_path: str | None, _changed: int) -> ssl.SSLContext:
    """Reading the system's authorities takes twenty milliseconds; whoever talks to many appliances does it once."""
    return ssl.create_default_context(cafile=ca_path)


def _blind_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default context would read the system's CAs for nothing
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def fetch_certificate(target: Target, *, surface: Surface = "local", verified: bool = False) -> Certificate:
    """The certificate that the address shows right now, without trusting it.

    :param verified: only one that the CA of ``target`` has signed for its host; fingerprints are for the caller.
    :raises UseriesError: kind ``unreachable`` (no connection) or ``silent`` (no TLS handshake came about).
    """
    try:
        context = client_context(target, surface=surface) if verified else _blind_context()
        with _handshake(target, context, surface) as wrapped:
            der = wrapped.getpeercert(binary_form=True)
    except (ssl.SSLError, OSError) as error:
        raise _no_handshake(target, surface, error) from error
    if not der:
        raise _no_handshake(target, surface, ValueError("no certificate was shown"))
    return Certificate.from_der(der)


def probe(
    target: Target, *, minimum: Version = "TLSv1", maximum: Version = "TLSv1.3", surface: Surface = "local"
) -> str | None:
    """Offer the versions ``minimum`` to ``maximum``: the one that the address chose (``TLSv1.2``) or None.

    :raises UseriesError: kind ``unreachable``, ``silent`` (no answer in time), or ``precondition`` when the OpenSSL of
        this machine cannot speak the versions asked for (then nothing is proven).
    """
    context = _probe_context(target, minimum, maximum, surface)
    try:
        with _handshake(target, context, surface) as wrapped:
            return wrapped.version()
    except TimeoutError as error:
        raise _no_handshake(target, surface, error) from error
    except ssl.SSLError as error:
        if error.reason in ("NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE"):
            raise _cannot_speak(target, minimum, maximum, surface) from error
        return None
    except OSError:
        return None  # Schannel closes or resets instead of sending an alert


def speaks(target: Target, minimum: Version, *, surface: Surface = "local") -> bool:
    """Whether a connection as this collection makes it comes about with ``minimum`` or better, offered by this machine
    as its OpenSSL and the configuration of that allow, and taken by the address as it is now.

    :raises UseriesError: kind ``unreachable``, ``silent``.
    """
    context = _blind_context()
    try:
        context.minimum_version = max(context.minimum_version, _VERSIONS[minimum])
        with _handshake(target, context, surface):
            return True
    except TimeoutError as error:
        raise _no_handshake(target, surface, error) from error
    except (OSError, ValueError):  # ssl.SSLError is an OSError; Schannel closes instead of sending an alert
        return False


def _probe_context(target: Target, minimum: Version, maximum: Version, surface: Surface) -> ssl.SSLContext:
    wanted = list(_VERSIONS)[list(_VERSIONS).index(minimum) : list(_VERSIONS).index(maximum) + 1]
    if not any(_BUILT_IN[version] for version in wanted):
        raise _cannot_speak(target, minimum, maximum, surface)
    context = _blind_context()
    try:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():  # old versions are offered in order to see them refused
            warnings.simplefilter("ignore", DeprecationWarning)
            context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
            context.minimum_version = _VERSIONS[minimum]
            context.maximum_version = _VERSIONS[maximum]
    except (ssl.SSLError, ValueError) as error:
        raise _cannot_speak(target, minimum, maximum, surface) from error
    return context


@contextlib.contextmanager
def _handshake(target: Target, context: ssl.SSLContext, surface: Surface) -> Iterator[ssl.SSLSocket]:
    try:
        raw = _connect(target)
    except (OSError, http.client.HTTPException) as error:
        raise UseriesError(
            f"{target.url} does not answer: {error}.",
            surface=surface,
            operation="TLS handshake",
            target=target.url,
            kind="unreachable",
            remedy="Check address, port and firewall.",
        ) from error
    with raw, context.wrap_socket(raw, server_hostname=target.host) as wrapped:
        yield wrapped


def _connect(target: Target) -> socket.socket:
    if not target.proxy:
        return socket.create_connection((target.host, target.port), timeout=target.timeout)
    proxy = urlsplit(target.proxy)
    tunnel = http.client.HTTPConnection(proxy.hostname or "", proxy.port or 8080, timeout=target.timeout)
    tunnel.set_tunnel(target.host, target.port)
    tunnel.connect()
    connected: Any = tunnel.sock
    return connected  # type: ignore[no-any-return]


def _no_handshake(target: Target, surface: Surface, error: Exception) -> UseriesError:
    return UseriesError(
        f"{target.url} answered, but no TLS handshake came about: {error}.",
        surface=surface,
        operation="TLS handshake",
        target=target.url,
        kind="silent",
        remedy="Check that this port speaks TLS.",
    )


def _cannot_speak(target: Target, minimum: Version, maximum: Version, surface: Surface) -> UseriesError:
    return UseriesError(
        f"The OpenSSL of this machine ({ssl.OPENSSL_VERSION}) cannot offer {minimum} to {maximum}; nothing is proven.",
        surface=surface,
        operation="TLS handshake",
        target=target.url,
        kind="precondition",
        remedy="Run the probe from a controller whose OpenSSL still speaks these versions.",
    )
