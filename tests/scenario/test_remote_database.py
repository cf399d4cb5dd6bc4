# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A database on a remote SQL Server: the connection is tested, the database created once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.scenario.settings_bench import nothing_asked
from tests.support.simulator import Simulated
from tests.support.way import WAY

SERVER, SECRET = "sql.example.com", "Canary-7-database"
LOGIN = {"address": SERVER, "login_username": "useries_setup", "login_password": SECRET}
GIVEN = {**LOGIN, "database": "BeyondInsight"}
ENTRY: dict[str, Any] = {
    "username": "useries_setup",
    "password": SECRET,
    "may_create": True,
    "answers": True,
    "databases": ["Other"],
}
MODULES = {"remote_database": GIVEN, "remote_database_test": LOGIN}


@pytest.fixture(scope="module")
def with_sql() -> Iterator[Simulated]:
    """A pair whose SQL Servers answer."""
    with Simulated(surfaces=("console", "endpoint", "sql")) as running:
        yield running


@pytest.fixture
def bench(with_sql: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """The same, at its start, and another SQL Server."""
    with benched(with_sql, tmp_path) as made:
        made.secrets |= {SECRET, made.inventory[B]["useries_sql_password"]}
        server(made)
        yield made


def server(bench: Bench, **other: Any) -> None:
    """What the other SQL Server is like."""
    bench.control.set("sql_servers", {SERVER: {**ENTRY, "databases": ["Other"], **other}})


def there(bench: Bench) -> list[str]:
    """Its databases."""
    found: list[str] = bench.control.state()["databases"][SERVER]
    return found


# -- the test ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_test_of_the_connection_is_never_a_change(bench: Bench, check_mode: bool) -> None:
    done = bench.attempt("remote_database_test", check_mode=check_mode, **LOGIN)
    assert (done.get("failed"), done["changed"], bench.writes()) == (None, False, 0), done
    assert done["connection"] == {
        "address": SERVER,
        "message": "The connection to the database server was successful.",
    }
    assert there(bench) == ["Other"]
    bench.silent(done)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answers": False}, (f"the database server {SERVER} failed", "TCP 1433")),
        ({"password": "another"}, ("Login failed for user 'useries_setup'.", "Check address, login and password")),
    ],
)
def test_a_server_that_does_not_let_it_in_is_told(
    bench: Bench, module: str, change: dict[str, Any], words: tuple[str, ...]
) -> None:
    server(bench, **change)
    failed = bench.attempt(module, **MODULES[module])
    bench.helps(failed, *words)
    assert failed["error"]["kind"] in ("failed", "rejected")
    assert (failed["changed"], there(bench)) == (False, ["Other"])


# -- the database ------------------------------------------------------------------------------------------------------


def test_it_is_created_once_by_the_consoles_words(bench: Bench) -> None:
    checked = bench.attempt("remote_database", check_mode=True, **GIVEN)
    assert (checked.get("failed"), checked["changed"], bench.writes()) == (None, True, 0), checked
    assert there(bench) == ["Other"]
    done = bench.attempt("remote_database", **GIVEN)
    assert (done.get("failed"), done["changed"], done["proof"], bench.writes()) == (None, True, "unavailable", 1), done
    assert done["database"] == {
        "address": SERVER,
        "name": "BeyondInsight",
        "exists": True,
        "message": "The database BeyondInsight was created.",
    }
    assert (there(bench), done["diff"]) == (["Other", "BeyondInsight"], checked["diff"])
    again = bench.attempt("remote_database", **GIVEN)
    assert (again.get("failed"), again["changed"], again["database"]["exists"]) == (None, False, True), again
    assert "already exists" in again["database"]["message"]
    assert there(bench) == ["Other", "BeyondInsight"]
    for result in (checked, done, again):
        bench.silent(result)


def of_partner(bench: Bench) -> dict[str, Any]:
    """The SQL Server of the other node stands in for a remote one that also lets the controller in."""
    own = {name: bench.inventory[B][f"useries_{name}"] for name in ("sql_host", "sql_port", "sql_username")}
    password = bench.inventory[B]["useries_sql_password"]
    login = {"login_username": own["sql_username"], "login_password": password, "sql_password": password}
    return {**own, **login, "address": own["sql_host"], "database": "Vault"}


