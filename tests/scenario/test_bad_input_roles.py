# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks on pages of the Roles Editor refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.roles_bench import PRODUCTS
from tests.scenario.test_bad_input_options import PASSPHRASE
from tests.scenario.test_bad_input_options import _bundle as certificate_file

DATABASE = "beyondinsight_database_access"
PROTECTION = "powerbroker_endpoint_protection"
SECRET = "bad-Canary"
REMOTE = {"location": "remote", "server": "sql", "database": "B", "username": "r", "password": SECRET}
SUPPORT = "only for troubleshooting with Technical Support"

#: role, enabled, settings, words
ROLES: list[tuple[str, bool, dict[str, Any], tuple[str, ...]]] = [
    ("event_collector", True, {"service": "appbus", "port": 21690}, ("port", "appbus")),
    ("event_collector", True, {"port": 0}, ("port of event_collector is 0", "1 to 65535")),
    ("event_collector", True, {"port": 65536}, ("is 65536",)),
    ("event_collector", True, {"remote_access": True}, ("remote_access", "service, port")),
    ("patch_management", True, {"port": 1}, ("port", "no settings")),
    (DATABASE, True, {"location": "local", "authentication": "sql"}, ("needs username, password",)),
    (DATABASE, True, {"location": "local", "authentication": "sql", "username": "r"}, ("needs password",)),
    (DATABASE, True, {"location": "local"}, ("needs authentication",)),
    (DATABASE, True, {"location": "local", "authentication": "windows", "username": "r"}, ("takes no account",)),
    (DATABASE, True, {"location": "local", "authentication": "windows", "port": 1}, ("port", "remote database")),
    (DATABASE, True, {"location": "remote", "server": "sql"}, ("needs database, username, password",)),
    (DATABASE, True, {**REMOTE, "authentication": "sql"}, ("authentication", "local database")),
    (DATABASE, True, {**REMOTE, "port": 0}, ("is 0", "1 to 65535")),
    (DATABASE, True, {**REMOTE, "server": " "}, ("server", "must not be empty")),
    (DATABASE, True, {"server": "sql"}, ("needs location",)),
    ("biul", True, {"location": "local"}, ("needs username, password",)),
    ("biul", True, {"location": "remote", "server": "sql"}, ("needs database, username, password",)),
    ("biul", True, {"location": "local", "username": "r", "password": SECRET, "test": True}, ("test", "remote")),
    ("auto_update", True, {"server": "a", "area_servers": {"Products": "b"}}, ("server and area_servers", "exclude")),
    ("auto_update", True, {"server": "a", "load_default": True}, ("server and load_default", "exclude")),
    ("auto_update", True, {"server": ""}, ("server", "must not be empty")),
    ("auto_update", True, {"area_servers": {"Products": ""}}, ("an address for each area",)),
    ("auto_update", True, {"area_servers": {}}, ("an address for each area",)),
    (PROTECTION, False, {}, (SUPPORT, "with_technical_support: true")),
    (PROTECTION, True, {"disable_policy": True}, (SUPPORT,)),
    ("high_availability", True, {"standalone_worker_node": False, "disable_password_safe_ui": True}, ("standalone",)),
]


@pytest.mark.parametrize(("name", "enabled", "settings", "words"), ROLES)
def test_bad_settings_of_a_role(
    bench: Bench, name: str, enabled: bool, settings: dict[str, Any], words: tuple[str, ...]
) -> None:
    bench.secrets.add(SECRET)
    one = {"name": name, "enabled": enabled, "settings": settings}
    bench.refused("appliance_role", *words, kind="invalid", **one)
    bench.refused("appliance_role", *words, kind="invalid", roles=[{"name": "beyondtrust_updater"}, one])
    assert bench.control.log() == []


