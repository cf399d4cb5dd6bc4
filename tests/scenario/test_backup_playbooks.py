# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks over the role backup: verify, download, prune and restore, on a pair of which one node has backups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.playbook import Core
from tests.support.site import A, Site, changed, explained, site

pytestmark = pytest.mark.one_way  # the modules have tests of their own in every way

ZIP = "zip-Canary-7"


def playbook(name: str) -> list[dict[str, Any]]:
    return [{"name": f"Run {name}", "ansible.builtin.import_playbook": f"useries.appliance.{name}"}]


def taken(pair: Site) -> list[str]:
    """Two backups of the active node."""
    for _time in range(2):
        pair.control.do(A, "backups.create", "LocalBackups", ZIP, False)
        pair.control.advance(200)
    return [one["name"] for one in pair.backups(A)]


def test_a_backup_from_verification_to_restore(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path) as pair:
        pair.pair_by_hand()
        old, newest = taken(pair)
        pair.control.align()
        kept = tmp_path / "kept"
        kept.mkdir()
        password = ("-e", f"backup_password={ZIP}", "-e", "backup_location=LocalBackups")

        ran = pair.run(*password, "-e", "backup_min_size=100", playbook=playbook("verify_backup"))
        assert ran.code == 0, explained(ran)
        ran = pair.run(*password, "-e", "backup_min_size=99999999", playbook=playbook("verify_backup"))
        assert ran.code != 0
        assert "less than 99999999" in explained(ran)

        ran = pair.run(*password, "-e", f"backup_download_directory={kept}", playbook=playbook("download_backup"))
        assert ran.code == 0, explained(ran)
        assert [path.name for path in kept.iterdir()] == [newest]

        ran = pair.run(*password, "-e", "backup_keep=1", playbook=playbook("prune_backups"))
        assert "confirm: 'UVM-1A'" in explained(ran)
        assert [one["name"] for one in pair.backups(A)] == [old, newest]
        longer = (*password, "-e", "backup_keep=1", "-e", "backup_confirm=UVM-1A", "--check")  # its name in the role
        assert changed(pair.run(*longer, playbook=playbook("prune_backups")).good()) == {(A, "Old backups go")}
        confirmed = (*password, "-e", "backup_keep=1", "-e", "confirm=UVM-1A")
        ran = pair.run(*confirmed, playbook=playbook("prune_backups"))
        assert ran.code == 0, explained(ran)
        assert [one["name"] for one in pair.backups(A)] == [newest]

        pair.control.do(A, "database.write", "written since")
        words = ("-e", f"backup_restore_name={newest}", "-e", "backup_confirm=UVM-1A", "-e", "accept_data_loss=true")
        ran = pair.run(*words, playbook=playbook("restore"))
        assert "A restore is confirmed for one appliance" in explained(ran)
        words = (*words, "-e", "workflow_clock_skew_limit=10000")  # the clocks were moved above
        ran = pair.run(*words, "-l", A, playbook=playbook("restore"))
        assert "-e backup_acknowledge_high_availability=true" in explained(ran)
        assert "written since" in pair.state(A)["database"]["records"]
        known = (*words, "-e", "backup_acknowledge_high_availability=true", "-l", A)
        ran = pair.run(*known, playbook=playbook("restore"))
        assert ran.code == 0, explained(ran)
        assert "written since" not in pair.state(A)["database"]["records"]
