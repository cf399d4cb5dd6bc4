# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook firmware: one node of a pair at a time, the passive one first, and the roles as before."""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.packages import IDRAC, R730, package
from tests.support.playbook import Core
from tests.support.site import A, B, Site, changed, explained, site
from tests.support.starts import begun_wrongly, passive_is_off, suspended
from tests.support.workflow import evidence, reports, run, start

FLOW = "firmware"
SURFACES = ("console", "endpoint", "windows", "idrac")
OLD, NEW = "2.12.2", "2.14.2"
BRING = "Bring the package"


def words(pair: Site, **more: Any) -> tuple[str, str]:
    """A newer BIOS for both, a place for the keys, and leave to restart."""
    keys = pair.folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    made = pair.folder / f"BIOS_0X1Y2_WN64_{NEW}.EXE"
    if not made.exists():
        package(made, NEW)
    given = {
        "hardware_firmware": [{"component": "bios", "package": str(made)}],
        "hardware_restart": True,
        "escrow_directory": str(keys),
        **more,
    }
    return "-e", json.dumps(given)


def bios(pair: Site) -> tuple[str, str]:
    """Of both nodes, in the model."""
    return pair.state(A)["bios_version"], pair.state(B)["bios_version"]


def as_before(pair: Site) -> None:
    """Roles and mirror are what they were, and nobody failed over."""
    assert (pair.role(A), pair.role(B)) == ("Active", "Passive")
    for host in (A, B):
        assert pair.state(host)["ha"]["mirror_state"] == "SYNCHRONIZED"
        assert pair.state(host)["ha"]["failed_over_at"] is None
        assert all(one["protection"] for one in pair.state(host)["volumes"])


def orders(pair: Site) -> list[tuple[str, str]]:
    """Node and what was done there, in order: packages, restarts and switched roles."""
    names = {"MultipartUpload": "package", "ComputerSystem.Reset": "restart"}
    found = []
    for entry in pair.control.log():
        last = str(entry["path"]).rsplit("/", 1)[-1]
        if entry["kind"] == "write" and (last in names or "switch_roles" in str(entry["what"])):
            found.append((entry["node"], names.get(last, "switch")))
    return found


WHOLE = [
    ("UVM-1B", "package"),
    ("UVM-1B", "restart"),
    ("UVM-1A", "switch"),
    ("UVM-1A", "package"),
    ("UVM-1A", "restart"),
    ("UVM-1B", "switch"),
]


def test_the_passive_node_first_then_the_other_and_the_roles_as_before(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "ha.write_data", "before the update")
        checked = run(pair, FLOW, *words(pair), "--check").good()
        assert {name for _host, name in changed(checked)} >= {BRING}
        assert (pair.writes(), bios(pair), list((tmp_path / "keys").iterdir())) == (0, (OLD, OLD), [])
        ran = run(pair, FLOW, *words(pair)).good()
        assert bios(pair) == (NEW, NEW)
        assert orders(pair) == WHOLE
        as_before(pair)
        for host in (A, B):
            assert "before the update" in pair.state(host)["database"]["records"]
            assert stat.S_IMODE((tmp_path / "keys" / f"{host}.json").stat().st_mode) == 0o600
        report = evidence(pair, ran)
        assert (report["outcome"], report["workflow"]) == ("succeeded", FLOW)
        assert report["versions_before"][f"BIOS of {B}"] == OLD
        assert report["versions_after"][f"BIOS of {B}"] == NEW
        pair.control.reset_counts()
        again = run(pair, FLOW, *words(pair)).good()
        assert (changed(again), pair.writes()) == (set(), 0)
        assert report["gates"] and not list((tmp_path / "ansible-home").rglob("*firmware*.checkpoint"))


def another_model(pair: Site) -> None:
    """What lies on the controller is for another server."""
    package(pair.folder / f"BIOS_0X1Y2_WN64_{NEW}.EXE", NEW, systems=(R730,))


def active_is_off(pair: Site) -> None:
    """The active node is off; nobody took over yet."""
    pair.control.power(A, "off")


def as_it_is(_pair: Site) -> None:
    """The pair is fit."""


@pytest.mark.parametrize(
    ("spoil", "given", "told"),
    [
        (suspended, {}, ("SUSPENDED", "The pair is left like this")),
        (passive_is_off, {}, ("does not answer", f"{B} is silent")),
        (active_is_off, {}, ("does not answer", f"{A} is silent")),
        (another_model, {}, ("is not for this server", "R730", "service tag", "Nothing was")),
        (as_it_is, {"hardware_restart": False}, ("not allowed", "-e hardware_restart=true")),
        (as_it_is, {"escrow_directory": ""}, ("have to be kept", "escrow_file")),
    ],
)
def test_a_wrong_start_is_refused_before_anything_is_written(
    core: Core, tmp_path: Path, spoil: Any, given: dict[str, Any], told: tuple[str, ...]
) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        begun_wrongly(pair, FLOW, (spoil, words(pair, **given), told))
        assert list((tmp_path / "keys").iterdir()) == []


