# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One signed-in session of the console: pages come back signed in, or an error says why not.

Guide lines 106-117: a user may be logged in for 14 minutes; a session older than 12 is renewed before use (A-01).
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import Submission, submission
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import (
    banner_button,
    is_banner,
    is_sign_in,
    log_out_control,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.values import fill
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget
from ansible_collections.useries.appliance.plugins.module_utils._console.signin import OPERATION, SignIn
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind
from ansible_collections.useries.appliance.plugins.module_utils._console.troubles import (
    bad_status,
    ended_by_step,
    renewed_in_vain,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import Saved, SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

if TYPE_CHECKING:
    import requests
    from lxml.etree import _Element as Element

OLDEST = 12 * 60.0
"""Seconds after which a session is renewed before use."""

MOST_RENEWALS = 2
"""In a row: a session that lived out its time, or that a restart of the appliance ended, was not renewed in vain."""
AWAY = ("unreachable", "silent")
START = "/Maintenance"


class ConsoleSession:
    """Signs in when needed, once per run and address; the cookie passes from task to task through ``store``.

    :param starts: addresses where one may sign in, in the order in which they are tried. ``start`` is the one that was
        there; the menus begin there too.
    """

    runs_scripts = False

    def __init__(
        self,
        http: HttpSession,
        credentials: Credentials,
        store: SessionStore,
        clock: Clock,
        *,
        starts: Sequence[str] = (START,),
    ) -> None:
        self.http = http
        self.clock = clock
        self.starts = tuple(starts)
        self.start = self.starts[0]
        self._arrived: Page | None = None
        self._credentials = credentials
        self._store = store
        self._key = store.key(http.target, credentials, surface=http.surface)
        self._created: float | None = None
        self._spent: dict[str, str] | None = None
        self._renewals = 0

    @property
    def address(self) -> str:
        """The appliance's address, for messages."""
        return self.http.target.url

    # -- where menus led in this run

    def remembered(self, menu: str) -> str | None:
        """The address that a walk through the menus ended at earlier in this run: a hint, to be checked by its page."""
        return self._store.noted(self._key, menu)

    def remember(self, menu: str, url: str) -> None:
        """Keep it for the tasks that follow."""
        if self._store.noted(self._key, menu) != url:
            self._store.note(self._key, menu, url)

    # -- pages

    def arrival(self, operation: str) -> Page:
        """The page shown after signing in; asked for only when an earlier task signed in."""
        self._ensure(operation)
        page, self._arrived = self._arrived, None
        return page if page is not None else self.home(operation)

    def home(self, operation: str) -> Page:
        """The page where the menus begin, fresh; which address that is, is known only once one is signed in."""
        self._ensure(operation)
        return self.get(self.start, operation)

    def get(self, url: str, operation: str) -> Page:
        """A fresh page, for reading; repeated after a new sign-in when the session has ended.

        :raises UseriesError: those of the net, ``login_refused``, ``silent`` (not ready), ``failed`` (error page).
        """
        try:
            return self._got(url, operation)
        except UseriesError as error:
            self._renewals = 0 if error.kind in AWAY else self._renewals
            raise

    def _got(self, url: str, operation: str) -> Page:
        self._ensure(operation)
        page = self._fetch(url, operation)
        while is_sign_in(page) or banner_button(page) is not None:
            if not is_sign_in(page) and self._renewals:
                break  # a page with a single link, not the banner
            self._renew(operation)
            page = self._fetch(url, operation)
        self._check_status(page, operation)
        return page

    def entrance(self, start: str) -> Page:
        """What an address for signing in shows, as it is."""
        return self.parse(self.send(Submission("GET", start), OPERATION), OPERATION)

    def put(self, page: Page, widget: Widget, kind: Kind, text: str) -> None:
        """Fill in a field of the sign-in page."""
        fill(page, widget, kind, text)

    def push(self, page: Page, element: Element) -> Page | None:
        """Press a button of a page before the sign-in; None when only a script could do it."""
        order = submission(page, element, {})
        return None if order is None else self.parse(self.send(order, OPERATION), OPERATION)

    def send(self, order: Submission, operation: str, timeout: float | None = None) -> requests.Response:
        """Send a form or follow a link, once; the answer's body is not read yet."""
        with contextlib.ExitStack() as opened:
            body = _body(order, opened)
            return self.http.request(order.method, order.url, operation=operation, timeout=timeout, stream=True, **body)

    def page_of(self, answer: requests.Response, operation: str, timeout: float | None = None) -> Page:
        """The page that a write was answered with.

        :raises UseriesError: ``silent`` for the sign-in or a server's error: nobody can say whether the order was
            carried out.
        """
        page = self.parse(answer, operation, timeout)
        if is_sign_in(page) or is_banner(page):
            self._forget()
            raise ended_by_step(self.place(page, operation), page)
        if page.status >= 500:
            raise self.place(page, operation).error(
                f"{self.http.target.url} answered this step with error {page.status}: {page.title()}. It may have been "
                "carried out all the same.",
                "silent",
                remedy="Read the state before you repeat this.",
            )
        return page

    def parse(self, answer: requests.Response, operation: str, timeout: float | None = None) -> Page:
        """Read and parse an answer."""
        self.http.read(answer, operation=operation, timeout=timeout)
        return self._parsed(answer, operation)

    def _parsed(self, answer: requests.Response, operation: str) -> Page:
        kind = answer.headers.get("Content-Type", "text/html").lower()
        if "html" not in kind and "text/plain" not in kind:
            raise Place(self.http.target.url, answer.url, operation).error(
                f"{self.http.target.url} answered with {kind} where a page was expected.",
                "unexpected",
                remedy="Open the address in a browser: is it this appliance?",
            )
        charset = answer.encoding if "charset" in kind else None
        page = Page.parse(answer.content, charset, answer.url, answer.status_code)
        whole = b"</html" in answer.content.lower() or "Content-Length" in answer.headers or answer.raw.chunked
        if not whole:
            raise self.place(page, operation).error("The page broke off before its end.", "silent")
        return page

    def place(self, page: Page, operation: str) -> Place:
        """Where errors say that they happened."""
        return Place(self.http.target.url, page.title() or page.url, operation)

    def _fetch(self, url: str, operation: str) -> Page:
        return self._parsed(self.http.request("GET", url, operation=operation, repeat=True), operation)

    def _check_status(self, page: Page, operation: str) -> None:
        if page.status >= 400:
            raise bad_status(self.place(page, operation), self.address, page)

    # -- signing in

    def _ensure(self, operation: str) -> None:
        if self._created is None:
            self._enter(operation)
        elif self.clock.wall() - self._created > OLDEST:
            self._renewals = 0
            self._renew(operation)

    def _renew(self, operation: str) -> None:
        if self._renewals >= MOST_RENEWALS:
            raise renewed_in_vain(Place(self.address, "", operation), MOST_RENEWALS)
        self._renewals += 1
        self._forget()
        self._enter(operation)

    def _forget(self) -> None:
        self._spent = self._cookies()
        self._created = None

    def _enter(self, operation: str) -> None:
        with self._store.locked(self._key):
            words = self._store.refused(self._key)
            if words is not None:
                raise SignIn.refused_before(self.http.target.url, operation, words, self.http.surface)
            saved = self._store.load(self._key)
            young = saved is not None and self.clock.wall() - saved.created <= OLDEST
            if saved is not None and young and dict(saved.cookies) != self._spent:
                self._adopt(saved)
                return
            self._sign_in()

    def _sign_in(self) -> None:
        self.http.cookies.clear()
        door = SignIn(self, self._credentials)
        try:
            page = door.run()
        except UseriesError as error:
            if error.kind == "login_refused":
                self._store.refuse(self._key, error.message)
                self._store.drop(self._key)
            raise
        self._created = self.clock.wall()
        way_out = log_out_control(page)
        href = way_out.get("href", "") if way_out is not None and way_out.tag == "a" else ""
        saved = Saved(
            self.http.surface,
            self.http.target,
            self._cookies(),
            self._created,
            href if href[:1] == "/" else "",
            self.start,
        )
        self._store.save(self._key, saved)
        self._store.let_in(self._key, by_previous=door.by_previous)
        self._arrived = page

    def _adopt(self, saved: Saved) -> None:
        put_cookies(self.http, saved)
        self._created = saved.created
        self.start = saved.start or self.start

    def _cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.http.cookies}

    def leave(self) -> None:
        """Log out now and forget the session."""
        cookies = self._cookies()
        known = self._store.load(self._key)
        way_out = known.logout if known is not None and dict(known.cookies) == cookies else ""
        saved = Saved(self.http.surface, self.http.target, cookies, self._created or 0.0, way_out, self.start)
        self._store.drop(self._key)
        self._forget()
        end_session(self.http, saved)


def put_cookies(http: HttpSession, saved: Saved) -> None:
    """Take over the cookies of a saved session, for its host only."""
    http.cookies.clear()
    host = f"[{http.target.host}]" if ":" in http.target.host else http.target.host
    domain = host.lower() if "." in host else f"{host.lower()}.local"  # as http.cookiejar names it
    for name, value in saved.cookies.items():
        http.cookies.set(name, value, domain=domain, path="/", secure=http.target.scheme == "https")


def end_session(http: HttpSession, saved: Saved) -> bool:
    """Log a saved session out by the console's own entry; False when the page offers none (it has ended already)."""
    operation = "log out"
    put_cookies(http, saved)
    if saved.logout:
        http.request("GET", saved.logout, operation=operation)
        return True
    answer = http.request("GET", saved.start or START, operation=operation)
    page = Page.parse(answer.content, None, answer.url, answer.status_code)
    control = log_out_control(page)
    order = submission(page, control, {}) if control is not None else None
    if order is None:
        return False
    http.request(order.method, order.url, operation=operation, **_body(order, contextlib.ExitStack()))
    return True


def log_out(saved: Saved, clock: Clock) -> bool:
    """:func:`end_session` on a connection of its own, for the end of a run."""
    http = HttpSession(saved.target, surface=saved.surface, clock=clock)
    try:
        return end_session(http, saved)
    finally:
        http.close()


def _body(order: Submission, opened: contextlib.ExitStack) -> dict[str, Any]:
    """The request's payload in the words of ``requests``; files stay open until it has been sent."""
    if order.method == "GET":
        return {"params": list(order.fields)} if order.fields else {}
    if not order.multipart:
        return {"data": list(order.fields)}
    parts: list[tuple[str, tuple[str | None, str | BinaryIO]]] = [(name, (None, value)) for name, value in order.fields]
    for name, path in order.files:
        content: str | BinaryIO = opened.enter_context(path.open("rb")) if path else ""
        parts.append((name, (path.name if path else "", content)))
    return {"files": parts}
