# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The evidence of a workflow: what its tasks recorded in this run, as JSON with a digest, and as pictures.

Everything that is written is listed here (``STEP``, ``GATE``, ``MEASURED``, ``_report``), so that a new field is
invisible until somebody lists it.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.useries.appliance.plugins.module_utils._compose.charts import states, timeline
from ansible_collections.useries.appliance.plugins.module_utils._compose.options import state_path
from ansible_collections.useries.appliance.plugins.module_utils._compose.record import lines
from ansible_collections.useries.appliance.plugins.module_utils._compose.summary import entry, write
from ansible_collections.useries.appliance.plugins.module_utils._compose.version import COLLECTION_VERSION
from ansible_collections.useries.appliance.plugins.module_utils._engine.capability import Capability
from ansible_collections.useries.appliance.plugins.module_utils._net.clock import Clock
from ansible_collections.useries.appliance.plugins.module_utils._net.errors import MissingLibrary
from ansible_collections.useries.appliance.plugins.module_utils._state.files import private_file

SCHEMA = "workflow-report/1"
STEP = ("task", "step", "host", "module", "started", "ended", "changed", "result", "kind", "message")
MEASURED = ("rto_seconds", "rto_target_seconds", "rto_source", "rpo_seconds", "rpo_target_seconds", "rpo_source")
GATE = ("name", "result", "reason", "remedy")


class WriteReport(Capability):
    """Options ``title``, ``outcome``, ``reason``, ``next_step``, ``nodes``, ``hosts``, ``directory``, ``measured``,
    ``versions_before``, ``versions_after`` and ``rehearsal``."""

    def check(self) -> None:
        if not self.given.get("workflow"):
            raise self.refuse("workflow is missing: it says whose report this is.", kind="invalid")
        wrong = sorted(set(self.given["measured"]) - set(MEASURED))
        if wrong:
            raise self.refuse(f"measured knows no {', '.join(wrong)}; it knows {', '.join(MEASURED)}.", kind="invalid")

    def run(self) -> dict[str, Any]:
        """Write the JSON file and the summary (0600), and give what the page is made of."""
        self.inspect()
        report = self._report()
        text = json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        stem = self._stem(report)
        if not self.task.gate.check_mode:
            os.makedirs(os.path.dirname(stem), mode=0o700, exist_ok=True)
            private_file(f"{stem}.json", text)
        told = {"json": f"{stem}.json", "html": f"{stem}.html", "sha256": digest}
        one = entry(report, self.given["hosts"], self.given["next_step"], told)
        summary = "" if self.task.gate.check_mode else write(os.path.dirname(stem), report, one)
        shown = {**told, "summary": summary, "data": report, "charts": self._charts(report)}
        return {"changed": True, self.returns: shown}

    def _stem(self, report: Mapping[str, Any]) -> str:
        folder = self.given.get("directory") or os.path.join(state_path(self.given), "reports")
        stamp = datetime.fromtimestamp(report["ended_epoch"], timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        pair = "+".join(report["nodes"]).replace(":", "_").replace("/", "_")
        return os.path.join(os.path.expanduser(folder), f"{report['workflow']}-{pair}-{stamp}-{report['run']}"[:200])

    def _report(self) -> dict[str, Any]:
        workflow, given = self.task.workflow, self.given
        mine = {one["name"] for one in workflow.gates().get("pair", [])}
        steps = [line for line in lines(workflow.directory, workflow.name) if line["module"] != "workflow_report"]
        seen = _changes([one for line in steps for one in line["seen"] or []], self._shown())
        now = Clock().wall()
        started = min((line["started"] for line in steps), default=now)
        scale = float(given.get("time_scale") or 1.0)
        return {
            "schema": SCHEMA,
            "collection": COLLECTION_VERSION,
            "workflow": workflow.name,
            "title": given["title"],
            "rehearsal": scale != 1.0 or given["rehearsal"],
            "clock_factor": scale,
            "run": workflow.run_id,
            "by": f"{_user()}@{platform.node()}",
            "nodes": given["nodes"] or sorted(mine),
            "started": _iso(started),
            "ended": _iso(now),
            "started_epoch": round(started, 3),
            "ended_epoch": round(now, 3),
            "outcome": given["outcome"],
            "reason": given["reason"],
            "gates": [{name: row.get(name, "") for name in GATE} for row in workflow.gates().get("rows", [])],
            "steps": [self._step(line) for line in steps],
            "states": seen,
            "measured": {name: given["measured"].get(name) for name in MEASURED if name in given["measured"]},
            "versions_before": given["versions_before"],
            "versions_after": given["versions_after"],
        }

    def _step(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A task that only predicted (check mode within a real run) has changed nothing."""
        predicted = line["check_mode"] and not self.task.gate.check_mode
        shown = {name: line.get(name) for name in STEP}
        return {**shown, "changed": shown["changed"] and not predicted, "task": line["task"].split(" : ")[-1]}

    def _shown(self) -> dict[str, str]:
        """Identity to the name by which the report shows a node."""
        surfaces, names = self.task.surfaces, self.given["nodes"]
        both = [surfaces.identity, *([surfaces.partner.identity] if surfaces.has_partner else [])]
        return dict(zip(both, names, strict=True)) if len(both) == len(names) else {}

    def _charts(self, report: Mapping[str, Any]) -> dict[str, str]:
        shown = [one for one in report["states"] if one["what"] in ("role", "mirror_state")]
        try:
            return {
                "timeline": timeline(report["steps"]) if report["steps"] else "",
                "states": states(shown, report["ended_epoch"]) if shown else "",
            }
        except MissingLibrary as error:  # the evidence is worth more than its pictures
            self.warn(f"The report has no pictures: {error.library} is not installed.")
            return {"timeline": "", "states": ""}


def _changes(seen: list[Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Observations of all tasks in their order in time, each state once until it changes."""
    last: dict[tuple[str, str], str] = {}
    found = []
    for at, of, what, value in sorted(seen):
        if last.get((of, what)) != value:
            last[of, what] = value
            found.append({"at": round(at, 3), "of": names.get(of, of), "what": what, "value": value})
    return found


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.geteuid())
