# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One signed-in window of the console: started on the key that Python has verified, signed in once per run, renewed
before the console ends it (guide lines 106-117), pages back as the label driver reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._console.browser.chromium import (
    launch_for,
    ready_program,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.fingers import HandError
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.hand import net_error
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.link import Hands
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.snapshot import mark_of, page_of
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.trust import Trusted
from ansible_collections.useries.appliance.plugins.module_utils._console.browser.words import told
from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import form_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import (
    banner_button,
    is_sign_in,
    log_out_control,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget
from ansible_collections.useries.appliance.plugins.module_utils._console.session import (
    AWAY,
    MOST_RENEWALS,
    OLDEST,
    START,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.signin import OPERATION, SignIn
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind
from ansible_collections.useries.appliance.plugins.module_utils._console.troubles import (
    bad_part,
    bad_status,
    renewed_in_vain,
)
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials
from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession, origin_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SINCE, TRUST, WHERE = "browser: signed in at", "browser: verified", "browser: start"
ANSWER_SECONDS = 3.0
"""How long a sign-in page may take to say what it thinks of the password, after the last thing that moved."""

LATE_SECONDS = 2.0
"""How long a page without a change that is no sign-in page is waited for to become one."""


class BrowserSession:
    """Signs in when needed, once per run; the window itself lives from task to task.

    :param http: the way on which Python verifies the certificate; :param open_hands: starts or finds the browser.
    :param starts: addresses where one may sign in, as of :class:`ConsoleSession`.
    """

    runs_scripts = True

    def __init__(
        self,
        http: HttpSession,
        credentials: Credentials,
        store: SessionStore,
        clock: Clock,
        open_hands: Callable[[str], Hands],
        *,
        starts: Sequence[str] = (START,),
    ) -> None:
        self.http = http
        self.clock = clock
        self.starts = tuple(starts)
        self._arrived: Page | None = None
        self._credentials = credentials
        self._store = store
        self._key = store.key(http.target, credentials, surface=http.surface)
        self.start = store.noted(self._key, WHERE) or self.starts[0]
        self._open_hands = open_hands
        self._hands: Hands | None = None
        self._trusted: Trusted | None = None
        self._renewals = 0
        self._broken: dict[str, Any] | None = None

    @property
    def timeout(self) -> float:
        """Real seconds for one page."""
        return self.http.target.timeout

    @property
    def address(self) -> str:
        """The appliance's address, for messages."""
        return self.http.target.url

    # -- where menus led in this run

    def remembered(self, menu: str) -> str | None:
        """As of :class:`ConsoleSession`."""
        return self._store.noted(self._key, f"browser: {menu}")

    def remember(self, menu: str, url: str) -> None:
        """As of :class:`ConsoleSession`."""
        if self.remembered(menu) != url:
            self._store.note(self._key, f"browser: {menu}", url)

    # -- the window

    def do(self, operation: str, verb: str, **more: Any) -> Any:
        """One verb of the hand; its errors in the collection's words."""
        try:
            return self._opened(operation).do(verb, **more)
        except HandError as error:
            raise self._told(error, operation) from error

    def _opened(self, operation: str) -> Hands:
        if self._hands is None:
            program = ready_program(self.http.target.url)
            try:
                with self._store.locked(self._key):
                    self._hands = self._open_hands(self._key)
                self._launch(self._hands, program)
            except HandError as error:
                self.close()
                raise self._told(error, operation) from error
            except UseriesError:
                self.close()
                raise
        return self._hands

    def _launch(self, hands: Hands, program: str) -> None:
        noted = self._store.noted(self._key, TRUST)
        self._trusted = Trusted.from_text(noted) if noted else self._verified()
        spki = self._trusted.spki if self._trusted is not None else ""
        launch = launch_for(program, self.http.target.host, spki, self.http.target.proxy)
        started = hands.do("start", launch=launch.__dict__)
        if started["new"]:
            self._store.note(self._key, SINCE, "")

    def _verified(self) -> Trusted | None:
        """What Python's own connection met and accepts; it says the usual words when it does not."""
        if self.http.target.scheme != "https":
            return None
        self.http.request("GET", self.start, operation="verify the certificate", stream=True).close()
        trusted = Trusted.of(self.http.peer_certificate() or b"")
        self._store.note(self._key, TRUST, trusted.to_text())
        return trusted

    def close(self) -> None:
        """Let go of the window; it stays open for the next task of the run."""
        if self._hands is not None:
            self._hands.close()
            self._hands = None

    # -- pages

    def arrival(self, operation: str) -> Page:
        """The page shown after signing in; opened only when an earlier task signed in."""
        self._ensure(operation)
        page, self._arrived = self._arrived, None
        return page if page is not None else self.home(operation)

    def home(self, operation: str) -> Page:
        """The page where the menus begin, fresh."""
        self._ensure(operation)
        return self.get(self.start, operation)

    def leave(self) -> None:
        """Sign out by the console's own entry, and forget the session."""
        operation = "log out"
        control = log_out_control(self.look(operation))
        if control is not None:
            self.do(operation, "click", mark=mark_of(control))
            self.settled(operation, timeout=ANSWER_SECONDS)
        self.signed_out()

    def get(self, url: str, operation: str) -> Page:
        """A fresh page, signed in."""
        try:
            return self._got(url, operation)
        except UseriesError as error:
            self._renewals = 0 if error.kind in AWAY else self._renewals
            raise

    def _got(self, url: str, operation: str) -> Page:
        self._ensure(operation)
        page = self._gone_to(url, operation)
        while is_sign_in(page) or banner_button(page) is not None:
            if not is_sign_in(page) and self._renewals:
                break  # a page with a single button, not the banner
            self._renew(operation)
            page = self._gone_to(url, operation)
        return page

    def look(self, operation: str) -> Page:
        """The page as it is at this moment."""
        for _try in range(5):
            try:
                return page_of(self._opened(operation).do("look"))
            except HandError as error:
                if error.kind != "stale":
                    raise self._told(error, operation) from error
                self.do(operation, "settle", timeout=self.timeout)
        raise Place(self.http.target.url, "", operation).error(
            "The page goes on to another page again and again.", "silent", remedy="Look at it in a browser."
        )

    def settled(self, operation: str, least: float = 0.0, timeout: float | None = None) -> dict[str, Any]:
        """Wait until the page is at rest; see :meth:`Hand.settle`."""
        told: dict[str, Any] = self.do(operation, "settle", timeout=timeout or self.timeout, least=least)
        return told

    def place(self, page: Page, operation: str) -> Place:
        """Where errors say that they happened."""
        return Place(self.http.target.url, page.title() or page.url, operation)

    def signed_out(self) -> None:
        """The console has ended the session."""
        self._store.note(self._key, SINCE, "")

    def _gone_to(self, url: str, operation: str, *, any_status: bool = False) -> Page:
        absolute = url if "://" in url else self.http.target.url + url
        went = self.do(operation, "go", url=absolute, timeout=self.timeout)
        page = self.look(operation)
        if not page.text(page.root):  # a shell, whose scripts are still being prepared
            went = {**went, **self.settled(operation, least=ANSWER_SECONDS)}
            page = self.look(operation)
        page.status = went["status"] or 200
        self.rested(went, page, operation)
        self.note_parts(operation)
        if any_status and self._broken is not None and page.status < 400:
            page.status = self._broken["status"] or page.status
        if page.status >= 400 and not any_status and not is_sign_in(page):
            raise bad_status(self.place(page, operation), self.address, page)
        return page

    def lacking(self, page: Page, operation: str) -> UseriesError | None:
        """Why something may not be on the page that was opened last: a part of it did not come. A page can do without
        others, so this matters only where something is missed."""
        part = self._broken
        return (
            None if part is None else bad_part(self.place(page, operation), self.address, part["path"], part["status"])
        )

    def note_parts(self, operation: str) -> None:
        """Remember whether the page that was just opened lacks a part."""
        self._broken = self._broken_part(operation)

    def _broken_part(self, operation: str) -> dict[str, Any] | None:
        """A part from which a script draws the page that broke off or was answered by a server in trouble, unless it
        was asked for again and came."""
        parts = [one for one in self.do(operation, "fetched") if one["type"] in ("fetch", "xhr")]
        latest = {(one["method"], one["path"]): one for one in parts}
        bad = (one for one in latest.values() if one["status"] in (0, 429) or one["status"] >= 500)
        return next(bad, None)

    def rested(self, told: Mapping[str, Any], page: Page, operation: str) -> None:
        """A page that was still loading at the end of :meth:`settled` is given up.

        :raises UseriesError: kind ``silent``.
        """
        if not told["rest"]:
            raise self.place(page, operation).error(
                f"The page is still loading after {self.timeout:.0f} seconds.",
                "silent",
                remedy="Look at it in a browser; if it is only slow, raise useries_timeout.",
            )

    # -- signing in

    def _ensure(self, operation: str) -> None:
        self._opened(operation)
        since = self._store.noted(self._key, SINCE)
        young = bool(since) and self.clock.wall() - float(since or 0) <= OLDEST
        if young:
            return
        if since:
            self._renewals = 0
            self._renew(operation)
        else:
            self._enter(operation)

    def _renew(self, operation: str) -> None:
        if self._renewals >= MOST_RENEWALS:
            raise renewed_in_vain(Place(self.address, "", operation), MOST_RENEWALS)
        self._renewals += 1
        self.do(operation, "renew")
        self._enter(operation)

    def _enter(self, operation: str) -> None:
        words = self._store.refused(self._key)
        if words is not None:
            raise SignIn.refused_before(self.http.target.url, operation, words, self.http.surface)
        if self._adopted():
            return
        door = SignIn(self, self._credentials)
        try:
            self._arrived = door.run()
        except UseriesError as error:
            if error.kind == "login_refused":
                self._store.refuse(self._key, error.message)
            raise
        self._store.let_in(self._key, by_previous=door.by_previous)
        self._store.note(self._key, SINCE, repr(self.clock.wall()))
        self._store.note(self._key, WHERE, self.start)

    def _adopted(self) -> bool:
        """Whether the session that the HTML driver opened earlier in this run holds here too."""
        saved = self._store.load(self._key)
        if saved is None or self._renewals or self.clock.wall() - saved.created > OLDEST:
            return False
        self.do(OPERATION, "put_cookies", url=self.http.target.url, cookies=dict(saved.cookies))
        self.start = saved.start or self.start
        page = self._gone_to(self.start, OPERATION)
        if is_sign_in(page) or banner_button(page) is not None:
            return False
        self._compare(page)
        self._store.note(self._key, SINCE, repr(saved.created))
        self._store.note(self._key, WHERE, self.start)
        self._arrived = page
        return True

    def entrance(self, start: str) -> Page:
        """What an address for signing in shows, as it is; a page that scripts draw may come late."""
        page = self._gone_to(start, OPERATION, any_status=True)
        known = is_sign_in(page) or banner_button(page) is not None or log_out_control(page) is not None
        if page.status >= 400 or known:
            return page
        self.settled(OPERATION, least=LATE_SECONDS)
        later = self.look(OPERATION)
        later.status = page.status
        return later

    def put(self, page: Page, widget: Widget, kind: Kind, text: str) -> None:
        """Type into the sign-in page; before the password the certificate that the browser met is compared."""
        self._stays_here(page, widget)
        if kind == "password":
            self._compare(page)
        self.do(OPERATION, "write", mark=mark_of(widget.element), text=text)

    def push(self, page: Page, element: Element) -> Page | None:
        """Press, and wait until the page says something."""
        before = page.text(page.root)
        self.do(OPERATION, "click", mark=mark_of(element))
        waited = self.clock.deadline(ANSWER_SECONDS * self.clock.scale)
        longest = self.clock.deadline(self.timeout * self.clock.scale)
        while True:
            told = self.settled(OPERATION)
            following = self.look(OPERATION) if told["rest"] else page
            if following.url.startswith("chrome-error:"):
                reasons = [str(one["reason"]) for one in self.do(OPERATION, "fetched") if one["reason"]]
                raise self._told(net_error((reasons or ["the page did not come"])[-1]), OPERATION)
            changed = following.text(following.root) != before and not told["owed"]
            if told["rest"] and (changed or (waited.over and not told["under_way"])):
                return following
            if longest.over:  # no answer is not a refusal
                raise self.place(following, OPERATION).error(
                    f"{self.http.target.url} did not answer the sign-in within {self.timeout:.0f} seconds.",
                    "silent",
                    remedy="Look at it in a browser; if it is only slow, raise useries_timeout.",
                )

    def _stays_here(self, page: Page, widget: Widget) -> None:
        """Nothing is typed into a page of another address, nor into a form that is sent to one."""
        own = self.http.target.url
        form = form_of(page, widget.element)
        action = (form.get("action") or "") if form is not None else ""
        for url in (page.url, urljoin(page.url, action)):
            if origin_of(url) != origin_of(own):
                raise self.place(page, OPERATION).error(
                    f"The sign-in page of {own} leads elsewhere: to {'://'.join(map(str, urlsplit(url)[:2]))}. Nothing "
                    "was typed.",
                    "unexpected",
                    remedy="If the console is at that address, set useries_host and useries_port to it.",
                )

    def _compare(self, page: Page) -> None:
        if self._trusted is None:
            return
        origin = self.http.target.url
        objection = self._trusted.objection(self.do(OPERATION, "certificate", origin=origin))
        if objection is not None:
            raise self.place(page, OPERATION).error(
                f"The certificate of {origin} changed while the browser was starting: {objection}. No password was "
                "typed.",
                "untrusted",
                remedy="Find out who answers at this address. If the certificate was just replaced, start a new run.",
            )

    def _told(self, error: HandError, operation: str) -> UseriesError:
        return told(error, Place(self.http.target.url, "", operation), self.http.target.url)
