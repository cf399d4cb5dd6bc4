# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to the modules of one appliance: options, files, present states that forbid the change."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from tests.scenario.bad_input_bench import Bench

pytestmark = pytest.mark.one_way

PASSPHRASE = "pfx-Canary-1"

REFUSED_BY_THE_SPEC: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("appliance_role", {"name": "web_portal"}, ("name", "web_portal", "password_safe_web_portal", "cold_spare")),
    ("appliance_role", {}, ("one of the following is required", "name", "roles")),
    (
        "appliance_role",
        {"name": "high_availability", "mirroring": "disk"},
        ("mirroring", "server_and_database", "disk"),
    ),
    ("appliance_role", {"name": "biul", "enabled": "perhaps"}, ("enabled", "perhaps")),
    ("api_key", {"maximum_age": "ten"}, ("maximum_age", "ten")),
    ("backup", {"location": "LocalBackups"}, ("missing required", "backup_password")),
    ("backup_schedule", {"day": "Someday"}, ("day", "Someday", "Sunday")),
    ("certificate", {"path": "/nowhere.pfx"}, ("path", "passphrase")),
    ("date_time", {"date": "2030-01-01"}, ("date", "time")),
    ("date_time", {}, ("time_zone", "date")),
    ("high_availability", {}, ("primary",)),
    ("ha_settings", {}, ("partner_contact_timeout",)),
    ("login_banner", {"title": "Only a title"}, ("missing required", "text")),
    ("security_protocol", {"minimum_protocols": "TLS 1.3"}, ("minimum_protocols", "TLS 1.3", "TLS 1.2")),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_BY_THE_SPEC, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_argument_spec_names_option_value_and_choices(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.refused(module, *words, **given)


REFUSED_WITHOUT_A_LOOK: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("api_key", {}, ("maximum_age", "regenerate: true")),
    ("appliance_info", {"port": 0}, ("port is 0", "1 to 65535", "useries_")),
    ("appliance_info", {"port": 70000, "timeout": 0}, ("port is 70000", "timeout is 0")),
    ("appliance_info", {"time_scale": -1}, ("time_scale is -1",)),
    ("ha_partner", {"partner": {"port": 65536}}, ("partner.port is 65536",)),
    ("certificate", {}, ("path", "network_name", "force: true")),
    ("api_key", {"maximum_age": 0}, ("maximum_age is 0", "1 or more")),
    ("api_key", {"maximum_age": -5}, ("maximum_age is -5",)),
    ("appliance_role", {"name": "biul", "mirroring": "services_only"}, ("mirroring", "high_availability", "biul")),
    (
        "appliance_role",
        {"name": "high_availability", "standalone_worker_node": False, "disable_beyondinsight_ui": True},
        ("disable_beyondinsight_ui", "standalone worker node"),
    ),
    ("appliance_role_info", {"name": "web_portal"}, ("web_portal", "password_safe_web_portal")),
    ("backup", {"location": "LocalBackups", "backup_password": "zip-Canary", "max_age": -1}, ("max_age is -1",)),
    ("backup", {"location": " ", "backup_password": "zip-Canary"}, ("location",)),
    (
        "backup",
        {"location": "LocalBackups", "backup_password": "zip-Canary", "wait_timeout": 0},
        ("wait_timeout is 0",),
    ),
    ("backup_location", {"name": " ", "path": "C:\\B"}, ("name", "must not be empty")),
    ("backup_location", {"name": "Nas", "path": ""}, ("path", "must not be empty")),
    ("backup_location", {"name": "Nas", "path": "\\\\nas"}, ("\\\\nas", "\\\\host\\share")),
    ("backup_location", {"name": "Nas", "path": "\\nas\\backups"}, ("\\nas\\backups", "\\\\host\\share")),
    ("backup_location", {"name": "Nas", "path": "//nas/backups"}, ("//nas/backups", "\\\\host\\share")),
    ("backup_location", {"name": "Nas", "path": "backups"}, ("backups", "C:\\")),
    (
        "backup_location",
        {"name": "Nas", "path": "\\\\nas\\b", "nfs": True, "share_username": "u", "share_password": "share-Canary"},
        ("NFS", "share_username", "share_password"),
    ),
    ("backup_location", {"name": "Nas", "path": "\\\\nas\\b", "retention": -1}, ("retention is -1", "0 or more")),
    ("backup_schedule", {"time": "25:00", "backup_password": "zip-Canary"}, ("time", "'25:00'", "HH:MM")),
    ("backup_schedule", {"time": "2 am", "backup_password": "zip-Canary"}, ("time", "'2 am'", "HH:MM")),
    ("date_time", {"date": "01/02/2030", "time": "10:00"}, ("date", "'01/02/2030'", "YYYY-MM-DD")),
    ("date_time", {"date": "2030-02-30", "time": "10:00"}, ("date", "'2030-02-30'")),
    ("date_time", {"date": "2030-01-01", "time": "600"}, ("time", "'600'", "HH:MM", "Quote it")),
    ("date_time", {"time_zone": "UTC", "tolerance": -1}, ("tolerance is -1",)),
    ("ha_settings", {"partner_contact_timeout": 0}, ("partner_contact_timeout is 0", "1 or more minutes")),
    ("ha_settings", {"synchronization_timeout": -3}, ("synchronization_timeout is -3",)),
    ("ha_settings", {"attempt_auto_resync": True}, ("attempt_auto_resync", "testing: true")),
    ("high_availability", {"primary": "useries-1a", "mirroring_port": 0}, ("mirroring_port is 0", "1 to 65535")),
    ("high_availability", {"primary": "useries-1a", "mirroring_port": 65536}, ("mirroring_port is 65536",)),
    ("high_availability", {"primary": "useries-1b"}, ("primary is useries-1b", "useries-1a", "overwritten")),
    ("login_banner", {"title": "Only a title", "text": ""}, ("a title and a text, or neither",)),
    ("login_banner", {"title": " ", "text": "Only a message"}, ("a title and a text, or neither",)),
]


