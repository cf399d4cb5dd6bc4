# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The archive of recorded sessions, on the page of the role Password Safe Web Portal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.scenario.roles_bench import applied, keeps_roles
from tests.scenario.settings_bench import unchanged
from tests.support.project import text

SECRET = "archive-Canary"
PORTAL = "password_safe_web_portal"
SHARE = {
    "enabled": True,
    "protocol": "windows_file_sharing",
    "share_path": r"\\nas\sessions",
    "share_username": "archive",
    "share_password": SECRET,
}
AS_SHARE = {
    "session_archiving.enabled": True,
    "session_archiving.protocol": "Windows File Sharing",
    "session_archiving.share_path": r"\\nas\sessions",
    "session_archiving.username": "archive",
    "session_archiving.password": SECRET,
}
NUMBERS = {"maximum_age": 30, "storage_threshold": 5000, "max_transfer_time": 1209600}
MODULE = "session_archiving"


@pytest.fixture(autouse=True)
def secret(bench: Bench) -> None:
    """Never to be seen in a result."""
    bench.secrets.add(SECRET)


def test_sessions_go_to_a_share(bench: Bench) -> None:
    wanted = {**AS_SHARE, **{f"session_archiving.{name}": value for name, value in NUMBERS.items()}}
    done = keeps_roles(bench, {**SHARE, **NUMBERS}, {PORTAL: wanted}, MODULE)
    assert (done["settings"]["share_username"], done["settings"]["applied"]) == ("archive", True)


def test_sessions_go_to_a_repository_host(bench: Bench) -> None:
    given = {"enabled": True, "protocol": "bits", "repository_host": "repo.example.com"}
    wanted = {
        "session_archiving.protocol": "BITS",
        "session_archiving.repository_host": "repo.example.com",
        "session_archiving.certificate_name": "repo.example.com",
    }
    done = keeps_roles(bench, given, {PORTAL: wanted}, MODULE)
    assert not [one for one in done.get("warnings", []) if "certificate_name" in one]


def test_another_name_of_the_certificate_is_warned_about(bench: Bench) -> None:
    given = {"enabled": True, "protocol": "bits", "repository_host": "MyRepro", "certificate_name": "CertName"}
    done = bench.attempt(MODULE, **given)
    assert "certificate_name differs" in done["warnings"][0]
    assert applied(bench)[PORTAL]["session_archiving.certificate_name"] == "CertName"


def test_numbers_alone_are_set_and_then_turned_off(bench: Bench) -> None:
    wanted = {f"session_archiving.{name}": value for name, value in NUMBERS.items()}
    keeps_roles(bench, dict(NUMBERS), {PORTAL: wanted}, MODULE)
    bench.attempt(MODULE, **SHARE)
    bench.control.reset_counts()
    off = {"enabled": False, "share_password": SECRET}
    keeps_roles(bench, off, {PORTAL: {**AS_SHARE, "session_archiving.enabled": False}}, MODULE)


def test_a_test_that_fails_applies_nothing(bench: Bench) -> None:
    before = bench.control.state(A)["roles"]
    wrong = {**SHARE, "share_path": r"\\elsewhere\sessions", "test": True}
    failed = bench.attempt(MODULE, **wrong)
    bench.helps(failed, "Test Session Monitoring Settings", "Nothing was applied", kind="rejected")
    assert (failed["changed"], bench.control.state(A)["roles"]) == (False, before)


def test_a_test_that_passes_is_told_also_when_nothing_changes(bench: Bench) -> None:
    given = {**SHARE, "test": True}
    first = bench.attempt(MODULE, **given)
    assert (first["changed"], first["tested"]) == (True, True), first
    bench.control.reset_counts()
    again = bench.attempt(MODULE, **given)
    assert (again["changed"], again["tested"], bench.writes()) == (False, True, 1), again
    assert bench.control.state(A)["roles"]["pending"] == {}
    assert "tested" not in bench.attempt(MODULE, check_mode=True, **given)


def test_a_test_without_the_password_is_not_made(bench: Bench) -> None:
    bench.attempt(MODULE, **SHARE)
    bench.control.reset_counts()
    done = bench.attempt(MODULE, share_username="archive", test=True)
    assert (done["changed"], bench.writes()) == (False, 0), done
    assert "needs share_password" in done["warnings"][0]


@pytest.mark.parametrize("keeps_blank", [False, True])
def test_the_password_of_the_share_is_never_blanked(bench: Bench, keeps_blank: bool) -> None:
    bench.attempt(MODULE, **SHARE)
    bench.control.reset_counts()
    bench.refused(MODULE, "also holds a share_password", "blank_keeps_secret", kind="invalid", maximum_age=10)
    off: dict[str, Any] = {"name": PORTAL, "enabled": False}
    bench.refused("appliance_role", "also holds a share_password", kind="invalid", **off)
    bench.control.set("blank_keeps_secret", keeps_blank)
    more: dict[str, Any] = {"blank_keeps_secret": True} if keeps_blank else {"share_password": SECRET}
    assert bench.attempt(MODULE, maximum_age=10, **more)["changed"] is True
    role = more if keeps_blank else {"settings": more}
    assert bench.attempt("appliance_role", **off, **role)["changed"] is True
    stored = applied(bench)[PORTAL]
    assert (stored["enabled"], stored["session_archiving.password"]) == (False, SECRET)
    assert stored["session_archiving.maximum_age"] == 10


def test_others_pending_changes_are_not_applied_along(bench: Bench) -> None:
    bench.control.do(A, "roles.change", "patch_management", {"enabled": True})
    bench.refused(MODULE, "Patch Management", "adopt_pending: true", kind="precondition", maximum_age=10)
    done = bench.attempt(MODULE, maximum_age=10, adopt_pending=True)
    assert done["changed"] is True, done


def test_an_archive_of_a_role_that_is_off_is_warned_about(bench: Bench) -> None:
    bench.attempt("appliance_role", name=PORTAL, enabled=False)
    done = bench.attempt(MODULE, **SHARE)
    assert "is off" in done["warnings"][0], done
    unchanged(bench, MODULE, SHARE)


def test_the_report_and_where_archived_sessions_are(bench: Bench) -> None:
    bench.attempt(MODULE, **SHARE)
    told = bench.attempt("session_archiving_info")
    bench.silent(told)
    archive = told["session_archiving"]
    assert (archive["protocol"], archive["share_path"]) == ("windows_file_sharing", r"\\nas\sessions")
    assert "Password Safe Administration Guide" in archive["archived_sessions"]
    assert "never deleted" in archive["archived_sessions"]


def test_the_documentation_points_to_password_safe() -> None:
    page = " ".join(text("docs/docsite/rst/roles.rst").split())
    assert "Password Safe Administration Guide" in page
    assert "never deleted" in page
