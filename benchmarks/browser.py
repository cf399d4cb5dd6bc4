# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks cost that change nothing, with each driver of the console; a browser kept for a run beside one for each
task; and how many requests a calibration of all pages sends.

The subjects take turns. Processor time is that of ansible-playbook, of the keeper and of Chromium together
(``reaper.py``); the simulator is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.process import Cost, measured
from benchmarks.report import Rounds, environment_facts, write
from benchmarks.subjects import ROOT, Subject, environment, programs
from benchmarks.tasks import simulator
from simulator.control_client import ControlClient

EVIDENCE = ROOT / "docs" / "evidence" / "benchmark-browser.json"
HOST = "useries-1a"
MOST_CPU = 2.0
"""Processor seconds that a task may take in a browser, after the first of its run."""

BANNER = {"useries.appliance.login_banner": {"title": "", "text": ""}}
CALIBRATE = [
    {"useries.appliance.console_info": {}, "register": "found"},
    {"ansible.builtin.copy": {"content": "{{ found.calibration.summary | to_json }}", "dest": "{{ summary }}"}},
]


@dataclass
class Way(Rounds):
    """One thing to measure, and what came of it.

    :param rendering: of the simulated console; :param driver: ``useries_console_driver``.
    :param tasks: in one run; :param direct: ``kept`` or ``each`` when Ansible is left out.
    """

    name: str
    rendering: str
    tasks: int
    driver: str = "browser"
    direct: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def ways(tasks: int) -> list[Way]:
    """In the order of their turns."""
    return [
        Way("empty play", "html", 0, "html"),
        Way("html, 1 task", "html", 1, "html"),
        Way(f"html, {tasks} tasks", "html", tasks, "html"),
        Way("browser, 1 task", "html", 1),
        Way(f"browser, {tasks} tasks", "html", tasks),
        Way("browser on scripts, 1 task", "script", 1),
        Way(f"browser on scripts, {tasks} tasks", "script", tasks),
        Way("kept, 5 tasks", "html", 5, direct="kept"),
        Way("each its own, 5 tasks", "html", 5, direct="each"),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, write the evidence; 0 when the target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--tasks", type=int, default=20, help="tasks in a run (default: 20)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of every subject (default: 3)")
    parser.add_argument("--output", type=Path, default=EVIDENCE, help="where the numbers are written as JSON")
    found = parser.parse_args(argv)
    facts = environment_facts(ROOT, found.tasks, [programs(Subject("", None, "ours"))])
    facts.pop("floor")
    measured_ways = ways(found.tasks)
    with ExitStack() as stack:
        where = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="useries-bench-")))
        controls = {
            one: stack.enter_context(simulator(where / one, 1, ("--rendering", one))) for one in ("html", "script")
        }
        for number in range(found.rounds):
            for way in measured_ways:
                once(way, where, controls[way.rendering])
                print(f"  round {number + 1}, {way.name}: {way.costs[-1]}", file=sys.stderr, flush=True)
        calibration = calibrated(where, controls["html"])
    data = as_data(measured_ways, found.tasks)
    write(found.output, {**facts, **data, "calibration": calibration})
    print(table(measured_ways, data, calibration))
    return 0 if data["cpu_per_browser_task_after_the_first"] <= MOST_CPU else 1


def once(way: Way, where: Path, control: ControlClient) -> None:
    """One run."""
    control.reset_counts()
    folder = where / way.rendering
    if way.direct:
        way.costs.append(directly(way, folder))
    else:
        book = [{"hosts": HOST, "gather_facts": False, "tasks": [BANNER for _number in range(way.tasks)]}]
        way.costs.append(play(book, folder, "-e", f"useries_console_driver={way.driver}"))
    wires = [node.get("console", {}) for node in control.counts().values()]
    way.counts = {kind: sum(wire.get(kind, 0) for wire in wires) for kind in ("all", "login", "logout", "write")}


def play(book: Sequence[Mapping[str, Any]], folder: Path, *words: str) -> Cost:
    """One ansible-playbook run, with everything that it leaves running until it has ended."""
    subject = Subject("", None, "ours")
    home = folder / "home"
    home.mkdir(exist_ok=True)
    (home / "ansible.cfg").write_text("[defaults]\n", encoding="utf-8")
    path = home / "play.yml"
    path.write_text(json.dumps(book), encoding="utf-8")
    command = [
        str(programs(subject) / "ansible-playbook"),
        "-i",
        str(folder / "simulator" / "inventory.yml"),
        str(path),
    ]
    return measured([sys.executable, str(ROOT / "benchmarks" / "reaper.py"), *command, *words], path_of(home), home)


