# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web site of a node beside its console: a sign-in of its own, a page behind it, and pages with menus."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from simulator.console import render
from simulator.console.navigation import build
from simulator.console.pages import PageView
from simulator.console.sessions import Session, Sessions
from simulator.pages.spec import Page

if TYPE_CHECKING:
    from simulator.console.script import Script
    from simulator.console.site import Console, Visit

WRONG = "The username or password is incorrect."


class OtherSite:
    """A web site of one node beside the console: own account, own cookie, always plain HTML.

    :param key: of its draws, of its requests in the log and of its page after the sign-in; :param account: who is let
        in; :param root: address of the sign-in; :param home: the page behind it, in no menu, and what it says.
    """

    def __init__(
        self, console: Console, key: str, account: str, root: str, pages: Sequence[Page], home: Page, says: str
    ) -> None:
        self.console, style = console, console.style
        self.key, self.account, self.root, self.home_page, self.says = key, account, root, home, says
        self.appliance, self.style, self.builder = console.appliance, style, console.builder
        self.script: Script | None = None
        self.sessions = Sessions(console.world.clock.real_now)
        self.cookie = f"{key[:1]}i-{style.word(key, 'cookie')}"
        self.home = f"/{style.word(key, 'home')}"
        self.way_out = f"/{style.word(key, 'log', 'out')}"
        self.names = {name: style.name(key, name) for name in ("user", "password", "button", "read")}
        self.own = tuple(pages)
        self.by_address = {style.address(page): page for page in self.own}
        self.view = PageView(self)
        self.informs = style.chance(0.5, f"{key} certificate page")

    def serves(self, path: str) -> bool:
        """Whether an address is one of this site."""
        return path in (self.root, self.home, self.way_out) or path in self.by_address

    def session(self, request: Request) -> Session | None:
        """Whose request it is."""
        return self.sessions.find(request.cookies.get(self.cookie))

    def wants(self, request: Request) -> str:
        """login, logout or the key of the site."""
        if request.path == self.way_out:
            return "logout"
        signs_in = request.path == self.root and request.method == "POST" and self.names["user"] in request.form
        return "login" if signs_in else self.key

    def answer(self, visit: Visit) -> Response:
        """Carry a request out."""
        request, session = visit.request, visit.session
        if request.path == self.way_out:
            if session is not None:
                self.sessions.end(session)
            response = redirect(self.root)
            response.delete_cookie(self.cookie)
            return response
        if request.path == self.home:
            return redirect(self.root) if session is None else self._home(session)
        if visit.page is not None:
            return redirect(self.root) if session is None else self.view.answer(visit)
        if self.wants(request) == "login":
            return self._sign_in(request)
        if session is not None:
            return redirect(self.home)
        if self.informs and self.names["read"] not in request.form:
            return self._information()
        return self._login()

    def _sign_in(self, request: Request) -> Response:
        user = self.console.appliance.users[self.account]
        given = request.form[self.names["user"]], request.form.get(self.names["password"], "")
        right = zip(given, (user.username, user.password), strict=True)
        if not all(hmac.compare_digest(one.encode(), other.encode()) for one, other in right):
            return self._login(WRONG, given[0])
        response = redirect(self.home)
        response.set_cookie(self.cookie, self.sessions.create(given[0]).id, secure=True, httponly=True, samesite="Lax")
        return response

    def _information(self) -> Response:
        return render.html(
            "banner.html", title="Certificate", banner_title="Security certificate",
            banner_message="The certificate of this site was made by the appliance itself.", caption="Continue",
            button=self.names["read"], hidden=[], action=self.root, **self._frame(),
        )  # fmt: skip

    def _login(self, message: str = "", typed: str = "") -> Response:
        style = self.console.style
        return render.html(
            "sign_in.html", title="Login", message=message, typed=typed,
            shape=style.pick(("for", "wrap", "table"), f"{self.key} shape"),
            submit=style.chance(0.5, f"{self.key} submit"),
            user={"name": self.names["user"], "id": style.element(self.key, "user")},
            password={"name": self.names["password"], "id": style.element(self.key, "password")},
            button=self.names["button"], button_value="1", hidden=[], action=self.root, **self._frame(),
        )  # fmt: skip

    def _home(self, session: Session) -> Response:
        return self.show("message.html", text=self.says, **self.frame(self.home_page, session))

    def _frame(self) -> dict[str, Any]:
        return {"node": self.console.appliance.network_name, "css": self.console.css}

    # -- the site of its pages -------------------------------------------------------------------------------------

    def pages(self) -> list[Page]:
        """Its pages: always all of them."""
        return list(self.own)

    def page(self, page_id: str) -> Page | None:
        """A page by id."""
        return next((page for page in self.own if page.id == page_id), None)

    def frame(self, page: Page, session: Session) -> dict[str, Any]:
        """What every page of a signed-in person is given."""
        menu = build(self.style, self.own, page)
        ends_soon = self.sessions.ends_soon(session)
        return {"title": page.title, "menu": menu, "logout": self.way_out, "ends_soon": ends_soon, **self._frame()}

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A template, never drawn by scripts."""
        return render.html(template, status, **values)

    def plain(self, title: str, text: str, status: int, link: tuple[str, str] | None = None) -> Response:
        """A page with one sentence."""
        return self.show("message.html", status, title=title, text=text, link=link, **self._frame())

    def signed_out(self, message: str) -> Response:
        """The sign-in page."""
        return self._login(message)
