# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The health report: one page and the same as data, for appliances that are well, ill, or silent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.scenario.bad_input_bench import A, Bench
from tests.support.playbook import Core, Ran
from tests.support.site import B, Site, site

REPORT = [{"name": "Report", "ansible.builtin.import_playbook": "useries.appliance.health_report"}]


def report(pair: Site, *words: str) -> tuple[Ran, dict[str, Any], Any]:
    """Run the playbook; its run, the data, and the page."""
    place = pair.folder / "report"
    ran = pair.run("-e", f"health_report_directory={place}", *words, playbook=REPORT)
    return ran, json.loads((place / "health.json").read_text()), html.parse(str(place / "health.html")).getroot()


def verdicts(health: dict[str, Any]) -> dict[str, str]:
    """Check -> verdict."""
    return {one["check"]: one["verdict"] for one in health["checks"]}


@pytest.mark.long
def test_a_pair_that_is_well(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.run().good()
        pair.control.reset_counts()
        ran, data, page = report(pair)
        ran.good()
        assert pair.writes() == 0
        active = data["hosts"][A]
        assert active["role"] == "Active"
        found = verdicts(active)
        assert found.pop("heartbeat") in ("good", "unknown")  # simulated events run ahead of the appliance's clock
        assert found == dict.fromkeys(("certificate", "pair", "disk", "backup"), "good")
        assert active["dashboard"]["cpu_usage"] == 12
        assert active["pair"]["mirror_state"] == "SYNCHRONIZED"
        assert data["hosts"][B]["role"] == "Passive"
        cards = page.findall(".//article")
        assert [card.findtext("h2").strip() for card in cards] == [A, B]
        assert "12%" in re.sub(r"\s", "", cards[0].text_content())
        assert page.xpath("count(.//*[@src or @href or self::script])") == 0, "one file, nothing loaded"


def test_an_appliance_that_is_ill_and_one_that_is_silent(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.control.power(B, "off")
        ran, data, page = report(pair, "-e", "health_report_fails=true", "-e", "health_report_certificate_days=100000")
        assert ran.code != 0
        found = verdicts(data["hosts"][A])
        assert (found["certificate"], found["backup"]) == ("warning", "bad")
        assert data["hosts"][B]["reachable"] is False
        assert "no answer" in page.findall(".//article")[1].text_content()


@pytest.mark.one_way
def test_a_part_that_cannot_be_read_is_not_known(bench: Bench) -> None:
    bench.control.labels(hide=["health_dashboard", "backup_and_restore"])
    result = bench.attempt("health_check_info", on=A)
    health = result["health"]
    assert health["verdict"] in ("unknown", "bad", "warning")
    assert "backups" in health["not_read"]
    assert verdicts(health)["backup"] == "unknown"


@pytest.mark.one_way
@pytest.mark.parametrize(("state", "verdict"), [("SUSPENDED", "bad"), ("SYNCHRONIZED", "good")])
def test_the_state_of_the_mirror_is_judged(bench: Bench, state: str, verdict: str) -> None:
    bench.stage("synchronized")
    if state == "SUSPENDED":
        bench.control.do(A, "ha.suspend")
    health = bench.attempt("health_check_info", on=A)["health"]
    assert health["pair"]["mirror_state"] == state
    assert verdicts(health)["pair"] == verdict
