# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the upgrade promises when a node is lost (design of the workflows, sections 4 and 8).

Before Suspend the passive node takes over; while mirroring is suspended nobody does, and the run says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.scenario.kills_upgrade import RESUME, UPGRADE, complete, unharmed
from tests.scenario.test_upgrade import NO_FAILOVER, locks
from tests.support.gone import Loss, cut_off, power_lost, powered, reachable
from tests.support.kills import orders, state_files
from tests.support.playbook import Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence

DIAGNOSE = "diagnose_failover.yml"


def remembered(pair: Site) -> None:
    """What is unlocked will be locked again: the controller knows it."""
    files = [path.read_text(encoding="utf-8") for path in state_files(pair).rglob("upgrade.*.checkpoint")]
    values = [json.loads(text)["body"]["values"] for text in files]
    for host in (A, B):
        unlocked = {name for name, locked in locks(pair, host).items() if not locked}
        known = {name for one in values for name in one.get(f"locks_{host.replace('-', '_')}", ())}
        assert unlocked <= known, (host, unlocked - known)


def told(pair: Site, ran: Ran) -> None:
    """One report; it says how the mirroring was left, as a node that still answers shows it, and what to do."""
    report = evidence(pair, ran)
    assert report["outcome"] == ("succeeded" if ran.code == 0 else "failed"), explained(ran)
    if ran.code == 0:
        return
    suspended = "SUSPENDED" in [pair.state(host)["ha"]["mirror_state"] for host in (A, B)]
    for said in (report["reason"], explained(ran)):
        assert suspended == (f"{NO_FAILOVER}. Run upgrade.yml again" in said), said
        assert suspended or DIAGNOSE in said, said


def referred(pair: Site, ran: Ran) -> None:
    """A person has to look at the pair first, and after a failover nobody is told to resume."""
    assert evidence(pair, ran)["outcome"] == "failed"
    assert DIAGNOSE in explained(ran), explained(ran)
    after_a_failover = pair.role(B) == "Active"
    assert not after_a_failover or "or resume_mirroring.yml" not in explained(ran), explained(ran)


def written(pair: Site, ran: Ran) -> None:
    """It was lost while the report was written: the rest was done by then."""
    assert orders(pair, RESUME), ran.output


def of_upgrade(
    installs: int, lose: Callable[[Site, str], None] = cut_off, back: Callable[[Site, str], None] = reachable
) -> Loss:
    """:param installs: orders to install a product, at most; :param lose, back: what becomes of the node."""

    def judged(*judges: Callable[[Site, Ran], None]) -> Callable[[Site, Ran], None]:
        def judge(pair: Site, ran: Ran) -> None:
            unharmed(pair, installs)
            remembered(pair)
            for one in judges:
                one(pair, ran)

        return judge

    return Loss(UPGRADE, judged(told), judged(referred), written, judged(complete), lose, back)


CUT_OFF = of_upgrade(4)  # it goes on installing by itself
DEATH = of_upgrade(5, power_lost, powered)  # what lost its power is ordered again
