# Copyright (c) 2026 The useries.appliance authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BeyondTrust Updater: nothing before its labels are named, then subscriptions, downloads and products."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenario.bad_input_bench import A, Bench
from tests.support.way import SPEED, WAY

SUBSCRIPTION, DOWNLOAD, INSTALL = "updater_subscription", "updater_download", "updater_install"
WINDOWS, SQL = "Security Patches for Windows Server 2016", "Security Patches for SQL 2016"
OTHERS = ["U-Series 2016 Environment", "U-Series 2016 Supporting Software", "Security Update Package Installer"]
ALL = [WINDOWS, SQL, *OTHERS]
#: As the guide writes them.
GUIDE = [
    "Security Patches for Windows Server 2012/2016",
    "Security Patches for SQL 2014/2016",
    "U-Series 2012/2016 Environment",
    "U-Series 2012/2016 Supporting Software",
    "Security Update Package Installer",
]
PACKAGES = [
    "SUPI 2.5.0.0",
    "KB-2021-04 Windows Server",
    "SQL-2021-04 SQL Server",
    "ENV-2021-04 Appliance Environment",
    "SW-210401 Supporting Software",
]
SOFTWARE, SAFE = "BeyondTrust Security Management Appliance", "Password Safe"
UNLOCK: dict[str, Any] = {"subscriptions": GUIDE, "locked": False}
LABELS = {
    SUBSCRIPTION: [
        f"updater_subscriptions.subscriptions{part}" for part in ("", ".name", ".lock_status", ".lock", ".unlock")
    ],
    DOWNLOAD: ["updater_downloads", *(f"updater_downloads.downloads{part}" for part in ("", ".package", ".status"))],
    INSTALL: [
        "updater_products",
        "updater_products.products",
        *(f"updater_products.products.{part}" for part in ("product", "version", "available", "status", "install")),
    ],
}
HOURS_LABELS = ["updater_settings", *(f"updater_settings.hours{part}" for part in ("", ".start", ".end", ".save"))]
BY_HAND = {
    SUBSCRIPTION: "open Subscriptions and set the lock status",
    DOWNLOAD: "click Update Now; when a download stops and no other starts, click it again",
    INSTALL: "download and install the remaining products",
}
FAST = 400.0
GIVEN: dict[str, dict[str, Any]] = {SUBSCRIPTION: UNLOCK, DOWNLOAD: {}, INSTALL: {}}


@pytest.fixture(autouse=True)
def quick(bench: Bench) -> Iterator[None]:
    """The password is in no result; waits take little of real time."""
    bench.secrets |= {own["useries_updater_password"] for own in bench.inventory.values()}
    if WAY != "html":
        yield
        return
    bench.control.set_speed(FAST)
    for own in bench.inventory.values():
        own["useries_time_scale"] = FAST
    yield
    bench.control.set_speed(SPEED)


def locks(bench: Bench) -> dict[str, bool]:
    """Those of the model."""
    return {one["name"]: one["locked"] for one in bench.control.state(A)["updater"]["subscriptions"]}


def unlocked(bench: Bench) -> None:
    """By somebody else."""
    for name in ALL:
        bench.control.do(A, "updater.set_lock", name, False)


def versions(bench: Bench) -> dict[str, str]:
    """Products of the model."""
    return {row[0]: row[1] for row in bench.control.state(A)["versions"]}


# -- without labels ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize("module", [SUBSCRIPTION, DOWNLOAD, INSTALL])
def test_nothing_is_done_until_every_label_is_named(bench: Bench, module: str, check_mode: bool) -> None:
    bare = {"console_labels": {}, "updater_path": None, "check_mode": check_mode, **GIVEN[module]}
    words = BY_HAND[module], "useries_console_labels", "useries_updater_path", *LABELS[module]
    result = bench.refused(module, *words, kind="precondition", **bare)
    assert list(result["error"]["candidates"]) == ["useries_updater_path", *LABELS[module]]
    assert (result["error"]["surface"], bench.control.log()) == ("updater", [])


