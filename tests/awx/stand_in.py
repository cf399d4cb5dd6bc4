# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in of AWX's API on loopback: lists, objects, links, surveys, approvals, schedules and launches.

It refuses what AWX would refuse, and unknown fields besides (AWX passes over those in silence), with 400. A link or
field to an object that is not there is refused. It runs nothing: a launch is recorded.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.awx import rules
from tests.awx.resources import RESOURCES, UNIFIED, Choice, Resource, To
from tests.awx.rules import Refused

ROOT = "/api/v2/"
TOKEN = "a-token-of-the-stand-in"
READ_ONLY = ("id", "type", "url", "related", "summary_fields", "created", "modified")
Item = dict[str, Any]


class StandIn:
    """State of one AWX.

    :ivar writes: method and path of every request that changed something; :ivar launched: paths of what was launched.
    """

    def __init__(self, *organizations: str) -> None:
        self.items: dict[str, dict[int, Item]] = {name: {} for name in RESOURCES}
        self.links: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[tuple[str, int], Item] = {}
        self.writes: list[tuple[str, str]] = []
        self.requests: list[str] = []
        self.launched: list[tuple[str, Item]] = []
        self.url = ""
        self._lock = threading.RLock()
        self._last = 0
        for name in organizations:
            self._create("organizations", {"name": name})

    def all(self, endpoint: str) -> list[Item]:
        """The objects of a resource as the API shows them."""
        names = UNIFIED if endpoint == "unified_job_templates" else (endpoint,)
        return [self._shown(name, item) for name in names for item in self.items[name].values()]

    def add(self, endpoint: str, **given: Any) -> int:
        """An object that a person made before; its id."""
        return int(self._create(endpoint, given)["id"])

    # requests

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """WSGI."""
        request = Request(environ)
        with self._lock:
            self.requests.append(f"{request.method} {request.path}")
            try:
                code, body = self._answer(request)
            except Refused as refused:
                code, body = 400, refused.body
            except HTTPException as error:
                code, body = error.code or 500, {"detail": error.name}
        headers = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}
        text = "" if code == 204 else json.dumps(body)
        return Response(text, code, headers, mimetype="application/json")(environ, start_response)

    def _answer(self, request: Request) -> tuple[int, Any]:
        if request.path == "/api/":
            return 200, {"current_version": ROOT, "available_versions": {"v2": ROOT}}
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"detail": "Authentication credentials were not provided."}
        words = request.path.removeprefix(ROOT).strip("/").split("/")
        body = json.loads(request.get_data(as_text=True) or "{}")
        if words == [""]:
            return 200, {name: f"{ROOT}{name}/" for name in (*RESOURCES, "unified_job_templates")}
        if words[0] == "unified_job_templates" or (words[0] in RESOURCES and len(words) == 1):
            return self._list(words[0], request, body)
        if words[0] not in RESOURCES or not words[1].isdigit() or int(words[1]) not in self.items[words[0]]:
            raise NotFound
        if len(words) == 2:
            return self._one(words[0], int(words[1]), request, body)
        return self._below(words[0], int(words[1]), words[2], request, body)

    def _list(self, endpoint: str, request: Request, body: Item) -> tuple[int, Any]:
        if request.method == "POST" and endpoint != "unified_job_templates":
            made = self._create(endpoint, body)
            self.writes.append(("POST", request.path))
            return 201, made
        if request.method != "GET":
            raise MethodNotAllowed
        found = self.all(endpoint)
        either = {key.removeprefix("or__"): value for key, value in request.args.items() if key.startswith("or__")}
        for key, value in request.args.items():
            if key in ("page", "page_size", "order_by") or key.startswith("or__"):
                continue
            fields = RESOURCES[endpoint].fields if endpoint in RESOURCES else ("name", "organization")
            if key not in (*READ_ONLY, *fields):
                raise Refused("detail", f"{endpoint} has no field named '{key}'")
            found = [one for one in found if key in one and str(one[key]) == value]
        if either:
            found = [one for one in found if any(str(one.get(key)) == value for key, value in either.items())]
        return 200, page(found)

    def _one(self, endpoint: str, number: int, request: Request, body: Item) -> tuple[int, Any]:
        item = self.items[endpoint][number]
        if request.method == "GET":
            return 200, self._shown(endpoint, item)
        if request.method == "PATCH":
            self._check(endpoint, {**item, **self._given(endpoint, body)}, number)
            item.update(self._given(endpoint, body))
        elif request.method == "DELETE":
            del self.items[endpoint][number]
        else:
            raise MethodNotAllowed
        self.writes.append((request.method, request.path))
        return (204, None) if request.method == "DELETE" else (200, self._shown(endpoint, item))

    def _below(self, endpoint: str, number: int, what: str, request: Request, body: Item) -> tuple[int, Any]:
        if what == "survey_spec" and "survey_enabled" in RESOURCES[endpoint].fields:
            return self._survey(endpoint, number, request, body)
        if what in RESOURCES[endpoint].links:
            return self._link(endpoint, number, what, request, body)
        if what == "workflow_nodes" and endpoint == "workflow_job_templates":
            nodes = self.all("workflow_job_template_nodes")
            return 200, page([one for one in nodes if one["workflow_job_template"] == number])
        if (endpoint, what, request.method) == ("workflow_job_template_nodes", "create_approval_template", "POST"):
            made = self._create("workflow_approval_templates", body)
            self.items[endpoint][number]["unified_job_template"] = made["id"]
            self.writes.append(("POST", request.path))
            return 201, made
        if what == "launch" and request.method == "POST":
            self._require_answers(endpoint, number, body)
            self.launched.append((request.path, body))
            self._last += 1
            return 201, {"id": self._last, "type": "job", "status": "pending"}
        raise NotFound

    def _survey(self, endpoint: str, number: int, request: Request, body: Item) -> tuple[int, Any]:
        if request.method == "GET":
            return 200, self.surveys.get((endpoint, number), {})
        rules.survey(body)
        self.surveys[endpoint, number] = body
        self.writes.append((request.method, request.path))
        return 200, {}

    def _link(self, endpoint: str, number: int, what: str, request: Request, body: Item) -> tuple[int, Any]:
        linked, of = self.links.setdefault((endpoint, number, what), []), RESOURCES[endpoint].links[what]
        if request.method == "GET":
            return 200, page([self._shown(of, self.items[of][one]) for one in linked])
        if body.get("id") not in self.items[of]:
            raise Refused("detail", f"there is no object {body.get('id')} in {of}")
        if set(body) - {"id", "associate", "disassociate"}:
            raise Refused("detail", f"unknown: {sorted(body)}")
        self.writes.append(("POST", request.path))
        linked.remove(body["id"]) if body.get("disassociate") else linked.append(body["id"])
        return 204, None

    def _require_answers(self, endpoint: str, number: int, body: Item) -> None:
        """A question that is required and has no default stops a launch."""
        asked = self.surveys.get((endpoint, number), {}).get("spec", [])
        given = body.get("extra_vars", {})
        needed = [one["variable"] for one in asked if one["required"] and not one.get("default")]
        missing = [name for name in needed if name not in given]
        if missing:
            raise Refused("variables_needed_to_start", ", ".join(missing))

    # objects

    def _create(self, endpoint: str, given: Item) -> Item:
        resource = RESOURCES[endpoint]
        item = {
            name: None if isinstance(kind, To) else kind.words[0] if isinstance(kind, Choice) else kind
            for name, kind in resource.fields.items()
        }
        item.update(self._given(endpoint, given))
        self._check(endpoint, item)
        self._last += 1
        self.items[endpoint][self._last] = {"id": self._last, **item}
        return self._shown(endpoint, self.items[endpoint][self._last])

    def _given(self, endpoint: str, given: Item) -> Item:
        fields = RESOURCES[endpoint].fields
        # awx.awx sends the fields of a node along with those of its approval
        along = ("identifier", "workflow_job_template") if endpoint == "workflow_approval_templates" else ()
        unknown = set(given) - set(fields) - set(READ_ONLY) - set(along)
        if unknown:
            raise Refused(sorted(unknown)[0], f"{endpoint} has no such field")
        return {name: value for name, value in given.items() if name in fields}

    def _check(self, endpoint: str, item: Item, number: int | None = None) -> None:
        resource = RESOURCES[endpoint]
        for name, kind in resource.fields.items():
            self._check_field(name, kind, item[name])
        for name in resource.needed:
            if not item[name]:
                raise Refused(name, "This field may not be blank.")
        key = [item.get(name) for name in resource.unique]
        for other in self.items[endpoint].values():
            if other["id"] != number and [other.get(name) for name in resource.unique] == key:
                raise Refused("__all__", f"{endpoint} with this {', '.join(resource.unique)} already exists.")
        self._check_more(endpoint, resource, item)

    def _check_field(self, name: str, kind: Any, value: Any) -> None:
        if isinstance(kind, To):
            known = {one["id"] for one in self.all(kind.endpoint)}
            if value is None and not kind.needed:
                return
            if value not in known:
                raise Refused(name, f'Invalid pk "{value}" - object does not exist.')
        elif isinstance(kind, Choice):
            if value not in kind.words:
                raise Refused(name, f'"{value}" is not a valid choice.')
        elif kind is not None and type(value) is not type(kind):
            raise Refused(name, f"{value!r} is not a {type(kind).__name__}.")

    def _check_more(self, endpoint: str, resource: Resource, item: Item) -> None:
        if endpoint == "credential_types":
            rules.credential_type(item)
        if endpoint == "schedules":
            rules.rule(item["rrule"])
        for name in {"variables", "extra_vars", "source_vars", "pod_spec_override"} & set(resource.fields):
            rules.document(name, item[name] or "{}")
        if endpoint == "inventory_sources" and item["source"] == "scm" and not item["source_project"]:
            raise Refused("source_project", "Project required for scm type sources.")

    def _shown(self, endpoint: str, item: Item) -> Item:
        url = f"{ROOT}{endpoint}/{item['id']}/"
        related = {name: f"{url}{name}/" for name in RESOURCES[endpoint].links}
        if "survey_enabled" in item:
            related |= {name: f"{url}{name}/" for name in ("survey_spec", "launch")}
        if endpoint == "workflow_job_templates":
            related["workflow_nodes"] = f"{url}workflow_nodes/"
        if endpoint == "workflow_job_template_nodes":
            related["create_approval_template"] = f"{url}create_approval_template/"
            for other in UNIFIED:
                if item["unified_job_template"] in self.items[other]:
                    related["unified_job_template"] = f"{ROOT}{other}/{item['unified_job_template']}/"
        shown = {**item, "type": RESOURCES[endpoint].type, "url": url, "related": related, "summary_fields": {}}
        if endpoint == "projects":
            shown["scm_revision"] = ""
        return shown


def page(found: list[Item]) -> Item:
    """A list as the API answers it, whole."""
    return {"count": len(found), "next": None, "previous": None, "results": found}


class Quiet(WSGIRequestHandler):
    """Prints no line for each request."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def running(*organizations: str) -> Iterator[StandIn]:
    """A stand-in that listens on loopback."""
    awx = StandIn(*organizations)
    server = make_server("127.0.0.1", 0, awx, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    awx.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield awx
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
