# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Activating a cold spare: never beside a source that may live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.spare_bench import NAME, SPARE, backed_up, bench_of_spare, make_spare
from tests.support.simulator import Simulated


@pytest.fixture(scope="module")
def with_idrac() -> Iterator[Simulated]:
    """Two appliances with Windows and iDRAC."""
    with Simulated(surfaces=("console", "endpoint", "windows", "idrac")) as running:
        yield running


@pytest.fixture
def waiting(with_idrac: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """B is a waiting spare that has retrieved A's backup; no iDRAC is known."""
    with bench_of_spare(with_idrac, tmp_path) as made:
        for own in made.inventory.values():
            own["idrac"] = {name: own.pop(name) for name in list(own) if name.startswith("useries_idrac_")}
        backed_up(made)
        make_spare(made)
        made.control.advance(7 * 86400)
        made.control.reset_counts()
        yield made


def word(bench: Bench) -> str:
    """What a person says who has looked at the source."""
    return f"{NAME}@{bench.inventory[A]['useries_host']}"


def off(bench: Bench) -> dict[str, Any]:
    """The source is switched off, and a person says so."""
    bench.control.power(A, "off")
    return {"primary_is_off": word(bench), "confirm": SPARE}


def still_waits(bench: Bench) -> None:
    """Nothing was done."""
    state = bench.control.state(B)
    assert (state["machine_name"], state["cold_spare"]["waiting"], state["roles"]["pending"]) == (SPARE, True, {})


def test_the_spare_takes_the_place_of_its_source(waiting: Bench) -> None:
    backup = waiting.control.state(A)["backups"]["entries"][-1]["name"]
    given = off(waiting)
    before = waiting.look()
    checked = waiting.attempt("cold_spare_activation", B, check_mode=True, **given)
    assert (checked["changed"], waiting.writes()) == (True, 0), checked
    assert waiting.look() == before, "check mode wrote something"
    done = waiting.attempt("cold_spare_activation", B, **given)
    assert (done.get("failed"), done["changed"], done["proof"]) == (None, True, "verified"), done
    told = done["activation"]
    assert (told["enabled"], told["machine_name"], told["last_retrieved"]["backup"]) == (False, NAME, backup)
    assert told["services_running"] > 0
    says = {one["view"]: one["says"] for one in told["fence"]}
    assert says == {"controller": "silent", "idrac": "unknown", "power_tasks": "unknown", "person": "off"}
    state = waiting.control.state(B)
    assert (state["machine_name"], state["cold_spare"]["waiting"]) == (NAME, False)
    assert state["services"]["states"]["Password Safe Web Portal"] == "Running"
    assert state["database"]["records"] == ["data of UVM-1A"]
    assert "two machines" not in json.dumps(done)
    assert done["diff"] == checked["diff"]
    waiting.silent(done)
    waiting.control.reset_counts()
    again = waiting.attempt("cold_spare_activation", B)
    assert (again.get("failed"), again["changed"], waiting.writes()) == (None, False, 0), again


def test_its_idrac_says_that_the_source_is_off(waiting: Bench) -> None:
    waiting.control.power(A, "off")
    waiting.inventory[A].update(waiting.inventory[A]["idrac"])
    waiting.secrets.add(waiting.inventory[A]["useries_idrac_password"])
    done = waiting.attempt("cold_spare_activation", B, confirm=SPARE)
    assert (done.get("failed"), done["changed"]) == (None, True), done
    assert {one["view"]: one["says"] for one in done["activation"]["fence"]}["idrac"] == "off"
    waiting.silent(done)


def test_power_tasks_say_that_the_source_is_off(waiting: Bench) -> None:
    waiting.control.power(A, "off")
    done = waiting.attempt("cold_spare_activation", B, confirm=SPARE, power_state="off")
    assert (done.get("failed"), done["changed"]) == (None, True), done


def test_a_source_that_answers_refuses_whatever_is_said(waiting: Bench) -> None:
    given = {"primary_is_off": word(waiting), "confirm": SPARE, "power_state": "off"}
    words = (NAME, "sign of life", "this controller: alive")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)
    still_waits(waiting)


def test_an_idrac_that_says_on_refuses_whatever_is_said(waiting: Bench) -> None:
    waiting.control.set("link_blocked", True, node=A)
    waiting.inventory[A].update(waiting.inventory[A]["idrac"])
    given = {"primary_is_off": word(waiting), "confirm": SPARE}
    words = ("sign of life", "its iDRAC: alive")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)
    still_waits(waiting)


