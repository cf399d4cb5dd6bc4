# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC client before services it does not expect: other shapes of the tree, cut-off JSON, no Redfish at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac
from ansible_collections.useries.appliance.plugins.module_utils._idrac.firmware import (
    firmware,
    generation,
    lifecycle_controller,
)
from ansible_collections.useries.appliance.plugins.module_utils._idrac.jobs import JobQueue
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
            query = unquote(request.query_string.decode())
            found = offered.get(f"{request.path}?{query}", offered.get(request.path, 404))
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


# -- the jobs ----------------------------------------------------------------------------------------------------------

JOBS = "/r/m/1/Oem/Dell/Jobs"


def with_jobs(members: list[Any], **more: Any) -> Tree:
    """A newer service with these members of its queue."""
    offered = tree()
    offered["/redfish/v1/"]["UpdateService"] = {"@odata.id": "/r/u"}
    offered["/r/u/Oem/Dell/DellSoftwareInventory"] = {"Members": []}
    offered[JOBS] = {"Members": members, **more}
    return offered


def test_a_job_that_says_nothing_is_open(start: Start) -> None:
    (job,) = JobQueue(start(with_jobs([{"@odata.id": f"{JOBS}/JID_1", "PercentComplete": True}]))).all()
    found = job.as_dict()
    assert (found.pop("id"), found.pop("phase"), found.pop("waits_for_restart")) == ("JID_1", "open", False)
    assert set(found.values()) == {None}


def test_references_are_followed_and_what_is_gone_meanwhile_is_none(start: Start) -> None:
    offered = with_jobs([{"@odata.id": f"{JOBS}/JID_{number}"} for number in (1, 2)])
    offered[f"{JOBS}/JID_2"] = {"Id": "JID_2", "JobState": "Failed", "Message": " ", "Messages": [{"Message": "Why."}]}
    (job,) = JobQueue(start(offered)).all()
    assert (job.id, job.phase, job.message) == ("JID_2", "failed", "Why.")


@pytest.mark.parametrize("status", [400, 501])
def test_a_service_that_does_not_expand(start: Start, status: int) -> None:
    offered = with_jobs([{"@odata.id": f"{JOBS}/JID_1"}])
    offered[f"{JOBS}?$expand=*($levels=1)"] = status
    offered[f"{JOBS}/JID_1"] = {"Id": "JID_1", "JobState": "Completed"}
    assert [job.phase for job in JobQueue(start(offered)).all()] == ["done"]


def test_the_pages_of_a_long_queue(start: Start) -> None:
    following = f"{JOBS}?$skip=1"
    offered = with_jobs([{"Id": "JID_1"}], **{"Members@odata.nextLink": following})
    offered[following] = {"Members": [{"Id": "JID_2"}]}
    assert [job.id for job in JobQueue(start(offered)).all()] == ["JID_1", "JID_2"]
    offered[following] = {"Members": [{"Id": "JID_2"}], "Members@odata.nextLink": following}
    error = refused(lambda: JobQueue(start(offered)))
    assert error.kind == "unexpected" and "without an end" in error.message


@pytest.mark.parametrize(
    ("start_time", "clock", "waits"),
    [
        ("2026-11-29T12:00:01", "2026-11-29T12:00:00-05:00", False),
        ("2026-11-29T12:00:00", "2026-11-29T12:00:00-05:00", True),
        ("2026-11-29T12:00:01", None, True),
        ("20261129120001.000000", "2026-11-29T12:00:00Z", True),
        ("TIME_NOW", "2026-11-29T12:00:00Z", True),
    ],
)
def test_a_job_waits_for_its_time_by_the_clock_of_the_idrac(
    start: Start, start_time: str, clock: str | None, waits: bool
) -> None:
    offered = with_jobs([{"Id": "JID_1", "JobState": "Scheduled", "StartTime": start_time}])
    offered["/r/m/1"]["DateTime"] = clock
    (job,) = JobQueue(start(offered)).all()
    assert job.waits_for_restart is waits


# -- the firmware ------------------------------------------------------------------------------------------------------

INVENTORY = "/r/u/FirmwareInventory"


def with_firmware(*members: Tree) -> Tree:
    """A service with these entries of its inventory."""
    offered = tree()
    offered["/redfish/v1/"]["UpdateService"] = {"@odata.id": "/r/u"}
    offered["/r/u"] = {"FirmwareInventory": {"@odata.id": INVENTORY}}
    offered[INVENTORY] = {"Members": list(members)}
    return offered


@pytest.mark.parametrize("lacking", ["/r/u", INVENTORY])
def test_a_service_without_an_inventory_has_none(start: Start, lacking: str) -> None:
    offered = with_firmware()
    assert firmware(start(offered)) == []
    del offered[lacking]
    assert firmware(start(offered)) is None
    assert firmware(start(tree())) is None


@pytest.mark.parametrize(
    ("entry", "state", "component"),
    [
        ({"Id": "Installed-159-2.12.2__BIOS.Setup.1-1"}, "installed", "159"),
        ({"@odata.id": f"{INVENTORY}/Current-27481-23.61.3__NIC.Integrated.1-1-1", "Name": "N"}, "current", "27481"),
        ({"Id": "Previous-0-1.0", "SoftwareId": "25227"}, "previous", "25227"),
        ({"Id": "Available-BIOS"}, "available", None),
        ({"Id": "BMC", "Updateable": "yes", "Version": 7, "Name": []}, None, None),
    ],
)
def test_what_an_entry_is(start: Start, entry: Tree, state: str | None, component: str | None) -> None:
    (found,) = firmware(start(with_firmware(entry))) or ()
    assert (found.state, found.component, found.updateable, found.version) == (state, component, None, None)


def test_the_lifecycle_controller_is_the_installed_one(start: Start) -> None:
    entries = [{"Id": f"{kind}-28897-{number}", "Version": number} for kind, number in (("Previous", "1"), ("X", "2"))]
    assert lifecycle_controller(firmware(start(with_firmware(*entries))) or ()) is None
    entries.append({"Id": "Installed-28897-3__USC.Embedded.1:LC.Embedded.1", "Version": "3"})
    assert lifecycle_controller(firmware(start(with_firmware(*entries))) or ()) == "3"


@pytest.mark.parametrize(
    ("model", "attributes", "expected"),
    [
        ("12G Modular", None, (7, 12)),
        ("16G Monolithic", {"Info.1.HWModel": "iDRAC 9"}, (9, 16)),
        ("17G Monolithic", {"Info.1.HWModel": "iDRAC 10"}, (10, 17)),
        ("17G Monolithic", {"Info.1.HWModel": "unknown"}, (10, 17)),
        ("14G Monolithic", 404, (9, 14)),
        ("Some BMC", None, (None, None)),
        (None, {"Info.1.HWModel": "iDRAC9"}, (9, None)),
        ("99G", None, (None, 99)),
    ],
)
def test_the_generation(start: Start, model: Any, attributes: Any, expected: tuple[int | None, int | None]) -> None:
    offered = tree()
    offered["/r/m/1"]["Model"] = model
    if attributes is not None:
        offered["/r/m/1"]["Links"] = {"Oem": {"Dell": {"DellAttributes": [{"@odata.id": "/r/attributes"}]}}}
        offered["/r/attributes"] = attributes if attributes == 404 else {"Attributes": attributes}
    client = start(offered)
    found = generation(client, client.manager())
    assert (found.idrac, found.server) == expected
