# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of a cold spare: made, activated, and given back; and their wrong starts."""

from __future__ import annotations

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
    backed_up,
    bench_of_spare,
    with_spare,
)
from tests.support.modules import constants
from tests.support.playbook import Core, Playbooks, Ran, play
from tests.support.project import text
from tests.support.simulator import Simulated

__all__ = ("with_spare",)  # a fixture

pytestmark = pytest.mark.one_way

CONFIRMED, WAITING = ("-e", f"cold_spare_confirm={NAME}"), ("-e", f"cold_spare_confirm={SPARE}")
ROLE = "useries.appliance.cold_spare : "
LIMIT = 240.0  # seconds
GATES = ("--tags", "gates")
VARIABLES = {
    "cold_spare_restore_location": SHARE,
    "cold_spare_share_username": ACCOUNT,
    "cold_spare_share_password": SHARE_SECRET,
    "cold_spare_restore_password": RESTORE,
    "cold_spare_day": "Monday",
    "cold_spare_temporary_name": SPARE,
}


class Runs:
    """Runs of the three playbooks against one bench."""

    def __init__(self, bench: Bench, core: Core, folder: Path) -> None:
        self.bench, self.control = bench, bench.control
        tree = yaml.safe_load(bench.pair.inventory.read_text(encoding="utf-8"))
        for group in tree["useries"]["children"].values():
            for host, own in group["hosts"].items():
                own.pop("useries_partner", None)
                if host == B:
                    own.update({**VARIABLES, "useries_cold_spare_of": A})
        path = folder / "spare.yml"
        path.write_text(yaml.safe_dump(tree), encoding="utf-8")
        self.playbooks = Playbooks(core, path, folder)

    def __call__(self, name: str, *words: str) -> Ran:
        """One run; no secret is printed."""
        playbook = [{"name": name, "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]
        ran = self.playbooks.start(playbook, *words).ended(LIMIT)
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
        """It failed there with these words, and wrote nothing."""
        message = ran.failure(ROLE + task)["msg"]
        for word in words:
            assert word in message, message
        assert self.bench.writes() == 0


@pytest.fixture
def runs(with_spare: Simulated, core: Core, tmp_path: Path) -> Iterator[Runs]:
    """A bench with an inventory in which B is A's spare."""
    with bench_of_spare(with_spare, tmp_path) as bench:
        yield Runs(bench, core, tmp_path)


def state(runs: Runs) -> tuple[Any, Any]:
    """What B is called, and whether it waits."""
    found = runs.control.state(B)
    return found["machine_name"], found["cold_spare"]["waiting"]


def test_a_spare_is_made_activated_and_given_back(runs: Runs) -> None:
    backed_up(runs.bench)
    runs.control.reset_counts()
    runs("cold_spare", *GATES, *CONFIRMED).good()
    assert (runs.bench.writes(), state(runs)) == (0, (NAME, False))
    runs("cold_spare", *CONFIRMED).good()
    assert state(runs) == (SPARE, True)
    runs.control.reset_counts()
    again = runs("cold_spare").good()
    assert not [event for event in again.events if event["result"].get("changed")], again.output
    runs.control.advance(7 * 86400)
    word = runs.off()
    runs.control.reset_counts()
    runs("activate_cold_spare", *GATES, *WAITING, *word).good()
    assert (runs.bench.writes(), state(runs)) == (0, (SPARE, True))
    activated = runs("activate_cold_spare", *WAITING, *word).good()
    assert state(runs) == (NAME, False)
    assert f"useries-1b is called {NAME}." in activated.words
    assert runs.control.state(B)["database"]["records"] == ["data of UVM-1A"]
    runs.control.reset_counts()
    runs("return_cold_spare", *GATES, *CONFIRMED).good()
    assert (runs.bench.writes(), state(runs)) == (0, (NAME, False))
    stopped = runs("return_cold_spare", *CONFIRMED)
    assert "waiting for a person: source_is_on" in stopped.failure(f"{ROLE}Wait for a person")["msg"]
    assert state(runs) == (SPARE, True)
    assert len(runs.control.state(B)["backups"]["entries"]) == 1
    runs.control.power(A, "on")
    runs.control.advance(400)
    assert not [one for one in runs.control.state(A)["notifications"] if "duplicate name" in one["text"]]
    runs.control.reset_counts()
    runs("return_cold_spare", "-e", "person_done=source_is_on").good()
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


@pytest.mark.parametrize("name", ["cold_spare", "activate_cold_spare", "return_cold_spare"])
def test_a_host_that_is_nobodys_spare(runs: Runs, name: str) -> None:
    runs.nothing(runs(name, "-l", A), "A spare must be among the hosts", "useries_cold_spare_of", "Nothing was changed")


def test_made_without_its_name(runs: Runs) -> None:
    backed_up(runs.bench)
    runs.control.reset_counts()
    runs.nothing(runs("cold_spare"), "Nothing stands against it", f"confirm: '{NAME}'")


def test_made_of_an_appliance_of_another_name(runs: Runs) -> None:
    backed_up(runs.bench)
    runs.control.do(B, "take_name", "UVM-OTHER")
    runs.control.reset_counts()
    runs.nothing(runs("cold_spare", *CONFIRMED), "The requirements of both appliances", "UVM-OTHER", NAME)


def test_activated_beside_a_source_that_answers(runs: Runs) -> None:
    runs.made()
    runs.nothing(
        runs("activate_cold_spare", *WAITING), "The source is off, and nothing else stands against it", "sign of life"
    )
    assert state(runs) == (SPARE, True)


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
