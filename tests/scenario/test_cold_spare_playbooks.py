# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of a cold spare: made, activated, and given back; and their wrong starts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.bad_input_bench import A, B, Bench
from tests.scenario.spare_bench import (
    ACCOUNT,
    NAME,
    RESTORE,
    SHARE,
    SHARE_SECRET,
    SPARE,
    WANTED,
    backed_up,
    bench_of_spare,
    inventory_of_spare,
    with_spare,
)
from tests.support.modules import constants
from tests.support.playbook import Core, Playbooks, Ran, play
from tests.support.project import text
from tests.support.simulator import Simulated
from tests.support.site import changed, explained
from tests.support.workflow import evidence, outcomes, power_tasks

__all__ = ("with_spare",)  # a fixture

pytestmark = pytest.mark.one_way

CONFIRMED, WAITING = ("-e", f"confirm={NAME}"), ("-e", f"confirm={SPARE}")
ROLE, FLOW = "useries.appliance.cold_spare : ", "useries.appliance.workflow : "
ALL = ("cold_spare", "activate_cold_spare", "return_cold_spare")
CHECKED = f"{FLOW}The gates were checked in this run"
LIMIT = 240.0  # seconds
GATES = ("--tags", "gates")
SET, BACKUP = (
    "Set the role, with the share tested first",
    "A verified backup for the source (what is entered later is lost)",
)


