# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 16 roles with their own settings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.roles_bench import PRODUCTS, applied, keeps_roles, sets
from tests.scenario.settings_bench import asked
from tests.support.way import WAY

POLLS = 6  # of the main page, while the change is applied
SECRET = "role-Canary"
REMOTE = {
    "location": "remote",
    "server": "sql.example.com",
    "instance": "UVM",
    "port": 14330,
    "database": "Beyond",
    "username": "reader",
    "password": SECRET,
}
AS_REMOTE = {
    "location": "remote",
    "remote_database.server_name": "sql.example.com",
    "remote_database.instance": "UVM",
    "remote_database.port": 14330,
    "remote_database.database_name": "Beyond",
    "remote_database.username": "reader",
    "remote_database.password": SECRET,
}

SQL = "SQL Server Authentication using a SQL Server account that has been configured with the necessary privileges"


@pytest.fixture(autouse=True)
def licensed(bench: Bench) -> None:
    """Every role is offered."""
    bench.secrets.add(SECRET)
    bench.control.set("licensed", PRODUCTS, node=A)


# -- the switches ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "enabled"),
    [
        ("vulnerability_scanner", False),
        ("patch_management", True),
        ("beyondinsight_omniworker", False),
        ("password_safe_web_portal", False),
        ("analysis_services", True),
        ("reporting_services", True),
        ("enterprise_update_server", True),
        ("beyondtrust_updater", False),
    ],
)
def test_a_role_without_settings_is_turned(bench: Bench, name: str, enabled: bool) -> None:
    keeps_roles(bench, {"name": name, "enabled": enabled}, {name: {"enabled": enabled}})


# -- their settings ----------------------------------------------------------------------------------------------------

EVENT_SERVER = {"service": "Event Server", "port": 21700}
SETTINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("event_collector", {"service": "event_server", "port": 21700}, EVENT_SERVER),
    ("event_collector", {"service": "appbus"}, {"service": "BeyondInsight AppBus Service"}),
    ("sql_server_database", {"remote_access": True}, {"remote_access": True}),
    (
        "beyondinsight_database_access",
        {"location": "local", "authentication": "sql", "username": "reader", "password": SECRET},
        {
            "local_database.authentication": SQL,
            "local_database.username": "reader",
            "local_database.password": SECRET,
        },
    ),
    ("beyondinsight_database_access", REMOTE, AS_REMOTE),
    ("biul", REMOTE, {**AS_REMOTE, "enabled": True}),
    (
        "biul",
        {"location": "local", "username": "pbul", "password": SECRET},
        {"enabled": True, "local_database.username": "pbul", "local_database.password": SECRET},
    ),
    ("auto_update", {"server": "https://up.example.com/"}, {"servers": "https://up.example.com/"}),
    (
        "auto_update",
        {"area_servers": {"Product Updates from": "https://one.example.com/", "Audit Updates from": "two"}},
        {"server_mode": "servers based on functional area", "products": "https://one.example.com/", "audits": "two"},
    ),
    (
        "powerbroker_endpoint_protection",
        {"disable_policy": True, "with_technical_support": True},
        {"enabled": True, "disable_policy": True},
    ),
    (
        "high_availability",
        {"mirroring": "services_only", "standalone_worker_node": True, "disable_password_safe_ui": True},
        {
            "enabled": True,
            "mirroring": "HA mirroring for services only",
            "standalone_worker": True,
            "disable_beyondinsight_ui": False,
            "disable_password_safe_ui": True,
        },
    ),
]


