# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Redfish session per host and run: opened once, handed from task to task, renewed when it has expired.

The iDRAC allows eight sessions at a time, so one is never opened where another task of this run has left one. Source:
DMTF DSP0266 "Session management"; the limit's answer (503 with RAC0218) as reports of real hardware quote it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._idrac.answers import (
    content_of,
    failure,
    told,
    unexpected,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import Saved, SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

if TYPE_CHECKING:
    import requests

ROOT = "/redfish/v1/"
TOKEN = "X-Auth-Token"
SIGN_IN, SIGN_OUT = "sign in to the iDRAC", "sign out of the iDRAC"
BACK_OFF = (2.0, 5.0, 10.0)
"""Seconds between the tries to sign in while the iDRAC has no session left."""
MOST_RENEWALS = 2
"""Sign-ins of one task at most because a session had expired."""


@dataclass(frozen=True)
class _Order:
    """One request, as :meth:`RedfishSession.request` is given it."""

    operation: str
    json: Any
    data: Callable[[], Any] | None
    headers: Mapping[str, str] | None
    timeout: float | None
    repeat: bool


class RedfishSession:
    """Signed-in requests to one iDRAC.

    :param store: where the session of this run is kept; it stays open for the tasks that follow.
    """

    def __init__(self, target: Target, credentials: Credentials, *, store: SessionStore, clock: Clock) -> None:
        self.target = target
        self.credentials = credentials
        self.store = store
        self.clock = clock
        self.http = HttpSession(target, surface="idrac", clock=clock)
        self._key = store.key(target, credentials, surface="idrac")
        self._token: str | None = None
        self._root: dict[str, Any] | None = None
        self._renewals = 0

    def close(self) -> None:
        """Close the connections; the session stays open (see :func:`log_out`)."""
        self.http.close()

    def root(self) -> dict[str, Any]:
        """The service root, which needs no sign-in; read once.

        :raises UseriesError: ``unreachable``, ``untrusted``, ``unexpected`` when it is no Redfish service.
        """
        if self._root is None:
            operation = "find the Redfish service"
            answer = self.http.request("GET", ROOT, operation=operation, repeat=True)
            if answer.status_code in (404, 405):
                raise unexpected("offers no Redfish service", target=self.target.url, operation=operation)
            if answer.status_code >= 400:
                raise failure(answer, target=self.target.url, operation=operation)
            content = content_of(answer)
            if not content or "RedfishVersion" not in content:
                raise unexpected("does not answer like a Redfish service", target=self.target.url, operation=operation)
            self._root = content
        return self._root

    def request(
        self,
        method: str,
        path: str,
        *,
        operation: str,
        json: Any = None,
        data: Callable[[], Any] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        repeat: bool = False,
    ) -> requests.Response:
        """Send one signed-in request; an expired session is renewed, and the request sent once more.

        :param data: makes a body of another kind than ``json``, afresh for each time that it is sent.
        :param timeout: seconds for the whole answer when it may take longer than the target's.
        :raises UseriesError: as :class:`HttpSession`, and ``login_refused``, ``busy`` (no session left).
        """
        order = _Order(operation, json, data, headers, timeout, repeat)
        answer, token = self._attempt(method, path, order)
        if answer.status_code == 401 and self._renewals < MOST_RENEWALS:
            self._renewals += 1  # 401: the order was not carried out, so it may be sent again
            self._forget(token)
            answer, _renewed = self._attempt(method, path, order)
        return answer

    def _attempt(self, method: str, path: str, order: _Order) -> tuple[requests.Response, str]:
        token = self._token or self._take()
        answer = self.http.request(
            method,
            path,
            operation=order.operation,
            json=order.json,
            data=order.data() if order.data else None,
            headers={**(order.headers or {}), TOKEN: token},
            timeout=order.timeout,
            repeat=order.repeat,
        )
        return answer, token

    def move_to(self, there: RedfishSession) -> None:
        """The iDRAC has another address now: end the session that was opened at this one, where it is reached."""
        with self.store.locked(self._key):
            saved = self.store.load(self._key)
            self.store.drop(self._key)
        self._token = None
        if saved is not None:
            with contextlib.suppress(UseriesError):  # it ends by its idle time
                there.request("DELETE", saved.logout, operation=SIGN_OUT, repeat=True)

    @property
    def by_previous_password(self) -> bool:
        """Whether the run's session was opened with the previous password; signs in when there is none yet."""
        if self._token is None:
            self._take()
        return self.store.by_previous(self._key)

    def sign_in_afresh(self) -> None:
        """Sign out, and in again with the password of the credentials alone; the rest of the run goes on with that.

        :raises UseriesError: ``login_refused``, and then nothing signs in again in this run.
        """
        self.credentials = Credentials(self.credentials.username, self.credentials.password)
        with self.store.locked(self._key):
            saved = self.store.load(self._key)
            self.store.forget(self._key)
        self._token = None
        self._end(saved)
        self._take()

    def sign_in_and_out(self) -> None:
        """Show that the credentials are let in.

        :raises UseriesError: ``login_refused`` and the others of a sign-in.
        """
        self._take()
        with self.store.locked(self._key):
            saved = self.store.load(self._key)
            self.store.drop(self._key)
        self._token = None
        self._end(saved)

    def _end(self, saved: Saved | None) -> None:
        """End a session with its own token; one that is gone already is none of our business."""
        if saved is not None:
            headers = {TOKEN: saved.cookies.get(TOKEN, "")}
            with contextlib.suppress(UseriesError):
                self.http.request("DELETE", saved.logout, operation=SIGN_OUT, headers=headers, repeat=True)

    # -- the session

    def _take(self) -> str:
        """The token that another task left, or a new one."""
        with self.store.locked(self._key):
            saved = self.store.load(self._key)
            token = saved.cookies.get(TOKEN) if saved else None
            if token is None:
                saved = self._sign_in()
                self.store.save(self._key, saved)
                token = saved.cookies[TOKEN]
        self._token = token
        return token

    def _forget(self, token: str) -> None:
        """Drop an expired session, unless another task has replaced it already."""
        self._token = None
        with self.store.locked(self._key):
            saved = self.store.load(self._key)
            if saved and saved.cookies.get(TOKEN) == token:
                self.store.drop(self._key)

    def _sign_in(self) -> Saved:
        earlier = self.store.refused(self._key)
        if earlier is not None:
            raise self._login_refused(f"{earlier} It is not tried again in this run")
        path = _path_of(_reference(self.root(), "Links", "Sessions") or f"{ROOT}SessionService/Sessions")
        answer = self._knock(path, self.credentials.password)
        previous = self.credentials.previous_password
        by_previous = answer.status_code == 401 and previous not in (None, self.credentials.password)
        if by_previous and previous is not None:
            answer = self._knock(path, previous)
        if answer.status_code in (401, 403):
            sentence = told(answer).sentence or f"HTTP {answer.status_code}."
            self.store.refuse(self._key, sentence)
            raise self._login_refused(sentence.removesuffix("."))
        if answer.status_code >= 400:
            raise failure(answer, target=self.target.url, operation=SIGN_IN)
        self.store.let_in(self._key, by_previous=by_previous)
        return self._saved(answer)

    def _knock(self, path: str, password: str) -> requests.Response:
        """Ask for a session; wait and ask again while there is none left."""
        order = {"UserName": self.credentials.username, "Password": password}
        for pause in (*BACK_OFF, None):
            try:
                answer = self.http.request("POST", path, operation=SIGN_IN, json=order)
            except UseriesError as error:  # a lost answer costs one idle session at worst
                if error.kind != "silent" or pause is None:
                    raise
                continue
            if answer.status_code != 503:
                return answer
            if pause is not None:
                self.clock.sleep(pause)
        if told(answer).says("RAC0218"):
            raise self._no_session_left()
        raise failure(answer, target=self.target.url, operation=SIGN_IN)

    def _saved(self, answer: requests.Response) -> Saved:
        token = answer.headers.get(TOKEN)
        place = answer.headers.get("Location") or (content_of(answer) or {}).get("@odata.id")
        if not token or not isinstance(place, str):
            raise unexpected("opened a session but did not name it", target=self.target.url, operation=SIGN_IN)
        return Saved("idrac", self.target, {TOKEN: token}, self.clock.wall(), _path_of(place))

    def _login_refused(self, words: str) -> UseriesError:
        return UseriesError(
            f"The iDRAC at {self.target.url} refuses the sign-in of {self.credentials.username}: {words}.",
            surface="idrac",
            operation=SIGN_IN,
            target=self.target.url,
            kind="login_refused",
            remedy="Check useries_idrac_username and useries_idrac_password; after several wrong passwords the iDRAC "
            "locks the address out for some minutes.",
        )

    def _no_session_left(self) -> UseriesError:
        return UseriesError(
            f"The iDRAC at {self.target.url} has no session left: all of them are in use.",
            surface="idrac",
            operation=SIGN_IN,
            target=self.target.url,
            kind="busy",
            remedy="End sessions in the iDRAC under Sessions (or `racadm closessn -a`), or wait until idle ones have "
            "expired (30 minutes unless it is set differently).",
        )


def log_out(saved: Saved, clock: Clock) -> None:
    """End a session at the end of the run; one that is gone already is none of our business.

    :raises UseriesError: when the iDRAC cannot be reached; the session then ends by its idle time.
    """
    http = HttpSession(saved.target, surface="idrac", clock=clock)
    try:
        headers = {TOKEN: saved.cookies.get(TOKEN, "")}
        http.request("DELETE", saved.logout, operation=SIGN_OUT, headers=headers, repeat=True)
    finally:
        http.close()


def _path_of(place: str) -> str:
    """The path of a reference that may be a full URL: requests go to the address that was checked, no other."""
    return urlsplit(place).path or "/"


def _reference(content: Mapping[str, Any], *names: str) -> str | None:
    found: Any = content
    for name in (*names, "@odata.id"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else None
