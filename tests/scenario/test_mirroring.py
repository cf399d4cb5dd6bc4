# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Suspending and resuming mirroring, and the failover that must be explained before anybody resumes it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench

SUSPEND, RESUME = {"state": "suspended"}, {"state": "resumed"}
WARNING = "mirroring is SUSPENDED: there is no failover until it is resumed"


def mirror(bench: Bench, on: str = A) -> str:
    return str(bench.control.state(on)["ha"]["mirror_state"])


def failed_over(bench: Bench) -> None:
    """A failover of UVM-1A to UVM-1B that healed within an hour: the mirror is SUSPENDED, the roles are swapped."""
    bench.stage("synchronized")
    bench.control.power(A, "off")
    bench.control.advance(600)
    bench.control.power(A, "on")
    bench.control.advance(600)
    assert bench.control.state(B)["ha"]["role"] == "Active"
    assert mirror(bench, B) == "SUSPENDED"
    bench.control.reset_counts()


def test_suspended_and_resumed_each_once(bench: Bench) -> None:
    bench.stage("synchronized")
    checked = bench.attempt("mirroring", check_mode=True, **SUSPEND)
    assert (checked["changed"], bench.writes(), mirror(bench)) == (True, 0, "SYNCHRONIZED"), checked
    done = bench.attempt("mirroring", **SUSPEND)
    assert (done["changed"], bench.writes(), mirror(bench)) == (True, 1, "SUSPENDED"), done
    assert done["diff"] == checked["diff"]
    assert done["mirroring"]["node"]["mirror_state"] == "SUSPENDED"
    assert done["mirroring"]["roles"] == {A: "Active", B: "Passive"}
    again = bench.attempt("mirroring", **SUSPEND)
    assert (again["changed"], bench.writes()) == (False, 1), again
    for result in (done, again):
        assert WARNING in result["warnings"]
    bench.control.reset_counts()
    checked = bench.attempt("mirroring", check_mode=True, **RESUME)
    assert (checked["changed"], bench.writes(), mirror(bench)) == (True, 0, "SUSPENDED"), checked
    done = bench.attempt("mirroring", **RESUME)
    assert (done.get("failed"), done["changed"], bench.writes()) == (None, True, 1), done
    assert mirror(bench) == "SYNCHRONIZED"
    assert WARNING not in done.get("warnings", [])
    again = bench.attempt("mirroring", **RESUME)
    assert (again["changed"], bench.writes()) == (False, 1), again
    for result in (checked, done, again):
        bench.silent(result)


def test_resuming_that_is_under_way_is_waited_for(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.control.do(A, "ha.resume")
    assert mirror(bench) != "SUSPENDED"
    done = bench.attempt("mirroring", **RESUME)
    assert (done.get("failed"), done["changed"], bench.writes(), mirror(bench)) == (None, False, 0, "SYNCHRONIZED")


def test_the_passive_is_taken_where_its_console_offers_the_button(bench: Bench) -> None:
    bench.stage("synchronized")
    done = bench.attempt("mirroring", B, **SUSPEND)
    assert (done.get("failed"), done["changed"], mirror(bench)) == (None, True, "SUSPENDED"), done


@pytest.mark.parametrize("check_mode", [False, True])
def test_mirroring_is_not_resumed_before_the_failover_is_explained(bench: Bench, check_mode: bool) -> None:
    failed_over(bench)
    words = ("A failover has taken place", "Find the cause", "failover_explained: true")
    for host in (A, B):
        bench.refused("mirroring", *words, on=host, kind="precondition", check_mode=check_mode, **RESUME)


def test_an_explained_failover_is_resumed(bench: Bench) -> None:
    failed_over(bench)
    done = bench.attempt("mirroring", B, failover_explained=True, **RESUME)
    assert (done.get("failed"), done["changed"], mirror(bench, B)) == (None, True, "SYNCHRONIZED"), done


def test_a_partner_that_is_silent_tells_nothing(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.control.power(B, "off")
    result = bench.attempt("mirroring", **RESUME)
    bench.helps(result, f"{B} does not answer", "failover_explained", kind="precondition")
    assert bench.writes() == 0


def test_notifications_that_cannot_be_read_tell_nothing(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.control.labels(hide=["notifications"])
    bench.refused("mirroring", "may have taken place", "failover_explained", kind="precondition", **RESUME)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("High Availability Failover", True),
        ("FAIL-OVER to UVM-1A <b>completed</b>", True),
        ("{{ lookup('pipe', 'id') }} failed over", True),
        ("A failover is pending.", False),
        ("A failover cannot occur while mirroring is suspended.", False),
        ("The failoverlord was updated.", False),
    ],
)
def test_what_counts_as_a_notification_of_a_failover(bench: Bench, text: str, counts: bool) -> None:
    """The guide prints no wording; in doubt it counts."""
    bench.stage("synchronized")
    bench.control.do(A, "ha.suspend")
    bench.control.do(A, "notify", "High", text)
    if counts:
        bench.refused("mirroring", "A failover has taken place", kind="precondition", **RESUME)
    else:
        assert bench.attempt("mirroring", check_mode=True, **RESUME)["changed"] is True


@pytest.mark.parametrize("state", ["disconnected", "off", "unpaired", "services_only"])
def test_what_has_no_mirroring_is_told(bench: Bench, state: str) -> None:
    words: dict[str, tuple[str, ...]] = {
        "disconnected": ("DISCONNECTED", "diagnose_failover.yml"),
        "off": ("High availability is off", "no mirroring on this pair"),
        "unpaired": ("no partner yet", "ha_partner"),
        "services_only": ("no mirroring on this pair", "services only"),
    }
    if state == "disconnected":
        bench.stage("synchronized")
        for host in (A, B):
            bench.control.do(host, "ha.update_settings", {"partner_failover_timeout": 600})
        bench.control.do(B, "set_link", False, True)
    elif state == "off":
        bench.stage("partners")
    elif state == "unpaired":
        bench.stage("roles")
    else:
        bench.stage("partners")
        for host in (A, B):
            bench.control.do(host, "roles.change", "high_availability", {"mirroring": "HA mirroring for services only"})
            bench.control.do(host, "roles.apply")
        bench.control.advance(60)
        bench.control.do(A, "ha.set_state", True, 5022)
    for given in (SUSPEND, RESUME):
        bench.refused("mirroring", *words[state], kind="precondition", **given)


@pytest.mark.parametrize("given", [SUSPEND, RESUME])
def test_a_lost_answer_is_decided_by_the_state(bench: Bench, given: dict[str, Any]) -> None:
    bench.stage("synchronized")
    if given == RESUME:
        bench.control.do(A, "ha.suspend")
    bench.control.fault("reset", node=A, method="POST", when="after", path="maintenance")
    done = bench.attempt("mirroring", **given)
    assert (done.get("failed"), done["changed"], bench.writes()) == (None, True, 1), done
    assert any("was lost" in one for one in done["warnings"])


def test_an_order_that_never_arrived_can_be_repeated(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.fault("reset", node=A, method="POST", when="before", path="maintenance", count=2)
    result = bench.attempt("mirroring", **SUSPEND)
    if not result.get("failed"):  # a browser sends a request once more by itself
        return
    bench.helps(result, "not carried out", "can be repeated", kind="failed")
    assert mirror(bench) == "SYNCHRONIZED"
    bench.control.clear_faults()
    assert bench.attempt("mirroring", **SUSPEND)["changed"] is True


def test_a_word_that_does_not_exist(bench: Bench) -> None:
    bench.refused("mirroring", "state", "suspended", state="paused")
