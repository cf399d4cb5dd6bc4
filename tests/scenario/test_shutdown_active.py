# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The active node is restarted or shut down and the other one does not take over (guide 1096-1098, 1113)."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
import yaml

from tests.support.draw import drawn
from tests.support.playbook import Core
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.starts import Start, as_it_is, begun_wrongly
from tests.support.workflow import evidence, playbook, run

FLOW = "shutdown_active"
SURE = ("-e", "confirm=UVM-1A+UVM-1B")
DOWN = ("-e", "high_availability_shutdown_action=shut_down")
PAGE = ("schedule_a_reboot.reboot.action", "schedule_a_reboot.reboot.reboot")
WINDOW, TIMEOUT = "reboot_blackout_window", "partner_failover_timeout"


def without_the_page(pair: Site) -> tuple[str, str]:
    """Nobody has named the labels of Schedule a Reboot."""
    inventory = yaml.safe_load(pair.simulated.inventory.read_text(encoding="utf-8"))
    labels = inventory["useries"]["vars"]["useries_console_labels"]
    assert set(PAGE) <= set(labels)
    return "-e", json.dumps({"useries_console_labels": {key: labels[key] for key in labels if key not in PAGE}})


def shown(pair: Site, name: str) -> tuple[int, int]:
    """A setting on both nodes."""
    return tuple(int(pair.state(host)["ha"]["settings"][name]) for host in (A, B))  # type: ignore[return-value]


