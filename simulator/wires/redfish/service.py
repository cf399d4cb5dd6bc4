# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Redfish service as a WSGI application: who may do what, ETags, query parameters, error bodies, the request log.

Source: DMTF DSP0266 (HTTP methods, status codes, headers, query parameters, security).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.wrappers import Request, Response

from simulator.wires import Fault, RequestKind, RequestLog
from simulator.wires.redfish import (
    bios,
    dell_services,
    firmware,
    jobs,
    manager,
    manager_registry,
    network_cards,
    profile,
    services,
    system,
)
from simulator.wires.redfish.controller import Account, Controller
from simulator.wires.redfish.messages import BASE, RedfishError
from simulator.wires.redfish.resource import (
    Body,
    Form,
    Reply,
    Resource,
    described_by,
    etag,
    expand,
    missing,
    select,
)
from simulator.wires.web import CONNECTION

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RESOURCES: tuple[Resource, ...] = (
    *system.RESOURCES,
    *bios.RESOURCES,
    *network_cards.RESOURCES,
    *manager.RESOURCES,
    *manager_registry.RESOURCES,
    *profile.RESOURCES,
    *dell_services.RESOURCES,
    *services.RESOURCES,
    *firmware.RESOURCES,
    *jobs.RESOURCES,
)
KNOWN_METHODS = ("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS")
LOGIN_PATHS = (services.SESSIONS, f"{services.SESSIONS}/Members")


class Service:
    """The WSGI application of one iDRAC."""

    def __init__(self, controller: Controller, node: str, log: RequestLog | None) -> None:
        self.controller = controller
        self.node = node
        self.log = log if log is not None else RequestLog()
        rules = [Rule(resource.rule, endpoint=resource, strict_slashes=False) for resource in RESOURCES]
        self._map = Map(rules, merge_slashes=False)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if self.controller.machine.is_silent:
            self.controller.sessions.close_all()
            self._note(request, 0, carried_out=False)
            environ[CONNECTION].cut()
        fault = self.log.faults.take(self.node, "idrac", request.method, request.path)
        response = self._with_fault(request, fault, environ)
        self._note(request, response.status_code)
        if fault is not None and fault.kind == "truncate":
            environ[CONNECTION].close_after = True
            return _half(b"".join(response(environ, start_response)))
        return response(environ, start_response)

    # -- misbehaviour on order

    def _with_fault(self, request: Request, fault: Fault | None, environ: Mapping[str, Any]) -> Response:
        if fault is None or fault.kind == "truncate":
            return self._answer(request)
        if fault.kind == "expire_session":
            self.controller.sessions.close_all()
            return self._answer(request)
        answer = self._answer(request) if fault.when == "after" else None
        if fault.kind == "delay":
            time.sleep(fault.seconds)
        elif fault.kind == "reset":
            self._note(request, 0, carried_out=answer is not None)
            environ[CONNECTION].cut()
        elif fault.kind == "status":
            return _error(RedfishError(fault.code, f"{BASE}.ServiceTemporarilyUnavailable", "5"))
        return answer if answer is not None else self._answer(request)

    def _note(self, request: Request, status: int, carried_out: bool = True) -> None:
        kind = _kind(request.method, request.path) if carried_out else "read"
        self.log.record(self.node, "idrac", request.method, request.path, kind, status)

    # -- one request

    def _answer(self, request: Request) -> Response:
        try:
            with self.controller.machine.looking():
                self.controller.refresh()
                return self._dispatch(request)
        except RedfishError as error:
            response = _error(error)
            if error.status == 401:
                response.headers["WWW-Authenticate"] = 'Basic realm="RedfishService"'
            return response

    def _dispatch(self, request: Request) -> Response:
        if request.headers.get("OData-Version", "4.0") != "4.0":
            raise RedfishError(412, f"{BASE}.HeaderInvalid", "OData-Version")
        if request.method not in KNOWN_METHODS:
            raise RedfishError(501, f"{BASE}.OperationNotAllowed")
        path = request.path.rstrip("/") or "/"
        if "/Jobs" in path and self.controller.machine.is_starting:
            raise RedfishError(503, f"{BASE}.ServiceTemporarilyUnavailable", "30")
        resource, arguments = self._route(path, request.method)
        account = self._who(request, resource)
        values = {**arguments, "caller": str(account.slot if account else 0), "client": request.remote_addr or ""}
        allow = ", ".join(resource.methods)
        if request.method in ("GET", "HEAD"):
            response = self._read(request, resource, values)
        else:
            response = self._write(request, resource, values)
        response.headers["Allow"] = allow
        return response

    def _route(self, path: str, method: str) -> tuple[Resource, dict[str, str]]:
        adapter: MapAdapter = self._map.bind("idrac")
        try:
            resource, arguments = adapter.match(unquote(path))
        except (NotFound, MethodNotAllowed):
            if "/Actions/" in path:
                action = path.rsplit("/", maxsplit=1)[-1]
                raise RedfishError(400, f"{BASE}.ActionNotSupported", action) from None
            raise missing(path) from None
        if method not in resource.methods:
            raise RedfishError(405, f"{BASE}.OperationNotAllowed", headers={"Allow": ", ".join(resource.methods)})
        return resource, {name: str(value) for name, value in arguments.items()}

    def _who(self, request: Request, resource: Resource) -> Account | None:
        """The account behind the request; None only where everybody may."""
        needed = resource.privilege(request.method)
        if not needed:
            return None
        token = request.headers.get("X-Auth-Token")
        account: Account | None = None
        if token is not None:
            session = self.controller.sessions.by_token(token)
            account = session.account if session else None
        elif request.authorization is not None and request.authorization.type == "basic":
            given = request.authorization
            account = self.controller.sign_in(given.username or "", given.password or "")
        if account is None or not account.privileges:
            raise RedfishError(401, f"{BASE}.AccessDenied")
        if needed not in account.privileges:
            raise RedfishError(403, f"{BASE}.InsufficientPrivilege")
        return account

    # -- reading

    def _fetch(self, path: str) -> Body | None:
        """A resource by path, as ``$expand`` shows it."""
        try:
            resource, arguments = self._route(path.rstrip("/"), "GET")
            content = resource.get(self.controller, arguments) if resource.get else None
        except RedfishError:
            return None
        return {**content, "@odata.etag": etag(content)} if isinstance(content, dict) else None

    def _query(self, request: Request, body: Body) -> Body:
        for name in request.args:
            if name.startswith("$") and name not in ("$expand", "$select"):
                raise RedfishError(501, f"{BASE}.QueryNotSupported")
        wanted = request.args.get("$expand")
        if wanted is not None:
            if wanted[:1] not in ("*", ".", "~") or wanted[1:] not in ("", "($levels=1)"):
                raise RedfishError(400, f"{BASE}.QueryNotSupported")
            body = {k: expand(v, self._fetch, wanted[0], k == "Links") for k, v in body.items()}
        if "$select" in request.args:
            body = select(body, request.args["$select"].split(","))
        return body

    def _read(self, request: Request, resource: Resource, arguments: Mapping[str, str]) -> Response:
        assert resource.get is not None
        content = resource.get(self.controller, arguments)
        if isinstance(content, Reply):
            return _response(content)
        tag = etag(content)
        if request.path.rstrip("/") == "/redfish":
            return _response(Reply(200, content))
        if tag in [part.strip() for part in request.headers.get("If-None-Match", "").split(",")]:
            response = _response(Reply(304))
        else:
            body = content if "value" in content else {**self._query(request, content), "@odata.etag": tag}
            response = _response(Reply(200, body))
        response.headers["ETag"] = tag
        if described_by(content):
            response.headers["Link"] = described_by(content)
        return response

    # -- writing

    def _write(self, request: Request, resource: Resource, arguments: Mapping[str, str]) -> Response:
        if request.method == "DELETE":
            assert resource.delete is not None
            return _response(resource.delete(self.controller, arguments))
        if request.method == "POST" and resource.form is not None:
            files = {name: (file.filename or "", file.read()) for name, file in request.files.items()}
            return _response(resource.form(self.controller, arguments, Form(request.form.to_dict(), files)))
        body = _without_annotations(_json(request))
        if request.method == "PATCH":
            assert resource.patch is not None and resource.get is not None
            self._same(request, resource, arguments)
            response = _response(resource.patch(self.controller, arguments, body))
            content = resource.get(self.controller, arguments)
            if isinstance(content, dict):
                response.headers["ETag"] = etag(content)
            return response
        assert resource.post is not None
        return _response(resource.post(self.controller, arguments, body))

    def _same(self, request: Request, resource: Resource, arguments: Mapping[str, str]) -> None:
        given = request.headers.get("If-Match")
        content = resource.get(self.controller, arguments) if resource.get else None
        if given in (None, "*") or not isinstance(content, dict):
            return
        if etag(content) not in [part.strip() for part in str(given).split(",")]:
            raise RedfishError(412, f"{BASE}.PreconditionFailed")


