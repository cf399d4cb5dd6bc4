# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cold spare: the B node of a pair whose nodes are no partners, deployed under the name of the A node."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.spare_bench import (
    NAME,
    RESTORE,
    SHARE_SECRET,
    SPARE,
    WANTED,
    backed_up,
    has,
    make_spare,
    settings,
    spare,
    with_spare,
)

__all__ = ["spare", "with_spare"]


# -- setting it up -----------------------------------------------------------------------------------------------------


def test_it_is_set_up_restarted_and_renamed(spare: Bench) -> None:
    before = spare.look()
    given = {**settings(), "restart": True, "confirm": NAME, "test_share": True}
    checked = spare.attempt("cold_spare", B, check_mode=True, **given)
    assert (checked["changed"], spare.writes()) == (True, 0), checked
    assert spare.look() == before, "check mode wrote something"
    done = spare.attempt("cold_spare", B, **given)
    assert done.get("failed") is None, (done["msg"], done.get("warnings"))
    assert (done["changed"], done["restarted"], done["restart_required"], done["tested"]) == (True, True, False, True)
    assert (done["proof"], done["machine_name"]) == ("verified", SPARE), done
    assert done["diff"] == checked["diff"]
    state = spare.control.state(B)
    assert (state["machine_name"], state["own_name"], state["cold_spare"]["waiting"]) == (SPARE, NAME, True)
    assert state["services"]["states"]["Password Safe Web Portal"] == "Stopped"
    has(spare, {"enabled": True, **WANTED})
    assert state["roles"]["pending"] == {}
    for result in (checked, done):
        spare.silent(result)
        json.dumps(result)
    spare.control.reset_counts()
    again = spare.attempt("cold_spare", B, **settings(), restart=True)
    assert (again["changed"], again["restart_required"], spare.writes()) == (False, False, 0), again
    assert again["proof"] == "verified"


def test_a_restart_is_never_done_unasked(spare: Bench) -> None:
    started = spare.control.state(B)["boot_time"]
    done = spare.attempt("cold_spare", B, **settings(), confirm=NAME)
    assert (done["changed"], done["restarted"], done["restart_required"]) == (True, False, True), done
    assert any("useries.appliance.reboot" in one for one in done["warnings"])
    has(spare, {"enabled": True})
    spare.control.advance(1200)
    state = spare.control.state(B)
    assert (state["boot_time"], state["machine_name"]) == (started, NAME)
    spare.control.reset_counts()
    again = spare.attempt("cold_spare", B, **settings())
    assert (again["changed"], again["restart_required"], spare.writes()) == (False, True, 0), again
    spare.control.power(B, "restart")
    spare.control.advance(400)
    then = spare.attempt("cold_spare", B, **settings())
    assert (then["changed"], then["restart_required"], then["machine_name"]) == (False, False, SPARE)


def test_a_question_that_comes_before_anything_is_applied_needs_the_restart(spare: Bench) -> None:
    spare.control.set("restart_asked_first", True)
    refused = spare.attempt("cold_spare", B, **settings(), confirm=NAME)
    spare.helps(refused, "before it applies anything", "restart: true", "discarded again", kind="precondition")
    state = spare.control.state(B)
    assert (state["roles"]["pending"], state["roles"]["applied"]["cold_spare"]["enabled"]) == ({}, False)
    done = spare.attempt("cold_spare", B, **settings(), confirm=NAME, restart=True)
    assert (done.get("failed"), done["restarted"], done["machine_name"]) == (None, True, SPARE), done


def test_an_existing_location_takes_the_place_of_a_path(spare: Bench) -> None:
    make_spare(spare)
    local = {name: value for name, value in settings().items() if name != "restore_location"}
    done = spare.attempt("cold_spare", B, **local, existing_location=r"C:\LocalBackups")
    assert done["changed"] is True, done
    has(spare, {"locations.restore_location": "", "locations.existing_location": r"C:\LocalBackups"})
    has(spare, {"restore_password.password": RESTORE, "locations.password": SHARE_SECRET})
    spare.control.reset_counts()
    again = spare.attempt("cold_spare", B, **local, existing_location=r"C:\LocalBackups")
    assert (again["changed"], spare.writes()) == (False, 0), again