def test_a_server_that_can_be_asked_decides_and_proves(bench: Bench) -> None:
    given = of_partner(bench)
    checked = bench.attempt("remote_database", check_mode=True, **given)
    assert (checked.get("failed"), checked["changed"], checked["database"]["exists"]) == (None, True, False), checked
    done = bench.attempt("remote_database", require_proof=True, **given)
    assert (done.get("failed"), done["changed"], done["proof"]) == (None, True, "verified"), done
    bench.control.reset_counts()
    again = bench.attempt("remote_database", require_proof=True, **given)
    assert (again.get("failed"), again["changed"], again["proof"]) == (None, False, "verified"), again
    assert bench.control.log(A, "console") == [], "the console was asked for what the server had told"
    bench.silent(again)


def test_a_lost_answer_is_decided_by_the_server(bench: Bench) -> None:
    bench.control.fault("reset", A, when="after", path="database_utilities.remote_database.create_database")
    done = bench.attempt("remote_database", **of_partner(bench))
    assert (done.get("failed"), done["changed"], bench.writes()) == (None, True, 1), done
    assert any("its effect is seen" in text for text in done["warnings"]) or WAY != "html"


def test_a_lost_answer_is_unknown_where_nobody_can_be_asked(bench: Bench) -> None:
    bench.control.fault("reset", A, when="after", path="database_utilities.remote_database.create_database")
    lost = bench.attempt("remote_database", **GIVEN)
    if WAY == "html":
        bench.helps(lost, "nobody can say", "Look on the SQL Server", kind="outcome_unknown")
        assert there(bench) == ["Other", "BeyondInsight"]
    again = bench.attempt("remote_database", **GIVEN)
    assert (again.get("failed"), again["changed"]) == (None, False), again


def test_the_appliances_own_sql_variables_say_nothing_of_another_server(bench: Bench) -> None:
    """The inventory has useries_sql_host of the appliance itself."""
    done = bench.attempt("remote_database", **{**GIVEN, "database": "BeyondInsight"})
    assert (done["changed"], done["proof"]) == (True, "unavailable"), done


def test_a_login_without_the_right_is_told_which(bench: Bench) -> None:
    server(bench, may_create=False)
    failed = bench.attempt("remote_database", **GIVEN)
    bench.helps(failed, "permission denied", "CREATE ANY DATABASE", "dbcreator", "useries_setup")
    assert there(bench) == ["Other"]


def test_a_proof_that_was_asked_for_and_cannot_be_had_is_a_failure(bench: Bench) -> None:
    failed = bench.attempt("remote_database", require_proof=True, **GIVEN)
    bench.helps(failed, "proof by another road", "sql_host", kind="not_seen")


# -- what is refused before anything is asked --------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("check_mode", [False, True])
def test_an_appliance_without_the_tool_is_told(bench: Bench, module: str, check_mode: bool) -> None:
    bench.control.set("sql_free", True, A)
    words = ("SQL Free and UVMSQL appliances do not have", "on the SQL Server itself")
    bench.refused(module, *words, kind="precondition", check_mode=check_mode, **MODULES[module])


@pytest.mark.parametrize(
    "name", ["", " ", "master", "MSDB", "a]b", "a'b", "a;b", "9lives", "trailing ", "x" * 129, "a\nb"]
)
def test_a_bad_name_is_an_error_of_the_option(bench: Bench, name: str) -> None:
    bench.refused("remote_database", "database", kind="invalid", **{**GIVEN, "database": name})
    assert nothing_asked(bench)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"connection_timeout": 0}, ("connection_timeout is 0", "1 or more seconds")),
        ({"connection_timeout": -5}, ("connection_timeout is -5",)),
        ({"address": "sql server"}, ("address is 'sql server'", "host name")),
        ({"address": ""}, ("address is ''",)),
        ({"login_username": " "}, ("login_username is empty",)),
        ({"login_password": ""}, ("login_password is empty",)),
        ({"login_password": f"{SECRET}\n"}, ("login_password has a line end",)),
    ],
)
def test_other_bad_input(bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused(module, *words, kind="invalid", **{**MODULES[module], **given})
    assert nothing_asked(bench)