SPEC: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"name": "event_collector", "settings": {"service": "kafka"}}, ("kafka", "appbus, event_server")),
    ({"name": "high_availability", "mirroring": "all"}, ("all", "server_and_database, services_only")),
    ({"name": "high_availability", "settings": {"mirroring": "all"}}, ("server_and_database, services_only",)),
    ({"name": "biul", "roles": [{"name": "biul"}]}, ("mutually exclusive",)),
    ({"mirroring": "services_only", "roles": [{"name": "biul"}]}, ("mutually exclusive",)),
    ({"roles": [{"name": "web"}]}, ("web", "password_safe_web_portal")),
    ({"roles": [{"enabled": True}]}, ("missing required", "name")),
]


@pytest.mark.parametrize(("given", "words"), SPEC)
def test_what_the_argument_spec_refuses(bench: Bench, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused("appliance_role", *words, **given)


def test_a_list_must_name_each_role_once(bench: Bench) -> None:
    twice = [{"name": "biul"}, {"name": "patch_management"}, {"name": "biul", "enabled": False}]
    bench.refused("appliance_role", "biul more than once", kind="invalid", roles=twice)
    bench.refused("appliance_role", "roles is empty", kind="invalid", roles=[])
    assert bench.control.log() == []


# -- what the page decides ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("password_safe_web_portal", "only when a Password Safe license is applied"),
        ("biul", "only when BeyondInsight for Unix & Linux is installed"),
        ("analysis_services", "only when BeyondInsight Analytics & Reporting is used"),
        ("enterprise_update_server", "Likely needs a license"),
        ("reporting_services", "Analytics & Reporting"),
    ],
)
def test_a_role_that_is_not_offered(bench: Bench, name: str, words: str) -> None:
    bench.control.set("licensed", [], node=A)
    bench.refused("appliance_role", "does not offer", words, kind="precondition", name=name)


def test_an_own_sql_server_needs_no_role(bench: Bench) -> None:
    bench.control.labels(hide=["sql_server_database"])
    words = "does not offer", "no action is required"
    try:
        bench.refused("appliance_role", *words, kind="precondition", name="sql_server_database", enabled=False)
    finally:
        bench.control.labels(hide=[])


def test_the_port_of_an_event_collector_on_the_appbus(bench: Bench) -> None:
    bench.attempt("appliance_role", name="event_collector", settings={"service": "appbus"})
    words = "port", "AppBus", "service: event_server"
    bench.refused("appliance_role", *words, kind="invalid", name="event_collector", settings={"port": 21700})


def test_biul_without_any_account(bench: Bench) -> None:
    bench.control.set("licensed", PRODUCTS, node=A)
    bench.refused("appliance_role", "needs an account", "location", kind="invalid", name="biul")


def test_user_interfaces_are_off_on_a_worker_only(bench: Bench) -> None:
    given = {"name": "high_availability", "disable_beyondinsight_ui": True}
    bench.refused("appliance_role", "this node is none", "standalone_worker_node: true", kind="invalid", **given)


def test_the_last_role_stays(bench: Bench) -> None:
    found = bench.attempt("appliance_role_info", query="[?enabled].id")["roles"]
    everything = [
        {"name": name, "enabled": False, "settings": {"with_technical_support": True} if name == PROTECTION else None}
        for name in found
    ]
    listed = [{key: value for key, value in one.items() if value is not None} for one in everything]
    bench.control.reset_counts()
    bench.refused("appliance_role", "the last role", "at least one", kind="precondition", roles=listed)


def test_cold_spare_and_high_availability_conflict(bench: Bench) -> None:
    bench.attempt("appliance_role", name="high_availability")
    bench.control.do(A, "roles.change", "cold_spare", {"enabled": True})
    failed = bench.attempt("appliance_role", name="patch_management", adopt_pending=True)
    bench.helps(failed, "Conflict", "Cold Spare and High Availability", kind="precondition")


@pytest.mark.parametrize("name", [DATABASE, "biul"])
@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"server": "missing"}, "missing could not be reached"), ({"database": "missing"}, "missing does not exist")],
)
def test_a_remote_database_that_fails_its_test(bench: Bench, name: str, wrong: dict[str, Any], words: str) -> None:
    bench.control.set("licensed", PRODUCTS, node=A)
    bench.secrets.add(SECRET)
    before = bench.control.state(A)["roles"]
    failed = bench.attempt("appliance_role", name=name, settings={**REMOTE, **wrong, "test": True})
    bench.helps(failed, words, "Nothing was applied", kind="rejected")
    assert bench.control.state(A)["roles"] == before