def test_one_label_is_enough_to_refuse(bench: Bench) -> None:
    for module, keys in LABELS.items():
        for left in keys:
            named = {key: f"words of {key}" for key in keys if key != left}
            result = bench.refused(module, left, kind="precondition", console_labels=named, **GIVEN[module])
            assert list(result["error"]["candidates"]) == [left]
    hours: dict[str, Any] = {"hours": {"start": "22:00", "end": "05:00"}}
    named = {key: f"words of {key}" for key in LABELS[DOWNLOAD]}
    result = bench.refused(DOWNLOAD, *HOURS_LABELS, kind="precondition", console_labels=named, **hours)
    assert list(result["error"]["candidates"]) == HOURS_LABELS
    result = bench.refused(SUBSCRIPTION, "useries_updater_path", kind="precondition", updater_path=" ", **UNLOCK)
    assert list(result["error"]["candidates"]) == ["useries_updater_path"]
    assert bench.control.log() == []


def test_the_simulated_inventory_names_them(bench: Bench) -> None:
    named = bench.inventory[A]["useries_console_labels"]
    assert {*LABELS[SUBSCRIPTION], *LABELS[DOWNLOAD], *LABELS[INSTALL], *HOURS_LABELS} <= set(named)


# -- subscriptions -----------------------------------------------------------------------------------------------------


def test_subscriptions_are_unlocked_and_put_back(bench: Bench) -> None:
    bench.control.do(A, "updater.set_lock", WINDOWS, False)
    before = locks(bench)
    checked = bench.attempt(SUBSCRIPTION, check_mode=True, **UNLOCK)
    assert (checked["changed"], bench.writes(), locks(bench)) == (True, 0, before), checked
    done = bench.attempt(SUBSCRIPTION, **UNLOCK)
    assert (done.get("msg"), done["changed"], bench.writes()) == (None, True, 4), done
    assert done["updater_subscriptions"] == checked["updater_subscriptions"]
    assert done["updater_subscriptions"] == [{"name": name, "locked": False} for name in ALL]
    assert done["subscriptions_before"] == [{"name": name, "locked": name != WINDOWS} for name in ALL]
    assert json.loads(done["diff"]["before"]) == {name: True for name in ALL if name != WINDOWS}
    assert set(locks(bench).values()) == {False}
    bench.silent(done)
    again = bench.attempt(SUBSCRIPTION, **UNLOCK)
    assert (again["changed"], bench.writes()) == (False, 4)
    back = [one["name"] for one in done["subscriptions_before"] if one["locked"]]
    assert bench.attempt(SUBSCRIPTION, subscriptions=back, locked=True)["changed"] is True
    assert locks(bench) == before
    assert bench.control.count("login") == 1


def test_sql_that_is_not_subscribed_is_no_error_where_one_says_so(bench: Bench) -> None:
    bench.control.set("sql_free", True, A)
    words = "no subscription 'Security Patches for SQL 2014/2016'", WINDOWS, "Nothing was changed"
    result = bench.refused(SUBSCRIPTION, *words, kind="invalid", **UNLOCK)
    assert list(result["error"]["candidates"]) == [WINDOWS, *OTHERS]
    done = bench.attempt(SUBSCRIPTION, absent_ok=[GUIDE[1]], **UNLOCK)
    assert [one["name"] for one in done["updater_subscriptions"]] == [WINDOWS, *OTHERS]


@pytest.mark.one_way
@pytest.mark.parametrize("check_mode", [False, True])
def test_an_unknown_subscription_lists_them(bench: Bench, check_mode: bool) -> None:
    given = {"subscriptions": [WINDOWS, "Pigeon Post"], "locked": False, "check_mode": check_mode}
    result = bench.refused(SUBSCRIPTION, "'Pigeon Post'", *ALL, kind="invalid", **given)
    assert list(result["error"]["candidates"]) == ALL


