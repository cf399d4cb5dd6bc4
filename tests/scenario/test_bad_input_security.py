# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the page Security Settings: what is refused before any request, what the console refuses, what it sends
that is not what it should be, and what would cut this controller off.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pyzipper

from ansible_collections.useries.appliance.plugins.module_utils._compose.console import ConsoleSurface
from ansible_collections.useries.appliance.plugins.module_utils._net import tls
from tests.scenario.bad_input_bench import A, Bench, benched
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

KEY, PFX = "key-Canary-8", "pfx-Canary-8"
DOWNLOAD = {"action": "download", "key_password": KEY}
UPLOAD = {"action": "upload", "key_password": KEY}
EXPORT = "security_settings.export_client_certificate"
LIMIT = "https://127.0.0.1:9/site"


def zipped(path: Path, name: str = "crypto.key", password: str | None = KEY, content: str = "{}") -> str:
    """A zip file."""
    locked = {"encryption": pyzipper.WZ_AES} if password else {}
    with pyzipper.AESZipFile(path, "w", **locked) as archive:
        if password:
            archive.setpassword(password.encode())
        if name:
            archive.writestr(name, content)
    return str(path)


BY_THE_SPEC: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("crypto_key", {"action": "download", "dest": "/tmp/k.zip"}, ("missing required", "key_password")),
    ("crypto_key", {"action": "upload", "src": "/tmp/k.zip"}, ("missing required", "key_password")),
    ("crypto_key", DOWNLOAD, ("dest",)),
    ("crypto_key", UPLOAD, ("src",)),
    ("crypto_key", {"action": "rotate", "key_password": KEY}, ("action", "rotate", "download", "upload")),
    ("fips", {"fips_state": "perhaps"}, ("fips_state", "perhaps")),
    ("fips", {}, ("missing required", "fips_state")),
    ("event_service_ssl", {"certificate_required": "perhaps"}, ("certificate_required", "perhaps")),
    ("hsts", {"enabled": "perhaps"}, ("enabled", "perhaps")),
    ("client_certificate", {"dest": "/tmp/c.pfx"}, ("missing required", "pfx_password")),
    ("security_protocol", {"minimum_protocols": "TLS 1.3"}, ("TLS 1.3", "TLS 1.1/1.2", "SSL 3.0 + TLS 1.0/1.1/1.2")),
    ("api_key", {"maximum_age": "ten"}, ("maximum_age", "ten")),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), BY_THE_SPEC, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_argument_spec_names_what_is_wrong(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.refused(module, *words, **given)


def test_bad_values_are_refused_before_any_request(bench: Bench, tmp_path: Path) -> None:
    bench.secrets |= {KEY, PFX}
    (tmp_path / "junk.zip").write_bytes(b"no archive at all")
    good = zipped(tmp_path / "good.zip", password="another-one")
    empty = zipped(tmp_path / "empty.zip", name="")
    bare = zipped(tmp_path / "bare.zip", password=None)
    nowhere, pfx = str(tmp_path / "no" / "where.zip"), str(tmp_path / "c.pfx")
    cases: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
        ("crypto_key", {**DOWNLOAD, "dest": nowhere}, (nowhere, "no directory")),
        ("crypto_key", {**DOWNLOAD, "dest": str(tmp_path)}, (str(tmp_path), "is a directory")),
        ("crypto_key", {**DOWNLOAD, "dest": pfx, "key_password": " "}, ("key_password must not be empty",)),
        ("crypto_key", {**UPLOAD, "src": nowhere}, (nowhere, "no file")),
        ("crypto_key", {**UPLOAD, "src": str(tmp_path / "junk.zip")}, ("junk.zip", "damaged")),
        ("crypto_key", {**UPLOAD, "src": good}, ("good.zip", "its password does not open it")),
        ("crypto_key", {**UPLOAD, "src": empty}, ("empty.zip", "it is empty")),
        ("crypto_key", {**UPLOAD, "src": bare}, ("bare.zip", "no password protects it")),
        ("crypto_key", {**UPLOAD, "src": good, "key_password": ""}, ("key_password must not be empty",)),
        ("client_certificate", {"dest": pfx, "pfx_password": ""}, ("pfx_password must not be empty",)),
        ("client_certificate", {"dest": str(tmp_path / "no/c.pfx"), "pfx_password": PFX}, ("no directory",)),
        ("client_certificate", {"dest": str(tmp_path / "c.txt"), "pfx_password": PFX}, ("c.txt", ".pfx or .p12")),
        ("analytics_endpoints", {"url": "appliance/site"}, ("url is not an address",)),
        ("analytics_endpoints", {"url": "https://me:secret@appliance/"}, ("without user or password",)),
        ("analytics_endpoints", {"url": "https://appliance:99999/"}, ("url is not an address",)),
        ("api_key", {"maximum_age": 0}, ("maximum_age is 0",)),
    ]
    for module, given, words in cases:
        bench.refused(module, *words, kind="invalid", **given)
    assert bench.control.log() == []


