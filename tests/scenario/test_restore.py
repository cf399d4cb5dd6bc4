# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restoring: confirmed, once, waited for, and an end that nobody saw is said to be unknown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench

ZIP = "zip-Canary-7"
SHARE = "\\\\nas\\backups"
WORDS: dict[str, Any] = {"confirm": "UVM-1A", "accept_data_loss": True}
HOW_TO_FIND_OUT = "Do not repeat it blindly", "Maintenance > Backup and Restore"


def take(bench: Bench, on: str = A, location: str = "LocalBackups") -> str:
    """A backup of a node; the data that it holds is "data of UVM-1A"."""
    bench.secrets.add(ZIP)
    given = {"location": location, "backup_password": ZIP}
    name = str(bench.attempt("backup", on=on, **given)["backup"]["name"])
    bench.control.reset_counts()
    return name


def records(bench: Bench, on: str = A) -> list[str]:
    return list(bench.control.state(on)["database"]["records"])


def elsewhere(bench: Bench) -> str:
    """A backup of A on a share, listed on B."""
    for host in (A, B):
        assert bench.attempt("backup_location", on=host, name="Nas", path=SHARE)["changed"] is True
    name = take(bench, location="Nas")
    assert bench.attempt("backup_import", on=B)["changed"] is True
    bench.control.reset_counts()
    return name


def test_the_data_of_the_backup_comes_back_and_what_came_since_is_gone(bench: Bench) -> None:
    name = take(bench)
    before = records(bench)
    bench.control.do(A, "database.write", "written since")
    checked = bench.attempt("restore", name=name, **WORDS, check_mode=True)
    assert checked["changed"] is True
    assert bench.writes() == 0
    assert records(bench) != before
    result = bench.attempt("restore", name=name, **WORDS)
    assert result["changed"] is True, result
    assert result["restored"]["name"] == name
    assert result["restored"]["message"] == "The restore process is complete."
    assert result["diff"] == checked["diff"]
    assert records(bench) == before
    bench.silent(result)


@pytest.mark.long
def test_an_earlier_restore_is_not_taken_for_this_one(bench: Bench) -> None:
    name = take(bench)
    assert bench.attempt("restore", name=name, **WORDS)["changed"] is True
    bench.control.do(A, "database.write", "written since")
    bench.control.do(A, "fail_next", "restore", "The database is in use.")
    result = bench.attempt("restore", name=name, **WORDS)
    bench.helps(result, "The restore failed: The database is in use", *HOW_TO_FIND_OUT, kind="failed")
    assert "written since" in records(bench)


def test_an_unknown_backup_lists_those_that_are_there(bench: Bench) -> None:
    name = take(bench)
    words = "no backup other.zip", name, "LocalBackups"
    for check_mode in (False, True):
        bench.refused("restore", *words, kind="precondition", name="other.zip", **WORDS, check_mode=check_mode)
    bench.refused("restore", "in Far", kind="precondition", name=name, location="Far", **WORDS)


@pytest.mark.parametrize(
    ("given", "kind", "word"),
    [
        ({}, "invalid", "confirm is the network name"),
        ({"confirm": "UVM-1A"}, "invalid", "accept_data_loss: true are needed"),
        ({"accept_data_loss": True}, "invalid", "confirm"),
        ({"confirm": "UVM-1B", "accept_data_loss": True}, "precondition", "confirm: 'UVM-1A'"),
    ],
)
def test_it_is_confirmed_by_the_name_that_the_appliance_shows(
    bench: Bench, given: dict[str, Any], kind: str, word: str
) -> None:
    name = take(bench)
    for check_mode in (False, True):
        bench.refused("restore", word, kind=kind, name=name, **given, check_mode=check_mode)


def test_a_backup_of_another_appliance_needs_its_password(bench: Bench) -> None:
    name = elsewhere(bench)
    mine = {**WORDS, "confirm": "UVM-1B"}
    before = records(bench, B)
    words = "another U-Series Appliance", "give backup_password"
    bench.helps(bench.attempt("restore", on=B, name=name, **mine), *words, kind="rejected")
    wrong = bench.attempt("restore", on=B, name=name, **mine, backup_password="guess-Canary-1")
    bench.secrets.add("guess-Canary-1")
    bench.helps(wrong, "The password of the backup is wrong", kind="rejected")
    assert records(bench, B) == before != records(bench, A)
    result = bench.attempt("restore", on=B, name=name, **mine, backup_password=ZIP)
    assert result["changed"] is True, result
    bench.silent(result)
    assert records(bench, B) == records(bench, A)


def test_high_availability_must_be_acknowledged(bench: Bench) -> None:
    bench.stage("synchronized")
    name = take(bench)
    words = "High availability is on (mirror state SYNCHRONIZED)", "acknowledge_high_availability: true"
    for check_mode in (False, True):
        bench.refused("restore", *words, kind="precondition", name=name, **WORDS, check_mode=check_mode)
    bench.control.do(A, "database.write", "written since")
    result = bench.attempt("restore", name=name, **WORDS, acknowledge_high_availability=True)
    assert result["changed"] is True, result
    assert "written since" not in records(bench)


def test_a_pair_that_is_not_well_is_left_alone(bench: Bench) -> None:
    bench.stage("synchronized")
    name = take(bench)
    bench.control.do(A, "ha.suspend")
    words = "SUSPENDED", "accept_pair_state: ['SUSPENDED']"
    given = {"name": name, **WORDS, "acknowledge_high_availability": True}
    bench.refused("restore", *words, kind="precondition", **given)


@pytest.mark.long
def test_an_appliance_that_restarts_meanwhile_is_waited_for(bench: Bench) -> None:
    name = take(bench)
    bench.control.do(A, "database.write", "written since")
    bench.control.set("restore_restarts", True)
    result = bench.attempt("restore", name=name, **WORDS)
    assert result["changed"] is True, result
    assert "written since" not in records(bench)


@pytest.mark.parametrize("arrives", [True, False])
def test_a_lost_answer_is_settled_by_what_the_page_says(bench: Bench, arrives: bool) -> None:
    """The order arrived: the page says so. It did not: nobody can say, so the task does not repeat it."""
    name = take(bench)
    when = "after" if arrives else "before"
    bench.control.fault("reset", node=A, path="available_backups.backups.restore", when=when, count=1)
    result = bench.attempt("restore", name=name, **WORDS)
    if arrives:
        assert result["changed"] is True, result
        assert "was lost" in " ".join(result["warnings"])
    else:
        bench.helps(result, "nobody can say", *HOW_TO_FIND_OUT, kind="outcome_unknown")
    asked = [one for one in bench.control.log() if one["what"].endswith("available_backups.backups.restore")]
    assert len(asked) == 1


def test_an_end_that_nobody_sees_is_unknown_and_not_a_failure(bench: Bench) -> None:
    name = take(bench)
    result = bench.attempt("restore", name=name, **WORDS, wait_timeout=5)
    bench.helps(result, "nobody can say how it ended", "in progress", *HOW_TO_FIND_OUT, kind="outcome_unknown")
    again = bench.attempt("restore", name=name, **WORDS)
    bench.helps(again, "The restore is in progress", "Wait for its end", kind="precondition")


def test_without_waiting_the_order_is_all(bench: Bench) -> None:
    name = take(bench)
    result = bench.attempt("restore", name=name, **WORDS, wait=False)
    assert result["changed"] is True
    assert result["restored"]["message"] == "The restore is in progress."
