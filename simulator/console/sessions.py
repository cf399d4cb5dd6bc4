# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of the console: fourteen minutes from sign-in, a warning after twelve (guide lines 115-117)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.pages.spec import Download, Outcome

LIFETIME = 14 * 60
WARNING = 12 * 60


@dataclass
class Pending:
    """An action that waits for Confirm."""

    page: str
    section: str
    table: str
    button: str
    row: str
    values: Mapping[str, Any]
    question: str


@dataclass
class Session:
    """A signed-in person."""

    id: str
    user: str
    started: datetime
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    shown: dict[str, tuple[Outcome, str]] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    files: dict[str, Download] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)

    def token(self, *path: str) -> str:
        """What a form of this session must carry along; nobody else can know it."""
        return hmac.new(self.secret, "\x1f".join(path).encode(), hashlib.sha256).hexdigest()[:40]


class Sessions:
    """All sessions of one node.

    :param now: gives the time that sessions are measured by.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._open: dict[str, Session] = {}

    def create(self, user: str) -> Session:
        """Sign in."""
        session = Session(secrets.token_urlsafe(24), user, self._now())
        self._open[session.id] = session
        return session

    def find(self, key: str | None) -> Session | None:
        """The session of a cookie, None when it is unknown or too old."""
        session = self._open.get(key or "")
        if session is not None and self.age(session) >= LIFETIME:
            self.end(session)
            return None
        return session

    def age(self, session: Session) -> float:
        """Seconds since sign-in."""
        return (self._now() - session.started).total_seconds()

    def ends_soon(self, session: Session) -> bool:
        """Whether the warning is due."""
        return self.age(session) >= WARNING

    def end(self, session: Session) -> None:
        """Sign out."""
        self._open.pop(session.id, None)

    def clear(self) -> None:
        """Sign everybody out."""
        self._open.clear()

    def __len__(self) -> int:
        return len(self._open)