def test_another_day_needs_neither_name_nor_restart(spare: Bench) -> None:
    make_spare(spare)
    done = spare.attempt("cold_spare", B, **{**settings(), "day": "Friday", "time": "05:15"})
    assert (done["changed"], done["restart_required"]) == (True, False), done
    has(spare, {"schedule.day": "Friday", "schedule.time": "05:15"})


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_stored_passwords_are_never_blanked(spare: Bench, keeps_blank: bool) -> None:
    make_spare(spare)
    spare.control.set("blank_keeps_secret", keeps_blank)
    without = {name: value for name, value in settings().items() if "password" not in name}
    spare.control.reset_counts()
    spare.refused("cold_spare", "also holds a", "password", on=B, kind="invalid", **{**without, "day": "Friday"})
    if keeps_blank:
        done = spare.attempt("cold_spare", B, **{**without, "day": "Friday"}, blank_keeps_secret=True)
        assert done["changed"] is True, done
    has(spare, {"restore_password.password": RESTORE, "locations.password": SHARE_SECRET})


def test_a_password_is_set_again_when_asked(spare: Bench) -> None:
    make_spare(spare)
    other = {**settings(), "restore_password": "Other-Canary-77"}
    spare.secrets.add("Other-Canary-77")
    spare.control.reset_counts()
    assert spare.attempt("cold_spare", B, **other)["changed"] is False
    done = spare.attempt("cold_spare", B, **other, update_password="always")
    assert done["changed"] is True, done
    spare.silent(done)
    has(spare, {"restore_password.password": "Other-Canary-77", "restore_password.confirm": "Other-Canary-77"})


# -- bad input: nothing is touched -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UVM-SPARE-NUMBER1", ("17 bytes", "may have 15")),
        ("予備機予備機", ("18 bytes",)),
        ("MY SPARE", ("a space",)),
        ("SPARE_1.A&B", ("& .",)),
        ("SPARE🦊", ("non-standard character", "FOX FACE")),
        ("A🦊 {" + "x" * 12, ("bytes", "{", "a space", "FOX FACE")),
        ("", ("must not be empty",)),
    ],
)
def test_a_temporary_name_is_judged_before_anything_is_asked(spare: Bench, name: str, words: tuple[str, ...]) -> None:
    spare.refused("cold_spare", "temporary_name", *words, on=B, kind="invalid", **settings(temporary_name=name))
    assert spare.control.log() == []


@pytest.mark.parametrize("letter", sorted("{}~[\\]^':;<=>?@!\"#$%`()+/.,*&"))
def test_each_character_that_the_guide_lists_is_named(spare: Bench, letter: str) -> None:
    refused = spare.attempt("cold_spare", B, **settings(temporary_name=f"SP{letter}RE"))
    spare.helps(refused, f"it has {letter}, which no machine name may have", kind="invalid")
    assert spare.control.log() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"time": "25:00"}, ("25:00",)),
        ({"day": "Someday"}, ("day", "Someday")),
        ({"restore_location": " "}, ("restore_location", "empty")),
        ({"restore_password": ""}, ("restore_password", "empty")),
        ({"share_username": None}, ("share_password", "without share_username")),
        ({"existing_location": r"C:\x"}, ("mutually exclusive",)),
        ({"restore_location": None}, ("one of the following", "existing_location")),
    ],
)
def test_what_cannot_be_meant_is_refused(spare: Bench, wrong: dict[str, Any], words: tuple[str, ...]) -> None:
    spare.refused("cold_spare", *words, on=B, **settings(**wrong))
    assert spare.control.log() == []


def test_a_first_set_up_needs_the_password_of_the_backups(spare: Bench) -> None:
    given = settings(restore_password=None)
    spare.refused("cold_spare", "restore_password", "is needed", on=B, kind="invalid", **given, blank_keeps_secret=True)


@pytest.mark.parametrize("confirm", [None, "UVM-1B", SPARE])
def test_it_needs_its_name(spare: Bench, confirm: str | None) -> None:
    words = (f"This appliance is {NAME}", f"renamed to {SPARE}", "services stop", f"confirm: '{NAME}'")
    spare.refused("cold_spare", *words, on=B, kind="precondition", **settings(), confirm=confirm)


def test_a_temporary_name_is_neither_its_own_nor_the_sources(spare: Bench) -> None:
    words = ("is the name of", "two machines of one name")
    spare.refused("cold_spare", *words, on=B, kind="precondition", **settings(temporary_name=NAME), confirm=NAME)
    spare.control.do(A, "take_name", "UVM-SOURCE")
    given = settings(temporary_name="uvm-source")
    spare.refused("cold_spare", "the source", *words, on=B, kind="precondition", **given, confirm=NAME)


def test_a_node_with_high_availability_is_no_spare(spare: Bench) -> None:
    spare.control.do(B, "roles.change", "high_availability", {"enabled": True})
    spare.control.do(B, "roles.apply")
    spare.control.advance(60)
    spare.control.reset_counts()
    spare.refused("cold_spare", "Conflict", "High Availability", on=B, kind="precondition", **settings(), confirm=NAME)


