# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which a task may be run: in the controller's process, in the background, as an ordinary module."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.runner_bench import A, inventory
from tests.support.playbook import Playbooks, play, task
from tests.support.project import ROOT
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way

BANNER = {"title": "Authorized use only", "text": "Access is monitored."}
VERSIONS = {"gather": ["versions"]}

WATCH = """
import os
import sys

WATCHED = {
    "plugin_utils/runner.py": "runner",
    "modules/login_banner.py": "declaration",
    "requests/__init__.py": "requests",
    "lxml/html/__init__.py": "lxml",
}


def hook(event, arguments):
    if event == "exec" and getattr(arguments[0], "co_name", "") == "<module>":
        for end, name in WATCHED.items():
            if arguments[0].co_filename.endswith("/" + end):
                with open(os.environ["WATCHED_IMPORTS"], "a") as file:
                    file.write(f"{name} {os.getpid()}\\n")


sys.addaudithook(hook)
"""


def test_the_plugin_and_its_libraries_are_loaded_in_the_parent_only(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    seen = tmp_path / "imports"
    running = playbooks.start(
        play(
            task("banner", "login_banner", BANNER),
            task("read", "appliance_info", VERSIONS),
            task("again", "login_banner", BANNER),
            hosts="useries",
        ),
        environment={"PYTHONPATH": str(tmp_path), "WATCHED_IMPORTS": str(seen)},
    )
    parent = running.process.pid
    running.ended().good()
    loaded = [line.split() for line in seen.read_text(encoding="utf-8").splitlines()]
    assert {name for name, _pid in loaded} == {"runner", "declaration", "requests", "lxml"}
    assert {pid for _name, pid in loaded} == {str(parent)}, loaded


def test_async_is_refused_for_what_is_no_info_module(playbooks: Playbooks, simulated: Simulated) -> None:
    book = task("banner", "login_banner", BANNER, **{"async": 20, "poll": 1})
    failed = playbooks.run(play(book)).failure("banner")
    assert "wait: false" in failed["msg"]
    assert simulated.control.count("all") == 0


def test_async_works_for_info_modules_on_the_controller(playbooks: Playbooks) -> None:
    book = task("read", "appliance_info", VERSIONS, **{"async": 60, "poll": 1})
    assert playbooks.run(play(book)).good().result("read")["appliance"]["versions"]


def test_async_is_refused_where_the_module_would_run_elsewhere(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    def remote(everybody: dict[str, Any], hosts: dict[str, dict[str, Any]]) -> None:
        everybody["ansible_connection"] = "ssh"

    hosts = inventory(simulated, tmp_path / "hosts.yml", remote)
    background = task("background", "appliance_info", VERSIONS, ignore_errors=True, **{"async": 20, "poll": 1})
    ran = playbooks.run(play(task("read", "appliance_info", VERSIONS), background), inventory=hosts).good()
    assert ran.result("read")["appliance"]["versions"]  # in process nothing is connected to
    assert "ansible_connection: local" in ran.failure("background")["msg"]


def test_async_with_wrong_options_shows_no_secret(playbooks: Playbooks, simulated: Simulated) -> None:
    given = {**VERSIONS, "password": "{{ lookup('ansible.builtin.env', 'CANARY') }}", "timeout": "soon"}
    book = task("read", "appliance_info", given, **{"async": 20, "poll": 1})
    ran = playbooks.run(play(book), "-vvvv", environment={"CANARY": "Canary-Async-1"})
    assert "timeout" in ran.failure("read")["msg"]
    assert "Canary-Async-1" not in ran.output
    assert simulated.control.count("all") == 0


def test_environment_and_become_warn_that_they_have_no_effect(playbooks: Playbooks) -> None:
    ran = playbooks.run(
        play(
            task("environment", "appliance_info", VERSIONS, environment={"HTTPS_PROXY": "http://127.0.0.1:1"}),
            task("become", "appliance_info", VERSIONS, become=True),
        )
    ).good()
    for name in ("environment", "become"):
        assert [f"'{name}' has no effect" in str(line) for line in ran.result(name)["warnings"]] == [True]
        assert f"'{name}' has no effect" in ran.words


@pytest.fixture
def bare(playbooks: Playbooks, tmp_path: Path) -> Playbooks:
    """The same collection without its action plugins: every task is an ordinary module then."""
    tree = tmp_path / "bare/ansible_collections/useries/appliance"
    (tree / "plugins").mkdir(parents=True)
    for name in ("meta", "galaxy.yml"):
        (tree / name).symlink_to(ROOT / name)
    for path in (ROOT / "plugins").iterdir():
        if path.name != "action" and path.is_dir():
            (tree / "plugins" / path.name).symlink_to(path)
    return Playbooks(
        playbooks.core,
        playbooks.inventory,
        playbooks.directory,
        {**playbooks.environment, "ANSIBLE_COLLECTIONS_PATH": str(tmp_path / "bare")},
        runs=100,
    )


def options(simulated: Simulated, **given: Any) -> dict[str, Any]:
    """An ordinary module knows no inventory."""
    names = ("host", "port", "username", "password", "ca_path", "console_labels", "time_scale")
    return {**{name: f"{{{{ useries_{name} }}}}" for name in names}, **given}


def test_an_ordinary_module_answers_alike(playbooks: Playbooks, bare: Playbooks, simulated: Simulated) -> None:
    def book() -> list[dict[str, Any]]:
        return play(
            task("read", "appliance_info", options(simulated, **VERSIONS)),
            task("checked", "login_banner", options(simulated, **BANNER), check_mode=True),
            task("banner", "login_banner", options(simulated, **BANNER)),
            task("bad", "login_banner", options(simulated, title="x", text=""), ignore_errors=True),
            task("label", "login_banner", options(simulated, title="x", text="y", console_labels={}), check_mode=True),
        )

    ordinary = bare.run(book())
    simulated.control.reset()
    in_process = playbooks.run(book())
    for name in ("read", "checked", "banner", "bad", "label"):
        one, other = ordinary.of(name), in_process.of(name)
        assert one["status"] == other["status"], (one, other)
        for event in (one, other):
            for key in (
                "invocation",
                "_ansible_no_log",
                "_ansible_parsed",
                "ansible_facts",
                "deprecations",
                "exception",
            ):
                event["result"].pop(key, None)
            event["result"].get("error", {}).pop("target", None)  # address of the one, inventory name of the other
        assert _uncaptured(one["result"]) == _uncaptured(other["result"])
    assert simulated.nodes[A].password not in ordinary.output


def _uncaptured(result: dict[str, Any]) -> Any:
    """A result without the name of its page's capture, which no two have in common."""
    return json.loads(re.sub(r"[^/\s'\"]+\.html", "CAPTURE", json.dumps(result)))


def test_a_lone_module_that_finds_no_one_is_unreachable(bare: Playbooks, simulated: Simulated) -> None:
    simulated.control.power(A, "off")
    event = bare.run(play(task("read", "appliance_info", options(simulated, **VERSIONS)))).of("read")
    assert event["status"] == "unreachable"


def test_a_lone_module_that_returns_secrets_wants_no_log(bare: Playbooks, simulated: Simulated) -> None:
    given = options(simulated, reveal=True)
    failed = bare.run(play(task("key", "api_key_info", given))).failure("key")
    assert "no_log: true" in failed["msg"]
    assert simulated.control.count("all") == 0
    assert bare.run(play(task("key", "api_key_info", given, no_log=True))).code == 0