def test_silence_is_no_proof(waiting: Bench) -> None:
    waiting.control.power(A, "off")
    words = ("no proof", f"primary_is_off={word(waiting)}")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", confirm=SPARE)


@pytest.mark.parametrize("said", ["UVM-9Z@{host}", f"{NAME}@192.0.2.77", "yes", "true"])
def test_a_word_about_another_machine_is_none(waiting: Bench, said: str) -> None:
    given = {**off(waiting), "primary_is_off": said.format(host=waiting.inventory[A]["useries_host"])}
    words = ("not the node that must be off", f"primary_is_off={word(waiting)}")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)


@pytest.mark.parametrize("confirm", [None, NAME, "UVM-1B"])
def test_it_needs_the_name_of_the_spare(waiting: Bench, confirm: str | None) -> None:
    given = {**off(waiting), "confirm": confirm}
    words = ("takes back the name of its source", f"confirm: '{SPARE}'")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)


def test_a_source_must_be_known(waiting: Bench) -> None:
    given = off(waiting)
    waiting.inventory[B].pop("useries_cold_spare_of")
    words = ("whose cold spare this is", "useries_cold_spare_of")
    waiting.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)


def test_pending_changes_of_somebody_else_are_named(waiting: Bench) -> None:
    waiting.control.do(B, "roles.change", "patch_management", {"enabled": True})
    waiting.refused("cold_spare_activation", "Patch Management", on=B, kind="precondition", **off(waiting))


def test_nothing_retrieved_is_refused(with_idrac: Simulated, tmp_path: Path) -> None:
    with bench_of_spare(with_idrac, tmp_path) as bench:
        make_spare(bench)
        given = off(bench)
        words = ("retrieved", "without the data", "accept_no_backup: true")
        bench.refused("cold_spare_activation", *words, on=B, kind="precondition", **given)
        done = bench.attempt("cold_spare_activation", B, **given, accept_no_backup=True)
        assert (done.get("failed"), done["changed"], done["activation"]["last_retrieved"]) == (None, True, None), done


def test_an_appliance_that_is_no_spare_has_nothing_to_do(with_idrac: Simulated, tmp_path: Path) -> None:
    with bench_of_spare(with_idrac, tmp_path) as bench:
        done = bench.attempt("cold_spare_activation", B)
        assert (done.get("failed"), done["changed"], bench.writes()) == (None, False, 0), done


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_is_lost_is_decided_by_the_role(waiting: Bench, when: str) -> None:
    given = off(waiting)
    waiting.control.fault("reset", B, path="apply_pending_changes", method="POST", when=when)
    done = waiting.attempt("cold_spare_activation", B, **given)
    if when == "after" and not done.get("failed"):  # a look that takes long, in a browser, sees it applied already
        assert "its effect is seen" in " ".join(done["warnings"]), done
    else:
        assert (done["failed"], done["error"]["kind"]) == (True, "outcome_unknown"), done
        assert "Roles Editor" in done["error"]["remedy"]
    waiting.control.clear_faults()
    waiting.control.advance(60)
    again = waiting.attempt("cold_spare_activation", B, **given)
    assert again.get("failed") is None, again
    assert waiting.control.state(B)["machine_name"] == NAME


@pytest.mark.parametrize("button", ["apply_changes", "apply_pending_changes"])
def test_a_failure_of_the_console_is_told_and_nothing_stays_pending(waiting: Bench, button: str) -> None:
    given = off(waiting)
    waiting.control.do(B, "fail_next", button, "The disk is full.")
    done = waiting.attempt("cold_spare_activation", B, **given)
    waiting.helps(done, "The disk is full.", kind="rejected")
    still_waits(waiting)


def test_a_source_that_comes_back_meets_its_namesake(waiting: Bench) -> None:
    """The trouble that the fence is for, as the simulator shows it."""
    assert waiting.attempt("cold_spare_activation", B, **off(waiting))["changed"] is True
    waiting.control.power(A, "on")
    waiting.control.advance(400)
    texts = [one["text"] for one in waiting.control.state(A)["notifications"]]
    assert f"A duplicate name has been detected on the network: {NAME}." in texts