@pytest.mark.parametrize(
    ("name", "settings", "wanted"), SETTINGS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_role_is_set(bench: Bench, name: str, settings: dict[str, Any], wanted: dict[str, Any]) -> None:
    keeps_roles(bench, {"name": name, "settings": settings}, {name: wanted})


def test_the_port_of_the_event_server_is_the_guides(bench: Bench) -> None:
    bench.attempt("appliance_role", name="event_collector", settings={"service": "event_server", "port": 21700})
    wanted = {"event_collector": {"service": "Event Server", "port": 21690}}
    keeps_roles(bench, {"name": "event_collector", "settings": {"service": "event_server"}}, wanted)


def test_the_default_update_server_is_loaded(bench: Bench) -> None:
    first = applied(bench)["auto_update"]
    bench.attempt("appliance_role", name="auto_update", settings={"server": "https://up.example.com/"})
    given = {"name": "auto_update", "settings": {"load_default": True}}
    sets(bench, "appliance_role", given, {"auto_update": first})
    bench.control.reset_counts()
    again = bench.attempt("appliance_role", **given)
    assert (again["changed"], again["diff"]["before"]) == (False, "{}\n"), again
    assert bench.control.state(A)["roles"]["pending"] == {}


def test_endpoint_protection_that_is_off_is_warned_about(bench: Bench) -> None:
    given = {"name": "powerbroker_endpoint_protection", "enabled": False, "settings": {"with_technical_support": True}}
    done = keeps_roles(bench, given, {"powerbroker_endpoint_protection": {"enabled": False}})
    assert "less protected" in done["warnings"][0]


def test_a_single_appliance_needs_no_omniworker(bench: Bench) -> None:
    bench.attempt("appliance_role", name="beyondinsight_omniworker", enabled=False)
    bench.inventory[A].pop("useries_partner")
    done = bench.attempt("appliance_role", name="beyondinsight_omniworker")
    assert "more than one appliance" in done["warnings"][0], done


def test_the_nodes_of_a_pair_are_compared(bench: Bench) -> None:
    bench.stage("roles")
    bench.control.set("licensed", PRODUCTS, node=A)
    done = bench.attempt("appliance_role", name="high_availability", mirroring="services_only", check_mode=True)
    assert "server_and_database on the partner" in done["warnings"][0], done
    assert applied(bench, B)["high_availability"]["enabled"] is True


def test_an_active_node_is_no_worker(bench: Bench) -> None:
    bench.stage("synchronized")
    given = {"name": "high_availability", "settings": {"standalone_worker_node": True}}
    done = bench.attempt("appliance_role", check_mode=True, **given)
    assert "meant for secondary appliances" in done["warnings"][0], done


# -- many roles --------------------------------------------------------------------------------------------------------

MANY = [
    {"name": "event_collector", "settings": {"port": 21700}},
    {"name": "patch_management", "enabled": True},
    {"name": "sql_server_database", "enabled": False},
    {"name": "beyondinsight_database_access", "settings": REMOTE},
]


def test_many_roles_are_applied_once(bench: Bench) -> None:
    """The database may go because its user changes in the same task."""
    wanted = {
        "event_collector": {"port": 21700},
        "patch_management": {"enabled": True},
        "sql_server_database": {"enabled": False},
        "beyondinsight_database_access": AS_REMOTE,
    }
    done = keeps_roles(bench, {"roles": MANY}, wanted)
    assert done["settings"]["event_collector"] == {
        "enabled": True,
        "service": "event_server",
        "port": 21700,
        "applied": True,
    }
    said = [entry for entry in bench.control.state(A)["notifications"] if "applied" in str(entry)]
    assert len(said) == 1


def test_the_options_of_high_availability_may_stand_beside_the_others_settings(bench: Bench) -> None:
    listed = [{"name": "high_availability", "mirroring": "services_only"}, {"name": "patch_management"}]
    wanted = {
        "high_availability": {"mirroring": "HA mirroring for services only"},
        "patch_management": {"enabled": True},
    }
    keeps_roles(bench, {"roles": listed}, wanted)


def test_what_a_change_of_one_role_costs(bench: Bench) -> None:
    """The role's page before, while and after; the main page; and the page that tells the state of the pair."""
    bench.control.reset_counts()
    bench.attempt("appliance_role", name="patch_management")
    assert bench.writes() == 2
    assert WAY != "html" or asked(bench) <= 14 + POLLS, bench.control.log()


# -- pending changes ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_applied_is_discarded_but_not_others_changes(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "patch_management", {"enabled": True})
    given = {
        "roles": [{"name": "sql_server_database", "enabled": False}, {"name": "event_collector", "enabled": False}]
    }
    done = bench.attempt("appliance_role", adopt_pending=True, **given)
    bench.helps(done, "Dependency: BeyondInsight Database Access", "discarded again", "Implied", kind="precondition")
    assert list(bench.control.state(A)["roles"]["pending"]) == ["patch_management"]


def test_a_page_that_is_refused_takes_the_others_back(bench: Bench) -> None:
    """Here the second page refuses what the console itself forbids."""
    for message in ("", "The port is in use."):
        bench.control.do(A, "fail_next", "apply_changes", message)
    listed = [{"name": "patch_management"}, {"name": "event_collector", "settings": {"port": 21700}}]
    done = bench.attempt("appliance_role", roles=listed)
    bench.helps(done, "The port is in use.", "discarded again", kind="rejected")
    assert bench.control.state(A)["roles"]["pending"] == {}


def test_a_page_without_discard_says_what_is_left(bench: Bench) -> None:
    bench.control.labels(hide=["sql_server_database.role.discard_changes"])
    done = bench.attempt("appliance_role", name="sql_server_database", enabled=False)
    bench.control.labels(hide=[])
    bench.helps(done, "not applied: SQL Server Database", "discard the pending changes", kind="precondition")
    assert list(bench.control.state(A)["roles"]["pending"]) == ["sql_server_database"]


def test_others_changes_are_adopted_and_shown(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "patch_management", {"enabled": True})
    done = bench.attempt("appliance_role", name="vulnerability_scanner", enabled=False, adopt_pending=True)
    assert done["changed"] is True, done
    assert "Patch Management" in done["diff"]["after"]
    assert applied(bench)["patch_management"]["enabled"] is True


def test_what_an_earlier_run_left_pending_is_applied(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "patch_management", {"enabled": True})
    keeps = bench.attempt("appliance_role", name="patch_management")
    assert keeps["changed"] is True, keeps
    assert applied(bench)["patch_management"]["enabled"] is True


# -- secrets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_a_stored_password_is_never_blanked(bench: Bench, keeps_blank: bool) -> None:
    account = {"location": "local", "username": "pbul", "password": SECRET}
    bench.attempt("appliance_role", name="biul", settings=account)
    bench.control.reset_counts()
    off: dict[str, Any] = {"name": "biul", "enabled": False}
    bench.refused("appliance_role", "also holds a password", "blank_keeps_secret", kind="invalid", **off)
    bench.control.set("blank_keeps_secret", keeps_blank)
    more: dict[str, Any] = {"blank_keeps_secret": True} if keeps_blank else {"settings": {"password": SECRET}}
    done = bench.attempt("appliance_role", **off, **more)
    assert done["changed"] is True, done
    stored = applied(bench)["biul"]
    assert (stored["enabled"], stored["local_database.password"]) == (False, SECRET)


def test_a_password_is_set_each_time_when_asked(bench: Bench) -> None:
    given = {"name": "biul", "settings": {"location": "local", "username": "pbul", "password": SECRET}}
    bench.attempt("appliance_role", **given)
    again = bench.attempt("appliance_role", **given, update_password="always")
    assert again["changed"] is True, again
    assert "settings" in again and "password" not in again["settings"]


# -- the test of a remote database -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["biul", "beyondinsight_database_access"])
def test_a_remote_database_is_tested_first(bench: Bench, name: str) -> None:
    wrong = {**REMOTE, "server": "nowhere.example.com", "test": True}
    before = bench.control.state(A)["roles"]
    failed = bench.attempt("appliance_role", name=name, settings=wrong)
    bench.helps(failed, "nowhere.example.com could not be reached", "Nothing was applied", kind="rejected")
    assert (failed["changed"], bench.control.state(A)["roles"]) == (False, before)
    done = bench.attempt("appliance_role", name=name, settings={**REMOTE, "test": True})
    assert (done.get("changed"), done.get("tested")) == (True, True), done
    assert applied(bench)[name]["remote_database.password"] == SECRET


# -- information -------------------------------------------------------------------------------------------------------


def test_the_report_has_all_of_it(bench: Bench) -> None:
    bench.attempt("appliance_role", name="biul", settings=REMOTE)
    bench.control.do(A, "roles.change", "sql_server_database", {"enabled": False})
    told = bench.attempt("appliance_role_info")
    bench.silent(told)
    found = {one["id"]: one for one in told["roles"]}
    assert len(found) == 16
    assert "Dependency: BeyondInsight Database Access requires" in told["dependencies_and_conflicts"]
    assert (found["sql_server_database"]["pending"], found["biul"]["pending"]) == (True, False)
    assert found["biul"]["server"] == "sql.example.com"
    assert found["event_collector"]["service"] == "event_server"
    assert found["event_collector"]["port"] == 21690
    assert found["beyondinsight_database_access"]["authentication"] == "windows"
    assert found["high_availability"]["mirroring"] == "server_and_database"
    assert found["auto_update"]["server_mode"] == "one_server"
    assert found["password_safe_web_portal"]["session_archiving"]["maximum_age"] == 90
    assert "license" in found["password_safe_web_portal"]["available_when"]
    assert "link" not in found["biul"]


@pytest.mark.parametrize(
    "settings",
    [
        [],
        [
            {"name": "event_collector", "settings": {"service": "appbus"}},
            {"name": "biul", "settings": REMOTE},
            {"name": "beyondinsight_database_access", "settings": REMOTE},
            {"name": "auto_update", "settings": {"area_servers": {"Product Updates from": "one"}}},
        ],
    ],
)
def test_a_report_can_be_given_back(bench: Bench, settings: list[dict[str, Any]]) -> None:
    """What was read is no change; only passwords have to be added."""
    if settings:
        done = bench.attempt("appliance_role", roles=settings)
        assert done["changed"] is True, done
    told = bench.attempt("appliance_role_info", query="[].{name: id, enabled: enabled, settings: settings}")["roles"]
    for one in told:
        if one["settings"].get("username"):
            one["settings"]["password"] = SECRET
        if one["name"] == "powerbroker_endpoint_protection":
            one["settings"]["with_technical_support"] = True
    bench.control.reset_counts()
    again = bench.attempt("appliance_role", roles=told, check_mode=True)
    assert again["changed"] is False, again
    assert WAY != "html" or asked(bench) <= 17


def test_the_link_to_analytics_is_returned(bench: Bench) -> None:
    told = bench.attempt("appliance_role_info", name="analysis_services")
    assert told["roles"][0]["link"].startswith("https://"), told
