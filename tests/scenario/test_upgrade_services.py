# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upgrade of a pair that mirrors services only: one node after the other, nothing suspended (guide 1830-1874).

The playbook is told nothing of the procedure: it finds out by itself. One wrong start is drawn in ``make test``, the
campaign takes them all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.draw import drawn
from tests.support.kills import kill
from tests.support.playbook import Core, Ran
from tests.support.site import BACKUP, A, B, Site, changed, explained, site
from tests.support.starts import NO_BACKUP_SOON, Start, as_it_is, begun_wrongly
from tests.support.workflow import evidence, outcomes, run, start

SERVICES = {"mirroring": "HA mirroring for services only"}
STEPS = [f"{what}_useries_1{node}" for node in "ab" for what in ("download", "products")]
PAIR = ("--limit", f"{A},{B}")
BY_HAND = (*PAIR, "-e", "upgrade_updater_by_hand=true")
OTHER = "useries-2a"
SAFE, NEWER = "Password Safe", "21.2.1.77"
BEYONDINSIGHT = "BeyondInsight Audits: 4120"
TAKEN = "A verified backup of this node on the share"
REMOTE = {
    "location": "remote",
    "remote_database.server_name": "sql.example.com",
    "remote_database.database_name": "BeyondInsight",
    "remote_database.username": "useries_worker",
}


def said(*steps: str) -> tuple[str, str]:
    """A person did these."""
    return "-e", "person_done=" + ",".join(steps)


def paired(pair: Site) -> None:
    """A pair with a location on a share that mirrors services only."""
    for host in (A, B):
        pair.control.do(host, "roles.change", "high_availability", SERVICES)
    pair.pair_by_hand(mirrored=False)
    pair.run(*NO_BACKUP_SOON, "--limit", f"{A},{B}", playbook=BACKUP).good()
    pair.control.do(A, "ha.set_state", True, 5022)
    pair.control.advance(600)
    assert (pair.role(A), pair.role(B)) == ("Active", "Active")
    pair.control.reset_counts()


def upgrade(pair: Site, *words: str) -> Ran:
    """A run for the pair alone, in which a person works BeyondTrust Updater."""
    return run(pair, "upgrade", *BY_HAND, *words)


def ordered(pair: Site, what: str) -> list[str]:
    """The nodes that were ordered something named so, in turn."""
    return [entry["node"] for entry in pair.orders(what)]


def versions_of(pair: Site, host: str, version: str, product: str = BEYONDINSIGHT) -> None:
    """A person installed a product there."""
    rows = [[name, version if name == product else other] for name, other in pair.state(host)["versions"]]
    pair.control.set("versions", rows, host)


def test_one_node_after_the_other(core: Core, tmp_path: Path) -> None:
    """Both are backed up before either is touched, and what was done once is not done again."""
    with site(core, tmp_path) as pair:
        paired(pair)
        waits = upgrade(pair)
        assert f"waiting for a person: {STEPS[0]}" in explained(waits)
        assert "Patches for SQL Server may not be subscribed" in explained(waits)
        assert evidence(pair, waits)["outcome"] == "waiting"
        assert ordered(pair, "backup_now") == ["UVM-1A", "UVM-1B"]
        assert ordered(pair, "schedule_updates") == []
        waits = upgrade(pair, *said(STEPS[0]))
        assert f"waiting for a person: {STEPS[1]}" in explained(waits)
        assert ordered(pair, "schedule_updates") == ["UVM-1A"]
        for host in (A, B):
            versions_of(pair, host, NEWER, SAFE)
        done = upgrade(pair, *said(*STEPS[1:])).good()
        assert ordered(pair, "schedule_updates") == ["UVM-1A", "UVM-1B"]
        assert ordered(pair, "backup_now") == ["UVM-1A", "UVM-1B"]
        assert ordered(pair, "high_availability") == []
        report = evidence(pair, done)
        assert (report["outcome"], report["title"]) == ("succeeded", "Upgrade (services only)")
        for host in (A, B):
            assert pair.state(host)["ha"]["enabled"] is True
            assert report["versions_before"][f"{SAFE} ({host})"] == "21.2.0.1240"
            assert report["versions_after"][f"{SAFE} ({host})"] == NEWER
        again = upgrade(pair, *said(*STEPS)).good()
        assert changed(again) == {(A, TAKEN)}
        assert ordered(pair, "schedule_updates") == ["UVM-1A", "UVM-1B"]