def as_before(pair: Site) -> None:
    """Roles, mirror and settings are what they were; nobody failed over."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"
        assert pair.state(host)["ha"]["failed_over_at"] is None
    assert (shown(pair, WINDOW), shown(pair, TIMEOUT)) == ((14, 14), (6, 6))


def written(pair: Site) -> list[str]:
    """What was written, in order, by the names of the pages."""
    return [entry["what"] for entry in pair.control.log() if entry["kind"] == "write"]


def test_the_active_node_is_restarted_and_stays_the_active_one(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        began = pair.state(A)["boot_time"]
        checked = run(pair, FLOW, *SURE, "--check").good()
        assert (A, "Restart or shut the node down gracefully") in changed(checked)
        assert pair.writes() == 0
        ran = run(pair, FLOW, *SURE).good()
        as_before(pair)
        assert pair.state(A)["boot_time"] > began
        orders = written(pair)
        at = [index for index, what in enumerate(orders) if "schedule_a_reboot" in what]
        assert len(at) == 1
        assert any("update_settings" in what for what in orders[: at[0]])
        assert any("update_settings" in what for what in orders[at[0] :])
        report = evidence(pair, ran)
        assert (report["outcome"], report["workflow"]) == ("succeeded", FLOW)
        assert not list((tmp_path / "ansible-home").rglob("*shutdown_active*.checkpoint"))


@pytest.mark.long
def test_a_window_that_is_longer_already_stays(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.update_settings", {WINDOW: 90})
        pair.control.reset_counts()
        run(pair, FLOW, *SURE).good()
        assert shown(pair, WINDOW) == (90, 90)
        assert pair.orders("update_settings") == []


def test_a_person_works_on_the_node_that_was_shut_down(core: Core, tmp_path: Path) -> None:
    """Longer than the window before, shorter than the one of the work."""
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        first = run(pair, FLOW, *SURE, *DOWN)
        assert "waiting for a person: back" in explained(first), first.output
        assert evidence(pair, first)["outcome"] == "waiting"
        assert pair.state(A)["powered"] is False
        assert pair.state(B)["ha"]["settings"][WINDOW] == 60
        pair.control.advance(1500)
        pair.control.power(A, "on")
        pair.control.advance(300)
        run(pair, FLOW, *SURE, *DOWN).good()
        as_before(pair)
        assert len(pair.orders("schedule_a_reboot")) == 1


@pytest.mark.long
def test_work_that_took_too_long_ends_with_a_failover_that_is_told(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        assert "waiting for a person: back" in explained(run(pair, FLOW, *SURE, *DOWN))
        pair.control.advance(2 * 3600)
        pair.control.power(A, "on")
        pair.control.advance(300)
        assert pair.role(B) == "Active"
        late = run(pair, FLOW, *SURE, *DOWN)
        assert f"{B} took over while {A} was down" in explained(late), late.output
        assert "failback.yml" in explained(late)
        assert evidence(pair, late)["outcome"] == "failed"
        assert (shown(pair, WINDOW), shown(pair, TIMEOUT)) == ((14, 14), (6, 6))
        again = run(pair, FLOW, *SURE, *DOWN)
        assert "of the gates of shutdown_active failed" in explained(again)
        assert len(pair.orders("schedule_a_reboot")) == 1


@pytest.mark.long
def test_without_the_page_windows_does_it_and_the_other_timeout_is_long_as_well(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=("console", "endpoint", "windows")) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, *SURE, *without_the_page(pair)).good()
        assert "Reboot Blackout Window" in ran.words
        as_before(pair)
        assert pair.orders("schedule_a_reboot") == []
        assert "'partner_failover_timeout': 60" in str(ran.events)


@pytest.mark.long
def test_without_either_a_person_restarts_it(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        words = (*SURE, *without_the_page(pair))
        first = run(pair, FLOW, *words)
        assert "waiting for a person: stop" in explained(first)
        assert f"Maintenance > Schedule a Reboot on {A}" in explained(first)
        assert evidence(pair, first)["outcome"] == "waiting"
        assert shown(pair, WINDOW) == (60, 60)
        pair.control.power(A, "restart", graceful=True)
        run(pair, FLOW, *words, "-e", "person_done=stop").good()
        as_before(pair)


@pytest.mark.long
def test_a_node_that_does_not_come_back_is_told_and_the_rest_put_back(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "fail_next", "boot", "no boot device")
        ran = run(pair, FLOW, *SURE)
        assert ran.code != 0
        assert f"The settings could not be put back on {A}" in explained(ran)
        assert pair.state(B)["ha"]["settings"][WINDOW] == 14
        report = evidence(pair, ran)
        assert report["outcome"] == "failed"
        assert '"reboot_blackout_window": 14' in report["reason"]


@pytest.mark.long
def test_a_run_that_was_killed_is_gone_on_with(core: Core, tmp_path: Path) -> None:
    """The node is not restarted twice, and the window before is known to the next run."""
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        running = pair.start(*SURE, playbook=playbook(FLOW))
        pair.until(lambda: bool(pair.orders("schedule_a_reboot")), running)
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        assert shown(pair, WINDOW) == (60, 60)
        again = run(pair, FLOW, *SURE)
        if again.code:  # the worker ended before it saw what became of the restart
            assert "-e person_done=stop" in explained(again), explained(again)
            run(pair, FLOW, *SURE, "-e", "person_done=stop").good()
        as_before(pair)
        assert len(pair.orders("schedule_a_reboot")) == 1


@pytest.mark.long
def test_a_node_that_does_not_show_the_window_stops_it(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.set("settings_follow", False)
        running = pair.start("-e", f"useries_report_dir={pair.folder}", *SURE, playbook=playbook(FLOW))
        pair.until(lambda: _told(running.record, "A window that is long enough on both nodes"), running)
        pair.control.do(B, "ha.update_settings", {WINDOW: 20})
        ran = running.ended(120)
        assert ran.code != 0
        assert f"{B} does not show the settings that were written" in explained(ran), explained(ran)
        assert pair.orders("schedule_a_reboot") == []
        as_before(pair)


def _told(record: Path, task: str) -> bool:
    """Whether a task has ended, with all of its items."""
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    events = [json.loads(line) for line in lines]
    return any(one["task"].endswith(task) and one["status"] == "ok" for one in events)


# -- wrong starts ------------------------------------------------------------------------------------------------------
def _suspended(pair: Site) -> None:
    pair.control.do(A, "ha.suspend")


def _passive_off(pair: Site) -> None:
    pair.control.power(B, "off")


def _active_off(pair: Site) -> None:
    pair.control.power(A, "off")


def _clock(pair: Site) -> None:
    pair.control.set("clock_offset", 900.0, B)


def _drill(pair: Site) -> None:
    pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})


STARTS: dict[str, Start] = {
    "suspended": (_suspended, SURE, ("SUSPENDED", "diagnose_failover.yml")),
    "passive off": (_passive_off, SURE, ("does not answer", "its power")),
    "active off": (_active_off, SURE, ("does not answer", "its power")),
    "clock": (_clock, SURE, ("The clock of", "date_time")),
    "drill": (_drill, SURE, ("Attempt Auto Resync is on", "failover_drill.yml")),
    "not confirmed": (as_it_is, (), ("no service and no failover meanwhile", "-e confirm=UVM-1A+UVM-1B")),
    "another pair": (as_it_is, ("-e", "confirm=UVM-2A+UVM-2B"), ("-e confirm=UVM-1A+UVM-1B",)),
    "window too short": (
        as_it_is,
        (*SURE, "-e", "high_availability_shutdown_minutes=45", "-e", "high_availability_shutdown_window=44"),
        ("announced with 45 minutes, and after 44", "Set high_availability_shutdown_minutes alone"),
    ),
    "no minutes": (as_it_is, (*SURE, "-e", "high_availability_shutdown_minutes=0"), ("announced with 0 minutes",)),
}


def stopped(core: Core, folder: Path, name: str) -> None:
    """It ends with advice; nothing was written, and the evidence says that it failed and why."""
    with site(core, folder) as pair:
        pair.pair_by_hand()
        begun_wrongly(pair, FLOW, STARTS[name])


def test_a_wrong_start(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    stopped(core, tmp_path, *drawn(FLOW, STARTS))


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    stopped(core, tmp_path, name)


def test_the_gates_alone_and_without_them(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        run(pair, FLOW, *SURE, "--tags", "gates").good()
        without = run(pair, FLOW, *SURE, "--skip-tags", "gates")
        assert without.code != 0
        assert pair.writes() == 0
        assert evidence(pair, without)["outcome"] == "failed"
