# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connector in BeyondInsight: made once, found again, nothing sent for what the page does not offer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.support.playbook import Playbooks, play, task
from tests.support.simulator import Simulated

MODULE = "syslog_connector"
ADDRESS = "192.0.2.10"
GIVEN = {"address": ADDRESS, "protocol": "TCP", "facility": "local3"}
MADE = {
    "name": "",
    "address": "192.0.2.10",
    "protocol": "TCP",
    "facility": "local3",
    "appliance_health": True,
    "severity": "All",
    "kind": "Syslog Event Forwarding",
}
SHOWN = {name: value for name, value in MADE.items() if name != "kind"}


@pytest.fixture(autouse=True)
def secret(bench: Bench) -> None:
    """The password of BeyondInsight is in no result."""
    bench.secrets |= {own["useries_beyondinsight_password"] for own in bench.inventory.values()}


def connectors(bench: Bench) -> list[dict[str, Any]]:
    """Those of the model."""
    found: list[dict[str, Any]] = bench.control.state(A)["connectors"]["entries"]
    return found


def add(bench: Bench, **values: Any) -> None:
    """One that is there already, made by somebody else."""
    bench.control.do(A, "connectors.add", values)


def unchanged(bench: Bench, **given: Any) -> None:
    """A task that finds everything as it should be."""
    writes = bench.writes()
    again = bench.attempt(MODULE, **given)
    assert (again.get("failed", False), again["changed"], bench.writes()) == (False, False, writes), again


# -- making it


def test_it_is_made_once(bench: Bench) -> None:
    checked = bench.attempt(MODULE, check_mode=True, **GIVEN)
    assert (checked["changed"], bench.writes(), connectors(bench)) == (True, 0, []), checked
    before, after = (json.loads(checked["diff"][side]) for side in ("before", "after"))
    assert before == dict.fromkeys((*GIVEN, "appliance_health")) | {"state": "absent"}
    assert after == {**GIVEN, "appliance_health": True, "state": "present"}
    done = bench.attempt(MODULE, **GIVEN)
    assert (done["changed"], bench.writes()) == (True, 1), done
    assert done["connector"] == SHOWN
    assert done["diff"] == checked["diff"]
    assert connectors(bench) == [MADE]
    bench.silent(done)
    unchanged(bench, **GIVEN)
    assert bench.control.count("login") == 1, "BeyondInsight alone, and once"


def test_every_option_is_filled_in(bench: Bench) -> None:
    """A connector with a name is listed without its address, and found all the same."""
    given = {**GIVEN, "address": f" {ADDRESS} ", "name": "Appliance 1a", "severity": "High", "appliance_health": False}
    assert bench.attempt(MODULE, **given)["changed"] is True
    assert connectors(bench) == [{**MADE, "name": "Appliance 1a", "severity": "High", "appliance_health": False}]
    unchanged(bench, **given)


def test_the_others_stay_as_they_are(bench: Bench) -> None:
    add(bench, address="192.0.2.1", protocol="UDP", facility="user")
    add(bench, kind="Something Else", address="192.0.2.3")
    add(bench, name=ADDRESS, address="192.0.2.2", protocol="UDP", facility="user")
    before = connectors(bench)
    assert bench.attempt(MODULE, **GIVEN)["changed"] is True
    assert connectors(bench) == [*before, MADE]
    unchanged(bench, **GIVEN)


@pytest.mark.one_way
def test_one_that_somebody_made_will_do(bench: Bench) -> None:
    """Severity and name are only compared when they are given; of two the one that fits is taken."""
    add(bench, address=ADDRESS, protocol="UDP", facility="user")
    add(bench, **GIVEN, name="by hand", severity="Low", appliance_health=True)
    unchanged(bench, **GIVEN)
    unchanged(bench, **{**GIVEN, "address": f" {ADDRESS} "})


