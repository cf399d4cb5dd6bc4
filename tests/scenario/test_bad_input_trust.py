# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials, certificates, strange or failing servers, and state directories that cannot be trusted."""

from __future__ import annotations

import datetime
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.scenario.bad_input_bench import A, B, Bench

BANNER = {"title": "Notice", "text": "Authorized use only."}
SAVE = "general_settings.pre_login_banner.update_banner"


# -- credentials -------------------------------------------------------------------------------------------------------


@pytest.mark.one_way
@pytest.mark.parametrize("name", ["username", "password"])
@pytest.mark.parametrize("empty", [None, ""])
def test_missing_credentials_are_named_before_any_request(bench: Bench, name: str, empty: str | None) -> None:
    words = f"No {name} is known", f"useries_{name}", f"USERIES_{name.upper()}"
    for module, given in (("login_banner", BANNER), ("appliance_info", {}), ("ha_partner", {})):
        bench.refused(module, *words, kind="invalid", **{**given, name: empty})
    assert bench.control.log() == []


def test_a_wrong_password_is_tried_once_in_a_run(bench: Bench) -> None:
    bench.secrets.add("wrong-Canary")
    words = "refused the user 'administrator'", "incorrect", "not tried again", "useries_password"
    first = bench.refused("login_banner", *words, kind="login_refused", **BANNER, password="wrong-Canary")
    assert first["error"]["target"].startswith("https://")
    for module in ("login_banner", "date_time", "backup_info"):
        given = {"login_banner": BANNER, "date_time": {"time_zone": "UTC"}}.get(module, {})
        words = "Not tried again in this run", "incorrect", "locked"
        bench.refused(module, *words, kind="login_refused", **given, password="wrong-Canary")
    assert bench.control.count("login") == 1


def test_the_previous_password_is_tried_once_too(bench: Bench) -> None:
    bench.secrets |= {"wrong-Canary", "old-Canary"}
    wrong = {"password": "wrong-Canary", "previous_password": "old-Canary"}
    for _time in range(2):
        bench.refused("login_banner", "and the previous password", kind="login_refused", **BANNER, **wrong)
    assert bench.control.count("login") == 2


def test_a_banner_before_the_sign_in_is_passed_and_a_wrong_password_told(bench: Bench) -> None:
    bench.control.set("banner", ["Notice", "It is an error to enter without permission."], node=A)
    assert bench.attempt("backup_info")["changed"] is False
    bench.refused("login_banner", "incorrect", kind="login_refused", **BANNER, password="wrong-Canary")


# -- trust -------------------------------------------------------------------------------------------------------------


def _served(bench: Bench, host: str = A) -> str:
    shown: str = bench.attempt("certificate", host, network_name=bench.pair.nodes[host].name)["certificate"][
        "fingerprint"
    ]
    bench.control.reset_counts()
    return shown


@pytest.mark.one_way
def test_an_unknown_certificate_is_shown_with_the_variable_to_set(bench: Bench) -> None:
    served = _served(bench)
    readable = ":".join(served[at : at + 2] for at in range(0, 64, 2)).upper()
    for given in ({"ca_path": None}, {"fingerprints": ["ab" * 32]}):
        words = readable, "useries_fingerprints", "useries_ca_path", "checked at the appliance"
        bench.refused("login_banner", *words, kind="untrusted", **BANNER, **given)
    assert bench.control.log() == []
    assert bench.attempt("backup_info", ca_path=None, fingerprints=[readable])["changed"] is False


@pytest.mark.one_way
def test_an_unknown_certificate_of_the_partner_stops_before_the_write(bench: Bench) -> None:
    bench.stage("partners")
    partner = {"fingerprints": ["ab" * 32]}
    words = bench.inventory[B]["useries_host"], "useries_fingerprints"
    bench.refused("high_availability", *words, kind="untrusted", primary=A, partner=partner)


