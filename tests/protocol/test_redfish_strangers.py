# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC client before services it does not expect: other shapes of the tree, cut-off JSON, no Redfish at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target

Tree = dict[str, Any]
Start = Callable[[Tree], Idrac]


def tree() -> Tree:
    """The least that a server may offer; its ids are nobody's, its session has a full URL of another address."""
    return {
        "/redfish/v1/": {
            "RedfishVersion": "1.6.0",
            "Systems": {"@odata.id": "/r/s"},
            "Managers": {"@odata.id": "/r/m"},
            "Links": {"Sessions": {"@odata.id": "/r/sessions"}},
        },
        "/r/s": {"Members": [{"@odata.id": "/r/s/1"}]},
        "/r/s/1": {"PowerState": "On", "SKU": " ", "Status": None},
        "/r/m": {"Members": [{"@odata.id": "/r/m/1"}]},
        "/r/m/1": {"FirmwareVersion": "1.0"},
    }


@pytest.fixture
def start() -> Iterator[Start]:
    """Serve a tree; values that are bytes are sent as they are, an int is a status."""
    servers = []

    def begin(offered: Tree) -> Idrac:
        @Request.application
        def application(request: Request) -> Response:
            if request.path == "/r/sessions" and request.method == "POST":
                headers = {"X-Auth-Token": "t", "Location": "https://192.0.2.1/r/sessions/1"}
                return Response("{}", 201, headers)
            found = offered.get(request.path, 404)
            if isinstance(found, int):
                return Response(status=found)
            return Response(found if isinstance(found, bytes) else json.dumps(found), content_type="application/json")

        server = make_server("127.0.0.1", 0, application)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        clock = Clock(1000)
        target = Target("127.0.0.1", server.port, scheme="http", timeout=5)
        return Idrac(target, Credentials("root", "secret"), store=SessionStore(None, clock), clock=clock)

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def refused(action: Callable[[], object]) -> UseriesError:
    with pytest.raises(UseriesError) as caught:
        action()
    return caught.value


def test_what_is_not_said_is_none(start: Start) -> None:
    found = start(tree()).inventory().as_dict()
    assert found.pop("power_state") == "On"
    assert found.pop("idrac_version") == "1.0"
    assert set(found.values()) == {None}


def test_the_session_is_ended_at_the_address_that_was_checked(start: Start) -> None:
    client = start(tree())
    client.power_state()
    assert [saved.logout for saved in client.session.store.all()] == ["/r/sessions/1"]


@pytest.mark.parametrize("count", [0, 2])
def test_one_server_is_expected(start: Start, count: int) -> None:
    offered = tree()
    offered["/r/s"]["Members"] = [{"@odata.id": f"/r/s/{number}"} for number in range(count)]
    error = refused(start(offered).power_state)
    assert (error.kind, len(error.candidates)) == ("unexpected", count)
    assert f"shows {count} Systems" in error.message


def test_a_power_control_that_is_not_offered(start: Start) -> None:
    error = refused(lambda: start(tree()).power("force_off"))
    assert error.kind == "unexpected" and "does not offer" in error.message


def test_an_action_that_is_not_offered_lists_those_that_are(start: Start) -> None:
    offered = tree()
    offered["/r/s/1"]["Actions"] = {
        "#ComputerSystem.Reset": {"target": "/r/reset", "ResetType@Redfish.AllowableValues": ["On", "ForceOff"]}
    }
    error = refused(lambda: start(offered).power("shutdown"))
    assert (error.kind, error.candidates) == ("precondition", ("On", "ForceOff"))
    assert "On, ForceOff" in error.remedy


@pytest.mark.parametrize("content", [b'{"PowerState": "O', b"<html>busy</html>", b"[]", b"", b"\xff\xfe"])
def test_a_body_that_is_no_resource_is_never_data(start: Start, content: bytes) -> None:
    offered = tree()
    offered["/r/s/1"] = content
    error = refused(start(offered).power_state)
    assert error.kind == "unexpected" and "cut it off" in error.message


@pytest.mark.parametrize("root", [404, b"<html>", {"some": "thing"}, b'{"RedfishVersion": "1'])
def test_a_web_server_that_is_no_idrac(start: Start, root: object) -> None:
    offered = tree()
    offered["/redfish/v1/"] = root
    error = refused(start(offered).power_state)
    assert error.kind == "unexpected" and "Redfish" in error.message


def test_a_link_to_another_address_is_not_followed(start: Start) -> None:
    offered = tree()
    offered["/r/s"]["Members"] = [{"@odata.id": "https://192.0.2.1/r/s/1"}]
    assert refused(start(offered).power_state).kind == "unexpected"
