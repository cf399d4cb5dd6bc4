# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated iDRAC as a Redfish service: sessions, privileges, headers, errors, power (DMTF DSP0266)."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from simulator.wires.redfish import serve
from tests.protocol.redfish_bench import HOST, PASSWORD, SERVICE_TAG, SESSIONS, Bench, idrac

SYSTEM = "/redfish/v1/Systems/System.Embedded.1"
RESET = f"{SYSTEM}/Actions/ComputerSystem.Reset"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with idrac(tmp_path) as started:
        yield started


def message_ids(response: requests.Response) -> list[str]:
    return [item["MessageId"] for item in response.json()["error"]["@Message.ExtendedInfo"]]


@pytest.mark.parametrize(
    "path", ["/redfish", "/redfish/v1", "/redfish/v1/", "/redfish/v1/odata", "/redfish/v1/$metadata"]
)
def test_the_way_in_needs_no_sign_in(bench: Bench, path: str) -> None:
    assert bench.send("GET", path, auth=None).status_code == 200


@pytest.mark.parametrize("auth", [None, ("root", "calvin"), ("nobody", PASSWORD), ("", "")])
def test_everything_else_does(bench: Bench, auth: tuple[str, str] | None) -> None:
    answer = bench.send("GET", "/redfish/v1/Systems", auth=auth)
    assert answer.status_code == 401
    assert message_ids(answer) == ["Base.1.12.AccessDenied"]
    assert "Basic" in answer.headers["WWW-Authenticate"]


def test_a_session_from_sign_in_to_sign_out(bench: Bench) -> None:
    opened = bench.sign_in()
    token, place = opened.headers["X-Auth-Token"], opened.headers["Location"]
    assert (opened.status_code, place) == (201, f"{SESSIONS}/{opened.json()['Id']}")
    assert bench.send("GET", SYSTEM, token=token).json()["SKU"] == SERVICE_TAG
    assert bench.send("DELETE", place, token=token).status_code == 200
    assert bench.send("GET", SYSTEM, token=token).status_code == 401
    assert bench.send("GET", SYSTEM, token="0" * 32).status_code == 401


def test_a_ninth_session_is_refused_and_an_idle_one_makes_room(bench: Bench) -> None:
    assert [bench.sign_in().status_code for _turn in range(8)] == [201] * 8
    refused = bench.sign_in()
    assert (refused.status_code, message_ids(refused)) == (503, ["IDRAC.2.8.RAC0218"])
    bench.world.clock.advance_real(1801)
    assert bench.sign_in().status_code == 201


