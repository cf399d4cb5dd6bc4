# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Others judge: awxkit reads what the playbook made, and the documentation of awx.awx knows every argument."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.awx.awx_bench import ROOT
from tests.awx.conftest import Made
from tests.awx.stand_in import TOKEN
from tests.support.confirmations import AnyTag

pytestmark = pytest.mark.judges


def asked(judges: Path, *command: str, **variables: str) -> Any:
    """The JSON that a program of the judges prints."""
    done = subprocess.run(
        [str(judges / command[0]), *command[1:]],
        env={"PATH": f"{judges}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_awxkit_reads_what_was_made(judges: Path, made: Made, tmp_path: Path) -> None:
    script = str(ROOT / "tests/judges/read_with_awxkit.py")
    found = asked(judges, "python", script, made.awx.url, TOKEN=TOKEN, HOME=str(tmp_path))
    assert found["classes"] == ["JobTemplate", "WorkflowJobTemplate"]
    assert len(found["templates"]) > 20
    assert set(map(tuple, found["templates"].values())) == {(False, 1)}
    assert found["questions"]["U-Series Unpair"] == ["confirm", "accept_data_loss", "adopt_run", "break_lock"]
    assert found["nodes"]["U-Series Upgrade in steps"] == {
        "gates": ["approval"],
        "approval": ["change"],
        "change": [],
        "verify": [],
        "report": [],
    }
    assert found["rules"] == [
        "DTSTART;TZID=Etc/UTC:20260104T040000 RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=SU",
        "DTSTART;TZID=Etc/UTC:20260105T020000 RRULE:FREQ=DAILY;INTERVAL=1",
        "DTSTART;TZID=Etc/UTC:20260115T080000 RRULE:FREQ=MONTHLY;INTERVAL=3",
    ]
    assert {tuple(found["injectors"][name]) for name in found["injectors"] if name.startswith("U-Series")} == {
        ("env", "file")
    }


def test_awx_awx_knows_every_argument(judges: Path, tmp_path: Path) -> None:
    """ansible-lint passes over wrong arguments of a task that has expressions in others."""
    used: dict[str, set[str]] = {}
    for path in (ROOT / "roles/awx/tasks").glob("*.yml"):
        for task in yaml.load(path.read_text(), Loader=AnyTag) or []:
            for name in task:
                if name.startswith("awx.awx."):
                    used.setdefault(name, set()).update(task[name])
    assert len(used) > 8
    documented = asked(judges, "ansible-doc", "-j", *used, HOME=str(tmp_path))
    for name, arguments in used.items():
        assert arguments - set(documented[name]["doc"]["options"]) == set(), name
