# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The load balancer in front of a pair: the check asked as it asks, and HAProxy itself with the file of the role."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from simulator.model.certificates import self_signed
from tests.scenario.bad_input_bench import A, B, Bench
from tests.support.playbook import Core, Playbooks
from tests.support.site import Site, site

pytestmark = pytest.mark.one_way  # no page is opened

PLAY = [{"name": "Balance", "ansible.builtin.import_playbook": "useries.appliance.load_balancer"}]
MODULE = "load_balancer_check_info"
LIMIT = 60.0
MANY = 8  # clients in a row: a balancer that took both nodes would send every other one to the wrong node


# -- asking as a load balancer does ------------------------------------------------------------------------------------


def test_the_active_node_gets_the_traffic_and_the_others_do_not(bench: Bench) -> None:
    bench.stage("synchronized")
    active = bench.attempt(MODULE, expected="Active")["check"]
    assert (active["role"], active["sends_traffic"], active["problems"]) == ("Active", True, [])
    assert active["url"] == f"{bench.pair.nodes[A].url}/UVMInterface/api/HighAvailability"
    assert "json" in active["content_type"]
    passive = bench.attempt(MODULE, on=B)["check"]
    assert (passive["role"], passive["sends_traffic"]) == ("Passive", False)
    bench.stage("fresh")
    assert bench.attempt(MODULE)["check"]["role"] == "Off"
    assert {entry["wire"] for entry in bench.control.log()} == {"endpoint"}, "nobody signs in"


def test_another_address_is_asked_with_the_same_trust(bench: Bench) -> None:
    bench.stage("synchronized")
    other = bench.pair.nodes[B]
    given = {"address": other.address, "address_port": other.ports["console"]}
    assert bench.attempt(MODULE, **given)["check"]["role"] == "Passive"
    wrong = bench.attempt(MODULE, expected="Active", **given)
    bench.helps(wrong, "answers Passive instead of Active", other.address, kind="precondition")


