# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our iDRAC modules side by side with those of others for the same purpose, on the same simulated iDRAC:
``python -m benchmarks.idrac``.

Each run is a whole ansible-playbook of equal tasks that change nothing, on one host; the two of a comparison take
turns. Ours run on more hosts as well, to count how often they sign in. The simulator is a process of its own and is not
counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import LEAST_OF_PEER, Result, environment_facts, write
from benchmarks.subjects import IDRAC, ROOT, Subject, programs
from benchmarks.tasks import once, simulator
from simulator.control_client import ControlClient
from tests.support.packages import package

EVIDENCE = ROOT / "docs" / "evidence" / "benchmark-idrac.json"
ONE, ALL = "useries-1a", "useries"
REDFISH = {
    "baseuri": "{{ useries_idrac_host }}:{{ useries_idrac_port }}",
    "username": "{{ useries_idrac_username }}",
    "password": "{{ useries_idrac_password }}",
    "ca_path": "{{ useries_ca_path }}",
}
SERVER = {**REDFISH, "validate_certs": True, "category": "Systems", "command": "GetSystemInventory"}
WITHOUT_WINDOWS = {"useries_windows_host": ""}

Task = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Comparison:
    """One of our modules, and the one that others would take for the same."""

    ours: Task
    theirs: Task


# idrac_info has no counterpart of Dell here: idrac_system_info reads processors, memory and sensors, which the
# simulator does not have. Of dell_firmware and idrac_network it is the reading that is compared: nothing is to be done.
COMPARISONS = (
    Comparison({"useries.appliance.idrac_info": {}}, {"community.general.redfish_info": SERVER}),
    Comparison(
        {"useries.appliance.dell_info": {}, "vars": WITHOUT_WINDOWS},
        {"dellemc.openmanage.idrac_firmware_info": IDRAC},
    ),
    Comparison(
        {"useries.appliance.dell_firmware": {"component": "bios", "package": "{{ bios }}"}},
        {"dellemc.openmanage.idrac_firmware_info": IDRAC},
    ),
    Comparison(
        {"useries.appliance.idrac_network": {"nic_selection": "dedicated", "via": "redfish"}},
        {"dellemc.openmanage.idrac_attributes": {**IDRAC, "idrac_attributes": {"NIC.1.Selection": "Dedicated"}}},
    ),
    Comparison(
        {"useries.appliance.idrac_job_info": {}},
        {"dellemc.openmanage.idrac_lifecycle_controller_job_status_info": {**IDRAC, "job_id": "{{ job_id }}"}},
    ),
    Comparison(
        {"useries.appliance.idrac_power": {"state": "on"}},
        {"dellemc.openmanage.redfish_powerstate": {**REDFISH, "reset_type": "On"}},
    ),
)
EMPTY = (
    Subject("empty play", None, "base", wire="idrac"),
    Subject("empty play (judges)", None, "base", judges=True, wire="idrac"),
)


def subjects(found: Sequence[Comparison], known: Mapping[str, Any]) -> list[Subject]:
    """The empty plays, and both sides of every comparison, in the order of their turns; nothing twice.

    :param known: variables of all tasks.
    """
    listed = {one.name: one for one in EMPTY}
    for one in found:
        for task, theirs in ((one.ours, False), (one.theirs, True)):
            told = {**task, "vars": {**known, **task.get("vars", {})}}
            subject = Subject(_name(task), told, "peer" if theirs else "ours", judges=theirs, wire="idrac")
            listed.setdefault(subject.name, subject)
    return list(listed.values())


def _name(task: Task) -> str:
    return next(iter(task)).rsplit(".", maxsplit=1)[-1]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table, write the evidence; 0 when every target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.idrac", description=__doc__)
    parser.add_argument("--tasks", type=int, default=40, help="tasks in a run (default: 40)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of every subject (default: 3)")
    parser.add_argument("--pairs", type=int, default=5, help="simulated pairs (default: 5)")
    parser.add_argument("--output", type=Path, default=EVIDENCE, help="where the numbers are written as JSON")
    found = parser.parse_args(argv)
    judges = programs(EMPTY[1])
    if not (judges / "ansible-playbook").exists():
        raise SystemExit(f"no {judges}; run tests/judges/environment.sh")
    facts = environment_facts(ROOT, found.tasks, [programs(one) for one in EMPTY])
    facts.pop("floor")
    with tempfile.TemporaryDirectory(prefix="useries-bench-") as name, simulator(Path(name), found.pairs) as control:
        known = {"job_id": waiting_job(control), "bios": str(installed_bios(control, Path(name)))}
        listed = subjects(COMPARISONS, known)
        results = {one.name: Result(one) for one in listed}
        for number in range(found.rounds):
            for one in listed:
                measure(results[one.name], ONE, found.tasks, Path(name), control)
                print(f"  round {number + 1}, {one.name}: {results[one.name].costs[-1]}", file=sys.stderr, flush=True)
        many = {one.name: Result(one) for one in listed if one.kind == "ours"}
        for result in many.values():
            measure(result, ALL, found.tasks, Path(name), control)
    data = as_data(results, many, found.tasks)
    write(found.output, {**facts, "hosts": 2 * found.pairs, **data})
    print(table(data))
    print("\n".join(f"{'met' if one['met'] else 'MISSED'}: {one['target']}" for one in data["targets"]))
    return 0 if all(one["met"] for one in data["targets"]) else 1


