# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's SQL surface over the wire, every statement through both drivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyodbc
import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._sql import databases, mirroring, render
from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection
from simulator.model.certificates import Authority
from simulator.wires import Fault
from tests.support import tds
from tests.support.tds import MEGABYTE, NAME, PASSWORD, READER, USER, Stand, babbling_port, driver, silent_port

Open = Callable[..., Connection]


@pytest.fixture
def stand() -> Iterator[Stand]:
    """A SQL Server."""
    made = Stand()
    yield made
    made.server.stop()


@pytest.fixture(params=["freetds", "microsoft"])
def name(request: pytest.FixtureRequest) -> str:
    """One driver after the other."""
    driver(request.param)
    return str(request.param)


@pytest.fixture
def connect(name: str, stand: Stand, tmp_path: Path) -> Open:
    """Makes connections that verify the stand's certificate."""
    authority = tmp_path / "ca.pem"
    authority.write_bytes(stand.authority.pem)
    target = Target("127.0.0.1", stand.port, ca_path=str(authority), timeout=5)

    def _connect(user: str = USER, password: str = PASSWORD, previous: str | None = None, **changes: Any) -> Connection:
        options = {key: changes.pop(key) for key in ("encrypt", "certificate_name") if key in changes}
        options.setdefault("certificate_name", NAME if name == "microsoft" else None)
        login = Credentials(user, password, previous)
        return Connection(replace(target, **changes), login, driver(name), Clock(60), **options)

    return _connect


def refused(connection: Connection) -> UseriesError:
    """The error of a connection that does not come about."""
    with pytest.raises(UseriesError) as caught, connection as opened:
        pytest.fail(f"{opened!r} came about")
    assert caught.value.surface == "sql"
    assert PASSWORD not in str(vars(caught.value))
    return caught.value


# --- statements


def test_the_servers_facts(connect: Open) -> None:
    with connect() as connection:
        assert databases.server(connection) == {
            "server": "UVM-1A",
            "version": "14.0.3465.0",
            "login": USER,
            "sysadmin": True,
            "view_any_definition": True,
            "view_server_state": True,
        }


def test_the_databases(connect: Open, stand: Stand) -> None:
    stand.product(mirroring=tds.mirroring(role="MIRROR"))
    with connect() as connection:
        found = databases.databases(connection)
    assert [each["name"] for each in found] == ["BeyondInsight", "master", "model", "msdb", "tempdb"]
    assert found[0] == {
        "name": "BeyondInsight",
        "id": 5,
        "state": "RESTORING",
        "recovery_model": "FULL",
        "system": False,
    }
    assert all(each["system"] for each in found[1:])


@pytest.mark.parametrize("state", ["SYNCHRONIZED", "SYNCHRONIZING", "SUSPENDED", "DISCONNECTED", "PENDING_FAILOVER"])
@pytest.mark.parametrize("role", ["PRINCIPAL", "MIRROR"])
def test_the_mirror_state_in_the_words_of_the_console(connect: Open, stand: Stand, state: str, role: str) -> None:
    stand.product(mirroring=tds.mirroring(state, role))
    with connect() as connection:
        assert mirroring.mirror_state(connection, "BeyondInsight") == {
            "database": "BeyondInsight",
            "database_state": "ONLINE" if role == "PRINCIPAL" else "RESTORING",
            "recovery_model": "FULL",
            "log_waits_for": "DATABASE_MIRRORING" if state in ("SUSPENDED", "DISCONNECTED") else "NOTHING",
            "visible": True,
            "mirrored": True,
            "mirror_state": state,
            "role": role,
            "safety": "FULL",
            "partner": "TCP://UVM-1B:5022",
            "partner_instance": "UVM-1B",
            "witness": None,
            "witness_state": None,
            "timeout_seconds": 10,
        }


def test_a_database_that_is_not_mirrored(connect: Open) -> None:
    with connect() as connection:
        found = mirroring.mirror_state(connection, "beyondinsight")
    assert (found["visible"], found["mirrored"], found["mirror_state"], found["role"]) == (True, False, None, None)


