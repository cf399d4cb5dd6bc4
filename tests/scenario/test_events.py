# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event-Driven Ansible: the rulebooks of the collection in the real ansible-rulebook, beside a simulated pair.

One reaction to each event, one try of a wrong password, one sign-in that is signed out, no secret in its output.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.eda import PAGE, A, B, Rules, command
from tests.support.environments import programs
from tests.support.project import text
from tests.support.simulator import Simulated
from tests.support.site import Site

pytestmark = pytest.mark.eda
QUICK = {"useries_interval": 1, "useries_times": 2}
OTHERS = ("useries-2a", "useries-2b")


@pytest.fixture(scope="module")
def pairs() -> Iterator[Simulated]:
    """Two pairs; what happens at the first one is no business of the second one."""
    with Simulated(pairs=2) as running:
        yield running
        assert "Traceback" not in running.output


@pytest.fixture
def rules(pairs: Simulated, tmp_path: Path) -> Rules:
    """Starts the real ansible-rulebook; both pairs are set back to their start."""
    found = programs("eda", "ansible-rulebook")
    if shutil.which("java") is None:
        pytest.skip("ansible-rulebook needs a Java runtime: run tools/system-packages.sh --with-java")
    pairs.control.reset()
    return Rules(pairs, found, tmp_path)


def paired(rules: Rules) -> None:
    """The first two nodes are a pair whose databases are mirrored."""
    by_hand = Site.__new__(Site)
    by_hand.control = rules.simulated.control
    by_hand.pair_by_hand()


def asked(rules: Rules, host: str, times: int) -> bool:
    """Whether a node was asked for its role so often."""
    return rules.simulated.control.count("all", host, "endpoint") >= times


def test_a_failover_is_answered_once(rules: Rules, tmp_path: Path) -> None:
    paired(rules)
    control, reports = rules.simulated.control, tmp_path / "reports"
    watched = [
        {"name": "pair_1", "nodes": [rules.node(A), rules.node(B)]},
        {"name": "pair_2", "nodes": [rules.node(host) for host in OTHERS]},
    ]
    given = {**QUICK, "useries_pairs": watched, "useries_report_dir": str(reports)}
    with rules.run("useries.appliance.failover", given, "--print-events") as running:
        running.until(lambda: asked(rules, A, 4), "both nodes were asked four times")
        assert running.tasks("State and decision") == []
        control.power(A, "off")
        control.advance(900)
        running.until(lambda: list(reports.rglob("dr_readiness-*.html")), "the readiness report is there")
        control.power(A, "on")
        control.advance(600)
        running.until(lambda: "'back_to_normal'" in running.output, "the pair is as it should be again")
        running.until(lambda: running.tasks("It is not ready"), "the readiness playbook has ended")
        before = control.count("all", B, "endpoint")
        running.until(lambda: asked(rules, B, before + 5), "it goes on watching")
        assert sorted(running.tasks("State and decision")) == [(A, "ok"), (B, "ok")]
        assert running.tasks("It is not ready") == [(A, "failed")]  # once for the pair
        assert running.stopped(signal.SIGTERM) in (0, 143)
    assert f"{A}: does not answer" in running.output
    assert f"{B}: Active, mirror state DISCONNECTED, a failover is recognised" in running.output
    (report,) = (json.loads(path.read_text()) for path in reports.rglob("dr_readiness-*.json"))
    assert report["outcome"] == "failed"
    assert [rules.simulated.control.count("login", host) for host in OTHERS] == [0, 0]
    assert [node.password for node in rules.simulated.nodes.values() if node.password in running.output] == []


def test_an_overdue_backup_is_taken_once(rules: Rules) -> None:
    control = rules.simulated.control
    given = {**QUICK, "useries_appliances": [rules.console(A)]}
    with rules.run("useries.appliance.backup", given, "-vv", **rules.signed_in(A)) as running:
        running.until(lambda: "kind': 'back_to_normal'" in running.output, "the backup is no longer overdue")
        before = control.count("all", A, "endpoint")
        running.until(lambda: asked(rules, A, before + 3), "it goes on looking")
        task = "A verified backup (the database of a passive node cannot be read)"
        assert running.tasks(task) == [(A, "ok")]
        assert running.stopped(signal.SIGTERM) == 0
    assert len(control.state(A)["backups"]["entries"]) == 1
    assert rules.simulated.nodes[A].password not in running.output
    assert "simulated-backup-password" not in running.output