@pytest.mark.one_way
@pytest.mark.parametrize("text", ["ab" * 20, "zz" * 32, "", "sha1:" + "ab" * 20])
def test_a_malformed_fingerprint_is_named(bench: Bench, text: str) -> None:
    words = "SHA-256", "64 hexadecimal digits", "useries_fingerprints", "openssl"
    bench.refused("login_banner", *words, kind="invalid", **BANNER, fingerprints=[text])
    assert bench.control.log() == []


@pytest.mark.one_way
def test_a_ca_file_that_cannot_be_used_is_named(bench: Bench, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("no certificate")
    for path in (tmp_path / "absent.pem", junk):
        bench.refused("login_banner", str(path), "useries_ca_path", "PEM", kind="invalid", **BANNER, ca_path=str(path))


# -- servers that fail -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "kind"), [(500, "failed"), (503, "silent")])
def test_a_console_that_answers_with_an_error_is_named(bench: Bench, code: int, kind: str) -> None:
    assert bench.attempt("backup_info")["changed"] is False
    bench.control.fault("status", node=A, code=code, count=-1)
    words = bench.inventory[A]["useries_host"], f"error {code}"
    for check_mode in (False, True):
        bench.refused("login_banner", *words, kind=kind, **BANNER, check_mode=check_mode)


@pytest.mark.parametrize("code", [500, 503])
def test_a_write_that_is_answered_with_an_error_is_not_repeated(bench: Bench, code: int) -> None:
    bench.control.fault("status", node=A, code=code, path=SAVE, method="POST", count=-1)
    result = bench.attempt("login_banner", **BANNER)
    assert result["failed"] is True
    bench.helps(result, kind=result["error"]["kind"])
    sent = [entry for entry in bench.control.log(A) if entry["method"] == "POST" and entry["what"] == SAVE]
    assert len(sent) == 1
    assert bench.control.state(A)["banner"] == ["", ""]


@pytest.mark.parametrize("carried_out", [False, True])
def test_a_sign_in_page_in_the_middle_of_a_write_is_never_taken_as_the_page(bench: Bench, carried_out: bool) -> None:
    """The session ends with the order: what became of it is read, and only then decided."""
    fault = {"when": "after"} if carried_out else {}
    bench.control.fault("expire_session", node=A, path=SAVE, method="POST", **fault)
    result = bench.attempt("login_banner", **BANNER)
    there = bench.control.state(A)["banner"] == list(BANNER.values())
    if there:
        assert result["changed"] is True
        return
    words = "connection was lost while", "Run the task again"
    bench.helps(result, *words, kind="outcome_unknown")
    assert bench.attempt("login_banner", **BANNER)["changed"] is True


def test_a_session_that_ended_before_the_write_is_renewed(bench: Bench) -> None:
    assert bench.attempt("backup_info")["changed"] is False
    bench.control.advance_real(15 * 60)
    assert bench.attempt("login_banner", **BANNER)["changed"] is True
    assert bench.control.count("login") == 2


def test_a_host_that_is_down_is_unreachable_before_the_first_write_only(bench: Bench) -> None:
    bench.control.power(A, "off")
    before = bench.look()
    result = bench.attempt("login_banner", **BANNER)
    assert result["unreachable"] is True and "failed" not in result
    assert "useries_host" in result["msg"] and bench.inventory[A]["useries_host"] in result["msg"]
    assert bench.look() == before


def test_a_host_that_goes_down_with_the_write_leaves_the_outcome_unknown(bench: Bench) -> None:
    bench.control.fault("delay", node=A, path=SAVE, method="POST", seconds=1.0)
    with bench.once(lambda: not bench.control.call("GET", "/faults"), lambda: bench.control.power(A, "off")):
        result = bench.attempt("login_banner", **BANNER)
    assert result.get("failed") is True and "unreachable" not in result
    bench.helps(result, "again", kind="outcome_unknown")


# -- servers that are no appliance -------------------------------------------------------------------------------------

Answer = Callable[[str], tuple[str, str]]
FORM = "<html><body><h1>Sign in</h1><form method=post action='/Maintenance'>{}</form></body></html>"
LOGIN = FORM.format(
    "<label>Username <input name=u></label><label>Password <input type=password name=p></label><button>Login</button>"
)
FACTOR = FORM.format(
    "<p>Enter the RADIUS passcode</p><label>Passcode <input type=password name=c></label><button>Continue</button>"
)


class Stranger:
    """An HTTPS server that answers as told; its certificate is accepted by its fingerprint."""

    def __init__(self, folder: Path) -> None:
        self.answer: Answer = lambda method: ("text/html", "<html><body><h1>It works!</h1></body></html>")
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send("GET")

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self._send("POST")

            def _send(self, method: str) -> None:
                kind, text = stranger.answer(method)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        pem, self.fingerprint = _certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def options(self) -> dict[str, Any]:
        """What a task needs to talk to it."""
        return {"host": "127.0.0.1", "port": self.server.server_address[1], "fingerprints": [self.fingerprint]}


def _certificate(folder: Path) -> tuple[Path, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stranger")])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "stranger.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path, made.fingerprint(hashes.SHA256()).hex()


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Stranger]:
    """A server that is no appliance."""
    running = Stranger(tmp_path)
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_server_that_is_no_appliance_is_recognised(bench: Bench, stranger: Stranger) -> None:
    words = "No sign-in page", "It works!", "in a browser"
    bench.refused("login_banner", *words, kind="unexpected", **BANNER, **stranger.options)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("application/json", '{"a": 1}'),
        ("text/html", ""),
        ("text/html", "\x00\xff<<<>>>&#0;"),
        ("image/png", "x"),
    ],
)
def test_garbage_instead_of_a_page_is_told_as_such(bench: Bench, stranger: Stranger, kind: str, text: str) -> None:
    stranger.answer = lambda method: (kind, text)
    bench.refused("login_banner", kind="unexpected", **BANNER, **stranger.options)


