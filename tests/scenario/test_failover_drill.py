# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The failover drill: the pair ends as it began, with evidence; Auto Resync is off in every case (guide 1163-1174)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.workflow import evidence, playbook, run

SURFACES = ("console", "endpoint", "idrac")
SURE = ("-e", "confirm=UVM-1A+UVM-1B")
SURE_BY_HAND = ("-e", "confirm=UVM-1B+UVM-1A")  # the one that takes over is named first


def as_before(pair: Site) -> None:
    """The pair is as it was: roles, mirror, settings."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        state = pair.state(host)["ha"]
        assert state["mirror_state"] == "SYNCHRONIZED"
        assert state["settings"]["attempt_auto_resync"] is False
        assert state["settings"]["medium_failover_mode"] is False
        assert state["settings"]["reboot_blackout_window"] == 14


def test_the_pair_fails_over_and_back(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.write_data", "before the drill")
        aims = [f"high_availability_drill_{aim}_target_minutes={minutes}" for aim, minutes in (("rto", 60), ("rpo", 0))]
        ran = run(pair, "failover_drill", *SURE, "-e", aims[0], "-e", aims[1]).good()
        as_before(pair)
        assert len(pair.orders("switch_roles")) == 1
        for host in (A, B):
            assert "before the drill" in pair.state(host)["database"]["records"]
        report = evidence(pair, ran)
        assert report["outcome"] == "succeeded"
        assert 300 < report["measured"]["rto_seconds"] < 1500, report["measured"]
        assert "by the appliance" in report["measured"]["rto_source"]
        names = ("rto_target_seconds", "rpo_seconds", "rpo_target_seconds")
        assert [report["measured"][name] for name in names] == [3600, 0, 0]
        roles = [(one["of"], one["value"]) for one in report["states"] if one["what"] == "role"]
        assert ("UVM-1B", "Active") in roles


@pytest.mark.long
def test_it_asks_for_the_names(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        ran = run(pair, "failover_drill", "-e", "confirm=UVM-1A")
        assert ran.code != 0
        assert "-e confirm=UVM-1A+UVM-1B" in explained(ran)
        assert pair.writes() == 0
        as_before(pair)


@pytest.mark.parametrize("state", ["suspended", "partner off", "clock"])
@pytest.mark.long
def test_a_wrong_start(core: Core, tmp_path: Path, state: str) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        if state == "suspended":
            pair.control.do(A, "ha.suspend")
        elif state == "partner off":
            pair.control.power(B, "off")
        else:
            pair.control.set("clock_offset", 900.0, B)
        ran = run(pair, "failover_drill", *SURE)
        assert ran.code != 0
        assert "gates of failover_drill failed" in explained(ran)
        assert pair.writes() == 0
        assert evidence(pair, ran)["outcome"] == "failed"


def test_a_drill_of_somebody_else_is_stopped_and_auto_resync_turned_off(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
        ran = run(pair, "failover_drill", *SURE)
        assert ran.code != 0
        assert "A failover drill was interrupted" in explained(ran)
        as_before(pair)
        assert pair.state(A)["powered"] is True


@pytest.mark.long
def test_a_checkpoint_that_lost_the_settings_is_none_to_go_on_with(core: Core, tmp_path: Path) -> None:
    """Medium failover mode may have been on before that drill: it stops and says so; the next drill is a new one."""
    orphan = {"workflow": "failover_drill", "record": {"stop": {}}}
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        for host in (A, B):
            pair.control.do(host, "ha.update_settings", {"attempt_auto_resync": True})
        task = {"name": "An orphan", "useries.appliance.checkpoint": orphan}
        pair.run(playbook=[{"hosts": A, "gather_facts": False, "tasks": [task]}]).good()
        ran = run(pair, "failover_drill", *SURE)
        assert ran.code != 0
        for words in ("A failover drill was interrupted", "how Medium Failover Mode was set before it"):
            assert words in explained(ran), explained(ran)
        as_before(pair)
        done = run(pair, "failover_drill", *SURE).good()
        assert evidence(pair, done)["measured"]["rto_seconds"] > 0
        as_before(pair)


@pytest.mark.long
def test_a_person_stops_the_node(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        words = ("-e", "high_availability_drill_method=person")
        first = run(pair, "failover_drill", *SURE, *words)
        assert first.code != 0
        assert "waiting for a person: stop" in explained(first)
        assert evidence(pair, first)["outcome"] == "waiting"
        pair.control.power(A, "off")
        second = run(pair, "failover_drill", *SURE, *words, "-e", "person_done=stop")
        assert "waiting for a person: back" in explained(second), second.output
        pair.control.power(A, "on")
        pair.control.advance(300)
        last = run(pair, "failover_drill", *SURE, *words).good()
        as_before(pair)
        measured = evidence(pair, last)["measured"]
        assert ("rpo_seconds" in measured, "a person stopped the node" in measured["rpo_source"]) == (False, True)
        assert len(pair.orders("switch_roles")) == 1
        assert json.dumps(pair.state(B)["ha"]["settings"]["attempt_auto_resync"]) == "false"


@pytest.mark.long
def test_a_node_that_never_comes_back_is_named_with_what_is_left_on(core: Core, tmp_path: Path) -> None:
    """Auto Resync can lose data: that it is still on there is told beside why the drill failed."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "fail_next", "boot", "no boot device")
        ran = run(pair, "failover_drill", *SURE, "-e", "high_availability_wait_timeout=1200")
        assert ran.code != 0
        assert f"Attempt Auto Resync could not be turned off on {A}" in explained(ran), explained(ran)
        assert pair.state(B)["ha"]["settings"]["attempt_auto_resync"] is False
        assert "it can lose data" in evidence(pair, ran)["reason"]


