# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: locations and their write test, real encrypted zips, retention, schedule, import, restore."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import pyzipper

from simulator.model.backups import Location, Schedule
from simulator.model.errors import Refused
from simulator.model.world import World


def back_up(world: World, name: str = "UVM-1A", location: str = "LocalBackups", sessions: bool = False) -> str:
    backups = world.appliance(name).backups
    backups.create(location, "Zip-Secret-1", sessions)
    assert backups.progress
    world.advance(121)
    assert "is complete" in backups.result
    return str(backups.entries[-1].name)


def names(content: bytes) -> list[str]:
    return pyzipper.AESZipFile(io.BytesIO(content)).namelist()


def read(content: bytes, password: str) -> bytes:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return bytes(archive.read("BeyondInsight/BeyondInsight Database"))


def test_the_zip_opens_with_its_password_and_no_other(world: World) -> None:
    name = back_up(world)
    content = world.appliance("UVM-1A").backups.content(name)
    assert b"data of UVM-1A" in read(content, "Zip-Secret-1")
    with pytest.raises(RuntimeError, match="[Pp]assword"):
        read(content, "Zip-Secret-2")
    assert b"data of UVM-1A" not in content


def test_contents_follow_roles_and_session_files(world: World) -> None:
    backups = world.appliance("UVM-1A").backups
    plain = names(backups.content(back_up(world)))
    assert "U-Series Appliance/Roles settings" in plain
    assert "Event Collector/Product registry settings" in plain
    assert not any(name.startswith(("Session Archiving", "BeyondInsight for Unix")) for name in plain)
    assert any(name.startswith("Session Archiving/") for name in names(backups.content(back_up(world, sessions=True))))


def test_retention_deletes_the_oldest_for_good(world: World) -> None:
    backups = world.appliance("UVM-1A").backups
    made = [back_up(world) for _turn in range(6)]
    assert [entry.name for entry in backups.entries] == made[1:]
    assert sorted(world.shares["UVM-1A|c:\\localbackups"]) == sorted(made[1:])
    backups.save_location(Location("LocalBackups", "C:\\LocalBackups", retention=2), "LocalBackups", True)
    assert [entry.name for entry in backups.entries] == made[4:]
    backups.save_location(Location("LocalBackups", "C:\\LocalBackups", retention=0), "LocalBackups", True)
    for _turn in range(4):
        back_up(world)
    assert len(backups.entries) == 6


@pytest.mark.parametrize("path", ["\\\\elsewhere\\share", "C:\\readonly", "E:\\backups", "backups"])
def test_the_write_test_refuses(world: World, path: str) -> None:
    backups = world.appliance("UVM-1A").backups
    with pytest.raises(Refused, match="[Vv]erify access permissions"):
        backups.save_location(Location("Other", path), None, False)
    assert len(backups.locations) == 1


def test_a_share_may_ask_for_an_account_and_a_blank_password_loses_it(world: World) -> None:
    backups = world.appliance("UVM-1A").backups
    world.share_credentials["\\\\nas\\secure"] = ("backup", "Share-1")
    with pytest.raises(Refused):
        backups.save_location(Location("Share", "\\\\nas\\secure"), None, False)
    backups.save_location(Location("Share", "\\\\nas\\secure", False, "backup", "Share-1"), None, False)
    with pytest.raises(Refused):
        backups.save_location(Location("Share", "\\\\nas\\secure", False, "backup", "", 9), "Share", False)
    backups.save_location(Location("Share", "\\\\nas\\secure", False, "backup", "", 9), "Share", True)
    assert backups.location("Share").retention == 9


def test_restore_on_the_same_appliance_needs_no_password(world: World) -> None:
    appliance = world.appliance("UVM-1A")
    name = back_up(world)
    appliance.ha.write_data("later")
    appliance.backups.restore(name, "")
    world.advance(241)
    assert appliance.backups.result == "The restore process is complete."
    assert appliance.database.records == ["data of UVM-1A"]


def test_restore_on_another_appliance_needs_the_password(world: World) -> None:
    for node in ("UVM-1A", "UVM-1B"):
        world.appliance(node).backups.save_location(Location("Share", "\\\\nas\\backups"), None, False)
    name = back_up(world, location="Share")
    other = world.appliance("UVM-1B")
    assert other.backups.entries == []
    assert other.backups.import_backups() == 1
    assert other.backups.import_backups() == 0
    with pytest.raises(Refused, match="Enter its password"):
        other.backups.restore(name, "")
    with pytest.raises(Refused, match="wrong"):
        other.backups.restore(name, "guess")
    other.backups.restore(name, "Zip-Secret-1")
    world.advance(241)
    assert other.database.records == ["data of UVM-1A"]


def test_faults_and_lost_shares_show_at_the_end(world: World) -> None:
    backups = world.appliance("UVM-1A").backups
    world.appliance("UVM-1A").fail_next("create_backup", "disk full")
    backups.create("LocalBackups", "x", False)
    world.advance(121)
    assert backups.result == "The backup failed: disk full" and backups.entries == []
    backups.save_location(Location("Share", "\\\\nas\\backups"), None, False)
    backups.create("Share", "x", False)
    world.unreachable_shares.add("nas")
    world.advance(121)
    assert "Verify access permissions" in backups.result


def test_the_schedule_runs_weekly(world: World) -> None:
    backups = world.appliance("UVM-1A").backups
    backups.set_schedule(Schedule(True, "LocalBackups", "Wednesday", "03:15", "Zip-1"), False)
    at = backups.next_run()
    assert (at.strftime("%A"), at.hour, at.minute) == ("Wednesday", 3, 15)
    assert at > datetime(2020, 1, 1)
    for _week in range(2):
        world.advance(7 * 86400 + 200)
    assert len(backups.entries) == 2


def test_a_passive_node_is_not_backed_up(mirrored: World) -> None:
    with pytest.raises(Refused, match="not accessible"):
        mirrored.appliance("UVM-1B").backups.create("LocalBackups", "x", False)


def test_delete_removes_the_file(world: World) -> None:
    name = back_up(world)
    world.appliance("UVM-1A").backups.delete(name)
    assert world.shares["UVM-1A|c:\\localbackups"] == {}
    with pytest.raises(Refused, match="no backup named"):
        world.appliance("UVM-1A").backups.content(name)
