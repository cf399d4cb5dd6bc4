# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the surfaces of one task at first use and closes them at its end: the only place that signs in anywhere."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.beyondinsight import BeyondInsight, try_sign_in
from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._compose.drivers import ANY, Drivers, Keeping, Turn
from ansible_collections.useries.appliance.plugins.module_utils._compose.links import (
    PREFIXES,
    credentials_of,
    target_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import OTHERS
from ansible_collections.useries.appliance.plugins.module_utils._compose.profiles import Choice, Chooser
from ansible_collections.useries.appliance.plugins.module_utils._compose.record import Observations
from ansible_collections.useries.appliance.plugins.module_utils._compose.updater import Updater
from ansible_collections.useries.appliance.plugins.module_utils._console.driver import ConsoleDriver
from ansible_collections.useries.appliance.plugins.module_utils._endpoint.role import Role, read_role_and_date
from ansible_collections.useries.appliance.plugins.module_utils._guide.profiles import AUTO, sign_in_addresses
from ansible_collections.useries.appliance.plugins.module_utils._guide.terms import Page
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.libraries import optional
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Target
from ansible_collections.useries.appliance.plugins.module_utils._net.tls import fetch_certificate
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession
from ansible_collections.useries.appliance.plugins.module_utils._state.files import StateDirectory, private_file
from ansible_collections.useries.appliance.plugins.module_utils._state.locks import FileLock
from ansible_collections.useries.appliance.plugins.module_utils._state.processes import ProcessMark

if TYPE_CHECKING:  # the libraries of the optional surfaces are loaded when a task uses them
    from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac
    from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection
    from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

SESSIONS = "sessions"


class Surfaces:
    """Everything that a declaration may talk to.

    ``console`` and ``endpoint`` of the host itself; ``partner`` the same of the partner node; ``windows``, ``sql`` and
    ``idrac`` when their variables are set.

    :param options: validated options; :param directory: the run's private directory, or None; :param run: its process.
    :param module: whose task it is.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        clock: Clock,
        directory: Path | None,
        *,
        partner: bool = False,
        run: ProcessMark | None = None,
        module: str = "",
    ) -> None:
        self._options = options
        self._run = run
        self._is_partner = partner
        self._module = module
        self._clock = clock
        self._directory = directory
        self._open = contextlib.ExitStack()
        self.answered = False
        self.observed = Observations()
        self._replaced = ""
        self._turn = self._turn_of_the_pair()
        self.warnings = [
            f"The certificate of {name} is not verified ({option}: false): anybody on the way can read the password."
            for name, option in (
                ("the appliance", "validate_certs"),
                ("Windows", "windows_validate_certs"),
                ("the iDRAC", "idrac_validate_certs"),
            )
            if options.get(option) is False
            and not options.get(option.replace("validate_certs", "fingerprints"))
            and options.get(option.replace("validate_certs", "host"))
        ]

    # -- identity ------------------------------------------------------------------------------------------------------
    @property
    def identity(self) -> str:
        """The appliance as leases and promises name it: by its console, else by its iDRAC."""
        where = self._options.get("host") or self._options.get("idrac_host") or ""
        return f"{where}:{self._options.get('port', 443)}"

    @staticmethod
    def primary(groups: Sequence[str]) -> Surface:
        """The surface whose silence makes a host unreachable."""
        first = groups[0] if groups else "console"
        return first if first in {"console", "windows", "sql", "idrac"} else "console"  # type: ignore[return-value]

    def configured(self, surface: Surface) -> bool:
        """Whether the variables of an optional surface are set."""
        return bool(self._options.get(f"{surface}_host") and self._options.get(f"{surface}_username"))

    def concerns(self, error: UseriesError) -> bool:
        """Whether an error is about this node: another one's silence makes nobody unreachable."""
        others = [self._options.get(name) or {} for name in OTHERS]
        return not any(other.get("host") and error.target == target_of(other, "console").url for other in others)

    # -- whether it has answered ---------------------------------------------------------------------------------------
    def known(self, surface: Surface) -> bool:
        """Whether this surface answered to this task, or to an earlier one of the run."""
        return self.answered or (self._directory is not None and self._mark(surface).exists())

    def remember(self, surface: Surface) -> None:
        """Tell the tasks that follow in this run whether it answered; not worth failing for."""
        if self.answered and self._directory is not None and not self._mark(surface).exists():
            with contextlib.suppress(UseriesError):
                private_file(str(self._mark(surface)), "")

    def _mark(self, surface: Surface) -> Path:
        where = f"{surface} {self.identity} {self._options.get(f'{surface}_host', '')}"
        return (self._directory or Path()) / f"answered-{hashlib.sha256(where.encode()).hexdigest()[:24]}"

    # -- the node itself -----------------------------------------------------------------------------------------------
    @cached_property
    def console(self) -> ConsoleSurface:
        """The console, signed in at first use with the run's session."""
        return self._console()

    def told_of_console(self, *, always: bool) -> dict[str, Any]:
        """For the result: how the console is laid out, when this task has opened it; ``always``: also when that is
        confirmed."""
        opened = self.__dict__.get("console")
        choice: Choice | None = opened.choice if opened is not None else None
        if choice is None or (choice.profile.confirmed and not always):
            return {}
        return {"console": choice.result()}

    def role(self) -> Role:
        """The node's role over the endpoint."""
        return self.role_and_date()[0]

    def role_and_date(self) -> tuple[Role, datetime | None]:
        """The role, and the node's clock (UTC) as that answer carries it."""
        role, date = read_role_and_date(self.target, self._clock)
        self.answered = True
        self.observed.note(self.identity, "role", role)
        return role, date

    # -- signing in, for tasks that change how one does ----------------------------------------------------------------
    @property
    def by_previous_password(self) -> bool:
        """Whether the run's session was opened with the previous password; known once a page has been opened."""
        credentials = credentials_of(self._options, "console")
        return self.sessions.by_previous(self.sessions.key(self.target, credentials, surface="console"))

    def sign_in_afresh(self, page: Page, username: str | None = None) -> None:
        """Sign out, and in again with the password of the options alone; the rest of the run goes on with that session.

        :param page: what to open then; :param username: when it has become another one.
        :raises UseriesError: ``login_refused``, and then nothing signs in again in this run.
        """
        before = self.__dict__.pop("console", None)
        if before is not None:
            with contextlib.suppress(UseriesError):  # the console may have ended it
                before.leave()
            before.close()
        credentials = credentials_of(self._options, "console")
        self.sessions.drop(self.sessions.key(self.target, credentials, surface="console"))
        self._options = {**self._options, "previous_password": None, "username": username or self._options["username"]}
        self.console.open(page)

    def try_to_sign_in(self, page: Page) -> None:
        """Sign in beside the run's session, which stays, open a page, and sign out again.

        :raises UseriesError: ``login_refused`` in the console's words, also for a second factor.
        """
        other = self._console(SessionStore(None, self._clock))
        try:
            other.open(page)
            with contextlib.suppress(UseriesError):
                other.leave()
        finally:
            other.close()

    @property
    def target(self) -> Target:
        """The console's address and trust; a certificate that this run put there is trusted for the rest of the run."""
        given = target_of(self._options, "console")
        return replace(given, fingerprints=(*given.fingerprints, *pins)) if (pins := self._pins()) else given

    def certificate(self) -> Any:
        """The certificate that the console serves now; no trust is needed to look at it."""
        return fetch_certificate(self.target)

    def trust(self, fingerprint: str) -> None:
        """The rest of the run accepts exactly this certificate of the console."""
        if self._directory is not None:
            private_file(str(self._pin_file()), fingerprint + "\n")
        self._open.close()
        self.__dict__.pop("console", None)
        self._replaced = fingerprint

    def _pins(self) -> tuple[str, ...]:
        if self._directory is not None and self._pin_file().exists():
            return (self._pin_file().read_text(encoding="ascii").strip(),)
        return (self._replaced,) if self._replaced else ()

    def _pin_file(self) -> Path:
        digest = hashlib.sha256(self.identity.encode()).hexdigest()[:24]
        return (self._directory or Path()) / f"pin-{digest}"

    def keep_secret(self, path: str, text: str, *, write: bool) -> bool:
        """A private file on the controller; whether its content changes."""
        where = Path(os.path.expanduser(path))
        if where.is_file() and not where.is_symlink() and where.read_text(encoding="utf-8") == text:
            return False
        if write:
            private_file(str(where), text)
        return True

    @cached_property
    def sessions(self) -> SessionStore:
        """Where sessions are handed from task to task."""
        return SessionStore(None if self._directory is None else self._directory / SESSIONS, self._clock)

    # -- the same appliance, met again ---------------------------------------------------------------------------------
    def again(self, host: str = "", surface: Surface = "console") -> Surfaces:
        """The same appliance over connections of their own, after a restart or (``host``) with this surface at its new
        address.

        There it is recognised as :func:`pins_of` says.
        """
        more: dict[str, Any] = {}
        if host:  # else nothing is asked of a console that this task may not know
            more = self._moved(
                host, self.target if surface == "console" else target_of(self._options, surface), surface
            )
        other = Surfaces(
            {**self._options, **more},
            self._clock,
            self._directory,
            partner=self._is_partner,
            run=self._run,
            module=self._module,
        )
        other.warnings, other.observed = self.warnings, self.observed
        other._turn = self._turn  # the same task
        self._open.callback(other.close)
        return other

    @staticmethod
    def _moved(host: str, target: Target, surface: Surface) -> dict[str, Any]:
        """The options of a surface at its new address; none where it is the old one."""
        if host == target.host:
            return {}
        return {f"{PREFIXES[surface]}host": host, f"{PREFIXES[surface]}fingerprints": list(pins_of(target))}

    def meet_again(self) -> None:
        """The appliance was restarted: the rest of the task talks to it over new connections."""
        for name in ("console", "windows"):
            self.__dict__.pop(name, None)

    # -- the partner ---------------------------------------------------------------------------------------------------
    @cached_property
    def partner(self) -> Surfaces:
        """The same for the partner node.

        :raises UseriesError: kind ``invalid`` when no partner is given.
        """
        return self._other("partner", "the other node")

    def beside(self, options: Mapping[str, Any]) -> Surfaces:
        """Another appliance that the task is also about. Its iDRAC is the option ``fenced_idrac`` of the task.

        :param options: those of its console, by the names of the option ``partner``.
        """
        fenced = self._options.get("fenced_idrac") or {}
        both = {**options, **{f"{PREFIXES['idrac']}{name}": value for name, value in fenced.items()}}
        other = Surfaces(both, self._clock, self._directory, partner=True, run=self._run, module=self._module)
        self.warnings.extend(one for one in other.warnings if "iDRAC" in one and one not in self.warnings)
        other.warnings, other.observed = self.warnings, self.observed
        other._turn = self._turn  # the same task
        self._open.callback(other.close)
        return other

    @property
    def has_partner(self) -> bool:
        """Whether a partner is given."""
        return bool(self._options.get("partner"))

    @cached_property
    def source(self) -> Surfaces:
        """The same for the appliance whose cold spare this one is.

        :raises UseriesError: kind ``invalid`` when no source is given.
        """
        return self._other("source", "the appliance whose cold spare this is")

    @property
    def has_source(self) -> bool:
        """Whether a source is given."""
        return bool(self._options.get("source"))

    def _other(self, option: str, words: str) -> Surfaces:
        other = self._options.get(option)
        if not other:
            raise UseriesError(
                f"No {option} is known for this appliance.",
                surface="console",
                operation="read the options",
                kind="invalid",
                remedy=f"Set {OTHERS[option]} to the inventory name of {words}, or give the option {option}.",
            )
        return self.beside(other)

    # -- optional surfaces ---------------------------------------------------------------------------------------------
    @property
    def windows_target(self) -> Target:
        """Where Windows is reached."""
        return target_of(self._options, "windows")

    def windows_pins(self) -> Sequence[str]:
        """See :func:`pins_of`."""
        return pins_of(self.windows_target)

    def move_windows(self, host: str, pins: Sequence[str] = ()) -> None:
        """From now on Windows is met there, over a new connection."""
        more = {"windows_fingerprints": list(pins)} if pins else {}
        self._options = {**self._options, "windows_host": host, **more}
        self.__dict__.pop("windows", None)

    @cached_property
    def windows(self) -> Session:
        """A WinRM session: one shell for this task."""
        from ansible_collections.useries.appliance.plugins.module_utils._windows.session import Session

        session = Session(
            target_of(self._options, "windows"),
            credentials_of(self._options, "windows"),
            clock=self._clock,
            transport=self._options["windows_transport"],
        )
        opened: Session = self._open.enter_context(session)
        self.answered = True
        return opened

    @cached_property
    def sql(self) -> Connection:
        """One SQL Server connection for this task."""
        from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection

        connection = Connection(
            target_of(self._options, "sql"),
            credentials_of(self._options, "sql"),
            self._options.get("sql_driver"),
            self._clock,
            encrypt=bool(self._options.get("sql_encrypt", True)),
        )
        opened: Connection = self._open.enter_context(connection)
        self.answered = True
        return opened

    @cached_property
    def idrac(self) -> Idrac:
        """The iDRAC, with the run's one session."""
        from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac

        client = Idrac(
            target_of(self._options, "idrac"),
            credentials_of(self._options, "idrac"),
            store=self.sessions,
            clock=self._clock,
        )
        self._open.callback(client.close)
        return client

    @cached_property
    def beyondinsight(self) -> BeyondInsight:
        """BeyondInsight of the appliance, with the run's one session."""
        keeping = Keeping(self._directory, self._run)
        opened = BeyondInsight(self._options, self.sessions, self._clock, keeping, self.warnings.append)
        self._open.callback(opened.close)
        return opened

    def try_beyondinsight(self, username: str, password: str) -> None:
        """Sign in to BeyondInsight as somebody, beside the run's session, and out again.

        :raises UseriesError: ``login_refused`` in its words, also for a second factor.
        """
        who = {"beyondinsight_username": username, "beyondinsight_password": password}
        try_sign_in({**self._options, **who}, self._clock, self.warnings.append)

    @cached_property
    def updater(self) -> Updater:
        """BeyondTrust Updater of the appliance, with the run's one session."""
        keeping = Keeping(self._directory, self._run)
        opened = Updater(self._options, self.sessions, self._clock, keeping, self.warnings.append)
        self._open.callback(opened.close)
        return opened

    @property
    def jmespath(self) -> Any:
        """The library behind ``query``."""
        return optional("jmespath")

    def close(self) -> None:
        """Let go of everything; the sessions that are handed over live on. A failing close never hides an error."""
        with contextlib.suppress(UseriesError):
            self._open.close()

    def _turn_of_the_pair(self) -> Turn | None:
        other = self._options.get("partner")
        if not other or self._directory is None:
            return None
        nodes = sorted((self.identity, f"{other.get('host', '')}:{other.get('port', 443)}"))
        name = hashlib.sha256(" ".join(nodes).encode()).hexdigest()[:16]
        turn = Turn(FileLock(StateDirectory(str(self._directory)), f"turn-{name}.lock"), self._clock)
        self._open.callback(turn.end)  # closed last: after the windows
        return turn

    def _console(self, store: SessionStore | None = None) -> ConsoleSurface:
        """A console.

        :param store: of a session that no other task is to go on with.
        """
        target = self.target
        sessions = store or self.sessions
        directory = self._directory if store is None else None
        http = HttpSession(target, surface="console", clock=self._clock)
        wanted = str(self._options.get("console_profile") or AUTO)

        opened: list[Drivers] = []

        def sign_in() -> ConsoleDriver:
            credentials = credentials_of(self._options, "console", partner=self._is_partner)
            keeping = Keeping(directory, self._run, self._turn)
            starts = sign_in_addresses(wanted)
            drivers = Drivers(http, credentials, sessions, self._clock, keeping, self.warnings.append, starts)
            opened.append(drivers)
            return drivers.open(str(self._options.get("console_driver") or ANY))

        def let_go() -> None:
            http.close()
            for drivers in opened:
                drivers.close()

        untouched = "" if self._is_partner else "Nothing was changed."
        chooser = Chooser(wanted, self._module, sessions, target.url, self.warnings.append, untouched)
        labels = self._options.get("console_labels") or {}
        surface = ConsoleSurface(sign_in, chooser, labels, self._heard, target.url, let_go, self._is_passive)
        surface.observe = partial(self.observed.note, self.identity)
        self._open.callback(surface.close)
        return surface

    def _is_passive(self) -> bool:
        """As the endpoint says; only for the words of an error, so that its silence is no error of its own."""
        with contextlib.suppress(UseriesError):
            return self.role() == "Passive"
        return False

    def _heard(self) -> None:
        self.answered = True


def pins_of(target: Target) -> Sequence[str]:
    """The fingerprints by which an appliance is recognised at another address, for which its certificate was not made:
    those given, else that of the very certificate that is served, and verified, here and now."""
    if target.validate_certs and not target.fingerprints:
        return (fetch_certificate(target, verified=True).fingerprint,)
    return target.fingerprints