# -- a graceful shutdown: the Reboot Blackout Window counts ------------------------------------------------------------
GRACEFUL = ("-e", "high_availability_drill_method=graceful")
PAGE = ("schedule_a_reboot.reboot.action", "schedule_a_reboot.reboot.reboot")


def without_the_page(pair: Site) -> tuple[str, str]:
    """Nobody has named the labels of Schedule a Reboot."""
    inventory = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
    labels = inventory["useries"]["vars"]["useries_console_labels"]
    assert set(PAGE) <= set(labels)
    left = {key: words for key, words in labels.items() if key not in PAGE}
    return "-e", json.dumps({"useries_console_labels": left})


def test_the_page_shuts_the_node_down_and_a_short_window_lets_the_other_take_over(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        checked = run(pair, "failover_drill", *SURE, *GRACEFUL, "--check").good()
        assert (A, "Restart or shut the node down gracefully") in changed(checked)
        assert pair.writes() == 0
        ran = run(pair, "failover_drill", *SURE, *GRACEFUL).good()
        as_before(pair)
        assert len(pair.orders("schedule_a_reboot")) == len(pair.orders("switch_roles")) == 1
        report = evidence(pair, ran)
        assert 240 < report["measured"]["rto_seconds"] < 14 * 60, report["measured"]  # not the window before


@pytest.mark.long
def test_without_the_page_windows_shuts_it_down(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=(*SURFACES, "windows")) as pair:
        pair.pair_by_hand()
        ran = run(pair, "failover_drill", *SURE, *GRACEFUL, *without_the_page(pair)).good()
        assert "Reboot Blackout Window" in ran.words
        as_before(pair)
        assert pair.orders("schedule_a_reboot") == []


@pytest.mark.long
def test_without_either_a_person_shuts_it_down(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        words = (*SURE, *GRACEFUL, *without_the_page(pair))
        first = run(pair, "failover_drill", *words)
        assert "waiting for a person: stop" in explained(first)
        assert "Maintenance > Schedule a Reboot on useries-1a" in explained(first)
        assert evidence(pair, first)["outcome"] == "waiting"
        for host in (A, B):
            assert pair.state(host)["ha"]["settings"]["reboot_blackout_window"] == 5
        pair.control.power(A, "off", graceful=True)
        second = run(pair, "failover_drill", *words, "-e", "person_done=stop")
        assert "waiting for a person: back" in explained(second), second.output
        pair.control.power(A, "on")
        pair.control.advance(300)
        run(pair, "failover_drill", *words).good()
        as_before(pair)


@pytest.mark.parametrize(
    ("method", "other"), [("graceful", {"reboot_blackout_window": 99}), ("medium", {"medium_failover_mode": False})]
)
def test_a_node_that_does_not_show_the_settings_stops_it(
    core: Core, tmp_path: Path, method: str, other: dict[str, Any]
) -> None:
    """Nothing is shut down, and everything is put back."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.set("settings_follow", False)
        words = (*SURE_BY_HAND, "-e", f"high_availability_drill_method={method}")
        running = pair.start("-e", f"useries_report_dir={pair.folder}", *words, playbook=playbook("failover_drill"))
        pair.until(lambda: _told(running.record, "Settings of the drill on both nodes"), running)
        pair.control.do(B, "ha.update_settings", other)
        ran = running.ended(120)
        assert ran.code != 0
        assert "useries-1b does not show the settings of the drill" in explained(ran), explained(ran)
        assert pair.state(A)["powered"] is True
        as_before(pair)


def _told(record: Path, task: str) -> bool:
    """Whether a task has ended, with all of its items."""
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    events: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return any(one["task"].endswith(task) and one["status"] == "ok" for one in events)


def test_a_window_longer_than_the_drill_waits_is_refused(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        ran = run(pair, "failover_drill", *SURE, *GRACEFUL, "-e", "high_availability_drill_blackout_window=120")
        assert "Correct high_availability_drill_blackout_window" in explained(ran)
        assert pair.writes() == 0
        assert evidence(pair, ran)["outcome"] == "failed"


# -- medium failover mode: somebody presses Failover -------------------------------------------------------------------
MEDIUM = ("-e", "high_availability_drill_method=medium")


def test_in_medium_mode_failover_is_pressed_when_the_idrac_says_off(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        unsure = run(pair, "failover_drill", *SURE, *MEDIUM)
        assert "-e confirm=UVM-1B+UVM-1A" in explained(unsure)
        assert pair.writes() == 0
        ran = run(pair, "failover_drill", *SURE_BY_HAND, *MEDIUM).good()
        as_before(pair)
        assert len(pair.orders("failover_to_this")) == len(pair.orders("switch_roles")) == 1
        assert "it says Off" in str(ran.events)
        assert evidence(pair, ran)["measured"]["rto_seconds"] > 300


@pytest.mark.long
def test_in_medium_mode_without_an_idrac_a_person_says_that_it_is_off(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        words = (*SURE_BY_HAND, *MEDIUM)
        first = run(pair, "failover_drill", *words)
        assert "waiting for a person: stop" in explained(first)
        pair.control.power(A, "off")
        second = run(pair, "failover_drill", *words, "-e", "person_done=stop")
        word = f"primary_is_off=UVM-1A@{pair.simulated.nodes[A].address}"
        assert f"-e {word}" in explained(second), second.output
        assert pair.orders("failover_to_this") == []
        third = run(pair, "failover_drill", *words, "-e", word)
        assert "waiting for a person: back" in explained(third), third.output
        assert pair.role(B) == "Active"
        pair.control.power(A, "on")
        pair.control.advance(300)
        run(pair, "failover_drill", *words).good()
        as_before(pair)
        assert len(pair.orders("failover_to_this")) == 1
