# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of a mirrored pair, in the order of the guide (1783-1828)."""

from __future__ import annotations

from pathlib import Path

from tests.support.playbook import Core
from tests.support.site import BACKUP, A, B, explained, site
from tests.support.workflow import run

LIMIT = ("-e", "upgrade_max_suspended_minutes=600")
SAID = "person_done=" + ",".join(f"{what}_useries_1{node}" for node in "ab" for what in ("download", "products"))


def test_the_active_node_first_then_the_passive_one(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.run(playbook=BACKUP).good()
        waits = run(pair, "upgrade", *LIMIT)
        assert waits.code != 0
        assert "waiting for a person: download_useries_1a" in explained(waits)
        assert "mirroring is SUSPENDED: there is no failover until it is resumed" in explained(waits)
        assert pair.state(A)["ha"]["mirror_state"] == "SUSPENDED"
        done = run(pair, "upgrade", *LIMIT, "-e", SAID).good()
        nodes = [event["host"] for event in done.events if event["task"].endswith("through any number of restarts")]
        assert len(nodes) == 2
        orders = [entry["node"] for entry in pair.orders("schedule_updates")]
        assert orders == ["UVM-1A", "UVM-1B"]
        for host in (A, B):
            assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"


def test_without_a_time_limit_nothing_is_written(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.run(playbook=BACKUP).good()
        before = pair.writes()
        ran = run(pair, "upgrade")
        assert ran.code != 0
        assert "Give upgrade_max_suspended_minutes" in explained(ran)
        assert pair.writes() == before
