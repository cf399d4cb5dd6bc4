# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Security Settings: crypto key, FIPS, event service, endpoints, client certificate, protocols, HSTS."""

from __future__ import annotations

import hashlib
import json
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.settings_bench import NO_OP, asked, keeps, nothing_asked, unchanged
from tests.support.way import WAY

KEY, PFX = "key-Canary-7", "pfx-Canary-7"
EVENTS = "security_settings.event_service_ssl"


def mode(path: Path) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def key_in(path: Path, password: str = KEY) -> str:
    """The crypto key in a zip file."""
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(password.encode())
        found: str = json.loads(archive.read(archive.namelist()[0]))["key"]
        return found


# -- the crypto key ----------------------------------------------------------------------------------------------------
def test_the_crypto_key_is_downloaded_and_opened(bench: Bench, tmp_path: Path) -> None:
    bench.secrets |= {KEY, bench.control.state(A)["crypto_key"]}
    given = {"action": "download", "dest": str(tmp_path / "key.zip"), "key_password": KEY}
    checked = bench.attempt("crypto_key", check_mode=True, **given)
    assert (checked["changed"], list(tmp_path.glob("*.zip"))) == (True, [])
    bench.attempt("security_settings_info")  # signed in, and knows the way
    bench.control.reset_counts()
    done = bench.attempt("crypto_key", **given)
    path = tmp_path / "key.zip"
    assert (done["changed"], bench.writes(), mode(path)) == (True, 0, 0o600), done
    assert done["crypto_key"]["checksum"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(done["crypto_key"]["entries"]) == 1
    assert key_in(path) == bench.control.state(A)["crypto_key"]
    assert WAY != "html" or asked(bench) <= NO_OP
    bench.control.reset_counts()
    again = bench.attempt("crypto_key", **given)
    assert (again["changed"], again["crypto_key"]["checksum"]) == (False, done["crypto_key"]["checksum"])
    assert nothing_asked(bench)
    forced = bench.attempt("crypto_key", force=True, **given)
    assert forced["changed"] is True
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".useries")] == []
    for result in (checked, done, again, forced):
        bench.silent(result)


def test_a_crypto_key_is_put_into_the_other_node(bench: Bench, tmp_path: Path) -> None:
    bench.secrets.add(KEY)
    path = str(tmp_path / "key.zip")
    bench.attempt("crypto_key", action="download", dest=path, key_password=KEY)
    mine, other = (bench.control.state(host)["crypto_key"] for host in (A, B))
    assert mine != other
    given = {"action": "upload", "src": path, "key_password": KEY}
    bench.refused("crypto_key", "for good", "confirm: 'UVM-1B'", on=B, kind="precondition", **given)
    bench.refused("crypto_key", "confirm: 'UVM-1B'", on=B, kind="precondition", confirm="UVM-1A", **given)
    bench.control.reset_counts()
    checked = bench.attempt("crypto_key", on=B, check_mode=True, confirm="UVM-1B", **given)
    assert (checked["changed"], bench.writes()) == (True, 0)
    done = bench.attempt("crypto_key", on=B, confirm="UVM-1B", **given)
    assert (done["changed"], bench.writes()) == (True, 1), done
    assert bench.control.state(B)["crypto_key"] == mine
    bench.control.reset_counts()
    again = bench.attempt("crypto_key", on=B, last_checksum=done["crypto_key"]["checksum"], **given)
    assert (again["changed"], nothing_asked(bench)) == (False, True)
    bench.silent([checked, done, again])


def test_a_crypto_key_is_not_uploaded_while_the_pair_is_not_in_order(bench: Bench, tmp_path: Path) -> None:
    bench.stage("synchronized")
    path = str(tmp_path / "key.zip")
    bench.control.do(A, "ha.suspend")
    assert bench.attempt("crypto_key", action="download", dest=path, key_password=KEY)["changed"] is True
    bench.refused(
        "crypto_key",
        "SUSPENDED",
        "accept_pair_state",
        kind="precondition",
        action="upload",
        src=path,
        key_password=KEY,
        confirm="UVM-1A",
    )


# -- FIPS --------------------------------------------------------------------------------------------------------------
def test_fips_is_turned_on_and_wants_a_reboot(bench: Bench) -> None:
    done = keeps(bench, "fips", {"fips_state": True}, lambda node: node["fips_wanted"], True)
    assert (done["reboot_required"], done["proof"]) == (True, "unavailable")
    assert "WinRM" in done["proof_detail"]["reason"]
    assert unchanged(bench, "fips", {"fips_state": True})["reboot_required"] is None
    refused = bench.attempt("fips", fips_state=True, require_proof=True)
    bench.helps(refused, "proof", "WinRM", kind="not_seen")


# -- the event service -------------------------------------------------------------------------------------------------
def test_the_event_service_without_certificates_warns(bench: Bench) -> None:
    given = {"certificate_required": False}
    done = keeps(
        bench, "event_service_ssl", given, lambda node: node["settings"].get(EVENTS), {"certificate_required": False}
    )
    assert "for tests only" in done["warnings"][0]
    on = bench.attempt("event_service_ssl", certificate_required=True)
    assert (on["changed"], on.get("warnings")) == (True, None)


