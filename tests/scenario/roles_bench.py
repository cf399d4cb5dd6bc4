# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every task on pages of the Roles Editor must show: one Apply Changes per page, one Apply Pending Changes."""

from __future__ import annotations

import json
from typing import Any

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import asked, unchanged
from tests.support.way import WAY

PRODUCTS = [
    "Password Safe",
    "BeyondInsight for Unix & Linux",
    "BeyondInsight Analytics & Reporting",
    "Enterprise Update Server",
]


def applied(bench: Bench, on: str = A) -> dict[str, Any]:
    """The roles' settings in the model."""
    found: dict[str, Any] = bench.control.state(on)["roles"]["applied"]
    return found


def sets(bench: Bench, module: str, given: dict[str, Any], wanted: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Checked, run, run again; ``wanted``: role -> what the model must have then."""
    before = bench.look()
    bench.control.reset_counts()
    checked = bench.attempt(module, check_mode=True, **given)
    assert checked["changed"] is True, checked
    assert (bench.writes(), bench.look()) == (0, before), "check mode wrote something"
    bench.control.reset_counts()
    done = bench.attempt(module, **given)
    assert done.get("changed") is True, done
    for role, values in wanted.items():
        has = applied(bench)[role]
        assert {name: has[name] for name in values} == values
    assert bench.control.state(A)["roles"]["pending"] == {}
    assert done["diff"] == checked["diff"]
    for result in (checked, done):
        bench.silent(result)
        json.dumps(result)
    return done


def keeps_roles(
    bench: Bench, given: dict[str, Any], wanted: dict[str, dict[str, Any]], module: str = "appliance_role"
) -> dict[str, Any]:
    """As ``sets``, and the second run does nothing; for one role it asks for two pages."""
    done = sets(bench, module, given, wanted)
    assert bench.writes() == len(wanted) + 1
    if len(wanted) == 1:
        unchanged(bench, module, given)
        return done
    bench.control.reset_counts()
    again = bench.attempt(module, **given)
    assert (again["changed"], bench.writes()) == (False, 0), again
    assert WAY != "html" or asked(bench) <= 1 + len(wanted)
    return done