def test_a_directory_that_may_not_be_written_to_is_named(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_paths: False)  # root may write everywhere
    bench.refused("crypto_key", "may not write", kind="invalid", dest=str(tmp_path / "k.zip"), **DOWNLOAD)


def test_what_the_console_says_of_a_key_is_passed_on(bench: Bench, tmp_path: Path) -> None:
    path = zipped(tmp_path / "other.zip", name="other.txt")
    result = bench.attempt("crypto_key", src=path, confirm="UVM-1A", **UPLOAD)
    bench.helps(result, "could not be read", "wrong", kind="rejected")
    assert bench.control.state(A)["crypto_key"] not in repr(result)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", ("0 bytes", "damaged")), (b"<html>no</html>", ("15 bytes", "damaged")), (None, ("sent no file",))],
)
def test_what_is_no_crypto_key_is_not_kept(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, words: tuple[str, ...]
) -> None:
    """The simulator sends only what a console should, so the file is swapped on its way here."""
    _swapped(monkeypatch, content)
    path = tmp_path / "kept" / "k.zip"
    path.parent.mkdir()
    path.write_bytes(b"the old one")
    result = bench.attempt("crypto_key", dest=str(path), force=True, **DOWNLOAD)
    bench.helps(result, *words)
    assert result["error"]["kind"] in ("failed", "unexpected")
    assert (path.read_bytes(), list(path.parent.iterdir())) == (b"the old one", [path])


