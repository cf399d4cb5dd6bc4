# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges from outside: programs that know Redfish and nothing of us read the simulated iDRAC.

REDFISH_SCHEMAS may name a folder with DMTF's CSDL files; the service validator then checks every resource in full.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.judges_bench import ROOT, bench, judges, restart, run
from tests.protocol.redfish_bench import PASSWORD, SERVICE_TAG, Bench
from tests.protocol.redfish_rules import complaints

__all__ = ["bench", "judges"]

pytestmark = pytest.mark.judges


PORT = "Chassis/System.Embedded.1/NetworkAdapters/NIC.Integrated.1/NetworkDeviceFunctions/NIC.Integrated.1-1-1"


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
        "boot_mode": "Uefi",
        "pending": {},
        "registry": 8,
        "firmware": "7.00.00.171",
        "tasks": [],
        "sessions": 1,
        "ports": ["NIC.Integrated.1-1-1", "NIC.Integrated.1-2-1"],
    }
    assert read_with_sushy(bench, judges, tmp_path, "ForceOff")["power"] == "Off"
    assert bench.appliance.powered is False
    assert bench.server.controller.sessions.all() == [], "sushy signed out"


def test_sushy_sets_the_bios_for_the_next_start(bench: Bench, judges: Path, tmp_path: Path) -> None:
    seen = read_with_sushy(bench, judges, tmp_path, "BootMode=Bios")
    assert (seen["boot_mode"], seen["pending"]) == ("Uefi", {"BootMode": "Bios"})
    assert seen["tasks"] == ["Configure: BIOS.Setup.1-1"]
    restart(bench)
    seen = read_with_sushy(bench, judges, tmp_path)
    assert (seen["boot_mode"], seen["pending"]) == ("Bios", {})


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


def busy(bench: Bench) -> None:
    """Let there be a job that is done, one that waits, settings that wait, and an account that is not root's."""
    bench.appliance.lifecycle.add_job("RAIDConfiguration", "Configure: RAID.Integrated.1-1", "Completed")
    on_reset = {"@Redfish.SettingsApplyTime": {"ApplyTime": "OnReset"}}
    for path, values in (
        ("Systems/System.Embedded.1/Bios", {"Attributes": {"BootMode": "Bios"}}),
        (PORT, {"Ethernet": {"VLAN": {"VLANEnable": True, "VLANId": 30}}}),
    ):
        assert bench.send("PATCH", f"/redfish/v1/{path}/Settings", json={**values, **on_reset}).status_code == 202
    account = {"UserName": "monitor", "Password": "Another-1", "RoleId": "ReadOnly", "Enabled": True}
    assert bench.send("PATCH", "/redfish/v1/AccountService/Accounts/3", json=account).status_code == 200


def test_every_resource_meets_its_schema(bench: Bench, judges: Path, tmp_path: Path) -> None:
    busy(bench)
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
    assert len(seen) > 60


def references(value: Any) -> set[str]:
    """Every link of a resource."""
    if isinstance(value, dict):
        own = {str(value["@odata.id"])} if "@odata.id" in value else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()