def path_of(home: Path) -> dict[str, str]:
    """The environment of every run; the browser is where the caller has it."""
    made = environment(Subject("", None, "ours"), home)
    return {**made, "PATH": os.pathsep.join((made["PATH"], os.environ["PATH"]))}


def directly(way: Way, folder: Path) -> Cost:
    """The same pages without Ansible."""
    tree = yaml.safe_load((folder / "simulator" / "inventory.yml").read_text(encoding="utf-8"))["useries"]
    own = {**tree["vars"], **tree["children"]["pair_1"]["hosts"][HOST]}
    home = folder / "home"
    home.mkdir(exist_ok=True)
    secret = home / "password"
    secret.write_text(own["useries_password"] + "\n", encoding="utf-8")
    words = [way.direct, str(way.tasks), own["useries_host"], str(own["useries_port"]), own["useries_ca_path"]]
    script = [sys.executable, str(ROOT / "benchmarks" / "browser_tasks.py"), *words, own["useries_username"]]
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "reaper.py"),
        "sh",
        "-c",
        'exec "$@" < password',
        "sh",
        *script,
    ]
    return measured(command, {**path_of(home), "PYTHONPATH": str(ROOT / "collections")}, home)


def calibrated(where: Path, control: ControlClient) -> dict[str, int]:
    """Requests of one calibration by HTML, and the pages it reached."""
    control.reset_counts()
    summary = where / "summary.json"
    book = [{"hosts": HOST, "gather_facts": False, "tasks": CALIBRATE, "vars": {"summary": str(summary)}}]
    play(book, where / "html", "-e", "useries_console_driver=html")
    told = json.loads(summary.read_text(encoding="utf-8"))
    wires = [node.get("console", {}) for node in control.counts().values()]
    counts = {kind: sum(wire.get(kind, 0) for wire in wires) for kind in ("all", "login", "write")}
    return {"requests": counts["all"], "sign_ins": counts["login"], "writes": counts["write"], "pages": told["pages"]}


def as_data(found: Sequence[Way], tasks: int) -> dict[str, Any]:
    """For the evidence file."""
    by_name = {one.name: one for one in found}
    empty = by_name["empty play"].cpu

    def later(many: str, single: str) -> float:
        return (by_name[many].cpu - by_name[single].cpu) / (tasks - 1)

    html, browser, script = (f"{name}, {tasks} tasks" for name in ("html", "browser", "browser on scripts"))
    return {
        "ways": {
            one.name: {
                "cpu_seconds": round(one.cpu, 3),
                "wall_seconds": round(one.wall, 3),
                "rounds": [[round(cost.wall, 3), round(cost.cpu, 3)] for cost in one.costs],
                **one.counts,
            }
            for one in found
        },
        "cpu_ratio_browser_to_html": round((by_name[browser].cpu - empty) / (by_name[html].cpu - empty), 2),
        "cpu_per_html_task_after_the_first": round(later(html, "html, 1 task"), 3),
        "cpu_per_browser_task_after_the_first": round(later(browser, "browser, 1 task"), 3),
        "cpu_per_script_task_after_the_first": round(later(script, "browser on scripts, 1 task"), 3),
        "wall_per_browser_task_after_the_first": round(
            (by_name[browser].wall - by_name["browser, 1 task"].wall) / (tasks - 1), 3
        ),
    }


def table(found: Sequence[Way], data: Mapping[str, Any], calibration: Mapping[str, int]) -> str:
    """For people."""
    lines = [f"{'':34}{'wall s':>9}{'CPU s':>9}{'requests':>10}{'sign-ins':>10}"]
    lines += [
        f"{one.name:34}{one.wall:9.2f}{one.cpu:9.2f}{one.counts['all']:10}{one.counts['login']:10}" for one in found
    ]
    lines += [f"{name.replace('_', ' ')}: {value}" for name, value in data.items() if name != "ways"]
    lines.append(f"calibration by HTML: {calibration['requests']} requests for {calibration['pages']} pages")
    return "\n".join(lines)


if __name__ == "__main__":
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))):
        raise SystemExit("left out: no Chromium on the path")
    sys.exit(main())
