# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GET /UVMInterface/api/HighAvailability (guide lines 1131-1161): the role of an appliance, for load balancers.

No credentials. The Content-Type header of the request sets the format (line 1149); Accept where that says
nothing.
"""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

PATH = "/UVMInterface/api/HighAvailability"


def serves(path: str) -> bool:
    """Whether a path is the endpoint's; capitals do not matter."""
    return path.rstrip("/").casefold() == PATH.casefold()


def answer(appliance: Any, request: Request) -> Response:
    """The role as an object with one member."""
    if request.method not in ("GET", "HEAD"):
        return Response("Only GET is allowed.", status=405, headers={"Allow": "GET"}, content_type="text/plain")
    dated = {"Date": http_date(appliance.wall_clock())}
    role = str(appliance.role_endpoint())
    wanted = f"{request.headers.get('Content-Type', '')} {request.headers.get('Accept', '')}".casefold()
    if "json" in wanted:
        return Response(json.dumps({"Role": role}), headers=dated, content_type="application/json; charset=utf-8")
    if "text/plain" in wanted:
        return Response(f"Role: {role}\n", headers=dated, content_type="text/plain; charset=utf-8")
    text = f"<HighAvailability><Role>{escape(role)}</Role></HighAvailability>"
    return Response(text, headers=dated, content_type="application/xml; charset=utf-8")