def _json(request: Request) -> Body:
    content = request.get_data()
    try:
        body = json.loads(content) if content else {}
    except ValueError:
        raise RedfishError(400, f"{BASE}.MalformedJSON") from None
    if not isinstance(body, dict):
        raise RedfishError(400, f"{BASE}.MalformedJSON")
    return body


def _without_annotations(body: Body) -> Body:
    """``@odata`` annotations are ignored; a body of nothing else is no operation."""
    left = {name: value for name, value in body.items() if not name.startswith("@odata.")}
    if body and not left:
        raise RedfishError(400, f"{BASE}.NoOperation")
    return left


def _kind(method: str, path: str) -> RequestKind:
    if method == "POST" and path.rstrip("/") in LOGIN_PATHS:
        return "login"
    if method == "DELETE" and path.startswith(f"{services.SESSIONS}/"):
        return "logout"
    return "read" if method in ("GET", "HEAD", "OPTIONS") else "write"


def _response(reply: Reply) -> Response:
    content = reply.body if isinstance(reply.body, str) else json.dumps(reply.body, indent=2)
    response = Response(content if reply.body is not None else b"", reply.status)
    if reply.body is None:
        response.headers.pop("Content-Type", None)
    else:
        response.headers["Content-Type"] = reply.content_type
    response.headers["OData-Version"] = "4.0"
    response.headers["Cache-Control"] = "no-cache"
    for name, value in reply.headers.items():
        response.headers[name] = value
    return response


def _error(error: RedfishError) -> Response:
    return _response(Reply(error.status, error.body, error.headers))


def _half(body: bytes) -> Iterator[bytes]:
    """Half of what was announced; then the connection ends."""
    yield body[: len(body) // 2]
