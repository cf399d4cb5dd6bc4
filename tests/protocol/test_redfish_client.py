# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The iDRAC client over the wire: one session per run, link discovery, inventory, power, and what goes wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._idrac.client import Idrac
from ansible_collections.useries.appliance.plugins.module_utils._idrac.session import log_out
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from ansible_collections.useries.appliance.plugins.module_utils._net.handover import SessionStore
from ansible_collections.useries.appliance.plugins.module_utils._net.target import Credentials, Target
from simulator.wires.redfish import MemberNames
from tests.protocol.redfish_bench import HOST, PASSWORD, SERVICE_TAG, Bench, idrac

FAST = 1000.0
SYSTEM = "/redfish/v1/Systems/System.Embedded.1"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with idrac(tmp_path) as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "run", Clock(FAST))


def connect(bench: Bench, store: SessionStore, password: str = PASSWORD, previous: str | None = None) -> Idrac:
    target = Target(HOST, bench.server.port, ca_path=str(bench.ca_path), timeout=5)
    return Idrac(target, Credentials("root", password, previous), store=store, clock=Clock(FAST))


def test_inventory(bench: Bench, store: SessionStore) -> None:
    with connect(bench, store) as client:
        found = client.inventory().as_dict()
    started = found.pop("last_reset")
    assert started == bench.appliance.boot_time.replace(microsecond=0).isoformat()
    assert found == {
        "service_tag": SERVICE_TAG,
        "serial_number": f"CNFCP00{SERVICE_TAG}",
        "manufacturer": "Dell Inc.",
        "model": "PowerEdge R740",
        "bios_version": "2.19.1",
        "power_state": "On",
        "health": "OK",
        "host_name": "UVM-1A",
        "idrac_version": "7.00.00.171",
        "idrac_address": HOST,
    }
    assert bench.count("all") <= 8, "a budget of requests, sign-in included"
    assert bench.count("write") == 0


def test_renamed_members_are_found_by_their_links(tmp_path: Path, store: SessionStore) -> None:
    names = MemberNames(system="S-17", manager="BMC one", chassis="Rack", nic="eth0")
    with idrac(tmp_path, names) as bench, connect(bench, store) as client:
        assert client.inventory().idrac_address == HOST
        assert client.power("shutdown") is True
        bench.world.advance(30)
        assert client.power_state() == "Off"


def test_one_session_for_all_tasks_of_a_run(bench: Bench, store: SessionStore) -> None:
    for _task in range(3):
        with connect(bench, store) as client:
            assert client.power_state() == "On"
    assert bench.count("login") == 1
    assert len(bench.server.controller.sessions.all()) == 1
    for saved in store.all():
        log_out(saved, Clock(FAST))
    assert bench.count("logout") == 1
    assert bench.server.controller.sessions.all() == []


def test_log_out_of_a_session_that_is_gone(bench: Bench, store: SessionStore) -> None:
    connect(bench, store).power_state()
    bench.server.controller.sessions.close_all()
    log_out(store.all()[0], Clock(FAST))
    assert bench.count("logout") == 1


