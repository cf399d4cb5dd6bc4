# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in at WinRM: Basic (RFC 7617) and NTLM with channel binding (MS-NTHT, RFC 5929), the latter by pyspnego."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spnego
import spnego.channel_bindings
import spnego.exceptions

from simulator.windows.machine import Machine

_ONE_AT_A_TIME = threading.Lock()  # pyspnego takes the accounts from a file named in the environment of the process


@dataclass(frozen=True)
class Verdict:
    """Whether the connection is signed in, and the challenges to send when it is not."""

    accepted: bool
    challenges: tuple[str, ...] = ()


class SignIn:
    """The sign-in of one connection; NTLM signs the connection in, Basic every request."""

    def __init__(self, machine: Machine, certificate_der: bytes) -> None:
        self._machine = machine
        digest = hashlib.sha256(certificate_der).digest()
        self._bindings = spnego.channel_bindings.GssChannelBindings(application_data=b"tls-server-end-point:" + digest)
        self._context: Any = None
        self._done = False

    def check(self, header: str | None) -> Verdict:
        """Judge the Authorization header of a request."""
        scheme, _separator, token = (header or "").partition(" ")
        if scheme.lower() in ("ntlm", "negotiate") and "ntlm" in self._machine.windows.transports:
            return self._ntlm(scheme, token)
        if scheme.lower() == "basic" and "basic" in self._machine.windows.transports:
            return Verdict(True) if self._basic(token) else self._challenge()
        return Verdict(True) if self._done and not header else self._challenge()

    def _challenge(self) -> Verdict:
        offers = {"ntlm": "Negotiate", "basic": 'Basic realm="WSMAN"'}
        return Verdict(False, tuple(offers[name] for name in self._machine.windows.transports))

    def _basic(self, token: str) -> bool:
        try:
            name, _separator, password = base64.b64decode(token, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        user = self._machine.user
        return _same(name.lower(), user.username.lower()) and _same(password, user.password)

    def _ntlm(self, scheme: str, token: str) -> Verdict:
        try:
            data = base64.b64decode(token, validate=True)
            with _ONE_AT_A_TIME, _accounts(self._machine):
                if self._context is None or data[:12] == b"NTLMSSP\0\1\0\0\0":
                    protocol = "ntlm" if data.startswith(b"NTLMSSP\0") else "negotiate"
                    self._context = spnego.server(protocol=protocol, channel_bindings=self._bindings)
                reply = self._context.step(data)
        except (binascii.Error, spnego.exceptions.SpnegoError, ValueError):
            self._context, self._done = None, False
            return self._challenge()
        if self._context.complete:
            self._context, self._done = None, True
            return Verdict(True)
        return Verdict(False, (f"{scheme} {base64.b64encode(reply or b'').decode()}",))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


class _accounts:
    """For as long as it lasts, pyspnego knows this machine's account and no other."""

    def __init__(self, machine: Machine) -> None:
        user, name = machine.user, machine.appliance.machine_name
        if ":" in user.password or ":" in user.username:
            raise ValueError("the file of accounts cannot hold a colon")
        self._text = "".join(f"{domain}:{user.username}:{user.password}\n" for domain in ("", ".", name))

    def __enter__(self) -> None:
        number, path = tempfile.mkstemp(prefix="winrm-")
        self._path = Path(path)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(self._text)
        self._before = os.environ.get("NTLM_USER_FILE")
        os.environ["NTLM_USER_FILE"] = path

    def __exit__(self, *_details: object) -> None:
        if self._before is None:
            os.environ.pop("NTLM_USER_FILE", None)
        else:
            os.environ["NTLM_USER_FILE"] = self._before
        self._path.unlink()
