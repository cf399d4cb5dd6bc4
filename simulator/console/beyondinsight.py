# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondInsight at ``/`` of the same address: its sign-in (guide lines 91-104), an empty page behind it, and its
connectors (662-680).

A site of its own: own account, own cookie. Whether the page about the certificate comes first is drawn. It is always
plain HTML, also where the console is drawn by scripts; nothing else of BeyondInsight is modelled.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from simulator.console import render
from simulator.console.navigation import build
from simulator.console.pages import PageView
from simulator.console.sessions import Session, Sessions
from simulator.pages.connectors import HOME, PAGES
from simulator.pages.spec import Page

if TYPE_CHECKING:
    from simulator.console.script import Script
    from simulator.console.site import Console, Visit

WRONG = "The username or password is incorrect."
ROOT = "/"


class BeyondInsight:
    """The other web site of one node."""

    def __init__(self, console: Console) -> None:
        self.console, style = console, console.style
        self.appliance, self.style, self.builder = console.appliance, style, console.builder
        self.script: Script | None = None
        self.sessions = Sessions(console.world.clock.real_now)
        self.cookie = f"bi-{style.word('beyondinsight', 'cookie')}"
        self.home = f"/{style.word('beyondinsight', 'home')}"
        self.way_out = f"/{style.word('beyondinsight', 'log', 'out')}"
        self.names = {key: style.name("beyondinsight", key) for key in ("user", "password", "button", "read")}
        self.by_address = {style.address(page): page for page in PAGES}
        self.view = PageView(self)
        self.informs = style.chance(0.5, "beyondinsight certificate page")

    def serves(self, path: str) -> bool:
        """Whether an address is one of this site."""
        return path in (ROOT, self.home, self.way_out) or path in self.by_address

    def session(self, request: Request) -> Session | None:
        """Whose request it is."""
        return self.sessions.find(request.cookies.get(self.cookie))

    def wants(self, request: Request) -> str:
        """login, logout or beyondinsight."""
        if request.path == self.way_out:
            return "logout"
        signs_in = request.path == ROOT and request.method == "POST" and self.names["user"] in request.form
        return "login" if signs_in else "beyondinsight"

    def answer(self, visit: Visit) -> Response:
        """Carry a request out."""
        request, session = visit.request, visit.session
        if request.path == self.way_out:
            if session is not None:
                self.sessions.end(session)
            response = redirect(ROOT)
            response.delete_cookie(self.cookie)
            return response
        if request.path == self.home:
            return redirect(ROOT) if session is None else self._home(session)
        if visit.page is not None:
            return redirect(ROOT) if session is None else self.view.answer(visit)
        if self.wants(request) == "login":
            return self._sign_in(request)
        if session is not None:
            return redirect(self.home)
        if self.informs and self.names["read"] not in request.form:
            return self._information()
        return self._login()

    def _sign_in(self, request: Request) -> Response:
        user = self.console.appliance.users["beyondinsight"]
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
            button=self.names["read"], hidden=[], action=ROOT, **self._frame(),
        )  # fmt: skip

    def _login(self, message: str = "", typed: str = "") -> Response:
        style = self.console.style
        return render.html(
            "sign_in.html", title="Login", message=message, typed=typed,
            shape=style.pick(("for", "wrap", "table"), "beyondinsight shape"), submit=style.chance(0.5, "bi submit"),
            user={"name": self.names["user"], "id": style.element("beyondinsight", "user")},
            password={"name": self.names["password"], "id": style.element("beyondinsight", "password")},
            button=self.names["button"], button_value="1", hidden=[], action=ROOT, **self._frame(),
        )  # fmt: skip

    def _home(self, session: Session) -> Response:
        text = "Of BeyondInsight only Configuration > Connectors is modelled by this simulator."
        return self.show("message.html", text=text, **self.frame(HOME, session))

    def _frame(self) -> dict[str, Any]:
        return {"node": self.console.appliance.network_name, "css": self.console.css}

    # -- the site of its pages -------------------------------------------------------------------------------------

    def pages(self) -> list[Page]:
        """Its pages: always all of them."""
        return list(PAGES)

    def page(self, page_id: str) -> Page | None:
        """A page by id."""
        return next((page for page in PAGES if page.id == page_id), None)

    def frame(self, page: Page, session: Session) -> dict[str, Any]:
        """What every page of a signed-in person is given."""
        menu = build(self.style, PAGES, page)
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
