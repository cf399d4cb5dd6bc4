# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rehearsal: a snapshot of appliances, twins of them, and a real playbook against the twins.

The "real" appliances are a simulation of their own. What must not happen: that a rehearsal touches them.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.control_client import ControlClient
from tests.support.playbook import Core, Playbooks, Ran, play, task
from tests.support.project import ROOT, text
from tests.support.simulator import Simulated
from tests.support.site import Site

pytestmark = pytest.mark.one_way

SNAPSHOT = [{"name": "Snapshot", "ansible.builtin.import_playbook": "useries.appliance.snapshot"}]
UPGRADE = [{"name": "Upgrade", "ansible.builtin.import_playbook": "useries.appliance.upgrade"}]
ACTIVE, PASSIVE, LONE, OFF = "useries-1b", "useries-1a", "useries-2a", "useries-2b"
SIZE = 3.5
CANARY = "share-Canary-1"
LOCATION = {"name": "nas", "path": r"\\nas\useries", "share_username": r"NAS\backup", "share_password": CANARY}


@dataclass
class Real:
    """The appliances of somebody: a pair whose B is active, one alone, and one that is off."""

    simulated: Simulated
    site: Site
    directory: Path

    def snapshot(self, *words: str) -> Ran:
        """Take one."""
        return self.site.run("-e", f"rehearsal_directory={self.directory}", *words, playbook=SNAPSHOT)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """Their snapshot is taken."""
    with Simulated(pairs=2, seed=7, surfaces=("console", "endpoint")) as simulated:
        folder = tmp_path_factory.mktemp("real")
        site = Site(simulated, Core("own", Path(sys.executable).parent), folder)
        simulated.control.set("versions", [["Password Safe", "23.1.0.99"], ["BeyondInsight", "23.1.0.5"]], node=LONE)
        simulated.control.do("UVM-1B", "database.measured", SIZE, 200.0)
        site.run(playbook=play(task("Location", "backup_location", LOCATION), hosts="pair_1")).good()
        site.pair_by_hand("UVM-1B", "UVM-1A")
        tree = yaml.safe_load(simulated.inventory.read_text(encoding="utf-8"))
        lonely = tree["useries"]["children"].pop("pair_2")["hosts"]
        for host in (LONE, OFF):
            lonely[host].pop("useries_partner")
        tree["useries"]["hosts"] = lonely
        tree["useries"]["children"]["useries_eu"] = {"hosts": {LONE: None, ACTIVE: None}}
        simulated.inventory.write_text(yaml.safe_dump(tree), encoding="utf-8")
        simulated.control.power(OFF, "off")
        made = Real(simulated, site, folder / "rehearsal")
        ran = made.snapshot().good()
        assert "useries-2b" in ran.output
        yield made


@dataclass
class Twins:
    """A running rehearsal."""

    directory: Path
    control: ControlClient
    inventory: Path

    def tree(self) -> dict[str, Any]:
        """The shadow inventory."""
        loaded: dict[str, Any] = yaml.safe_load(self.inventory.read_text(encoding="utf-8"))
        return loaded


def simulator(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """``python -m simulator`` as a user calls it."""
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, words)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def twins(real: Real, tmp_path: Path) -> Iterator[Twins]:
    """Twins of the snapshot."""
    directory = tmp_path / "twins"
    words = ("--directory", directory, "--speed", "500", "--seed", "3", "--surfaces", "console,endpoint")
    done = simulator("--from-inventory", real.directory, *words, "--background")
    assert done.returncode == 0, done.stderr
    try:
        yield Twins(directory, ControlClient.of(directory), directory / "inventory.yml")
    finally:
        assert simulator("--directory", directory, "--stop").returncode == 0


def secrets(simulated: Simulated) -> set[str]:
    """Every password and key of the real appliances."""
    found = {account["password"] for node in simulated.nodes.values() for account in node.accounts.values()}
    return found | {CANARY} | {simulated.control.state(host)["api_key"] for host in simulated.nodes}


