# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A site of awkward pages, served on loopback; it keeps a record of what each page sent.

``awkward_site/<name>.html`` is the content of a page; those beginning with ``_`` are for frames and stand alone.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.support.programs import LOOPBACK

FOLDER = Path(__file__).parent / "awkward_site"
SCRIPT = """
const el = (id) => document.getElementById(id);
const note = (values) => fetch('/note' + location.pathname, { method: 'POST', body: JSON.stringify(values) });
function say(text) {
  const box = document.createElement('div');
  box.setAttribute('role', 'status'); box.className = 'alert alert-success'; box.textContent = text;
  document.body.append(box);
}
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<script src="/lib.js"></script></head><body>{menu}<main><h1>{title}</h1>{content}</main></body></html>"""
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><script src="/lib.js"></script></head>
<body>{content}</body></html>"""


class Quiet(WSGIRequestHandler):
    """Prints nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:
        return


class Awkward:
    """The running site. ``sent`` holds what a page posted, by its name, in order."""

    def __init__(self) -> None:
        self.sent: dict[str, list[dict[str, Any]]] = {}
        self._ending = threading.Event()
        self._server = make_server(LOOPBACK, 0, self._answer, threaded=True, request_handler=Quiet)
        self.port: int = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def last(self, name: str) -> dict[str, Any]:
        """What a page posted last; empty when it posted nothing."""
        return (self.sent.get(name) or [{}])[-1]

    def stop(self) -> None:
        """End it, also the answer that never comes."""
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        name = request.path.strip("/")
        if request.method == "POST":
            self.sent.setdefault(name.removeprefix("note/"), []).append(json.loads(request.get_data()))
            return Response("{}", content_type="application/json")(environ, start)
        if name == "lib.js":
            return Response(SCRIPT, content_type="text/javascript")(environ, start)
        if name == "_never":
            return Response(self._drip(), content_type="image/png")(environ, start)
        return self._page(name or "index")(environ, start)

    def _drip(self) -> Iterator[bytes]:
        while not self._ending.wait(0.5):
            yield b"\0"

    def _page(self, name: str) -> Response:
        file = FOLDER / f"{name}.html"
        if name != "index" and not file.exists():
            return Response("There is no such page.", status=404)
        content = "" if name == "index" else file.read_text(encoding="utf-8").partition("-->")[2]
        names = sorted(one.stem for one in FOLDER.glob("[a-z]*.html"))
        links = "".join(f'<li><a href="/{one}">{one.capitalize()}</a></li>' for one in names)
        shape = FRAME if name.startswith("_") else PAGE
        text = shape.format(title=name.capitalize(), menu=f"<nav><ul>{links}</ul></nav>", content=content)
        return Response(text, content_type="text/html; charset=utf-8")
