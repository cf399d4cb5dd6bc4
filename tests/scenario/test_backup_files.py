# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups that are there: imported, verified, downloaded, deleted, and what they cover."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.scenario.bad_input_bench import A, B, Bench

ZIP = "zip-Canary-7"
SHARE = "\\\\nas\\backups"


def take(bench: Bench, on: str = A, location: str = "LocalBackups", times: int = 1) -> list[str]:
    """Backups of a node, oldest first."""
    bench.secrets.add(ZIP)
    given = {"location": location, "backup_password": ZIP}
    names = [str(bench.attempt("backup", on=on, **given)["backup"]["name"]) for _time in range(times)]
    bench.control.reset_counts()
    return names


def shared(bench: Bench) -> None:
    for host in (A, B):
        assert bench.attempt("backup_location", on=host, name="Nas", path=SHARE)["changed"] is True
    bench.control.reset_counts()


def test_an_import_is_changed_only_by_what_it_found(bench: Bench) -> None:
    shared(bench)
    assert bench.attempt("backup_import", on=B)["changed"] is False
    (name,) = take(bench, location="Nas")
    checked = bench.attempt("backup_import", on=B, check_mode=True)
    assert checked["changed"] is False
    assert "shows only when it is done" in " ".join(checked["warnings"])
    assert bench.control.count("write") == 0
    result = bench.attempt("backup_import", on=B)
    assert result["changed"] is True
    assert [one["name"] for one in result["imported"]["new"]] == [name]
    assert name in result["diff"]["after"]
    again = bench.attempt("backup_import", on=B)
    assert again["changed"] is False
    assert [one["name"] for one in again["imported"]["backups"]] == [name]


def test_a_location_that_cannot_be_reached_is_named(bench: Bench) -> None:
    shared(bench)
    bench.control.set("unreachable_shares", ["nas"])
    bench.helps(bench.attempt("backup_import"), "The backup location Nas", SHARE, "could not be read", kind="rejected")
    bench.control.do(A, "fail_next", "import_backups", "A folder cannot be reached.")
    bench.helps(
        bench.attempt("backup_import"), "A folder cannot be reached", f"Nas ({SHARE})", "LocalBackups", kind="rejected"
    )


def test_a_lost_answer_to_an_import_can_be_repeated(bench: Bench) -> None:
    shared(bench)
    bench.control.fault("reset", node=A, path="backup_locations.import_backups", count=1)
    bench.helps(bench.attempt("backup_import"), "It can be repeated", kind="failed")
    assert bench.attempt("backup_import")["changed"] is False


# -- verifying ---------------------------------------------------------------------------------------------------------


def test_a_good_backup_is_verified_and_its_components_are_told(bench: Bench) -> None:
    first, newest = take(bench, times=2)
    bench.control.align()
    result = bench.attempt("backup_check_info", backup_password=ZIP, location="LocalBackups", max_age=1, min_size=100)
    assert result["changed"] is False
    found = result["verified"]
    assert found["name"] == newest
    assert 0 <= found["age"] <= 1
    assert found["entries"] == len(found["contents"]) > 10
    assert {"BeyondInsight", "U-Series Appliance", "Event Collector"} <= set(found["components"]["found"])
    assert "Session Archiving" in found["components"]["missing"]
    assert "BeyondInsight for Unix & Linux" in found["components"]["missing"]
    bench.silent(result)
    assert bench.control.count("write") == 0
    assert bench.attempt("backup_check_info", backup_password=ZIP, name=first)["verified"]["name"] == first


def test_every_reason_is_named(bench: Bench) -> None:
    take(bench)
    bench.control.advance(3 * 3600)
    bench.control.align()
    bench.secrets.add("guess-Canary-1")
    words = "hours old, more than 1", "its password does not open it", "less than 5000000000"
    given = {"backup_password": "guess-Canary-1", "max_age": 1, "min_size": 5000000000}
    bench.refused("backup_check_info", *words, kind="failed", **given)
    lacks = {"backup_password": ZIP, "components": ["Session Archiving", "BeyondInsight"]}
    result = bench.refused("backup_check_info", "it lacks Session Archiving", kind="failed", **lacks)
    assert "lacks Session Archiving, BeyondInsight" not in result["msg"]


def test_without_a_backup_nothing_is_good(bench: Bench) -> None:
    given = {"backup_password": ZIP}
    bench.refused("backup_check_info", "There is no backup", "useries.appliance.backup", kind="failed", **given)
    bench.refused("backup_check_info", "no backup location Far", kind="precondition", **given, location="Far")
    bench.refused("backup_check_info", "Lunch", "Event Collector", kind="invalid", **given, components=["Lunch"])
    bench.refused("backup_check_info", "no backup x.zip", kind="precondition", **given, name="x.zip")


