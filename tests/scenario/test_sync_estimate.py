# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a synchronization takes, by size and rate that the console shows (guide 1247-1256)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench


def metrics(bench: Bench) -> dict[str, Any]:
    """As ``ha_info`` gives them."""
    found: dict[str, Any] = bench.attempt("ha_info")["high_availability"]["metrics"]
    return found


def test_size_by_rate_is_the_estimate(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "database.measured", 100.0, 200.0)
    found = metrics(bench)
    assert (found["database_size_gb"], found["sync_rate_mb_per_minute"]) == (100.0, 200.0)
    assert (found["estimated_sync_minutes"], found["no_estimate_because"]) == (512.0, None)


def test_without_an_estimate_it_is_said_why(bench: Bench) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "database.measured", 100.0, 0.0)
    found = metrics(bench)
    assert (found["estimated_sync_minutes"], "rate is zero" in found["no_estimate_because"].lower()) == (None, True)


@pytest.mark.parametrize(("minutes", "warned"), [(500, True), (600, False)])
def test_a_timeout_shorter_than_the_estimate_is_warned_about(bench: Bench, minutes: int, warned: bool) -> None:
    bench.stage("synchronized")
    bench.control.do(A, "database.measured", 100.0, 200.0)
    result = bench.attempt("ha_settings", synchronization_timeout=minutes)
    assert result["changed"] is True, result
    said = [one for one in result.get("warnings", []) if "estimated to take 512.0" in one]
    assert bool(said) is warned, result
