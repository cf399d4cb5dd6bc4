# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unreachable, failed, outcome unknown: what a task says when the appliance does not do as it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.runner_bench import A, B, until
from tests.support.playbook import Playbooks, play, task
from tests.support.simulator import Simulated

BANNER = {"title": "Authorized use only", "text": "Access is monitored."}
VERSIONS = {"gather": ["versions"]}
SAVE = "pre_login_banner.update_banner"


def note(name: str) -> dict[str, Any]:
    """A task that shows by its event that it ran."""
    return {"name": name, "ansible.builtin.debug": {"msg": name}}


def guarded(*tasks: dict[str, Any]) -> dict[str, Any]:
    """A block with rescue and always."""
    return {"name": "Guard", "block": list(tasks), "rescue": [note("rescue")], "always": [note("always")]}


def names(ran: Any) -> list[str]:
    """Tasks in the order in which they ended."""
    return [event["task"] for event in ran.events]


@pytest.mark.one_way
def test_a_host_that_is_down_at_first_contact_is_unreachable(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.power(A, "off")
    ran = playbooks.run(play(guarded(task("banner", "login_banner", BANNER))))
    event = ran.of("banner")
    assert event["status"] == "unreachable"
    assert event["result"]["error"]["kind"] == "unreachable"
    assert simulated.nodes[A].address in event["result"]["error"]["target"]
    assert names(ran) == ["banner"]
    assert ran.code == 4


def test_a_host_that_answered_earlier_in_the_run_is_failed_and_never_ignored(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    """Workflows ignore unreachable hosts to name them; a task in the middle must not be left out in silence."""
    here, on = tmp_path / "here", tmp_path / "on"
    whole = play(
        task("read", "appliance_info", VERSIONS),
        {"name": "reached", "ansible.builtin.file": {"path": str(here), "state": "touch", "mode": "0600"}},
        {"name": "wait", "ansible.builtin.wait_for": {"path": str(on), "timeout": 60}},
        guarded(task("banner", "login_banner", BANNER)),
        note("later"),
        ignore_unreachable=True,
    )
    running = playbooks.start(whole)
    until(here.exists, running)
    simulated.control.power(A, "off")
    on.touch()
    ran = running.ended()
    assert ran.failure("banner")["error"]["kind"] == "unreachable"
    assert names(ran) == ["read", "reached", "wait", "banner", "rescue", "always", "later"]


@pytest.mark.one_way
def test_an_unreachable_host_is_an_answer_where_that_is_ok(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.power(A, "off")
    ran = playbooks.run(play(task("read", "appliance_info", {**VERSIONS, "unreachable_ok": True}))).good()
    assert (ran.result("read")["reachable"], ran.result("read")["appliance"]) == (False, None)


def test_a_partner_that_is_down_is_a_failure(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.power(B, "off")
    network = "{{ hostvars[primary].useries_network_name }}"
    pair = {"primary": A, "confirm": f"{network}+{network}"}
    ran = playbooks.run(play(guarded(task("pair", "high_availability", pair)), vars={"primary": A}))
    failed = ran.failure("pair")
    assert failed["error"]["kind"] == "unreachable"
    assert simulated.nodes[B].address in failed["error"]["target"]
    assert names(ran) == ["pair", "rescue", "always"]
    assert simulated.control.count("write") == 0


def test_the_endpoint_that_fails_after_the_console_answered_is_a_failure(
    playbooks: Playbooks, simulated: Simulated
) -> None:
    simulated.control.fault("status", A, surface="endpoint", code=503, count=-1)
    ran = playbooks.run(play(guarded(task("read", "appliance_info", {"gather": ["versions", "role"]}))))
    assert ran.failure("read")["error"]["surface"] == "endpoint"
    assert names(ran) == ["read", "rescue", "always"]


def test_a_lost_order_that_was_not_carried_out_is_outcome_unknown(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.fault("reset", A, path=SAVE, method="POST")
    ran = playbooks.run(play(guarded(task("banner", "login_banner", BANNER))))
    failed = ran.failure("banner")
    assert failed["error"]["kind"] == "outcome_unknown"
    assert "Run the task again" in failed["msg"]
    assert names(ran) == ["banner", "rescue", "always"]
    assert simulated.control.count("write") == 0
    assert playbooks.run(play(task("banner", "login_banner", BANNER))).good().result("banner")["changed"]


def test_a_lost_answer_whose_effect_is_seen_is_a_change(playbooks: Playbooks, simulated: Simulated) -> None:
    simulated.control.fault("reset", A, path=SAVE, method="POST", when="after")
    ran = playbooks.run(play(task("banner", "login_banner", BANNER))).good()
    assert ran.result("banner")["changed"]
    assert "was lost" in ran.words
    assert simulated.control.count("write") == 1


def test_an_appliance_that_goes_away_after_the_order_is_outcome_unknown(
    playbooks: Playbooks, simulated: Simulated
) -> None:
    simulated.control.fault("delay", A, path=SAVE, method="POST", when="after", seconds=2)
    running = playbooks.start(play(guarded(task("banner", "login_banner", BANNER))))
    until(lambda: BANNER["title"] in str(simulated.control.state(A)["banner"]), running)
    simulated.control.power(A, "off")
    ran = running.ended()
    failed = ran.failure("banner")
    assert failed["error"]["kind"] == "outcome_unknown"
    assert failed["changed"]
    assert names(ran) == ["banner", "rescue", "always"]


def test_a_wrong_password_is_tried_once_in_a_run(playbooks: Playbooks, simulated: Simulated) -> None:
    ran = playbooks.run(
        play(
            task("first", "appliance_info", VERSIONS, ignore_errors=True),
            task("second", "login_banner", BANNER, ignore_errors=True),
            task("third", "appliance_info", VERSIONS, loop=[1, 2], ignore_errors=True),
            vars={"useries_password": "Canary-Wrong-1"},
        )
    ).good()
    for name in ("first", "second"):
        failed = ran.failure(name)
        assert failed["error"]["kind"] == "login_refused"
        assert failed["error"]["remedy"]
        assert "useries_password" in failed["msg"]
    assert simulated.control.count("login", A) == 1
    assert "Canary-Wrong-1" not in ran.stdout.replace("useries_password: Canary-Wrong-1", "")


@pytest.mark.parametrize("trouble", ["hide", "duplicate"])
def test_a_page_without_its_label_or_with_two_refuses_the_write(
    playbooks: Playbooks, simulated: Simulated, trouble: str
) -> None:
    simulated.control.labels(**{trouble: ["general_settings.pre_login_banner.message"]})
    failed = playbooks.run(play(task("banner", "login_banner", BANNER))).failure("banner")
    assert failed["error"]["kind"] == {"hide": "label_missing", "duplicate": "label_ambiguous"}[trouble]
    assert failed["error"]["candidates"]
    assert simulated.control.count("write") == 0
    assert not failed["changed"]


@pytest.mark.one_way
def test_a_mistake_of_the_collection_is_told_without_secrets(
    playbooks: Playbooks, simulated: Simulated, tmp_path: Path
) -> None:
    """A library that raises what nobody expects, with the password in its text."""
    password = simulated.nodes[A].password
    (tmp_path / "jmespath.py").write_text(
        "class exceptions:\n    class JMESPathError(Exception):\n        pass\n\n\n"
        f"def search(expression, data):\n    raise ZeroDivisionError('with {password} inside')\n",
        encoding="utf-8",
    )
    ran = playbooks.run(
        play(guarded(task("read", "appliance_info", {**VERSIONS, "query": "versions"}))),
        "-vvvv", environment={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    failed = ran.failure("read")
    assert failed["error"]["kind"] == "unexpected"
    assert "ZeroDivisionError: with ******** inside" in failed["msg"]
    assert password not in ran.output
    assert names(ran) == ["read", "rescue", "always"]
