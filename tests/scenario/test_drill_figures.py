# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failover drill measures, from what its tasks have read; the whole drill is in test_failover_drill."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbook import Core
from tests.support.project import ROOT

VARS = ROOT / "roles/high_availability/vars/main.yml"
BEAT = "2026-11-29T10:00:00"
POLLED = "polled from here, an upper bound"


def measured(core: Core, folder: Path, **given: Any) -> dict[str, Any]:
    """The figures of a drill that read this.

    :param given: ``told``, moments of notifications; ``method``; ``host``, variables of the node that was stopped.
    """
    facts = {
        "high_availability_drill_told": {"notifications": [{"at": at} for at in given["told"]]},
        "high_availability_drill_proof": {"high_availability": {"metrics": {"last_heartbeat": BEAT}}},
        "high_availability_drill_failover": {"pair": {"waited_seconds": 400.0}},
        "high_availability_kept": {"checkpoint": {"steps": {"stop": {}}}},
        "high_availability_drill_method": given.get("method", "power_off"),
        "high_availability_drill_rto_target_minutes": 0,
        "high_availability_drill_rpo_target_minutes": -1,
        "high_availability_drill_first": "localhost",
        "high_availability_down": "localhost",
        "high_availability_drill_second": "other",
        "workflow_active": "localhost",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    figures = "{{ high_availability_drill_measured | to_json }}"
    show = {"ansible.builtin.copy": {"content": figures, "dest": str(folder / "shown.json"), "mode": "0600"}}
    play = {"hosts": "localhost", "gather_facts": False, "vars": facts, "vars_files": [str(VARS)], "tasks": [show]}
    book = folder / "figures.yml"
    book.write_text(yaml.safe_dump([play]), encoding="utf-8")
    hosts = folder / "hosts.yml"
    hosts.write_text(yaml.safe_dump({"all": {"hosts": {"localhost": given.get("host", {})}}}), encoding="utf-8")
    command = [str(core.bin / "ansible-playbook"), "-i", str(hosts), "-c", "local", str(book)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found: dict[str, Any] = json.loads((folder / "shown.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("told", "seconds", "source"),
    [
        (["2026-11-29T10:07:00"], 420.0, "last heartbeat to the notification, by the appliance"),
        (["2026-11-20T03:00:00", "2026-11-29T10:08:20"], 500.0, "last heartbeat to the notification, by the appliance"),
        (["2026-11-20T03:00:00"], 400.0, POLLED),  # what it tells about another failover
        ([], 400.0, POLLED),
    ],
)
def test_only_what_came_after_the_last_heartbeat_is_about_this_failover(
    core: Core, tmp_path: Path, told: list[str], seconds: float, source: str
) -> None:
    found = measured(core, tmp_path, told=told)
    assert (found["rto_seconds"], found["rto_source"]) == (seconds, source)
    assert (found["rpo_seconds"], "SYNCHRONIZED was read" in found["rpo_source"]) == (0, True)


@pytest.mark.parametrize(
    ("method", "host", "known"),
    [
        ("power_off", {}, True),
        ("person", {}, False),
        ("medium", {"useries_idrac_host": "192.0.2.9"}, True),
        ("medium", {}, False),
        ("graceful", {"useries_windows_host": "192.0.2.8"}, True),
        ("graceful", {}, False),
    ],
)
def test_what_may_be_lost_is_not_known_where_a_person_stopped_the_node(
    core: Core, tmp_path: Path, method: str, host: dict[str, str], known: bool
) -> None:
    found = measured(core, tmp_path, told=[], method=method, host=host)
    assert ("rpo_seconds" in found, "a person stopped the node" in found["rpo_source"]) == (known, not known)