def test_a_mirror_that_the_login_may_not_see_is_not_called_unmirrored(connect: Open, stand: Stand) -> None:
    stand.product(mirroring=tds.mirroring(role="MIRROR"))
    with connect(READER) as connection:
        found = mirroring.mirror_state(connection, "BeyondInsight")
    assert (found["visible"], found["mirrored"], found["mirror_state"]) == (False, None, None)


def test_sizes(connect: Open) -> None:
    with connect() as connection:
        found = mirroring.sizes(connection, "BeyondInsight")
    data, log = found.pop("files")
    assert found == {
        "data_bytes": 1536 * MEGABYTE,
        "data_mb": 1536.0,
        "data_gb": 1.5,
        "log_bytes": 128 * MEGABYTE,
        "log_mb": 128.0,
        "log_gb": 0.12,
        "log_limit_bytes": 20480 * MEGABYTE,
    }
    assert (data["type"], data["limit_bytes"], data["path"].endswith("BeyondInsight.mdf")) == ("ROWS", None, True)
    assert (log["type"], log["name"], log["bytes"]) == ("LOG", "BeyondInsight_log", 128 * MEGABYTE)


def test_log_usage(connect: Open, stand: Stand) -> None:
    with connect() as connection:
        before = mirroring.log_usage(connection, "BeyondInsight")
        stand.product(mirroring=tds.mirroring("SUSPENDED"), log_used_bytes=112 * MEGABYTE)
        after = mirroring.log_usage(connection, "BeyondInsight")
    assert (before["log_bytes"], before["log_used_bytes"], before["send_queue_bytes"]) == (
        128 * MEGABYTE,
        96 * MEGABYTE,
        None,
    )
    assert (after["log_used_bytes"], after["log_used_gb"], after["send_queue_bytes"]) == (
        112 * MEGABYTE,
        0.11,
        3 * 1024,
    )
    assert after["at"] > before["at"]


def test_creating_a_database(connect: Open, stand: Stand) -> None:
    wanted = "Beyond]Insight; --2"
    with connect() as connection:
        assert not databases.exists(connection, wanted)
        databases.create(connection, wanted)
        assert databases.exists(connection, wanted)
        with pytest.raises(UseriesError, match=r"already exists\. Choose a different database name\.") as caught:
            databases.create(connection, wanted)
    assert caught.value.kind == "failed"
    assert stand.log.counts()["UVM-1A"]["sql"]["write"] == 2


@pytest.mark.parametrize("read", [mirroring.mirror_state, mirroring.sizes, mirroring.log_usage])
def test_a_database_that_is_not_there_names_the_others(connect: Open, read: Callable[..., Any]) -> None:
    with connect() as connection, pytest.raises(UseriesError) as caught:
        read(connection, "Beyond' OR 1=1 --")
    assert caught.value.kind == "precondition"
    assert "BeyondInsight" in caught.value.candidates


def test_missing_rights_are_named(connect: Open) -> None:
    with connect(READER) as connection:
        with pytest.raises(UseriesError) as files:
            mirroring.sizes(connection, "BeyondInsight")
        with pytest.raises(UseriesError) as state:
            mirroring.log_usage(connection, "BeyondInsight")
        with pytest.raises(UseriesError) as creation:
            databases.create(connection, "x")
    assert (files.value.kind, files.value.remedy) == ("precondition", "Grant the login VIEW ANY DEFINITION.")
    assert "VIEW SERVER STATE permission was denied" in state.value.message
    assert "CREATE DATABASE permission denied in database 'master'." in creation.value.message
    assert creation.value.remedy == "Grant the SQL login the right that the message names."


def test_one_connection_carries_all_statements(connect: Open, stand: Stand) -> None:
    with connect() as connection:
        mirroring.mirror_state(connection, "BeyondInsight")
        mirroring.sizes(connection, "BeyondInsight")
        databases.databases(connection)
    assert stand.log.counts()["UVM-1A"]["sql"]["login"] == 1
    assert tds.eventually(stand.idle)


# --- what can go wrong on the way


def test_a_wrong_password(connect: Open, stand: Stand) -> None:
    error = refused(connect(password="wrong-canary"))
    assert error.kind == "login_refused"
    assert error.message == (
        f"SQL Server at 127.0.0.1:{stand.port} refused the login: Login failed for user 'useries_monitor'. (18456)"
    )
    assert "wrong-canary" not in str(vars(error))