# -- what it covers ----------------------------------------------------------------------------------------------------


def test_what_a_backup_covers_is_told_when_asked_for(bench: Bench) -> None:
    assert "covers" not in bench.attempt("backup_info")["backup"]
    covers = bench.attempt("backup_info", covers=True)["backup"]["covers"]
    assert covers["database"] == "included"
    assert [one["component"] for one in covers["components"]][:2] == [
        "BeyondInsight Analytics & Reporting",
        "BeyondInsight",
    ]
    assert all(one["keeps"] for one in covers["components"])


def test_a_remote_database_is_not_part_of_it(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "beyondinsight_database_access", {"location": "remote"})
    result = bench.attempt("backup_info", covers=True)
    assert result["backup"]["covers"]["database"] == "not_included"
    assert "on another server" in " ".join(result["warnings"])
    bench.control.labels(hide=["beyondinsight_database_access"])
    assert bench.attempt("backup_info", covers=True)["backup"]["covers"]["database"] == "unknown"


def test_when_the_next_scheduled_backup_is(bench: Bench) -> None:
    """By the appliance's clock; a schedule that is off has none, and without a clock nobody can know."""
    assert "next_run" not in bench.attempt("backup_info")["backup"]
    none = {"planned": False, "at": None, "in_minutes": None}
    assert bench.attempt("backup_info", next_run=True)["backup"]["next_run"] == none
    for hours in (2, -2):
        at = datetime.now(timezone.utc) + timedelta(hours=hours)
        given = {"location": "LocalBackups", "backup_password": ZIP, "day": f"{at:%A}", "time": f"{at:%H:%M}"}
        bench.attempt("backup_schedule", **given)
        found = bench.attempt("backup_info", next_run=True)["backup"]["next_run"]
        expected = at if hours > 0 else at + timedelta(days=7)
        assert (found["planned"], found["at"]) == (True, f"{expected:%Y-%m-%dT%H:%M}:00")
        assert abs(found["in_minutes"] - hours % 168 * 60) <= 30, found
    bench.control.labels(hide=["general_settings.date_and_time.time"])
    assert bench.attempt("backup_info", next_run=True)["backup"]["next_run"] == {**none, "planned": None}


# -- downloading -------------------------------------------------------------------------------------------------------


def test_a_backup_is_downloaded_once(bench: Bench, tmp_path: Path) -> None:
    (name,) = take(bench)
    given = {"dest": str(tmp_path / "kept"), "backup_password": ZIP}
    (tmp_path / "kept").mkdir()
    assert bench.attempt("backup_download", **given, check_mode=True)["changed"] is True
    assert list((tmp_path / "kept").iterdir()) == []
    result = bench.attempt("backup_download", **given)
    assert result["changed"] is True, result
    path = tmp_path / "kept" / name
    assert result["file"]["path"] == str(path)
    assert result["file"]["size"] == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o600
    assert list((tmp_path / "kept").iterdir()) == [path]
    bench.silent(result)
    bench.control.reset_counts()
    assert bench.attempt("backup_download", **given)["changed"] is False
    assert downloads(bench) == 0
    assert bench.attempt("backup_download", **given, force=True)["changed"] is True
    path.write_bytes(b"cut off")
    assert bench.attempt("backup_download", **given)["changed"] is True
    assert path.stat().st_size == result["file"]["size"]


def downloads(bench: Bench) -> int:
    return sum(one["what"].endswith("available_backups.backups.download") for one in bench.control.log())


def test_a_file_that_does_not_open_or_breaks_off_is_not_kept(bench: Bench, tmp_path: Path) -> None:
    take(bench)
    bench.secrets.add("guess-Canary-1")
    wrong = {"dest": str(tmp_path), "backup_password": "guess-Canary-1"}
    bench.helps(bench.attempt("backup_download", **wrong), "its password does not open it", kind="failed")
    bench.control.fault("truncate", node=A, path="available_backups.backups.download", count=-1)
    bench.helps(bench.attempt("backup_download", dest=str(tmp_path)), "broke off", "repeated", kind="failed")
    assert list(tmp_path.glob("*zip*")) == []
    assert list(tmp_path.glob(".useries*")) == []


def test_a_place_or_a_backup_that_is_not_there(bench: Bench, tmp_path: Path) -> None:
    take(bench)
    absent = str(tmp_path / "absent")
    bench.refused("backup_download", absent, "no directory", kind="invalid", dest=absent)
    given = {"dest": str(tmp_path), "name": "x.zip"}
    bench.refused("backup_download", "no backup x.zip", "LocalBackups", kind="precondition", **given)