# -- the session archive -----------------------------------------------------------------------------------------------

SHARE = {"enabled": True, "protocol": "windows_file_sharing", "share_path": r"\\nas\s", "share_username": "u"}
ARCHIVES: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"enabled": True}, ("needs protocol", "bits or windows_file_sharing")),
    ({"enabled": True, "protocol": "nfs"}, ("offers BITS and Windows File Sharing only",)),
    ({"enabled": True, "protocol": "bits"}, ("needs repository_host",)),
    ({"enabled": True, "protocol": "bits", "certificate_name": "c"}, ("needs repository_host",)),
    ({"enabled": True, "protocol": "bits", "repository_host": " "}, ("repository_host", "must not be empty")),
    ({"enabled": True, "protocol": "bits", "repository_host": "h", "share_path": r"\\n\s"}, ("share_path", "bits")),
    ({"enabled": True, "protocol": "windows_file_sharing", "share_path": r"\\nas\s"}, ("share_username",)),
    ({**SHARE, "share_password": SECRET, "repository_host": "h"}, ("repository_host", "windows_file_sharing")),
    ({"share_path": "/srv/sessions"}, ("/srv/sessions", r"\\host\share", "single quotes")),
    ({"share_path": r"\\nas"}, (r"\\host\share",)),
    ({"share_path": r"D:\sessions"}, (r"\\host\share",)),
    ({"max_transfer_time": 19}, ("max_transfer_time is 19", "20 to 1209600 seconds")),
    ({"max_transfer_time": 1209601}, ("20 to 1209600",)),
    ({"maximum_age": 0}, ("maximum_age is 0", "1 or more")),
    ({"storage_threshold": 0}, ("storage_threshold is 0", "1 or more")),
]


@pytest.mark.parametrize(("given", "words"), ARCHIVES)
def test_bad_settings_of_the_archive(bench: Bench, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.secrets.add(SECRET)
    bench.refused("session_archiving", *words, kind="invalid", **given)
    assert bench.control.log() == []


def test_nothing_given_for_the_archive(bench: Bench) -> None:
    bench.refused("session_archiving", "one of the following is required", test=True)


def test_an_archive_that_would_be_on_without_its_host(bench: Bench) -> None:
    bench.attempt("session_archiving", enabled=True, protocol="bits", repository_host="h")
    bench.control.reset_counts()
    given = {"protocol": "windows_file_sharing"}
    bench.refused("session_archiving", "without share_path, share_username", kind="invalid", **given)


def test_an_archive_on_a_share_needs_the_password_when_none_is_stored(bench: Bench) -> None:
    bench.refused("session_archiving", "without share_password", kind="invalid", **SHARE)


def test_the_archive_of_a_role_that_is_not_offered(bench: Bench) -> None:
    bench.control.set("licensed", [], node=A)
    words = "does not offer", "Password Safe license"
    bench.refused("session_archiving", *words, kind="precondition", maximum_age=10)
    bench.refused("session_archiving_info", *words, kind="precondition")


# -- the certificate of both nodes -------------------------------------------------------------------------------------


def test_a_certificate_for_both_nodes_says_that_the_partner_is_silent(bench: Bench, tmp_path: Path) -> None:
    path = certificate_file(tmp_path / "pair.pfx")
    bench.secrets.add(PASSPHRASE)
    given = {"path": str(path), "passphrase": PASSPHRASE, "use_for_high_availability": True}
    done = bench.attempt("certificate", check_mode=True, partner={"port": 1}, **given)
    assert any("partner cannot be reached" in text for text in done["warnings"]), done
    bench.silent(done)
    answered = bench.attempt("certificate", check_mode=True, **given)
    assert not any("partner" in text for text in answered.get("warnings", [])), answered
