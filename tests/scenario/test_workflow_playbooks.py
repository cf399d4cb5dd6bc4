# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of every workflow, shown with the smallest one: gates first, evidence always, nothing without gates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, changed, explained, site
from tests.support.workflow import WRITTEN, evidence, outcomes, reports, run

FLOW = "ha_settings"
WANTED = json.dumps({"high_availability_settings": {"reboot_blackout_window": 77}})
ROLE = "useries.appliance.workflow : "


@pytest.mark.long
def test_it_sets_both_nodes_and_leaves_evidence(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.set("settings_follow", False)
        ran = run(pair, FLOW, "-e", WANTED).good()
        for host in (A, B):
            assert pair.state(host)["ha"]["settings"]["reboot_blackout_window"] == 77
        report = evidence(pair, ran)
        assert (report["outcome"], report["rehearsal"]) == ("succeeded", True)
        assert report["nodes"] == ["UVM-1A", "UVM-1B"]
        assert outcomes(report)["roles"] == "passed"
        assert [one["task"] for one in report["steps"] if one["changed"]][:2] == ["Set them on both nodes"] * 2
        assert {(one["of"], one["value"]) for one in report["states"] if one["what"] == "role"} == {
            ("UVM-1A", "Active"),
            ("UVM-1B", "Passive"),
        }
        page = next(reports(pair).glob("*.html")).read_text(encoding="utf-8")
        assert "REHEARSAL" in page
        assert page.count("data:image/svg+xml;base64,") == 2
        for secret in ("password", pair.simulated.nodes[A].password, pair.simulated.nodes[B].password):
            assert secret not in page + json.dumps(report)
        before = pair.writes()
        again = run(pair, FLOW, "-e", WANTED).good()
        assert (changed(again), pair.writes()) == (set(), before)


def test_only_the_gates(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, "-e", WANTED, "--tags", "gates").good()
        assert ran.of(f"{ROLE}Gates", A)["status"] == "ok"
        assert pair.writes() == 0
        assert not reports(pair).exists()


def test_without_the_gates_nothing_is_written(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, "-e", WANTED, "--skip-tags", "gates")
        assert ran.code != 0
        assert "gates of ha_settings were not checked in this run" in explained(ran)
        assert pair.writes() == 0
        assert evidence(pair, ran)["outcome"] == "failed"


@pytest.mark.parametrize("down", [A, B])
def test_a_node_that_is_down_fails_the_gates_and_the_evidence_says_so(core: Core, tmp_path: Path, down: str) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        pair.control.power(down, "off")
        ran = run(pair, FLOW, "-e", WANTED)
        assert ran.code != 0
        assert "does not answer" in explained(ran)
        report = evidence(pair, ran)
        assert report["outcome"] == "failed"
        assert "does not answer" in report["reason"]
        assert "failed" in outcomes(report).values()
        assert pair.writes() == 0


def test_a_limit_to_the_second_node_is_enough(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, "-e", WANTED, "--limit", B).good()
        assert pair.state(A)["ha"]["settings"]["reboot_blackout_window"] == 77
        assert [event["host"] for event in ran.events if event["task"].endswith(WRITTEN)] == [B]


def test_check_mode_predicts_and_writes_nothing(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW, "-e", WANTED, "--check").good()
        assert changed(ran) == {(A, "Set them on both nodes")}
        assert pair.writes() == 0
        assert not reports(pair).exists()
