# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console of one node as a web site: who may see what, which page, which button, and the answer.

Only ``/Maintenance`` is an address of the guide (line 108), and ``/appliance`` one of later versions; every other one
is drawn. A visitor without a session is led to the sign-in page, whatever was asked for, also after a post.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from simulator.console import render
from simulator.console.beyondinsight import BeyondInsight
from simulator.console.door import Door
from simulator.console.forms import Pressed, find_pressed
from simulator.console.navigation import build, build_sidebar, landing
from simulator.console.oddities import Oddities
from simulator.console.other_site import OtherSite
from simulator.console.pages import PageView
from simulator.console.script import Script
from simulator.console.sessions import Session, Sessions
from simulator.console.style import Style
from simulator.console.updater import UpdaterSite
from simulator.console.view import Builder
from simulator.pages.later import OLD
from simulator.pages.spec import Page
from simulator.wires import RequestKind

ENTRANCE = "/Maintenance"


@dataclass
class Visit:
    """One request, understood.

    :param what: page, or page.section.button, or login, verification, logout, banner.
    :param kind: as the log counts it.
    :param asset: a part of the console itself that the browser loads; faults do not meet it.
    """

    request: Request
    session: Session | None
    page: Page | None = None
    pressed: Pressed | None = None
    what: str = ""
    kind: RequestKind = "read"
    asset: bool = False