def test_the_snapshot_changes_nothing_and_holds_no_secret(real: Real) -> None:
    real.simulated.control.reset_counts()
    real.snapshot().good()
    assert real.simulated.control.count("write") == 0
    content = (real.directory / "snapshot.json").read_text(encoding="utf-8")
    assert [secret for secret in secrets(real.simulated) if secret in content] == []
    assert (real.directory / "snapshot.json").stat().st_mode & 0o777 == 0o600
    hosts = json.loads(content)["hosts"]
    assert set(hosts) == {ACTIVE, PASSIVE, LONE, OFF}
    assert (hosts[ACTIVE]["role"], hosts[PASSIVE]["role"], hosts[LONE]["role"]) == ("Active", "Passive", "Off")
    assert hosts[OFF]["reachable"] is False
    assert hosts[ACTIVE]["size_gb"] == SIZE
    assert {"name": "nas", "path": r"\\nas\useries"} in hosts[PASSIVE]["backup_locations"]
    assert hosts[LONE]["groups"] == ["useries", "useries_eu"]


def test_twins_are_like_the_real_ones(real: Real, twins: Twins) -> None:
    nodes = twins.control.state()["nodes"]
    active, passive, lone, off = (nodes[name] for name in ("UVM-1B", "UVM-1A", "UVM-2A", "UVM-2B"))
    assert (active["role"], passive["role"], lone["role"]) == ("Active", "Passive", "Off")
    assert active["ha"]["mirror_state"] == "SYNCHRONIZED"
    assert active["database"]["size_gb"] == passive["database"]["size_gb"] == SIZE
    assert sorted(lone["versions"]) == [["BeyondInsight", "23.1.0.5"], ["Password Safe", "23.1.0.99"]]
    assert off["powered"] is False
    before = real.simulated.control.state()["nodes"]
    for name, node in nodes.items():
        if name != "UVM-2B":
            on = {role for role, kept in node["roles"]["applied"].items() if kept["enabled"]}
            assert on == {role for role, kept in before[name]["roles"]["applied"].items() if kept["enabled"]}, name


def test_the_shadow_inventory_has_the_groups_and_leads_nowhere_else(real: Real, twins: Twins) -> None:
    tree = twins.tree()["useries"]
    assert set(tree["children"]["pair_1"]["hosts"]) == {ACTIVE, PASSIVE}
    assert set(tree["children"]["useries_eu"]["hosts"]) == {ACTIVE, LONE}
    assert set(tree) == {"hosts", "children"}
    addresses = {node.address for node in real.simulated.nodes.values()}
    for host, variables in tree["hosts"].items():
        assert variables["useries_rehearsal"] is True
        assert variables["useries_state_dir"] == str(twins.directory / "state")
        assert variables["useries_host"].startswith("127.")
        assert variables["useries_host"] not in addresses
        assert ("useries_partner" in variables) == (host in {ACTIVE, PASSIVE})
    text_of_it = twins.inventory.read_text(encoding="utf-8")
    assert [secret for secret in secrets(real.simulated) if secret in text_of_it] == []


def test_an_upgrade_is_rehearsed(real: Real, twins: Twins, core: Core, tmp_path: Path) -> None:
    """With the variables of the real inventory beside the shadow; the evidence says what it is."""
    (twins.directory / "group_vars").symlink_to(ROOT / "inventories/simulator/group_vars")
    real.simulated.control.reset_counts()
    runs = Playbooks(core, twins.inventory, tmp_path)
    first = runs.start(UPGRADE, "-l", "pair_1", "-e", "upgrade_max_suspended_minutes=600").ended(240)
    assert first.code == 0, first.output
    nodes = twins.control.state()["nodes"]
    assert (nodes["UVM-1B"]["role"], nodes["UVM-1B"]["ha"]["mirror_state"]) == ("Active", "SYNCHRONIZED")
    assert nodes["UVM-1B"]["updates"]["offers"] == []
    reports = sorted((twins.directory / "state/reports").glob("upgrade-*.html"))
    assert len(reports) == 1
    assert '<div class="rehearsal">REHEARSAL</div>' in reports[0].read_text(encoding="utf-8")
    assert json.loads(reports[0].with_suffix(".json").read_text(encoding="utf-8"))["rehearsal"] is True
    assert real.simulated.control.log() == []


