# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that occur nowhere else are searched for in everything that a run with -vvvv prints and leaves behind."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.runner_bench import A, B, events, inventory, processes, until
from tests.support.playbook import Playbooks, Ran, play, task
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

CANARIES = {
    "previous": "Canary-Previous-7f3a",
    "share": "Canary-Share-91c4",
    "backup": "Canary-Backup-5d20",
    "wrong": "Canary-Wrong-e8b6",
    "partner": "Canary-Partner-44aa",
}


def book() -> list[dict[str, Any]]:
    """Good tasks, bad options, refused sign-ins and orders whose answer is lost."""
    share = {"name": "nas", "path": "\\\\nas\\useries", "share_username": "NAS\\b", "share_password": "{{ share }}"}
    return play(
        task("share", "backup_location", share, ignore_errors=True),
        task("lost", "backup_location", {**share, "name": "other"}, ignore_errors=True),
        task("backup", "backup", {"location": "nowhere", "backup_password": "{{ backup }}"}, ignore_errors=True),
        task("refused", "appliance_info", {"gather": ["versions"], "password": "{{ wrong }}"}, ignore_errors=True),
        task("type", "appliance_info", {"timeout": "{{ wrong }}", "password": "{{ wrong }}"}, ignore_errors=True),
        task("partner", "api_key", {"maximum_age": 9, "partner": {"password": "{{ partner }}"}}, ignore_errors=True),
        task("words", "api_key", {"maximum_age": 9, "partner": "password={{ partner }}"}, ignore_errors=True),
        task("background", "appliance_info", {"gather": ["versions"]}, **{"async": 60, "poll": 1}),
        task("item", "login_banner", {"title": "{{ item }}", "text": "m"}, loop=["a", "b"]),
        task("key", "api_key_info", {"reveal": True}, register="key"),
        task("service", "api_key", {"maximum_age": 333}),
        hosts="useries",
    )


def found(needles: list[str], run: Ran, *places: Path) -> list[str]:
    """Where a secret is, with its number and never its text."""
    hits = [f"output: secret {at}" for at, needle in enumerate(needles) if needle in run.output]
    for place in places:
        for path in (path for path in place.rglob("*") if path.is_file() and not path.is_symlink()):
            content = path.read_bytes()
            hits += [f"{path}: secret {at}" for at, needle in enumerate(needles) if needle.encode() in content]
    return hits


@pytest.mark.parametrize("ending", ["whole", "terminated"])
def test_no_secret_is_shown_or_left_behind(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path, ending: str
) -> None:
    def with_previous(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        everybody["useries_previous_password"] = CANARIES["previous"]
        everybody |= {name: text for name, text in CANARIES.items() if name != "previous"}

    secret_place = tmp_path / "inventory"  # the only place where they may be
    secret_place.mkdir()
    hosts = inventory(simulated, secret_place / "hosts.yml", with_previous)
    work = Playbooks(playbooks.core, hosts, tmp_path / "home")
    work.directory.mkdir()
    keys = [simulated.control.state(node)["api_key"] for node in (A, B)]
    needles = [*CANARIES.values(), *(simulated.nodes[node].password for node in (A, B)), *keys]
    assert all(isinstance(needle, str) and len(needle) > 10 for needle in needles)
    simulated.control.fault("reset", A, path="backup_and_restore", method="POST", when="after")
    if ending == "terminated":
        simulated.control.fault("delay", A, path="general_settings", seconds=3)
    log = work.directory / "ansible.log"
    running = work.start(
        book(), "-vvvv", "--diff",
        environment={"ANSIBLE_LOG_PATH": str(log), "USERIES_STATE_DIR": str(work.directory / "state")},
    )  # fmt: skip
    if ending == "terminated":
        # not earlier: core leaves the file of an ordinary module, with its options, when it is killed inside async
        until(lambda: events(running) >= 16, running, 90)
        running.process.send_signal(signal.SIGTERM)
    ran = running.ended(120)
    assert len(ran.events) >= 16
    assert log.stat().st_size > 1000
    assert ending == "terminated" or ran.result("key", A)
    until(lambda: not processes(work), seconds=60)  # core's watcher of async removes its files some seconds later
    ran.events.clear()
    assert found(needles, ran, work.directory, Path("/dev/shm")) == []


def test_the_search_finds_a_secret_that_is_there(playbooks: Playbooks, tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "file").write_text("x Canary-Share-91c4 y", encoding="utf-8")
    assert len(found(["Canary-Share-91c4"], Ran(0, "Canary-Share-91c4", "", []), tmp_path / "left")) == 2