@contextmanager
def impostor(folder: Path, status: int, headers: dict[str, str], body: str) -> Iterator[dict[str, Any]]:
    """Something else that answers every GET with this; the options with which it is asked."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(dict(self.headers))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words: Any) -> None:
            """Nothing on standard error."""

    asked: list[dict[str, str]] = []
    made = self_signed("impostor", "127.0.0.1")
    pem = folder / "impostor.pem"
    pem.write_text(f"{made.key_pem.decode()}{made.certificate_pem.decode()}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {"address": "127.0.0.1", "address_port": server.server_port, "fingerprints": [made.sha256]}
        assert len(asked) == 1, "one attempt, and no redirect is followed"
        assert asked[0]["Content-Type"] == "application/json;charset=UTF-8"
        assert not {"Accept", "Authorization", "Cookie"} & set(asked[0])
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (503, {}, "", "status 503"),
        (302, {"Location": "/Login"}, "", "status 302, which sends on to '/Login'"),
        (200, {}, "<h1>Welcome to nginx!</h1>", "instead of Off, Active or Passive"),
        (200, {}, '{"Role": "Primary"}', "'Primary' instead of Off, Active or Passive"),
    ],
)
def test_an_answer_that_is_no_role_is_shown(
    bench: Bench, tmp_path: Path, status: int, headers: dict[str, str], body: str, words: str
) -> None:
    with impostor(tmp_path, status, headers, body) as given:
        bench.helps(bench.attempt(MODULE, **given), words, str(given["address_port"]), kind="unexpected")


def test_a_role_that_the_checks_of_the_documentation_do_not_find_is_a_problem(bench: Bench, tmp_path: Path) -> None:
    with impostor(tmp_path, 200, {}, "<HighAvailability><Role>Active</Role></HighAvailability>") as given:
        check = bench.attempt(MODULE, **given)["check"]
    assert (check["role"], check["sends_traffic"]) == ("Active", False)
    assert "not as" in check["problems"][0]


def test_a_silent_address_and_a_strange_certificate_are_told_apart(bench: Bench) -> None:
    closed = free_port()
    given = {"address": "127.0.0.1", "address_port": closed}
    bench.helps(bench.attempt(MODULE, **given), f"https://127.0.0.1:{closed}", kind="unreachable")
    silent = bench.attempt(MODULE, unreachable_ok=True, **given)
    assert (silent.get("failed", False), silent["reachable"], silent["check"]) == (False, False, None)
    strange = bench.attempt(MODULE, fingerprints=["00" * 32], ca_path=None)
    bench.helps(strange, "none of the fingerprints expected", kind="untrusted")


def test_an_address_that_is_none_is_refused(bench: Bench) -> None:
    bench.refused(MODULE, "neither a host name nor an IP address", kind="invalid", address="https://lb.example.com")
    bench.refused(MODULE, "address_port is 0", kind="invalid", address="lb.example.com", address_port=0)
    bench.refused(MODULE, "expected", expected="Primary")


# -- the files of the role ---------------------------------------------------------------------------------------------


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def rendered(playbooks: Playbooks, kind: str, place: Path, *words: str) -> str:
    """The file that the playbook writes for a kind; a second run changes nothing."""
    given = ("-e", f"load_balancer_kind={kind}", "-e", f"load_balancer_dest={place}", *words)
    playbooks.run(PLAY, *given, "--check").good()
    assert not place.exists()
    first = playbooks.run(PLAY, *given).good()
    again = playbooks.run(PLAY, *given).good()
    task = "useries.appliance.load_balancer : Write the file"
    assert (first.result(task)["changed"], again.result(task)["changed"]) == (True, False)
    return place.read_text(encoding="utf-8")


def test_haproxy_accepts_its_file_with_and_without_verification(playbooks: Playbooks, tmp_path: Path) -> None:
    for name, ca in (("checked.cfg", playbooks.inventory.parent / "ca.pem"), ("blind.cfg", "")):
        content = rendered(playbooks, "haproxy", tmp_path / name, "-e", f"load_balancer_ca_path={ca}")
        assert ("verify required" in content, "verify none" in content) == (bool(ca), not ca)
        said = subprocess.run(["haproxy", "-c", "-f", tmp_path / name], capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr


@pytest.mark.long
def test_the_other_kinds_name_both_nodes_and_the_check(playbooks: Playbooks, simulated: Any, tmp_path: Path) -> None:
    nodes = [f"{node.address}:{node.ports['console']}" for node in simulated.nodes.values()]
    for kind, words in (
        ("nginx_plus", (r"""body ~ '"Role"\s*:\s*"Active"'""", "uri=/UVMInterface/api/HighAvailability", "mandatory")),
        ("f5", (r'recv "\"Role\" *: *\"Active\""', r"GET /UVMInterface/api/HighAvailability HTTP/1.1\\r\\n")),
    ):
        content = rendered(playbooks, kind, tmp_path / kind)
        for word in (*nodes, *words, "application/json;charset=UTF-8"):
            assert word in content, content


def test_a_kind_that_nobody_knows_is_told_what_to_ask(playbooks: Playbooks, simulated: Any) -> None:
    for kind, plus in (("kemp", False), ("nginx", True)):
        said = playbooks.run(PLAY, "-e", f"load_balancer_kind={kind}").good().words
        for node in simulated.nodes.values():
            assert f"GET https://{node.address}:{node.ports['console']}/UVMInterface/api/HighAvailability" in said
        assert "Content-Type: application/json;charset=UTF-8" in said
        assert "Active" in said
        assert ("without Plus has no active health checks" in said) is plus


@pytest.mark.parametrize(
    "wrong",
    [
        {"load_balancer_kind": "haproxy"},
        {"load_balancer_kind": "kemp", "load_balancer_nodes": [A]},
        {"load_balancer_kind": "kemp", "load_balancer_nodes": [A, "nobody"]},
        {"load_balancer_kind": "kemp", "load_balancer_name": "two words"},
        {"load_balancer_kind": "kemp", "load_balancer_bind": "443\n    server evil 192.0.2.1"},
        {"load_balancer_kind": "kemp", "load_balancer_interval": 0},
    ],
    ids=",".join,
)
def test_variables_that_make_no_sense_are_refused(playbooks: Playbooks, wrong: dict[str, Any]) -> None:
    play = [{**PLAY[0], "vars": wrong}]
    ran = playbooks.run(play)
    failed = next(event for event in ran.events if event["status"] == "failed")
    assert "Nothing was written" in failed["result"]["msg"]


# -- HAProxy in front of the pair --------------------------------------------------------------------------------------


@contextmanager
def haproxy(file: Path) -> Iterator[None]:
    """The real program with this file."""
    with (file.parent / "haproxy.log").open("w") as log:
        process = subprocess.Popen(["haproxy", "-db", "-f", file], stdout=log, stderr=log)
    try:
        yield
        assert process.poll() is None, (file.parent / "haproxy.log").read_text()
    finally:
        process.terminate()
        process.wait(10)


def served_by(port: int) -> str:
    """The network name in the certificate that a client is shown; empty when no node gets the traffic."""
    try:
        shown = x509.load_pem_x509_certificate(ssl.get_server_certificate(("127.0.0.1", port), timeout=5).encode())
    except OSError:
        return ""
    return str(shown.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


def becomes(port: int, wanted: str) -> None:
    """Wait until the clients are served by this node, all of them."""
    end, seen = time.monotonic() + LIMIT, ["?"]
    while seen != [wanted] * MANY:
        assert time.monotonic() < end, f"served by {seen} instead of {wanted!r} alone"
        seen = [served_by(port) for _client in range(MANY)]


def test_the_traffic_follows_the_active_node(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, speed=20.0) as pair:  # HAProxy's checks are in real time
        pair.pair_by_hand()
        port, file = free_port(), tmp_path / "haproxy.cfg"
        write(pair, file, port)
        with haproxy(file):
            becomes(port, "UVM-1A")
            pair.control.power(A, "off")
            assert pair.role(B) == "Passive"
            becomes(port, "")
            pair.control.advance(1200)
            assert pair.role(B) == "Active"
            becomes(port, "UVM-1B")
            pair.control.power(A, "on")
            pair.control.advance(1800)
            synchronized(pair)
            becomes(port, "UVM-1B")
            pair.control.do(B, "ha.switch_roles")
            pair.control.advance(600)
            assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
            becomes(port, "UVM-1A")


def write(pair: Site, file: Path, port: int) -> None:
    """The role's file, with checks every second."""
    words = {"kind": "haproxy", "dest": file, "ca_path": pair.simulated.ca, "bind": f"127.0.0.1:{port}", "interval": 1}
    given = [word for name, value in words.items() for word in ("-e", f"load_balancer_{name}={value}")]
    pair.run(*given, playbook=PLAY).good()


def synchronized(pair: Site) -> None:
    """Bring the mirror back, as an administrator would."""
    if pair.state(B)["ha"]["mirror_state"] != "SYNCHRONIZED":
        pair.control.do(B, "ha.resume")
        pair.control.advance(1800)
    assert pair.state(B)["ha"]["mirror_state"] == "SYNCHRONIZED"