@pytest.mark.parametrize("variable", ["useries_host", "useries_windows_host", "useries_idrac_host"])
def test_a_rehearsal_refuses_an_address_that_is_none_of_the_simulator(
    real: Real, twins: Twins, core: Core, tmp_path: Path, variable: str
) -> None:
    beside = twins.directory / "host_vars"
    beside.mkdir()
    content = {variable: "192.0.2.1", "useries_windows_username": "x", "useries_windows_password": "y"}
    (beside / f"{LONE}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    module = {"useries_host": "appliance_info", "useries_windows_host": "bitlocker_info"}.get(variable, "idrac_info")
    ran = Playbooks(core, twins.inventory, tmp_path).run(play(task("Look", module), hosts=LONE))
    error = ran.failure("Look")
    assert f"{variable.removeprefix('useries_')} is 192.0.2.1, which is no address of the simulator" in error["msg"]
    assert "remove from group_vars and host_vars" in error["error"]["remedy"]


def _edited(body: dict[str, Any]) -> None:
    body["hosts"][LONE]["versions"]["Password Safe"] = "99.0"


def _other_version(body: dict[str, Any]) -> None:
    body["collection"] = "0.0.9"
    _signed(body)


def _half_a_pair(body: dict[str, Any]) -> None:
    del body["hosts"][PASSIVE]
    _signed(body)


def _empty(body: dict[str, Any]) -> None:
    body["hosts"] = {}
    _signed(body)


def _something_else(body: dict[str, Any]) -> None:
    del body["sha256"]


def _signed(body: dict[str, Any]) -> None:
    rest = {key: value for key, value in body.items() if key != "sha256"}
    body["sha256"] = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_edited, "was changed after it was written, so it tells of no real appliance. Take the snapshot again"),
        (_other_version, "was written by useries.appliance 0.0.9, and this is the simulator of 0.1.0"),
        (_half_a_pair, "the partner of useries-1b is useries-1a, which is not in the snapshot as its partner"),
        (_empty, "holds 0 appliances; 1 to 240 can be simulated"),
        (_something_else, "is no snapshot of appliances. Take the snapshot again"),
    ],
)
def test_a_snapshot_that_cannot_be_trusted_is_refused(
    real: Real, tmp_path: Path, spoil: Callable[[dict[str, Any]], None], words: str
) -> None:
    body = json.loads((real.directory / "snapshot.json").read_text(encoding="utf-8"))
    spoil(body)
    (tmp_path / "snapshot.json").write_text(json.dumps(body), encoding="utf-8")
    done = simulator("--from-inventory", tmp_path, "--directory", tmp_path / "twins", "--background")
    assert done.returncode != 0
    assert words in done.stderr
    assert not (tmp_path / "twins/inventory.yml").exists()


def test_a_snapshot_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = simulator("--from-inventory", tmp_path / "none", "--directory", tmp_path / "twins", "--background")
    assert done.returncode != 0
    assert "cannot be read: No such file or directory. Take the snapshot again" in done.stderr


def test_snapshot_and_simulator_are_of_one_version() -> None:
    of_role = yaml.safe_load(text("roles/rehearsal/vars/main.yml"))
    version = yaml.safe_load(text("galaxy.yml"))["version"]
    assert of_role == {"rehearsal_collection": version, "rehearsal_format": 1}
    assert f'COLLECTION = "{version}"' in text("simulator/twins.py")