@pytest.mark.long
def test_with_the_labels_of_the_updater_no_person_is_asked(core: Core, tmp_path: Path) -> None:
    """Nothing is left to download or to apply on either node; both are as they were."""
    with site(core, tmp_path) as pair:
        paired(pair)
        done = run(pair, "upgrade", *PAIR).good()
        for host in (A, B):
            state = pair.state(host)
            assert state["updates"]["offers"] == []
            assert {one["status"] for one in state["updater"]["downloads"]} == {"Downloaded"}
            assert state["ha"]["enabled"] is True
        assert (pair.role(A), pair.role(B)) == ("Active", "Active")
        assert evidence(pair, done)["outcome"] == "succeeded"


def test_the_gates_alone_and_the_rest_without_them_write_nothing(core: Core, tmp_path: Path) -> None:
    """As does a checked run, which predicts."""
    with site(core, tmp_path) as pair:
        paired(pair)
        gates = upgrade(pair, "--tags", "gates").good()
        assert not [event for event in gates.events if TAKEN in event["task"]]
        shown = [event for event in gates.events if event["task"].endswith(": Gates") and event["status"] == "ok"]
        found = outcomes(shown[0]["result"])
        assert [found[name] for name in ("mirroring_option", "backup_location", "database")] == ["passed"] * 3
        assert "workers" not in found
        ungated = upgrade(pair, "--skip-tags", "gates")
        assert ungated.code != 0
        assert "were not checked in this run" in ungated.words, ungated.output
        checked = upgrade(pair, "--check").good()
        assert {(A, TAKEN), (A, "Security packages, through any number of restarts")} <= changed(checked)
        assert pair.writes() == 0


# -- in the middle -----------------------------------------------------------------------------------------------------
def test_nothing_more_is_installed_when_the_other_node_is_away(core: Core, tmp_path: Path) -> None:
    """The first node is done; the second one is switched off, and is told of. Then it goes on."""
    with site(core, tmp_path) as pair:
        paired(pair)
        waits = upgrade(pair, *said(*STEPS[:2]))
        assert f"waiting for a person: {STEPS[2]}" in explained(waits)
        pair.control.power(A, "off")
        pair.control.reset_counts()
        stopped_there = upgrade(pair, *said(*STEPS))
        assert f"{A} does not answer" in explained(stopped_there)
        assert "Nothing more is installed on either node" in explained(stopped_there)
        assert evidence(pair, stopped_there)["outcome"] == "failed"
        assert pair.writes() == 0
        pair.control.power(A, "on")
        pair.control.advance(600)
        upgrade(pair, *said(*STEPS)).good()
        assert ordered(pair, "schedule_updates") == ["UVM-1B"]
        assert ordered(pair, "backup_now") == []


def test_never_both_at_once(core: Core, tmp_path: Path) -> None:
    """Packages of the other node are scheduled for the night."""
    with site(core, tmp_path) as pair:
        paired(pair)
        pair.control.do(B, "updates.schedule", "2099-01-01", "02:00")
        ran = upgrade(pair, *said(*STEPS))
        assert "or will be: SUPI-2021-03 Windows Server" in explained(ran)
        assert ordered(pair, "schedule_updates") == []


def test_killed_while_a_backup_is_taken(core: Core, tmp_path: Path) -> None:
    """No second one is taken, although the list of the second node shows those of the first, too."""
    with site(core, tmp_path) as pair:
        paired(pair)
        running = start(pair, "upgrade", *BY_HAND)
        pair.until(lambda: len(pair.orders("backup_now")) == 2, running)
        kill(running, "all")
        waits = upgrade(pair)
        assert f"waiting for a person: {STEPS[0]}" in explained(waits)
        assert ordered(pair, "backup_now") == ["UVM-1A", "UVM-1B"]


