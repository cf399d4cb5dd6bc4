# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated pair through its SQL Servers: the collection sees what the model does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from ansible_collections.useries.appliance.plugins.module_utils._sql import databases, mirroring
from ansible_collections.useries.appliance.plugins.module_utils._sql.connection import Connection
from simulator.model.world import World
from simulator.wires import RequestLog
from simulator.wires.tds import Server, serve
from tests.support.tds import driver, eventually


class Pair:
    """A pair whose two SQL Servers listen."""

    def __init__(self, folder: Path) -> None:
        self.world = World(seed=5, speed=0, directory=folder)
        self.world.ready()
        self.authority = folder / "ca.pem"
        self.log = RequestLog()
        self.servers: dict[str, Server] = {
            name: serve(self.world, appliance, "127.0.0.1", 0, self.log)
            for name, appliance in self.world.appliances.items()
        }

    def connection(self, name: str, kind: str) -> Connection:
        """A connection to one of the two."""
        user = self.world.appliance(name).users["sql"]
        target = Target("127.0.0.1", self.servers[name].port, ca_path=str(self.authority), timeout=5)
        login = Credentials(user.username, user.password)
        return Connection(target, login, driver(kind), certificate_name=name if kind == "microsoft" else None)

    def state(self, name: str, kind: str = "freetds") -> dict[str, Any]:
        """The mirror state as one of the two shows it."""
        with self.connection(name, kind) as connection:
            return mirroring.mirror_state(connection, "BeyondInsight")

    def exchange(self) -> None:
        """Make the two a pair, high availability still off."""
        first, second = self.world.appliance("UVM-1A"), self.world.appliance("UVM-1B")
        for appliance in (first, second):
            appliance.roles.change("high_availability", {"enabled": True})
            appliance.roles.apply()
        self.world.advance(60)
        first.ha.register_key(second.api_key)
        second.ha.register_key(first.api_key)
        first.ha.start_exchange(second.name)
        self.world.advance(300)

    def mirror(self) -> None:
        """Turn high availability on at UVM-1A and wait for the end of the synchronization."""
        self.exchange()
        self.world.appliance("UVM-1A").ha.set_state(True, 5022)
        self.world.advance(1200)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A pair."""
    made = Pair(tmp_path)
    yield made
    for server in made.servers.values():
        server.stop()


@pytest.mark.parametrize("kind", ["freetds", "microsoft"])
def test_two_appliances_that_are_no_pair_yet(pair: Pair, kind: str) -> None:
    for name in ("UVM-1A", "UVM-1B"):
        found = pair.state(name, kind)
        assert (found["database_state"], found["mirrored"], found["mirror_state"]) == ("ONLINE", False, None)
    with pair.connection("UVM-1A", kind) as connection:
        assert databases.server(connection)["server"] == "UVM-1A"
        assert mirroring.sizes(connection, "BeyondInsight")["data_gb"] == pytest.approx(1.44, abs=0.01)


def test_a_created_database_is_kept_and_forgotten_with_the_world(pair: Pair) -> None:
    with pair.connection("UVM-1A", "freetds") as connection:
        databases.create(connection, "Remote")
        assert databases.exists(connection, "Remote")
    with pair.connection("UVM-1B", "freetds") as connection:
        assert not databases.exists(connection, "Remote")
    pair.world.reset()
    with pair.connection("UVM-1A", "freetds") as connection:
        assert not databases.exists(connection, "Remote")


def test_an_appliance_that_is_off_does_not_answer(pair: Pair) -> None:
    with pair.world.lock:
        pair.world.appliance("UVM-1A").power_off()

    def off() -> bool:
        try:
            pair.state("UVM-1A")
        except UseriesError as error:
            return error.kind == "unreachable"
        return False

    assert eventually(off)
    assert pair.state("UVM-1B")["mirrored"] is False


def test_a_stopped_sql_server_does_not_answer(pair: Pair) -> None:
    with pair.world.lock:
        pair.world.appliance("UVM-1B").services.set("MSSQLSERVER", "Stopped")

    def stopped() -> bool:
        try:
            pair.state("UVM-1B")
        except UseriesError as error:
            return error.kind == "unreachable"
        return False

    assert eventually(stopped)


@pytest.mark.parametrize("kind", ["freetds", "microsoft"])
def test_a_mirrored_pair(pair: Pair, kind: str) -> None:
    pair.mirror()
    active, passive = pair.state("UVM-1A", kind), pair.state("UVM-1B", kind)
    assert (active["mirror_state"], active["role"], active["database_state"]) == ("SYNCHRONIZED", "PRINCIPAL", "ONLINE")
    assert active["partner"] == "TCP://UVM-1B:5022"
    assert (passive["mirror_state"], passive["role"], passive["database_state"]) == (
        "SYNCHRONIZED",
        "MIRROR",
        "RESTORING",
    )


def test_the_initial_synchronization_is_no_mirroring_yet(pair: Pair) -> None:
    pair.exchange()
    pair.world.appliance("UVM-1A").ha.set_state(True, 5022)
    assert pair.world.appliance("UVM-1A").ha.mirror_state.startswith("SYNC PENDING")
    active, passive = pair.state("UVM-1A"), pair.state("UVM-1B")
    assert (active["database_state"], active["mirrored"]) == ("ONLINE", False)
    assert (passive["database_state"], passive["mirrored"]) == ("RESTORING", False)


def test_the_log_grows_while_mirroring_is_suspended_and_shrinks_afterwards(pair: Pair) -> None:
    pair.mirror()
    with pair.connection("UVM-1A", "freetds") as connection:
        pair.world.appliance("UVM-1A").ha.suspend()
        assert mirroring.mirror_state(connection, "BeyondInsight")["log_waits_for"] == "DATABASE_MIRRORING"
        before = mirroring.log_usage(connection, "BeyondInsight")["log_used_bytes"]
        pair.world.advance(3600)
        assert mirroring.log_usage(connection, "BeyondInsight")["log_used_bytes"] > before
        pair.world.appliance("UVM-1A").ha.resume()
        assert mirroring.mirror_state(connection, "BeyondInsight")["mirror_state"] == "SYNCHRONIZING"
        pair.world.advance(3600)
        assert mirroring.mirror_state(connection, "BeyondInsight")["mirror_state"] == "SYNCHRONIZED"
        assert mirroring.log_usage(connection, "BeyondInsight")["log_used_bytes"] <= before


def test_switching_roles_switches_principal_and_mirror(pair: Pair) -> None:
    pair.mirror()
    pair.world.appliance("UVM-1A").ha.switch_roles()
    pair.world.advance(120)
    assert [pair.state(name)["role"] for name in ("UVM-1A", "UVM-1B")] == ["MIRROR", "PRINCIPAL"]


def test_a_new_certificate_is_served_at_once(pair: Pair) -> None:
    assert pair.state("UVM-1A", "freetds")["visible"]
    with pair.world.lock:
        pair.world.appliance("UVM-1A").generate_certificate()
    with pytest.raises(UseriesError) as caught:
        pair.state("UVM-1A", "freetds")
    assert caught.value.kind == "untrusted"