@pytest.mark.one_way
@pytest.mark.parametrize(
    ("module", "given", "words"),
    [
        (SUBSCRIPTION, {"subscriptions": [], "locked": True}, ("must name at least one",)),
        (SUBSCRIPTION, {"subscriptions": [" "], "locked": True}, ("none may be empty",)),
        (SUBSCRIPTION, {**UNLOCK, "absent_ok": ["SQL"]}, ("absent_ok names SQL", "subscriptions does not")),
        (DOWNLOAD, {"presses": 0}, ("presses is 0",)),
        (DOWNLOAD, {"wait_timeout": 0}, ("wait_timeout is 0",)),
        (DOWNLOAD, {"hours": {"start": "24:00", "end": "5:00"}}, ("start is '24:00'", "end is '5:00'", "HH:MM")),
        (DOWNLOAD, {"hours": {"start": "05:00", "end": "05:00"}}, ("the same",)),
        (INSTALL, {"products": [""]}, ("may be empty",)),
        (INSTALL, {"versions": {SAFE: " "}}, ("may be empty",)),
        (INSTALL, {"wait_timeout": -1}, ("wait_timeout is -1",)),
    ],
)
def test_bad_input(bench: Bench, module: str, given: dict[str, Any], words: tuple[str, ...]) -> None:
    bench.refused(module, *words, kind="invalid", **given)
    assert bench.control.log() == []


@pytest.mark.one_way
def test_a_lost_answer_to_a_lock_is_decided_by_reading(bench: Bench) -> None:
    bench.attempt(SUBSCRIPTION, check_mode=True, **UNLOCK)
    lost = "updater_subscriptions.subscriptions.subscriptions.unlock"
    bench.control.fault("reset", node=A, path=lost, when="after")
    one: dict[str, Any] = {"subscriptions": [SQL], "locked": False}
    done = bench.attempt(SUBSCRIPTION, **one)
    assert (done["changed"], locks(bench)[SQL]) == (True, False), done
    assert "was lost" in " ".join(done["warnings"])
    bench.control.fault("reset", node=A, path=lost, when="before")
    result = bench.attempt(SUBSCRIPTION, **{**one, "subscriptions": [WINDOWS]})
    bench.helps(result, WINDOWS, "Run the task again", kind="outcome_unknown")
    assert bench.attempt(SUBSCRIPTION, **{**one, "subscriptions": [WINDOWS]})["changed"] is True


@pytest.mark.one_way
def test_a_session_that_ends_is_opened_again(bench: Bench) -> None:
    bench.attempt(SUBSCRIPTION, check_mode=True, **UNLOCK)
    bench.control.fault("expire_session", node=A, path="updater_subscriptions")
    assert bench.attempt(SUBSCRIPTION, **UNLOCK)["changed"] is True
    assert (set(locks(bench).values()), bench.control.count("login")) == ({False}, 2)


@pytest.mark.one_way
def test_a_refused_login_is_said_and_not_repeated(bench: Bench) -> None:
    bench.secrets.add("wrong-Canary")
    wrong: dict[str, Any] = {**UNLOCK, "updater_password": "wrong-Canary"}
    words = "Login refused by BeyondTrust Updater", "'updater'", "incorrect", "useries_updater_password"
    assert bench.refused(SUBSCRIPTION, *words, kind="login_refused", **wrong)["error"]["surface"] == "updater"
    bench.refused(SUBSCRIPTION, "Not tried again in this run", kind="login_refused", **wrong)
    assert bench.control.count("login") == 1


@pytest.mark.one_way
@pytest.mark.parametrize("name", ["username", "password"])
def test_missing_credentials_are_named_before_any_request(bench: Bench, name: str) -> None:
    words = f"No {name} is known for BeyondTrust Updater", f"useries_updater_{name}"
    bench.refused(SUBSCRIPTION, *words, kind="invalid", **{**UNLOCK, f"updater_{name}": None})
    assert bench.control.log() == []


@pytest.mark.one_way
def test_a_wrong_address_is_said(bench: Bench) -> None:
    bench.refused(SUBSCRIPTION, "No sign-in page", "/nowhere", **{**UNLOCK, "updater_path": "nowhere"})