@pytest.mark.long
def test_the_first_failure_ends_it_and_the_other_node_is_not_touched(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(B, "fail_next", "firmware", "flash broken")
        failed = run(pair, FLOW, *words(pair))
        assert failed.code != 0
        for text in ("The update was not successful", f"{A} is Active, {B} is Passive", "The roles are as they were"):
            assert text in explained(failed), explained(failed)
        assert (bios(pair), orders(pair)) == ((OLD, OLD), WHOLE[:2])
        assert evidence(pair, failed)["outcome"] == "failed"


@pytest.mark.long
def test_what_fails_on_the_second_node_leaves_the_roles_switched_until_the_next_run(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        pair.control.do(A, "fail_next", "firmware", "flash broken")
        failed = run(pair, FLOW, *words(pair))
        assert f"{A} is Passive, {B} is Active; the mirror state is SYNCHRONIZED" in explained(failed), failed.output
        assert "The roles are switched: run firmware.yml again" in explained(failed)
        assert (bios(pair), orders(pair)) == ((OLD, NEW), WHOLE[:5])
        run(pair, FLOW, *words(pair)).good()
        assert bios(pair) == (NEW, NEW)
        as_before(pair)
        assert orders(pair) == [*WHOLE[:5], *WHOLE[3:]]


@pytest.mark.parametrize("at", [1, 2, 4])
@pytest.mark.long
def test_killed_it_goes_on_where_it_was(core: Core, tmp_path: Path, at: int) -> None:
    """When the first server restarts, when the roles are switched, when the package lies at the second one."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        running = start(pair, FLOW, *words(pair))
        pair.until(lambda: orders(pair)[: at + 1] == WHOLE[: at + 1], running)
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        run(pair, FLOW, *words(pair)).good()
        assert bios(pair) == (NEW, NEW)
        as_before(pair)
        assert orders(pair) == WHOLE, "nothing twice"


def idrac_of(pair: Site) -> tuple[str, dict[str, Any]]:
    """The version, and a newer iDRAC beside the BIOS."""
    made = pair.folder / "iDRAC-with-Lifecycle-Controller_Firmware_A1_WN64_7.00.00.171_A00.EXE"
    package(made, "7.00.00.171", IDRAC)
    return "7.00.00.171", {"component": "idrac", "package": str(made)}


def test_an_idrac_alone_switches_no_roles_and_restarts_nobody(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        version, item = idrac_of(pair)
        ran = run(pair, FLOW, *words(pair, hardware_firmware=[item], hardware_restart=False)).good()
        assert orders(pair) == [("UVM-1B", "package"), ("UVM-1A", "package")]
        assert evidence(pair, ran)["versions_after"][f"iDRAC of {A}"] == version
        as_before(pair)


def hosts(pair: Site, edit: Callable[[str, dict[str, Any]], object]) -> None:
    """Change the variables of each host in the inventory."""
    inventory = pair.simulated.inventory
    tree = yaml.safe_load(inventory.read_text(encoding="utf-8"))
    for group in tree["useries"]["children"].values():
        for name, host in group["hosts"].items():
            edit(name, host)
    inventory.write_text(yaml.safe_dump(tree), encoding="utf-8")


@pytest.mark.long
def test_each_node_has_packages_of_its_own(core: Core, tmp_path: Path) -> None:
    """A server of another model has others; here the passive one has none."""
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        given = json.loads(words(pair)[1])
        mine = given.pop("hardware_firmware")
        hosts(pair, lambda name, host: host.update(hardware_firmware=mine if name == A else []))
        run(pair, FLOW, "-e", json.dumps(given)).good()
        assert (bios(pair), orders(pair)) == ((NEW, OLD), WHOLE[2:])
        as_before(pair)


@pytest.mark.long
def test_an_appliance_without_a_partner(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        hosts(pair, lambda _name, host: host.pop("useries_partner", None))
        version, item = idrac_of(pair)
        given = json.loads(words(pair)[1])["hardware_firmware"]
        both = words(pair, hardware_firmware=[*given, item])
        ran = run(pair, FLOW, "-l", A, *both).good()
        assert (bios(pair), orders(pair)) == (
            (NEW, OLD),
            [("UVM-1A", "package"), ("UVM-1A", "restart"), ("UVM-1A", "package")],
        )
        assert evidence(pair, ran)["versions_after"] == {f"BIOS of {A}": NEW, f"iDRAC of {A}": version}
        pair.control.reset_counts()
        assert (changed(run(pair, FLOW, "-l", A, *both).good()), pair.writes()) == (set(), 0)
        pair.pair_by_hand()
        refused = run(pair, FLOW, "-l", A, *both)
        assert "SYNCHRONIZED; this workflow expects unpaired or off" in explained(refused), refused.output


@pytest.mark.long
def test_without_a_package_it_reports_what_is_there(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=SURFACES) as pair:
        pair.pair_by_hand()
        ran = run(pair, FLOW).good()
        assert (changed(ran), pair.writes()) == (set(), 0)
        for host in (A, B):
            assert pair.state(host)["service_tag"] in ran.output
        assert reports(pair).exists()