def test_a_second_factor_is_told_with_a_way_out(bench: Bench, stranger: Stranger) -> None:
    stranger.answer = lambda method: ("text/html", LOGIN if method == "GET" else FACTOR)
    words = "second factor", "RADIUS", "administrator"
    bench.refused("login_banner", *words, kind="login_refused", **BANNER, **stranger.options)


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("application/json", '{"Role": "Sleeping"}'),
        ("application/json", '{"Role": null}'),
        ("application/json", "[1, 2"),
        ("application/json", '["Active"]'),
        ("application/json", ""),
        ("text/html", "<html><body>Sign in</body></html>"),
        ("application/xml", "<Role>Act"),
        ("text/plain", "Active or Passive"),
    ],
)
def test_garbage_from_the_endpoint_is_no_role(bench: Bench, stranger: Stranger, kind: str, text: str) -> None:
    stranger.answer = lambda method: (kind, text)
    words = "high-availability endpoint", "127.0.0.1", "Off, Active or Passive", "in a browser"
    bench.refused("appliance_info", *words, kind="unexpected", gather=["role"], **stranger.options)


# -- the state directory -----------------------------------------------------------------------------------------------


@pytest.mark.one_way
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755])
def test_a_state_directory_that_others_may_use_is_refused(bench: Bench, tmp_path: Path, mode: int) -> None:
    state = tmp_path / "shared"
    state.mkdir()
    state.chmod(mode)
    words = str(state), "Other users may", "chmod 700", "useries_state_dir"
    given = {"minimum_protocols": "TLS 1.1/1.2", "state_dir": str(state)}
    bench.refused("security_protocol", *words, kind="invalid", **given)


@pytest.mark.one_way
def test_a_state_directory_that_is_a_link_or_a_file_is_refused(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    for name in ("link", "file"):
        given = {"minimum_protocols": "TLS 1.1/1.2", "state_dir": str(tmp_path / name)}
        result = bench.refused("security_protocol", str(tmp_path / name), **given)
        assert result["error"]["remedy"], result