@pytest.mark.parametrize(
    ("module", "given", "words"), REFUSED_WITHOUT_A_LOOK, ids=lambda value: value if isinstance(value, str) else ""
)
def test_bad_values_are_refused_before_any_request(
    bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.secrets |= {"zip-Canary", "share-Canary"}
    bench.refused(module, *words, kind="invalid", **given)
    assert bench.control.log() == []


# -- roles -------------------------------------------------------------------------------------------------------------


def test_a_role_that_is_not_offered_names_its_condition(bench: Bench) -> None:
    bench.control.set("licensed", [], node="useries-1a")
    for name, words in (("password_safe_web_portal", "a Password Safe license is applied"), ("biul", "is installed")):
        bench.refused("appliance_role", "does not offer", words, kind="precondition", name=name)


def test_pending_changes_of_somebody_else_are_named(bench: Bench) -> None:
    bench.control.do("useries-1a", "roles.change", "patch_management", {"enabled": True})
    bench.refused("appliance_role", "Patch Management", "adopt_pending: true", kind="precondition", name="cold_spare")


def test_a_conflict_of_roles_is_told_in_the_consoles_words(bench: Bench) -> None:
    """The conflict can be seen only once the change is pending; as it cannot be applied, it is discarded again."""
    bench.stage("roles")
    words = "Dependency: High Availability requires Password Safe Web Portal", "pending", "discarded again"
    for _time in range(2):
        result = bench.attempt("appliance_role", name="password_safe_web_portal", enabled=False)
        bench.helps(result, *words, kind="precondition")
    roles = bench.control.state("useries-1a")["roles"]
    assert roles["applied"]["password_safe_web_portal"]["enabled"] is True
    assert roles["pending"] == {}


# -- date, key, query --------------------------------------------------------------------------------------------------


def test_an_unknown_time_zone_gives_near_names(bench: Bench) -> None:
    result = bench.refused(
        "date_time", "'Centrel Time'", "Central Standard Time", kind="invalid", time_zone="Centrel Time"
    )
    assert "Central Standard Time" in result["error"]["candidates"]


def test_a_new_key_is_not_made_while_there_is_a_partner(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.refused("api_key", "UVM-1B", "accept_partner_loss: true", kind="precondition", regenerate=True)


@pytest.mark.parametrize("query", ["locations[?name==`x`", "][", "foo(@)"])
def test_a_malformed_query_is_named(bench: Bench, query: str) -> None:
    bench.refused("backup_info", "JMESPath", query, "jmespath.org", kind="invalid", query=query)


# -- certificates ------------------------------------------------------------------------------------------------------


def _bundle(path: Path, *, days: int = 365, key: bool = True, name: str = "uvm") -> Path:
    own = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.timezone.utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=400))
        .not_valid_after(now + datetime.timedelta(days=days))
        .sign(own, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    content = pkcs12.serialize_key_and_certificates(
        b"uvm", own if key else None, certificate if key else None, None if key else [certificate], locked
    )
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_certificate_file_is_opened_here_before_anything_is_sent(
    bench: Bench, tmp_path: Path, check_mode: bool
) -> None:
    bench.secrets |= {PASSPHRASE, "wrong-Canary"}
    good = _bundle(tmp_path / "good.pfx")
    (tmp_path / "notes.txt").write_bytes(good.read_bytes())
    (tmp_path / "junk.p12").write_bytes(b"no certificate at all")
    keyless = _bundle(tmp_path / "keyless.pfx", key=False)
    folder = tmp_path / "folder.pfx"
    folder.mkdir()
    for path, passphrase, words in (
        (tmp_path / "absent.pfx", PASSPHRASE, ("absent.pfx", "No such file", "on the controller")),
        (folder, PASSPHRASE, ("folder.pfx", "directory", "on the controller")),
        (tmp_path / "notes.txt", PASSPHRASE, ("notes.txt", ".pfx", "openssl pkcs12")),
        (good, "wrong-Canary", ("good.pfx", "wrong password", "passphrase")),
        (tmp_path / "junk.p12", PASSPHRASE, ("junk.p12", "not a PKCS #12 file")),
        (keyless, PASSPHRASE, ("keyless.pfx", "no certificate with its key", "into one file")),
    ):
        given = {"path": str(path), "passphrase": passphrase, "check_mode": check_mode}
        bench.refused("certificate", *words, kind="invalid", **given)
    assert bench.control.log() == []


def test_an_expired_certificate_or_one_for_another_host_warns(bench: Bench, tmp_path: Path) -> None:
    bench.secrets.add(PASSPHRASE)
    path = _bundle(tmp_path / "old.pfx", days=-1, name="elsewhere.example")
    result = bench.attempt("certificate", path=str(path), passphrase=PASSPHRASE, check_mode=True)
    assert any("old.pfx" in text and "expired on" in text for text in result["warnings"])
    assert any("is not for" in text and "elsewhere.example" in text for text in result["warnings"])
    assert bench.writes() == 0
    bench.silent(result)


def test_a_trusted_certificate_is_not_swapped_for_a_generated_one(bench: Bench) -> None:
    bench.refused("certificate", "issued by", "replace_trusted: true", kind="precondition", force=True)