# -- other workers -----------------------------------------------------------------------------------------------------
def test_workers_of_another_version_are_named(core: Core, tmp_path: Path) -> None:
    """The run waits for them, and ends when they are upgraded; the nodes of the pair are not touched again."""
    with site(core, tmp_path, pairs=2) as pair:
        paired(pair)
        for host in (A, B, OTHER):
            pair.control.do(host, "roles.change", "beyondinsight_database_access", REMOTE)
            pair.control.do(host, "roles.apply")
        pair.control.advance(120)
        versions_of(pair, OTHER, "20.2.0.100")
        workers = ("-e", f"upgrade_workers={OTHER}", *said(*STEPS))
        waits = upgrade(pair, *workers)
        assert f"BeyondInsight of the worker {OTHER} is 20.2.0.100, that of the pair 21.2.0.1240" in explained(waits)
        report = evidence(pair, waits)
        assert report["outcome"] == "waiting"
        found = outcomes(report)
        told = next(one["reason"] for one in report["gates"] if one["name"] == "database")
        assert "remote sql.example.com 1433 beyondinsight): it is NOT in their backups" in told
        assert (found["workers"], found["workers_database"], found["database"]) == ("passed", "passed", "warning")
        versions_of(pair, OTHER, "21.2.0.1240")
        pair.control.reset_counts()
        done = upgrade(pair, *workers).good()
        assert evidence(pair, done)["outcome"] == "succeeded"
        assert pair.writes() == 0


# -- begun wrongly -----------------------------------------------------------------------------------------------------
def one_mirrors_more(pair: Site) -> None:
    """The option of one node was changed."""
    everything = {"mirroring": "HA will mirror both Server and Database"}
    pair.control.do(B, "roles.change", "high_availability", everything)
    pair.control.do(B, "roles.apply")
    pair.control.advance(120)


def not_applied(pair: Site) -> None:
    """Somebody has begun to change the role of one node."""
    pair.control.do(B, "roles.change", "high_availability", {"disable_beyondinsight_ui": True})


def turned_off(pair: Site) -> None:
    """High availability, which has to stay on."""
    pair.control.do(A, "ha.set_state", False, 5022)
    pair.control.advance(120)


def update_under_way(pair: Site) -> None:
    """Somebody applies security packages on one node."""
    pair.slowly(1.0)
    pair.control.do(B, "updates.run_now")


def first_is_off(pair: Site) -> None:
    pair.control.power(A, "off")


def second_is_off(pair: Site) -> None:
    pair.control.power(B, "off")


#: Name to the start, words of the run, and what is told.
STARTS: dict[str, Start] = {
    "backups on a node": (
        as_it_is,
        ("-e", "backup_location=LocalBackups"),
        ("LocalBackups is not on a share", A, B, "Give a location on a share"),
    ),
    "unknown location": (as_it_is, ("-e", "backup_location=pigeons"), ("pigeons", "not there", A, B)),
    "unknown workers": (
        as_it_is,
        ("-e", f"upgrade_workers=useries-9z,{B}"),
        (f"No hosts of the inventory beside the pair: useries-9z, {B}", "leave it out"),
    ),
    "workers of a local database": (
        as_it_is,
        ("-e", f"upgrade_workers={OTHER}"),
        ("no node of the pair shows a remote database", "leave it out"),
    ),
    "two options": (one_mirrors_more, (), ("services_only and server_and_database", "the same option")),
    "option not applied": (not_applied, (), ("(not applied yet)", "without pending changes")),
    "turned off": (turned_off, (), ("shows the pair as off", "diagnose_failover.yml")),
    "update": (update_under_way, (), ("being applied",)),
    "first off": (first_is_off, (), ("does not answer", "its power")),
    "second off": (second_is_off, (), ("does not answer", "its power")),
}


def stopped(core: Core, folder: Path, name: str) -> None:
    """It ends with advice; nothing was written, and the evidence says that it failed and why."""
    with site(core, folder, pairs=2 if OTHER in str(STARTS[name][1]) else 1) as pair:
        paired(pair)
        begun_wrongly(pair, "upgrade", STARTS[name], *BY_HAND)


def test_a_wrong_start(core: Core, tmp_path: Path) -> None:
    """One that is drawn."""
    stopped(core, tmp_path, *drawn("upgrade of services", STARTS))


@pytest.mark.parametrize("name", ["first off", "second off"])
def test_there_is_evidence_with_either_node_down(core: Core, tmp_path: Path, name: str) -> None:
    stopped(core, tmp_path, name)


@pytest.mark.campaign
@pytest.mark.parametrize("name", STARTS)
def test_every_wrong_start(core: Core, tmp_path: Path, name: str) -> None:
    """All of them."""
    stopped(core, tmp_path, name)
