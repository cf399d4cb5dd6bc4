# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The BitLocker keys of all volumes, and the private file that keeps them."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.support.playbook import Core
from tests.support.simulator import Simulated
from tests.support.site import explained, site

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows

MODULE = "bitlocker_info"
OTHER = "{0B0B0B0B-0000-4000-8000-00000000000B}"
EXTERNAL = "{0C0C0C0C-0000-4000-8000-00000000000C}"
PASSWORD = "-".join(["111111"] * 8)
ESCROW = [{"name": "Escrow", "ansible.builtin.import_playbook": "useries.appliance.escrow_keys"}]
OLD = {"version": "6.1.7601", "missing": ["get-bitlockervolume"]}


@pytest.fixture
def node(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A as it is delivered: both drives encrypted and protected."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set("windows", {}, node=A)
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.secrets |= {PASSWORD, *(one["recovery_password"] for one in volumes(made).values())}
        made.inventory[A].pop("useries_partner", None)
        yield made


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def volumes(bench: Bench) -> dict[str, dict[str, Any]]:
    """The volumes of the model by drive."""
    return {one["mount_point"]: one for one in bench.control.state(A)["volumes"]}


def held(path: Path) -> dict[str, str]:
    """Identifier and password of every key in a file."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return {one["key_protector_id"]: one["recovery_password"] for one in json.loads(path.read_text(encoding="utf-8"))}


def of_the_model(bench: Bench) -> dict[str, str]:
    return {one["key_protector_id"]: one["recovery_password"] for one in volumes(bench).values()}


@pytest.mark.parametrize("windows", [{}, OLD, {**OLD, "language": "de"}])
def test_every_recovery_password_of_every_volume_is_kept(node: Bench, dest: Path, windows: dict[str, Any]) -> None:
    node.control.set("windows", windows, node=A)
    node.control.do(A, "recovery.add_protector", "D:", OTHER, PASSWORD)
    checked = node.attempt(MODULE, check_mode=True, dest=str(dest))
    assert (checked["changed"], dest.exists()) == (True, False), checked
    done = node.attempt(MODULE, dest=str(dest))
    assert (done["changed"], held(dest)) == (True, {**of_the_model(node), OTHER: PASSWORD}), done
    assert [(one["mount_point"], one["key_protector_id"]) for one in done["volumes"]] == [
        ("C:", volumes(node)["C:"]["key_protector_id"]),
        ("D:", volumes(node)["D:"]["key_protector_id"]),
        ("D:", OTHER),
    ]
    again = node.attempt(MODULE, dest=str(dest))
    assert (again["changed"], again["volumes"]) == (False, done["volumes"])
    node.silent([checked, done, again, node.control.log()])


def test_all_key_protectors_are_told_by_their_types(node: Bench) -> None:
    node.control.do(A, "recovery.add_protector", "D:", EXTERNAL)
    done = node.attempt(MODULE)
    own = {drive: {"id": one["key_protector_id"], "type": "recovery_password"} for drive, one in volumes(node).items()}
    assert done["drives"] == [
        {
            "mount_point": "C:", "protection": "on", "encryption": 100, "locked": False,
            "key_protectors": [{"id": "{00000000-0000-4000-8000-000000000043}", "type": "tpm"}, own["C:"]],
        },
        {
            "mount_point": "D:", "protection": "on", "encryption": 100, "locked": False,
            "key_protectors": [own["D:"], {"id": EXTERNAL, "type": "external_key"}],
        },
    ]  # fmt: skip
    assert not done.get("warnings"), done
    node.silent(done)
    shown = node.attempt(MODULE, reveal=True)
    assert {one["key_protector_id"]: one["recovery_password"] for one in shown["volumes"]} == of_the_model(node)
    shown.pop("volumes")
    node.silent(shown)


def test_a_drive_that_cannot_be_escrowed_stops_it_before_anything_is_written(node: Bench, dest: Path) -> None:
    node.control.do(A, "recovery.lock", "D:")
    lost = volumes(node)["D:"]["key_protector_id"]
    words = ("D: is locked", lost, "manage-bde -unlock", "incomplete_ok: true")
    node.refused(MODULE, *words, kind="precondition", dest=str(dest))
    assert not dest.exists()
    told = node.attempt(MODULE)
    assert any("D: is locked" in text for text in told["warnings"]), told
    some = node.attempt(MODULE, dest=str(dest), incomplete_ok=True)
    assert any("D: is locked" in text for text in some["warnings"]), some
    assert list(held(dest)) == [volumes(node)["C:"]["key_protector_id"]]
    assert [(one["protection"], one["encryption"], one["locked"]) for one in some["drives"]][1] == (
        "unknown",
        None,
        True,
    )


def test_a_drive_without_a_recovery_password_is_told(node: Bench, dest: Path) -> None:
    node.control.do(A, "recovery.drop_password", "C:")
    words = ("C: is encrypted and has no recovery password", "tpm", "-recoverypassword")
    node.refused(MODULE, *words, kind="precondition", dest=str(dest))
    node.control.do(A, "recovery.drop_password", "D:")
    told = node.attempt(MODULE)
    assert (told["volumes"], len(told["warnings"])) == ([], 2), told


def test_keys_that_the_file_holds_stay_in_it(node: Bench, dest: Path) -> None:
    before = node.attempt(MODULE, dest=str(dest))
    keys = held(dest)
    node.control.do(A, "recovery.lock", "D:")
    locked = node.attempt(MODULE, dest=str(dest))
    assert not locked.get("failed") and not locked.get("warnings"), locked
    assert (held(dest), len(before["volumes"]), len(locked["volumes"])) == (keys, 2, 1)
    other = node.attempt(MODULE, on=A, dest=str(dest), windows_host=node.inventory[B]["useries_windows_host"],
                         windows_port=node.inventory[B]["useries_windows_port"],
                         windows_password=node.inventory[B]["useries_windows_password"],
                         windows_fingerprints=node.inventory[B].get("useries_windows_fingerprints"))  # fmt: skip
    assert other["changed"] is True, other
    assert keys.items() < held(dest).items()


def test_bitlocker_that_is_off_is_told(node: Bench, dest: Path) -> None:
    node.control.do(A, "recovery.turn_bitlocker_off")
    node.refused(MODULE, "BitLocker protects no volume", "turned off", kind="precondition", dest=str(dest))
    assert not dest.exists()


def test_a_destination_that_is_not_private_is_refused(node: Bench, dest: Path, tmp_path: Path) -> None:
    dest.write_text("[]", encoding="utf-8")
    dest.chmod(0o644)
    for check_mode in (False, True):
        result = node.attempt(MODULE, check_mode=check_mode, dest=str(dest))
        node.helps(result, "can be read by others", f"chmod 600 {dest}", kind="invalid")
    dest.chmod(0o600)
    dest.write_text("something of somebody", encoding="utf-8")
    node.refused(MODULE, "something else than BitLocker keys", kind="invalid", dest=str(dest))
    assert dest.read_text(encoding="utf-8") == "something of somebody"
    link = tmp_path / "link"
    link.symlink_to(dest)
    node.refused(MODULE, "no plain file", kind="invalid", dest=str(link))
    node.refused(MODULE, "no plain file", kind="invalid", dest=str(tmp_path))
    assert node.control.count("all") == 0, "nothing was asked"
    node.refused(MODULE, "does not exist", "mkdir -m 700", kind="invalid", dest=str(tmp_path / "no" / "keys.json"))


def test_without_windows_the_guide_has_a_drive(node: Bench) -> None:
    node.refused(MODULE, "useries_windows_host", "U-Series Appliance-BITLOCK", kind="invalid", windows_host=None)


def test_the_playbook_keeps_the_keys_of_every_appliance(core: Core, tmp_path: Path) -> None:
    with site(core, tmp_path, surfaces=("console", "endpoint", "windows")) as pair:
        place = tmp_path / "escrow"
        place.mkdir(mode=0o700)
        ran = pair.run(playbook=ESCROW)
        assert ran.code != 0
        assert "mkdir -m 700" in explained(ran)
        named = ("-e", f"escrow_directory={place}")
        checked = pair.run("--check", *named, playbook=ESCROW).good()
        assert (checked.result("Escrow", A)["changed"], list(place.iterdir())) == (True, [])
        pair.control.power(B, "off")
        ran = pair.run(*named, playbook=ESCROW)
        assert (ran.code != 0, [one.name for one in place.iterdir()]) == (True, [f"{A}.json"]), ran.output
        pair.control.power(B, "on")
        pair.control.advance(600)
        ran = pair.run(*named, playbook=ESCROW).good()
        assert (ran.result("Escrow", A)["changed"], ran.result("Escrow", B)["changed"]) == (False, True)
        for host in (A, B):
            model = pair.control.state(host)["volumes"]
            assert held(place / f"{host}.json") == {one["key_protector_id"]: one["recovery_password"] for one in model}
            assert not any(one["recovery_password"] in ran.output + ran.output for one in model)
        assert pair.writes() == 0