@pytest.mark.one_way
def test_another_value_is_changed_by_hand(bench: Bench) -> None:
    """No way to change a connector is described: refused in check mode, too, with what differs."""
    add(bench, **GIVEN, appliance_health=True)
    words = "protocol is 'TCP', wanted 'UDP'", ADDRESS, "Configuration > Connectors", "Nothing was changed"
    for check_mode in (True, False):
        given = {**GIVEN, "protocol": "UDP", "check_mode": check_mode}
        result = bench.refused(MODULE, *words, kind="precondition", **given)
        assert "facility" not in result["msg"]


# -- bad input


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"address": "192.0.2.555"}, ("address is 192.0.2.555", "IP address")),
        ({"address": "https://appliance"}, ("https://appliance",)),
        ({"address": " "}, ("address",)),
        ({"protocol": ""}, ("protocol: must not be empty",)),
        ({"facility": " ", "severity": ""}, ("facility and severity: must not be empty",)),
        ({"name": "two\nlines"}, ("name has a line end",)),
    ],
)
def test_bad_input(bench: Bench, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused(MODULE, *words, kind="invalid", **{**GIVEN, **given})
    assert bench.control.log() == []


@pytest.mark.parametrize(
    ("option", "offered"),
    [
        ("protocol", ["UDP", "TCP", "TCP with TLS"]),
        ("facility", ["user", "daemon", "syslog", *(f"local{number}" for number in range(8))]),
        ("severity", ["All", "Info", "Low", "Medium", "High"]),
    ],
)
def test_what_is_not_offered_lists_what_is(bench: Bench, option: str, offered: list[str]) -> None:
    given = {**GIVEN, option: "Pigeon"}
    for check_mode in (True, False):
        words = f"{option} is 'Pigeon'", ", ".join(offered), "Nothing was changed"
        result = bench.refused(MODULE, *words, kind="invalid", check_mode=check_mode, **given)
        assert result["error"]["candidates"] == offered
        assert result["error"]["surface"] == "beyondinsight"
    assert connectors(bench) == []


@pytest.mark.one_way
def test_an_unknown_choice_is_bad_input_also_where_one_is_there(bench: Bench) -> None:
    add(bench, **GIVEN, appliance_health=True)
    bench.refused(MODULE, "Pigeon", "TCP with TLS", kind="invalid", **{**GIVEN, "protocol": "Pigeon"})


@pytest.mark.one_way
def test_a_refused_login_is_said_and_not_repeated(bench: Bench) -> None:
    wrong = {**GIVEN, "beyondinsight_password": "wrong-Canary"}
    bench.secrets.add("wrong-Canary")
    first = "Login refused by BeyondInsight", "'btadmin'", "incorrect", "useries_beyondinsight_password"
    assert bench.refused(MODULE, *first, kind="login_refused", **wrong)["error"]["surface"] == "beyondinsight"
    bench.refused(MODULE, "Not tried again in this run", kind="login_refused", **wrong)
    assert bench.control.count("login") == 1


@pytest.mark.one_way
def test_the_consoles_account_is_not_needed(bench: Bench) -> None:
    assert bench.attempt(MODULE, username=None, password=None, **GIVEN)["changed"] is True


# -- trouble


@pytest.mark.one_way
def test_what_beyondinsight_refuses_is_told_in_its_words(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "create", "The connector cannot be reached.")
    words = "BeyondInsight refused", "The connector cannot be reached.", "Configuration > Connectors"
    result = bench.attempt(MODULE, **GIVEN)
    bench.helps(result, *words, kind="rejected")
    assert (result["error"]["surface"], connectors(bench)) == ("beyondinsight", [])


@pytest.mark.one_way
def test_a_lost_answer_is_decided_by_reading(bench: Bench) -> None:
    """Nothing is sent twice: two connectors would forward every event twice."""
    bench.attempt("beyondinsight_info")
    bench.control.fault("reset", node=A, path="connectors.syslog_event_forwarding.create", when="after")
    done = bench.attempt(MODULE, **GIVEN)
    assert done["changed"] is True, done
    assert "was lost" in " ".join(done["warnings"])
    assert connectors(bench) == [MADE]


@pytest.mark.one_way
def test_a_session_that_ends_before_it_is_saved_leaves_nothing_open(bench: Bench) -> None:
    """Reading tells that nothing was saved; the next run saves it."""
    bench.control.fault("expire_session", node=A, path="connectors.syslog_event_forwarding.create")
    result = bench.attempt(MODULE, **GIVEN)
    bench.helps(result, ADDRESS, "Run the task again", kind="outcome_unknown")
    assert (result["error"]["surface"], connectors(bench)) == ("beyondinsight", [])
    assert bench.attempt(MODULE, **GIVEN)["changed"] is True
    assert connectors(bench) == [MADE]


@pytest.mark.one_way
def test_a_label_that_is_missed_names_its_key(bench: Bench) -> None:
    bench.control.labels(hide=["connectors.syslog_event_forwarding.facility"])
    result = bench.attempt(MODULE, **GIVEN)
    bench.helps(result, "connectors.syslog_event_forwarding.facility", kind="label_missing")
    assert (result["error"]["surface"], bench.writes()) == ("beyondinsight", 0)


@pytest.mark.one_way
@pytest.mark.parametrize("label", ["address", "severity", "appliance_health"])
def test_a_connector_that_cannot_be_read_is_not_made_again(bench: Bench, label: str) -> None:
    add(bench, **GIVEN, appliance_health=True)
    key = f"connectors.syslog_event_forwarding.{label}"
    bench.control.labels(hide=[key])
    bench.helps(bench.attempt(MODULE, **GIVEN), key, kind="label_missing")
    assert (bench.writes(), len(connectors(bench))) == (0, 1)


@pytest.mark.one_way
def test_a_form_of_other_words_is_not_taken_for_another_kind(bench: Bench) -> None:
    add(bench, kind="Something Else", address=ADDRESS)
    bench.helps(bench.attempt(MODULE, **GIVEN), "connectors.syslog_event_forwarding", kind="label_missing")
    assert (bench.writes(), len(connectors(bench))) == (0, 1)


@pytest.mark.one_way
def test_a_form_without_a_name_will_do(bench: Bench) -> None:
    bench.control.labels(hide=["connectors.syslog_event_forwarding.name"])
    done = bench.attempt(MODULE, **GIVEN)
    assert done["connector"] == {name: value for name, value in SHOWN.items() if name != "name"}
    unchanged(bench, **GIVEN)
    bench.helps(bench.attempt(MODULE, **{**GIVEN, "address": "192.0.2.11", "name": "b"}), "forwarding.name")


@pytest.mark.one_way
@pytest.mark.parametrize("seed", range(1, 7))
def test_however_it_is_drawn(tmp_path: Path, seed: int) -> None:
    with Simulated(pairs=1, seed=seed) as pair, benched(pair, tmp_path) as drawn:
        add(drawn, address="192.0.2.1", protocol="UDP", facility="user")
        assert drawn.attempt(MODULE, **GIVEN)["connector"] == SHOWN
        unchanged(drawn, **GIVEN)


# -- the whole way


@pytest.mark.one_way
def test_with_a_playbook(playbooks: Playbooks, simulated: Simulated) -> None:
    made = task("connector", MODULE, GIVEN)
    ran = playbooks.run(play(made), "--check", "--diff").good()
    assert ran.result("connector")["changed"] is True
    assert simulated.control.count("write") == 0
    assert '"facility": "local3"' in ran.output
    ran = playbooks.run(play(made)).good()
    assert ran.result("connector")["connector"] == SHOWN
    assert simulated.control.state(A)["connectors"]["entries"] == [MADE]
    assert playbooks.run(play(made)).good().result("connector")["changed"] is False
    assert (simulated.control.count("write"), simulated.control.count("logout")) == (1, 3)
