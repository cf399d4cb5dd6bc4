# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: pass the banner, fill in Username and Password, press Login, and know what came of it.

Guide lines 106-117 and 227-230; the caption of the button is a guess (only BeyondInsight's is printed), so the form's
only button is meant when it reads otherwise. A refused password is never tried twice: that may lock the
user out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from ansible_collections.useries.appliance.plugins.module_utils._console.html.finding import Place, find_button
from ansible_collections.useries.appliance.plugins.module_utils._console.html.forms import form_of
from ansible_collections.useries.appliance.plugins.module_utils._console.html.outcome import (
    Baseline,
    messages,
    outcome_of,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.page import Page
from ansible_collections.useries.appliance.plugins.module_utils._console.html.recognise import (
    banner_button,
    content,
    is_sign_in,
    sign_in_fields,
    wants_captcha,
    wants_second_factor,
    works_by_script,
)
from ansible_collections.useries.appliance.plugins.module_utils._console.html.sections import Scope
from ansible_collections.useries.appliance.plugins.module_utils._console.html.widgets import Widget
from ansible_collections.useries.appliance.plugins.module_utils._console.terms import Kind, Name, NeedsBrowser
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import Surface, UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.fingerprints import variable
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from ansible_collections.useries.appliance.plugins.module_utils._net.web import HttpSession

LOGIN = Name(("Login", "Log In", "Sign In", "Log On"), guessed=True)
MOST_BANNERS = 3
OPERATION = "sign in"
REFUSES = {
    "beyondinsight": "Login refused by BeyondInsight: the user",
    "updater": "Login refused by BeyondTrust Updater: the user",
}


class Visitor(Protocol):
    """What signing in needs of a session, by requests or in a browser."""

    starts: tuple[str, ...]
    start: str
    runs_scripts: bool
    http: HttpSession

    def entrance(self, start: str) -> Page:
        """What an address for signing in shows: the sign-in page, the banner before it, or an error's page."""

    def put(self, page: Page, widget: Widget, kind: Kind, text: str) -> None:
        """Fill in one field."""

    def push(self, page: Page, element: Element) -> Page | None:
        """Press a button or link and see what comes; None when only a script could do it."""

    def place(self, page: Page, operation: str) -> Place:
        """Where errors say that they happened."""


class SignIn:
    """One attempt to get in: with the password, and once with the previous one when that is refused.

    ``by_previous`` tells afterwards whether it was that one.
    """

    def __init__(self, session: Visitor, credentials: Credentials) -> None:
        self._session = session
        self._credentials = credentials
        self.by_previous = False

    def run(self) -> Page:
        """Sign in; gives the page shown first.

        :raises UseriesError: ``login_refused`` with the console's words, ``unexpected`` without a sign-in page.
        """
        page = self._first_page()
        passwords = [self._credentials.password, self._credentials.previous_password]
        said = ""
        for password in dict.fromkeys(one for one in passwords if one is not None):
            self.by_previous = password != self._credentials.password
            page = self._attempt(page, password)
            if wants_second_factor(page):
                raise self._second_factor(page)
            if not is_sign_in(page):
                return self._let_in(page)
            said = self.words(page)
        raise self._refused(page, said)

    def _first_page(self) -> Page:
        tried = tuple(dict.fromkeys((self._session.start, *self._session.starts)))
        for start in tried:
            page = self._behind_banners(start)
            if wants_captcha(page):
                raise self._captcha(page)
            if is_sign_in(page):
                self._session.start = _found_at(page, tried) or start
                return page
            drawn = self._session.runs_scripts and page.status < 400  # a script may draw its own "Not Found" of a 200
            if page.status not in (404, 410) and not drawn:
                break
        if page.status in (429, 502, 503, 504):
            raise self._place(page).error(
                f"The console is not ready: it answers with error {page.status}.", "silent", remedy="Try again later."
            )
        error = self._place(page).error(
            f"No sign-in page with Username and Password at {' or '.join(tried)}; the page there is '{page.title()}'.",
            "unexpected",
            remedy="Open the address in a browser: is it this appliance? console_profile decides which addresses are "
            "tried.",
            candidates=[page.title()],
        )
        if self._session.runs_scripts:
            raise error
        if not works_by_script(page):
            error.remedy += " Does its page work without scripts? If not: useries_console_driver: auto or browser."
            raise error
        error.remedy = (
            "The page works by scripts, which the HTML driver does not run: set useries_console_driver to auto or "
            f"browser. {error.remedy}"
        )
        raise NeedsBrowser.of(error)

    def _behind_banners(self, start: str) -> Page:
        page = self._session.entrance(start)
        for _banner in range(MOST_BANNERS):
            passing = None if is_sign_in(page) else banner_button(page)
            following = None if passing is None else self._session.push(page, passing)
            if following is None:
                break
            page = following
        return page

    def _attempt(self, page: Page, password: str) -> Page:
        fields = sign_in_fields(page)
        if fields is None:
            raise self._place(page).error("The sign-in page is gone.", "unexpected", remedy="Run the task again.")
        self._session.put(page, fields[0], "text", self._credentials.username)
        self._session.put(page, fields[1], "password", password)
        form = form_of(page, fields[1].element)
        scope = content(page) if form is None else Scope("", tuple(page.inside(form)))
        button = find_button(page, scope, LOGIN, self._place(page), sole=True)
        following = self._session.push(page, button)
        if following is None:
            raise NeedsBrowser.of(
                self._place(page).error(
                    "The sign-in page works by a script; this driver reads HTML only.",
                    "unexpected",
                    remedy="Use the browser driver (useries_console_driver: auto or browser).",
                )
            )
        return following

    def _let_in(self, page: Page) -> Page:
        if page.status < 400:
            return page
        raise self._place(page).error(
            f"The console answered the sign-in with error {page.status}: {page.title()}.",
            "login_refused" if page.status in (401, 403, 423, 429) else "failed",
            remedy="Sign in with a browser as this user: it may be locked, or may not open this site.",
        )

    def _place(self, page: Page) -> Place:
        return self._session.place(page, OPERATION)

    def _refused(self, page: Page, said: str) -> UseriesError:
        surface = self._session.http.surface
        tried = " (and the previous password)" if self._credentials.previous_password is not None else ""
        return self._place(page).error(
            f"{REFUSES.get(surface, 'The console refused the user')} '{self._credentials.username}' with the password "
            f"given{tried}" + (f": {said}" if said else "."),
            "login_refused",
            remedy=f"It is not tried again in this run. Correct {_variables(surface)}.",
        )

    def _second_factor(self, page: Page) -> UseriesError:
        return self._place(page).error(
            f"The console asks the user '{self._credentials.username}' for a second factor ('{page.title()}').",
            "login_refused",
            remedy="Use a user without RADIUS authentication for automation, or a RADIUS scheme without a challenge.",
        )

    def _captcha(self, page: Page) -> UseriesError:
        return self._place(page).error(
            f"The sign-in page at {self._session.start} asks for the characters of a picture (a captcha). Nothing was "
            "typed: only a person can answer that.",
            "login_refused",
            remedy="Sign in with a browser as this user once, or wait until the console no longer asks; failed "
            "sign-ins before may be the reason. Then start a new run.",
        )

    @staticmethod
    def words(page: Page) -> str:
        """What a sign-in page says besides its labels."""
        shown = outcome_of(page, Baseline())
        return shown.message or " ".join(one.text for one in messages(page))

    @staticmethod
    def refused_before(target: str, operation: str, words: str, surface: Surface = "console") -> UseriesError:
        """The sign-in was refused earlier in this run."""
        return Place(target, "", operation).error(
            f"Not tried again in this run, because it was refused before: {words}",
            "login_refused",
            remedy=f"Correct {_variables(surface)}, see whether the user is locked, start a new run.",
        )


def _variables(surface: Surface) -> str:
    return f"{variable(surface, 'username')} and {variable(surface, 'password')}"


def _found_at(page: Page, starts: Sequence[str]) -> str:
    """The one of the addresses that a redirect has led to, "" for any other."""
    path = urlsplit(page.url).path.rstrip("/").casefold()
    return next((start for start in starts if start.casefold() == path), "")
