# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed tarball runs by itself: in an environment with nothing but what ansible-builder would put into an
image, against the simulator's wheel in another one; by ansible-runner, ansible-playbook and ansible-navigator.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.control_client import ControlClient
from tests.release.bench import RUN, SIMULATOR, TOOLS, good
from tests.support.project import ROOT, text

SITE = "useries.appliance.site"
BACKUP = "Canary-Backup-8c1e"
SHARE = "Canary-Share-27d9"


@dataclass
class Pair:
    """A simulated pair, and the folder of whoever operates it.

    :param home: working directory and home of the programs; :param inventory: with what the pair shall be beside it.
    """

    home: Path
    inventory: Path
    told: dict[str, Any]

    @property
    def control(self) -> ControlClient:
        """The simulator's control port."""
        return ControlClient(**self.told["control"])

    @property
    def secrets(self) -> list[str]:
        """Passwords of the inventory."""
        passwords = [node["accounts"]["admin"]["password"] for node in self.told["nodes"].values()]
        return [*passwords, BACKUP, SHARE]

    def leaked(self, *places: Path) -> list[str]:
        """Files below some places that hold a secret, by the secret's number."""
        found = []
        for path in (path for place in places for path in place.rglob("*") if path.is_file()):
            content = path.read_bytes()
            found += [f"{path}: secret {at}" for at, secret in enumerate(self.secrets) if secret.encode() in content]
        return found


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Started as its README says, from the wheel: the files are beside whoever starts it."""
    home = tmp_path_factory.mktemp("operator")
    simulator = [SIMULATOR / "python", "-m", "simulator"]
    good([*simulator, "--seed", "1", "--speed", "400", "--surfaces", "console,endpoint", "--background"], home)
    try:
        directory = home / ".simulator"
        shutil.copytree(ROOT / "inventories/simulator/group_vars", directory / "group_vars")
        mine = {"backup_password": BACKUP, "backup_location_password": SHARE}
        for path in (directory / "group_vars").rglob("*.yml"):
            path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **mine}))
        yield Pair(home, directory / "inventory.yml", json.loads((directory / "simulator.json").read_text()))
    finally:
        assert "Stopped" in good([*simulator, "--stop"], home)


def changed(recap: str) -> list[int]:
    """The numbers of changed tasks in a recap, one for each host."""
    return [int(number) for number in re.findall(r"changed=(\d+)", recap)]


def test_nothing_of_the_checkout_is_beside_it(pair: Pair) -> None:
    """The collection's libraries are in the environment of the run alone, the simulator in its own."""
    looked = "('simulator', 'tests', 'lxml', 'ansible')"
    seen = f"import importlib.util as u; print([name for name in {looked} if u.find_spec(name)])"
    assert good([RUN / "python", "-c", seen], pair.home).strip() == "['lxml', 'ansible']"
    assert good([SIMULATOR / "python", "-c", seen], pair.home).strip() == "['simulator']"
    assert "lxml" not in good([TOOLS / "python", "-c", seen], pair.home)
    assert "useries.appliance" in good([RUN / "ansible-galaxy", "collection", "list"], pair.home)


def test_the_page_about_the_wheel_is_true(pair: Pair) -> None:
    """docs/docsite/rst/simulator.rst: the inventory that the simulator wrote is all that this playbook needs."""
    shown = "ansible-playbook -i .simulator/inventory.yml useries.appliance.calibrate"
    shown += " -e calibrate_directory=$PWD/calibration"
    assert f"    $ {shown}\n" in text("docs/docsite/rst/simulator.rst")
    good(["sh", "-c", shown], pair.home)
    assert (pair.home / "calibration/calibration.html").is_file()
    assert pair.control.count("write") == 0


def test_ansible_runner_configures_the_pair(pair: Pair) -> None:
    place = pair.home / "runner"
    shutil.copytree(pair.inventory.parent / "group_vars", place / "inventory/group_vars")
    shutil.copy(pair.inventory, place / "inventory/hosts.yml")
    output = good([RUN / "ansible-runner", "run", place, "-p", SITE, "--ident", "first"], pair.home)
    artifacts = place / "artifacts/first"
    assert (artifacts / "status").read_text() == "successful"
    assert min(changed(output)) > 0, output
    assert pair.control.count("write") > 10
    assert "SYNCHRONIZED" in output
    assert list((artifacts / "job_events").iterdir())
    assert pair.leaked(artifacts) == []
    assert not [secret for secret in pair.secrets if secret in output]


def test_a_second_run_changes_nothing(pair: Pair) -> None:
    pair.control.reset_counts()
    output = good([RUN / "ansible-playbook", "-i", pair.inventory, SITE], pair.home)
    assert changed(output) == [0, 0], output
    assert pair.control.count("write") == 0


def test_ansible_navigator_runs_it_without_an_image(pair: Pair) -> None:
    pair.control.reset_counts()
    place = pair.home / "navigator"
    place.mkdir()
    words = ["--mode", "stdout", "--execution-environment", "false", "-i", pair.inventory]
    words += ["--log-file", place / "navigator.log", "--log-level", "debug"]
    words += ["--playbook-artifact-save-as", place / "site.json"]
    output = good([TOOLS / "ansible-navigator", "run", SITE, *words], pair.home)
    assert changed(output) == [0, 0], output
    assert pair.control.count("write") == 0
    assert json.loads((place / "site.json").read_text())["status"] == "successful"
    assert "useries.appliance.site" in (place / "navigator.log").read_text()
    inventories = tuple(f"{pair.home}/{folder}/" for folder in (".simulator", "runner/inventory"))
    assert [found for found in pair.leaked(pair.home) if not found.startswith(inventories)] == []
