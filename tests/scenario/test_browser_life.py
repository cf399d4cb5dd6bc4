# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One browser and one sign-in per host and run; nothing of it outlives the run, however that ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.browser_bench import BROWSER, Kept, arguments, needs_chromium
from tests.scenario.runner_bench import A, B, events, until
from tests.support.playbook import Playbooks, Running, play, task
from tests.support.simulator import Simulated

pytestmark = [needs_chromium, pytest.mark.one_way]

VERSIONS = {"gather": ["versions"]}
BANNER = {"title": "Notice", "text": "Authorized use only."}
SOON = 12
"""Seconds in which everything has to be gone after a run was killed."""


def logins(simulated: Simulated) -> list[int]:
    """Of both nodes."""
    return [simulated.control.count("login", node, "console") for node in (A, B)]


def logouts(simulated: Simulated) -> list[int]:
    """Of both nodes."""
    return [simulated.control.count("logout", node, "console") for node in (A, B)]


class Held:
    """Runs that stop at a task ``wait`` until the test lets them go on."""

    def __init__(self, playbooks: Playbooks) -> None:
        self.playbooks = playbooks
        self.gate = playbooks.directory / "go"
        self.running: list[Running] = []

    def wait(self, **more: Any) -> dict[str, Any]:
        """The task."""
        return {"name": "wait", "ansible.builtin.wait_for": {"path": str(self.gate), "sleep": 1}, **more}

    def start(self, book: Any, *words: str, done: int = 1) -> Running:
        """A run, as soon as ``done`` of its tasks have ended."""
        running = self.playbooks.start(book, *BROWSER, *words)
        self.running.append(running)
        until(lambda: events(running) >= done, running, 60)
        return running

    def go_on(self) -> None:
        """Let it go on."""
        self.gate.touch()


@pytest.fixture
def held(playbooks: Playbooks) -> Iterator[Held]:
    """Whatever a test leaves running is ended by it."""
    made = Held(playbooks)
    yield made
    made.go_on()
    for running in made.running:
        if running.process.poll() is None:
            running.process.terminate()
            running.ended()


@pytest.mark.long
def test_tasks_share_one_browser_and_one_sign_in(held: Held, simulated: Simulated) -> None:
    running = held.start(
        play(
            task("read", "appliance_info", VERSIONS),
            task("banner", "login_banner", BANNER),
            task("each", "login_banner", {"title": "{{ item }}", "text": "m"}, loop=["a", "b"]),
            held.wait(),
            task("again", "backup_info"),
        ),
        done=5,  # an item is an event, too
    )
    kept = Kept(held.playbooks)
    assert (len(kept.keepers), len(kept.chromium), len(kept.profiles)) == (1, 1, 1)
    assert kept.profiles[0].is_dir()
    held.go_on()
    ran = running.ended(90).good()
    assert ran.result("banner")["changed"]
    assert logins(simulated) == [1, 0]
    assert logouts(simulated) == [1, 0]
    assert kept.left() == []
    assert not list(held.playbooks.directory.rglob("useries/*"))


@pytest.mark.long
def test_both_nodes_may_look_at_each_other_at_the_same_time(playbooks: Playbooks, simulated: Simulated) -> None:
    """Each task holds one browser and needs the other one, too: they take turns, and nobody waits in vain."""
    names = {host: simulated.nodes[host].name for host in (A, B)}
    partner = f"{{{{ { ({A: names[B], B: names[A]}) }[inventory_hostname] }}}}"
    book = play(task("pair", "ha_partner", {"partner_host_name": partner}), hosts="useries")
    ran = playbooks.start(book, "--check", environment={"USERIES_CONSOLE_DRIVER": "browser"}).ended(100)
    for host in (A, B):
        assert "the role is not on" in ran.failure("pair", host)["msg"]
    assert logins(simulated) == logouts(simulated) == [1, 1]


@pytest.mark.long
def test_a_task_that_meets_its_appliance_again_takes_the_browser_over_from_itself(playbooks: Playbooks) -> None:
    """A keeper attends to one connection after the other, and such a task has two."""
    ran = playbooks.start(play(task("restart", "reboot"), task("read", "appliance_info", VERSIONS)), *BROWSER).ended(
        110
    )
    assert ran.good().result("restart")["appliance"]["running"] is True


