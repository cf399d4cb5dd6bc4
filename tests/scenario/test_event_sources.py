# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources by themselves, loaded as ansible-rulebook loads them, beside a simulated pair.

With the real ansible-rulebook and its rules: test_events.py.
"""

from __future__ import annotations

import asyncio
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.support.project import ROOT
from tests.support.simulator import Simulated

pytestmark = pytest.mark.one_way
TREE = ROOT / "collections/ansible_collections/useries/appliance/extensions/eda/plugins/event_source"
LIMIT = 30.0
Event = dict[str, Any]


@pytest.fixture(autouse=True)
def the_simulators_authority(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERIES_CA_PATH", str(bench.pair.ca))


@pytest.fixture
def bench(simulated: Simulated, tmp_path: Path) -> Iterator[Bench]:
    with benched(simulated, tmp_path) as made:
        made.stage("synchronized")
        yield made


class Source:
    """A source with what it has told; ``then`` is done, one after the other, as soon as the one before was told."""

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        self.name = name
        self._main = runpy.run_path(str(TREE / f"{name}.py"))["main"]
        self._arguments = dict(arguments)

    def run(self, *steps: Callable[[], object], until: Callable[[], bool] = lambda: True) -> list[Event]:
        """Run it: after each event the next step; it ends when the steps are done, and ``until`` holds."""
        return asyncio.run(self._run(list(steps), until))

    async def _run(self, steps: list[Callable[[], object]], until: Callable[[], bool]) -> list[Event]:
        queue: asyncio.Queue[Event] = asyncio.Queue()
        running = asyncio.create_task(self._main(queue, self._arguments))
        told: list[Event] = []
        try:
            async with asyncio.timeout(LIMIT):
                for step in steps:
                    await asyncio.to_thread(step)
                    told.append(await self._next(queue, running))
                while not await asyncio.to_thread(until):
                    if running.done():
                        raise running.exception() or AssertionError("it ended by itself")
                    await asyncio.sleep(0.1)
        finally:
            running.cancel()
            await asyncio.wait([running])
        while not queue.empty():
            told.append(queue.get_nowait())
        return told

    async def _next(self, queue: asyncio.Queue[Event], running: asyncio.Task[None]) -> Event:
        waiting = asyncio.create_task(queue.get())
        await asyncio.wait([waiting, running], return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            waiting.cancel()
            raise running.exception() or AssertionError("it ended by itself")
        return waiting.result()

    def ended(self) -> str:
        """Run it to its end by itself; what it says then."""
        with pytest.raises(Exception, match=".") as ended:
            self.run(until=lambda: False)
        return str(ended.value)


def nodes(bench: Bench) -> list[dict[str, Any]]:
    """Both nodes, without a sign-in."""
    return [
        {"name": host, "host": node.address, "port": node.ports["console"]} for host, node in bench.pair.nodes.items()
    ]


def roles(bench: Bench, **more: Any) -> Source:
    return Source(
        "appliance_role", {"pairs": [{"name": "pair_1", "nodes": nodes(bench)}], "interval": 1, "times": 2, **more}
    )


def health(bench: Bench, *hosts: str, **more: Any) -> Source:
    signed_in = [
        {
            **node,
            "username": bench.pair.nodes[node["name"]].username,
            "password": bench.pair.nodes[node["name"]].password,
            "console_labels": bench.inventory[node["name"]]["useries_console_labels"],
        }
        for node in nodes(bench)
        if node["name"] in hosts
    ]
    return Source("appliance_health", {"hosts": signed_in, "interval": 1, **more})


def rounds(bench: Bench, host: str = B, many: int = 3) -> Callable[[], bool]:
    """Whether the node was asked so often from now on."""
    start = bench.control.count("all", host, "endpoint")
    return lambda: bool(bench.control.count("all", host, "endpoint") >= start + many)


def test_two_active_nodes_are_told_once(bench: Bench) -> None:
    def cut() -> None:
        bench.control.do(A, "set_link", False, True)
        bench.control.advance(900)

    told = roles(bench).run(cut, until=rounds(bench, many=6))
    assert [one["appliance_role"]["kind"] for one in told] == ["two_active"]
    assert told[0]["appliance_role"]["roles"] == {A: "Active", B: "Active"}
    assert told[0]["meta"] == {"hosts": [A, B]}
    assert [entry["path"] for entry in bench.control.log() if entry["wire"] == "console"] == []


def test_a_node_that_is_silent_for_a_moment_is_not_told(bench: Bench) -> None:
    bench.control.fault("status", B, surface="endpoint", code=503, count=1)
    assert roles(bench).run(until=rounds(bench, many=5)) == []


def test_an_answer_that_is_no_role_is_silence(bench: Bench) -> None:
    told = roles(bench).run(lambda: bench.control.fault("status", B, surface="endpoint", code=503, count=-1))
    assert told[0]["appliance_role"]["kind"] == "silent"
    assert told[0]["appliance_role"]["node"] == B
    assert "status 503" in told[0]["appliance_role"]["reason"]


def test_an_unknown_certificate_of_all_ends_it_and_names_the_fingerprint(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("USERIES_CA_PATH")
    for source in (roles(bench), health(bench, A)):
        words = source.ended()
        assert "is not trusted" in words
        assert "SHA-256 fingerprint" in words
        assert "useries_ca_path" in words
    assert bench.control.count("login") == 0


def test_a_node_whose_certificate_is_pinned_is_asked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USERIES_CA_PATH")
    both = nodes(bench)
    both[0]["fingerprints"] = ["ab" * 32]
    both[1]["ca_path"] = str(bench.pair.ca)
    told = roles(bench, pairs=[{"name": "pair_1", "nodes": both}], times=1).run(lambda: None)
    assert [one["appliance_role"]["node"] for one in told][0] == A
    assert "is none of the fingerprints expected" in told[0]["appliance_role"]["reason"]


def test_an_appliance_that_cannot_be_looked_at_is_told_and_looked_at_again(bench: Bench) -> None:
    def up() -> None:
        bench.control.power(A, "on")
        bench.control.advance(600)

    bench.control.power(A, "off")
    told = health(bench, A, backup_hours=100000).run(lambda: None, up, lambda: None)
    kinds = [one["appliance_health"]["kind"] for one in told]
    assert kinds[0] == "not_readable"
    assert "back_to_normal" in kinds


def test_a_session_that_would_be_too_old_at_the_next_look_is_signed_out(bench: Bench) -> None:
    source = health(bench, A, interval=3600)
    source.run(until=lambda: bool(bench.control.count("logout", A)))
    assert (bench.control.count("login", A), bench.control.count("logout", A)) == (1, 1)


def test_a_refused_password_is_tried_once_at_one_appliance(bench: Bench) -> None:
    source = health(bench, A, B)
    for host in source._arguments["hosts"]:
        host["password"] = "canary-wrong"
    words = source.ended()
    assert words.startswith(f"{A}: The console refused the user")
    assert "No other try is made" in words
    assert "canary-wrong" not in words
    assert (bench.control.count("login", A), bench.control.count("all", B)) == (1, 0)


def test_a_session_that_the_console_ended_is_renewed(bench: Bench) -> None:
    bench.control.fault("expire_session", A, path="general_settings", count=1)
    health(bench, A).run(until=rounds(bench, A, many=3))
    assert (bench.control.count("login", A), bench.control.count("logout", A)) == (2, 1)


def loaded(name: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Load a source in an interpreter that sees nothing but Python's own library, and these folders."""
    program = f"""
import asyncio, runpy, sys
sys.path[:0] = {list(before)!r}
asyncio.run(runpy.run_path({str(TREE / f"{name}.py")!r})["main"](None, {{}}))
"""
    command = [sys.executable, "-I", "-S", "-c", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["appliance_role", "appliance_health"])
def test_what_is_missing_beside_ansible_rulebook_is_named(name: str) -> None:
    done = loaded(name)
    assert "No module named 'ansible'" in done.stderr
    assert "install ansible-core, and what" in done.stderr
    assert "meta/ee-requirements.txt" in done.stderr


def test_another_folder_of_collections_is_not_in_the_way(tmp_path: Path) -> None:
    """The package "ansible" brings one that is a package of its own."""
    (tmp_path / "ansible_collections").mkdir()
    (tmp_path / "ansible_collections/__init__.py").touch()
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    done = loaded("appliance_role", str(tmp_path), *libraries)
    assert "Neither pairs nor hosts is given" in done.stderr
