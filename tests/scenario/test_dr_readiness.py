# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a pair would survive today: every check is a row, nothing is changed, and one row failed fails the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.bad_input_bench import Bench
from tests.scenario.spare_bench import RESTORE, bench_of_spare, make_spare, with_spare
from tests.support.playbook import Core, Playbooks, Ran, play, task
from tests.support.site import BACKUP, A, B, Site, changed, explained, site
from tests.support.workflow import evidence, outcomes, reports, run

__all__ = ("with_spare",)  # a fixture
pytestmark = pytest.mark.one_way

FLOW = "dr_readiness"
SURFACES = ("console", "endpoint", "windows", "idrac")
PASSWORD = "simulated-backup-password"  # of the simulator's inventory
OPENS = ("-e", "dr_readiness_backup_password={{ backup_password }}")


def escrow(pair: Site) -> tuple[str, str]:
    """Write the keys of both nodes to private files; the words that name them."""
    dest = str(pair.folder / "{{ inventory_hostname }}.json")
    pair.run(playbook=play(task("Escrow", "bitlocker_info", {"dest": dest}), hosts="useries")).good()
    return "-e", json.dumps({"dr_readiness_bitlocker_keys": [dest]})


def ready(pair: Site) -> tuple[str, ...]:
    """Everything is as it should be; the words of a run."""
    pair.pair_by_hand()
    pair.run(playbook=BACKUP).good()
    words = (*OPENS, *escrow(pair))
    pair.control.reset_counts()
    return words


def rows(pair: Site, ran: Ran) -> dict[str, Any]:
    """The rows of the page by name; the page's report is removed, so that the next run writes the only one."""
    report = evidence(pair, ran)
    for path in reports(pair).iterdir():
        path.unlink()
    return {one["name"]: one for one in report["gates"]}


def failed(found: dict[str, Any]) -> set[str]:
    """Names of the rows that failed."""
    return {name for name, one in found.items() if one["result"] == "failed"}


