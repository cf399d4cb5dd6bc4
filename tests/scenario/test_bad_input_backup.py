# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input to locations, schedule and backups, and backups that go wrong."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, B, Bench
from tests.support.way import WAY

ZIP, SHARE = "zip-Canary-7", "share-Canary-8"
LOCAL: dict[str, Any] = {"location": "LocalBackups", "backup_password": ZIP}


@pytest.fixture(autouse=True)
def _canaries(bench: Bench) -> None:
    bench.secrets |= {ZIP, SHARE}


# -- locations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["C:\\readonly", "\\\\elsewhere\\backups", "X:\\backups"])
def test_a_location_that_cannot_be_written_is_told_in_the_consoles_words(bench: Bench, path: str) -> None:
    """The console tries to write when it saves: its refusal is the only change of the appliance, none."""
    before = bench.look()
    given = {"name": "Far", "path": path, "share_username": "u", "share_password": SHARE}
    result = bench.attempt("backup_location", **given)
    words = "The backup location could not be written to", "Verify access permissions", "correct the values and repeat"
    bench.helps(result, *words, kind="rejected")
    assert result["changed"] is False
    assert bench.look() == before


def test_a_new_location_needs_a_path(bench: Bench) -> None:
    bench.refused("backup_location", "backup location Far does not exist", "path", kind="invalid", name="Far")


def _three_backups(bench: Bench) -> None:
    for _time in range(3):
        assert bench.attempt("backup", **LOCAL)["changed"] is True
    bench.control.reset_counts()


def test_a_retention_below_the_backups_there_needs_a_word_of_the_administrator(bench: Bench) -> None:
    _three_backups(bench)
    words = "retention 1 would delete 2 of the 3 backups in LocalBackups for good", "accept_data_loss: true"
    for check_mode in (False, True):
        given = {"name": "LocalBackups", "retention": 1, "check_mode": check_mode}
        bench.refused("backup_location", *words, kind="precondition", **given)
    assert bench.attempt("backup_location", name="LocalBackups", retention=0)["changed"] is True
    assert bench.attempt("backup_location", name="LocalBackups", retention=3)["changed"] is True
    assert len(bench.control.state(A)["backups"]["entries"]) == 3


def _secured(bench: Bench) -> dict[str, Any]:
    given = {"name": "Nas", "path": "\\\\nas\\backups", "share_username": "u", "share_password": SHARE}
    assert bench.attempt("backup_location", **given)["changed"] is True
    bench.control.reset_counts()
    return given


@pytest.mark.parametrize("keeps", [False, True])
def test_the_password_of_a_share_is_not_blanked_by_another_change(bench: Bench, keeps: bool) -> None:
    """Whichever way the appliance goes: without the password or the user's word nothing is written."""
    bench.control.set("blank_keeps_secret", keeps)
    _secured(bench)
    words = "holds a share_password", "could blank it", "blank_keeps_secret: true"
    for check_mode in (False, True):
        bench.refused("backup_location", *words, kind="invalid", name="Nas", retention=9, check_mode=check_mode)
    result = bench.attempt("backup_location", name="Nas", retention=9, share_password=SHARE)
    assert result["changed"] is True
    bench.silent(result)
    result = bench.attempt("backup_location", name="Nas", retention=8, blank_keeps_secret=True)
    assert result["changed"] is True


# -- schedule ----------------------------------------------------------------------------------------------------------


def test_a_schedule_needs_a_known_location_and_a_password(bench: Bench) -> None:
    weekly = {"day": "Monday", "time": "03:00"}
    words = "no backup location Nowhere", "LocalBackups", "useries.appliance.backup_location"
    given = {**weekly, "location": "Nowhere", "backup_password": ZIP}
    bench.refused("backup_schedule", *words, kind="precondition", **given)
    bench.refused("backup_schedule", "backup_password is needed", kind="invalid", **weekly, location="LocalBackups")


@pytest.mark.parametrize("keeps", [False, True])
def test_the_password_of_the_schedule_is_not_blanked_by_another_change(bench: Bench, keeps: bool) -> None:
    bench.control.set("blank_keeps_secret", keeps)
    weekly = {"day": "Monday", "time": "03:00", "location": "LocalBackups"}
    assert bench.attempt("backup_schedule", **weekly, backup_password=ZIP)["changed"] is True
    words = "saving day without it could blank it", "backup_password", "blank_keeps_secret: true"
    for check_mode in (False, True):
        bench.refused("backup_schedule", *words, kind="invalid", day="Friday", check_mode=check_mode)
    assert bench.attempt("backup_schedule", day="Friday", backup_password=ZIP)["changed"] is True


# -- backups -----------------------------------------------------------------------------------------------------------


def test_a_backup_to_an_unknown_location_lists_those_that_are_there(bench: Bench) -> None:
    words = "no backup location Nowhere", "LocalBackups", "useries.appliance.backup_location"
    for check_mode in (False, True):
        given = {"location": "Nowhere", "backup_password": ZIP, "check_mode": check_mode}
        bench.refused("backup", *words, kind="precondition", **given)


