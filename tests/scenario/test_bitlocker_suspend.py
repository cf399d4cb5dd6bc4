# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BitLocker is suspended for some restarts and comes back, never for ever, and only when its keys are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench, benched
from tests.scenario.recovery_bench import windows_pair
from tests.support.simulator import Simulated
from tests.support.way import SPEED

__all__ = ("windows_pair",)
pytestmark = pytest.mark.one_way  # about Windows

MODULE, KEYS = "bitlocker_suspend", "bitlocker_info"
SUSPENDED, RESUMED = {"state": "suspended"}, {"state": "resumed"}
BOOT = 200.0  # seconds after which it is up again


@pytest.fixture
def node(windows_pair: Simulated, tmp_path: Path) -> Iterator[Bench]:
    """Node A as it is delivered: both drives encrypted and protected."""
    with benched(windows_pair, tmp_path) as made:
        made.control.set_speed(SPEED)
        made.control.set("windows", {}, node=A)
        made.control.reset_counts()
        made.secrets.add(made.inventory[A]["useries_windows_password"])
        made.secrets |= {one["recovery_password"] for one in made.control.state(A)["volumes"]}
        made.inventory[A].pop("useries_partner", None)
        yield made


@pytest.fixture
def escrowed(node: Bench, tmp_path: Path) -> dict[str, Any]:
    """Options of a suspension whose keys are in a private file."""
    path = tmp_path / "keys.json"
    assert node.attempt(KEYS, dest=str(path))["changed"] is True
    return {**SUSPENDED, "escrow_files": [str(path)]}


def drive(bench: Bench, letter: str = "C:") -> tuple[bool, int]:
    """Whether the model protects a drive, and the restarts left."""
    found = next(one for one in bench.control.state(A)["volumes"] if one["mount_point"] == letter)
    return found["protection"], found["suspended_restarts"]


def orders(bench: Bench) -> list[str]:
    """The orders that were given to BitLocker."""
    found = [entry["path"] for entry in bench.control.log(wire="windows") if entry["what"] == "Command"]
    assert any("Get-BitLockerVolume" in path for path in found), "nothing was looked at"
    return [path.split(" | ")[0] for path in found if "Suspend-" in path or "Resume-" in path]


def restart(bench: Bench) -> None:
    bench.control.power(A, "restart")
    bench.control.advance(BOOT)


def test_it_is_suspended_for_two_restarts_and_comes_back_by_itself(node: Bench, escrowed: dict[str, Any]) -> None:
    wanted = {**escrowed, "restarts": 2}
    checked = node.attempt(MODULE, check_mode=True, **wanted)
    assert (checked["changed"], checked["bitlocker"]["protection"], orders(node)) == (True, "on", []), checked
    assert drive(node) == (True, 0)
    done = node.attempt(MODULE, **wanted)
    assert (done["changed"], done["diff"]) == (True, checked["diff"]), done
    assert done["bitlocker"] == {
        "drive": "C:", "encrypted": 100, "protection": "off", "suspended": True, "restarts_left": 2,
        "until": "restart 2 from now",
    }  # fmt: skip
    assert not done.get("warnings"), done
    assert (drive(node), drive(node, "D:")) == ((False, 2), (True, 0))
    again = node.attempt(MODULE, **wanted)
    assert (again["changed"], again["bitlocker"], orders(node)) == (False, done["bitlocker"], ["Suspend-BitLocker"])
    restart(node)
    assert drive(node) == (False, 1)
    renewed = node.attempt(MODULE, check_mode=True, **wanted)
    assert (renewed["changed"], renewed["bitlocker"]["until"]) == (True, "restart 1 from now"), renewed
    restart(node)
    assert drive(node) == (True, 0)
    back = node.attempt(MODULE, **RESUMED)
    assert (back["changed"], back["bitlocker"]["protection"], back["bitlocker"]["until"]) == (False, "on", None), back
    node.silent([checked, done, again, renewed, back, node.control.log()])


def test_it_is_resumed_before_its_time(node: Bench, escrowed: dict[str, Any]) -> None:
    node.attempt(MODULE, **{**escrowed, "restarts": 15})
    checked = node.attempt(MODULE, check_mode=True, **RESUMED)
    assert (checked["changed"], drive(node)) == (True, (False, 15))
    done = node.attempt(MODULE, **RESUMED)
    assert (done["changed"], done["bitlocker"]["suspended"], drive(node)) == (True, False, (True, 0)), done
    assert node.attempt(MODULE, **RESUMED)["changed"] is False
    assert orders(node) == ["Suspend-BitLocker", "Resume-BitLocker"]


def test_a_suspension_without_an_end_gets_one(node: Bench, escrowed: dict[str, Any]) -> None:
    node.control.do(A, "recovery.suspend_bitlocker", "C:", 0)
    checked = node.attempt(MODULE, check_mode=True, **escrowed)
    assert (checked["changed"], checked["bitlocker"]["restarts_left"]) == (True, 0), checked
    assert checked["bitlocker"]["until"] == "it is resumed"
    done = node.attempt(MODULE, **escrowed)
    assert (done["changed"], done["bitlocker"]["restarts_left"], drive(node)) == (True, 1, (False, 1)), done
    node.control.do(A, "recovery.suspend_bitlocker", "D:", 0)
    other = node.attempt(MODULE, **RESUMED, drive="d:")
    assert (other["changed"], drive(node, "D:")) == (True, (True, 0)), other