def test_a_pair_that_would_survive(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        words = ready(pair)
        ran = run(pair, FLOW, *words).good()
        report = evidence(pair, ran)
        assert (report["outcome"], report["nodes"]) == ("checked", [A, B])
        results = outcomes(report)
        for node in (A, B):
            for check in ("certificate", "idrac", "bitlocker", "bitlocker_keys"):
                assert results[f"{check}@{node}"] == "passed"
        for name in ("roles", f"backup@{A}", f"backup_place@{A}", f"backup_opens@{A}", "standby", "versions_equal"):
            assert results[name] == "passed"
        assert set(results.values()) == {"passed"}
        assert (changed(ran), pair.writes()) == (set(), 0)
        page = next(reports(pair).glob("*.html")).read_text(encoding="utf-8")
        for secret in (PASSWORD, pair.simulated.nodes[A].password, *recovery_passwords(pair)):
            assert secret not in ran.output + page + json.dumps(report) + json.dumps(ran.events)
        for path in reports(pair).iterdir():
            path.unlink()
        gates = run(pair, FLOW, *words, "--tags", "gates").good()
        assert gates.of("useries.appliance.dr_readiness : Certificates, backups, versions", A)["status"] == "ok"
        run(pair, FLOW, *words, "--check").good()
        assert (list(reports(pair).iterdir()), pair.writes()) == ([], 0)
        skipped = run(pair, FLOW, *words, "--skip-tags", "gates")
        assert skipped.code != 0
        assert "Nothing was looked at" in explained(skipped)


def recovery_passwords(pair: Site) -> list[str]:
    """The secrets in the escrowed files."""
    found = []
    for node in (A, B):
        keys = json.loads((pair.folder / f"{node}.json").read_text(encoding="utf-8"))
        found += [one["recovery_password"] for one in keys]
    assert len(found) >= 2
    return found


def test_what_would_not_survive(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        words = ready(pair)
        pair.control.snapshot("ready")
        wrong = run(pair, FLOW, *words, "-e", "dr_readiness_backup_password=Wrong-Canary-1")
        found = rows(pair, wrong)
        assert wrong.code != 0
        assert failed(found) == {f"backup_opens@{A}"}
        assert "Wrong-Canary-1" not in wrong.output

        pair.control.do(A, "ha.suspend")
        suspended = run(pair, FLOW, *words)
        found = rows(pair, suspended)
        assert failed(found) == {f"state@{A}", "state@UVM-1B"}
        assert "there is no failover until it is resumed" in explained(suspended)
        assert "It would not survive today" in suspended.output

        pair.control.restore("ready")
        pair.control.do(A, "ha.update_settings", {"attempt_auto_resync": True})
        (pair.folder / f"{A}.json").chmod(0o644)
        (pair.folder / f"{B}.json").write_text("[]", encoding="utf-8")
        found = rows(pair, run(pair, FLOW, *words))
        assert failed(found) >= {f"auto_resync@{A}", f"bitlocker_keys@{A}", f"bitlocker_keys@{B}"}
        assert "can be read by others" in found[f"bitlocker_keys@{A}"]["reason"]
        assert "is in none of the files" in found[f"bitlocker_keys@{B}"]["reason"]

        pair.control.restore("ready")
        pair.control.set("versions", [["BeyondInsight", "1.0"], *pair.state(B)["versions"][1:]], B)
        old = run(pair, FLOW, *OPENS, "-e", "dr_readiness_backup_hours=0", "-e", "dr_readiness_certificate_days=9999")
        found = rows(pair, old)
        assert failed(found) >= {"versions_equal", f"bitlocker_keys@{A}"}
        assert "BeyondInsight" in found["versions_equal"]["reason"]
        assert found[f"certificate@{A}"]["result"] == "warning"
        assert pair.writes() == 0


@pytest.mark.parametrize("down", [A, B])
def test_with_a_node_down_all_else_is_looked_at(core: Core, tmp_path: Path, down: str) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.power(down, "off")
        ran = run(pair, FLOW)
        assert ran.code != 0
        found = rows(pair, ran)
        up = B if down == A else A
        assert any(name.startswith("answers@") for name in failed(found))
        assert found[f"certificate@{up}"]["result"] == "passed"
        assert found[f"certificate@{down}"]["result"] == "unavailable"
        assert found[f"bitlocker@{down}"]["result"] == "unavailable"
        assert found["versions_equal"]["result"] == "unavailable"
        assert found[f"idrac@{down}"]["result"] == "passed"
        assert pair.writes() == 0


class Alone:
    """Runs against an appliance without a partner.

    :param spare: whether B is its cold spare.
    """

    def __init__(self, bench: Bench, core: Core, folder: Path, spare: bool) -> None:
        tree = yaml.safe_load(bench.pair.inventory.read_text(encoding="utf-8"))
        for group in tree["useries"]["children"].values():
            for own in group["hosts"].values():
                own.pop("useries_partner", None)
            if spare:
                group["hosts"][B]["useries_cold_spare_of"] = A
            else:
                del group["hosts"][B]
        path = folder / "alone.yml"
        path.write_text(yaml.safe_dump(tree), encoding="utf-8")
        self.folder, self.playbooks = folder, Playbooks(core, path, folder)

    def run(self) -> tuple[Ran, dict[str, Any]]:
        """One run, and its rows."""
        playbook = [{"name": FLOW, "ansible.builtin.import_playbook": f"useries.appliance.{FLOW}"}]
        ran = self.playbooks.start(playbook, "-e", f"useries_report_dir={self.folder}/reports").ended(240)
        (path,) = (self.folder / "reports").glob(f"{FLOW}-*.json")
        report = json.loads(path.read_text(encoding="utf-8"))
        return ran, {one["name"]: one for one in report["gates"]}


@pytest.mark.parametrize("spare", [False, True])
def test_an_appliance_without_a_partner(with_spare: Any, core: Core, tmp_path: Path, spare: bool) -> None:
    with bench_of_spare(with_spare, tmp_path) as bench:
        bench.control.do(A, "backups.create", "LocalBackups", RESTORE, False)
        bench.control.advance(200)
        if spare:
            make_spare(bench)
        bench.control.reset_counts()
        ran, found = Alone(bench, core, tmp_path, spare).run()
        assert found[f"state@{A}"]["result"] == "passed", ran.output
        assert found["standby"]["result"] == ("passed" if spare else "warning")
        assert any(name.startswith("spare_") and name.endswith(f"@{B}") for name in found) is spare
        assert found[f"backup_place@{A}"]["result"] == "warning"
        assert found[f"backup_opens@{A}"]["result"] == "unavailable"
        assert "versions_equal" not in found
        assert bench.writes() == 0
