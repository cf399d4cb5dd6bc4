# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SHA-256 fingerprints of certificates, and the variables that hold them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError

_SHA256 = re.compile(r"[0-9a-f]{64}")

_PREFIXES: dict[Surface, str] = {
    "windows": "useries_windows_",
    "sql": "useries_sql_",
    "idrac": "useries_idrac_",
    "beyondinsight": "useries_beyondinsight_",
    "updater": "useries_updater_",
}


def variable(surface: Surface, name: str) -> str:
    """The inventory variable that sets ``name`` (e.g. ``ca_path``) for a surface."""
    return _PREFIXES.get(surface, "useries_") + name


def normalise_fingerprint(text: str, *, surface: Surface = "local") -> str:
    """Bring a SHA-256 fingerprint to 64 small hexadecimal digits.

    Accepted: colons, dashes, white space between the digits, capitals, a leading ``sha256:`` or
    ``SHA256 Fingerprint=``.

    :raises UseriesError: kind ``invalid`` when it is no SHA-256 fingerprint.
    """
    bare = re.sub(r"^\s*sha-?256(\s+fingerprint)?\s*[:=]", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[\s:-]", "", bare).lower()
    if _SHA256.fullmatch(digits):
        return digits
    raise UseriesError(
        f"{text!r} is not a SHA-256 fingerprint: 64 hexadecimal digits are expected, not {len(digits)}.",
        surface=surface,
        operation="read fingerprints",
        kind="invalid",
        remedy=f"Correct {variable(surface, 'fingerprints')}; "
        "openssl x509 -noout -fingerprint -sha256 -in certificate.pem prints one.",
    )


def normalise_all(texts: Iterable[str], *, surface: Surface = "local") -> tuple[str, ...]:
    """:func:`normalise_fingerprint` for several."""
    return tuple(normalise_fingerprint(text, surface=surface) for text in texts)


def fingerprint_of(der: bytes) -> str:
    """SHA-256 of a DER certificate, 64 small hexadecimal digits."""
    return hashlib.sha256(der).hexdigest()


def readable(fingerprint: str) -> str:
    """``AB:CD:...`` as certificate viewers print it."""
    pairs = (fingerprint[at : at + 2] for at in range(0, len(fingerprint), 2))
    return ":".join(pairs).upper()
