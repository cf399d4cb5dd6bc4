# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of a mirrored pair, in the order of the guide (1783-1828)."""

from __future__ import annotations

from pathlib import Path

from tests.support.playbook import Core
from tests.support.site import BACKUP, A, B, Site, explained, site
from tests.support.starts import NO_BACKUP_SOON
from tests.support.workflow import evidence, outcomes, run

LIMIT = ("-e", "upgrade_max_suspended_minutes=600", "-e", "upgrade_updater_by_hand=true")
BY_MODULES = LIMIT[:2]
STEPS = [f"{what}_useries_1{node}" for node in "ab" for what in ("download", "products")]
ENVIRONMENT = "U-Series 2016 Environment"
SAFE = "Password Safe"
NO_FAILOVER = "mirroring is SUSPENDED: there is no failover until it is resumed"


def said(*steps: str) -> tuple[str, str]:
    """A person did these."""
    return "-e", "person_done=" + ",".join(steps)


def prepared(pair: Site) -> None:
    """A pair with a location on a share and a backup there."""
    pair.pair_by_hand()
    pair.run(*NO_BACKUP_SOON, playbook=BACKUP).good()
    pair.control.reset_counts()


def locks(pair: Site, host: str) -> dict[str, bool]:
    """Subscriptions of a node, and whether they are locked."""
    return {one["name"]: one["locked"] for one in pair.state(host)["updater"]["subscriptions"]}


def test_the_active_node_first_then_the_passive_one(core: Core, tmp_path: Path) -> None:
    """What a person said once needs not be said again, and no second backup is taken."""
    with site(core, tmp_path) as pair:
        prepared(pair)
        waits = run(pair, "upgrade", *LIMIT)
        assert waits.code != 0
        assert f"waiting for a person: {STEPS[0]}" in explained(waits)
        assert NO_FAILOVER in explained(waits)
        assert evidence(pair, waits)["outcome"] == "waiting"
        assert pair.state(A)["ha"]["mirror_state"] == "SUSPENDED"
        pair.control.advance(30 * 3600)  # the backup is older than upgrade_backup_max_age
        begun = ("-e", "upgrade_beyondinsight_from=99.9")  # would have been refused, but what was begun is finished
        waits = run(pair, "upgrade", *LIMIT, *begun, *said(STEPS[0]))
        assert outcomes(evidence(pair, waits))["beyondinsight_path"] == "warning"
        assert f"waiting for a person: {STEPS[1]}" in explained(waits)
        assert pair.orders("backup_now") == []
        pair.control.do(A, "services.set", "BeyondTrust Event Server", "Stopped")  # it did not come back
        ended = run(pair, "upgrade", *LIMIT, *said(*STEPS[1:]))
        assert f"do not run: BeyondTrust Event Server on {A}." in explained(ended), ended.output
        assert NO_FAILOVER not in explained(ended)
        pair.control.do(A, "services.set", "BeyondTrust Event Server", "Running")
        done = run(pair, "upgrade", *LIMIT, *said(*STEPS[1:])).good()
        orders = [entry["node"] for entry in pair.orders("schedule_updates")]
        assert orders == ["UVM-1A", "UVM-1B"]
        for host in (A, B):
            assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"
        report = evidence(pair, done)
        assert report["outcome"] == "succeeded"
        assert report["versions_after"] == report["versions_before"]
        assert {name.split(" (")[-1] for name in report["versions_after"]} == {f"{A})", f"{B})"}


def test_without_a_time_limit_nothing_is_written(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        prepared(pair)
        before = pair.writes()
        ran = run(pair, "upgrade")
        assert ran.code != 0
        assert "Give upgrade_max_suspended_minutes" in explained(ran)
        assert NO_FAILOVER not in explained(ran)
        assert pair.writes() == before


def test_what_the_updater_does_is_done_by_modules_when_its_labels_are_named(core: Core, tmp_path: Path) -> None:
    """What others depend on comes first, each recommended restart before the next product, and locks are put back."""
    with site(core, tmp_path) as pair:
        prepared(pair)
        pair.control.do(A, "updater.set_lock", ENVIRONMENT, False)
        before = {host: locks(pair, host) for host in (A, B)}
        done = run(pair, "upgrade", *BY_MODULES).good()
        assert {host: locks(pair, host) for host in (A, B)} == before
        for host in (A, B):
            state = pair.state(host)
            assert state["updates"]["offers"] == []
            assert {one["status"] for one in state["updater"]["downloads"]} == {"Downloaded"}
            applied = {one["name"]: one["applied"] for one in state["updates"]["packages"]}
            assert (
                applied["SUPI 2.5.0.0"]
                < applied["SW-210401 Supporting Software"]
                < applied["KB-2021-04 Windows Server"]
            )
            assert not [row for row in state["updater"]["results"].values() if "restart" in row[1]]
            assert state["ha"]["mirror_state"] == "SYNCHRONIZED"
        assert pair.role(A) == "Active"
        assert pair.orders("backup_now") == []
        report = evidence(pair, done)
        assert report["outcome"] == "succeeded"
        assert report["versions_before"][f"{SAFE} ({B})"] != report["versions_after"][f"{SAFE} ({B})"] == "21.2.1.77"