# -- downloads ---------------------------------------------------------------------------------------------------------


def test_everything_is_downloaded_with_as_many_presses_as_it_takes(bench: Bench) -> None:
    """The first download is not followed by the next one; what was downloaded is there to be applied."""
    unlocked(bench)
    checked = bench.attempt(DOWNLOAD, check_mode=True)
    assert (checked["changed"], checked["updater"]["left"], bench.writes()) == (True, PACKAGES, 0), checked
    done = bench.attempt(DOWNLOAD)
    assert (done.get("msg"), done["changed"]) == (None, True), done
    told = {"complete": True, "downloaded": PACKAGES, "left": [], "presses": 2, "hours": None}
    assert done["updater"] == told
    assert json.loads(done["diff"]["after"]) == dict.fromkeys(PACKAGES, "downloaded")
    listed = {one["name"] for one in bench.control.state(A)["updates"]["packages"]}
    assert set(PACKAGES) <= listed
    again = bench.attempt(DOWNLOAD)
    assert (again["changed"], again["updater"]["downloaded"], again["diff"]["before"]) == (False, [], "{}\n"), again
    assert bench.attempt(DOWNLOAD, check_mode=True)["changed"] is False
    bench.silent([checked, done, again])


@pytest.mark.one_way
def test_what_is_locked_is_not_downloaded(bench: Bench) -> None:
    bench.control.do(A, "updater.set_lock", WINDOWS, False)
    done = bench.attempt(DOWNLOAD)
    assert done["updater"]["downloaded"] == ["KB-2021-04 Windows Server"]


@pytest.mark.one_way
def test_a_download_that_stops_too_often_names_the_packages(bench: Bench) -> None:
    unlocked(bench)
    bench.control.do(A, "updater.stop", 9)
    bench.control.do(A, "fail_next", "download_package", "The proxy does not answer.")
    result = bench.attempt(DOWNLOAD, presses=2)
    left = PACKAGES[0], *PACKAGES[2:]
    bench.helps(result, "pressed 2 times", *PACKAGES[1:], "option presses", kind="failed")
    assert PACKAGES[0] not in result["msg"], left
    assert bench.attempt(DOWNLOAD)["updater"] == {
        "complete": True,
        "downloaded": PACKAGES[1:],
        "left": [],
        "presses": 4,
        "hours": None,
    }


@pytest.mark.one_way
def test_one_that_says_why_it_stopped_is_told(bench: Bench) -> None:
    bench.control.do(A, "updater.set_lock", SQL, False)
    bench.control.do(A, "fail_next", "download_package", "The proxy does not answer.")
    bench.helps(bench.attempt(DOWNLOAD, presses=1), "SQL-2021-04", "The proxy does not answer.", kind="failed")


@pytest.mark.one_way
def test_without_waiting_it_is_pressed_once(bench: Bench) -> None:
    unlocked(bench)
    done = bench.attempt(DOWNLOAD, wait=False)
    assert (done["changed"], done["updater"]["presses"], done["updater"]["complete"]) == (True, 1, False), done


@pytest.mark.one_way
def test_a_time_limit_is_told(bench: Bench) -> None:
    unlocked(bench)
    bench.helps(bench.attempt(DOWNLOAD, wait_timeout=20), "left", kind="timeout")


@pytest.mark.one_way
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_to_update_now_is_no_trouble(bench: Bench, when: str) -> None:
    unlocked(bench)
    bench.attempt(DOWNLOAD, check_mode=True)
    bench.control.fault("reset", node=A, path="updater_downloads.downloads.update_now", when=when)
    done = bench.attempt(DOWNLOAD)
    assert (done.get("msg"), done["changed"], done["updater"]["complete"]) == (None, True, True), done
    assert 'The answer to "Update Now" was lost' in " ".join(done["warnings"])