def test_an_expired_session_is_renewed_once(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    client.power_state()
    bench.server.controller.sessions.close_all()
    assert client.power_state() == "On"
    assert bench.count("login") == 2
    connect(bench, store).power_state()
    assert bench.count("login") == 2, "the next task takes the renewed session over"


def test_a_session_that_expires_all_the_time_ends_in_an_error(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    bench.disturb(kind="expire_session", count=-1, path="/Systems")
    with pytest.raises(UseriesError) as caught:
        for _turn in range(5):
            client.power_state()
    assert caught.value.kind == "login_refused"
    assert bench.count("login") <= 3


def test_a_power_order_is_sent_again_after_an_expired_session(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    bench.disturb(kind="expire_session", path="/Actions/")
    assert client.power("force_off") is True
    assert bench.appliance.powered is False


def test_a_wrong_password_is_tried_once_in_a_run(bench: Bench, store: SessionStore) -> None:
    for _task in range(3):
        with pytest.raises(UseriesError) as caught:
            connect(bench, store, password="Wrong-Canary-1").power_state()
        assert (caught.value.kind, caught.value.surface) == ("login_refused", "idrac")
        assert "root" in caught.value.message and "useries_idrac_password" in caught.value.remedy
        assert "Wrong-Canary-1" not in repr(vars(caught.value))
    assert bench.count("login") == 1
    assert connect(bench, store).power_state() == "On", "the right one is another session"


def test_the_previous_password_is_tried_once(bench: Bench, store: SessionStore) -> None:
    assert connect(bench, store, password="Wanted-1", previous=PASSWORD).power_state() == "On"
    assert connect(bench, store, password="Wanted-1", previous=PASSWORD).power_state() == "On"
    assert bench.count("login") == 2


def test_no_session_left(bench: Bench, store: SessionStore) -> None:
    for _turn in range(8):
        assert bench.sign_in().status_code == 201
    with pytest.raises(UseriesError) as caught:
        connect(bench, store).power_state()
    assert caught.value.kind == "busy"
    assert "no session left" in caught.value.message and "racadm closessn" in caught.value.remedy
    assert bench.count("login") == 8 + 4, "backed off three times"


def test_a_session_that_becomes_free_while_backing_off(bench: Bench, store: SessionStore) -> None:
    bench.disturb(kind="status", code=503, count=2, method="POST", path="/Sessions")
    assert connect(bench, store).power_state() == "On"
    assert bench.count("login") == 3


def test_a_read_that_breaks_off_is_repeated_and_never_taken_for_data(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    bench.disturb(kind="truncate", path="/Systems", count=2)
    assert client.power_state() == "On"
    bench.disturb(kind="truncate", path="/Systems", count=-1)
    with pytest.raises(UseriesError) as caught:
        client.power_state()
    assert caught.value.kind == "silent"
    assert "broke" in caught.value.message


@pytest.mark.parametrize("order", [{"kind": "truncate"}, {"kind": "reset"}, {"kind": "reset", "when": "after"}])
def test_a_sign_in_whose_answer_is_lost_is_tried_again(
    bench: Bench, store: SessionStore, order: dict[str, object]
) -> None:
    bench.disturb(method="POST", path="/Sessions", **order)
    assert connect(bench, store).power_state() == "On"
    assert len(bench.server.controller.sessions.all()) <= 2


def test_power_changes_only_what_must_change(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    assert client.power("on") is False
    assert bench.count("write") == 0
    assert client.power("force_off") is True
    assert (client.power_state(), bench.appliance.powered) == ("Off", False)
    assert client.power("shutdown") is False
    assert client.power("on") is True
    bench.world.advance(200)
    assert client.power("force_restart") is True
    assert bench.count("write") == 3


def test_restarting_a_server_that_is_off_fails_in_the_words_of_the_idrac(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    client.power("force_off")
    with pytest.raises(UseriesError) as caught:
        client.power("restart")
    assert caught.value.kind == "failed"
    assert "Server is already powered OFF." in caught.value.message


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_to_a_power_order_is_decided_by_the_state(bench: Bench, store: SessionStore, when: str) -> None:
    client = connect(bench, store)
    bench.disturb(kind="reset", path="/Actions/", when=when)
    if when == "after":
        assert client.power("force_off") is True
    else:
        with pytest.raises(UseriesError) as caught:
            client.power("force_off")
        assert caught.value.kind == "outcome_unknown"
        assert "before you repeat" in caught.value.remedy
    orders = [entry for entry in bench.log.entries() if "/Actions/" in entry.path]
    assert len(orders) == 1, "never sent twice"


def test_a_role_that_may_not_do_it(bench: Bench, store: SessionStore) -> None:
    bench.server.controller.accounts[2].role = "ReadOnly"
    with pytest.raises(UseriesError) as caught:
        connect(bench, store).power("force_off")
    assert caught.value.kind == "precondition"
    assert "role" in caught.value.remedy


def test_an_idrac_that_is_not_there(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    bench.server.stop()
    with pytest.raises(UseriesError) as caught:
        client.power_state()
    assert caught.value.kind == "unreachable"
    assert "useries_idrac_host" in caught.value.remedy


def test_a_certificate_of_somebody_else(bench: Bench, store: SessionStore) -> None:
    client = connect(bench, store)
    stranger = dataclasses.replace(client.session.target, ca_path=None, fingerprints=("ab" * 32,))
    with pytest.raises(UseriesError) as caught:
        Idrac(stranger, Credentials("root", PASSWORD), store=store, clock=Clock(FAST)).power_state()
    assert caught.value.kind == "untrusted"
    assert bench.count("all") == 0, "not one request before trust"


def test_the_session_file_holds_no_password(bench: Bench, store: SessionStore) -> None:
    connect(bench, store).power_state()
    assert store.directory is not None
    for path in store.directory.iterdir():
        assert PASSWORD not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0
