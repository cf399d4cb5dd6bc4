# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of a mirrored pair for the tests in which the controller dies; modules work BeyondTrust Updater."""

from __future__ import annotations

from tests.scenario.test_upgrade import BY_MODULES, locks, prepared
from tests.support.kills import Flow, at_most, keeps, order, orders, task
from tests.support.playbook import Ran
from tests.support.site import A, B, Site, explained
from tests.support.workflow import evidence

DATA = "before the upgrade"
SUSPEND, RESUME = "maintenance.suspend", "maintenance.resume"
APPLY, INSTALL, RESTART = "available.schedule_updates", "products.install", "reboot.reboot"
LOCK = "subscriptions.lock"


def backed_up(pair: Site) -> tuple[str, ...]:
    """A pair with a fresh backup on the share, so that the upgrade takes none."""
    prepared(pair)
    pair.control.do(A, "ha.write_data", DATA)
    return BY_MODULES


def unharmed(pair: Site, installs: int = 4, upgrades: int = 1) -> None:
    """Whatever happens.

    :param installs: orders to install a product, at most; :param upgrades: how often the pair was without failover, at
        most.
    """
    keeps(pair, DATA)
    for host in (A, B):
        assert pair.state(host)["ha"]["enabled"] is True
        assert pair.state(host)["ha"]["settings"]["attempt_auto_resync"] is False
    at_most(pair, {"backup_now": 0, SUSPEND: upgrades, RESUME: upgrades, APPLY: 6, INSTALL: installs, RESTART: 2})
    asked = [SUSPEND in str(one["what"]) for one in orders(pair, "configuration.maintenance.")]
    assert asked == [number % 2 == 0 for number in range(len(asked))], "suspended, resumed, and only then once more"


def kept(pair: Site) -> None:
    """Whatever happens while both nodes run."""
    unharmed(pair)
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")


def upgraded_anew(pair: Site, ran: Ran) -> None:
    """By a run that knows of no other: what is due shows only while the pair is suspended, so that may be twice."""
    unharmed(pair, upgrades=2)
    complete(pair, ran)


def upgraded(pair: Site, ran: Ran) -> None:
    """Nothing was ordered twice, and all is done."""
    kept(pair)
    complete(pair, ran)


def complete(pair: Site, ran: Ran) -> None:
    """Both nodes have everything, every subscription is locked as before, and the pair mirrors."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        state = pair.state(host)
        assert state["updates"]["offers"] == []
        assert {one["status"] for one in state["updater"]["downloads"]} == {"Downloaded"}
        assert set(locks(pair, host).values()) == {True}
        assert state["ha"]["mirror_state"] == "SYNCHRONIZED"
    assert evidence(pair, ran)["outcome"] == "succeeded"


def not_upgraded(pair: Site, ran: Ran) -> None:
    """Stopped, for since when the pair is without failover is as little known as how subscriptions were locked."""
    kept(pair)
    said = explained(ran)
    assert "since when cannot be known" in said, said
    assert "how subscriptions of BeyondTrust Updater were locked" in said, said
    assert "there is no failover until it is resumed" in said, said
    assert evidence(pair, ran)["outcome"] == "failed"


UPGRADE = Flow(
    name="upgrade",
    prepare=backed_up,
    points=(
        task("Gates"),
        task("Who was active at the beginning, and with which versions"),
        task("A verified backup on the share"),
        task("Since when it is suspended"),
        order(SUSPEND),
        task("Suspend"),
        task("That is remembered before it is changed"),
        task("Unlock"),
        task("Download until all is there"),
        order(APPLY),
        task("Apply, through any number of restarts"),
        task("Unlock", 3),
        task("Apply, through any number of restarts", 3),
        order(INSTALL),
        task("Install"),
        order(RESTART),
        task("The recommended restart"),
        order(LOCK, 3),
        task("What was locked before is locked again"),
        order(APPLY, 5),
        task("Install", 4),
        task("What was locked before is locked again", 2),
        order(RESUME),
        task("Resume and wait for SYNCHRONIZED"),
        task("Write the evidence", over=True),
    ),
    ended=upgraded,
    anew=upgraded_anew,
    stopped=not_upgraded,
    surfaces=("console", "endpoint"),
)
