# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a restore and the small workflows of a pair promise when a node is cut off.

Auto Resync stays off, each order is given once at most, and no data is lost. A node that nobody reaches is not dead:
in the meantime it may promote itself, and then the second run stops and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.scenario.test_pair_playbooks import FAILOVER, word
from tests.scenario.test_workflow_kills import PRESS, RESTORE, SINCE, SWITCH
from tests.support.gone import Loss
from tests.support.kills import Flow, Point, order, orders, task
from tests.support.playbook import Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence

DATA = "before the loss"
SUSPEND, RESUME, PROMOTE = "maintenance.suspend", "maintenance.resume", "failover_to_this"
DIAGNOSE = "diagnose_failover.yml"


# -- how each begins ---------------------------------------------------------------------------------------------------
def mirrored(pair: Site) -> tuple[str, ...]:
    """A healthy pair."""
    pair.pair_by_hand()
    pair.control.do(A, "ha.write_data", DATA)
    return ()


def suspended(pair: Site) -> tuple[str, ...]:
    """Somebody suspended it."""
    mirrored(pair)
    pair.control.do(A, "ha.suspend")
    return ()


def swapped(pair: Site) -> tuple[str, ...]:
    """B is active."""
    mirrored(pair)
    pair.control.do(A, "ha.switch_roles")
    pair.control.advance(120)
    assert pair.role(B) == "Active"
    return ()


def dead(pair: Site) -> tuple[str, ...]:
    """A is dead, and B waits for somebody who presses Failover."""
    mirrored(pair)
    for host in (A, B):
        pair.control.do(host, "ha.update_settings", {"medium_failover_mode": True})
    pair.control.power(A, "off")
    pair.control.advance(1800)
    return (*FAILOVER, *word(pair))


# -- what holds after each run -----------------------------------------------------------------------------------------
def unharmed(pair: Site) -> None:
    """Whatever happens."""
    for host in (A, B):
        assert DATA in pair.state(host)["database"]["records"]
        assert pair.state(host)["ha"]["enabled"] is True
        assert pair.state(host)["ha"]["settings"]["attempt_auto_resync"] is False


def told(pair: Site, ran: Ran) -> None:
    """What a run left: one report, and why it failed."""
    report = evidence(pair, ran)
    assert report["outcome"] == ("succeeded" if ran.code == 0 else "failed"), explained(ran)
    assert ran.code == 0 or report["reason"], report


def small(flow: Flow, press: str, nodes: tuple[str, ...] = ("A", "B"), again: int = 0) -> Loss:
    """Of a workflow with one order; its end is that of the flow.

    :param again: how many times the second run may press once more, because the loss has undone it.
    """

    def first(pair: Site, ran: Ran) -> None:
        unharmed(pair)
        told(pair, ran)
        assert len(orders(pair, press)) <= 1, orders(pair, press)

    def ended(pair: Site, ran: Ran) -> None:
        unharmed(pair)
        told(pair, ran)
        assert len(orders(pair, press)) <= 1 + again, orders(pair, press)
        flow.ended(pair, ran)

    def over(pair: Site, _ran: Ran) -> None:
        assert len(orders(pair, press)) == 1

    return Loss(flow, first, flow.stopped, over, ended, nodes=nodes)


def shows(state: str, *, active: str = "") -> Callable[[Site, Ran], None]:
    """The end: both nodes show it. A workflow that has no say in who is ``active`` leaves that as it came."""

    def end(pair: Site, ran: Ran) -> None:
        assert ran.code == 0
        roles = {host: pair.role(host) for host in (A, B)}
        assert sorted(roles.values()) == ["Active", "Passive"]
        assert roles[active or A] == "Active" or not active
        assert {pair.state(host)["ha"]["mirror_state"] for host in (A, B)} == {state}

    return end


def stops(press: str) -> Callable[[Site, Ran], None]:
    """The second run: a person has to look at the pair first."""

    def stop(pair: Site, ran: Ran) -> None:
        unharmed(pair)
        told(pair, ran)
        assert len(orders(pair, press)) <= 1, orders(pair, press)
        assert DIAGNOSE in explained(ran), explained(ran)

    return stop


def points(press: str, name: str) -> tuple[Point, ...]:
    """Of a workflow with one order, in a task of that name."""
    return task("Gates"), order(press), task(name), task("Write the evidence", over=True)


SUSPENDING = Flow(
    name="suspend_mirroring",
    prepare=mirrored,
    points=points(SUSPEND, "Suspend"),
    ended=shows("SUSPENDED"),
    stopped=stops(SUSPEND),
)
RESUMING = Flow(
    name="resume_mirroring",
    prepare=suspended,
    points=points(RESUME, "Resume and wait for SYNCHRONIZED"),
    ended=shows("SYNCHRONIZED"),
    stopped=stops(RESUME),
)
FAILBACK = Flow(
    name="failback",
    prepare=swapped,
    points=points(SWITCH, "The usual node is active"),
    ended=shows("SYNCHRONIZED", active=A),
    stopped=stops(SWITCH),
)


def promoted(pair: Site, ran: Ran) -> None:
    """B is active, and A is dead as before."""
    assert ran.code == 0
    assert pair.role(B) == "Active"
    assert len(orders(pair, PROMOTE)) == 1


TAKING_OVER = Flow(
    name="failover",
    prepare=dead,
    points=points(PROMOTE, "Fail over"),
    ended=promoted,
    stopped=stops(PROMOTE),
)


# -- restoring one of them ---------------------------------------------------------------------------------------------
def one_restore(pair: Site, ran: Ran) -> None:
    """Ordered once at most; nothing is lost before it was ordered."""
    told(pair, ran)
    assert len(orders(pair, PRESS)) <= 1, orders(pair, PRESS)
    assert orders(pair, PRESS) or SINCE in pair.state(A)["database"]["records"]


RESTORING = Loss(RESTORE, one_restore, RESTORE.stopped, over=RESTORE.ended, ended=RESTORE.ended)
SMALL = (
    small(SUSPENDING, SUSPEND),
    small(RESUMING, RESUME, again=1),
    small(FAILBACK, SWITCH),
    small(TAKING_OVER, PROMOTE, nodes=("B",)),
)
