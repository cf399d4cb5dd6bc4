# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges from outside: programs that know Redfish and nothing of us read the simulated iDRAC.

They live in an environment of their own, made by tests/judges/environment.sh (JUDGES_VENV, or .venvs/judges).
REDFISH_SCHEMAS may name a folder with DMTF's CSDL files; the service validator then checks every resource in full.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.redfish_bench import HOST, PASSWORD, SERVICE_TAG, Bench, idrac
from tests.protocol.redfish_rules import complaints

pytestmark = pytest.mark.judges

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 300
"""Seconds that one judge may take."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with idrac(tmp_path) as started:
        yield started


@pytest.fixture(scope="module")
def judges() -> Path:
    """The folder of the judges' programs."""
    found = Path(os.environ.get("JUDGES_VENV") or ROOT / ".venvs" / "judges") / "bin"
    if not (found / "rf_protocol_validator").exists():
        pytest.skip(f"no environment of the judges at {found.parent}: run tests/judges/environment.sh")
    return found


def run(command: list[str], directory: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a judge; its output is kept for the message."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment |= {"HOME": str(directory), "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )


def read_with_sushy(bench: Bench, judges: Path, directory: Path, *resets: str) -> dict[str, Any]:
    command = [str(judges / "python"), str(ROOT / "tests" / "judges" / "read_with_sushy.py"), *resets]
    variables = {"IDRAC_URL": bench.url, "IDRAC_PASSWORD": PASSWORD, "IDRAC_CA": str(bench.ca_path)}
    done = run(command, directory, **variables)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_sushy_reads_the_server_and_controls_its_power(bench: Bench, judges: Path, tmp_path: Path) -> None:
    assert read_with_sushy(bench, judges, tmp_path) == {
        "sku": SERVICE_TAG,
        "power": "On",
        "resets": [
            "ForceOff",
            "ForceRestart",
            "GracefulRestart",
            "GracefulShutdown",
            "Nmi",
            "On",
            "PowerCycle",
            "PushPowerButton",
        ],
        "bios": SERVICE_TAG,
        "firmware": "7.00.00.171",
    }
    assert read_with_sushy(bench, judges, tmp_path, "ForceOff")["power"] == "Off"
    assert bench.appliance.powered is False
    assert bench.server.controller.sessions.all() == [], "sushy signed out"


def test_the_protocol_validator_finds_no_fault(bench: Bench, judges: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    command = [str(judges / "rf_protocol_validator"), "--user", "root", "--password", PASSWORD, "--rhost", bench.url]
    command += ["--ca-bundle", str(bench.ca_path), "--report-dir", str(reports), "--report-type", "tsv"]
    done = run([*command, "--avoid-http-redirect"], tmp_path)
    found = list(reports.glob("*.tsv"))
    assert len(found) == 1, done.stdout + done.stderr
    with found[0].open(newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 4]
    assert [row for row in rows if "FAIL" in row] == []
    assert sum("PASS" in row for row in rows) > 400, done.stdout


def test_every_resource_meets_its_schema(bench: Bench, judges: Path, tmp_path: Path) -> None:
    schemas = os.environ.get("REDFISH_SCHEMAS")
    if schemas:
        command = [str(judges / "rf_service_validator"), "--user", "root", "--password", PASSWORD, "--rhost", bench.url]
        command += ["--skipschema", "--schema_directory", str(Path(schemas).resolve()), "--nooemcheck"]
        command += ["--authtype", "Session", "--logdir", str(tmp_path / "logs")]
        done = run(command, tmp_path, REQUESTS_CA_BUNDLE=str(bench.ca_path))
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr
        return
    seen: dict[str, Any] = {}
    waiting = {"/redfish/v1/"}
    while waiting:
        path = waiting.pop()
        seen[path] = bench.send("GET", path).json()
        waiting |= {found for found in references(seen[path]) if found not in seen}
    assert [complaint for path, content in seen.items() for complaint in complaints(path, content)] == []
    assert len(seen) > 40


def references(value: Any) -> set[str]:
    """Every link of a resource."""
    if isinstance(value, dict):
        own = {str(value["@odata.id"])} if "@odata.id" in value else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


PLAY = """
- hosts: localhost
  gather_facts: false
  tasks:
    - name: Who may sign in
      dellemc.openmanage.idrac_user_info:
        idrac_ip: "{host}"
        idrac_port: {port}
        idrac_user: root
        idrac_password: "{{{{ password }}}}"
        ca_path: "{ca_path}"
      register: users
    - name: Power off, twice
      dellemc.openmanage.redfish_powerstate:
        baseuri: "{host}:{port}"
        username: root
        password: "{{{{ password }}}}"
        ca_path: "{ca_path}"
        reset_type: ForceOff
      register: power
      loop: [1, 2]
    - name: The server
      community.general.redfish_info:
        baseuri: "{host}:{port}"
        username: root
        password: "{{{{ password }}}}"
        ca_path: "{ca_path}"
        validate_certs: true
        category: Systems
        command: GetSystemInventory
      register: server
    - name: What was seen
      ansible.builtin.copy:
        dest: "{seen}"
        mode: "0600"
        content: >-
          {{{{ {{'users': users.user_info, 'changed': power.results | map(attribute='changed') | list,
          'system': server.redfish_facts.system.entries[0][1]}} | to_json }}}}
"""


def test_the_modules_of_dell_and_of_the_community(bench: Bench, judges: Path, tmp_path: Path) -> None:
    seen, play = tmp_path / "seen.json", tmp_path / "play.yml"
    play.write_text(PLAY.format(host=HOST, port=bench.server.port, ca_path=bench.ca_path, seen=seen))
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"password": PASSWORD, "ansible_python_interpreter": str(judges / "python")}))
    command = [str(judges / "ansible-playbook"), "-i", "localhost,", "-c", "local", "-e", f"@{secret}", str(play)]
    done = run(command, tmp_path, ANSIBLE_HOME=str(tmp_path / "ansible"))
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(seen.read_text())
    assert [(user["Id"], user["UserName"], user["RoleId"]) for user in result["users"]] == [
        ("2", "root", "Administrator")
    ]
    assert result["changed"] == [True, False]
    assert (result["system"]["SKU"], result["system"]["PowerState"]) == (SERVICE_TAG, "Off")
    assert bench.appliance.powered is False