SIGNALS = {"ctrl-c": signal.SIGINT, "terminated": signal.SIGTERM, "killed": signal.SIGKILL}


@pytest.mark.parametrize("name", SIGNALS)
def test_a_run_that_is_stopped_leaves_no_browser(held: Held, simulated: Simulated, name: str) -> None:
    running = held.start(play(task("read", "appliance_info", VERSIONS), held.wait(), task("never", "backup_info")))
    kept = Kept(held.playbooks)
    assert len(kept.chromium) == 1
    if name == "ctrl-c":
        os.killpg(running.process.pid, SIGNALS[name])
    else:
        running.process.send_signal(SIGNALS[name])
    if name == "killed":
        running.process.wait()
        until(lambda: kept.left() == [], seconds=SOON)
        held.go_on()  # its workers
        running.ended()
        return
    ran = running.ended()
    assert ran.code != 0
    until(lambda: logouts(simulated) == [1, 0])
    until(lambda: kept.left() == [], seconds=SOON)


def test_a_run_that_is_killed_in_the_middle_of_a_task_leaves_no_browser(held: Held, simulated: Simulated) -> None:
    simulated.control.fault("delay", A, path="general_settings", seconds=3)
    running = held.playbooks.start(play(task("banner", "login_banner", BANNER)), *BROWSER)
    until(lambda: logins(simulated) == [1, 0], running)
    kept = Kept(held.playbooks)
    assert len(kept.chromium) == 1
    running.process.kill()
    running.process.wait()
    until(lambda: kept.left() == [], seconds=SOON)
    running.ended()
    assert simulated.control.count("write") == 0


def _kill_keeper(kept: Kept) -> None:
    os.kill(kept.keepers[0], signal.SIGKILL)


def _kill_chromium(kept: Kept) -> None:
    os.kill(kept.chromium[0], signal.SIGKILL)


@pytest.mark.parametrize("kill", [_kill_keeper, _kill_chromium])
@pytest.mark.long
def test_what_dies_between_two_tasks_is_started_again(
    held: Held, simulated: Simulated, kill: Callable[[Kept], None]
) -> None:
    book = play(task("read", "appliance_info", VERSIONS), held.wait(), task("banner", "login_banner", BANNER))
    running = held.start(book)
    kept = Kept(held.playbooks)
    kill(kept)
    until(lambda: not [pid for pid in kept.chromium if arguments(pid)], seconds=SOON)
    held.go_on()
    ran = running.ended(90).good()
    assert ran.result("banner")["changed"]
    assert simulated.control.count("write") == 1
    assert logins(simulated) == [2, 0]
    until(lambda: kept.left() == [], seconds=SOON)


@pytest.mark.parametrize("kill", [_kill_keeper, _kill_chromium])
@pytest.mark.long
def test_what_dies_in_the_middle_of_a_task_is_told(
    held: Held, simulated: Simulated, kill: Callable[[Kept], None]
) -> None:
    simulated.control.fault("delay", A, path="general_settings", seconds=4)
    book = play(
        task("read", "appliance_info", VERSIONS),
        task("banner", "login_banner", BANNER, ignore_errors=True),
        task("once more", "login_banner", BANNER),
    )
    running = held.playbooks.start(book, *BROWSER)
    until(lambda: not simulated.control.call("GET", "/faults"), running)
    kept = Kept(held.playbooks)
    kill(kept)
    ran = running.ended(90).good()
    failed = ran.of("banner")
    assert failed["status"] in ("failed", "ignored"), failed
    assert failed["result"]["error"]["kind"] == "silent"
    assert "The browser has ended" in failed["result"]["msg"]
    assert "before you repeat this" in failed["result"]["msg"]
    assert ran.result("once more")["changed"]
    assert simulated.control.count("write") == 1
    until(lambda: kept.left() == [], seconds=SOON)