def waiting_job(control: ControlClient) -> str:
    """The id of a job that waits for a restart, on the one host."""
    return str(control.do("UVM-1A", "lifecycle.add_job", "BIOSConfiguration", "Configure: BIOS.Setup.1-1"))


def installed_bios(control: ControlClient, where: Path) -> Path:
    """An update package of the version that the BIOS has already."""
    version = control.state(ONE)["bios_version"]
    return package(where / f"BIOS_0X1Y2_WN64_{version}.EXE", version)


def measure(result: Result, pattern: str, tasks: int, where: Path, control: ControlClient) -> None:
    """One run of a subject."""
    control.reset_counts()
    cost = once(result.subject, pattern, tasks, where)
    result.add(cost, control.counts())


def as_data(results: Mapping[str, Result], many: Mapping[str, Result], tasks: int) -> dict[str, Any]:
    """For the evidence file: of each comparison both sides, how many times less ours takes, and the targets."""
    ours_empty, their_empty = (results[one.name] for one in EMPTY)
    compared, targets = {}, []
    for one in COMPARISONS:
        ours, theirs = results[_name(one.ours)], results[_name(one.theirs)]
        less = theirs.cpu / ours.cpu
        compared[ours.subject.name] = {
            "ours": _side(ours, one.ours, tasks),
            "theirs": _side(theirs, one.theirs, tasks),
            "times_less_cpu": round(less, 2),
            "times_less_cpu_without_empty": round((theirs.cpu - their_empty.cpu) / (ours.cpu - ours_empty.cpu), 2),
            "times_less_wall": round(theirs.wall / ours.wall, 2),
            "most_sign_ins_per_host_and_run": many[ours.subject.name].most_logins,
        }
        name = f"{ours.subject.name}: {less:.1f} times less CPU than {theirs.subject.name}"
        targets.append({"target": f"{name} (at least {LEAST_OF_PEER:.0f})", "met": less >= LEAST_OF_PEER})
        logins = max(ours.most_logins, many[ours.subject.name].most_logins)
        targets.append(
            {"target": f"{ours.subject.name}: {logins} sign-ins per host and run (once)", "met": logins == 1}
        )
    empty = {
        one.subject.name: {"wall": round(one.wall, 3), "cpu": round(one.cpu, 3)} for one in (ours_empty, their_empty)
    }
    return {"empty": empty, "comparisons": compared, "targets": targets}


def _side(result: Result, task: Task, tasks: int) -> dict[str, Any]:
    return {
        "module": next(iter(task)),
        "wall_seconds": round(result.wall, 3),
        "cpu_seconds": round(result.cpu, 3),
        "rounds": [[round(cost.wall, 3), round(cost.cpu, 3)] for cost in result.costs],
        "requests_per_task": round(result.requests / tasks, 2),
        "sign_ins_per_task": round(result.logins / tasks, 2),
    }


def table(data: Mapping[str, Any]) -> str:
    """For people."""
    lines = [f"{'':48}{'wall s':>9}{'CPU s':>9}{'requests':>10}{'sign-ins':>10}   per task: the last two"]
    for name, one in data["comparisons"].items():
        for side in (one["ours"], one["theirs"]):
            lines.append(
                f"{side['module'].rsplit('.', maxsplit=1)[-1]:48}{side['wall_seconds']:9.2f}{side['cpu_seconds']:9.2f}"
                f"{side['requests_per_task']:10.2f}{side['sign_ins_per_task']:10.2f}"
            )
        lines.append(
            f"  {name}: {one['times_less_cpu']} times less CPU, "
            f"{one['times_less_cpu_without_empty']} without the empty play, {one['times_less_wall']} times less time"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
