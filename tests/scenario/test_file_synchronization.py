# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queueing a file synchronization; its end is known by a notification, or not at all."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench

MODULE_UTILS = "ansible_collections.useries.appliance.plugins.module_utils"


def at(bench: Bench) -> Any:
    return bench.control.state(B)["ha"]["last_file_synchronization"]


def test_queued_and_proven_by_the_notification_each_time(bench: Bench) -> None:
    bench.stage("synchronized")
    checked = bench.attempt("file_synchronization", check_mode=True)
    assert (checked["changed"], bench.writes(), at(bench)) == (True, 0, None), checked
    moments = set()
    for number in (1, 2):
        done = bench.attempt("file_synchronization")
        assert (done.get("failed"), done["changed"], bench.writes(), done["proof"]) == (None, True, number, "verified")
        assert "complete" in done["file_synchronization"]["notification"]
        moments.add(at(bench))
        bench.silent(done)
    assert len(moments) == 2, "an old notification was taken for the new one"


def test_a_synchronization_that_fails_is_a_failure(bench: Bench) -> None:
    """The partner is lost while files are copied."""
    bench.stage("synchronized")
    for host in (A, B):
        bench.control.do(host, "ha.update_settings", {"partner_failover_timeout": 600})
    procedure = importlib.import_module(f"{MODULE_UTILS}._compose.procedures.file_synchronization").QueueFiles
    queued = procedure.order

    def cut(self: Any, before: Any) -> None:
        queued(self, before)
        bench.control.do(B, "set_link", False, True)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(procedure, "order", cut)
        result = bench.attempt("file_synchronization")
    bench.helps(result, "file synchronization failed", "pair_info", kind="failed")


def test_without_waiting_or_notifications_it_is_queued_only(bench: Bench) -> None:
    bench.stage("synchronized")
    done = bench.attempt("file_synchronization", wait=False)
    assert (done.get("failed"), done["proof"]) == (None, "unavailable"), done
    assert any("was queued" in one for one in done["warnings"])
    bench.control.labels(hide=["notifications"])
    done = bench.attempt("file_synchronization")
    assert (done.get("failed"), done["changed"], done["proof"]) == (None, True, "unavailable"), done


def test_it_needs_a_pair_that_is_on_and_in_contact(bench: Bench) -> None:
    bench.stage("partners")
    bench.refused("file_synchronization", "High availability is off", kind="precondition")
    bench.stage("synchronized")
    bench.refused("file_synchronization", "This node is passive", A, on=B, kind="precondition")
    bench.control.power(B, "off")
    words = (f"The partner {B} does not answer", "diagnose_failover.yml")
    for check_mode in (False, True):
        bench.refused("file_synchronization", *words, kind="precondition", check_mode=check_mode)


def test_a_lost_answer_cannot_be_decided(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.fault("reset", node=A, method="POST", when="after", path="maintenance")
    result = bench.attempt("file_synchronization")
    bench.helps(result, "nobody can say", "does no harm", kind="outcome_unknown")
    assert bench.writes() == 1
