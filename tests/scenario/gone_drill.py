# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the failover drill promises when a node is cut off."""

from __future__ import annotations

import re

from tests.scenario.test_workflow_kills import DATA, DRILL, POWER, SWITCH, as_it_was
from tests.support.gone import Loss
from tests.support.kills import orders
from tests.support.playbook import Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence, run


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


def once(pair: Site, ran: Ran) -> None:
    """What the first run left; it pressed once at most."""
    told(pair, ran)
    assert len(orders(pair, SWITCH)) <= 1, orders(pair, SWITCH)
    assert len(orders(pair, POWER)) <= 2, orders(pair, POWER)


def measured(pair: Site, ran: Ran) -> None:
    """It was over by then, and what became of the node afterwards is not the drill's."""
    assert evidence(pair, ran)["measured"]["rto_seconds"] > 0


def whole(pair: Site, ran: Ran) -> None:
    """Reported, and the data is there."""
    told(pair, ran)
    for host in (A, B):
        assert DATA in pair.state(host)["database"]["records"]


def drilled(pair: Site, ran: Ran) -> None:
    """As if nothing had been. What the loss itself turned round (both were active for a while, and the wrong one stayed
    so) is turned back: the node is stopped once more, or the roles are switched once more."""
    whole(pair, ran)
    as_it_was(pair, ran)
    assert len(orders(pair, SWITCH)) in (1, 2), orders(pair, SWITCH)
    assert len(orders(pair, POWER)) in (2, 4), orders(pair, POWER)  # off and on


def stopped(pair: Site, ran: Ran) -> None:
    """A person has to look, or without the other node the passive one has taken over by itself."""
    whole(pair, ran)
    if "none of the drill" in explained(ran):
        as_before(pair, ran)
    elif "failover_explained: true" in explained(ran):
        drilled(pair, run(pair, DRILL.name, "-e", "confirm=UVM-1A+UVM-1B", "-e", "failover_explained=true").good())
    else:
        assert "diagnose_failover.yml" in explained(ran), explained(ran)


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


DRILLING = Loss(flow=DRILL, first=once, stopped=stopped, over=measured, ended=drilled)
