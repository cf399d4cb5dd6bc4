# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small web site with a sign-in, written by hand and served on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzeug.formparser import parse_form_data
from werkzeug.test import EnvironBuilder

SIGN_IN = """<html><body><h1>Sign in</h1>{said}<form method="post" action="/enter">
<label for="u">Username</label><input id="u" name="user"><label for="p">Password</label>
<input type="password" id="p" name="pass"><input type="hidden" name="token" value="t1">
<button name="go" value="1">Enter</button></form></body></html>"""
BANNER = '<html><body><main><h1>Warning</h1><p>Private.</p><a href="/login">I understand</a></main></body></html>'
PAGE = """<html><head><title>Console</title></head><body><nav><ul>
<li><a href="/Maintenance">Maintenance</a></li><li><a href="/page">The Page</a></li>
<li><a href="/leave">Log Out</a></li></ul></nav><main>{content}</main></body></html>"""


@dataclass
class Seen:
    """One request: fields in order, files by name."""

    method: str
    path: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


Answer = tuple[int, dict[str, str], bytes]


class Site:
    """What is served: ``content`` of the page; ``answers`` to posts by path; accounts; sessions.

    ``moved`` is what /Maintenance answers when one signs in elsewhere.
    """

    def __init__(self) -> None:
        self.content = "<h1>The Page</h1>"
        self.answers: dict[str, Callable[[Seen], Answer]] = {}
        self.passwords = {"secret"}
        self.moved: Answer | None = None
        self.banner = False
        self.starting = False
        self.second_factor = False
        self.sessions: set[str] = set()
        self.seen: list[Seen] = []
        self.sign_ins = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            do_POST = do_GET

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        seen = self._parse(handler, body)
        self.seen.append(seen)
        cookie = handler.headers.get("Cookie", "").removeprefix("SID=")
        status, headers, content = (503, {}, b"Starting") if self.starting else self._route(seen, cookie)
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def _parse(self, handler: BaseHTTPRequestHandler, body: bytes) -> Seen:
        environ = EnvironBuilder(
            method=handler.command, data=body, content_type=handler.headers.get("Content-Type")
        ).get_environ()
        _stream, form, files = parse_form_data(environ)
        return Seen(
            handler.command,
            handler.path,
            list(form.items(multi=True)),
            {name: (one.filename or "", one.read()) for name, one in files.items()},
        )

    def _route(self, seen: Seen, cookie: str) -> Answer:
        if seen.path == "/enter":
            return self._enter(dict(seen.fields))
        if self.moved is not None and seen.path == "/Maintenance":
            return self.moved
        if cookie not in self.sessions:
            if self.banner and seen.path != "/login":
                return page(BANNER)
            return page(SIGN_IN.format(said=""))
        if seen.path == "/leave":
            self.sessions.discard(cookie)
            return page(SIGN_IN.format(said=""))
        if seen.path in self.answers:
            return self.answers[seen.path](seen)
        return page(PAGE.format(content=self.content))

    def _enter(self, fields: dict[str, str]) -> Answer:
        self.sign_ins += 1
        if fields.get("user") != "admin" or fields.get("pass") not in self.passwords or fields.get("token") != "t1":
            return page(SIGN_IN.format(said='<p role="alert">The user name or password is wrong.</p>'))
        if self.second_factor:
            return page(
                '<html><body><h1>Passcode</h1><form><label>Token code <input name="c"></label></form></body></html>'
            )
        name = f"s{self.sign_ins}"
        self.sessions.add(name)
        return 302, {"Location": "/home", "Set-Cookie": f"SID={name}; Path=/"}, b""

    def writes(self) -> list[Seen]:
        """Posts other than the sign-in."""
        return [one for one in self.seen if one.method == "POST" and one.path != "/enter"]


def page(text: str, status: int = 200) -> Answer:
    return status, {}, text.encode()


def inner(content: str, status: int = 200) -> Answer:
    """A page of the site with that content."""
    return page(PAGE.format(content=content), status)
