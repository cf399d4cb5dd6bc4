# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``summary.json``: how a run of a workflow ended, for pipelines. docs/docsite/rst/pipelines.rst has the shape.

It lies beside the reports and is about the last run that wrote a report there. A run over several pairs adds one entry
for each. Everything in it is listed here and comes from the reports, which hold no secret.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._state.files import private_file

SCHEMA = "summary/1"
FILE = "summary.json"
ORDER = ("checked", "succeeded", "waiting", "failed")  # from best to worst
ENTRY = ("title", "nodes", "started", "ended", "outcome", "reason")
RUN = ("workflow", "run", "collection", "rehearsal")


def entry(report: Mapping[str, Any], hosts: Sequence[str], next_step: str, files: Mapping[str, str]) -> dict[str, Any]:
    """One pair or appliance.

    :param report: as :mod:`workflow_report` writes it; :param hosts: inventory names; :param files: ``json``, ``html``
        and ``sha256`` of the report.
    """
    steps, gates = report["steps"], report["gates"]
    results = [one["result"] for one in gates]
    return {
        **{name: report[name] for name in ENTRY},
        "pair": "+".join(report["nodes"]),
        "hosts": list(hosts),
        "changed": any(one["changed"] for one in steps),
        "steps": {
            "done": sum(one["result"] != "failed" for one in steps),
            "changed": sum(bool(one["changed"]) for one in steps),
            "failed": [one["task"] for one in steps if one["result"] == "failed"],
        },
        "gates": {result: results.count(result) for result in ("passed", "warning", "unavailable", "failed")},
        "next_step": next_step,
        "report": {name: files[name] for name in ("html", "json", "sha256")},
    }


def document(report: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole file: what the run is, how it ended over all, and its entries in their order in time."""
    return {
        "schema": SCHEMA,
        **{name: report[name] for name in RUN},
        "started": min(one["started"] for one in entries),
        "ended": max(one["ended"] for one in entries),
        "outcome": max((one["outcome"] for one in entries), key=ORDER.index),
        "changed": any(one["changed"] for one in entries),
        "reports": list(entries),
    }


def write(folder: str, report: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """Add an entry to the file of this run, or begin it anew when it is another run's; its path."""
    path = os.path.join(folder, FILE)
    earlier = [other for other in _of_this_run(path, report) if other["report"]["json"] != one["report"]["json"]]
    text = json.dumps(document(report, [*earlier, one]), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    private_file(path, text)
    return path


def _of_this_run(path: str, report: Mapping[str, Any]) -> list[Any]:
    """Entries that earlier pairs of the same run left; a file of anything else is replaced."""
    with (
        contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError),
        open(path, encoding="utf-8") as file,
    ):
        found = json.load(file)
        if all(found[name] == report[name] for name in ("run", "workflow")) and found["schema"] == SCHEMA:
            return list(found["reports"])
    return []
