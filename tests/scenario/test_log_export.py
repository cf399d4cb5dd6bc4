# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log export: share, credentials, schedule, test button, and the export on demand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.settings_bench import keeps, unchanged

KEY = "appliance_logs.log_file_export"
SECRET = "share-Canary"
SHARE: dict[str, Any] = {
    "enabled": True,
    "path": r"\\nas\logs",
    "share_username": r"NAS\logs",
    "share_password": SECRET,
}


def kept(bench: Bench) -> dict[str, Any]:
    """What the appliance has stored."""
    found: dict[str, Any] = bench.control.state(A)["settings"].get(KEY, {})
    return found


@pytest.mark.parametrize(
    ("schedule", "stored"),
    [
        ({"interval": 30}, {"schedule": "Designated Interval", "interval": 30}),
        ({"day": "Monday", "time": "23:15"}, {"schedule": "Once a day", "day": "Monday", "time": "23:15"}),
    ],
)
def test_the_logs_go_to_a_share(bench: Bench, schedule: dict[str, Any], stored: dict[str, Any]) -> None:
    bench.secrets.add(SECRET)
    wanted = {"enabled": True, "path": r"\\nas\logs", "username": r"NAS\logs", "password": SECRET, **stored}
    keeps(
        bench,
        "log_export",
        {**SHARE, **schedule},
        lambda node: {name: node["settings"].get(KEY, {}).get(name) for name in wanted},
        wanted,
    )


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_the_password_of_the_share_is_never_blanked(bench: Bench, keeps_blank: bool) -> None:
    bench.secrets.add(SECRET)
    bench.attempt("log_export", **SHARE)
    bench.control.reset_counts()
    bench.refused("log_export", "also holds a share_password", "blank_keeps_secret", kind="invalid", interval=40)
    bench.control.set("blank_keeps_secret", keeps_blank)
    more: dict[str, Any] = {"blank_keeps_secret": True} if keeps_blank else {"share_password": SECRET}
    assert bench.attempt("log_export", interval=40, **more)["changed"] is True
    assert (kept(bench)["interval"], kept(bench)["password"]) == (40, SECRET)
    assert bench.attempt("log_export", enabled=False)["changed"] is True
    unchanged(bench, "log_export", {"enabled": False})


def test_a_failed_test_saves_nothing(bench: Bench) -> None:
    bench.secrets.add(SECRET)
    given = {**SHARE, "path": r"\\elsewhere\logs", "test": True}
    failed = bench.attempt("log_export", **given)
    bench.helps(failed, "Verify access permissions", "Nothing was saved", kind="rejected")
    assert kept(bench) == {}
    done = bench.attempt("log_export", **{**given, "path": r"\\nas\logs"})
    assert (done["changed"], done["tested"]) == (True, True)
    assert kept(bench)["path"] == r"\\nas\logs"
    assert bench.attempt("log_export", **{**given, "path": r"\\nas\logs"})["changed"] is False


def test_an_nfs_resource_takes_no_credentials(bench: Bench) -> None:
    bench.secrets.add(SECRET)
    done = bench.attempt("log_export", **SHARE, nfs=True, test=True)
    assert "takes no credentials" in done["warnings"][0]
    assert (kept(bench)["nfs"], kept(bench)["username"], done["tested"]) == (True, "", True)
    unchanged(bench, "log_export", {**SHARE, "nfs": True})
    later = bench.attempt("log_export", interval=40, test=True)
    assert (later["changed"], later["tested"]) == (True, True), "what is NFS already needs no password either"


def test_the_logs_are_exported_now(bench: Bench) -> None:
    bench.secrets.add(SECRET)
    bench.refused("log_export_now", "not set up", "Set up log export first", kind="precondition")
    bench.attempt("log_export", **SHARE)
    checked = bench.attempt("log_export_now", check_mode=True)
    bench.control.reset_counts()
    assert (checked["changed"], bench.writes()) == (True, 0)
    for number in (1, 2):
        done = bench.attempt("log_export_now")
        assert (done["changed"], f"logs-{number}.zip" in done["export"]["message"]) == (True, True), done
    bench.control.do(A, "fail_next", "export_log_now", "The share is full.")
    bench.helps(bench.attempt("log_export_now"), "The share is full")


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"path": r"C:\logs"}, ("cannot be saved on the appliance",)),
        ({"path": "/srv/logs"}, (r"\\host\share", "single quotes")),
        ({"path": r"\\nas"}, (r"\\host\share",)),
        ({"path": ""}, (r"\\host\share",)),
        ({"share_username": "logs"}, ("domain\\user",)),
        ({"share_username": r"NAS\logs\x"}, ("domain\\user",)),
        ({"interval": 9}, ("interval is 9", "10 or more minutes")),
        ({"interval": 20, "time": "02:00"}, ("exclude each other",)),
        ({"day": "Monday"}, ("day needs time",)),
        ({"time": "25:00"}, ("time is '25:00'", "HH:MM")),
        ({"enabled": False, "test": True}, ("test: true and enabled: false", "nothing to test")),
    ],
)
def test_bad_input(bench: Bench, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused("log_export", *words, kind="invalid", **given)
    assert bench.control.log() == []


@pytest.mark.one_way
def test_what_is_missing_is_named(bench: Bench) -> None:
    bench.refused("log_export", "without path, share_username, share_password", kind="invalid", enabled=True)
    given = {"enabled": True, "path": r"\\nas\logs", "share_username": r"NAS\logs", "test": True}
    bench.refused("log_export", "test needs share_password", kind="invalid", **given)
    bench.refused("log_export", "day", "Someday", "Sunday", day="Someday", time="02:00")