def test_a_certificate_near_its_end_is_reported_once(rules: Rules, tmp_path: Path) -> None:
    given = {
        **QUICK,
        "useries_appliances": [rules.console(A)],
        "useries_certificate_days": 36500,
        "health_report_directory": str(tmp_path / "health"),
    }
    with rules.run("useries.appliance.certificate", given, **rules.signed_in(A)) as running:
        running.until(lambda: running.tasks("Fail when an appliance is bad"), "the playbook has ended")
        before = rules.simulated.control.count("all", A, "endpoint")
        running.until(lambda: asked(rules, A, before + 3), "it goes on looking")
        assert running.tasks("Look at the appliance") == [(A, "ok")]
        assert running.stopped(signal.SIGINT) == 0
    control = rules.simulated.control
    assert (control.count("login", A, "console"), control.count("logout", A, "console")) == (2, 2)  # source, playbook
    page = json.loads((tmp_path / "health" / "health.json").read_text())
    assert A in json.dumps(page)


def told(output: str) -> list[str]:
    """What the rulebook of the page printed."""
    return [" ".join(part.split()[:2]) for part in output.split("TOLD ")[1:]]


def test_one_sign_in_that_is_signed_out(rules: Rules) -> None:
    paired(rules)
    control = rules.simulated.control
    given = {**QUICK, "useries_appliances": [rules.console(A)]}
    with rules.run("tell.yml", given, **rules.signed_in(A)) as running:
        running.until(lambda: asked(rules, A, 3), "it was looked at three times")
        control.do(A, "ha.suspend")
        running.until(lambda: told(running.output), "the mirror is told")
        control.do(A, "ha.resume")
        control.advance(3600)
        running.until(lambda: len(told(running.output)) > 1, "the mirror is synchronized again")
        assert (control.count("login", A, "console"), control.count("logout", A, "console")) == (1, 0)
        assert running.stopped(signal.SIGTERM) == 0
    assert told(running.output) == [f"mirror_not_synchronized {A}", f"back_to_normal {A}"]
    assert (control.count("login", A, "console"), control.count("logout", A, "console")) == (1, 1)


def test_a_wrong_password_is_tried_once_and_ends_it(rules: Rules) -> None:
    given = {**QUICK, "useries_appliances": [rules.console(A), rules.console(B)]}
    wrong = {"USERIES_USERNAME": rules.simulated.nodes[A].username, "USERIES_PASSWORD": "canary-wrong-password"}
    with rules.run("useries.appliance.backup", given, "-vv", **wrong) as running:
        assert running.ended() == 1
    assert [entry["node"] for entry in rules.simulated.control.log() if entry["kind"] == "login"] == ["UVM-1A"]
    for words in (f"{A}: The console refused the user", "No other try is made", "start ansible-rulebook again"):
        assert words in running.output
    assert "canary-wrong-password" not in running.output


def test_bad_arguments_end_it_before_anything_is_contacted(rules: Rules) -> None:
    given = {"useries_pairs": [{"name": "berlin", "nodes": [A]}], "useries_report_dir": "reports"}
    with rules.run("useries.appliance.failover", given) as running:
        assert running.ended() == 1
    assert "The pair berlin has 1 nodes; it must have two. A single appliance goes into hosts." in running.output
    assert rules.simulated.control.count("all") == 0


def test_the_page_says_what_these_tests_run() -> None:
    said = re.findall(r"^    \$ (ansible-rulebook .*)$", PAGE, re.MULTILINE)
    ran = ("useries.appliance.failover", "useries.appliance.backup", "useries.appliance.certificate", "tell.yml")
    assert said == [shlex.join(command(name)) for name in ran]


def test_the_page_installs_what_these_tests_install() -> None:
    (packages,) = re.findall(r"^    \$ events/bin/pip install (\w.*)$", PAGE, re.MULTILINE)
    (system,) = re.findall(r"^    \$ sudo apt-get install (\S+)$", PAGE, re.MULTILINE)
    lines = [line for line in text("tests/eda/requirements.txt").splitlines() if line and not line.startswith("#")]
    assert [line.split(">")[0] for line in lines] == [*packages.split(), "-r ../../meta/ee-requirements.txt"]
    assert f"needed[{system}]" in text("tools/system-packages.sh")
