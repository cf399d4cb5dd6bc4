# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The failover drill: the pair ends as it began, with evidence; Auto Resync is off in every case (guide 1163-1174)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.playbook import Core
from tests.support.site import A, B, Site, explained, site
from tests.support.workflow import evidence, run

SURFACES = ("console", "endpoint", "idrac")
SURE = ("-e", "confirm=UVM-1A+UVM-1B")


def as_before(pair: Site) -> None:
    """The pair is as it was: roles, mirror, settings."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        state = pair.state(host)["ha"]
        assert state["mirror_state"] == "SYNCHRONIZED"
        assert state["settings"]["attempt_auto_resync"] is False


def test_the_pair_fails_over_and_back(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.write_data", "before the drill")
        ran = run(pair, "failover_drill", *SURE, "-e", "high_availability_drill_rto_target_minutes=60").good()
        as_before(pair)
        assert len(pair.orders("switch_roles")) == 1
        for host in (A, B):
            assert "before the drill" in pair.state(host)["database"]["records"]
        report = evidence(pair, ran)
        assert report["outcome"] == "succeeded"
        assert 300 < report["measured"]["rto_seconds"] < 1500, report["measured"]
        assert "by the appliance" in report["measured"]["rto_source"]
        roles = [(one["of"], one["value"]) for one in report["states"] if one["what"] == "role"]
        assert ("UVM-1B", "Active") in roles


def test_it_asks_for_the_names(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        ran = run(pair, "failover_drill", "-e", "confirm=UVM-1A")
        assert ran.code != 0
        assert "-e confirm=UVM-1A+UVM-1B" in explained(ran)
        assert pair.writes() == 0
        as_before(pair)


@pytest.mark.parametrize("state", ["suspended", "partner off", "clock"])
def test_a_wrong_start(core: Core, tmp_path: Path, state: str) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        if state == "suspended":
            pair.control.do(A, "ha.suspend")
        elif state == "partner off":
            pair.control.power(B, "off")
        else:
            pair.control.set("clock_offset", 900.0, B)
        ran = run(pair, "failover_drill", *SURE)
        assert ran.code != 0
        assert "gates of failover_drill failed" in explained(ran)
        assert pair.writes() == 0
        assert evidence(pair, ran)["outcome"] == "failed"


def test_a_drill_of_somebody_else_is_stopped_and_auto_resync_turned_off(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
        ran = run(pair, "failover_drill", *SURE)
        assert ran.code != 0
        assert "A failover drill was interrupted" in explained(ran)
        as_before(pair)
        assert pair.state(A)["powered"] is True


def test_a_person_stops_the_node(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        words = ("-e", "high_availability_drill_method=person")
        first = run(pair, "failover_drill", *SURE, *words)
        assert first.code != 0
        assert "waiting for a person: stop" in explained(first)
        assert evidence(pair, first)["outcome"] == "waiting"
        pair.control.power(A, "off")
        second = run(pair, "failover_drill", *SURE, *words, "-e", "person_done=stop")
        assert "waiting for a person: back" in explained(second), second.output
        pair.control.power(A, "on")
        pair.control.advance(300)
        run(pair, "failover_drill", *SURE, *words).good()
        as_before(pair)
        assert len(pair.orders("switch_roles")) == 1
        assert json.dumps(pair.state(B)["ha"]["settings"]["attempt_auto_resync"]) == "false"
