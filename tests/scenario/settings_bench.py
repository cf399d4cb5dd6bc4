# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every task that sets something must show: it predicts, writes once, and does nothing the second time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.scenario.bad_input_bench import A, Bench
from tests.support.way import WAY

NO_OP, CHANGE = 2, 4  # requests after the sign-in, redirects not counted


def asked(bench: Bench) -> int:
    """Requests of pages since the counts were reset, without redirects and without signing in or out."""
    return sum(
        entry["wire"] == "console" and entry["kind"] in ("read", "write") and not 300 <= entry["status"] < 400
        for entry in bench.control.log()
    )


def nothing_asked(bench: Bench) -> bool:
    """No request since the counts were reset; a browser that is open may have some of its own."""
    return WAY != "html" or bench.control.log() == []


def keeps(
    bench: Bench, module: str, given: dict[str, Any], look: Callable[[dict[str, Any]], Any], wanted: Any, on: str = A
) -> dict[str, Any]:
    """A task that changes something: checked, run, run again. Gives the result of the run that changed it.

    :param look: takes what the task is about out of the model's state of the node; :param wanted: what it must be.
    """
    before = bench.look()
    assert look(bench.control.state(on)) != wanted, "it is so already: nothing could be shown"
    checked = bench.attempt(module, on, check_mode=True, **given)
    assert checked["changed"] is True, checked
    assert (bench.writes(), bench.look()) == (0, before), "check mode wrote something"
    bench.control.reset_counts()
    done = bench.attempt(module, on, **given)
    assert done["changed"] is True, done
    seen = look(bench.control.state(on))
    assert seen == wanted, f"the model has {seen!r}"
    assert bench.writes() == 1
    assert done["diff"] == checked["diff"]
    assert done["diff"]["before"] != done["diff"]["after"]
    assert WAY != "html" or asked(bench) <= CHANGE, bench.control.log()
    unchanged(bench, module, given, on)
    for result in (checked, done):
        bench.silent(result)
        json.dumps(result)
    return done


def unchanged(bench: Bench, module: str, given: dict[str, Any], on: str = A) -> dict[str, Any]:
    """A task that finds everything as it should be."""
    bench.control.reset_counts()
    again = bench.attempt(module, on, **given)
    assert (again.get("failed", False), again["changed"], bench.writes()) == (False, False, 0), again
    assert WAY != "html" or asked(bench) <= NO_OP, bench.control.log()
    return again
