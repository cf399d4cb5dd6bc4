# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a workflow's playbook and reading the evidence that it leaves."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tests.support.playbook import Playbook, Ran, Running
from tests.support.site import Site, changed, explained

WRITTEN = "Where the evidence lies"


def playbook(name: str) -> Playbook:
    """A playbook of the collection, by its FQCN as a user would run it."""
    return [{"name": f"Run {name}", "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]


def start(pair: Site, name: str, *words: str) -> Running:
    """Begin a run with its reports below the run's folder."""
    return pair.start("-e", f"useries_report_dir={reports(pair)}", *words, playbook=playbook(name))


def run(pair: Site, name: str, *words: str, **more: Any) -> Ran:
    """A whole run with its reports below the run's folder."""
    return pair.run("-e", f"useries_report_dir={reports(pair)}", *words, playbook=playbook(name), **more)


def reports(pair: Site) -> Path:
    """Where :func:`run` lets reports be written."""
    return pair.folder / "reports"


def evidence(pair: Site, ran: Ran) -> dict[str, Any]:
    """The one report that a run wrote: private, whole, with the digest that the job's log and the page show."""
    lines = [event for event in ran.events if event["task"].endswith(WRITTEN)]
    assert len(lines) == 1, f"{len(lines)} reports:\n{ran.output}"
    _title, page, data, short, digest = lines[0]["result"]["msg"]
    text = Path(data).read_bytes()
    assert digest == f"SHA-256 {hashlib.sha256(text).hexdigest()}"
    assert digest in ran.output
    for path in (Path(page), Path(data), Path(short)):
        assert path.stat().st_mode & 0o777 == 0o600, path
        assert path.parent == reports(pair)
    html = Path(page).read_text(encoding="utf-8")
    assert digest.removeprefix("SHA-256 ") in html
    assert re.findall(r"""(?:src|href)=["']?(?!data:)[^"'> ]+""", html) == [], "the page is not self-contained"
    found: dict[str, Any] = json.loads(text)
    _summarised(found, json.loads(Path(short).read_text(encoding="utf-8")), Path(page), Path(data))
    return found


def _summarised(report: dict[str, Any], summary: dict[str, Any], page: Path, data: Path) -> None:
    """summary.json says of this report what the report says."""
    assert summary["schema"] == "summary/1"
    if summary["run"] != report["run"]:  # a second run into the same directory, which the summary is of then
        assert summary["ended"] > report["ended"]
        return
    for name in ("workflow", "collection", "rehearsal"):
        assert summary[name] == report[name]
    own = [one for one in summary["reports"] if one["report"]["json"] == str(data)]
    assert len(own) == 1, summary
    assert own[0]["report"]["html"] == str(page)
    for name in ("nodes", "started", "ended", "outcome", "reason"):
        assert own[0][name] == report[name]
    assert own[0]["changed"] is any(one["changed"] for one in report["steps"])
    assert own[0]["hosts"]
    assert bool(own[0]["next_step"]) is (report["outcome"] in ("failed", "waiting")), own[0]


def power_tasks(folder: Path, host: str, state: str) -> tuple[str, str]:
    """The words that name a task file of a user, which knows of one host whether it is ``on`` or ``off``."""
    told = f"{{{{ {{'{host}': '{state}'}}[useries_power_of] }}}}"
    path = folder / "power.yml"
    path.write_text(
        yaml.safe_dump([{"name": "Ask the power strip", "ansible.builtin.set_fact": {"useries_power_state": told}}]),
        encoding="utf-8",
    )
    return "-e", f"useries_power_tasks={path}"


def outcomes(report: dict[str, Any]) -> dict[str, str]:
    """Gates by their names, and their results."""
    return {one["name"]: one["result"] for one in report["gates"]}


def refused(pair: Site, ran: Ran, name: str, told: Iterable[str]) -> None:
    """It ended with advice, nothing was written, and the evidence says that it failed and why."""
    assert ran.code != 0, ran.output
    assert pair.writes() == 0
    assert changed(ran) == set()
    for text in told:
        assert text in explained(ran), explained(ran)
    report = evidence(pair, ran)
    assert (report["outcome"], report["workflow"]) == ("failed", name)
    assert report["reason"]
