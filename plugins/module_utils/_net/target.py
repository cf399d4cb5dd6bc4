# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a surface is and whom it trusts: plain values that every surface takes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Target:
    """One address of one surface.

    :param host: name or address, without scheme; :param port: TCP port; :param timeout: seconds for one answer.
    :param validate_certs: False accepts any certificate (always warned about by the floor above).
    :param ca_path: PEM file of the CA, or None for the system's store.
    :param fingerprints: SHA-256 fingerprints (hex, colons allowed) any one of which is accepted instead of a CA.
    :param proxy: URL of a proxy, or None; environment proxies are never used.
    """

    host: str
    port: int
    validate_certs: bool = True
    ca_path: str | None = None
    fingerprints: tuple[str, ...] = ()
    timeout: float = 30.0
    proxy: str | None = None
    scheme: str = "https"

    @property
    def url(self) -> str:
        """``https://host:port`` (an IPv6 address in brackets)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True)
class Credentials:
    """A sign-in; neither password is ever part of the repr."""

    username: str
    password: str = field(repr=False)
    previous_password: str | None = field(default=None, repr=False)
