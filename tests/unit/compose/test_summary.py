# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.json over several pairs, several runs, and what somebody else left in its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.useries.appliance.plugins.module_utils._compose.summary import entry, write


def report(run: str, pair: str, outcome: str, changed: bool = False) -> dict[str, Any]:
    """What the summary reads of a report."""
    steps = [{"task": "Press", "result": "failed" if outcome == "failed" else "ok", "changed": changed}]
    return {
        "workflow": "upgrade", "run": run, "collection": "0.1.0", "rehearsal": False, "title": "Upgrade",
        "nodes": [f"{pair}A", f"{pair}B"], "started": f"2026-01-01T0{pair}:00:00+00:00",
        "ended": f"2026-01-01T0{pair}:30:00+00:00", "outcome": outcome, "reason": "",
        "steps": steps, "gates": [{"result": "passed"}, {"result": "passed"}, {"result": "warning"}],
    }  # fmt: skip


def written(folder: Path, one: dict[str, Any], next_step: str = "") -> dict[str, Any]:
    """The file after one more report."""
    files = {name: f"{folder}/{one['nodes'][0]}.{name}" for name in ("html", "json", "sha256")}
    path = write(str(folder), one, entry(one, ["a", "b"], next_step, files))
    assert Path(path) == folder / "summary.json"
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def test_pairs_of_one_run_stand_together_and_the_worst_outcome_counts(tmp_path: Path) -> None:
    first = written(tmp_path, report("r1", "1", "succeeded", changed=True))
    assert (first["outcome"], first["changed"], len(first["reports"])) == ("succeeded", True, 1)
    both = written(tmp_path, report("r1", "2", "failed"), "Look.")
    assert [one["pair"] for one in both["reports"]] == ["1A+1B", "2A+2B"]
    assert (both["outcome"], both["changed"]) == ("failed", True)
    assert (both["started"][11:13], both["ended"][11:13]) == ("01", "02")
    assert both["reports"][1]["steps"] == {"done": 0, "changed": 0, "failed": ["Press"]}
    assert both["reports"][1]["gates"] == {"passed": 2, "warning": 1, "unavailable": 0, "failed": 0}
    assert both["reports"][1]["next_step"] == "Look."
    again = written(tmp_path, report("r1", "2", "waiting"), "Plug it in.")
    assert (len(again["reports"]), again["outcome"]) == (2, "waiting")


def test_another_run_begins_anew(tmp_path: Path) -> None:
    written(tmp_path, report("r1", "1", "failed"))
    found = written(tmp_path, report("r2", "2", "succeeded"))
    assert (found["run"], found["outcome"], len(found["reports"])) == ("r2", "succeeded", 1)


@pytest.mark.parametrize("content", ["", "[]", "no JSON", '{"run": "r1"}', '{"run": "r1", "workflow": "upgrade"}'])
def test_what_is_not_a_summary_is_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "summary.json").write_text(content, encoding="utf-8")
    assert len(written(tmp_path, report("r1", "1", "succeeded"))["reports"]) == 1
