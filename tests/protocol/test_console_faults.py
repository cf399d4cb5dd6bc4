# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults, power, clock and certificates of a running console, ordered over the control port."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable

import pytest
import requests
from lxml import html

from simulator.control_client import ControlClient, ControlError
from tests.protocol.console_person import Person
from tests.support.simulator import Simulated
from tests.unit.simulator_console.reader import captions

NAME = "UVM-1A"
TLS_GARBAGE = b"\x16\x03\x01\x02\x00" + b"a" * 512


def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds; the wires follow the model within moments."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def refused(person: Person) -> bool:
    """Whether the port refuses connections."""
    try:
        socket.create_connection((person.node.address, person.node.ports["console"]), 5).close()
    except ConnectionRefusedError:
        return True
    return False


def at_the_door(response: requests.Response) -> bool:
    """Whether the answer is the sign-in page."""
    return "login" in [name for name, _element in captions(html.fromstring(response.text))]


def peer(person: Person, version: ssl.TLSVersion | None = None) -> bytes:
    """The certificate that the port shows, DER."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if version is not None:
        context.minimum_version = context.maximum_version = version
    address = (person.node.address, person.node.ports["console"])
    with socket.create_connection(address, 5) as raw, context.wrap_socket(raw) as wrapped:
        found = wrapped.getpeercert(binary_form=True)
    assert found is not None
    return found


def test_a_reset_before_the_action_leaves_it_undone(simulated: Simulated) -> None:
    person = Person(simulated)
    person.open()
    simulated.control.fault("reset", NAME, path="export_settings", method="POST")
    with pytest.raises(requests.ConnectionError):
        person.save_export()
    assert simulated.control.count("write") == 0
    assert person.save_export().status_code == 200
    assert simulated.control.count("write") == 1


def test_a_reset_after_the_action_leaves_it_done(simulated: Simulated) -> None:
    person = Person(simulated)
    person.open()
    simulated.control.fault("reset", NAME, path="export_settings", method="POST", when="after")
    with pytest.raises(requests.ConnectionError):
        person.save_export()
    (entry,) = [entry for entry in simulated.control.log(NAME) if entry["kind"] == "write"]
    assert (entry["status"], entry["what"]) == (0, "general_settings.export_settings.update_export")


def test_a_status_comes_once(simulated: Simulated) -> None:
    simulated.control.fault("status", NAME, code=500)
    assert Person(simulated).get().status_code == 500
    assert Person(simulated).get().status_code == 200


def test_a_fault_of_the_endpoint_is_its_own(simulated: Simulated) -> None:
    simulated.control.fault("status", "*", surface="endpoint", code=503, count=-1)
    path = "/UVMInterface/api/HighAvailability"
    assert [Person(simulated, node).get(path).status_code for node in simulated.nodes] == [503, 503]
    assert Person(simulated).get().status_code == 200
    simulated.control.clear_faults()
    assert Person(simulated).get(path, headers={"Content-Type": "application/json"}).json() == {"Role": "Off"}


def test_a_truncated_page_is_noticed(simulated: Simulated) -> None:
    simulated.control.fault("truncate", NAME)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        Person(simulated).get()
    assert Person(simulated).get().status_code == 200


def test_a_delay_outlasts_an_impatient_client(simulated: Simulated) -> None:
    simulated.control.fault("delay", NAME, seconds=1)
    person = Person(simulated)
    with pytest.raises(requests.ReadTimeout):
        person.session.get(person.node.url + "/Maintenance", timeout=0.3)


def test_an_expired_session_ends_at_the_door(simulated: Simulated) -> None:
    person = Person(simulated)
    address = dict(captions(person.open()))["general settings"].get("href")
    simulated.control.fault("expire_session", NAME)
    assert at_the_door(person.get(address))


def test_refused_until_cleared(simulated: Simulated) -> None:
    person = Person(simulated)
    simulated.control.fault("refuse", NAME)
    until(lambda: refused(person))
    assert Person(simulated, "useries-1b").get().status_code == 200
    simulated.control.clear_faults()
    until(lambda: not refused(person))
    assert person.get().status_code == 200


def test_an_appliance_without_power_refuses_and_comes_back_signed_out(simulated: Simulated) -> None:
    person = Person(simulated)
    address = dict(captions(person.open()))["general settings"].get("href")
    assert simulated.control.power("useries-1a", "off") == {"powered": False, "reachable": False}
    until(lambda: refused(person))
    simulated.control.power("useries-1a", "on")
    assert refused(person)
    simulated.control.advance(600)
    until(lambda: not refused(person))
    assert at_the_door(person.get(address))


def test_sessions_go_by_the_offset_clock(simulated: Simulated) -> None:
    person = Person(simulated)
    address = dict(captions(person.open()))["general settings"].get("href")
    simulated.control.advance(3600)
    assert not at_the_door(person.get(address))
    simulated.control.advance_real(14 * 60)
    assert at_the_door(person.get(address))


def test_a_new_certificate_is_served_at_once(simulated: Simulated) -> None:
    person = Person(simulated)
    before = peer(person)
    simulated.control.do(NAME, "generate_certificate")
    assert peer(person) != before
    with pytest.raises(requests.exceptions.SSLError):
        person.get()


def test_the_lowest_tls_version_is_kept(simulated: Simulated) -> None:
    person = Person(simulated)
    assert peer(person, ssl.TLSVersion.TLSv1_2)
    simulated.control.set("minimum_tls", "TLS 1.3", NAME)
    with pytest.raises(ssl.SSLError):
        peer(person, ssl.TLSVersion.TLSv1_2)
    assert peer(person, ssl.TLSVersion.TLSv1_3)


@pytest.mark.parametrize("sent", (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00\xff" * 600, TLS_GARBAGE))
def test_garbage_ends_in_a_clean_close(simulated: Simulated, sent: bytes) -> None:
    person = Person(simulated)
    with socket.create_connection((person.node.address, person.node.ports["console"]), 5) as raw:
        raw.sendall(sent)
        raw.settimeout(5)
        try:
            while raw.recv(4096):
                pass
        except ConnectionResetError:
            pass
    assert person.get().status_code == 200
    assert "Traceback" not in simulated.output


def test_silent_clients_hold_nobody_up(simulated: Simulated) -> None:
    person = Person(simulated)
    address = (person.node.address, person.node.ports["console"])
    silent = [socket.create_connection(address, 5) for _client in range(8)]
    assert person.get().status_code == 200
    for one in silent:
        one.close()


def test_snapshot_restore_and_reset(simulated: Simulated) -> None:
    control = simulated.control
    control.snapshot("before")
    control.set("banner", ["Title", "Text"], NAME)
    assert control.state(NAME)["banner"] == ["Title", "Text"]
    control.restore("before")
    assert control.state(NAME)["banner"] == ["", ""]
    control.set("banner", ["Title", "Text"], NAME)
    control.reset()
    assert control.state(NAME)["banner"] == ["", ""]


def test_the_state_holds_no_password_of_a_person(simulated: Simulated) -> None:
    text = str(simulated.control.state())
    for node in simulated.nodes.values():
        assert not any(account["password"] in text for account in node.accounts.values())


def test_the_control_port_wants_its_token_and_known_orders(simulated: Simulated) -> None:
    told = simulated.told["control"]
    with pytest.raises(ControlError, match="X-Simulator-Token"):
        ControlClient(told["host"], told["port"], "wrong").counts()
    with pytest.raises(ControlError, match="no node"):
        simulated.control.power("useries-9z", "off")
    with pytest.raises(ControlError, match="attribute is one of"):
        simulated.control.set("api_key", "x", NAME)
    with pytest.raises(ControlError, match="kind is one of"):
        simulated.control.fault("explode")
    with pytest.raises(ControlError, match="one may call"):
        simulated.control.do(NAME, "power_off")
    with pytest.raises(ControlError, match="unknown order"):
        simulated.control.call("GET", "/secrets")


def test_connections_that_are_opened_in_advance_hold_nobody_up(simulated: Simulated) -> None:
    person = Person(simulated)
    context = ssl.create_default_context(cafile=str(simulated.ca))
    context.check_hostname = False
    address = (person.node.address, person.node.ports["console"])
    waiting = [context.wrap_socket(socket.create_connection(address, 5)) for _number in range(4)]
    began = time.monotonic()
    assert at_the_door(person.get())
    assert time.monotonic() - began < 5
    for one in waiting:
        one.sendall(b"GET /Maintenance HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n")
        assert one.recv(15) == b"HTTP/1.1 200 OK"
        one.close()
