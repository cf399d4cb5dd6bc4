# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTPS listener of one node: console and role endpoint, with the faults that tests order.

Certificate and lowest TLS version follow the appliance while it runs; an appliance that cannot be reached, or a fault
of kind ``refuse``, closes the listener, so that connections are refused as they would be.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from simulator.console.site import ENTRANCE, Console, Visit
from simulator.console.style import Style
from simulator.pages.spec import Page
from simulator.wires import Fault, RequestLog, endpoint
from simulator.wires.web import CONNECTION, WebServer, tls_context

HSTS = "max-age=31536000; includeSubDomains"
LARGEST_UPLOAD = 256 * 1024 * 1024


class Node:
    """What one node answers over HTTPS.

    :param surfaces: ``console`` and/or ``endpoint``; :param rendering: of the console, html or script;
    :param sidebar: the console has the menus of later versions.
    """

    def __init__(
        self,
        world: Any,
        appliance: Any,
        log: RequestLog,
        style: Style,
        pages: Sequence[Page],
        surfaces: Collection[str],
        rendering: str = "html",
        entrance: str = ENTRANCE,
        sidebar: bool = False,
    ) -> None:
        self.world, self.appliance, self.log, self.surfaces = world, appliance, log, surfaces
        self.console = Console(world, appliance, style, pages, rendering, entrance, sidebar)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = LARGEST_UPLOAD
        request.max_form_memory_size = LARGEST_UPLOAD
        wire = "endpoint" if endpoint.serves(request.path) else "console"
        if wire not in self.surfaces:
            return Response("Not Found", status=404)(environ, start_response)
        with self.world.lock:
            self.world.tick()
            visit = self._understand(request, wire)
        fault = None
        if not visit.asset:
            fault = self.log.faults.take(self.appliance.name, wire, request.method, request.path, visit.what)
        try:
            response = self._with_fault(visit, wire, fault, environ)
        except HTTPException as error:
            response = self.console.plain(error.name, error.description or "", error.code or 500)
        self._note(visit, wire, response.status_code)
        if self.appliance.hsts:
            response.headers["Strict-Transport-Security"] = HSTS
        body = response(environ, start_response)
        if fault is not None and fault.kind == "truncate":
            return _half(b"".join(body), environ)
        return body

    def _understand(self, request: Request, wire: str) -> Visit:
        if wire == "endpoint":
            return Visit(request, None, what="role")
        return self.console.understand(request)

    def _answer(self, visit: Visit, wire: str) -> Response:
        with self.world.lock:
            self.world.tick()
            if wire == "endpoint":
                return endpoint.answer(self.appliance, visit.request)
            return self.console.answer(visit)

    def _with_fault(self, visit: Visit, wire: str, fault: Fault | None, environ: dict[str, Any]) -> Response:
        if fault is None or fault.kind == "truncate":
            return self._answer(visit, wire)
        if fault.kind == "expire_session":
            return self._expired(visit, wire, fault)
        answer = self._answer(visit, wire) if fault.when == "after" else None
        if fault.kind == "delay":
            time.sleep(fault.seconds)
        elif fault.kind == "reset":
            self._note(visit, wire, 0, carried_out=answer is not None)
            environ[CONNECTION].cut()
        elif fault.kind == "status":
            if answer is None:
                visit.kind = "read"
            return self.console.plain("Service Unavailable", "The service is unavailable.", fault.code)
        return answer if answer is not None else self._answer(visit, wire)

    def _expired(self, visit: Visit, wire: str, fault: Fault) -> Response:
        """The session ends before the request (which then orders nothing) or right after it was carried out."""
        if fault.when == "after":
            self._answer(visit, wire)
        else:
            visit.kind = "read"
        with self.world.lock:
            if visit.session is not None:
                self.console.sessions.end(visit.session)
                for other in self.console.others:
                    other.sessions.end(visit.session)
            again = self._understand(visit.request, wire)
        return self._answer(again, wire)

    def _note(self, visit: Visit, wire: str, status: int, carried_out: bool = True) -> None:
        kind = visit.kind if carried_out else "read"
        request = visit.request
        self.log.record(self.appliance.name, wire, request.method, request.path, kind, status, visit.what)


def _half(body: bytes, environ: dict[str, Any]) -> Iterator[bytes]:
    """Half of what was announced; then the connection ends."""
    environ[CONNECTION].close_after = True
    yield body[: len(body) // 2]


class HttpsServer:
    """The listener of one node; ``look`` makes it follow the appliance.

    :param host: the node's address; :param port: 0 for a free one, which is kept from then on.
    """

    def __init__(self, node: Node, host: str, port: int) -> None:
        self.node, self.host, self.port = node, host, port
        self._lock = threading.Lock()
        self._server: WebServer | None = None
        self._tls = self._wanted_tls()
        self._open()

    def _wanted_tls(self) -> tuple[int, str, bytes]:
        appliance = self.node.appliance
        return appliance.certificates.version, str(appliance.minimum_tls), appliance.certificates.current_pem()

    def _wanted(self) -> bool:
        appliance, faults = self.node.appliance, self.node.log.faults
        refused = any(faults.refused(appliance.name, surface) for surface in self.node.surfaces)
        return bool(appliance.reachable) and not refused

    def _open(self) -> None:
        context = tls_context(self._tls[2], self._tls[1])
        self._server = WebServer(self.node, self.host, self.port, context)
        self.port = self._server.port

    def look(self) -> None:
        """Open or close the listener, and take a new certificate or TLS version, as the appliance now is."""
        with self._lock:
            with self.node.world.lock:
                tls, wanted = self._wanted_tls(), self._wanted()
                moved, self.host = self.host != self.node.appliance.address, self.node.appliance.address
                if not self.node.appliance.reachable:
                    self.node.console.sessions.clear()
            changed, self._tls = tls != self._tls, tls
            if (moved or not wanted) and self._server is not None:
                self._server.stop()
                self._server = None
            if wanted and self._server is None:
                self._open()
            elif changed and self._server is not None:
                self._server.use(tls_context(tls[2], tls[1]))

    def stop(self) -> None:
        """Close the listener for good."""
        with self._lock:
            if self._server is not None:
                self._server.stop()
                self._server = None
