# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In front of the console: the banner before sign-in (guide lines 227-230) and the sign-in page (lines 106-111)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from simulator.console.site import Console, Visit

WRONG = "The username or password is incorrect."
PICTURE = "Enter the characters shown"
UNLIKE = "The characters do not match the picture."
WRONG_CODE = "The verification code is incorrect."


class Door:
    """Banner and sign-in of one node."""

    def __init__(self, console: Console) -> None:
        self.console = console
        style = console.style
        self._secret = secrets.token_bytes(16)
        self.visitor_cookie = f"v-{style.word('visitor')}"
        self.names = {
            key: style.name("sign in", key)
            for key in ("user", "password", "button", "token", "state", "banner", "characters", "code", "ticket")
        }
        self._half: dict[str, str] = {}

    def token(self, visitor: str, purpose: str) -> str:
        """What a form in front of the console must carry along."""
        return hmac.new(self._secret, f"{visitor}/{purpose}".encode(), hashlib.sha256).hexdigest()[:40]

    def wants(self, request: Request) -> str:
        """login, verification, banner or entrance."""
        if request.method == "POST":
            if self.names["code"] in request.form:
                return "verification"
            return "banner" if self.names["banner"] in request.form else "login"
        return "entrance"

    def _visitor(self, request: Request) -> str:
        return request.cookies.get(self.visitor_cookie, "").split(".")[0]

    def _read_banner(self, request: Request) -> bool:
        visitor, _dot, mark = request.cookies.get(self.visitor_cookie, "").partition(".")
        return bool(visitor) and hmac.compare_digest(mark, self.token(visitor, "banner read"))

    def _genuine(self, request: Request, purpose: str) -> bool:
        visitor = self._visitor(request)
        sent = request.form.get(self.names["token"], ""), request.form.get(self.names["state"], "")
        wanted = self.token(visitor, purpose), self.token(visitor, purpose + " state")
        return bool(visitor) and all(
            hmac.compare_digest(a.encode(), b.encode()) for a, b in zip(sent, wanted, strict=True)
        )

    def answer(self, visit: Visit) -> Response:
        """Everything at the address of the sign-in itself."""
        request = visit.request
        if visit.what == "entrance":
            return redirect(self.console.home()) if visit.session is not None else self.show(request)
        purpose = "banner" if visit.what == "banner" else "sign in"
        if not self._genuine(request, purpose):
            return self.console.plain("Bad Request", "The form is incomplete or too old. Open the page again.", 400)
        if visit.what == "banner":
            visitor = self._visitor(request)
            response = redirect(self.console.entrance)
            self._set(response, self.visitor_cookie, f"{visitor}.{self.token(visitor, 'banner read')}")
            return response
        if visit.what == "verification":
            return self._verify(request)
        user = request.form.get(self.names["user"], "")
        if self.console.oddities.name == "captcha" and not self._read_picture(request):
            return self.show(request, message=UNLIKE, typed=user)
        if not self.console.appliance.check_login(user, request.form.get(self.names["password"], "")):
            return self.show(request, message=WRONG, typed=user)
        if self.console.oddities.name == "second_factor" or self._radius_asks():
            return self._second_factor(self._visitor(request), user)
        return self._let_in(user)

    def _radius_asks(self) -> bool:
        radius = self.console.appliance.settings.get("accounts_and_licensing.radius", {})
        return bool(radius.get("enabled")) and self.console.world.radius_challenges

    def _let_in(self, user: str) -> Response:
        session = self.console.sessions.create(user)
        script = self.console.script
        if script is not None and script.by_header:
            return script.signed_in(session, self.console.home())
        response = redirect(self.console.home())
        self._set(response, self.console.cookie, session.id)
        return response

    def _read_picture(self, request: Request) -> bool:
        typed = request.form.get(self.names["characters"], "").strip().upper()
        return hmac.compare_digest(typed.encode(), self.console.oddities.characters.encode())

    def _second_factor(self, visitor: str, user: str, message: str = "") -> Response:
        ticket = secrets.token_hex(16)
        self._half[ticket] = user
        style = self.console.style
        return self.console.show(
            "second_factor.html", title="Two-factor authentication", message=message,
            code={"name": self.names["code"], "id": style.element("sign in", "code")}, button=self.names["button"],
            hidden=[*self._hidden(visitor, "sign in"), (self.names["ticket"], ticket)], **self._frame(),
        )  # fmt: skip

    def _verify(self, request: Request) -> Response:
        user = self._half.pop(request.form.get(self.names["ticket"], ""), None)
        if user is None:
            return self.show(request)
        typed = request.form[self.names["code"]].strip()
        if not hmac.compare_digest(typed.encode(), self.console.oddities.code.encode()):
            return self._second_factor(self._visitor(request), user, WRONG_CODE)
        return self._let_in(user)

    @staticmethod
    def _set(response: Response, name: str, value: str) -> None:
        response.set_cookie(name, value, secure=True, httponly=True, samesite="Lax", path="/")

    def show(self, request: Request, message: str = "", typed: str = "") -> Response:
        """The banner when one is set and was not read yet, else the sign-in page."""
        visitor = self._visitor(request) or secrets.token_hex(8)
        title, text = self.console.appliance.banner
        if (title or text) and not self._read_banner(request) and not message:
            response = self._banner(visitor, title, text)
        else:
            response = self._sign_in(visitor, message, typed)
        if not self._visitor(request):
            self._set(response, self.visitor_cookie, visitor)
        return response

    def signed_out(self, message: str) -> Response:
        """The sign-in page after the console ended a session, with what it has to say."""
        visitor = secrets.token_hex(8)
        response = self._sign_in(visitor, "", "", message)
        self._set(response, self.visitor_cookie, visitor)
        return response

    def _hidden(self, visitor: str, purpose: str) -> list[tuple[str, str]]:
        return [
            (self.names["token"], self.token(visitor, purpose)),
            (self.names["state"], self.token(visitor, purpose + " state")),
        ]

    def _frame(self) -> dict[str, Any]:
        return {"node": self.console.appliance.network_name, "css": self.console.css, "action": self.console.entrance}

    def _banner(self, visitor: str, title: str, text: str) -> Response:
        caption = self.console.style.pick(("OK", "Continue", "I Agree", "Accept"), "banner button")
        return self.console.show(
            "banner.html", title=title or "Notice", banner_title=title, banner_message=text, caption=caption,
            button=self.names["banner"], hidden=self._hidden(visitor, "banner"), **self._frame(),
        )  # fmt: skip

    def _sign_in(self, visitor: str, message: str, typed: str, said: str = "") -> Response:
        style = self.console.style
        return self.console.show(
            "sign_in.html", title="Login", message=message, typed=typed, said=said,
            shape=style.pick(("for", "wrap", "table"), "sign in shape"), submit=style.chance(0.5, "sign in submit"),
            user={"name": self.names["user"], "id": style.element("sign in", "user")},
            password={"name": self.names["password"], "id": style.element("sign in", "password")},
            button=self.names["button"], button_value=style.word("sign in", "press"),
            hidden=self._hidden(visitor, "sign in"), picture=self.console.oddities.picture(),
            characters={
                "name": self.names["characters"], "id": style.element("sign in", "characters"), "label": PICTURE,
            }, **self._frame(),
        )  # fmt: skip