def test_a_share_that_fails_its_test_is_told_and_nothing_is_applied(spare: Bench) -> None:
    given = {**settings(share_password="Wrong-Canary-1"), "confirm": NAME, "test_share": True}
    spare.secrets.add("Wrong-Canary-1")
    before = spare.look()
    failed = spare.attempt("cold_spare", B, **given)
    spare.helps(failed, "could not be written to", "Nothing was applied", kind="rejected")
    assert spare.look() == before


def test_the_share_of_a_spare_is_tested_and_nothing_is_changed(spare: Bench) -> None:
    make_spare(spare)
    before = spare.look()["nodes"]
    done = spare.attempt("cold_spare", B, **settings(), test_share=True)
    assert (done["changed"], done["tested"]) == (False, True), done
    spare.control.set("unreachable_shares", ["nas"])
    failed = spare.attempt("cold_spare", B, **settings(), test_share=True)
    spare.helps(failed, "could not be written to", kind="rejected")
    assert spare.look()["nodes"] == before


def test_an_answer_that_is_lost_is_never_guessed(spare: Bench) -> None:
    spare.control.fault("reset", B, path="apply_pending_changes", method="POST", when="after")
    done = spare.attempt("cold_spare", B, **settings(), confirm=NAME)
    assert done["failed"] is True, done
    assert done["error"]["kind"] == "outcome_unknown", done
    spare.control.clear_faults()
    spare.control.advance(60)
    again = spare.attempt("cold_spare", B, **settings(), confirm=NAME)
    assert (again.get("failed"), again["changed"], again["restart_required"]) == (None, False, True), again


@pytest.mark.parametrize("enabled", [True, False])
def test_the_module_for_all_roles_leaves_this_one_alone(spare: Bench, enabled: bool) -> None:
    if not enabled:
        make_spare(spare)
    words = ("activates", "useries.appliance.cold_spare,", "useries.appliance.cold_spare_activation")
    given: dict[str, Any] = {"name": "cold_spare", "enabled": enabled, "blank_keeps_secret": True}
    spare.refused("appliance_role", *words, on=B, kind="precondition", **given)


@pytest.mark.parametrize("first", [False, True])
def test_the_question_about_a_restart_is_left_open_by_others(spare: Bench, first: bool) -> None:
    """The role is pending, made by a person, and another task applies it along."""
    spare.control.set("restart_asked_first", first)
    spare.control.do(B, "roles.change", "cold_spare", {**WANTED, "enabled": True})
    started = spare.control.state(B)["boot_time"]
    done = spare.attempt("appliance_role", B, name="patch_management", adopt_pending=True)
    if first:
        spare.helps(done, "asks", "restart", "discarded again", kind="precondition")
        assert list(spare.control.state(B)["roles"]["pending"]) == ["cold_spare"]
    else:
        assert (done.get("failed"), done["changed"]) == (None, True), done
        assert any("left open" in one and "restart" in one for one in done["warnings"])
        has(spare, {"enabled": True})
    spare.control.advance(600)
    assert spare.control.state(B)["boot_time"] == started


# -- retrieving --------------------------------------------------------------------------------------------------------


def test_what_was_retrieved_and_what_failed_is_reported(spare: Bench) -> None:
    make_spare(spare)
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert (told["last_retrieved"], told["last_retrieval_failed"]) == (None, None)
    name = backed_up(spare)
    spare.control.advance(7 * 86400)
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert told["last_retrieved"]["backup"] == name
    assert spare.control.state(B)["database"]["records"] == ["data of UVM-1A"]
    spare.control.set("unreachable_shares", ["nas"])
    spare.control.advance(7 * 86400)
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert told["last_retrieved"]["backup"] == name
    assert "could not be written to" in told["last_retrieval_failed"]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "The backup x.zip could not be restored.",
        "The cold spare restore failed: nothing was restored.",
        "The restore of x.zip ended with an error.",
    ],
)
def test_a_retrieval_that_failed_is_never_taken_for_a_good_one(spare: Bench, text: str) -> None:
    spare.control.do(B, "notify", "High", text)
    spare.control.do(B, "notify", "Info", "The retrieval starts on Monday.")
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert (told["last_retrieved"], told["last_retrieval_failed"]["text"]) == (None, text)


def test_a_wrong_restore_password_is_seen_when_it_is_retrieved(spare: Bench) -> None:
    spare.secrets.add("Wrong-Canary-2")
    make_spare(spare, restore_password="Wrong-Canary-2")
    backed_up(spare)
    spare.control.advance(7 * 86400)
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert told["last_retrieved"] is None
    assert "password of the backup is wrong" in told["last_retrieval_failed"]["text"]


