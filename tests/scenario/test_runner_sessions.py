# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One sign-in per host and run, logged out once at its end, however it ends; the lease of a pair between runs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.runner_bench import A, B, events, processes, until
from tests.support.playbook import Playbooks, Running, play, task
from tests.support.simulator import Simulated

VERSIONS = {"gather": ["versions"]}
PAGE = "general_settings"


def counts(simulated: Simulated, kind: str) -> list[int]:
    """Of both nodes."""
    return [simulated.control.count(kind, node, "console") for node in (A, B)]


def left_over(playbooks: Playbooks) -> list[str]:
    """Files that the collection left in Ansible's temporary directories."""
    return [str(path) for path in playbooks.directory.rglob("useries/*") if "state" not in path.parts]


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_one_sign_in_for_six_tasks_on_two_hosts(playbooks: Playbooks, simulated: Simulated, strategy: str) -> None:
    tasks = [task(f"read {number}", "appliance_info", VERSIONS) for number in range(4)]
    banners = [task(f"banner {number}", "login_banner", {"title": "A", "text": str(number)}) for number in range(2)]
    playbooks.run(play(*tasks, *banners, hosts="useries", strategy=strategy)).good()
    assert (counts(simulated, "login"), counts(simulated, "logout")) == ([1, 1], [1, 1])
    assert left_over(playbooks) == []


def test_tasks_at_the_same_time_sign_in_once(playbooks: Playbooks, simulated: Simulated) -> None:
    """Both hosts of the inventory mean one appliance: their workers start at the same moment."""
    playbooks.run(play(task("read", "appliance_info", VERSIONS, delegate_to=A), hosts="useries")).good()
    assert (counts(simulated, "login"), counts(simulated, "logout")) == ([1, 0], [1, 0])


