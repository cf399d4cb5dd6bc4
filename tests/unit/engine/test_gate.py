# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate: check mode, the state of the pair, the lease, a run that is gone."""

from __future__ import annotations

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._engine.gate import Gate, Impact
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError
from tests.unit.engine.bench import Pair, lost

SERIOUS: list[Impact] = ["service", "restart", "data"]
LIGHT: list[Impact] = ["none", "session"]
QUIET = ("unpaired", "off", "SYNCHRONIZED")


@pytest.mark.parametrize("impact", [*LIGHT, *SERIOUS])
def test_check_mode_stops_here_and_takes_no_lease(impact: Impact) -> None:
    pair = Pair()
    gate = Gate(check_mode=True, pair=pair)
    assert not gate.open(impact)
    assert (pair.calls, gate.wrote) == ([], False)


@pytest.mark.parametrize("impact", LIGHT)
def test_a_light_write_takes_no_lease(impact: Impact) -> None:
    pair = Pair("EXPOSED")
    gate = Gate(check_mode=False, pair=pair)
    gate.expect(impact, QUIET, "set the banner")
    assert gate.open(impact)
    assert (pair.calls, gate.wrote) == (["alive", "permit", "intend"], True)


@pytest.mark.parametrize("impact", SERIOUS)
def test_a_serious_write_looks_at_the_run_then_takes_the_lease(impact: Impact) -> None:
    pair = Pair()
    gate = Gate(check_mode=False, pair=pair)
    assert gate.open(impact)
    assert pair.calls == ["alive", "permit", "hold", "intend"]


@pytest.mark.parametrize("state", ["EXPOSED", "SUSPENDED", "DISCONNECTED"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_an_unexpected_state_refuses_and_names_the_override(state: str, check_mode: bool) -> None:
    gate = Gate(check_mode=check_mode, pair=Pair(state))
    with pytest.raises(UseriesError) as caught:
        gate.expect("service", QUIET, "change the settings")
    assert caught.value.kind == "precondition"
    assert state in caught.value.message
    assert f"accept_pair_state: ['{state}']" in caught.value.remedy
    assert "diagnose_failover.yml" in caught.value.remedy


def test_the_override_accepts_that_state_only() -> None:
    Gate(check_mode=False, pair=Pair("EXPOSED"), accept=["EXPOSED"]).expect("data", QUIET, "x")
    with pytest.raises(UseriesError):
        Gate(check_mode=False, pair=Pair("SUSPENDED"), accept=["EXPOSED"]).expect("data", QUIET, "x")


def test_a_step_may_expect_anything_and_then_nobody_is_asked() -> None:
    pair = Pair("EXPOSED")
    gate = Gate(check_mode=False, pair=pair)
    gate.expect("data", ("any",), "x")
    assert pair.calls == []
    assert gate.open("data")
    assert pair.calls == ["alive", "permit", "hold", "intend"], "the lease is taken all the same"


def test_a_lease_in_other_hands_stops_the_write() -> None:
    gate = Gate(check_mode=False, pair=Pair(refuses=lost("busy")))
    with pytest.raises(UseriesError):
        gate.open("service")
    assert not gate.wrote


@pytest.mark.parametrize("impact", ["none", "data"])
def test_a_run_that_is_gone_stops_every_write(impact: Impact) -> None:
    pair = Pair(orphaned=lost("precondition", "the run was ended"))
    gate = Gate(check_mode=False, pair=pair)
    with pytest.raises(UseriesError, match="the run was ended"):
        gate.open(impact)
    assert (pair.calls, gate.wrote) == (["alive"], False)


@pytest.mark.parametrize("impact", ["none", "data"])
def test_a_workflow_whose_gates_were_not_passed_writes_nothing(impact: Impact) -> None:
    pair = Pair(forbidden=lost("precondition", "the gates were not checked"))
    gate = Gate(check_mode=False, pair=pair)
    with pytest.raises(UseriesError, match="the gates were not checked"):
        gate.open(impact)
    assert (pair.calls, gate.wrote) == (["alive", "permit"], False)


def test_check_mode_needs_no_gates() -> None:
    pair = Pair(forbidden=lost("precondition", "the gates were not checked"))
    assert Gate(check_mode=True, pair=pair).open("data") is False


def test_a_wait_renews_the_lease_that_was_taken() -> None:
    pair = Pair()
    gate = Gate(check_mode=False, pair=pair)
    gate.beat()()
    gate.open("service")
    gate.beat()()
    assert pair.calls == ["alive", "permit", "hold", "intend", "hold"]


def test_a_wait_after_a_light_write_takes_no_lease() -> None:
    pair = Pair()
    gate = Gate(check_mode=False, pair=pair)
    gate.open("none")
    gate.beat()()
    assert pair.calls == ["alive", "permit", "intend"]


def test_no_pair_no_lease() -> None:
    gate = Gate(check_mode=False, pair=None)
    gate.expect("data", QUIET, "x")
    assert gate.open("data")
    gate.beat()()
