# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A node that nobody reaches from some step on: the evidence is written all the same, Auto Resync is turned off where
it can be and named where it cannot, no data is lost; when the node is back, a second run ends or says why not.

One step and one node are drawn in ``make test``, the campaign takes all of them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scenario.test_workflow_kills import DATA, DRILL, SWITCH
from tests.support.draw import drawn
from tests.support.kills import orders
from tests.support.playbook import Core, Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence, run, start

pytestmark = pytest.mark.one_way

STEPS = {point.name: point for point in DRILL.points if point.kind == "task"}
NODES = {"A": A, "B": B}
BACK = 900  # simulated seconds until both nodes have noticed each other


def resync_is_off(pair: Site, said: str) -> None:
    """On every node, or the words name the node where it could not be turned off."""
    for host in (A, B):
        off = pair.state(host)["ha"]["settings"]["attempt_auto_resync"] is False
        left_on = re.search(r"could not be turned off on ([\w-]+)(?: and ([\w-]+))?", said)
        assert off or (left_on is not None and host in left_on.groups()), f"{host}: {said}"


def told(pair: Site, ran: Ran) -> None:
    """What one run left: one report, and advice when it failed."""
    report = evidence(pair, ran)
    assert report["outcome"] == ("succeeded" if ran.code == 0 else "failed"), explained(ran)
    assert ran.code == 0 or report["reason"], report
    resync_is_off(pair, explained(ran))
    assert len(orders(pair, SWITCH)) <= 1, orders(pair, SWITCH)


def as_before(pair: Site, ran: Ran) -> None:
    """Nothing is measured, the pair is as it was, and the next drill is a new one."""
    assert evidence(pair, ran)["measured"] == {}
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        assert pair.state(host)["ha"]["settings"]["medium_failover_mode"] is True
        assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"
    ran = run(pair, DRILL.name, "-e", "confirm=UVM-1A+UVM-1B").good()
    assert evidence(pair, ran)["measured"]["rto_seconds"] > 0
    assert len(orders(pair, "ComputerSystem.Reset")) == 2


def gone(core: Core, folder: Path, step: str, node: str) -> None:
    """The drill loses a node after a step; the node comes back; the drill is run again."""
    host = NODES[node]
    with DRILL.site(core, folder) as (pair, words):
        running = start(pair, DRILL.name, *words)
        pair.until(lambda: STEPS[step].reached(pair, running), running)
        pair.control.do(host, "set_link", False)
        first = running.ended(400)
        told(pair, first)
        if first.code == 0:  # it was over by then, and what became of the node afterwards is not the drill's
            assert evidence(pair, first)["measured"]["rto_seconds"] > 0
            return
        pair.control.do(host, "set_link", True)
        pair.control.advance(BACK)
        second = run(pair, DRILL.name, *words)
        told(pair, second)
        for one in (A, B):
            assert DATA in pair.state(one)["database"]["records"]
        if second.code == 0:
            DRILL.ended(pair, second)
        elif "none of the drill" in explained(second):  # without the other node, the passive one takes over by itself
            as_before(pair, second)
        else:
            assert "diagnose_failover.yml" in explained(second), explained(second)


def test_one_node_gone(core: Core, tmp_path: Path) -> None:
    """One step and one node, drawn."""
    gone(core, tmp_path, *drawn("gone after", STEPS), *drawn("gone", NODES))


@pytest.mark.campaign
@pytest.mark.parametrize("node", NODES)
@pytest.mark.parametrize("step", STEPS)
def test_either_node_gone_at_every_step(core: Core, tmp_path: Path, step: str, node: str) -> None:
    """All of them."""
    gone(core, tmp_path, step, node)