def test_a_backup_that_fails_is_told_in_the_consoles_words(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "create_backup", "There is not enough space on the disk.")
    result = bench.attempt("backup", **LOCAL)
    bench.helps(result, "The backup failed: There is not enough space on the disk", kind="failed")
    assert bench.control.state(A)["backups"]["entries"] == []
    assert bench.control.count("write") == 1


def test_the_failure_of_an_earlier_backup_is_not_taken_for_this_one(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "create_backup", "There is not enough space on the disk.")
    bench.helps(bench.attempt("backup", **LOCAL), "not enough space", kind="failed")
    assert bench.attempt("backup", **LOCAL)["changed"] is True


def test_a_backup_that_does_not_appear_in_time(bench: Bench) -> None:
    result = bench.attempt("backup", **LOCAL, wait_timeout=5)
    bench.helps(result, "not reached within 5 s", "in progress", "longer wait_timeout", kind="timeout")
    assert bench.control.count("write") == 1


def test_a_passive_node_says_why_it_cannot_be_backed_up(bench: Bench) -> None:
    bench.stage("synchronized")
    result = bench.attempt("backup", on=B, **LOCAL)
    bench.helps(result, "passive node cannot be backed up", kind="rejected")


def _one_backup(bench: Bench, password: str = ZIP) -> None:
    assert bench.attempt("backup", location="LocalBackups", backup_password=password)["changed"] is True
    bench.control.reset_counts()


def test_a_wrong_password_is_found_when_the_backup_is_verified(bench: Bench, tmp_path: Path) -> None:
    _one_backup(bench, "another-Canary-9")
    bench.secrets.add("another-Canary-9")
    words = "UVM-1A_", "its password does not open it", "the password that this one was taken with"
    dest = tmp_path / "kept.zip"
    dest.write_text("the backup of last week")
    bench.refused("backup", *words, kind="failed", **LOCAL, max_age=24, verify=True, dest=str(dest))
    assert [path.name for path in tmp_path.glob("*kept*")] == ["kept.zip"]
    assert dest.read_text() == "the backup of last week"


@pytest.mark.parametrize("when", ["once", "always"])
def test_a_download_that_breaks_off_leaves_no_file(bench: Bench, tmp_path: Path, when: str) -> None:
    _one_backup(bench)
    bench.control.fault(
        "truncate", node=A, path="available_backups.backups.download", count=1 if when == "once" else -1
    )
    target = tmp_path / "kept.zip"
    given = {**LOCAL, "max_age": 24, "verify": True, "dest": str(target)}
    if when == "once" and WAY == "browser":  # Chromium asks for the file once more, by itself
        assert bench.attempt("backup", **given)["verified"]["entries"] > 1
        asked = [one for one in bench.control.log() if one["what"].endswith("available_backups.backups.download")]
        assert len(asked) == 2
        assert [path.name for path in tmp_path.glob("*.zip*")] == ["kept.zip"]
        return
    bench.refused("backup", "broke off", bench.inventory[A]["useries_host"], kind="silent", **given)
    assert list(tmp_path.glob("*.zip*")) == []


def _spoiled(good: bytes) -> bytes:
    """A bit of the first entry's data turned round: behind the local header, salt (16) and check bytes (2)."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        at = archive.infolist()[0].header_offset
    name, extra = struct.unpack_from("<HH", good, at + 26)
    where = at + 30 + name + extra + 18 + 1
    return good[:where] + bytes([good[where] ^ 1]) + good[where + 1 :]


@pytest.mark.one_way
def test_a_backup_file_that_was_damaged_is_found(bench: Bench, tmp_path: Path) -> None:
    """No byte is wrong on the way here, so the file is damaged where it is opened."""
    from ansible_collections.useries.appliance.plugins.module_utils._compose.backups import contents
    from ansible_collections.useries.appliance.plugins.module_utils._net.errors import UseriesError

    _one_backup(bench)
    whole = tmp_path / "whole.zip"
    assert bench.attempt("backup", **LOCAL, max_age=24, verify=True, dest=str(whole))["verified"]["entries"] > 1
    good = whole.read_bytes()
    middle = _spoiled(good)
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    damaged = (good[: len(good) // 2], middle, b"", b"<html>Sign in</html>", empty.getvalue())
    for number, content in enumerate(damaged):
        path = tmp_path / f"damaged-{number}.zip"
        path.write_bytes(content)
        with pytest.raises(UseriesError) as caught:
            contents(path, ZIP, path.name)
        assert caught.value.kind == "failed"
        assert f"damaged-{number}.zip cannot be used" in caught.value.message
        assert "take a new backup" in caught.value.remedy


@pytest.mark.one_way
def test_a_destination_that_cannot_be_written_is_found_before_the_backup(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    for target in (tmp_path / "absent" / "b.zip", tmp_path / "folder.zip"):
        bench.refused("backup", str(target), kind="invalid", **LOCAL, verify=True, dest=str(target))
    bench.refused("backup", "dest", "verify: true", kind="invalid", **LOCAL, dest=str(tmp_path / "b.zip"))