class Runs:
    """Runs of the three playbooks against one bench."""

    def __init__(self, bench: Bench, core: Core, folder: Path) -> None:
        self.bench, self.control, self.folder = bench, bench.control, folder
        path = folder / "spare.yml"
        path.write_text(inventory_of_spare(bench.pair.inventory), encoding="utf-8")
        self.playbooks = Playbooks(core, path, folder)

    def __call__(self, name: str, *words: str) -> Ran:
        """One run; no secret is printed."""
        playbook = [{"name": name, "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]
        further = {"useries_report_dir": str(self.folder / "reports"), "workflow_clock_skew_limit": 10**6}  # weeks pass
        ran = self.playbooks.start(playbook, "-e", json.dumps(further), *words).ended(LIMIT)
        self.bench.silent(ran.output)
        return ran

    def made(self) -> None:
        """B is a waiting spare that has retrieved A's backup."""
        backed_up(self.bench)
        self("cold_spare", *CONFIRMED).good()
        self.control.advance(7 * 86400)
        self.control.reset_counts()

    def off(self) -> tuple[str, str]:
        """A is switched off; what a person says about it."""
        self.control.power(A, "off")
        return ("-e", f"primary_is_off={NAME}@{self.bench.inventory[A]['useries_host']}")

    def nothing(self, ran: Ran, task: str, *words: str) -> None:
        """It failed there with these words, wrote nothing, and left evidence of it."""
        message = ran.failure(task if " : " in task else ROLE + task, B)["msg"]
        for word in words:
            assert word in message, message
        assert self.bench.writes() == 0
        report = evidence(self, ran)
        assert (report["outcome"], report["nodes"]) == ("failed", [B])
        assert words[0] in report["reason"]


@pytest.fixture
def runs(with_spare: Simulated, core: Core, tmp_path: Path) -> Iterator[Runs]:
    """A bench with an inventory in which B is A's spare."""
    with bench_of_spare(with_spare, tmp_path) as bench:
        yield Runs(bench, core, tmp_path)


def state(runs: Runs) -> tuple[Any, Any]:
    """What B is called, and whether it waits."""
    found = runs.control.state(B)
    return found["machine_name"], found["cold_spare"]["waiting"]


def test_a_spare_is_made(runs: Runs) -> None:
    """Only the gates, none of them, check mode, made, and once more."""
    backed_up(runs.bench)
    runs.control.reset_counts()
    only = runs("cold_spare", *GATES, *CONFIRMED).good()
    assert "nothing leads back to its present data" in only.words
    runs.nothing(
        runs("cold_spare", "--skip-tags", "gates", *CONFIRMED), CHECKED, "gates of cold_spare were not checked"
    )
    checked = runs("cold_spare", "--check", *CONFIRMED).good()
    assert changed(checked) == {(B, SET)}
    assert (runs.bench.writes(), state(runs)) == (0, (NAME, False))
    report = evidence(runs, runs("cold_spare", *CONFIRMED).good())
    assert (report["outcome"], report["workflow"], report["nodes"]) == ("succeeded", "cold_spare", [B])
    assert {"same_name", "recent_backup", f"state@{B}", f"clock@{B}"} <= set(outcomes(report))
    assert [one["task"] for one in report["steps"] if one["changed"]] == [SET]
    assert state(runs) == (SPARE, True)
    runs.control.reset_counts()
    again = runs("cold_spare").good()
    assert changed(again) == set(), again.output


@pytest.mark.long
def test_a_restart_that_nobody_agreed_to(runs: Runs) -> None:
    """The console asked once; the playbook restarts the appliance when it is called by its name, and not before."""
    backed_up(runs.bench)
    runs.control.do(B, "roles.change", "cold_spare", {**WANTED, "enabled": True})
    runs.control.do(B, "roles.apply")
    runs.control.advance(60)
    message = runs("cold_spare").failure(f"{ROLE}It is restarted by its own name", B)["msg"]
    assert f"run this playbook again with -e confirm={NAME}" in message
    assert state(runs) == (NAME, False)
    ran = runs("cold_spare", *CONFIRMED).good()
    assert (B, "The restart that the console does not ask for again") in changed(ran)
    assert state(runs) == (SPARE, True)


def test_a_spare_is_activated_and_given_back(runs: Runs) -> None:
    runs.made()
    word = runs.off()
    runs.control.reset_counts()
    only = runs("activate_cold_spare", *GATES, *WAITING, *word).good()
    assert "must stay off the network" in only.words
    without = runs("activate_cold_spare", "--skip-tags", "gates", *WAITING, *word)
    runs.nothing(without, CHECKED, "gates of activate_cold_spare were not checked")
    checked = runs("activate_cold_spare", "--check", *WAITING, *word).good()
    assert changed(checked) == {(B, "Activate")}
    assert (runs.bench.writes(), state(runs)) == (0, (SPARE, True))
    activated = runs("activate_cold_spare", *WAITING, *word).good()
    assert evidence(runs, activated)["outcome"] == "succeeded"
    assert state(runs) == (NAME, False)
    assert f"useries-1b is called {NAME}." in activated.words
    assert runs.control.state(B)["database"]["records"] == ["data of UVM-1A"]
    runs.control.reset_counts()
    again = runs("activate_cold_spare", *word).good()
    assert (changed(again), runs.bench.writes()) == (set(), 0)
    given_back(runs)


@pytest.mark.long
def test_a_spare_is_activated_when_power_tasks_of_ones_own_say_that_the_source_is_off(runs: Runs) -> None:
    runs.made()
    runs.off()
    runs.control.reset_counts()
    told = "The source is off, and nothing else stands against it"
    on = power_tasks(runs.folder, A, "on")
    assert "power_state is on" in explained(runs("activate_cold_spare", *GATES, *WAITING, *on))
    runs.nothing(runs("activate_cold_spare", *WAITING, *on), told, "sign of life", "power_state is on")
    runs("activate_cold_spare", *WAITING, *power_tasks(runs.folder, A, "off")).good()
    assert state(runs) == (NAME, False)


def given_back(runs: Runs) -> None:
    """The activated spare waits again; a person switches the source on."""
    runs("return_cold_spare", *GATES, *CONFIRMED).good()
    without = runs("return_cold_spare", "--skip-tags", "gates", *CONFIRMED)
    runs.nothing(without, CHECKED, "gates of return_cold_spare were not checked")
    checked = runs("return_cold_spare", "--check", *CONFIRMED).good()
    assert {(B, BACKUP), (B, SET)} <= changed(checked)
    assert (runs.bench.writes(), state(runs)) == (0, (NAME, False))
    stopped = runs("return_cold_spare", *CONFIRMED)
    (backup,) = runs.control.state(B)["backups"]["entries"]
    message = stopped.failure(f"{ROLE}Wait for a person", B)["msg"]
    for part in (
        "waiting for a person: source_is_on",
        f"Restore {backup['name']} there",
        "-e person_done=source_is_on",
    ):
        assert part in message, message
    report = evidence(runs, stopped)
    assert (report["outcome"], report["workflow"]) == ("waiting", "return_cold_spare")
    assert state(runs) == (SPARE, True)
    runs.control.reset_counts()
    for power in (False, True):  # nobody has said yet that it was restored, though it can be seen to be on
        if power:
            runs.control.power(A, "on")
            runs.control.advance(400)
        waiting = runs("return_cold_spare")
        assert f"Restore {backup['name']} there" in explained(waiting), explained(waiting)
        assert evidence(runs, waiting)["outcome"] == "waiting"
    assert not [one for one in runs.control.state(A)["notifications"] if "duplicate name" in one["text"]]
    over = runs("return_cold_spare", "-e", "person_done=source_is_on").good()
    assert (changed(over), evidence(runs, over)["outcome"]) == (set(), "succeeded")
    again = runs("return_cold_spare").good()
    assert "No page tells whether what was entered on the spare was restored there" in again.words
    assert (changed(again), runs.bench.writes()) == (set(), 0)


@pytest.mark.parametrize("down", [A, B])
def test_the_evidence_is_written_with_either_appliance_down(runs: Runs, down: str) -> None:
    """Which of the two may be down: the source, when it is to be replaced or given back to."""
    runs.made()
    runs.control.power(down, "off")
    for name in ALL:
        ran = runs(name, *WAITING)
        assert ran.code != 0, ran.output
        report = evidence(runs, ran)
        assert report["outcome"] == ("waiting" if (name, down) == ("return_cold_spare", A) else "failed")
        if down == A:
            assert outcomes(report)[f"answers@{B}"] == "passed"
        else:
            assert "At least one node must answer" in report["reason"]
        assert not [event for event in ran.events if event["status"] == "unreachable"]
    assert runs.bench.writes() == 0


def test_the_example_of_the_module(runs: Runs) -> None:
    """As its documentation shows it; test_examples.py leaves it to this test."""
    tasks = yaml.safe_load(constants(text("plugins/modules/cold_spare.py"))["EXAMPLES"])
    runs.control.do(B, "take_name", "UVM-1B")
    secrets = {"vault_share_password": SHARE_SECRET, "vault_backup_password": RESTORE}
    ran = runs.playbooks.start(play(*tasks, hosts=B, vars=secrets)).ended(LIMIT).good()
    runs.bench.silent(ran.output)
    assert state(runs) == (SPARE, True)


# -- wrong starts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_a_host_that_is_nobodys_spare(runs: Runs, name: str) -> None:
    message = runs(name, "-l", A).failure(f"{ROLE}A spare must be among the hosts")["msg"]
    assert "useries_cold_spare_of" in message and "Nothing was changed" in message, message
    assert runs.bench.writes() == 0


def test_made_without_its_name(runs: Runs) -> None:
    backed_up(runs.bench)
    runs.control.reset_counts()
    runs.nothing(runs("cold_spare"), "Nothing stands against it", f"confirm: '{NAME}'")


def test_made_of_an_appliance_of_another_name(runs: Runs) -> None:
    backed_up(runs.bench)
    runs.control.do(B, "take_name", "UVM-OTHER")
    runs.control.reset_counts()
    runs.nothing(runs("cold_spare", *CONFIRMED), f"{FLOW}Gates", "UVM-OTHER", NAME, "must have the name of its source")


@pytest.mark.long
def test_activated_beside_a_source_that_answers(runs: Runs) -> None:
    runs.made()
    runs.nothing(
        runs("activate_cold_spare", *WAITING), "The source is off, and nothing else stands against it", "sign of life"
    )
    assert state(runs) == (SPARE, True)


@pytest.mark.long
def test_activated_with_the_wrong_name(runs: Runs) -> None:
    runs.made()
    ran = runs("activate_cold_spare", *CONFIRMED, *runs.off())
    runs.nothing(ran, "The source is off, and nothing else stands against it", f"confirm: '{SPARE}'")


def test_given_back_while_the_source_answers(runs: Runs) -> None:
    ran = runs("return_cold_spare", *CONFIRMED)
    runs.nothing(ran, "The source must be off until the spare has given up its name", "useries-1a answers")


def test_given_back_by_a_word_that_is_not_true(runs: Runs) -> None:
    """Both are on and the spare is activated."""
    backed_up(runs.bench)
    runs.control.reset_counts()
    ran = runs("return_cold_spare", "-e", "person_done=source_is_on")
    runs.nothing(ran, "The spare waits", "two machines have one name")


# -- a restore test on the spare ---------------------------------------------------------------------------------------

TEST = ("-e", f"restore_test_on={B}", "-e", f"backup_password={RESTORE}", "-e", "backup_location=nas")
MEANT = (*WAITING, "-e", "accept_data_loss=true")
PRESS = "available_backups.backups.restore"


def presses(runs: Runs) -> int:
    """How often a restore was ordered."""
    return len([one for one in runs.control.log() if one["kind"] == "write" and PRESS in one["what"]])


def ready(runs: Runs) -> None:
    """B waits as a spare, has the share as a location, and holds something else; A's backup is new."""
    runs.made()
    given = {"name": "nas", "path": SHARE, "share_username": ACCOUNT, "share_password": SHARE_SECRET}
    assert runs.bench.attempt("backup_location", B, **given)["changed"] is True
    runs.control.do(A, "backups.create", "nas", RESTORE, False)
    runs.control.advance(200)
    runs.control.do(B, "database.write", "of the spare")
    runs.control.reset_counts()


def test_a_verified_backup_is_restored_on_the_spare(runs: Runs) -> None:
    """Only the gates, none, without the words, and restored; the source is not touched."""
    ready(runs)
    runs("verify_backup", *TEST, *GATES).good()
    without = runs("verify_backup", *TEST, "--skip-tags", "gates", *MEANT)
    assert without.code != 0, without.output
    assert evidence(runs, without)["outcome"] == "failed"
    unsaid = runs("verify_backup", *TEST)
    assert "confirm and accept_data_loss: true are needed" in explained(unsaid), explained(unsaid)
    assert presses(runs) == 0
    wrong = runs("verify_backup", *TEST, *CONFIRMED, "-e", "accept_data_loss=true")
    assert f"confirm: '{SPARE}'" in explained(wrong), explained(wrong)
    runs.control.reset_counts()
    runs("verify_backup", *TEST, *MEANT, "--check").good()
    assert runs.bench.writes() == 0
    assert "of the spare" in runs.control.state(B)["database"]["records"]
    before = runs.control.state(A)["database"]
    report = evidence(runs, runs("verify_backup", *TEST, *MEANT).good())
    assert (report["outcome"], report["workflow"], report["nodes"]) == ("succeeded", "restore_test", [B])
    assert runs.control.state(B)["database"]["records"] == ["data of UVM-1A"]
    assert (presses(runs), state(runs), runs.control.state(A)["database"]) == (1, (SPARE, True), before)


def test_a_restore_test_on_what_is_in_use(runs: Runs) -> None:
    """No spare, a spare that does not wait, one that is down, and one that is a node of a pair."""
    backed_up(runs.bench)
    runs.control.reset_counts()
    named = ("-e", f"restore_test_on={A}", *TEST[2:], *MEANT)
    for words in (named, (*TEST, *MEANT, "-l", A), ("-e", "restore_test_on=nobody", *TEST[2:])):
        stopped = runs("verify_backup", *words)
        assert "it has to be the inventory name of a cold spare" in explained(stopped), explained(stopped)
    in_use = runs("verify_backup", *TEST, *MEANT)
    runs.nothing(in_use, "useries.appliance.backup : Nobody works with it", "may be in use", "cold_spare.yml")
    runs.control.power(B, "off")
    down = runs("verify_backup", *TEST, *MEANT)
    assert "At least one node must answer" in evidence(runs, down)["reason"]
    runs.control.power(B, "on")
    runs.control.advance(400)
    for host in (A, B):
        runs.control.do(host, "roles.change", "high_availability", {"enabled": True})
        runs.control.do(host, "roles.apply")
    runs.control.advance(60)
    runs.control.do(B, "take_name", "UVM-1B")
    keys = {host: runs.control.state(host)["api_key"] for host in (A, B)}
    runs.control.do(A, "ha.register_key", keys[B])
    runs.control.do(B, "ha.register_key", keys[A])
    runs.control.do(A, "ha.start_exchange", "UVM-1B")
    runs.control.advance(400)
    runs.control.reset_counts()
    paired = runs("verify_backup", *TEST, *MEANT)
    runs.nothing(paired, f"{FLOW}Gates", "gates of restore_test failed", "this workflow expects unpaired")