def test_what_is_no_certificate_is_not_kept(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _swapped(monkeypatch, b"junk")
    path = tmp_path / "c.pfx"
    result = bench.attempt("client_certificate", dest=str(path), pfx_password=PFX)
    bench.helps(result, "4 bytes", "does not open", kind="failed")
    assert not path.exists()


def _swapped(monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    press = ConsoleSurface.press

    def swap(self: Any, *args: Any, save_to: Path | None = None, **more: Any) -> Any:
        outcome = press(self, *args, save_to=save_to, **more)
        if save_to is not None:
            save_to.write_bytes(content) if content is not None else save_to.unlink()
        return outcome

    monkeypatch.setattr(ConsoleSurface, "press", swap)


def test_a_switch_for_the_machine_name_that_is_not_there_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.control.labels(hide=[f"{EXPORT}.export_machine_name_certificate"])
    given = {"dest": str(tmp_path / "c.pfx"), "pfx_password": PFX}
    words = ("no switch", "Export Machine Name Certificate", "useries_console_labels")
    bench.refused("client_certificate", *words, kind="precondition", machine_name=True, **given)
    assert bench.attempt("client_certificate", **given)["changed"] is True


def test_the_other_caption_of_the_export_is_known() -> None:
    """Guide 304 and 928 call the button Export Certificate, 646 and 660 Export and Download Certificate."""
    with Simulated(labels={f"{EXPORT}.export_certificate": "Export Certificate"}) as pair:
        folder = pair.directory / "task"
        folder.mkdir(mode=0o700)
        with benched(pair, folder) as other:
            done = other.attempt("client_certificate", dest=str(folder / "c.pfx"), pfx_password=PFX)
            assert done["changed"] is True, done


def test_a_site_that_stays_unreachable_is_named(bench: Bench) -> None:
    result = bench.attempt("analytics_endpoints", url=LIMIT, wait_timeout=5)
    bench.helps(result, LIMIT, "still unreachable", kind="not_seen")
    assert (result["changed"], bench.control.state(A)["endpoints_refreshed"]) == (True, 1)


# -- what would cut off ------------------------------------------------------------------------------------------------
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_minimum_that_this_controller_cannot_speak(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.control.set("minimum_tls", "TLS 1.0/1.1/1.2", A)
    blind = tls._blind_context  # where the OpenSSL of this machine has its say

    def old() -> ssl.SSLContext:
        context = blind()
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    monkeypatch.setattr(tls, "_blind_context", old)
    given = {"minimum_protocols": "TLS 1.2"}
    words = ("its own connection would be cut off", "accept_lockout: true", "OpenSSL")
    bench.refused("security_protocol", *words, kind="precondition", **given)
    taken = bench.attempt("security_protocol", check_mode=True, accept_lockout=True, **given)
    assert taken["changed"] is True
    assert any("It was accepted" in warning for warning in taken["warnings"])


@pytest.fixture(scope="module")
def with_windows() -> Iterator[Simulated]:
    """A pair with WinRM."""
    with Simulated(surfaces=("console", "endpoint", "windows")) as pair:
        yield pair


@pytest.fixture
def windows(with_windows: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The bench on it."""
    with benched(with_windows, tmp_path) as made:
        yield made


SOFTWARE = "HKLM:\\SOFTWARE\\MICROSOFT"
SQL_2014 = {f"{SOFTWARE}\\MICROSOFT SQL SERVER\\INSTANCE NAMES\\SQL": {"MSSQLSERVER": "MSSQL12.MSSQLSERVER"}}
OLD = {"version": "6.1.7601", "missing": ["get-ciminstance", "convertto-json"]}
PACKAGES = f"{SOFTWARE}\\WINDOWS\\CURRENTVERSION\\COMPONENT BASED SERVICING\\PACKAGES"
UPDATES = {
    f"{PACKAGES}\\PACKAGE_FOR_KB2979597~31BF3856AD364E35~AMD64~~6.1.1.0": {"CurrentState": 112},
    f"{SOFTWARE}\\WINDOWS\\CURRENTVERSION\\UNINSTALL\\KB3144517": {"DisplayName": "Hotfix for SQL Server 2014"},
}


def test_updates_that_tls_12_needs_on_an_old_windows(windows: Bench) -> None:
    windows.control.set("minimum_tls", "TLS 1.0/1.1/1.2", A)
    given = {"minimum_protocols": "TLS 1.2"}
    first, second = UPDATES

    def machine(registry: dict[str, Any], **more: Any) -> None:
        windows.control.set("windows", {**OLD, "registry": registry, **more}, A)

    machine(SQL_2014)
    windows.refused(
        "security_protocol", "KB2979597 and KB3144517", "accept_lockout: true", kind="precondition", **given
    )
    machine({**SQL_2014, first: UPDATES[first]})
    result = windows.refused("security_protocol", "lacks KB3144517", kind="precondition", **given)
    assert "KB2979597" not in result["msg"]
    machine({**SQL_2014, second: UPDATES[second]})
    windows.refused("security_protocol", "lacks KB2979597", kind="precondition", **given)
    for fine in ({**SQL_2014, **UPDATES}, {}):
        machine(fine)
        taken = windows.attempt("security_protocol", check_mode=True, **given)
        assert (taken["changed"], taken.get("warnings")) == (True, None), taken
    windows.control.set("windows", {"registry": SQL_2014}, A)  # a later Windows
    assert windows.attempt("security_protocol", check_mode=True, **given)["changed"] is True
    machine(SQL_2014)
    taken = windows.attempt("security_protocol", accept_lockout=True, **given)
    assert (taken["changed"], "It was accepted" in taken["warnings"][0]) == (True, True)


def test_updates_that_cannot_be_looked_for(windows: Bench) -> None:
    windows.control.set("minimum_tls", "TLS 1.0/1.1/1.2", A)
    given = {"minimum_protocols": "TLS 1.2", "windows_password": "wrong"}
    result = windows.attempt("security_protocol", **given)
    assert (result["failed"], result["changed"], result["error"]["kind"]) == (True, False, "login_refused")
    taken = windows.attempt("security_protocol", accept_lockout=True, **given)
    assert (taken["changed"], "is not known" in taken["warnings"][0]) == (True, True), taken


def test_fips_as_windows_sees_it(windows: Bench) -> None:
    done = windows.attempt("fips", fips_state=True)
    assert (done["changed"], done["reboot_required"], done["proof"]) == (True, True, "unavailable")
    assert "reboot" in done["proof_detail"]["reason"]
    again = windows.attempt("fips", fips_state=True)
    assert (again["changed"], again["reboot_required"]) == (False, True)
    windows.control.set("fips", True, A)  # it was rebooted
    seen = windows.attempt("fips", fips_state=True, require_proof=True)
    assert (seen["changed"], seen["reboot_required"], seen["proof"]) == (False, False, "verified")
    windows.control.set("windows", OLD, A)  # whose PowerShell gives no data
    blind = windows.attempt("fips", fips_state=True)
    assert (blind["reboot_required"], blind["proof"]) == (None, "unavailable")


def test_the_name_is_read_from_windows(windows: Bench) -> None:
    told = windows.attempt("appliance_identity", network_name="UVM-1A")
    assert told["identity"] == {"network_name": "UVM-1A", "shown_by": "windows", "cold_spare": None}
    windows.control.set("windows", OLD, A)
    told = windows.attempt("appliance_identity", network_name="UVM-1A")
    assert told["identity"]["shown_by"] == "certificate"
    assert "could not be read (windows)" in told["warnings"][0]


def test_a_waiting_cold_spare_may_be_called_otherwise(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "cold_spare", {"enabled": True, "temporary_machine_name.name": "SPARE-1"})
    told = bench.attempt("appliance_identity", network_name="UVM-OLD")
    assert (told["changed"], told["identity"]["cold_spare"]) == (False, True), told
    assert "cold spare" in told["warnings"][0]


def test_a_lost_upload_of_a_key_is_not_repeated(bench: Bench, tmp_path: Path) -> None:
    path = str(tmp_path / "k.zip")
    assert bench.attempt("crypto_key", dest=path, **DOWNLOAD)["changed"] is True
    bench.control.reset_counts()
    bench.control.fault("reset", A, path="generate_uploaded_key", when="after")
    result = bench.attempt("crypto_key", src=path, confirm="UVM-1A", **UPLOAD)
    bench.helps(result, "connection was lost", "does no harm", kind="outcome_unknown")
    assert (result["changed"], bench.writes()) == (True, 1)


def test_a_later_console_shows_what_it_has_of_the_page() -> None:
    with Simulated(navigation="later") as pair:
        folder = pair.directory / "task"
        folder.mkdir(mode=0o700)
        with benched(pair, folder) as later:
            told = later.attempt("security_settings_info")["settings"]
            assert (told["api_key"], told["security_protocol"]) == (None, {"minimum_protocols": "TLS 1.2"})


HOSTILE = {
    "quotes": "\"'`</input><b>&amp;",
    "right to left": "\u202eabc\u05d0",
    "wide": "\U0001f600\u00e9\u4e2d",
    "long": "x" * 10_000,
    "blanks": "  two  blanks  ",
    "line": "a\nb",
    "tab": "a\tb",
    "nul": "a\0b",
    "half a character": "a\ud800b",
    "control": "a\x07b",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_password_arrives_as_it_is_or_is_refused(bench: Bench, tmp_path: Path, kind: str) -> None:
    password = HOSTILE[kind]
    for module, option, given in (
        ("crypto_key", "key_password", {"action": "download", "dest": str(tmp_path / "k.zip")}),
        ("client_certificate", "pfx_password", {"dest": str(tmp_path / "c.pfx")}),
    ):
        result = bench.attempt(module, **given, **{option: password})
        kept = Path(given["dest"]).exists()
        assert kept is not result.get("failed", False), result
        if result.get("failed"):
            assert result["error"]["kind"] in ("invalid", "failed", "rejected"), result
        assert password not in result.get("msg", "")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_are_refused_and_shown_in_peace(bench: Bench, kind: str) -> None:
    text = HOSTILE[kind]
    bench.refused("appliance_identity", "network_name", network_name=text)
    assert bench.attempt("license_cache", check_mode=True, licensed=[text])["changed"] is True
    assert bench.attempt("analytics_endpoints", url=f"http://{text}/")["error"]["kind"] in ("invalid", "not_seen")