def test_the_previous_password_is_tried_once(connect: Open, stand: Stand) -> None:
    with connect(password="not yet", previous=PASSWORD) as connection:
        assert connection.used_previous_password
    assert refused(connect(password="not yet", previous="neither")).kind == "login_refused"
    assert [entry.status for entry in stand.log.entries() if entry.method == "login"] == [18456, 200, 18456, 18456]


def test_a_certificate_of_another_authority(connect: Open, stand: Stand, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Authority().pem)
    assert refused(connect(ca_path=str(other))).kind == "untrusted"
    assert refused(connect(ca_path=None)).kind == "untrusted"
    assert not stand.log.entries()
    with connect(validate_certs=False) as connection:
        assert databases.exists(connection, "BeyondInsight")


def test_a_certificate_for_another_name(connect: Open, stand: Stand) -> None:
    assert refused(connect(host="localhost", certificate_name=None)).kind == "untrusted"
    assert not stand.log.entries()


def test_microsofts_driver_does_not_match_an_address(stand: Stand, tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_bytes(stand.authority.pem)
    target = Target("127.0.0.1", stand.port, ca_path=str(authority), timeout=5)
    error = refused(Connection(target, Credentials(USER, PASSWORD), driver("microsoft")))
    assert (error.kind, "subject name does not match host name" in error.message) == ("untrusted", True)


def test_only_the_login_is_encrypted_on_request(connect: Open) -> None:
    with connect(encrypt=False) as connection:
        assert databases.exists(connection, "BeyondInsight")


def test_nobody_answers(connect: Open, stand: Stand) -> None:
    stand.server.stop()
    assert refused(connect(timeout=1)).kind == "unreachable"
    with silent_port() as port:
        assert refused(connect(port=port, timeout=1)).kind == "unreachable"


def test_something_else_answers(connect: Open) -> None:
    with babbling_port() as port:
        assert refused(connect(port=port, timeout=2)).kind in ("unexpected", "unreachable", "untrusted")


def test_a_statement_that_takes_too_long(connect: Open, stand: Stand) -> None:
    with connect(timeout=1) as connection:
        stand.log.faults.add(Fault("UVM-1A", "sql", "delay", seconds=30, path="mirroring_state"))
        with pytest.raises(UseriesError) as caught:
            mirroring.mirror_state(connection, "BeyondInsight")
        assert caught.value.kind == "timeout"
        assert mirroring.mirror_state(connection, "BeyondInsight")["mirrored"] is False


@pytest.mark.parametrize("kind", ["reset", "truncate"])
def test_a_connection_lost_on_the_way(connect: Open, stand: Stand, kind: Any) -> None:
    with connect() as connection:
        stand.log.faults.add(Fault("UVM-1A", "sql", kind, path="mirroring_state"))
        with pytest.raises(UseriesError) as caught:
            mirroring.mirror_state(connection, "BeyondInsight")
    assert caught.value.kind == "silent"


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_order_whose_answer_is_lost_is_not_called_failed(connect: Open, stand: Stand, when: Any) -> None:
    with connect() as connection:
        stand.log.faults.add(Fault("UVM-1A", "sql", "reset", path="CREATE DATABASE", when=when))
        with pytest.raises(UseriesError) as caught:
            databases.create(connection, "Lost")
    assert caught.value.kind == "outcome_unknown"
    with connect() as connection:
        assert databases.exists(connection, "Lost") == (when == "after")


def test_no_order_inside_a_transaction(connect: Open, stand: Stand) -> None:
    with connect() as connection:
        connection.rows(render.databases())
        databases.create(connection, "Committed")
    assert all(entry.status == 200 for entry in stand.log.entries())


def test_the_free_driver_is_found_by_itself(stand: Stand) -> None:
    driver("freetds")
    if any("SQL Server" in each for each in pyodbc.drivers()):
        pytest.skip("a driver of Microsoft is registered on this machine")
    target = Target("127.0.0.1", stand.port, validate_certs=False, timeout=5)
    with Connection(target, Credentials(USER, PASSWORD)) as connection:
        assert databases.server(connection)["server"] == "UVM-1A"