def test_without_kept_keys_it_is_warned(node: Bench) -> None:
    done = node.attempt(MODULE, **SUSPENDED)
    assert done["changed"] is True, done
    assert any("escrow_files" in text for text in done["warnings"]), done
    assert not node.attempt(MODULE, **SUSPENDED).get("warnings"), "only where something is to be done"


def test_keys_that_are_not_in_the_files_stop_it(node: Bench, escrowed: dict[str, Any], tmp_path: Path) -> None:
    path = Path(escrowed["escrow_files"][0])
    kept = path.read_text(encoding="utf-8")
    state = next(one for one in node.control.state(A)["volumes"] if one["mount_point"] == "C:")
    other_password = kept.replace(state["recovery_password"], "111111-" * 7 + "111111")
    other_key = kept.replace(state["key_protector_id"], "{00000000-0000-4000-8000-000000000000}")
    for text in ("[]", other_password, other_key):
        path.write_text(text, encoding="utf-8")
        node.refused(MODULE, state["key_protector_id"], "in none of the files", kind="precondition", **escrowed)
    path.write_text(kept, encoding="utf-8")
    path.chmod(0o644)
    node.refused(MODULE, "can be read by others", "0600", kind="precondition", **escrowed)
    path.unlink()
    node.refused(MODULE, "is not there", "useries.appliance.bitlocker_info", kind="precondition", **escrowed)
    checked = node.attempt(MODULE, check_mode=True, **escrowed)
    assert checked["failed"] is True, "a checked run tells it too"
    assert orders(node) == []


def test_a_drive_that_is_not_encrypted_has_nothing_to_suspend(node: Bench) -> None:
    node.control.do(A, "recovery.turn_bitlocker_off")
    result = node.attempt(MODULE, **SUSPENDED)
    assert (result["changed"], result["bitlocker"]["encrypted"], result["bitlocker"]["suspended"]) == (False, 0, False)
    assert any("C: is not encrypted" in text for text in result["warnings"]), result
    node.refused(MODULE, "C: is not encrypted", "no protection to resume", kind="precondition", **RESUMED)
    assert orders(node) == []


def test_a_drive_that_is_being_encrypted_is_left_alone(node: Bench) -> None:
    node.control.do(A, "recovery.imaged")
    node.control.set_speed(0.001)
    node.control.advance(3000)
    node.refused(MODULE, "encrypted to 41 % only", "wait_encrypted: true", kind="precondition", **SUSPENDED)


def test_a_locked_drive_is_neither_open_nor_unencrypted(node: Bench) -> None:
    node.control.do(A, "recovery.lock", "D:")
    for state in (SUSPENDED, RESUMED):
        node.refused(MODULE, "D: is locked", "manage-bde -unlock D:", kind="precondition", **state, drive="D:")


def test_another_drive_than_that_of_windows_would_stay_open(node: Bench) -> None:
    words = ("D: is not the drive of Windows", "C:")
    node.refused(MODULE, *words, kind="precondition", **SUSPENDED, drive="D:")
    node.refused(MODULE, "no drive E:", "C:, D:", kind="precondition", **SUSPENDED, drive="E:")


def test_windows_2008_r2_counts_no_restarts(node: Bench) -> None:
    node.control.set("windows", {"version": "6.1.7601", "missing": ["get-bitlockervolume"]}, node=A)
    node.refused(MODULE, "manage-bde -protectors -disable C:", kind="precondition", **SUSPENDED)


def test_what_windows_refuses_is_told_in_its_words(node: Bench) -> None:
    node.control.do(A, "fail_next", "bitlocker", "The TPM cannot be used. (Exception from HRESULT: 0x80310009)")
    result = node.attempt(MODULE, **SUSPENDED)
    assert result["failed"] is True, result
    assert ("0x80310009" in result["msg"], result["error"]["kind"], drive(node)) == (True, "failed", (True, 0)), result


def test_an_order_without_an_effect_is_no_success(node: Bench) -> None:
    node.control.do(A, "fail_next", "bitlocker_unheard", "accepted, and not done")
    result = node.attempt(MODULE, **SUSPENDED)
    node.helps(result, "accepted the order to suspend BitLocker on C:", "protection is on", kind="not_seen")


def test_a_lost_answer_is_decided_by_looking(node: Bench) -> None:
    node.control.fault("reset", A, "windows", path="Suspend-BitLocker", when="after")
    done = node.attempt(MODULE, **SUSPENDED)
    assert (done.get("failed", False), drive(node)) == (False, (False, 1)), done
    assert any("its effect is seen" in text for text in done["warnings"]), done
    node.control.fault("reset", A, "windows", path="Resume-BitLocker", when="before")
    lost = node.attempt(MODULE, **RESUMED)
    node.helps(lost, "it was not carried out", "It can be repeated", kind="failed")
    assert drive(node) == (False, 1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**SUSPENDED, "restarts": 0}, "restarts is 0; it must be 1 to 15 restarts"),
        ({**SUSPENDED, "restarts": 16}, "restarts is 16"),
        ({**SUSPENDED, "drive": "C:\\"}, "is no drive"),
        ({**SUSPENDED, "drive": "*"}, "is no drive"),
        ({**RESUMED, "escrow_files": ["/tmp/keys"]}, "escrow_files belongs to state: suspended"),
        ({**SUSPENDED, "windows_host": None}, "useries_windows_host, useries_windows_username"),
    ],
)
def test_bad_input(node: Bench, given: dict[str, Any], words: str) -> None:
    node.refused(MODULE, words, kind="invalid", **given)
    assert node.control.count("all") == 0


def test_a_state_must_be_given(node: Bench) -> None:
    node.refused(MODULE, "state")
