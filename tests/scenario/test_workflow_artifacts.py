# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job of AWX, or of ansible-runner, tells where every report of its run lies, and not only the last one's place."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.support.playbook import Core, play
from tests.support.site import A, B, site

pytestmark = pytest.mark.one_way

REPORT = {
    "name": "Report",
    "ansible.builtin.include_role": {"name": "useries.appliance.workflow", "tasks_from": "report.yml"},
    "vars": {
        "workflow_title": "A title",
        "workflow_outcome": "checked",
        "workflow_names": ["{{ inventory_hostname }}"],
    },
}


def test_every_report_of_a_run_is_in_its_artifacts(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        ran = pair.run(
            playbook=play(REPORT, hosts="useries", vars={"useries_workflow": "dr_readiness"}, serial=1),
            environment={"ANSIBLE_SHOW_CUSTOM_STATS": "1", "ANSIBLE_STDOUT_CALLBACK": "ansible.builtin.default"},
        ).good()
    found = re.search(r"RUN: (\{.*\})", ran.output)
    assert found, ran.output
    told = json.loads(found[1])["useries_reports"]
    assert {one["host"] for one in told.values()} == {A, B}
    for name, one in told.items():
        assert set(one) == {"title", "host", "outcome", "html", "json", "sha256"}
        data = Path(one["json"])
        assert (data.name, one["sha256"]) == (name, hashlib.sha256(data.read_bytes()).hexdigest())
        assert Path(one["html"]).exists()