@pytest.mark.long
def test_two_hosts_have_a_browser_each(held: Held, simulated: Simulated) -> None:
    tasks = [task("read", "appliance_info", VERSIONS), task("banner", "login_banner", BANNER), held.wait()]
    running = held.start(play(*tasks, hosts="useries"), done=4)
    kept = Kept(held.playbooks)
    assert (len(kept.keepers), len(kept.chromium), len(set(kept.profiles))) == (2, 2, 2)
    held.go_on()
    running.ended(90).good()
    assert (logins(simulated), logouts(simulated)) == ([1, 1], [1, 1])
    assert kept.left() == []


def test_tasks_delegated_to_one_appliance_share_its_browser(held: Held, simulated: Simulated) -> None:
    """Both hosts of the inventory start at the same moment, and both mean one appliance."""
    running = held.start(
        play(task("read", "appliance_info", VERSIONS, delegate_to=A), held.wait(), hosts="useries"), done=2
    )
    kept = Kept(held.playbooks)
    assert (len(kept.keepers), len(kept.chromium)) == (1, 1)
    held.go_on()
    running.ended(90).good()
    assert (logins(simulated), logouts(simulated)) == ([1, 0], [1, 0])
    assert kept.left() == []


@pytest.mark.long
def test_a_run_goes_on_with_the_certificate_that_it_put_there(held: Held, simulated: Simulated) -> None:
    """The browser that verified the one before is no longer used; it is gone at the end as well."""
    before = simulated.control.state(A)["certificates"]["version"]
    options = {"force": True, "network_name": "UVM-1A", "replace_trusted": True}
    book = play(
        task("read", "appliance_info", VERSIONS),
        task("certificate", "certificate", options),
        task("banner", "login_banner", BANNER),
        held.wait(),
    )
    running = held.start(book, done=3)
    kept = Kept(held.playbooks)
    held.go_on()
    ran = running.ended(90).good()
    assert ran.result("certificate")["changed"]
    assert ran.result("banner")["changed"]
    assert simulated.control.state(A)["certificates"]["version"] != before
    assert kept.left() == []


@pytest.mark.long
def test_the_browser_of_a_module_by_itself_ends_with_its_task(held: Held, simulated: Simulated) -> None:
    given = {**VERSIONS, "console_driver": "browser"}
    background = task("read", "appliance_info", given, **{"async": 60, "poll": 1})
    running = held.start(play(background, held.wait()), done=0)
    until(lambda: events(running) > 0 and '"versions"' in running.record.read_text(encoding="utf-8"), running, 60)
    assert not Kept(held.playbooks).keepers
    ours = [
        pid
        for pid in (int(path.name) for path in Path("/proc").glob("[0-9]*"))
        if str(held.playbooks.directory) in " ".join(arguments(pid)) and "--user-data-dir" in " ".join(arguments(pid))
    ]
    assert ours == []
    assert not list(held.playbooks.directory.rglob("playwright*"))
    assert logins(simulated) == [1, 0]
    held.go_on()
    assert running.ended().good().result("read")["appliance"]["versions"]


def test_no_secret_is_in_an_argument_an_environment_or_a_file_of_the_browser(held: Held, simulated: Simulated) -> None:
    secrets = [simulated.nodes[A].password, "Canary-Share-91c4"]
    share = {"name": "nas", "path": "\\\\nas\\useries", "share_username": "NAS\\b", "share_password": secrets[1]}
    running = held.start(
        play(task("share", "backup_location", share, no_log=True), task("read", "backup_info"), held.wait()),
        "-vvvv",
        done=2,
    )
    kept = Kept(held.playbooks)
    assert len(kept.everything) > 4
    hits = []
    for pid in kept.everything:
        for name in ("cmdline", "environ"):
            content = _content(Path(f"/proc/{pid}/{name}"))
            hits += [f"{name} of {arguments(pid)[0]}" for secret in secrets if secret.encode() in content]
    places = [*kept.profiles, *kept.directories]
    assert places
    searched = [path for place in places for path in place.rglob("*") if path.is_file() and not path.is_symlink()]
    assert searched
    hits += [str(path) for path in searched for secret in secrets if secret.encode() in _content(path)]
    assert hits == []
    held.go_on()
    ran = running.ended(90).good()
    assert not [secret for secret in secrets if secret in ran.output]
    assert kept.left() == []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
