# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade begun on a pair that is not fit for it: it stops with advice, writes nothing, and leaves evidence.

One wrong start is drawn in ``make test``, the campaign takes them all.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.draw import drawn
from tests.support.playbook import Core
from tests.support.site import BACKUP, A, B, Site, changed, explained, site
from tests.support.starts import (
    NO_BACKUP_SOON,
    Start,
    as_it_is,
    begun_wrongly,
    disconnected,
    drill_half_done,
    exposed,
    passive_is_off,
    suspended,
    suspended_by_a_failover,
    two_actives,
)
from tests.support.workflow import run

LIMIT = ("-e", "upgrade_max_suspended_minutes=600", "-e", "upgrade_updater_by_hand=true")
DIAGNOSE = "diagnose_failover.yml"


def active_is_off(pair: Site) -> None:
    """A moment ago: nobody has taken over."""
    pair.control.power(A, "off")


def update_under_way(pair: Site) -> None:
    """Somebody applies security packages on the passive node."""
    pair.slowly(1.0)
    pair.control.do(B, "updates.run_now")


def backup_in_two_hours(pair: Site) -> None:
    """The passive node's weekly backup is inside the window."""
    at = datetime.now(timezone.utc) + timedelta(hours=2)
    words = ("-e", f"backup_schedule_day={at:%A}", "-e", f"backup_schedule_time={at:%H:%M}")
    pair.run(*words, "--limit", B, playbook=BACKUP).good()


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
    "scheduled backup": (
        backup_in_two_hours,
        LIMIT,
        ("A backup is scheduled inside the next 600 minutes: in 1", f"minutes on {B}.", "backup_schedule"),
    ),
    "path": (
        as_it_is,
        (*LIMIT, "-e", "upgrade_beyondinsight_from=21.10"),
        (f"{B}: Installed is 21.2.0.1240; the path begins with 21.10", "release notes"),
    ),
}


def stopped(core: Core, folder: Path, name: str) -> None:
    """It ends with advice; nothing was written, and the evidence says that it failed and why."""
    with site(core, folder) as pair:
        fit(pair)
        begun_wrongly(pair, "upgrade", STARTS[name])


def fit(pair: Site) -> None:
    """A synchronized pair with a location on a share and a backup there."""
    pair.pair_by_hand()
    pair.run(*NO_BACKUP_SOON, playbook=BACKUP).good()
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
