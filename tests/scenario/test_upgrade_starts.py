# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade begun on a pair that is not fit for it: it stops with advice, writes nothing, and leaves evidence.

One wrong start is drawn in ``make test``, the campaign takes them all.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.draw import drawn
from tests.support.playbook import Core
from tests.support.site import BACKUP, A, B, Site, changed, explained, site
from tests.support.workflow import refused, run

AWAY = 900  # longer than the partner failover timeout (6 minutes) and the promotion
LIMIT = ("-e", "upgrade_max_suspended_minutes=600", "-e", "upgrade_updater_by_hand=true")
DIAGNOSE = "diagnose_failover.yml"


def as_it_is(pair: Site) -> None:
    """The pair is fit, but the order is not."""


def suspended(pair: Site) -> None:
    """Somebody pressed Suspend, and no upgrade is recorded."""
    pair.control.do(A, "ha.suspend")


def suspended_by_a_failover(pair: Site) -> None:
    """The old active came back within the hour, as the passive one."""
    pair.control.power(A, "off")
    pair.control.advance(AWAY)
    pair.control.power(A, "on")
    pair.control.advance(300)
    assert (pair.role(A), pair.role(B)) == ("Passive", "Active")


def exposed(pair: Site) -> None:
    """The old active came back too late."""
    pair.control.power(A, "off")
    pair.control.advance(AWAY + 3 * 3600)
    pair.control.power(A, "on")
    pair.control.advance(300)


def two_actives(pair: Site) -> None:
    """The nodes did not see each other for so long that the passive one was promoted."""
    pair.control.do(B, "set_link", False, True)
    pair.control.advance(AWAY)
    assert (pair.role(A), pair.role(B)) == ("Active", "Active")


def disconnected(pair: Site) -> None:
    """The nodes do not see each other; no failover yet."""
    pair.control.do(B, "set_link", False, True)


def passive_is_off(pair: Site) -> None:
    pair.control.power(B, "off")


def active_is_off(pair: Site) -> None:
    """A moment ago: nobody has taken over."""
    pair.control.power(A, "off")


def drill_half_done(pair: Site) -> None:
    """Attempt Auto Resync is still on."""
    pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})


def update_under_way(pair: Site) -> None:
    """Somebody applies security packages on the passive node."""
    pair.slowly(1.0)
    pair.control.do(B, "updates.run_now")


Start = tuple[Callable[[Site], None], tuple[str, ...], tuple[str, ...]]
#: Name to the start, words of the run, and what is told.
STARTS: dict[str, Start] = {
    "no limit": (as_it_is, (), ("Give upgrade_max_suspended_minutes",)),
    "limit of nothing": (as_it_is, ("-e", "upgrade_max_suspended_minutes=-5"), ("Give upgrade_max_suspended_minutes",)),
    "backups on a node": (
        as_it_is,
        (*LIMIT, "-e", "backup_location=LocalBackups"),
        ("The backup location LocalBackups", "Give a location on a share"),
    ),
    "unknown location": (
        as_it_is,
        (*LIMIT, "-e", "backup_location=pigeons"),
        ("pigeons is not there", "Give a location on a share"),
    ),
    "suspended": (suspended, LIMIT, ("since when cannot be known", "-e upgrade_suspended_since=", "resume_mirroring")),
    "suspended, no date": (
        suspended,
        (*LIMIT, "-e", "upgrade_suspended_since=yesterday"),
        ("since when cannot be known", "YYYY-MM-DDTHH:MM"),
    ),
    "suspended by a failover": (suspended_by_a_failover, LIMIT, ("SUSPENDED", DIAGNOSE)),
    "exposed": (exposed, LIMIT, ("EXPOSED", DIAGNOSE)),
    "two actives": (two_actives, LIMIT, ("DISCONNECTED", DIAGNOSE)),
    "disconnected": (disconnected, LIMIT, ("DISCONNECTED", DIAGNOSE)),
    "passive off": (passive_is_off, LIMIT, ("does not answer", "its power")),
    "active off": (active_is_off, LIMIT, ("does not answer", "its power")),
    "drill": (drill_half_done, LIMIT, ("Attempt Auto Resync is on", "failover_drill.yml")),
    "update": (update_under_way, LIMIT, ("being applied",)),
}


def stopped(core: Core, folder: Path, name: str) -> None:
    """It ends with advice; nothing was written, and the evidence says that it failed and why."""
    start, words, told = STARTS[name]
    with site(core, folder) as pair:
        fit(pair)
        start(pair)
        pair.control.reset_counts()
        refused(pair, run(pair, "upgrade", *words), "upgrade", told)


def fit(pair: Site) -> None:
    """A synchronized pair with a location on a share and a backup there."""
    pair.pair_by_hand()
    pair.run(playbook=BACKUP).good()
    pair.control.reset_counts()


def test_a_wrong_start(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    stopped(core, tmp_path, *drawn("upgrade", STARTS))


@pytest.mark.parametrize("name", ["passive off", "active off"])
def test_there_is_evidence_with_either_node_down(core: Core, tmp_path: Path, name: str) -> None:
    stopped(core, tmp_path, name)


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    stopped(core, tmp_path, name)


def test_the_gates_alone_and_the_rest_without_them_write_nothing(core: Core, tmp_path: Path) -> None:
    """As does a checked run, which predicts."""
    with site(core, tmp_path) as pair:
        fit(pair)
        gates = run(pair, "upgrade", *LIMIT, "--tags", "gates").good()
        assert not [event for event in gates.events if "Suspend" in event["task"]]
        ungated = run(pair, "upgrade", *LIMIT, "--skip-tags", "gates")
        assert ungated.code != 0
        assert "gates of upgrade were not checked in this run" in explained(ungated)
        checked = run(pair, "upgrade", *LIMIT, "--check").good()
        assert (A, "Suspend") in changed(checked)
        assert pair.writes() == 0
        for host in (A, B):
            assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"