class Console:
    """The web site of one appliance.

    :param pages: every page there is; :param style: the same for all nodes; :param rendering: html or script.
    :param entrance: where one signs in; :param sidebar: the menus are those of later versions.
    """

    def __init__(
        self,
        world: Any,
        appliance: Any,
        style: Style,
        pages: Sequence[Page],
        rendering: str = "html",
        entrance: str = ENTRANCE,
        sidebar: bool = False,
    ) -> None:
        self.entrance, self.sidebar = entrance, sidebar
        self.world, self.appliance, self.style, self.all_pages = world, appliance, style, tuple(pages)
        self.sessions = Sessions(world.clock.real_now)
        self.builder = Builder(style, world, appliance)
        self.oddities = Oddities(style)
        self.script = Script(style, entrance) if rendering == "script" else None
        self.door = Door(self)
        self.view = PageView(self)
        self.by_address = {style.address(page): page for page in self.all_pages}
        self.cookie = style.pick(("ASP.NET_{0}", "{0}", "uvm-{0}"), "cookie").format(style.word("cookie"))
        self.css = f"/{style.word('css')}.css"
        self.way_out = f"/{style.word('log', 'out')}"
        self.others: tuple[OtherSite, ...] = (BeyondInsight(self), UpdaterSite(self))

    # -- frame -----------------------------------------------------------------------------------------------------

    def pages(self) -> list[Page]:
        """The pages that the appliance shows at the moment."""
        return [page for page in self.all_pages if self.builder.there(page) and self.builder.times(page.title, page.id)]

    def page(self, page_id: str) -> Page | None:
        """A page shown at the moment, by id."""
        return next((page for page in self.pages() if page.id == page_id), None)

    def home(self) -> str:
        """The address of the page after sign-in."""
        pages = self.pages()
        if not pages:
            return self.way_out
        if self.sidebar:
            return self.style.address(self.style.pick([page for page in pages if page.menu[0] != OLD], "home"))
        site = "Maintenance" if any(page.menu[:1] == ("Maintenance",) for page in pages) else pages[0].menu[0]
        return self.style.address(landing(pages, site))

    def frame(self, page: Page, session: Session) -> dict[str, Any]:
        """What every page of a signed-in person is given."""
        return {
            "title": page.title,
            "node": self.appliance.network_name,
            "css": self.css,
            "menu": (build_sidebar if self.sidebar else build)(self.style, self.pages(), page),
            "logout": self.way_out,
            "ends_soon": self.sessions.ends_soon(session),
            "age": self.sessions.age(session),
            "cover": self._covers(page, session),
        }

    def _covers(self, page: Page, session: Session) -> bool:
        """Whether something else lies over the page: once for every page and sign-in."""
        if self.oddities.name != "cover" or page.id in session.covered:
            return False
        session.covered.add(page.id)
        return True

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A template in the console's rendering."""
        return (self.script.view if self.script is not None else render.html)(template, status, **values)

    def signed_out(self, message: str) -> Response:
        """The sign-in page after the console ended a session."""
        return self.door.signed_out(message)

    def plain(self, title: str, text: str, status: int, link: tuple[str, str] | None = None) -> Response:
        """A page with one sentence."""
        node = self.appliance.network_name
        return self.show("message.html", status, title=title, text=text, node=node, css=self.css, link=link)

    # -- a request -------------------------------------------------------------------------------------------------

    def understand(self, request: Request) -> Visit:
        """What a request wants. Nothing is carried out."""
        if (other := self.other(request.path)) is not None:  # plain HTML, also beside a console that scripts draw
            return self._understand_other(other, request)
        if self.script is not None and self.script.is_asset(request):
            return Visit(request, None, asset=True)
        by_header = self.script is not None and self.script.by_header
        key = request.headers.get(self.script.header) if self.script is not None and by_header else None
        session = self.sessions.find(key if by_header else request.cookies.get(self.cookie))
        visit = Visit(request, session)
        if request.path == self.way_out:
            visit.what, visit.kind = "logout", "logout"
        elif request.path.rstrip("/").casefold() == self.entrance.casefold():
            visit.what = self.door.wants(request)
            visit.kind = "login" if visit.what == "login" else "read"
        elif request.path in self.by_address:
            visit.page = self.by_address[request.path]
            visit.what = visit.page.id
            if session is not None and self.builder.there(visit.page):
                self._understand_page(visit, session, self.view)
        return visit

    def other(self, path: str) -> OtherSite | None:
        """The site beside the console that an address belongs to."""
        return next((site for site in self.others if site.serves(path)), None)

    def _understand_other(self, site: OtherSite, request: Request) -> Visit:
        wants = site.wants(request)
        kind: RequestKind = "login" if wants == "login" else "logout" if wants == "logout" else "read"
        visit = Visit(request, site.session(request), site.by_address.get(request.path), what=wants, kind=kind)
        if visit.page is not None:
            visit.what = visit.page.id
            if visit.session is not None:
                self._understand_page(visit, visit.session, site.view)
        return visit

    def _understand_page(self, visit: Visit, session: Session, view: PageView) -> None:
        page, request = visit.page, visit.request
        assert page is not None
        sent = request.form if request.method == "POST" else request.args
        pending = view.confirmed(page, session, sent) if request.method == "POST" else None
        if pending is not None:
            visit.what = ".".join(
                part for part in (pending.page, pending.section, pending.table, pending.button) if part
            )
            visit.kind = "write"
            return
        visit.pressed = find_pressed(self.builder, page, sent)
        if visit.pressed is not None:
            table = (visit.pressed.table.id,) if visit.pressed.table else ()
            visit.what = ".".join((page.id, visit.pressed.section.id, *table, visit.pressed.button.id))
            visit.kind = "write" if visit.pressed.button.writes and request.method == "POST" else "read"

    def answer(self, visit: Visit) -> Response:
        """Carry a request out."""
        request = visit.request
        other = self.other(request.path)
        if other is not None:
            return self._guarded(lambda: other.answer(visit))
        if request.path == self.css:
            return Response(
                render.stylesheet(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
            )
        asset = self.script.asset(request) if self.script is not None else None
        if asset is not None:
            return asset
        if visit.what == "logout":
            return self._log_out(visit)
        if visit.page is None:
            return self.door.answer(visit) if visit.what else self._nowhere(request)
        if visit.session is None:
            return redirect(self.entrance)
        if visit.page not in self.pages():
            return self.plain("Not Found", "This page is not available at the moment.", 404, (self.home(), "Home"))
        answer = self._guarded(lambda: self.view.answer(visit))
        endless = self.oddities.name == "endless" and request.method == "GET"
        return self.oddities.without_end(answer) if endless else answer

    def _nowhere(self, request: Request) -> Response:
        """No page; whether later versions lead on from the old sign-in is not stated, so it is drawn."""
        if request.path.casefold() == ENTRANCE.casefold() and self.style.chance(0.5, "old entrance leads on"):
            return redirect(self.entrance)
        return self.plain("Not Found", "There is no such page.", 404)

    def _log_out(self, visit: Visit) -> Response:
        if visit.session is not None:
            self.sessions.end(visit.session)
        response = redirect(self.entrance)
        response.delete_cookie(self.cookie)
        return response

    def _guarded(self, work: Callable[[], Response]) -> Response:
        try:
            return work()
        except Exception:  # noqa: BLE001 - a fault of the simulator is shown as the error page of a web server
            traceback.print_exc(file=sys.stderr)
            return self.plain("Server Error", "The simulator failed; its output tells why.", 500)
