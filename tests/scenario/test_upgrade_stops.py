# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of a mirrored pair when something goes another way: no more is installed, and it says how to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.test_upgrade import LIMIT, NO_FAILOVER, STEPS, prepared, said
from tests.support.playbook import Core
from tests.support.site import A, B, Site, explained, site
from tests.support.workflow import evidence, outcomes, run, start

SAFE = "Password Safe"


def waiting(pair: Site) -> None:
    """Suspended, and the active node's packages are to be downloaded by a person."""
    prepared(pair)
    assert f"waiting for a person: {STEPS[0]}" in explained(run(pair, "upgrade", *LIMIT))
    pair.control.reset_counts()


def nothing_installed(pair: Site) -> None:
    """No security package was ordered on either node."""
    assert pair.orders("schedule_updates") == []


def test_the_limit_stops_before_the_next_package(core: Core, tmp_path: Path) -> None:
    """Nothing is recorded of an upgrade that another controller began; since when it is suspended is given."""
    with site(core, tmp_path) as pair:
        prepared(pair)
        pair.control.do(A, "ha.suspend")
        pair.control.reset_counts()
        since = ("-e", "upgrade_suspended_since=2020-01-01T00:00")
        ran = run(pair, "upgrade", *LIMIT, *since, *said(*STEPS))
        assert ran.code != 0
        for words in ("upgrade_max_suspended_minutes, is 600", "Nothing more is installed", NO_FAILOVER):
            assert words in explained(ran)
        nothing_installed(pair)
        report = evidence(pair, ran)
        assert (report["outcome"], outcomes(report)["suspended_since"]) == ("failed", "passed")
        # it is recorded now, and goes on counting
        ran = run(pair, "upgrade", *LIMIT, *said(*STEPS))
        assert "upgrade_max_suspended_minutes, is 600" in explained(ran)
        nothing_installed(pair)


def test_somebody_who_resumes_in_the_middle_is_not_contradicted(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        waiting(pair)
        words = pair.slowly(60.0)
        running = start(pair, "upgrade", *LIMIT, *said(*STEPS), *words)
        pair.until(lambda: bool(pair.orders("schedule_updates")), running)
        pair.control.do(A, "ha.resume")
        ran = running.ended(300)
        assert "somebody else works on this pair" in explained(ran)
        assert [entry["node"] for entry in pair.orders("schedule_updates")] == ["UVM-1A"]
        assert pair.orders("suspend") == []
        assert evidence(pair, ran)["outcome"] == "failed"


def test_roles_that_were_switched_meanwhile_stop_it(core: Core, tmp_path: Path) -> None:
    """Which node is first was decided at the beginning; to go on in the wrong order is nobody's intention."""
    with site(core, tmp_path) as pair:
        waiting(pair)
        pair.control.do(A, "ha.resume")
        pair.control.advance(600)
        pair.control.do(A, "ha.switch_roles")
        pair.control.advance(300)
        assert pair.role(B) == "Active"
        pair.control.reset_counts()
        ran = run(pair, "upgrade", *LIMIT, *said(*STEPS))
        assert ran.code != 0
        assert f"{A} should be Active and {B} Passive, but {A} is Passive, {B} is Active." in explained(ran)
        assert "diagnose_failover.yml" in explained(ran)
        assert pair.writes() == 0


@pytest.mark.parametrize("gone", [A, B])
def test_a_node_that_does_not_come_back_stops_it(core: Core, tmp_path: Path, gone: str) -> None:
    with site(core, tmp_path) as pair:
        waiting(pair)
        pair.control.power(gone, "off")
        ran = run(pair, "upgrade", *LIMIT, *said(*STEPS))
        assert ran.code != 0
        assert f"{gone} does not answer" in explained(ran)
        assert NO_FAILOVER in explained(ran)
        assert pair.writes() == 0
        report = evidence(pair, ran)
        assert (report["outcome"], report["workflow"]) == ("failed", "upgrade")


def test_versions_that_differ_are_told_one_by_one(core: Core, tmp_path: Path) -> None:
    """The pair is SYNCHRONIZED by then; the next run looks again and installs nothing twice."""
    with site(core, tmp_path) as pair:
        prepared(pair)
        rows = pair.state(B)["versions"]
        pair.control.set("versions", [[name, "1.2.3" if name == SAFE else version] for name, version in rows], B)
        ran = run(pair, "upgrade", *LIMIT, *said(*STEPS))
        assert ran.code != 0
        before = dict(rows)[SAFE]
        assert f"{SAFE} is {before} on {A} and 1.2.3 on {B}." in explained(ran)
        assert NO_FAILOVER not in explained(ran)
        assert pair.state(A)["ha"]["mirror_state"] == "SYNCHRONIZED"
        report = evidence(pair, ran)
        assert (report["outcome"], report["versions_after"][f"{SAFE} ({B})"]) == ("failed", "1.2.3")
        orders = len(pair.orders("schedule_updates"))
        pair.control.set("versions", rows, B)
        done = run(pair, "upgrade", *LIMIT).good()
        assert evidence(pair, done)["outcome"] == "succeeded"
        assert (len(pair.orders("schedule_updates")), len(pair.orders("suspend"))) == (orders, 1)