def test_the_hours_are_set(bench: Bench) -> None:
    given: dict[str, Any] = {"hours": {"start": "22:00", "end": "05:30"}}
    checked = bench.attempt(DOWNLOAD, check_mode=True, **given)
    assert (checked["changed"], bench.writes()) == (True, 0)
    assert json.loads(checked["diff"]["before"]) == {"hours.start": "00:00", "hours.end": "23:59"}
    done = bench.attempt(DOWNLOAD, **given)
    assert (done["changed"], done["updater"]["hours"]) == (True, given["hours"]), done
    assert bench.control.state(A)["updater"]["hours"] == ["22:00", "05:30"]
    assert bench.attempt(DOWNLOAD, **given)["changed"] is False


@pytest.mark.one_way
@pytest.mark.parametrize(("when", "kind"), [("before", "failed"), ("after", "")])
def test_a_lost_answer_to_the_hours_is_decided_by_reading(bench: Bench, when: str, kind: str) -> None:
    given: dict[str, Any] = {"hours": {"start": "22:00", "end": "05:30"}}
    bench.attempt(DOWNLOAD, check_mode=True, **given)
    bench.control.fault("reset", node=A, path="updater_settings.hours.save", when=when)
    result = bench.attempt(DOWNLOAD, **given)
    if kind:
        bench.helps(result, "The hours are not saved", "run the task again", kind=kind)
        assert bench.attempt(DOWNLOAD, **given)["changed"] is True
    assert bench.control.state(A)["updater"]["hours"] == ["22:00", "05:30"]


# -- products ----------------------------------------------------------------------------------------------------------


def test_products_are_installed_one_after_the_other(bench: Bench) -> None:
    before = versions(bench)
    checked = bench.attempt(INSTALL, check_mode=True)
    assert (checked["changed"], checked["updater"]["left"], bench.writes()) == (True, [SOFTWARE, SAFE], 0), checked
    done = bench.attempt(INSTALL)
    assert (done.get("msg"), done["changed"], bench.writes()) == (None, True, 2), done
    risen = {
        SOFTWARE: {"before": before[SOFTWARE], "after": "3.3.1.20"},
        SAFE: {"before": before[SAFE], "after": "21.2.1.77"},
    }
    assert done["updater"] == {
        "installed": risen,
        "left": [],
        "versions": {SOFTWARE: "3.3.1.20", SAFE: "21.2.1.77"},
        "restart_recommended": True,
    }
    assert (done["proof"], done["proof_detail"]) == ("verified", {"console": {SOFTWARE: "3.3.1.20", SAFE: "21.2.1.77"}})
    assert "A restart is recommended" in " ".join(done["warnings"])
    assert versions(bench) == {**before, SOFTWARE: "3.3.1.20", SAFE: "21.2.1.77"}
    again = bench.attempt(INSTALL)
    assert (again["changed"], bench.writes(), again["updater"]["restart_recommended"]) == (False, 2, True), again
    bench.silent([checked, done, again])


@pytest.mark.one_way
def test_after_a_restart_none_is_recommended(bench: Bench) -> None:
    bench.attempt(INSTALL, products=[SOFTWARE])
    bench.control.power(A, "restart")
    bench.control.advance(600)
    assert bench.attempt(INSTALL, products=[SOFTWARE])["updater"]["restart_recommended"] is False


@pytest.mark.one_way
def test_one_product_in_its_version(bench: Bench) -> None:
    done = bench.attempt(INSTALL, products=["password  safe"], versions={SAFE: "21.2.1.77"})
    assert list(done["updater"]["installed"]) == [SAFE]
    assert (done["updater"]["left"], done["updater"]["restart_recommended"]) == ([SOFTWARE], False)


@pytest.mark.one_way
@pytest.mark.parametrize("check_mode", [False, True])
def test_what_is_not_offered_is_refused_before_anything(bench: Bench, check_mode: bool) -> None:
    words = SAFE, "wanted is 22.1", "offers 21.2.1.77", "Nothing was changed"
    bench.refused(INSTALL, *words, kind="invalid", versions={SAFE: "22.1"}, check_mode=check_mode)
    words = "does not list Pigeon Post", SOFTWARE, SAFE
    result = bench.refused(INSTALL, *words, kind="invalid", products=["Pigeon Post"], check_mode=check_mode)
    assert list(result["error"]["candidates"]) == [SOFTWARE, SAFE]


