# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulated iDRAC remembers by itself: account slots, sessions and the names of its members.

What belongs to the server (service tag, power, BIOS, jobs) stays in the appliance's model and is read from there.
Limits (8 sessions, 1800 s idle, 16 account slots) as the iDRAC has them.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.wires.redfish.machine import Machine
from simulator.wires.redfish.messages import IDRAC, RedfishError

SESSION_LIMIT = 8
SESSION_IDLE_SECONDS = 1800
ACCOUNT_SLOTS = 16
ROOT_SLOT = 2
"""The slot of the account that the appliance's model knows."""

LOGIN, CONFIGURE_MANAGER, CONFIGURE_USERS, CONFIGURE_COMPONENTS, CONFIGURE_SELF = (
    "Login",
    "ConfigureManager",
    "ConfigureUsers",
    "ConfigureComponents",
    "ConfigureSelf",
)
ROLES: dict[str, tuple[str, ...]] = {
    "Administrator": (LOGIN, CONFIGURE_MANAGER, CONFIGURE_USERS, CONFIGURE_COMPONENTS, CONFIGURE_SELF),
    "Operator": (LOGIN, CONFIGURE_COMPONENTS, CONFIGURE_SELF),
    "ReadOnly": (LOGIN, CONFIGURE_SELF),
    "None": (),
}


@dataclass(frozen=True)
class MemberNames:
    """The ids of the single members; other names than Dell's show which client spells them."""

    system: str = "System.Embedded.1"
    manager: str = "iDRAC.Embedded.1"
    chassis: str = "System.Embedded.1"
    nic: str = "NIC.1"


@dataclass
class Account:
    """One of the fixed slots; an empty user name is a free slot."""

    slot: int
    username: str = ""
    password: str = field(default="", repr=False)
    role: str = "None"
    enabled: bool = False

    @property
    def privileges(self) -> tuple[str, ...]:
        """What its role may do."""
        return ROLES[self.role] if self.enabled else ()


@dataclass
class Session:
    """A Redfish session."""

    id: str
    token: str = field(repr=False)
    account: Account
    created: float
    used: float
    client: str = ""


class Sessions:
    """The table of sessions: a limit, and an idle time after which one is gone.

    :param now: seconds since the epoch on the clock that sessions live on.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next = 1
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()
        self.idle_seconds = SESSION_IDLE_SECONDS

    def _drop_idle(self) -> None:
        limit = self._now() - self.idle_seconds
        for session in [s for s in self._open.values() if s.used < limit]:
            del self._open[session.id]

    def open(self, account: Account, client: str = "") -> Session:
        """Sign in; the limit answers as the iDRAC does, 503 with RAC0218."""
        with self._lock:
            self._drop_idle()
            if len(self._open) >= SESSION_LIMIT:
                raise RedfishError(503, f"{IDRAC}.RAC0218")
            now = self._now()
            session = Session(str(self._next), secrets.token_hex(16), account, now, now, client)
            self._next += 1
            self._open[session.id] = session
            return session

    def by_token(self, token: str) -> Session | None:
        """The session of this token, which thereby stays alive."""
        with self._lock:
            self._drop_idle()
            for session in self._open.values():
                if secrets.compare_digest(session.token, token):
                    session.used = self._now()
                    return session
        return None

    def all(self) -> list[Session]:
        """The open ones, oldest first."""
        with self._lock:
            self._drop_idle()
            return list(self._open.values())

    def close(self, session_id: str) -> bool:
        """End one; False when there is none of that id."""
        with self._lock:
            return self._open.pop(session_id, None) is not None

    def close_all(self) -> None:
        """End all, as a restart of the iDRAC does."""
        with self._lock:
            self._open.clear()


class Controller:
    """The iDRAC of one appliance.

    :param machine: the server it sits in.
    """

    def __init__(self, machine: Machine, names: MemberNames) -> None:
        self.machine = machine
        self.names = names
        self.sessions = Sessions(machine.now)
        self.accounts = {slot: Account(slot) for slot in range(1, ACCOUNT_SLOTS + 1)}
        self.accounts[ROOT_SLOT].role, self.accounts[ROOT_SLOT].enabled = "Administrator", True
        self.refresh()

    def refresh(self) -> None:
        """Take over what the model says of the account in slot 2."""
        root = self.accounts[ROOT_SLOT]
        root.username, root.password = self.machine.root

    def keep(self, account: Account) -> None:
        """Tell the model when the account in slot 2 was changed."""
        if account.slot == ROOT_SLOT:
            self.machine.set_root(account.username, account.password)

    def sign_in(self, username: str, password: str) -> Account | None:
        """The enabled account with these credentials."""
        for account in self.accounts.values():
            if account.username and account.username == username and account.enabled:
                same = secrets.compare_digest(account.password.encode(), password.encode())
                return account if same else None
        return None