# -- Analytics & Reporting ---------------------------------------------------------------------------------------------
@contextmanager
def site(answers: Callable[[], int]) -> Iterator[str]:
    """A web site that answers with a status."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answers())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/site"
    finally:
        server.shutdown()
        server.server_close()


def test_the_endpoints_are_refreshed_until_the_site_answers(bench: Bench) -> None:
    def refreshed() -> int:
        return 200 if bench.control.state(A)["endpoints_refreshed"] else 404

    with site(refreshed) as url:
        checked = bench.attempt("analytics_endpoints", check_mode=True, url=url)
        assert (checked["changed"], bench.writes()) == (True, 0)
        done = bench.attempt("analytics_endpoints", url=url)
        assert (done["changed"], bench.writes()) == (True, 1)
        assert done["endpoints"] == {"url": url, "site": "answers"}
        bench.control.reset_counts()
        again = bench.attempt("analytics_endpoints", url=url)
        assert (again["changed"], again["endpoints"]["site"], bench.writes()) == (False, "answers", 0)


def test_the_endpoints_are_refreshed_each_time_without_an_address(bench: Bench) -> None:
    for times in (1, 2):
        assert bench.attempt("analytics_endpoints")["changed"] is True
        assert bench.control.state(A)["endpoints_refreshed"] == times


def test_a_site_that_asks_who_is_there_answers(bench: Bench) -> None:
    with site(lambda: 401) as url:
        assert bench.attempt("analytics_endpoints", url=url)["changed"] is False


# -- the client certificate --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("machine", "name"), [(False, "eEyeEmmsClient"), (True, "UVM-1A")])
def test_the_client_certificate_is_exported_and_opened(bench: Bench, tmp_path: Path, machine: bool, name: str) -> None:
    bench.secrets.add(PFX)
    path = tmp_path / "client.pfx"
    given = {"dest": str(path), "pfx_password": PFX, "machine_name": machine}
    checked = bench.attempt("client_certificate", check_mode=True, **given)
    assert (checked["changed"], path.exists()) == (True, False)
    bench.control.reset_counts()
    done = bench.attempt("client_certificate", **given)
    assert (done["changed"], mode(path), bench.writes()) == (True, 0o600, 0), done
    assert WAY != "html" or asked(bench) <= NO_OP
    assert name in done["certificate"]["subject"]
    key, certificate, _more = pkcs12.load_key_and_certificates(path.read_bytes(), PFX.encode())
    assert key is not None
    assert certificate is not None
    bench.control.reset_counts()
    again = bench.attempt("client_certificate", **given)
    assert (again["changed"], nothing_asked(bench)) == (False, True)
    for result in (checked, done, again):
        bench.silent(result)
        json.dumps(result)


# -- protocols and HSTS ------------------------------------------------------------------------------------------------
def test_the_minimum_protocols_are_lowered_with_a_warning(bench: Bench) -> None:
    done = bench.attempt("security_protocol", minimum_protocols="TLS 1.1/1.2")
    assert done["changed"] is True
    assert "unsafe" in done["warnings"][0]
    assert bench.control.state(A)["minimum_tls"] == "TLS 1.1/1.2"
    back = bench.attempt("security_protocol", minimum_protocols="TLS 1.2")
    assert (back["changed"], bench.control.state(A)["minimum_tls"]) == (True, "TLS 1.2")
    unchanged(bench, "security_protocol", {"minimum_protocols": "TLS 1.2"})


def test_hsts_is_turned_on_and_seen_in_the_header(bench: Bench) -> None:
    done = keeps(bench, "hsts", {"enabled": True}, lambda node: node["hsts"], True)
    assert (done["proof"], done["settings"]) == ("verified", {"enabled": True})
    assert "max-age" in done["proof_detail"]["header"]
    assert "warnings" not in done, "its certificate is of a CA"
    off = bench.attempt("hsts", enabled=False)
    assert (off["changed"], off["proof"]) == (True, "verified")


def test_hsts_with_a_self_signed_certificate_warns(bench: Bench) -> None:
    bench.control.do(A, "generate_certificate")
    given = {"enabled": True, "validate_certs": False}
    try:
        done = bench.attempt("hsts", check_mode=True, **given)
        assert any("self-signed" in warning for warning in done["warnings"]), done
    finally:
        bench.control.do(A, "issue_certificate")


# -- what the page shows -----------------------------------------------------------------------------------------------
def test_the_page_is_reported_under_the_names_of_the_modules(bench: Bench) -> None:
    bench.secrets.add(bench.control.state(A)["api_key"])
    told = bench.attempt("security_settings_info")
    bench.silent(told)
    assert told["settings"] == {
        "api_key": {"maximum_age": 600},
        "event_service_ssl": {"certificate_required": True},
        "fips": {"fips_state": False},
        "hsts": {"enabled": False},
        "security_protocol": {"minimum_protocols": "TLS 1.2"},
    }
    for module, options in told["settings"].items():
        assert bench.attempt(module, **options)["changed"] is False
    assert bench.attempt("security_settings_info", query="hsts.enabled")["settings"] is False
