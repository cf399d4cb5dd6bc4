# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restoring as a workflow: never twice without a person's word, whatever became of the run or of the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.playbook import Core, Ran, play, task
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.workflow import evidence, outcomes, playbook, reports, run

pytestmark = pytest.mark.one_way  # the module has tests of its own in every way

ZIP, PRESS = "zip-Canary-7", "available_backups.backups.restore"
WAY_BACK = "Nothing leads back but the restore of a backup of the present state"


def taken(pair: Site) -> tuple[str, ...]:
    """A has a backup, and data that came since; the words of a restore."""
    pair.control.do(A, "backups.create", "LocalBackups", ZIP, False)
    pair.control.advance(200)
    pair.control.do(A, "database.write", "written since")
    pair.control.reset_counts()
    (backup,) = pair.backups(A)
    return (
        "-l",
        A,
        "-e",
        f"backup_restore_name={backup['name']}",
        "-e",
        "accept_data_loss=true",
        "-e",
        "confirm=UVM-1A",
    )


def restored(pair: Site) -> bool:
    """Whether what was written since is gone."""
    return "written since" not in pair.state(A)["database"]["records"]


def failed(pair: Site, ran: Ran, *says: str, writes: int = 0) -> None:
    """It stopped with these words and with evidence, and ordered nothing."""
    assert ran.code != 0
    for text in says:
        assert text in explained(ran), explained(ran)
    assert evidence(pair, ran)["outcome"] == "failed"
    assert (pair.writes(), restored(pair)) == (writes, False)


def test_checked_refused_and_restored(core: Core, tmp_path: Path) -> None:
    """One simulated pair without high availability: only the gates, none, check mode, and at last the restore."""
    with site(core, tmp_path) as pair:
        words = taken(pair)
        only = run(pair, "restore", *words, "--tags", "gates").good()
        assert WAY_BACK in only.words
        assert (pair.writes(), reports(pair).exists()) == (0, False)
        failed(pair, run(pair, "restore", *words, "--skip-tags", "gates"), "gates of restore were not checked")
        checked = run(pair, "restore", *words, "--check").good()
        assert (A, "Restore") in changed(checked)
        assert pair.writes() == 0
        ran = run(pair, "restore", *words).good()
        assert restored(pair)
        assert len(pair.orders(PRESS)) == 1
        report = evidence(pair, ran)
        assert report["outcome"] == "succeeded"
        assert outcomes(report)[f"state@{A}"] == "passed"
        assert ZIP not in ran.output


def alone(pair: Site) -> None:
    """The inventory names no partner of A."""
    text = pair.simulated.inventory.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "useries_partner" not in line]
    pair.simulated.inventory.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_appliance_without_a_partner(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        alone(pair)
        words = taken(pair)
        ran = run(pair, "restore", *words).good()
        report = evidence(pair, ran)
        assert report["nodes"] == [A]
        assert set(outcomes(report)) == {f"{name}@{A}" for name in ("answers", "state", "clock", "version", "updates")}
        assert restored(pair)
        pair.control.power(A, "off")
        before = pair.writes()
        down = run(pair, "restore", *words)
        assert (down.code != 0, pair.writes()) == (True, before)
        assert evidence(pair, down)["nodes"] == [A]


def test_wrong_starts(core: Core, tmp_path: Path) -> None:
    """A mirrored pair, an unfinished drill, a pair that is not well, a node that is down."""
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        words = taken(pair)
        known = (*words, "-e", "backup_acknowledge_high_availability=true")
        failed(
            pair,
            run(pair, "restore", *words),
            "High availability is on",
            "-e backup_acknowledge_high_availability=true",
        )
        pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
        failed(pair, run(pair, "restore", *known), "A failover drill was interrupted", "Nothing was changed")
        pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": False})
        pair.control.do(A, "ha.suspend")
        failed(pair, run(pair, "restore", *known), "SUSPENDED", "diagnose_failover.yml", "Nothing was changed")
        pair.control.power(A, "off")
        failed(pair, run(pair, "restore", *known), "does not answer")


@pytest.mark.long
def test_another_name_restores_nothing(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        words = taken(pair)
        imported = 1
        ran = run(pair, "restore", *words, "-e", "confirm=UVM-1B")
        failed(pair, ran, "confirm: 'UVM-1A'", "Nothing was changed", writes=imported)
        pair.control.power(B, "off")  # which is not needed
        run(pair, "restore", *words).good()
        assert restored(pair)


def test_a_restore_that_the_console_refuses_may_be_tried_again(core: Core, tmp_path: Path) -> None:
    """A backup of another appliance and the wrong password: the refusal is an answer, so no person is asked."""
    with site(core, tmp_path) as pair:
        where = {"name": "Nas", "path": "\\\\nas\\backups"}
        pair.run(playbook=play(task("A share", "backup_location", where), hosts="useries")).good()
        pair.control.do(B, "backups.create", "Nas", ZIP, False)
        pair.control.advance(200)
        (backup,) = pair.backups(B)
        words = (
            *("-l", A, "-e", f"backup_restore_name={backup['name']}", "-e", "confirm=UVM-1A"),
            *("-e", "accept_data_loss=true"),
        )
        ran = run(pair, "restore", *words)
        assert "The password of the backup is wrong" in explained(ran)
        assert evidence(pair, ran)["outcome"] == "failed"
        assert pair.state(A)["database"]["records"] == ["data of UVM-1A"]
        run(pair, "restore", *words, "-e", f"backup_password={ZIP}").good()
        assert pair.state(A)["database"]["records"] == pair.state(B)["database"]["records"]
        assert len(pair.orders(PRESS)) == 2


@pytest.mark.parametrize("word", ["person_done", "repeat_step"])
def test_a_lost_answer_ends_unknown_until_a_person_decides(core: Core, tmp_path: Path, word: str) -> None:
    with site(core, tmp_path) as pair:
        words = taken(pair)
        pair.control.fault("reset", node=A, path=PRESS, when="before", count=1)
        ran = run(pair, "restore", *words)
        assert "nobody can say" in explained(ran)
        for _time in range(2):
            again = run(pair, "restore", *words)
            for text in (
                "nobody can say",
                "-e person_done=restore",
                "-e repeat_step=restore",
                "Do not repeat it blindly",
            ):
                assert text in explained(again), explained(again)
            assert evidence(pair, again)["outcome"] == "failed"
        assert (len(pair.orders(PRESS)), restored(pair)) == (0, False)
        ended = run(pair, "restore", *words, "-e", f"{word}=restore").good()
        assert restored(pair) is (word == "repeat_step")
        assert evidence(pair, ended)["outcome"] == "succeeded"


def test_a_run_that_was_killed_after_the_order_does_not_restore_again(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        words = taken(pair)
        slow = pair.slowly(2.0)
        running = pair.start(*words, *slow, playbook=playbook("restore"))
        pair.until(lambda: bool(pair.orders(PRESS)), running)
        running.process.kill()
        running.process.wait()
        pair.control.advance(3600)
        again = run(pair, "restore", *words)
        assert "nobody can say" in explained(again)
        assert len(pair.orders(PRESS)) == 1
        run(pair, "restore", *words, "-e", "person_done=restore").good()
        assert len(pair.orders(PRESS)) == 1
        assert restored(pair)