@pytest.mark.one_way
def test_an_installation_that_fails_names_product_and_version(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "install_product", "")
    bench.control.do(A, "fail_next", "install_product", "Error 1603.")
    result = bench.attempt(INSTALL, products=[SAFE, SOFTWARE])
    bench.helps(result, f"{SOFTWARE} 3.3.1.20 failed", "Error 1603.", "3.3.0.812", f"this task: {SAFE}", kind="failed")
    assert bench.attempt(INSTALL)["updater"]["left"] == []


@pytest.mark.one_way
def test_what_it_refuses_is_told_in_its_words(bench: Bench) -> None:
    bench.control.do(A, "fail_next", "install", "The package is damaged.")
    result = bench.attempt(INSTALL)
    bench.helps(result, "BeyondTrust Updater refused", "The package is damaged.", kind="rejected")
    assert result["error"]["surface"] == "updater"


@pytest.mark.one_way
def test_a_lost_answer_is_decided_by_the_list(bench: Bench) -> None:
    """That of the first product, and that of the second; nothing is ordered twice."""
    bench.attempt(INSTALL, check_mode=True)
    bench.control.fault("reset", node=A, path="updater_products.products.products.install", when="after", count=2)
    done = bench.attempt(INSTALL)
    assert (done.get("msg"), len(done["updater"]["installed"])) == (None, 2), done
    assert [SOFTWARE in text for text in done["warnings"] if "its effect is seen" in text] == [True, False]


@pytest.mark.one_way
def test_an_order_that_was_lost_is_not_repeated(bench: Bench) -> None:
    bench.attempt(INSTALL, check_mode=True)
    bench.control.fault("reset", node=A, path="updater_products.products.products.install", when="before")
    result = bench.attempt(INSTALL)
    bench.helps(result, SOFTWARE, "versions in BeyondTrust Updater", kind="outcome_unknown")
    assert (bench.writes(), versions(bench)[SOFTWARE]) == (0, "3.3.0.812")


@pytest.mark.one_way
def test_one_that_somebody_else_began_is_waited_for(bench: Bench) -> None:
    bench.control.set_speed(1)
    bench.control.do(A, "updater.install", SOFTWARE)
    bench.control.set_speed(FAST)
    done = bench.attempt(INSTALL)
    assert (done.get("msg"), done["updater"]["left"], bench.writes()) == (None, [], 1), done


@pytest.mark.one_way
def test_without_the_consoles_list_there_is_no_proof(bench: Bench) -> None:
    bench.control.labels(hide=["beyondtrust_updates.versions", "beyondtrust_updates.versions.request_update"])
    done = bench.attempt(INSTALL, products=[SAFE])
    assert (done.get("msg"), done["changed"], done["proof"]) == (None, True, "unavailable"), done
    result = bench.attempt(INSTALL, products=[SOFTWARE], require_proof=True)
    bench.helps(result, "cannot be read", kind="not_seen")


# -- strange text ------------------------------------------------------------------------------------------------------


@pytest.mark.one_way
def test_hostile_text_is_data(bench: Bench) -> None:
    hostile = "<b>{{ lookup('env','HOME') }}</b>\u202e'; DROP --"
    bench.control.do(A, "updater.publish", hostile)
    bench.control.do(A, "updater.set_lock", WINDOWS, False)
    done = bench.attempt(DOWNLOAD)
    assert (done.get("msg"), len(done["updater"]["downloaded"])) == (None, 2), done
    assert "lookup('env','HOME')" in done["updater"]["downloaded"][1]
    bench.control.do(A, "updates.offer", [[hostile, "1.0"]])
    done = bench.attempt(INSTALL)
    assert (done.get("msg"), done["changed"], len(done["updater"]["installed"])) == (None, True, 1), done