def test_a_session_that_the_console_ended_is_renewed(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.fault("expire_session", A, path=PAGE)
    ran = playbooks.run(
        play(
            task("read", "appliance_info", VERSIONS),
            task("banner", "login_banner", {"title": "A", "text": "B"}),
            task("again", "appliance_info", VERSIONS),
        )
    ).good()
    assert ran.result("banner")["changed"]
    assert counts(simulated, "login") == [2, 0]
    assert simulated.control.count("write") == 1


SIGNALS = {"ctrl-c": signal.SIGINT, "terminated": signal.SIGTERM}


@pytest.mark.parametrize("name", SIGNALS)
def test_a_run_that_is_stopped_logs_out(playbooks: Playbooks, simulated: Simulated, name: str) -> None:
    simulated.control.fault("delay", A, path=PAGE, seconds=3)
    running = playbooks.start(
        play(
            task("read", "appliance_info", VERSIONS),
            task("banner", "login_banner", {"title": "A", "text": "B"}),
            task("never", "appliance_info", VERSIONS),
        )
    )
    # in the middle of the second task; what comes while a worker is forked: tests/unit/plugin_utils/test_ending.py
    until(lambda: events(running) == 1 and not simulated.control.call("GET", "/faults"), running)
    if name == "ctrl-c":
        os.killpg(running.process.pid, SIGNALS[name])  # a terminal sends it to the whole foreground group
    else:
        running.process.send_signal(SIGNALS[name])
    ran = running.ended()
    assert ran.code != 0
    until(lambda: counts(simulated, "logout") == [1, 0])
    assert counts(simulated, "login") == [1, 0]
    assert "never" not in [event["task"] for event in ran.events]
    assert left_over(playbooks) == []


def test_an_appliance_that_is_gone_at_the_end_spoils_nothing(playbooks: Playbooks, simulated: Simulated) -> None:
    wait = {"name": "wait", "ansible.builtin.wait_for": {"path": str(playbooks.directory / "go"), "sleep": 1}}
    book = play(task("read", "appliance_info", VERSIONS), wait, hosts="useries")
    running = playbooks.start(book)
    until(lambda: events(running) == 2, running)
    simulated.control.power(A, "off")
    (playbooks.directory / "go").touch()
    ran = running.ended().good()
    assert "Traceback" not in ran.output
    assert counts(simulated, "logout")[1] == 1


# -- the lease of a pair


def serious(name: str, age: int, **more: Any) -> dict[str, Any]:
    """A change of impact service."""
    return task(name, "api_key", {"maximum_age": age}, **more)


@pytest.fixture
def state(playbooks: Playbooks) -> Path:
    """The state directory of all runs of a test."""
    directory = playbooks.directory / "state"
    playbooks.environment = {"USERIES_STATE_DIR": str(directory)}
    return directory


@pytest.fixture
def holder(playbooks: Playbooks, state: Path) -> Iterator[Running]:
    """A run that has changed something and waits for the file ``go`` before it changes something again."""
    wait = {"name": "wait", "ansible.builtin.wait_for": {"path": str(playbooks.directory / "go"), "sleep": 1}}
    running = playbooks.start(play(serious("first", 301), wait, serious("second", 302)))
    until(lambda: events(running) == 1, running)
    yield running
    (playbooks.directory / "go").touch()
    if running.process.poll() is None:
        running.ended()


def leases(state: Path) -> list[str]:
    """Records of leases."""
    return [path.name for path in state.rglob("*.lease")]


@pytest.mark.one_way
def test_a_second_run_on_the_pair_is_busy_until_the_first_ends(
    playbooks: Playbooks, simulated: Simulated, state: Path, holder: Running
) -> None:
    assert len(leases(state)) == 1
    run = state.joinpath(leases(state)[0]).read_text(encoding="utf-8")
    for host in (A, B):  # the partner belongs to the same pair
        failed = playbooks.run(play(serious("change", 400), hosts=host)).failure("change")
        assert failed["error"]["kind"] == "busy"
        named = failed["error"]["remedy"].split("break_lock=")[1].split()[0].rstrip(".")
        assert named
        assert named in run
        assert named in failed["error"]["remedy"]
    checked = playbooks.run(play(serious("change", 400)), "--check").good().result("change")
    assert checked["changed"]
    light = task("light", "login_banner", {"title": "A", "text": "B"})
    assert playbooks.run(play(light)).good().result("light")["changed"]
    (playbooks.directory / "go").touch()
    assert holder.ended().good().result("second")["changed"]
    assert leases(state) == []
    assert playbooks.run(play(serious("change", 400))).good().result("change")["changed"]


@pytest.mark.one_way
def test_a_live_lease_is_broken_by_its_run_id_only(playbooks: Playbooks, state: Path, holder: Running) -> None:
    failed = playbooks.run(play(serious("change", 400)), "-e", "break_lock=nobody").failure("change")
    assert "names another run" in failed["error"]["remedy"]
    named = failed["error"]["remedy"].split("break_lock=")[1].split()[0].rstrip(".")
    ran = playbooks.run(play(serious("change", 400)), "-e", f"break_lock={named}").good()
    assert ran.result("change")["changed"]
    assert "was broken as ordered" in ran.words


@pytest.mark.one_way
def test_a_killed_run_leaves_a_stale_lease_that_the_next_one_takes_over(
    playbooks: Playbooks, simulated: Simulated, state: Path, holder: Running
) -> None:
    holder.process.kill()
    holder.process.wait()
    assert len(leases(state)) == 1
    ran = playbooks.run(play(serious("change", 400))).good()
    assert ran.result("change")["changed"]
    assert "was taken over: its ansible process is gone" in ran.words
    assert leases(state) == []


@pytest.mark.one_way
def test_a_worker_whose_run_was_killed_writes_nothing_more(
    playbooks: Playbooks, simulated: Simulated, state: Path
) -> None:
    simulated.control.fault("delay", A, path="security_settings", method="GET", seconds=3)
    running = playbooks.start(play(serious("change", 400)))
    until(lambda: simulated.control.count("login", A) == 1, running)
    running.process.kill()
    running.process.wait()
    until(lambda: not processes(playbooks), seconds=60)
    assert simulated.control.count("write") == 0
