# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job against a simulated pair of its own: runs, kills, disturbs it, and looks at the pair by other roads.

The roles are read with plain requests over the documented endpoint, writes and sign-ins from the simulator's log, and
what was left behind (backups, schedule, partner) from the simulator's model; nothing of the collection is asked.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.support.playbook import Core, Playbook, Playbooks, Ran, Running
from tests.support.project import ROOT
from tests.support.simulator import DEFAULT_SURFACES, Simulated
from tests.support.way import QUICK, SLOWER

A, B = "useries-1a", "useries-1b"
LIMIT = 240.0
SITE, PROVISION, PAIR, BACKUP = (
    [{"name": f"Run {name}", "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]
    for name in ("site", "provision", "pair", "backup")
)


def changed(ran: Ran) -> set[tuple[str, str]]:
    """Host and name (without the role's) of the tasks that said changed."""
    return {
        (event["host"], event["task"].split(" : ")[-1])
        for event in ran.events
        if event["status"] == "ok" and event["result"].get("changed")
    }


def failures(ran: Ran) -> list[dict[str, Any]]:
    """Events of failed tasks, those of a loop's items left out."""
    return [event for event in ran.events if event["status"] == "failed"]


def explained(ran: Ran) -> str:
    """The messages of every task that failed, with what the error says to do next."""
    told = []
    for event in failures(ran):
        items = [part for part in event["result"].get("results", []) if part.get("failed")]
        for part in (event["result"], *items):
            told.append(
                f"{event['host']} {event['task']}: {part.get('msg')} {(part.get('error') or {}).get('remedy', '')}"
            )
    return "\n".join(told)


class Site:
    """A simulated pair and the playbooks that are run against it.

    :param folder: home of the runs; :param surfaces: wires of the simulator.
    """

    def __init__(self, simulated: Simulated, core: Core, folder: Path) -> None:
        self.simulated, self.control, self.folder = simulated, simulated.control, folder
        variables = ROOT / "inventories/simulator/group_vars"
        shutil.copytree(variables, simulated.directory / "group_vars", dirs_exist_ok=True)
        self.playbooks = Playbooks(core, simulated.inventory, folder)

    # --- running

    def start(self, *words: str, playbook: Playbook = SITE) -> Running:
        """Begin a run."""
        return self.playbooks.start(playbook, *words)

    def run(self, *words: str, playbook: Playbook = SITE, **more: Any) -> Ran:
        """A whole run."""
        return self.playbooks.start(playbook, *words, **more).ended(LIMIT)

    def killed(self, order: str, *words: str) -> Running:
        """A run whose parent process is killed as soon as the simulator has logged a write to ``order``.

        :param order: part of what a request means, e.g. ``initial_setup.partner.apply``.
        """
        running = self.start(*words)
        self.until(lambda: bool(self.orders(order)), running)
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        return running

    def after(self, task: str, running: Running) -> None:
        """Wait until a run has finished a task (on any host)."""
        self.until(
            lambda: running.record.exists() and f'{task}"' in running.record.read_text(encoding="utf-8"), running
        )

    def until(self, seen: Callable[[], bool], running: Running | None = None) -> None:
        """Wait for something, at most ``LIMIT`` seconds (more in a browser), and no longer than the run lasts."""
        end = time.monotonic() + LIMIT * SLOWER
        while not seen():
            assert time.monotonic() < end, "not seen in time"
            if running is not None and running.process.poll() is not None:
                raise AssertionError(f"the run ended before:\n{running.ended().output}")
            time.sleep(0.05)

    # --- preparing, as people on the console would

    def pair_by_hand(self, first: str = "UVM-1A", second: str = "UVM-1B", mirrored: bool = True) -> None:
        """Make two nodes of the simulation partners, and mirror the first one's database to the second."""
        order = self.control.do
        for node in (first, second):
            order(node, "roles.change", "high_availability", {"enabled": True})
            order(node, "roles.apply")
        self.control.advance(60)
        self.exchange_by_hand(first, second)
        self.control.advance(600)
        if mirrored:
            order(first, "ha.set_state", True, 5022)
            self.control.advance(1800)
            assert self.control.state(second)["ha"]["mirror_state"] == "SYNCHRONIZED"
        self.control.reset_counts()

    def exchange_by_hand(self, first: str, second: str) -> None:
        """Register the keys and press Apply on the first node; the certificates are exchanged from now on."""
        order = self.control.do
        keys = {node: self.control.state(node)["api_key"] for node in (first, second)}
        order(first, "ha.register_key", keys[second])
        order(second, "ha.register_key", keys[first])
        order(first, "ha.start_exchange", second)

    def slowly(self, speed: float = 5.0) -> tuple[str, ...]:
        """Let simulated time pass more slowly, so that what is under way still is when a run gets there."""
        self.control.set_speed(speed)
        return ("-e", f"useries_time_scale={speed}")

    # --- looking

    def writes(self) -> int:
        """Requests that wrote, over all wires and nodes."""
        return self.control.count("write")

    def logins(self) -> int:
        """Sign-ins, over all wires and nodes."""
        return self.control.count("login")

    def entries(self, kind: str, host: str) -> list[dict[str, Any]]:
        """What the simulator's log has of a kind, on one node."""
        node = self.simulated.nodes[host].name
        return [entry for entry in self.control.log() if (entry["kind"], entry["node"]) == (kind, node)]

    def orders(self, what: str) -> list[dict[str, Any]]:
        """Requests that wrote something named so."""
        return [entry for entry in self.control.log() if entry["kind"] == "write" and what in entry["what"]]

    def role(self, host: str) -> str:
        """What the load balancer endpoint answers."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(
                f"{self.simulated.nodes[host].url}/UVMInterface/api/HighAvailability",
                headers={"Content-Type": "application/json;charset=UTF-8"},
                verify=str(self.simulated.ca),
                timeout=10,
            )
        answer.raise_for_status()
        return str(answer.json()["Role"])

    def state(self, host: str) -> dict[str, Any]:
        """The model of one node."""
        return self.control.state(host)

    def backups(self, host: str) -> list[dict[str, Any]]:
        """The backups of one node in the model."""
        found: list[dict[str, Any]] = self.state(host)["backups"]["entries"]
        return found

    # --- judging

    def finished(self) -> None:
        """Assert the end that the main job promises."""
        assert (self.role(A), self.role(B)) == ("Active", "Passive")
        for host, partner in ((A, "UVM-1B"), (B, "UVM-1A")):
            state = self.state(host)
            assert state["ha"]["mirror_state"] == "SYNCHRONIZED"
            assert state["ha"]["partner"] == partner
            assert state["ha"]["settings"]["partner_failover_timeout"] == 10
            assert state["ha"]["settings"]["reboot_blackout_window"] == 60
            assert state["ha"]["settings"]["send_alerts_on_failover"] is True
            assert state["banner"] == [
                "Authorized use only",
                "This is a simulated appliance. Access is monitored.",
            ]
            assert state["minimum_tls"] == "TLS 1.2"
            assert state["api_maximum_age"] == 300
            assert state["time_zone"] == "UTC"
            assert state["roles"]["applied"]["high_availability"]["enabled"] is True
            assert state["roles"]["applied"]["patch_management"]["enabled"] is False
            assert state["roles"]["pending"] == {}
            locations = {one["name"]: one for one in state["backups"]["locations"]}
            assert locations["nas"]["path"] == r"\\nas\useries"
            assert locations["nas"]["username"] == r"NAS\backup"
            assert locations["nas"]["retention"] == 14
            schedule = state["backups"]["schedule"]
            wanted = {"enabled": True, "location": "nas", "day": "Sunday", "time": "02:30"}
            assert {name: schedule[name] for name in wanted} == wanted
        assert len(self.own_backups()) == 1

    def own_backups(self) -> list[str]:
        """Names of the backups on the share that UVM-1A took."""
        return [one["name"] for one in self.backups(A) if one["location"] == "nas" and one["source"] == "UVM-1A"]

    def unchanged(self) -> Ran:
        """Run the main job once more and assert that it writes nothing."""
        before = self.writes()
        ran = self.run().good()
        assert changed(ran) == set()
        assert self.writes() == before
        return ran


@contextmanager
def site(
    core: Core,
    folder: Path,
    seed: int | None = None,
    surfaces: Sequence[str] = DEFAULT_SURFACES,
    speed: float = QUICK,
    pairs: int = 1,
    labels: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """A pair of its own (or several) with the variables of the demo."""
    with Simulated(pairs, seed, speed, surfaces, labels) as simulated:
        yield Site(simulated, core, folder)
        traceback = "Traceback" in simulated.output
        assert not traceback, f"the simulator stumbled (seed {simulated.seed}):\n{simulated.output}"
