# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running awx_setup.yml, with awx.awx of the judges' environment, against the stand-in."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.awx.stand_in import TOKEN, StandIn

ROOT = Path(__file__).resolve().parents[2]
ORGANIZATION = "Operations"
GIVEN: dict[str, Any] = {
    "awx_organization": ORGANIZATION,
    "awx_image": "registry.example.com/useries-ee:1",
    "awx_project_url": "https://git.example.com/useries.git",
}


@dataclass
class Setup:
    """The playbook, run by a person who has ``token``."""

    judges: Path
    folder: Path
    awx: StandIn

    def run(self, *words: str, token: str = TOKEN, **given: Any) -> Done:
        """A whole run with these variables besides the three that are required."""
        variables = {
            "PATH": f"{self.judges}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections"),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_PIPELINING": "1",
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "0",
            "CONTROLLER_HOST": self.awx.url,
            "CONTROLLER_OAUTH_TOKEN": token,
        }
        program = str(self.judges / "ansible-playbook")
        command = [program, "useries.appliance.awx_setup", "-e", json.dumps({**GIVEN, **given})]
        done = subprocess.run(
            [*command, *words], cwd=self.folder, env=variables, capture_output=True, text=True, timeout=300, check=False
        )
        return Done(done.returncode, done.stdout + done.stderr)


@dataclass
class Done:
    """How a run ended."""

    code: int
    output: str

    @property
    def words(self) -> str:
        """Everything printed, with line ends as blanks."""
        return " ".join(self.output.split())

    @property
    def changed(self) -> int:
        """Tasks that changed something."""
        found = re.search(r"changed=(\d+)", self.output)
        assert found, self.output
        return int(found[1])

    def good(self) -> Done:
        """Assert that nothing failed."""
        assert self.code == 0, self.output
        return self