def test_use_keeps_a_session_alive(bench: Bench) -> None:
    token = bench.sign_in().headers["X-Auth-Token"]
    for _turn in range(3):
        bench.world.clock.advance_real(1700)
        assert bench.send("GET", SYSTEM, token=token).status_code == 200
    bench.world.clock.advance_real(1801)
    assert bench.send("GET", SYSTEM, token=token).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/redfish/v1/Nowhere", 404),
        ("GET", "/redfish/v1/Systems/Other", 404),
        ("GET", "/redfish/v1/Managers/iDRAC.Embedded.1/VirtualMedia", 404),
        ("DELETE", SYSTEM, 405),
        ("PUT", SYSTEM, 405),
        ("FROB", SYSTEM, 501),
        ("GET", f"{SYSTEM}?$filter=Id", 501),
        ("POST", f"{SYSTEM}/Actions/ComputerSystem.Decommission", 400),
    ],
)
def test_what_is_not_modelled_is_refused_in_redfish_words(bench: Bench, method: str, path: str, status: int) -> None:
    answer = bench.send(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["@Message.ExtendedInfo"][0]["Message"]
    assert status != 405 or answer.headers["Allow"] == "GET, HEAD"


def test_headers_of_an_answer(bench: Bench) -> None:
    answer = bench.send("GET", SYSTEM)
    assert answer.headers["OData-Version"] == "4.0"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["ETag"] == answer.json()["@odata.etag"]
    assert answer.headers["Link"].endswith("rel=describedby")
    same = bench.send("GET", SYSTEM, headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert bench.send("HEAD", SYSTEM).content == b""


def test_a_stale_etag_and_bad_properties_are_refused(bench: Bench) -> None:
    path = "/redfish/v1/AccountService/Accounts/3"
    tag = bench.send("GET", path).headers["ETag"]
    new = {"UserName": "monitor", "Password": "Another-1", "RoleId": "ReadOnly", "Enabled": True}
    assert bench.send("PATCH", path, json=new, headers={"If-Match": tag}).status_code == 200
    assert bench.send("PATCH", path, json={"Enabled": False}, headers={"If-Match": tag}).status_code == 412
    assert message_ids(bench.send("PATCH", path, json={"Colour": "red"})) == ["Base.1.12.PropertyUnknown"]
    assert message_ids(bench.send("PATCH", path, json={"RoleId": "King"})) == ["Base.1.12.PropertyValueNotInList"]
    assert bench.send("PATCH", path, data=b"{broken").status_code == 400


def test_privileges(bench: Bench) -> None:
    new = {"UserName": "monitor", "Password": "Another-1", "RoleId": "ReadOnly", "Enabled": True}
    bench.send("PATCH", "/redfish/v1/AccountService/Accounts/3", json=new)
    monitor = ("monitor", "Another-1")
    assert bench.send("GET", SYSTEM, auth=monitor).json()["PowerState"] == "On"
    assert bench.send("POST", RESET, json={"ResetType": "ForceOff"}, auth=monitor).status_code == 403
    own, other = "/redfish/v1/AccountService/Accounts/3", "/redfish/v1/AccountService/Accounts/2"
    assert bench.send("PATCH", other, json={"Password": "x"}, auth=monitor).status_code == 403
    assert bench.send("PATCH", own, json={"RoleId": "Administrator"}, auth=monitor).status_code == 403
    assert bench.send("PATCH", own, json={"Password": "Third-1"}, auth=monitor).status_code == 200
    session = bench.sign_in().headers["Location"]
    assert bench.send("DELETE", session, auth=("monitor", "Third-1")).status_code == 403


def test_the_password_of_slot_2_is_the_one_that_the_model_knows(bench: Bench) -> None:
    assert bench.send("PATCH", "/redfish/v1/AccountService/Accounts/2", json={"Password": "New-1"}).status_code == 200
    assert bench.appliance.users["idrac"].password == "New-1"
    bench.appliance.users["idrac"].password = PASSWORD
    assert bench.send("GET", SYSTEM).status_code == 200


def test_no_password_or_token_is_ever_shown(bench: Bench) -> None:
    token = bench.sign_in().headers["X-Auth-Token"]
    paths = [
        "/redfish/v1/AccountService/Accounts?$expand=*($levels=1)",
        f"{SESSIONS}?$expand=.",
        "/redfish/v1/?$expand=*",
    ]
    for path in paths:
        text = bench.send("GET", path).text
        assert PASSWORD not in text and token not in text
    assert all(PASSWORD not in repr(entry) and token not in repr(entry) for entry in bench.log.entries())


def test_expand_and_select(bench: Bench) -> None:
    identifier = bench.appliance.lifecycle.add_job("BIOSConfiguration", "Configure: BIOS.Setup.1-1")
    for queue, state in (
        ("/redfish/v1/JobService/Jobs", "Pending"),
        ("/redfish/v1/Managers/iDRAC.Embedded.1/Jobs", "Scheduled"),
        ("/redfish/v1/Managers/iDRAC.Embedded.1/Oem/Dell/Jobs", "Scheduled"),
    ):
        members = bench.send("GET", f"{queue}?$expand=*($levels=1)").json()["Members"]
        assert [(job["Id"], job["JobState"]) for job in members] == [(identifier, state)]
    task = bench.send("GET", f"/redfish/v1/TaskService/Tasks/{identifier}").json()
    assert (task["TaskState"], task["PercentComplete"]) == ("Running", 0)
    manager = bench.send("GET", "/redfish/v1/Managers/iDRAC.Embedded.1?$select=FirmwareVersion").json()
    assert {name for name in manager if not name.startswith("@")} == {"FirmwareVersion"}
    assert bench.send("DELETE", f"/redfish/v1/JobService/Jobs/{identifier}").status_code == 200
    assert bench.send("GET", "/redfish/v1/JobService/Jobs").json()["Members@odata.count"] == 0


def test_power_off_and_on(bench: Bench) -> None:
    def order(reset_type: str) -> requests.Response:
        return bench.send("POST", RESET, json={"ResetType": reset_type})

    def state() -> tuple[str, str]:
        system = bench.send("GET", SYSTEM).json()
        return system["PowerState"], system["BootProgress"]["LastState"]

    first = bench.send("GET", SYSTEM).json()["LastResetTime"]
    already = order("On")
    assert (already.status_code, message_ids(already)) == (409, ["IDRAC.2.8.PSU501"])
    assert order("GracefulShutdown").status_code == 204
    assert state() == ("On", "OSRunning"), "a graceful shutdown takes its time"
    bench.world.advance(30)
    assert state() == ("Off", "None")
    assert order("ForceRestart").status_code == 409
    assert order("On").status_code == 204
    assert state() == ("On", "OSBootStarted")
    bench.world.advance(200)
    assert state() == ("On", "OSRunning")
    assert bench.send("GET", SYSTEM).json()["LastResetTime"] > first
    assert order("ForceOff").status_code == 204
    assert state() == ("Off", "None")
    assert order("Explode").status_code == 400
    assert bench.send("POST", RESET, json={}).status_code == 400


def test_every_link_leads_somewhere(bench: Bench) -> None:
    def links(value: object) -> set[str]:
        if isinstance(value, dict):
            found = {value["@odata.id"]} if isinstance(value.get("@odata.id"), str) else set()
            return found.union(*map(links, value.values()))
        return set().union(*map(links, value)) if isinstance(value, list) else set()

    seen: set[str] = set()
    waiting = {"/redfish/v1/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = bench.send("GET", path)
        assert answer.status_code == 200, path
        waiting |= links(answer.json()) - seen
    assert len(seen) > 40


@pytest.mark.parametrize(
    ("order", "status"),
    [({"kind": "status", "code": 503}, 503), ({"kind": "status", "code": 500}, 500), ({"kind": "expire_session"}, 401)],
)
def test_faults_that_answer(bench: Bench, order: dict[str, object], status: int) -> None:
    token = bench.sign_in().headers["X-Auth-Token"]
    bench.disturb(**order)
    assert bench.send("GET", SYSTEM, token=token).status_code == status


@pytest.mark.parametrize("kind", ["reset", "truncate"])
def test_faults_that_break_an_answer_off(bench: Bench, kind: str) -> None:
    bench.disturb(kind=kind)
    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        bench.send("GET", SYSTEM)
    assert bench.send("GET", SYSTEM).status_code == 200


def test_a_closed_listener_forgets_nothing(bench: Bench) -> None:
    token = bench.sign_in().headers["X-Auth-Token"]
    bench.server.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        bench.send("GET", SYSTEM, token=token)
    bench.server = serve(bench.world, bench.appliance, HOST, 0, bench.log)
    assert bench.send("GET", SYSTEM, token=token).status_code == 200


def test_an_update_of_annotations_alone_is_no_operation(bench: Bench) -> None:
    path = "/redfish/v1/AccountService/Accounts/3"
    assert message_ids(bench.send("PATCH", path, json={"@odata.id": path})) == ["Base.1.12.NoOperation"]


def test_a_certificate_of_its_own(bench: Bench) -> None:
    context = ssl.create_default_context(cafile=str(bench.ca_path))
    with (
        socket.create_connection((HOST, bench.server.port)) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as connection,
    ):
        certificate = connection.getpeercert()
    assert certificate is not None
    assert ("DNS", f"idrac-{SERVICE_TAG.lower()}") in certificate["subjectAltName"]


def test_rubbish_on_the_port_does_no_harm(bench: Bench) -> None:
    with socket.create_connection((HOST, bench.server.port)) as plain:
        plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
    assert bench.send("GET", SYSTEM).status_code == 200
