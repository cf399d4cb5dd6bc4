# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proof by TLS handshakes: what is not offered any more must be refused, what is must be taken."""

from __future__ import annotations

from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Proof
from ansible_collections.useries.appliance.plugins.module_utils._guide.security_settings import SECURITY_PROTOCOLS
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import probe, speaks

#: TLS versions below the minimum of each choice. SSL 3.0 is not built into today's OpenSSL, so it cannot be tried.
BELOW: dict[str, tuple[Any, ...]] = dict(
    zip(SECURITY_PROTOCOLS, ((), (), ("TLSv1",), ("TLSv1", "TLSv1.1")), strict=True)
)

#: The lowest version that each choice leaves.
LOWEST: dict[str, Any] = dict(zip(SECURITY_PROTOCOLS, ("TLSv1", "TLSv1", "TLSv1.1", "TLSv1.2"), strict=True))


def survives(target: Target, choice: str) -> bool:
    """Whether connections of this machine to the appliance go on with that minimum."""
    return speaks(target, LOWEST[choice])


def protocol_proof(target: Target, choice: str) -> tuple[Proof, dict[str, Any]]:
    """Offer each version below the minimum alone, and TLS 1.2.

    ``unavailable`` when this machine cannot speak the old ones.
    """
    tried: dict[str, str] = {}
    try:
        tried["TLSv1.2"] = "accepted" if probe(target, minimum="TLSv1.2", maximum="TLSv1.2") else "refused"
    except UseriesError as error:
        return "unavailable", {"reason": error.message}
    for version in BELOW.get(choice, ()):
        try:
            tried[version] = "accepted" if probe(target, minimum=version, maximum=version) else "refused"
        except UseriesError as error:
            return "unavailable", {"reason": error.message, "handshakes": tried}
    wrong = [version for version in BELOW.get(choice, ()) if tried[version] == "accepted"]
    if wrong:
        return "unavailable", {
            "reason": f"{', '.join(wrong)} still accepted; the setting may need a restart of the appliance",
            "handshakes": tried,
        }
    return "verified", {"handshakes": tried}
