# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The console rendered by script: an empty shell, modules under drawn addresses, and the views as JSON.

The script asks the same addresses that the other rendering has, with ``Accept: application/json``; whoever asks for a
page gets the shell. A view is named after the template that shows it in the other rendering.
"""

from __future__ import annotations

import json
import re
import secrets
from functools import cache
from importlib.resources import files
from typing import Any

from werkzeug.wrappers import Request, Response

from simulator.console import script_data
from simulator.console.sessions import Session
from simulator.console.style import Style
from simulator.console.traits import Traits
from simulator.pages.spec import Download

POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"
SHELL = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="{css}"></head>
<body><div id="{root}"></div><script type="module" src="{main}"></script></body>
</html>
"""
FRAME = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="{css}"></head>
<body></body>
</html>
"""


@cache
def _sources() -> dict[str, str]:
    """File name -> text of the component library."""
    folder = files("simulator.console").joinpath("static")
    return {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith((".js", ".css"))}


class Script:
    """Shell, assets and views of one node.

    :param style: the same for both nodes of a pair; :param entrance: where one signs in.
    """

    def __init__(self, style: Style, entrance: str) -> None:
        self.style, self.traits, self.entrance = style, Traits(style), entrance
        folder = f"/{style.word('assets')}"
        names = {name: f"{style.word('asset', name)}{name[name.rindex('.') :]}" for name in (*_sources(), "kit.js")}
        self._names = names
        self._by_path = {f"{folder}/{drawn}": name for name, drawn in names.items()}
        self._path = {name: path for path, name in self._by_path.items()}
        self.frame_path = f"{folder}/{style.word('frame')}.html"
        self.root = style.element("root")
        self.header = style.pick(("X-{0}", "X-{0}-Token"), "session header").format(style.word("header").capitalize())
        self.by_header = self.traits.session() == "header"

    # -- which ------------------------------------------------------------------------------------------------------

    def _wants_data(self, request: Request) -> bool:
        """Whether the script asks, not a person who opens an address."""
        asked = "application/json" in request.headers.get("Accept", "")
        return asked or request.method == "POST" or bool(self.file_key(request))

    def asset(self, request: Request) -> Response | None:
        """The shell or a file of the library; None for a request of the script."""
        if request.path == self.frame_path:
            return self._markup(FRAME)
        name = self._by_path.get(request.path)
        if name is not None:
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            return self._finish(Response(self._text(name), content_type=f"{kind}; charset=utf-8"), "max-age=3600")
        return None if self._wants_data(request) else self._markup(SHELL)

    def is_asset(self, request: Request) -> bool:
        """Whether ``asset`` answers."""
        known = request.path in self._by_path or request.path == self.frame_path
        return known or not self._wants_data(request)

    # -- answers ----------------------------------------------------------------------------------------------------

    def view(self, template: str, status: int = 200, **values: Any) -> Response:
        """The values of a template as JSON."""
        view = template.removesuffix(".html")
        data = {"view": view, **script_data.VIEWS[view](self.traits, values)}
        return self._finish(Response(json.dumps(data), status, content_type="application/json"))

    def signed_in(self, session: Session, home: str) -> Response:
        """The token for the script to keep, and where to go."""
        data = {"view": "session", "token": session.id, "address": home}
        return self._finish(Response(json.dumps(data), content_type="application/json"))

    def file(self, session: Session, download: Download, address: str) -> Response | None:
        """Where the file can be fetched once; None when the answer itself is to be the file."""
        if self.traits.download() == "blob":
            return None
        key = secrets.token_urlsafe(24)
        session.files[key] = download
        data = {"view": "download", "address": f"{address}?{self.style.word('file')}={key}"}
        return self._finish(Response(json.dumps(data), content_type="application/json"))

    def file_key(self, request: Request) -> str:
        """The key of a file that is fetched."""
        return request.args.get(self.style.word("file"), "")

    def _markup(self, text: str) -> Response:
        title = self.style.word("title")
        text = text.format(title=title, css=self._path["script.css"], root=self.root, main=self._path["main.js"])
        return self._finish(Response(text, content_type="text/html; charset=utf-8"))

    @staticmethod
    def _finish(response: Response, cache_control: str = "no-store") -> Response:
        response.headers["Cache-Control"] = cache_control
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def _text(self, name: str) -> str:
        """A file of the library, with its class names and imports as the seed draws them."""
        if name == "kit.js":
            kit = {
                **self.traits.kit(), "root": self.root, "frame": self.frame_path, "css": self._path["script.css"],
                "header": self.header if self.by_header else "", "key": self.style.word("key"),
                "entrance": self.entrance,
            }  # fmt: skip
            return f"export default {json.dumps(kit)};\n"
        if name == "script.css":
            return self._renamed(name).replace("HUE", str(self.traits.kit()["hue"]))
        return re.sub(r'"\./([a-z_]+\.js)"', lambda found: f'"./{self._names[found[1]]}"', self._renamed(name))

    def _renamed(self, name: str) -> str:
        return re.sub(r"\bu-(?=[a-z$])", f"{self.traits.prefix()}-", _sources()[name])