# -- the requirements --------------------------------------------------------------------------------------------------


def results(told: dict[str, Any]) -> dict[str, str]:
    """Requirement -> result."""
    return {one["name"]: one["result"] for one in told["requirements"]}


ALL = {
    "beyondinsight_version": "passed",
    "auto_update_on_source": "passed",
    "auto_update_on_spare": "passed",
    "same_name": "passed",
    "sql_server_version": "passed",
    "local_database": "passed",
    "no_high_availability": "passed",
    "recent_backup": "passed",
}


def test_requirements_that_are_met(spare: Bench) -> None:
    backed_up(spare)
    spare.control.reset_counts()
    done = spare.attempt("cold_spare_info", B)
    assert (done["changed"], spare.writes()) == (False, 0), done
    assert (results(done["cold_spare"]), done["cold_spare"]["ready"]) == (ALL, True), done
    spare.silent(done)


def spoil(bench: Bench, what: str) -> None:
    """Make one requirement fail."""
    rows = {row[0]: row[1] for row in bench.control.state(B)["versions"]}
    order = bench.control.do
    if what == "beyondinsight_version":
        old = [[name, "21.1.9.1" if name.startswith("BeyondInsight") else text] for name, text in rows.items()]
        bench.control.set("versions", old, node=B)
    elif what == "sql_server_version":
        old = [[name, "2014 - 12.0" if "SQL" in name else text] for name, text in rows.items()]
        bench.control.set("versions", old, node=B)
        order(A, "roles.change", "reporting_services", {"enabled": True})
        order(A, "roles.apply")
    elif what == "same_name":
        order(B, "take_name", "UVM-OTHER")
    elif what == "auto_update_on_spare":
        order(B, "roles.change", "auto_update", {"enabled": False})
        order(B, "roles.apply")
    elif what == "local_database":
        order(A, "roles.change", "beyondinsight_database_access", {"location": "remote"})
        order(A, "roles.apply")
    elif what == "no_high_availability":
        order(B, "roles.change", "high_availability", {"enabled": True})
        order(B, "roles.apply")
    bench.control.advance(120)


@pytest.mark.parametrize(
    ("what", "result", "words"),
    [
        ("beyondinsight_version", "failed", ("21.1.9.1", "older")),
        ("sql_server_version", "failed", ("2014 - 12.0", "Analytics")),
        ("same_name", "failed", ("UVM-OTHER", NAME)),
        ("no_high_availability", "failed", ("conflicts",)),
        ("auto_update_on_spare", "warning", ("off on the spare",)),
        ("local_database", "warning", ("not copied",)),
        ("recent_backup", "warning", ("no backup",)),
    ],
)
def test_each_requirement_that_is_not_met_is_told(spare: Bench, what: str, result: str, words: tuple[str, ...]) -> None:
    if what != "recent_backup":
        backed_up(spare)
        spoil(spare, what)
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    assert results(told) == {**ALL, what: result}
    row = next(one for one in told["requirements"] if one["name"] == what)
    assert row["remedy"]
    for word in words:
        assert word in row["reason"], row
    spare.control.reset_counts()
    strict = spare.attempt("cold_spare_info", B, fail_on_failed=True)
    if result == "failed":
        spare.helps(strict, "cannot be the cold spare", *words, kind="precondition")
    else:
        assert strict["cold_spare"]["ready"] is True, strict


def test_a_label_that_is_worded_otherwise_is_no_answer(spare: Bench) -> None:
    backed_up(spare)
    spare.control.labels(hide=["auto_update.role.enabled", "high_availability.role.enabled"])
    told = spare.attempt("cold_spare_info", B)["cold_spare"]
    spare.control.labels(hide=[])
    unknown = ("auto_update_on_source", "auto_update_on_spare", "no_high_availability")
    assert results(told) == {**ALL, **dict.fromkeys(unknown, "unknown")}


def test_a_source_must_be_known(spare: Bench) -> None:
    spare.inventory[B].pop("useries_cold_spare_of")
    spare.refused("cold_spare_info", "No source", "useries_cold_spare_of", on=B, kind="invalid")


def test_two_machines_of_one_name_are_seen_in_the_simulator(spare: Bench) -> None:
    spare.control.power(B, "restart")
    spare.control.advance(400)
    texts = [one["text"] for one in spare.control.state(B)["notifications"]]
    assert f"A duplicate name has been detected on the network: {NAME}." in texts