def test_more_than_browsers_take_is_refused(bench: Bench, tmp_path: Path) -> None:
    (name,) = take(bench)
    bench.control.do(A, "backups.resize", name, 4 * 1024**3 + 1024**2 * 100)
    words = "larger than 4 GB", "network share"
    for check_mode in (False, True):
        given = {"dest": str(tmp_path), "check_mode": check_mode}
        bench.refused("backup_download", *words, kind="precondition", **given)
    bench.refused("backup_check_info", "larger than 4 GB", kind="failed", backup_password=ZIP)


# -- deleting ----------------------------------------------------------------------------------------------------------


def left(bench: Bench) -> list[str]:
    return [one["name"] for one in bench.control.state(A)["backups"]["entries"]]


def test_the_newest_stay(bench: Bench) -> None:
    names = take(bench, times=3)
    given = {"keep": 1, "confirm": "UVM-1A"}
    checked = bench.attempt("backup_file", **given, check_mode=True)
    assert checked["changed"] is True
    assert {one["name"] for one in checked["backups"]["deleted"]} == set(names[:2])
    assert left(bench) == names
    result = bench.attempt("backup_file", **given)
    assert result["changed"] is True, result
    assert left(bench) == names[2:]
    assert [one["name"] for one in result["backups"]["left"]] == names[2:]
    assert result["diff"] == checked["diff"]
    assert bench.control.count("write") == 2
    assert bench.attempt("backup_file", **given)["changed"] is False


def test_old_ones_go_but_never_those_that_are_kept(bench: Bench) -> None:
    old = take(bench, times=2)
    bench.control.advance(40 * 86400)
    (young,) = take(bench)
    bench.control.align()
    assert bench.attempt("backup_file", older_than=50, confirm="UVM-1A")["changed"] is False
    assert bench.attempt("backup_file", keep=3, older_than=30, confirm="UVM-1A")["changed"] is False
    assert bench.attempt("backup_file", keep=2, older_than=30, confirm="UVM-1A")["changed"] is True
    assert left(bench) == [old[1], young]
    assert bench.attempt("backup_file", older_than=30, confirm="UVM-1A")["changed"] is True
    assert left(bench) == [young]


def test_a_backup_that_is_not_there_is_absent(bench: Bench) -> None:
    names = take(bench, times=2)
    assert bench.attempt("backup_file", names=["x.zip"])["changed"] is False
    assert bench.attempt("backup_file", names=[names[0], "x.zip"], confirm="UVM-1A")["changed"] is True
    assert left(bench) == names[1:]


def test_what_is_not_confirmed_or_would_leave_none_is_refused(bench: Bench) -> None:
    (name,) = take(bench)
    last = "none would be left", "delete_last: true"
    for check_mode in (False, True):
        given = {"names": [name], "confirm": "UVM-1A", "check_mode": check_mode}
        bench.refused("backup_file", *last, kind="precondition", **given)
    for confirm in (None, "UVM-1B"):
        given = {"keep": 0, "delete_last": True, "confirm": confirm}
        bench.refused("backup_file", name, "cannot be undone", "confirm: 'UVM-1A'", kind="precondition", **given)
    bench.refused("backup_file", "older_than", names=[name], older_than=3)
    bench.refused("backup_file", "keep")
    bench.refused("backup_file", "keep is -1", kind="invalid", keep=-1)
    assert bench.attempt("backup_file", keep=0, delete_last=True, confirm="UVM-1A")["changed"] is True
    assert left(bench) == []


def test_a_lost_answer_to_a_deletion_is_settled_by_the_list(bench: Bench) -> None:
    names = take(bench, times=2)
    path = "available_backups.backups.delete"
    bench.control.fault("reset", node=A, path=path, when="before", count=1)
    bench.helps(bench.attempt("backup_file", keep=1, confirm="UVM-1A"), "It can be repeated", kind="failed")
    assert left(bench) == names
    bench.control.fault("reset", node=A, path=path, when="after", count=1)
    result = bench.attempt("backup_file", keep=1, confirm="UVM-1A")
    assert result["changed"] is True, result
    assert left(bench) == names[1:]


# -- no room -----------------------------------------------------------------------------------------------------------


def test_a_share_that_is_full_is_met_when_the_backup_is_taken(bench: Bench) -> None:
    shared(bench)
    bench.control.set("full_shares", [SHARE])
    assert bench.attempt("backup_location", name="Nas2", path=SHARE + "\\deep")["changed"] is True
    result = bench.attempt("backup", location="Nas", backup_password=ZIP)
    bench.helps(result, "not enough space on the disk", kind="failed")
    assert left(bench) == []
